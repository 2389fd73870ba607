"""What has been read before and cannot have changed since, so that it is not read again for every message.

Whatever changes in it what is remembered here says so: `forget_ticket`, `forget_message`. When another
process has written, or a unit of work was given up, all of it is forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.ids import MemberId, MessageId
from domain.message import Message
from domain.people import Roster
from domain.records import CaseFile, Spoken
from storage.talks import Talks

_MOST = 2_000
"""How much of each is remembered; then it begins anew."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept beside a ticket, of which it takes several tables to tell."""

    handled_by: frozenset[MemberId]
    text: str
    report: tuple[MessageId, ...]
    messages: tuple[MessageId, ...]
    reporter: MemberId | None
    reporter_name: str
    supporters: tuple[MemberId, ...]


@dataclass(slots=True)
class Memory:
    """The memory of one program; `version` tells whether another one has written."""

    version: int | None = None
    roster: tuple[str, Roster] | None = None
    new: dict[str, tuple[int, Message]] = field(default_factory=dict)
    """The messages that were kept and are not dealt with yet, as far as is known, in their order."""
    talks: Talks = field(default_factory=Talks)
    _said: dict[int, tuple[str | None, Spoken]] = field(default_factory=dict)
    _beside: dict[str, Beside] = field(default_factory=dict)
    _files: dict[str, tuple[datetime, Sequence[CaseFile]]] = field(default_factory=dict)

    def at(self, version: int | None) -> None:
        """The database is at this version now: at another, somebody else has written."""
        if version is None or version != self.version:
            self.clear()
        self.version = version

    def clear(self) -> None:
        """Forget everything."""
        self.roster = None
        self.new.clear()
        self.talks.clear()
        self._said.clear()
        self._beside.clear()
        self._files.clear()

    def beside(self, ticket: str) -> Beside | None:
        """What is kept beside this ticket, where it is remembered."""
        return self._beside.get(ticket)

    def keep_beside(self, ticket: str, beside: Beside) -> None:
        """Remember it."""
        if len(self._beside) >= _MOST:
            self._beside.clear()
        self._beside[ticket] = beside

    def forget_ticket(self, ticket: str) -> None:
        """This ticket changes, or something beside it."""
        self._beside.pop(ticket, None)
        for name, (_, files) in [*self._files.items()]:
            if any(file.ticket.no == ticket for file in files):
                del self._files[name]

    def files(self, community: str, since: datetime) -> Sequence[CaseFile] | None:
        """The tickets of a community that are open or ended since then, where they are remembered."""
        begin, files = self._files.get(community, (None, ()))
        if begin is None or since < begin:
            return None
        return [f for f in files if f.ticket.open or (f.ticket.ended_at and f.ticket.ended_at >= since)]

    def keep_files(self, community: str, since: datetime, files: Sequence[CaseFile]) -> None:
        """Remember them."""
        if len(self._files) >= _MOST:
            self._files.clear()
        self._files[community] = since, files

    def forget_files(self, community: str) -> None:
        """There is another ticket in this community."""
        self._files.pop(community, None)

    def said(self, number: int, name: str | None) -> Spoken | None:
        """The bot's own line of this number, where it is remembered under this name of the platform's."""
        found = self._said.get(number)
        return found[1] if found and found[0] == name else None

    def keep_said(self, number: int, name: str | None, line: Spoken) -> Spoken:
        """Remember it."""
        if len(self._said) >= _MOST:
            self._said.clear()
        self._said[number] = name, line
        return line

    def forget_message(self, key: str) -> None:
        """This message changes, and with it what tickets say."""
        self.new.pop(key, None)
        self.talks.forget(key)
        self._beside.clear()
        self._files.clear()
