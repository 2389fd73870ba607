"""The latest lines of the chats that people talk in, so that they are not read again for every message.

It mirrors the table: whatever changes a line there says so here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from domain.ids import TicketNo
from domain.message import Message
from domain.people import Role
from domain.records import Spoken

_CHATS = 500
"""So many chats are remembered; then the one is forgotten that came first."""
_MOST = 10_000
"""So many chats are known by when they spoke last."""
_LINES = 60
"""So many lines of a chat are remembered at least, once they are there, and twice as many at most."""

Line = tuple[int, Spoken]
"""Its place in the order in which all lines came in, and the line."""


@dataclass(slots=True)
class _Chat:
    """The latest lines of a chat; `whole` where there was none before them."""

    lines: list[Line]
    whole: bool

    def has(self, message: str) -> bool:
        """Whether this message is among them."""
        return any(line.message.id == message for _, line in self.lines)

    def change(self, message: str, change: Callable[[Spoken], Spoken]) -> None:
        """Change what became of this message, where it is among them."""
        for at in range(len(self.lines) - 1, -1, -1):
            seq, line = self.lines[at]
            if line.message.id == message:
                self.lines[at] = seq, change(line)
                return


def _place(message: Message) -> tuple[str, bool]:
    """Where it was said: in which group, or with whom alone."""
    return (message.group, True) if message.group else (message.sender, False)


@dataclass(slots=True)
class Talks:
    """The chats of one program."""

    _chats: dict[tuple[str, bool], _Chat] = field(default_factory=dict)
    _last: dict[tuple[str, bool], int] = field(default_factory=dict)
    """The latest line that was added to each."""

    def clear(self) -> None:
        """Forget everything."""
        self._chats.clear()
        self._last.clear()

    def keep(self, seq: int, message: Message, before: Sequence[Line], *, whole: bool) -> None:
        """Remember the chat of a message with the lines before it, unless something was said after it."""
        place = _place(message)
        if self._last.get(place) != seq:
            return
        if len(self._chats) >= _CHATS:
            del self._chats[next(iter(self._chats))]
        self._chats[place] = _Chat([*before, (seq, Spoken(message, Role.RESIDENT))], whole)

    def add(self, seq: int, message: Message) -> None:
        """Somebody has said this."""
        place = _place(message)
        if len(self._last) >= _MOST:
            self._last.clear()
        self._last[place] = seq
        if chat := self._chats.get(place):
            if len(chat.lines) >= 2 * _LINES:
                del chat.lines[:_LINES]
                chat.whole = False
            chat.lines.append((seq, Spoken(message, Role.RESIDENT)))

    def before(self, seq: int, message: Message, limit: int) -> list[Spoken] | None:
        """The latest lines before this one, oldest first; None where they are not remembered."""
        chat = self._chats.get(_place(message))
        if chat is None:
            return None
        lines = [line for at, line in chat.lines if at < seq][-limit:]
        return lines if chat.whole or len(lines) == limit else None

    def became(self, message: Message, role: Role, intent: str) -> None:
        """It was dealt with as this."""
        if chat := self._chats.get(_place(message)):
            chat.change(message.id, lambda line: replace(line, role=role, intent=intent))

    def told_of(self, message: str, ticket: TicketNo) -> None:
        """The message is about this ticket."""
        for chat in self._chats.values():
            chat.change(message, lambda line: replace(line, tickets=tuple(sorted({*line.tickets, ticket}))))

    def forget(self, message: str) -> None:
        """This message changes: its chat is to be read again."""
        for place in [place for place, chat in self._chats.items() if chat.has(message)]:
            del self._chats[place]
