"""More time for a ticket: 延期, and 挂账, where nothing can be done for now.

The first extension is the officer's own; a further one, and every suspension, a supervisor allows. 挂账
ends by itself on its day.
"""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain import deadlines
from domain.action import Action
from domain.errors import DomainError, IllegalMove, NoMoreTime, ReasonMissing, Refused
from domain.ids import TicketNo
from domain.message import Kind, Occasion, Reply
from domain.policy import Policy
from domain.records import Approval, Duty, Pending
from domain.ticket import BOT, Actor, Ticket
from handlers import texts
from handlers.moves import Moved, answer_to, move
from handlers.ports import Store
from handlers.turn import Turn, privately
from understanding import Said
from understanding.language.dates import days_more, misdated, until
from understanding.language.formulas import OFFICERS, formula, over
from understanding.officers.extending import asks_for_time, says_why

RESUME = "resume"
"""The kind of duty: 挂账 is over."""

_DAY = timedelta(days=1)
_REASON_WITHIN = timedelta(hours=1)
"""How long what an officer says next is the reason that was asked for."""
_OVER, _SURE = frozenset({Action.RESOLVE, Action.TRANSFER, Action.REJECT}), 0.9
"""What is said of a ticket, so surely, is none."""
_DAYS_SAID = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?|[到至]|为止")


async def extend(turn: Turn, no: TicketNo, order: Pending) -> list[Reply]:
    """延期: at once the first time, else with a supervisor's word; not once overdue, nor a third time."""
    ticket = await turn.store.tickets.get(no)
    if ticket is None or not turn.serves(ticket):
        return [turn.aside(texts.unknown(no))] if turn.private else []
    day = _asked_for(turn, ticket, order)
    if useless := _useless(turn, ticket, order, day):
        return [turn.aside(useless, ticket)]
    try:
        ticket.check(Action.EXTEND, _officer(turn), order.note)
        deadlines.check_extension(ticket, turn.policy, turn.said_at)
    except DomainError as error:
        return [await _refused(turn, ticket, order, day, error)]
    if ticket.extensions >= turn.policy.extensions_free:
        return await _ask(turn, ticket, order, day)
    moved = await move(turn, no, Action.EXTEND, order.note, order.message)
    if not isinstance(moved, Moved):
        return moved
    await give(turn.store, turn.policy, moved.ticket, day, turn.now)
    return [turn.aside(texts.extended(moved.ticket, turn.policy.office, turn.now), moved.ticket)]


def _useless(turn: Turn, ticket: Ticket, order: Pending, day: date | None) -> str:
    """What to answer where the day cannot be meant, or there is as much time as that: an extension less."""
    if misdated(order.note, turn.policy.day(order.asked_at)):
        return texts.no_more_time(ticket, Action.EXTEND, Refused.NO_DAY)
    words = Said(order.note, order.member, private=turn.private)
    if day is None or not asks_for_time(words) or ticket.resolve_by is None or ticket.overdue(turn.said_at):
        return ""
    enough = day < turn.policy.day(ticket.resolve_by)
    return texts.time_enough(ticket, turn.policy.office, turn.now) if enough else ""


def gives_reason(turn: Turn) -> bool:
    """Whether an officer, alone with the bot, gives the reason that the bot has just asked for."""
    order = turn.asked
    if order is None or order.action is not Action.EXTEND or order.note or len(order.candidates) != 1:
        return False
    said = turn.message
    if not turn.private or said.kind is not Kind.TEXT or turn.number_said() or said.quotes:
        return False
    done = formula(said.text, OFFICERS) or over(said.text) or asks_for_time(turn.as_said())
    more = any(act.action in _OVER and act.confidence >= _SURE for act in turn.reading.acts)
    return turn.now - order.asked_at <= _REASON_WITHIN and says_why(said.text) and not (done or more)


async def with_reason(turn: Turn) -> list[Reply]:
    """The extension that was asked for, with its reason."""
    order = turn.asked
    if order is None:
        return []
    await turn.store.desk.answered(turn.message.sender)
    day = until(turn.message.text, turn.policy.day(turn.said_at))
    said = order.until or (day.isoformat() if day else None)
    note = texts.extension_with(turn.recordable())
    return await extend(
        turn, order.candidates[0], replace(order, note=note, until=said, message=turn.message.id)
    )


def _asked_for(turn: Turn, ticket: Ticket, order: Pending) -> date | None:
    """The day that is asked for; two days more are more than what there is, not than today."""
    day = date.fromisoformat(order.until) if order.until else None
    more = days_more(order.note, turn.policy.day(order.asked_at))
    if day is None or more is None or ticket.resolve_by is None:
        return day
    before = turn.policy.day(ticket.resolve_by)
    return before + more * _DAY if ticket.extensions or day <= before else day


async def give(store: Store, policy: Policy, ticket: Ticket, day: date | None, now: datetime) -> None:
    """The ticket has more time: to that day, or its own limit once more."""
    deadlines.extend(ticket, policy, now, day)
    await store.desk.unsay_news(ticket.no)
    await store.tickets.save(ticket)


async def suspend(turn: Turn) -> list[Reply]:
    """`挂账 20260511-003 到6月30日，等产权`: a supervisor is asked."""
    ticket = await meant(turn)
    if ticket is None:
        return [turn.aside(texts.unknown(turn.number_said() or ""))]
    day = until(turn.message.text, turn.policy.day(turn.said_at))
    note = turn.recordable()
    order = Pending(turn.message.sender, Action.SUSPEND, turn.message.id, (), note, turn.now)
    try:
        ticket.check(
            Action.SUSPEND, _officer(turn), note if turn.gives_reason(_DAYS_SAID.sub("", note)) else ""
        )
        deadlines.check_suspension(ticket, turn.policy, turn.said_at, day)
    except DomainError as error:
        return [await _refused(turn, ticket, order, day, error)]
    return await _ask(turn, ticket, order, day)


async def resume(turn: Turn) -> list[Reply]:
    """`恢复 20260511-003`: an officer takes it up again before its day."""
    ticket = await meant(turn)
    if ticket is None:
        return [turn.aside(texts.unknown(turn.number_said() or ""))]
    moved = await move(turn, ticket.no, Action.RESUME)
    if not isinstance(moved, Moved):
        return moved
    await turn.store.duties.drop(RESUME, ticket.no)
    when = texts.deadline(moved.ticket, turn.policy.office, turn.now)
    return turn.to_officers(moved.ticket, texts.resumed(moved.ticket, when))


async def meant(turn: Turn) -> Ticket | None:
    """The ticket that a command names, quotes, or means since there is no other."""
    number, quoted = turn.number_said(), turn.message.quotes
    files = [file for file in turn.files if turn.serves(file.ticket)]
    if number or quoted:
        files = [f for f in files if f.ticket.no == number or (quoted is not None and quoted in f.about)]
    else:
        files = [f for f in files if f.ticket.open]
    return files[0].ticket if len(files) == 1 else None


async def _ask(turn: Turn, ticket: Ticket, order: Pending, day: date | None) -> list[Reply]:
    """Put it to the squad leader, once."""
    if waiting := await turn.store.approvals.waiting(ticket.no):
        if ticket.reported_at is None or waiting.asked_at >= ticket.reported_at:
            return [turn.aside(texts.approval_waits(ticket, waiting.action), ticket)]
        await turn.store.approvals.answer(waiting, None, turn.now, granted=False)  # of before it came back
    bosses = turn.squad_leaders(ticket)
    answer = turn.aside(texts.approval_asked(ticket, order.action, reachable=bool(bosses)), ticket)
    request = _request(turn, ticket, order, day)
    await turn.store.approvals.ask(request)
    if not bosses:
        await turn.store.approvals.answer(request, None, turn.now, granted=False)
    who = turn.roster.name_of(order.member) or turn.message.sender_name
    card = texts.approval_card(ticket, request, who, turn.policy.day(turn.said_at))
    return [answer, *(privately(boss, card, ticket, Occasion.NEWS) for boss in bosses)]


def _request(turn: Turn, ticket: Ticket, order: Pending, day: date | None) -> Approval:
    return Approval(ticket.no, order.action, order.message, order.member, order.note, day, turn.said_at)


def _officer(turn: Turn) -> Actor:
    return Actor(turn.role, turn.message.sender)


async def _refused(turn: Turn, ticket: Ticket, order: Pending, day: date | None, error: DomainError) -> Reply:
    """The rules forbid it: they say why, and that it was asked for stays on record."""
    if isinstance(error, ReasonMissing) and order.action is Action.EXTEND:
        await turn.store.desk.ask(replace(order, candidates=(ticket.no,), note="", asked_at=turn.now))
    if not isinstance(error, NoMoreTime):
        return turn.aside(answer_to(error, ticket, order.action), ticket)
    request = _request(turn, ticket, order, day)
    await turn.store.approvals.ask(request)
    await turn.store.approvals.answer(request, None, turn.now, granted=False)
    return turn.aside(texts.no_more_time(ticket, order.action, error.why), ticket)


async def resume_on_time(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """The last day of 挂账 is over: the ticket is back, with the time that it had left."""
    ticket = await store.tickets.get(TicketNo(duty.subject))
    if ticket is None:
        return []
    try:
        entry = ticket.apply(Action.RESUME, BOT, now)
    except IllegalMove:
        return []
    deadlines.follow(ticket, entry, policy, now)
    await store.tickets.save(ticket, entry)
    text = texts.resumed(ticket, texts.deadline(ticket, policy.office, now))
    return [privately(officer, text, ticket, Occasion.NEWS) for officer in ticket.officers]
