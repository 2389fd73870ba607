"""What comes in and what goes out: a platform's message, and the replies that answer it, as values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from domain.chart import Chart
from domain.ids import GroupId, MemberId, MessageId, TicketNo


class Kind(StrEnum):
    """What a message is made of."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    VOICE = "voice"
    FILE = "file"
    LOCATION = "location"
    LINK = "link"
    STICKER = "sticker"
    RECALL = "recall"


MEDIA = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.VOICE, Kind.FILE})
"""Kinds that may belong to a ticket as evidence of what the resident saw."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that came with a message, taken at receipt, or that goes out: kept under its SHA-256.

    `sha256` is None where the file itself could not be had; the message stands all the same.
    """

    sha256: str | None
    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a person sent it; `group` is None where it was said to the bot alone.

    `text` holds the words of a text, the label of a location, the title of a link, the name of a file.
    `sent_at` is aware. `quotes` and `recalls` name other messages, the bot's own included.
    """

    id: MessageId
    group: GroupId | None
    sender: MemberId
    sender_name: str
    sent_at: datetime
    kind: Kind = Kind.TEXT
    text: str = ""
    mentions: tuple[MemberId, ...] = ()
    to_bot: bool = False
    quotes: MessageId | None = None
    recalls: MessageId | None = None
    media: Media | None = None


class Occasion(StrEnum):
    """Why the bot speaks, which decides when it may (`handlers/quiet.py`)."""

    DANGER = "danger"
    """Somebody is in danger: at once, at any hour."""
    ANSWER = "answer"
    """To somebody who has spoken just now: at once."""
    NEWS = "news"
    """About something that whoever hears it has a part in: not in quiet hours."""
    UNASKED = "unasked"
    """What nobody waits for: not in quiet hours, on working days only, and seldom."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Something the bot will say, in a group or to one member; a quote of it finds its `ticket`.

    One message is words or a file, as on every platform: a reply with both becomes two, the words first. The
    `file` has been kept before, so that a restart does not lose it; a `chart` becomes a picture, and so a
    file, when its turn has come. It goes out at `due_at` (None: at once); what has not been said by
    `expires_at` is not worth saying any more. With `login`, a one-time link into the pages is put into the
    words when it goes out, and kept nowhere.
    """

    to: GroupId | MemberId
    text: str = ""
    in_group: bool = True
    mentions: tuple[MemberId, ...] = ()
    ticket: TicketNo | None = None
    file: Media | None = None
    occasion: Occasion = Occasion.ANSWER
    expires_at: datetime | None = None
    due_at: datetime | None = None
    chart: Chart | None = None
    login: bool = False


@dataclass(frozen=True, slots=True)
class TakeBack:
    """What the bot has said in a group about a ticket goes, as far as the platform still takes it back.

    Where it is too late, or the platform cannot, nothing happens and nobody is told.
    """

    group: GroupId
    ticket: TicketNo


Answer: TypeAlias = Reply | TakeBack
"""What a message may be answered with."""
