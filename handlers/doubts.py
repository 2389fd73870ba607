"""Between certain and nothing: one who knows the place is asked privately; a mistake is undone with one word.

What people answer is kept as a label for the maintainer to review and to train from; nothing is learnt
silently.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.action import Action
from domain.ids import MemberId
from domain.message import Answer, Kind, Reply, TakeBack
from domain.people import Role, Strength
from domain.records import CaseFile, Doubted
from handlers import texts
from handlers.moves import Moved, move
from handlers.opening import Source, open_ticket
from handlers.turn import NUMBER, Turn, shortened
from understanding import Problem
from understanding.officers.denials import says_mistaken

ANSWER_WITHIN = timedelta(days=1)
CHATTER = "chatter"
_FRAME = re.compile(r"[\W_]+|^(?:这|那)?(?:都|是|两个|个|件|单)*|(?:了|的|吧|啊)+$")


def worth_asking(turn: Turn) -> bool:
    """A doubtful report in a group that wants to be asked, with nothing else to do about the message."""
    asks = turn.community.strength is Strength.NORMAL and not turn.private
    return asks and bool(turn.reading.doubtful) and not turn.reading.acts


async def ask(turn: Turn) -> list[Reply]:
    """Put the message to the community's worker, or its main officer; one question at a time each."""
    knows = _who_knows(turn)
    if knows is None or await turn.store.desk.doubted(knows, turn.now - ANSWER_WITHIN):
        return []
    problem = turn.reading.doubtful[0]
    question = Doubted(turn.message.id, knows, problem.category, problem.location, problem.urgent, turn.now)
    await turn.store.desk.doubt(question)
    return [Reply(knows, texts.doubt(problem.category, shortened(turn.recordable())), in_group=False)]


def _who_knows(turn: Turn) -> MemberId | None:
    people = (*turn.community.workers, *turn.community.officers)
    return next((person.id for person in people if person.id and person.id != turn.message.sender), None)


async def answer(turn: Turn) -> list[Reply]:
    """Yes opens the ticket as if it had been certain; either way it is on record what the words were."""
    asked = turn.doubted
    said = await turn.store.messages.get(asked.message) if asked else None
    if asked is None or said is None:
        return []
    report = turn.message.text.strip() in texts.YES and bool(said.text)
    await turn.store.desk.settle(asked.message, report=report)
    label = asked.category if report else CHATTER
    await turn.store.desk.label(
        said.id, label, turn.now, location=asked.location if report else "", urgent=asked.urgent and report
    )
    replies = [turn.aside(texts.settled(report=report))]
    community = turn.roster.of_group(said.group) if said.group else None
    if report and community:
        problem = Problem(asked.category, asked.location, asked.urgent, 1.0)
        replies += await open_ticket(turn, problem, Source(said, community))
    return replies


def undoes(turn: Turn) -> bool:
    """Whether it is 误报 of one ticket or several; from an officer alone also in words that need a number."""
    if turn.message.kind is not Kind.TEXT:
        return False
    return _bare(turn) or (turn.private and turn.role is Role.OFFICER and says_mistaken(turn.message.text))


def _bare(turn: Turn) -> bool:
    return _FRAME.sub("", turn.command()) == texts.MISTAKE


async def undo(turn: Turn) -> Sequence[Answer]:
    """`误报`, quoting or numbering tickets, or of the latest one: it was none, and its words are chatter.

    What the group was told about it is taken back.
    """
    numbers, quoted = NUMBER.findall(turn.message.text), turn.message.quotes
    fits = [f for f in turn.files if f.ticket.open and (f.ticket.no in numbers or quoted in f.about)]
    if not fits and not numbers and not quoted and _bare(turn):
        fits = [f for f in turn.files if f.ticket.open][-1:]
    if not fits:
        return [turn.aside(texts.unknown(numbers[0]) if numbers else texts.WHICH_MISTAKE)]
    return [reply for file in fits for reply in await _undo(turn, file)]


async def _undo(turn: Turn, file: CaseFile) -> Sequence[Answer]:
    moved = await move(turn, file.ticket.no, Action.VOID, texts.MISTAKE)
    if not isinstance(moved, Moved):
        return moved
    for message in file.report:
        await turn.store.desk.label(message, CHATTER, turn.now)
    await turn.store.desk.unsay(moved.ticket.no, aloud_only=False)
    ticket = moved.ticket
    aloud = [TakeBack(ticket.group, ticket.no)] if ticket.group and not ticket.private else []
    said = await turn.about(ticket, texts.voided(ticket))
    return [*aloud, *said, *turn.to_officers(ticket, texts.voided(ticket))]
