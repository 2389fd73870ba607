"""What the chat room's pages need from the program: a chat to look at, to speak in and to follow live.

The program gives a `Room`; the pages know nothing else of it.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Kind
from domain.people import Role


@dataclass(frozen=True, slots=True)
class MemberCard:
    """Somebody one can be in the chat room."""

    id: MemberId
    name: str
    role: Role
    role_name: str


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group to enter. `playing` marks a shipped story that plays by itself: one can watch, not speak."""

    id: GroupId
    name: str
    community: str
    members: Sequence[MemberCard]
    playing: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One bubble of the chat. `private` lines are between the viewer and the bot, the others the group's.

    `at` is aware, in the installation's time zone; `picture` is the SHA-256 under which `Room.picture`
    gives the file of an image, `file` the one under which `Room.file` gives a file of the bot's; `quoted` is
    the quoted line's text; `recalled` bubbles have no text.
    """

    id: MessageId
    sender: MemberId
    name: str
    role: Role
    at: datetime
    kind: Kind
    text: str
    mentions: Sequence[str] = ()
    quoted: str = ""
    picture: str | None = None
    file: str | None = None
    private: bool = False
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step of a ticket's record, in words."""

    at: datetime
    who: str
    what: str
    note: str


@dataclass(frozen=True, slots=True)
class TicketCard:
    """A ticket as the panel beside the chat shows it; nothing of who reported it."""

    no: str
    category: str
    campaign: str
    location: str
    state: str
    ended: bool
    urgent: bool
    households: int
    officers: Sequence[str]
    steps: Sequence[StepCard]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the page shows at one moment: the lines (oldest first) and the tickets (newest first).

    `progress` is how much of a playing story has been told, from 0 to 1; None where nothing plays.
    """

    lines: Sequence[Line]
    tickets: Sequence[TicketCard]
    progress: float | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person sends from the page."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person sends from the page: words or one file, to the group or privately to the bot."""

    text: str = ""
    upload: Upload | None = None
    mentions: Sequence[MemberId] = ()
    quotes: MessageId | None = None
    private: bool = False


class RoomError(Exception):
    """What the person asked for cannot be done; the text is for them, in Chinese."""


class Room(Protocol):
    """The chat room behind the pages."""

    async def groups(self) -> Sequence[GroupCard]:
        """All groups, the shipped stories being played among them."""

    async def scene(self, group: GroupId, viewer: MemberId) -> Scene:
        """What `viewer` sees in `group` now. Raises RoomError for an unknown group or member."""

    async def say(self, group: GroupId, viewer: MemberId, draft: Draft) -> MessageId:
        """Say something as `viewer`. Raises RoomError where it cannot be said."""

    async def recall(self, group: GroupId, viewer: MemberId, message: MessageId) -> None:
        """Take one's own message back (撤回). Raises RoomError where it cannot."""

    def changes(self, group: GroupId, viewer: MemberId) -> AsyncIterator[None]:
        """Yield at once and then whenever `scene` would look different; ends when the program stops."""

    async def picture(self, sha256: str) -> Upload | None:
        """The image kept under this hash."""

    async def file(self, group: GroupId, viewer: MemberId, sha256: str) -> Upload | None:
        """A file that the bot sent to this group, or to `viewer` alone."""

    async def stories(self) -> Sequence[tuple[str, str]]:
        """The shipped transcripts that can be played: (name, title)."""

    async def play(self, story: str, seconds: float) -> GroupId:
        """Start playing a story so that it takes about `seconds`; the group to watch it in."""
