"""What the chat room in the browser shows: the lines one person sees, straight from inbox and outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Kind, Media
from domain.people import Role
from storage.database import Work
from storage.outbox import SENT, joined
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
            media=Media(**row["media"]) if row["media"] else None,
            private=row["group_id"] is None,
            recalled=row["recalled"],
        )
        for row in rows
    ][::-1]


async def _said(work: Work, group: GroupId, viewer: MemberId, limit: int) -> list[ShownLine]:
    mine = ~outbox.c.in_group & (outbox.c.recipient == viewer)
    here = outbox.c.in_group & (outbox.c.recipient == group)
    query = select(outbox).where(outbox.c.status == SENT, or_(mine, here))
    rows = (await work.connection.execute(query.order_by(outbox.c.id.desc()).limit(limit))).mappings().all()
    return [
        ShownLine(
            id=row["platform_id"],
            sender=None,
            name="",
            role=Role.BOT,
            at=row["sent_at"],
            kind=Kind.TEXT,
            text=row["text"],
            mentions=tuple(row["mentions"]),
            quotes=None,
            media=None,
            private=not row["in_group"],
            recalled=False,
        )
        for row in joined(reversed(rows))
    ]
