"""The chat: what came in, once each, with what became of it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.ids import MemberId, MessageId, TicketNo
from domain.message import Message
from domain.people import Role
from domain.records import Spoken
from storage.roster import join_group
from storage.rows import Row, message_from_row, message_to_row
from storage.schema import messages, outbox, ticket_messages

NEW, DONE, FAILED = "new", "done", "failed"
BOT_ID = MemberId("bot")


class MessageRows:
    """The messages of one unit of work. Fits `handlers.ports.Messages`, and serves the inbox."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def receive(self, message: Message) -> bool:
        """Keep a message that came in; False where it was here already."""
        statement = upsert(messages).values(**message_to_row(message), status=NEW, recalled=False)
        result = await self._connection.execute(
            statement.on_conflict_do_nothing(index_elements=["id"]).returning(messages.c.seq)
        )
        new = result.scalar() is not None
        if new and message.group:
            await join_group(self._connection, message.group, {message.sender: message.sender_name})
        return new

    async def done(self, message: MessageId, role: Role, intent: str) -> None:
        """The message has been dealt with."""
        await self._set(message, status=DONE, role=role, intent=intent, error=None)

    async def failed(self, message: MessageId, error: str) -> None:
        """Dealing with the message raised: kept with the reason, to be run again."""
        undone = (messages.c.id == message) & (messages.c.status != DONE)
        await self._connection.execute(update(messages).where(undone).values(status=FAILED, error=error))

    async def forget(self, message: MessageId, sender: MemberId) -> str | None:
        """Their sender took this message back: its words go, the fact stays.

        Gives the hash of its file where no other message has the same, so that the file can go, too.
        """
        said = await self.get(message)
        if said is None or said.sender != sender:
            return None
        await self._set(message, recalled=True, text="", media=None)
        if said.media is None or said.media.sha256 is None:
            return None
        same = select(messages.c.id).where(messages.c.media["sha256"].as_string() == said.media.sha256)
        return None if (await self._connection.execute(same)).first() else said.media.sha256

    async def _set(self, message: MessageId, **values: object) -> None:
        await self._connection.execute(update(messages).where(messages.c.id == message).values(**values))

    async def get(self, message: MessageId) -> Message | None:
        """A message that came in."""
        row = await self._connection.execute(select(messages).where(messages.c.id == message))
        found = row.mappings().first()
        return message_from_row(found) if found else None

    async def known(self, message: MessageId) -> bool:
        """Whether this is a message that came in, or a line of the bot's."""
        heard = select(messages.c.id).where(messages.c.id == message)
        said = select(outbox.c.platform_id).where(outbox.c.platform_id == message)
        return (await self._connection.execute(heard.union(said))).first() is not None

    async def undone(self, message: MessageId) -> Message | None:
        """A message that is still to be dealt with, as it stands now; None where somebody has done so."""
        query = select(messages).where(messages.c.id == message, messages.c.status != DONE)
        found = (await self._connection.execute(query)).mappings().first()
        return message_from_row(found) if found else None

    async def waiting(self, status: str = NEW) -> Sequence[Message]:
        """The messages of a status, in the order in which they came."""
        query = select(messages).where(messages.c.status == status).order_by(messages.c.seq)
        return [message_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def failures(self) -> Sequence[tuple[MessageId, str]]:
        """The failed messages with their reasons."""
        query = (
            select(messages.c.id, messages.c.error)
            .where(messages.c.status == FAILED)
            .order_by(messages.c.seq)
        )
        return [(MessageId(row.id), row.error) for row in await self._connection.execute(query)]

    async def recent(self, message: Message, limit: int) -> Sequence[Spoken]:
        """The lines before `message` in its group, or in its sender's private talk, oldest first."""
        seq = select(messages.c.seq).where(messages.c.id == message.id).scalar_subquery()
        heard = select(messages).where(
            messages.c.recalled.is_(False), messages.c.seq < func.coalesce(seq, 1 << 62)
        )
        said = select(outbox).where(
            outbox.c.status.in_(("waiting", "claimed", "sent")), outbox.c.created_at <= message.sent_at
        )
        if message.group:
            heard = heard.where(messages.c.group_id == message.group)
            said = said.where(outbox.c.recipient == message.group)
        else:
            heard = heard.where(messages.c.group_id.is_(None), messages.c.sender == message.sender)
            said = said.where(outbox.c.recipient == message.sender)
        lines = await self._heard(heard.order_by(messages.c.seq.desc()).limit(limit))
        lines += await self._said(said.order_by(outbox.c.id.desc()).limit(limit), message)
        return sorted(lines, key=lambda line: line.message.sent_at)[-limit:]

    async def _heard(self, query: Select[Any]) -> list[Spoken]:
        rows = list((await self._connection.execute(query)).mappings())
        about = await self._tickets_of([row["id"] for row in rows])
        return [_spoken(row, about.get(row["id"], ())) for row in reversed(rows)]

    async def _said(self, query: Select[Any], message: Message) -> list[Spoken]:
        rows = (await self._connection.execute(query)).mappings()
        return [
            Spoken(
                Message(
                    id=MessageId(row["platform_id"] or f"outbox-{row['id']}"),
                    group=message.group,
                    sender=BOT_ID,
                    sender_name="",
                    sent_at=row["created_at"],
                    text=row["text"],
                ),
                Role.BOT,
                (TicketNo(row["ticket_no"]),) if row["ticket_no"] else (),
            )
            for row in rows
        ][::-1]

    async def _tickets_of(self, ids: list[str]) -> dict[str, tuple[TicketNo, ...]]:
        """Which tickets each message opened, joined or acted on."""
        found: defaultdict[str, tuple[TicketNo, ...]] = defaultdict(tuple)
        part = ticket_messages
        query = select(part.c.message_id, part.c.ticket_no).where(part.c.message_id.in_(ids))
        for row in await self._connection.execute(query.order_by(part.c.ticket_no)):
            found[row.message_id] += (TicketNo(row.ticket_no),)
        return found


def _spoken(row: Row, about: tuple[TicketNo, ...]) -> Spoken:
    role = Role(row["role"]) if row["role"] else Role.RESIDENT
    return Spoken(message_from_row(row), role, about, row["intent"])
