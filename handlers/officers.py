"""What officers get the bot to do: their words move their tickets, in the group or privately."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.action import NEEDS_REASON, Action
from domain.ids import MessageId, TicketNo
from domain.message import Kind, Reply
from domain.people import Role
from domain.records import Pending
from domain.state import State
from domain.ticket import Ticket
from handlers import checkins, closing, evidence, texts
from handlers.more_time import extend
from handlers.moves import Moved, move
from handlers.turn import Turn
from understanding import Act, Intent, Surroundings, TicketSeen, read
from understanding.language.ticket_numbers import unknown
from understanding.officers.extending import says_why
from understanding.officers.naming import answers as answered_with
from understanding.officers.naming import neither

_THERE = frozenset({Action.PROGRESS, Action.RESOLVE})
"""What an officer says of a ticket after having been there,"""
_BEEN = frozenset({State.HANDLING, State.EXTENDED, State.REPORTED, State.CLOSED})
"""and where such a ticket stands."""
_REGISTER = re.compile("登记(?:一下|一个|下|个|一件)|[立建开录]一?个?(?:工单|新?单)(?!了)")
ANSWER_WITHIN = timedelta(days=1)


async def act(turn: Turn) -> list[Reply]:
    """Make the moves that an officer's words mean; ask privately where they could mean several tickets."""
    replies: list[Reply] = []
    for one in turn.reading.acts:
        if one.ticket is None:
            replies += await _ask(turn, one)
        else:
            await turn.store.desk.answered(turn.message.sender)
            replies += await (_undo if one.undoes else _move)(turn, one.ticket, _order(turn, one))
    await evidence.gather(turn, [one.ticket for one in turn.reading.acts if one.ticket])
    number = unknown(turn.message.text, [file.ticket.no for file in turn.files])
    if number and not replies:
        return [turn.aside(texts.unknown(number))]
    if met := checkins.beside_work(turn):
        replies += await checkins.count(turn, met, await _been_there(turn))
    return [turn.aside(texts.NOT_REGISTERED)] if not replies and _reports(turn) else replies


def _reports(turn: Turn) -> bool:
    """Whether the words, said to the bot alone, are about no ticket and tell of a matter of their own."""
    if turn.reading.acts or not turn.private or turn.message.kind is not Kind.TEXT:
        return False
    places = tuple(place for community in turn.communities for place in community.places)
    heard = read(replace(turn.as_said(), role=Role.RESIDENT), Surroundings(places=places))
    return heard.intent is Intent.REPORT or bool(_REGISTER.search(turn.message.text))


async def _been_there(turn: Turn) -> Ticket | None:
    """The ticket for which the officer was there: the one that the words are about, else this week's last."""
    for one in turn.reading.acts:
        ticket = await turn.store.tickets.get(one.ticket) if one.ticket and one.action in _THERE else None
        if ticket and turn.message.sender in ticket.handled_by:
            return ticket
    since, number, quoted = turn.policy.week(turn.said_at).begins, turn.number_said(), turn.message.quotes
    mine = [f for f in turn.files if turn.message.sender in f.ticket.handled_by and f.last_at >= since]
    mine = [file for file in mine if file.ticket.state in _BEEN]
    if number or quoted:
        mine = [f for f in mine if f.ticket.no == number or (quoted is not None and quoted in f.about)]
    return max(mine, key=lambda file: file.last_at).ticket if mine else None


def _order(turn: Turn, one: Act) -> Pending:
    """What the officer wants, with the words it was said in."""
    action, until, note = one.action, turn.reading.until, turn.recordable(one.words or None)
    why = turn.gives_reason(note) and (action is not Action.EXTEND or says_why(note))
    return Pending(
        member=turn.message.sender,
        action=action,
        message=turn.message.id,
        candidates=(),
        note=note if action not in NEEDS_REASON or why else "",
        asked_at=turn.now,
        until=until.isoformat() if until else None,
        unit=turn.reading.unit,
    )


async def _ask(turn: Turn, one: Act) -> list[Reply]:
    tickets = [found.ticket for no in one.candidates if (found := turn.file(no))]
    if not tickets:
        return []
    numbers = tuple(ticket.no for ticket in tickets)
    await turn.store.desk.ask(replace(_order(turn, one), candidates=numbers))
    return [turn.aside(texts.which(one.action, tickets))]


async def _move(turn: Turn, no: TicketNo, order: Pending) -> list[Reply]:
    if order.action is Action.EXTEND:
        return await extend(turn, no, order)
    moved = await move(turn, no, order.action, order.note, order.message)
    if not isinstance(moved, Moved):
        return moved
    ticket = moved.ticket
    if order.action is Action.RESOLVE:
        ticket.lapse_at = turn.now + turn.policy.close_after
    if order.action is Action.TRANSFER:
        ticket.transferred_to = order.unit
    await turn.store.tickets.save(ticket)
    told = await _tell(turn, moved)
    return [turn.aside(texts.done(ticket, order.action), ticket), *told] if turn.private else told


async def _undo(turn: Turn, no: TicketNo, order: Pending) -> list[Reply]:
    """What was reported as done is not: on record, and silence no longer closes it.

    Who has reported it cannot take that back himself: the answer says how it is done over.
    """
    moved = await move(turn, no, Action.PROGRESS, order.note, order.message)
    if not isinstance(moved, Moved) or moved.ticket.state is not State.REPORTED:
        return [] if isinstance(moved, Moved) else moved
    moved.ticket.lapse_at = None
    await turn.store.tickets.save(moved.ticket)
    return [turn.aside(texts.not_done_after_all(moved.ticket), moved.ticket)]


async def unsaid(turn: Turn, message: MessageId) -> list[Reply]:
    """The message that reported a ticket as done is taken back."""
    replies: list[Reply] = []
    for file in turn.files:
        if file.ticket.state is not State.REPORTED or message not in file.about:
            continue
        done = [e for e in await turn.store.tickets.record(file.ticket.no) if e.action is Action.RESOLVE]
        if done and done[-1].message == message:
            replies += await _undo(turn, file.ticket.no, _order(turn, Act(Action.PROGRESS, None, 1.0)))
    return replies


async def _tell(turn: Turn, moved: Moved) -> list[Reply]:
    """What the residents hear: that it is done; where it went, if it was said to the bot alone."""
    ticket, action = moved.ticket, moved.entry.action
    said = {Action.TRANSFER: texts.transferred, Action.REJECT: texts.rejected}
    if action is Action.RESOLVE and moved.entry.before is not State.REPORTED:
        return await closing.ask(turn, ticket)
    if action in said and (turn.private or ticket.private):
        return await turn.about(ticket, said[action](ticket))
    return []


async def answer(turn: Turn) -> list[Reply]:
    """The answer to 'which one do you mean?': the move is made with the words it was first said in."""
    order = turn.asked
    if order is None:
        return []
    await turn.store.desk.answered(turn.message.sender)
    if turn.now - order.asked_at > ANSWER_WITHIN:
        return [turn.aside(texts.TOO_LATE)]
    meant = chosen(order, turn.message.text, [file.ticket for file in turn.files])
    if not meant:
        return [turn.aside(texts.NEITHER)]
    return [reply for no in meant for reply in await _move(turn, no, order)]


def answers(turn: Turn) -> bool:
    """Whether it answers 'which one do you mean?', also with: none."""
    if turn.asked is None or not turn.private or turn.message.kind is not Kind.TEXT:
        return False
    tickets = [file.ticket for file in turn.files]
    return neither(turn.message.text) or bool(chosen(turn.asked, turn.message.text, tickets))


def chosen(order: Pending, text: str, tickets: Sequence[Ticket] = ()) -> list[TicketNo]:
    """The tickets that an answer names: by number, place in the list or words; or all of them."""
    known = {ticket.no: ticket for ticket in tickets}
    asked = [_seen(no, known.get(no)) for no in order.candidates]
    return [] if neither(text) else [ticket.no for ticket in answered_with(text, asked)]


def _seen(no: TicketNo, ticket: Ticket | None) -> TicketSeen:
    return TicketSeen(no, ticket.category if ticket else "", ticket.location if ticket else "")


async def mine(turn: Turn) -> list[Reply]:
    """`我的`: the open tickets of all communities in which the speaker is an officer."""
    served = [c.name for c, role in turn.roster.served_by(turn.message.sender) if role is turn.role]
    tickets = await turn.store.tickets.open_in(served)
    return [
        turn.aside(texts.listing(tickets, texts.NOTHING_MINE, texts.MINE_TITLE, turn.now, turn.policy.zone))
    ]
