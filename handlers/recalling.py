"""A resident takes a message back: what it opened or added is taken back, too."""

from domain.action import Action
from domain.ids import TicketNo
from domain.message import Reply
from handlers import residents, texts
from handlers.moves import Moved, move
from handlers.turn import Turn


async def recall(turn: Turn) -> list[Reply]:
    """A message taken back: a ticket that it opened is withdrawn, a household that it added is not counted.

    The inbox forgets its words.
    """
    target = turn.message.recalls
    taken = await turn.store.messages.get(target) if target else None
    if taken is None or taken.sender != turn.message.sender:
        return []
    replies: list[Reply] = []
    for no in await turn.store.tickets.opened_by(taken.id):
        moved = await move(turn, no, Action.WITHDRAW)
        replies += await residents.withdrawn(turn, moved) if isinstance(moved, Moved) else []
    for no in await turn.store.tickets.take_back_support(taken.id, taken.sender):
        await _household_less(turn, no)
    return replies


async def _household_less(turn: Turn, no: TicketNo) -> None:
    """One household fewer says the same; what waits to be said of their number is not said."""
    ticket = await turn.store.tickets.get(no)
    if ticket is None:
        return
    await turn.store.desk.unsay_words(no, texts.supported(ticket))
    ticket.households -= 1
    await turn.store.tickets.save(ticket)
