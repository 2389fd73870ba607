"""What officers get the bot to do: their words move their tickets, in the group or privately."""

import re
from dataclasses import replace
from datetime import timedelta

from domain.action import NEEDS_REASON, Action
from domain.ids import TicketNo
from domain.message import Reply
from domain.records import Pending
from domain.state import State
from domain.ticket import Ticket
from handlers import checkins, closing, evidence, texts
from handlers.more_time import extend
from handlers.moves import Moved, move
from handlers.turn import Turn
from understanding import Act
from understanding.extending import says_why
from understanding.ticket_numbers import unknown

_THERE = frozenset({Action.PROGRESS, Action.RESOLVE})
"""What an officer says of a ticket after having been there,"""
_BEEN = frozenset({State.HANDLING, State.EXTENDED, State.REPORTED, State.CLOSED})
"""and where such a ticket stands."""
ANSWER_WITHIN = timedelta(days=1)
_PLACE_IN_LIST = re.compile(r"第?(\d{1,2})[个件)）.。]*")


async def act(turn: Turn) -> list[Reply]:
    """Make the moves that an officer's words mean; ask privately where they could mean several tickets."""
    replies: list[Reply] = []
    for one in turn.reading.acts:
        if one.ticket is None:
            replies += await _ask(turn, one)
        else:
            await turn.store.desk.answered(turn.message.sender)
            replies += await _move(turn, one.ticket, _order(turn, one.action))
    await evidence.gather(turn, [one.ticket for one in turn.reading.acts if one.ticket])
    number = unknown(turn.message.text, [file.ticket.no for file in turn.files])
    if number and not replies:
        return [turn.aside(texts.unknown(number))]
    if met := checkins.beside_work(turn):
        replies += await checkins.count(turn, met, await _been_there(turn))
    return replies


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


def _order(turn: Turn, action: Action) -> Pending:
    """What the officer wants, with the words it was said in."""
    until, note = turn.reading.until, turn.recordable()
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
    await turn.store.desk.ask(replace(_order(turn, one.action), candidates=numbers))
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
    no = chosen(order, turn.message.text) if order else None
    if order is None or no is None:
        return []
    await turn.store.desk.answered(turn.message.sender)
    if turn.now - order.asked_at > ANSWER_WITHIN:
        return [turn.aside(texts.TOO_LATE)]
    return await _move(turn, no, order)


def chosen(order: Pending, text: str) -> TicketNo | None:
    """The ticket that an answer names: by its number, the end of its number, or its place in the list."""
    words = text.strip()
    named = [no for no in order.candidates if words in {no, no.partition("-")[2]}]
    if len(named) == 1:
        return named[0]
    found = _PLACE_IN_LIST.fullmatch(words)
    place = int(found.group(1)) if found else 0
    return order.candidates[place - 1] if 1 <= place <= len(order.candidates) else None


async def mine(turn: Turn) -> list[Reply]:
    """`我的`: the open tickets of all communities in which the speaker is an officer."""
    served = [c.name for c, role in turn.roster.served_by(turn.message.sender) if role is turn.role]
    tickets = await turn.store.tickets.open_in(served)
    return [
        turn.aside(texts.listing(tickets, texts.NOTHING_MINE, texts.MINE_TITLE, turn.now, turn.policy.zone))
    ]
