"""What supervisors get: where a ticket stands, and what is open. Always privately."""

from domain.ids import TicketNo
from domain.message import Reply
from handlers import texts
from handlers.turn import Turn


async def progress(turn: Turn) -> list[Reply]:
    """`进度 20260511-003`: the state of one ticket in the speaker's area."""
    said = turn.message.text.strip().removeprefix(texts.PROGRESS_OF).strip()
    number = turn.number_said() or said
    ticket = await turn.store.tickets.get(TicketNo(number))
    if ticket is None or all(c.name != ticket.community for c in turn.communities):
        return [turn.aside(texts.unknown(number))]
    return [turn.aside(texts.details(ticket, turn.policy.zone), ticket)]


async def in_hand(turn: Turn) -> list[Reply]:
    """`在办`: what is open in the speaker's area."""
    tickets = [found.ticket for found in turn.files if found.ticket.open]
    return [turn.aside(texts.listing(tickets, texts.NOTHING_OPEN, texts.OPEN_TITLE))]
