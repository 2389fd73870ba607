"""What supervisors get: where a ticket stands, and what is open, in their whole area. Always privately."""

from domain.ids import TicketNo
from domain.message import Reply
from domain.people import Community
from handlers import texts
from handlers.turn import Turn


async def progress(turn: Turn) -> list[Reply]:
    """`进度 20260511-003`: the state of one ticket in the speaker's area."""
    number = TicketNo(turn.number_said() or "")
    ticket = await turn.store.tickets.get(number)
    if ticket is None or all(c.name != ticket.community for c in _area(turn)):
        return [turn.aside(texts.unknown(number))]
    return [turn.aside(texts.details(ticket, turn.policy.zone), ticket)]


async def in_hand(turn: Turn) -> list[Reply]:
    """`在办`: what is open in the speaker's area."""
    tickets = await turn.store.tickets.open_in([community.name for community in _area(turn)])
    return [
        turn.aside(texts.listing(tickets, texts.NOTHING_OPEN, texts.OPEN_TITLE, turn.now, turn.policy.zone))
    ]


def _area(turn: Turn) -> list[Community]:
    boss = turn.roster.supervisor(turn.message.sender)
    return [community for community in turn.roster.communities if boss and boss.oversees(community)]
