"""The end of a ticket: its reporter is asked once whether it is solved, and may rate it.

Never in the group with the matter's details, and never shown with a name.
"""

import re

from domain.action import Action
from domain.message import Occasion, Reply
from domain.records import CaseFile
from domain.state import Outcome, State
from domain.ticket import Ticket
from handlers import residents, texts
from handlers.moves import Moved, move
from handlers.turn import Turn, privately

_UNSATISFIED = 3


async def ask(turn: Turn, ticket: Ticket) -> list[Reply]:
    """Ask the reporter: privately where they can be written to, else in the group without the details."""
    await turn.store.desk.unsay_words(ticket.no, texts.supported(ticket))  # this line has the count, too
    reporter = await turn.store.tickets.reporter(ticket.no)
    if reporter and (ticket.private or await turn.store.messages.wrote_privately(reporter)):
        return [privately(reporter, texts.ask_reporter(ticket), ticket, Occasion.NEWS)]
    return await turn.about(ticket, texts.ask_confirm(ticket))


def score(turn: Turn) -> int | None:
    """The satisfaction that these words are, if they are any."""
    return texts.SCORES.get(re.sub(r"[\s，,。.、]+", "", turn.command()))


def rated(turn: Turn) -> CaseFile | None:
    """The ticket whose reporter says how satisfied they are: quoted, or privately the latest."""
    if score(turn) is None:
        return None
    mine = [
        file for file in turn.files if file.reporter == turn.message.sender and _was_answered(file.ticket)
    ]
    if quoted := turn.message.quotes:
        mine = [file for file in mine if quoted in file.about and quoted not in file.report]
    elif not turn.private:
        return None
    asked = [file for file in mine if file.ticket.state is State.REPORTED]
    return max(asked or mine, key=lambda file: file.last_at, default=None)


def _was_answered(ticket: Ticket) -> bool:
    return ticket.state is State.REPORTED or (ticket.state is State.CLOSED and ticket.reported_at is not None)


async def rate(turn: Turn) -> list[Reply]:
    """Keep the satisfaction. 满意 and 一般 say that it is solved, too; 不满意 asks what is left to do."""
    file, said = rated(turn), score(turn)
    if file is None or said is None:
        return []
    ticket = file.ticket
    await turn.store.desk.rate(ticket.no, said, turn.said_at)
    if said == _UNSATISFIED:
        return [turn.aloud(texts.WHAT_IS_LEFT)]
    if ticket.state is State.REPORTED or ticket.outcome is Outcome.NO_ANSWER:
        moved = await move(turn, ticket.no, Action.CONFIRM)
        if not isinstance(moved, Moved):
            return moved
        if moved.ended:
            return await residents.confirmed(turn, moved)
    return [turn.aloud(texts.THANKS)]
