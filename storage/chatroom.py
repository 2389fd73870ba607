"""What the chat room in the browser shows: the lines one person sees, straight from inbox and outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Kind, Media
from domain.people import Role
from storage.database import Work
from storage.outgoing import SENT, joined
from storage.rows import Row
from storage.schema import messages, outbox


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line as somebody sees it; the bot's own have no sender."""

    id: MessageId
    sender: MemberId | None
    name: str
    role: Role | None
    at: datetime
    kind: Kind
    text: str
    mentions: tuple[MemberId, ...]
    quotes: MessageId | None
    media: Media | None
    private: bool
    recalled: bool


async def shown_lines(work: Work, group: GroupId, viewer: MemberId, limit: int) -> Sequence[ShownLine]:
    """The latest lines of a group and of the viewer's private talk with the bot, oldest first."""
    lines = [*await _heard(work, group, viewer, limit), *await _said(work, group, viewer, limit)]
    return sorted(lines, key=lambda line: line.at)[-limit:]


async def sent_file(work: Work, group: GroupId, viewer: MemberId, sha256: str) -> Media | None:
    """A file that the bot sent to this group, or to the viewer alone, and that was not taken back."""
    query = select(outbox.c.media).where(
        outbox.c.status == SENT,
        outbox.c.taken_back_at.is_(None),
        _to(group, viewer),
        outbox.c.media["sha256"].as_string() == sha256,
    )
    found = (await work.connection.execute(query.limit(1))).scalar()
    return Media(**found) if found else None


def _to(group: GroupId, viewer: MemberId) -> ColumnElement[bool]:
    """What of the bot's lines is said to the group, or to the viewer alone."""
    mine = ~outbox.c.in_group & (outbox.c.recipient == viewer)
    return or_(mine, outbox.c.in_group & (outbox.c.recipient == group))


async def _heard(work: Work, group: GroupId, viewer: MemberId, limit: int) -> list[ShownLine]:
    private = messages.c.group_id.is_(None) & (messages.c.sender == viewer)
    query = select(messages).where(or_(messages.c.group_id == group, private), messages.c.kind != Kind.RECALL)
    rows = (await work.connection.execute(query.order_by(messages.c.seq.desc()).limit(limit))).mappings()
    return [
        ShownLine(
            id=row["id"],
            sender=row["sender"],
            name=row["sender_name"],
            role=Role(row["role"]) if row["role"] else None,
            at=row["sent_at"],
            kind=Kind(row["kind"]),
            text=row["text"],
            mentions=tuple(row["mentions"]),
            quotes=row["quotes"],
            media=_media(row),
            private=row["group_id"] is None,
            recalled=row["recalled"],
        )
        for row in rows
    ][::-1]


async def _said(work: Work, group: GroupId, viewer: MemberId, limit: int) -> list[ShownLine]:
    query = select(outbox).where(outbox.c.status == SENT, outbox.c.takes_back.is_(None), _to(group, viewer))
    rows = (await work.connection.execute(query.order_by(outbox.c.id.desc()).limit(limit))).mappings().all()
    return [
        ShownLine(
            id=row["platform_id"],
            sender=None,
            name="",
            role=Role.BOT,
            at=row["sent_at"],
            kind=_kind(media := _media(row)),
            text=media.name if media else row["text"],
            mentions=tuple(row["mentions"]),
            quotes=None,
            media=media,
            private=not row["in_group"],
            recalled=row["taken_back_at"] is not None,
        )
        for row in joined(reversed(rows))
    ]


def _media(row: Row) -> Media | None:
    return Media(**row["media"]) if row["media"] else None


def _kind(media: Media | None) -> Kind:
    """What the bot said, as a kind of message."""
    if media is None:
        return Kind.TEXT
    return Kind.IMAGE if media.mime.startswith("image/") else Kind.FILE
