"""A squad leader's word on what officers asked for: 同意, 不同意; with the number, its end, or none.

Without a number it is what waits for them, where that is one thing; else they hear what waits.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from domain import deadlines
from domain.action import Action
from domain.errors import IllegalMove, NoMoreTime, NotAllowed
from domain.ids import MemberId, TicketNo
from domain.message import Kind, Occasion, Reply
from domain.people import Role
from domain.records import Approval, Duty
from domain.state import MOVES
from domain.ticket import Actor, Ticket
from handlers import texts
from handlers.more_time import RESUME, give
from handlers.turn import Turn, privately
from understanding.language.dates import days_more, until
from understanding.language.ticket_numbers import COMMANDED, short

_DAY = timedelta(days=1)
_SHORT = 4
"""So near the beginning a refusal stands."""
_VERBS = "|".join(texts.REFUSES + texts.AGREES)
_WHAT = r"(?:延期|挂账|申请|请求|这个|这件|这单|该|工单|单|号|了|的|吧|啊|哈|" + COMMANDED + r"|\s)*"
_SPAN = (
    r"(?:(?:再|只|就|先|多|给|可以?)*(?:延期?|延长|宽限|推迟|挂账)?(?:到|至)?"
    r"[^\s,，。、]{0,6}(?:天|日|号|[周期拜][一二三四五六日天]|周|礼拜|星期|月))?"
)
"""For how long, or to which day."""
_WHOM = rf"(?:我们?|都|全部|{COMMANDED}号?|\s)*"
_END = r"(?=$|[^\w\s]|(?<=\s)\w)"
_DECIDES = re.compile(rf"{_WHOM}(?:{_VERBS}){_WHAT}{_SPAN}(?:吧|了)?{_END}")
_NODS = re.compile(
    rf"{_WHOM}(?:那就|就)?(?:{'|'.join(texts.NODS)}){_WHAT}[,，\s]*{_SPAN}[吧的呀啊了]*[^\w]*", re.IGNORECASE
)
_SHAKES = re.compile(
    rf"{_WHOM}(?:{'|'.join(texts.SHAKES)})(?:再|批|准|同意|能|给|可以)*{_WHAT}(?:再?延期?了?)?{_END}"
)
_QUESTION = re.compile("[?？]|[吗么]$|没有?$|多少|几[件个单]|哪些|哪几")

Waiting = tuple[Ticket, Approval]


def decides(turn: Turn) -> bool:
    """Whether somebody alone with the bot says that they allow what was asked for, or do not."""
    words = turn.command()
    if turn.message.kind is not Kind.TEXT:
        return False
    if turn.number_said() or turn.message.quotes:
        return words.startswith(texts.AGREES + texts.REFUSES)
    return (bool(_DECIDES.match(words)) or _answers_card(turn)) and not _QUESTION.search(words)


def _answers_card(turn: Turn) -> bool:
    """Whether 可以, 不行 answers what the bot said last, which was about one ticket."""
    said = turn.command()
    if turn.role is not Role.SUPERVISOR or len(_just_told_of(turn)) != 1:
        return False
    return bool(_NODS.fullmatch(said) or _SHAKES.match(said))


def _just_told_of(turn: Turn) -> frozenset[TicketNo]:
    """The tickets that the bot's last line to the speaker was about."""
    last = next((line for line in reversed(turn.recent) if line.role is Role.BOT), None)
    return frozenset(last.tickets if last else ())


async def decide(turn: Turn) -> list[Reply]:
    """`同意 20260511-003`, `同意003`, `不同意，先去看看`; by a squad leader of the ticket's community."""
    quoted = [file.ticket.no for file in turn.files if turn.message.quotes in file.about]
    if no := turn.number_said() or next(iter(quoted), ""):
        return await _decide_on(turn, TicketNo(no))
    if turn.message.quotes:
        return [turn.aside(texts.no_approval(""))]
    found = _meant(turn, waits := await _waiting(turn))
    if not _DECIDES.match(turn.command()):
        found = [one for one in found if one[0].no in _just_told_of(turn)]
        if not found:
            return []
    if len(found) == 1:
        return await _decide_on(turn, found[0][0].no)
    if tail := short(_head(turn)):
        waits = found
        if not found:
            return [turn.aside(texts.no_approval(tail))]
    return [turn.aside(texts.approvals_waiting(waits, turn.policy.day(turn.now)))]


async def _waiting(turn: Turn) -> list[Waiting]:
    """What waits for this squad leader, without what is of no use any more where there is something else."""
    found = []
    for asked in await turn.store.approvals.all_waiting():
        ticket = await turn.store.tickets.get(asked.ticket)
        if ticket and turn.message.sender in turn.squad_leaders(ticket):
            found.append((ticket, asked))
    return [one for one in found if _holds(*one)] or found


def _holds(ticket: Ticket, asked: Approval) -> bool:
    """Whether it can still be done, and was not asked before the ticket came back."""
    before = ticket.reported_at is not None and asked.asked_at < ticket.reported_at
    return ticket.state in MOVES[asked.action] and not before


def _meant(turn: Turn, waits: Sequence[Waiting]) -> list[Waiting]:
    """Those of them that the words may mean: by the end of the number, and by what was asked for."""
    head = _head(turn)
    tail = short(head)
    named = {action for action in (Action.EXTEND, Action.SUSPEND) if texts.ACTIONS[action] in head}
    return [
        (ticket, asked)
        for ticket, asked in waits
        if ticket.no.endswith(f"-{tail}" if tail else "") and (not named or asked.action in named)
    ]


def _head(turn: Turn) -> str:
    """The words of the decision, without what is added to them."""
    said = turn.command()
    found = _DECIDES.match(said) or _SHAKES.match(said) or _NODS.match(said)
    return found.group() if found else ""


async def _decide_on(turn: Turn, no: TicketNo) -> list[Reply]:
    ticket = await turn.store.tickets.get(no)
    asked = await turn.store.approvals.waiting(no)
    if ticket is None or asked is None:
        return [turn.aside(texts.no_approval(no))]
    if turn.message.sender not in turn.squad_leaders(ticket):
        return [turn.aside(texts.not_yours_to_approve(no), ticket)]
    words = turn.command()
    refusals = "|".join(texts.REFUSES + (() if _DECIDES.match(words) else texts.SHAKES))
    if re.search(refusals, _head(turn) or words[:_SHORT]):
        await turn.store.approvals.answer(asked, turn.message.sender, turn.now, granted=False)
        return _told(turn, ticket, asked, texts.refused(ticket, asked.action, _why(turn)))
    if not _as_asked(turn, asked):
        return [turn.aside(texts.only_as_asked(ticket, asked, turn.policy.day(turn.now)), ticket)]
    return await _grant(turn, ticket, asked)


def _as_asked(turn: Turn, asked: Approval) -> bool:
    """Whether no other day or length is named than the one that was asked for."""
    words, today = turn.command(), turn.policy.day(turn.said_at)
    day, more = until(words, today), days_more(words, today)
    if day is None and more is None:
        return True
    then = turn.policy.day(asked.asked_at)
    return day == asked.until or (more is not None and more == days_more(asked.note, then))


def _why(turn: Turn) -> str:
    """The reason of a refusal."""
    words = turn.command().removeprefix(_head(turn))
    return re.sub("^(?:" + "|".join(texts.REFUSES + texts.SHAKES) + ")", "", words).strip(" ，,。:：")


async def _grant(turn: Turn, ticket: Ticket, asked: Approval) -> list[Reply]:
    """Make the move that was asked for, as it was asked: in time is what was asked in time."""
    store, by = turn.store, turn.message.sender
    note = texts.approved_by(asked.note, turn.roster.name_of(by) or "")
    try:
        if asked.action is Action.SUSPEND:
            deadlines.check_suspension(ticket, turn.policy, turn.now, asked.until)
        actor = Actor(Role.OFFICER, asked.asked_by)
        entry = ticket.apply(asked.action, actor, turn.said_at, asked.message, note)
    except (IllegalMove, NotAllowed, NoMoreTime):
        await store.approvals.answer(asked, None, turn.now, granted=False)
        return _told(turn, ticket, asked, texts.approval_too_late(ticket, asked.action))
    await store.approvals.answer(asked, by, turn.now, granted=True)
    if asked.action is Action.SUSPEND and asked.until:
        deadlines.suspend(ticket, asked.until, turn.now)
        await store.duties.plan(Duty(RESUME, ticket.no, asked.until.isoformat(), _after(asked.until, turn)))
    await store.tickets.save(ticket, entry)
    await store.desk.unsay_news(ticket.no)
    if asked.action is Action.EXTEND:
        await give(store, turn.policy, ticket, asked.until, turn.now)
    return _told(turn, ticket, asked, texts.approved(ticket, asked.action, turn.policy.office, turn.now))


def _after(day: date, turn: Turn) -> datetime:
    """The beginning of the day after."""
    return datetime.combine(day + _DAY, time(), turn.policy.zone)


def _told(turn: Turn, ticket: Ticket, asked: Approval, text: str) -> list[Reply]:
    """The supervisor hears it, and the officers, whoever of them asked."""
    people: list[MemberId] = [asked.asked_by, *(p.id for p in turn.officers(ticket) if p.id)]
    told = [privately(member, text, ticket, Occasion.NEWS) for member in dict.fromkeys(people)]
    return [turn.aside(text, ticket), *told]
