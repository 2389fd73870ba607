"""Making a move on a ticket: one way for everybody, with the answer to who may not."""

from dataclasses import dataclass

from domain.action import Action
from domain.deadlines import follow
from domain.errors import IllegalMove, NotAllowed, OwnWork, ReasonMissing
from domain.history import Entry
from domain.ids import MessageId, TicketNo
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


async def move(
    turn: Turn,
    no: TicketNo,
    action: Action,
    note: str = "",
    message: MessageId | None = None,
    *,
    plainly: bool = True,
) -> Moved | list[Reply]:
    """Make the move and keep it; or the answer to the speaker, empty where they did not ask for one.

    A ticket outside the speaker's communities may only be touched by who reported it. `message` is the one
    that made the move, where it is not the one being dealt with; `plainly` is whether it says so outright.
    """
    ticket = await turn.store.tickets.get(no)
    mine = await turn.store.tickets.reporter(no) == turn.message.sender
    if ticket is None or not (mine or turn.serves(ticket)):
        return [turn.aside(texts.unknown(no))] if turn.private else []
    source, waited = message or turn.message.id, ticket.waits_for_officers
    actor = Actor(turn.role, turn.message.sender, mine, plainly)
    try:
        entry = ticket.apply(action, actor, turn.said_at, source, note)
    except (IllegalMove, NotAllowed, ReasonMissing) as error:
        return [turn.aside(answer_to(error, ticket, action), ticket)] if turn.explicit else []
    follow(ticket, entry, turn.policy, turn.now)
    if waited and not ticket.waits_for_officers:
        await turn.store.desk.unsay_news(no)
    await turn.store.tickets.save(ticket, entry)
    await turn.store.tickets.attach(no, source, "action")
    return Moved(ticket, entry)


def answer_to(error: Exception, ticket: Ticket, action: Action) -> str:
    """What somebody hears of a move that they cannot make."""
    match error:
        case IllegalMove():
            return texts.impossible(ticket, action)
        case ReasonMissing():
            return texts.reason_needed(ticket, action)
        case OwnWork():
            return texts.own_work(ticket)
        case _:
            return texts.forbidden(ticket, action)
