"""Making a move on a ticket: one way for everybody, with the answer to who may not."""

from dataclasses import dataclass

from domain.action import Action
from domain.errors import IllegalMove, NotAllowed, ReasonMissing
from domain.history import Entry
from domain.ids import TicketNo
from domain.message import Reply
from domain.ticket import Actor, Ticket
from handlers import texts
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that was made, with its entry in the record."""

    ticket: Ticket
    entry: Entry

    @property
    def ended(self) -> bool:
        """Whether this move ended the ticket."""
        return not self.ticket.open and self.entry.before != self.entry.after


async def move(turn: Turn, no: TicketNo, action: Action, note: str = "") -> Moved | list[Reply]:
    """Make the move and keep it; or the answer to the speaker, empty where they did not ask for one.

    A ticket outside the speaker's communities may only be touched by who reported it.
    """
    mine = await turn.store.tickets.reporter(no) == turn.message.sender
    ticket = await turn.store.tickets.get(no) if mine or turn.file(no) else None
    if ticket is None:
        return [turn.aside(texts.unknown(no))] if turn.private else []
    try:
        actor = Actor(turn.role, turn.message.sender, reporter=mine)
        entry = ticket.apply(action, actor, turn.now, turn.message.id, note)
    except IllegalMove:
        return [turn.aside(texts.impossible(ticket, action), ticket)] if turn.explicit else []
    except (NotAllowed, ReasonMissing):
        return [turn.aside(texts.forbidden(ticket, action), ticket)] if turn.explicit else []
    await turn.store.tickets.save(ticket, entry)
    await turn.store.tickets.attach(no, turn.message.id, "action")
    return Moved(ticket, entry)
