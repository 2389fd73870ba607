"""What officers get the bot to do: their words move their tickets, in the group or privately."""

import re
from dataclasses import replace
from datetime import date, timedelta

from domain.action import Action
from domain.ids import TicketNo
from domain.message import Reply
from domain.records import Pending
from domain.state import State
from handlers import texts
from handlers.moves import Moved, move
from handlers.turn import Turn, privately
from understanding import Act

ANSWER_WITHIN = timedelta(days=1)
_CHOICE = re.compile(r"[第]?(\d{1,3})[个件)）.。]*")


async def act(turn: Turn) -> list[Reply]:
    """Make the moves that an officer's words mean; ask privately where they could mean several tickets."""
    replies: list[Reply] = []
    for one in turn.reading.acts:
        if one.ticket is None:
            replies += await _ask(turn, one)
        else:
            replies += await _move(turn, one.ticket, _order(turn, one.action))
    return replies


def _order(turn: Turn, action: Action) -> Pending:
    """What the officer wants, with the words it was said in."""
    until = turn.reading.until
    return Pending(
        member=turn.message.sender,
        action=action,
        message=turn.message.id,
        candidates=(),
        note=turn.message.text,
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
    moved = await move(turn, no, order.action, order.note)
    if not isinstance(moved, Moved):
        return moved
    ticket = moved.ticket
    if order.action is Action.RESOLVE:
        ticket.lapse_at = turn.now + turn.policy.close_after
    if order.action is Action.EXTEND:
        ticket.extended_until = date.fromisoformat(order.until) if order.until else None
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
        text = texts.ask_confirm(ticket)
    elif action in said and (turn.private or ticket.private):
        text = said[action](ticket)
    else:
        return []
    if not ticket.private and ticket.group:
        return [Reply(ticket.group, text, ticket=ticket.no)]
    reporter = await turn.store.tickets.reporter(ticket.no)
    return [privately(reporter, text, ticket)] if reporter else []


async def answer(turn: Turn) -> list[Reply]:
    """The answer to 'which one do you mean?': the move is made with the words it was first said in."""
    no = chosen(turn.asked, turn.message.text) if turn.asked else None
    if turn.asked is None or no is None or turn.now - turn.asked.asked_at > ANSWER_WITHIN:
        return []
    await turn.store.desk.answered(turn.message.sender)
    return await _move(turn, no, turn.asked)


def chosen(pending: Pending, text: str) -> TicketNo | None:
    """The ticket that an answer names: its place in the list, or the end of its number."""
    words = text.strip()
    exact = [no for no in pending.candidates if words in {no, no[-3:]}]
    if len(exact) == 1:
        return exact[0]
    found = _CHOICE.fullmatch(words)
    number = int(found.group(1)) if found else 0
    return pending.candidates[number - 1] if 1 <= number <= len(pending.candidates) else None


async def mine(turn: Turn) -> list[Reply]:
    """`我的`: the officer's open tickets."""
    tickets = [f.ticket for f in turn.files if f.ticket.open and turn.message.sender in f.ticket.officers]
    return [turn.aside(texts.listing(tickets, texts.NOTHING_MINE, texts.MINE_TITLE))]
