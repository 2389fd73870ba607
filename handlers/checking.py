"""核查: a worker of the community or the property says of a ticket that is reported done whether it is."""

from dataclasses import replace

from domain.action import Action
from domain.message import Kind, Reply
from domain.people import STAFF
from domain.records import CaseFile
from domain.state import State
from handlers import residents
from handlers.moves import Moved, move
from handlers.turn import NUMBER, Turn
from understanding.language.formulas import checked


def checks(turn: Turn) -> bool:
    """Whether a worker checks a ticket: the one named or quoted, or the only one that waits for it."""
    words = turn.role in STAFF and turn.message.kind is Kind.TEXT and checked(turn.message.text) is not None
    return words and _meant(turn) is not None


async def check(turn: Turn) -> list[Reply]:
    """Passed, it is closed as checked; not passed, it goes back to the officers."""
    file, passed = _meant(turn), checked(turn.message.text)
    if file is None or passed is None:
        return []
    action = Action.VERIFY if passed else Action.DISPUTE
    moved = await move(turn, file.ticket.no, action, turn.recordable(NUMBER.sub("", turn.message.text)))
    if not isinstance(moved, Moved):
        return moved
    turn = replace(turn, reading=replace(turn.reading, location=""))  # a check tells no place
    return await (residents.confirmed if passed else residents.disputed)(turn, moved)


def _meant(turn: Turn) -> CaseFile | None:
    number, quoted = turn.number_said(), turn.message.quotes
    if number or quoted:
        named = [f for f in turn.files if f.ticket.no == number or (quoted is not None and quoted in f.about)]
    else:
        named = [file for file in turn.files if file.ticket.state is State.REPORTED]
    return named[0] if len(named) == 1 else None
