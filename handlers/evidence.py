"""Pictures that officers send of a ticket: a short while before or after they say what they did."""

from collections.abc import Sequence

from domain.ids import MessageId, TicketNo
from domain.message import Kind
from domain.records import Spoken
from handlers.turn import Turn

_LINES = 10
_PICTURES = frozenset({Kind.IMAGE, Kind.VIDEO})


async def keep(turn: Turn) -> bool:
    """A picture belongs to the ticket that they quote, or that they spoke of just now; False: to none."""
    said = [line for line in await _own_lines(turn) if line.message.kind not in _PICTURES]
    quoted = turn.message.quotes
    about = [file.ticket.no for file in turn.files if quoted and quoted in file.about]
    numbers = about or (said[-1].tickets if said else ())
    await _attach(turn, numbers, [turn.message.id])
    return bool(numbers)


async def gather(turn: Turn, numbers: Sequence[TicketNo]) -> None:
    """What they sent right before they said what they did to these tickets; of several nobody knows which."""
    pictures = []
    for line in reversed(await _own_lines(turn)):
        if line.message.kind not in _PICTURES or line.tickets:
            break
        pictures.append(line.message.id)
    await _attach(turn, numbers, pictures)


async def _own_lines(turn: Turn) -> list[Spoken]:
    """What they said here a short while ago, oldest first."""
    since = turn.said_at - turn.policy.weekly.photo
    recent = await turn.store.messages.recent(turn.message, _LINES)
    return [
        line
        for line in recent
        if line.message.sender == turn.message.sender and line.message.sent_at >= since
    ]


async def _attach(turn: Turn, numbers: Sequence[TicketNo], pictures: Sequence[MessageId]) -> None:
    if len(set(numbers)) == 1:
        for picture in pictures:
            await turn.store.tickets.attach(numbers[0], picture, "action")
