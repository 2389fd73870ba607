"""What has been read before and cannot have changed since, so that it is not read again for every message.

Whatever changes in it what is remembered here says so: `ticket_changed`, `forget_message`. When another
process has written, or a unit of work was given up, all of it is forgotten.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.message import Message
from domain.people import Roster
from domain.records import CaseFile, Spoken
from storage.talks import Talks

_MOST = 2_000
"""How much of each is remembered; then it begins anew."""
_ANEW = timedelta(days=1)
"""So long a community's tickets are remembered, though those that have changed are read again."""


@dataclass(slots=True)
class There:
    """The tickets of a community that are open or have ended `since` then; `changed` are to be read again."""

    since: datetime
    files: dict[str, CaseFile] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    def lately(self, since: datetime) -> list[CaseFile]:
        """Those that are open or have ended since then."""
        files = self.files.values()
        return [f for f in files if f.ticket.open or (f.ticket.ended_at and f.ticket.ended_at >= since)]

    def replace(self, numbers: Iterable[str], files: Iterable[CaseFile]) -> None:
        """This is what has become of them."""
        for number in numbers:
            self.files.pop(number, None)
        self.files |= {file.ticket.no: file for file in files}
        self.changed.clear()


@dataclass(slots=True)
class Memory:
    """The memory of one program; `version` tells whether another one has written."""

    version: int | None = None
    roster: tuple[str, Roster] | None = None
    new: dict[str, tuple[int, Message]] = field(default_factory=dict)
    """The messages that were kept and are not dealt with yet, as far as is known, in their order."""
    talks: Talks = field(default_factory=Talks)
    _said: dict[int, tuple[str | None, Spoken]] = field(default_factory=dict)
    _there: dict[str, There] = field(default_factory=dict)

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
        self._there.clear()

    def there(self, community: str, since: datetime) -> There | None:
        """The tickets of a community that are open or ended since then, where they are remembered.

        Once a day they are read anew, so that those that ended long ago are not remembered for ever.
        """
        there = self._there.get(community)
        return there if there and there.since <= since < there.since + _ANEW else None

    def keep_there(self, community: str, there: There) -> None:
        """Remember them."""
        if len(self._there) >= _MOST:
            self._there.clear()
        self._there[community] = there

    def ticket_changed(self, ticket: str, community: str | None = None) -> None:
        """A ticket, or something beside it, is not what it was; it may be new to this community."""
        for name, there in self._there.items():
            if name == community or ticket in there.files:
                there.changed.add(ticket)

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
        self._there.clear()
