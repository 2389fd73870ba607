"""The chat: what came in, once each, with what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.ids import MemberId, MessageId, TicketNo
from domain.message import Message
from domain.people import Role
from domain.records import Spoken
from storage.connection import AsyncConnection
from storage.memory import Memory
from storage.prepared import often
from storage.roster import join_group
from storage.rows import Row, message_from_row, message_to_row
from storage.schema import messages, outbox, ticket_messages

NEW, DONE, FAILED = "new", "done", "failed"
BOT_ID = MemberId("bot")

_KEEP = often(upsert(messages).on_conflict_do_nothing(index_elements=["id"]).returning(messages.c.seq))
_MARK = update(messages).where(messages.c.id == bindparam("message"))
_DONE = often(_MARK.values(status=DONE, role=bindparam("as_role"), intent=bindparam("as_intent"), error=None))
_ONE = often(select(messages).where(messages.c.id == bindparam("message")))
_UNDONE = often(select(messages).where(messages.c.id == bindparam("message"), messages.c.status != DONE))
_ABOUT = (
    select(func.aggregate_strings(ticket_messages.c.ticket_no, " "))
    .where(ticket_messages.c.message_id == messages.c.id)
    .scalar_subquery()
)


def _lines_before(where: ColumnElement[bool]) -> Select[Any]:
    """The latest lines before a message, in its group or with its sender alone."""
    seq = select(messages.c.seq).where(messages.c.id == bindparam("message")).scalar_subquery()
    before = messages.c.recalled.is_(False) & (messages.c.seq < func.coalesce(seq, 1 << 62))
    found = select(messages, _ABOUT.label("about"))
    return found.where(where, before).order_by(messages.c.seq.desc()).limit(bindparam("most"))


_IN_GROUP = often(_lines_before(messages.c.group_id == bindparam("place")))
_ALONE = often(_lines_before(messages.c.group_id.is_(None) & (messages.c.sender == bindparam("place"))))
_OWN_LINES = often(
    select(
        outbox.c.id,
        outbox.c.platform_id,
        outbox.c.created_at,
        outbox.c.text,
        outbox.c.ticket_no,
        outbox.c.merged_into,
    )
    .where(
        outbox.c.recipient == bindparam("place"),
        or_(*(outbox.c.status == status for status in ("waiting", "claimed", "sent"))),
        outbox.c.text != "",
        outbox.c.created_at <= bindparam("until"),
    )
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)
_WROTE = often(
    select(messages.c.id)
    .where(messages.c.sender == bindparam("who"), messages.c.group_id.is_(None))
    .order_by(messages.c.seq)
    .limit(1)
)
"""Built once: to build a statement takes several times as long as to run it."""


class MessageRows:
    """The messages of one unit of work. Fits `handlers.ports.Messages`, and serves the inbox."""

    def __init__(self, connection: AsyncConnection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory

    async def receive(self, message: Message) -> bool:
        """Keep a message that came in; False where it was here already."""
        row = message_to_row(message) | {"status": NEW, "recalled": False}
        seq = (await self._connection.execute(_KEEP, row)).scalar()
        if seq is None:
            return False
        kept = replace(message, sent_at=message.sent_at.astimezone(UTC))
        self._memory.new[message.id] = seq, kept
        self._memory.talks.add(seq, kept)
        if message.group:
            await join_group(self._connection, message.group, {message.sender: message.sender_name})
        return True

    async def done(self, message: MessageId, role: Role, intent: str) -> None:
        """The message has been dealt with."""
        if new := self._memory.new.pop(message, None):
            self._memory.talks.became(new[1], role, intent)
        else:
            self._memory.talks.forget(message)
        await self._connection.execute(_DONE, {"message": message, "as_role": role, "as_intent": intent})

    async def failed(self, message: MessageId, error: str) -> None:
        """Dealing with the message raised: kept with the reason, to be run again."""
        self._memory.new.pop(message, None)
        undone = (messages.c.id == message) & (messages.c.status != DONE)
        await self._connection.execute(update(messages).where(undone).values(status=FAILED, error=error))

    async def forget(self, message: MessageId, sender: MemberId) -> str | None:
        """Their sender took this message back: its words go, the fact stays.

        Gives the hash of its file where nothing else said has the same, so that the file can go, too.
        """
        said = await self.get(message)
        if said is None or said.sender != sender:
            return None
        self._memory.forget_message(message)
        await self._set(message, recalled=True, text="", media=None)
        if said.media is None or said.media.sha256 is None:
            return None
        for table in (messages, outbox):
            same = select(table.c.id).where(table.c.media["sha256"].as_string() == said.media.sha256).limit(1)
            if (await self._connection.execute(same)).first():
                return None
        return said.media.sha256

    async def _set(self, message: MessageId, **values: object) -> None:
        await self._connection.execute(_MARK.values(**values), {"message": message})

    async def get(self, message: MessageId) -> Message | None:
        """A message that came in."""
        found = (await self._connection.execute(_ONE, {"message": message})).mappings().first()
        return message_from_row(found) if found else None

    async def known(self, message: MessageId) -> bool:
        """Whether this is a message that came in, or a line of the bot's."""
        heard = select(messages.c.id).where(messages.c.id == message)
        said = select(outbox.c.platform_id).where(outbox.c.platform_id == message)
        return (await self._connection.execute(heard.union(said))).first() is not None

    async def undone(self, message: MessageId) -> Message | None:
        """A message that is still to be dealt with, as it stands now; None where somebody has done so."""
        if new := self._memory.new.get(message):
            return new[1]
        row = (await self._connection.execute(_UNDONE, {"message": message})).mappings().first()
        return message_from_row(row) if row else None

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

    async def wrote_privately(self, member: MemberId) -> bool:
        """Whether this member has ever written to the bot alone, and so can be written to."""
        return (await self._connection.execute(_WROTE, {"who": member})).first() is not None

    async def recent(self, message: Message, limit: int) -> Sequence[Spoken]:
        """The lines before `message` in its group, or in its sender's private talk, oldest first."""
        lines = await self._heard(message, limit)
        own = {"place": message.group or message.sender, "until": message.sent_at, "most": limit}
        lines += await self._said(message, own)
        return sorted(lines, key=lambda line: line.message.sent_at)[-limit:]

    async def _heard(self, message: Message, limit: int) -> list[Spoken]:
        """What people said before it; of a message that is new what follows from it is remembered."""
        new, talks = self._memory.new.get(message.id), self._memory.talks
        if new and (known := talks.before(new[0], message, limit)) is not None:
            return known
        query, place = (_IN_GROUP, message.group) if message.group else (_ALONE, message.sender)
        which = {"place": place, "message": message.id, "most": limit}
        rows = (await self._connection.execute(query, which)).mappings().all()
        lines = [(row["seq"], _line(row)) for row in reversed(rows)]
        if new:
            talks.keep(*new, lines, whole=len(lines) < limit)
        return [line for _, line in lines]

    async def _said(self, message: Message, which: dict[str, Any]) -> list[Spoken]:
        lines: dict[int, Spoken] = {}
        for row in reversed((await self._connection.execute(_OWN_LINES, which)).all()):
            number, name, *rest, leader = row
            line = self._memory.said(number, name) or self._own_line(message, number, name, *rest)
            first = lines.pop(leader, None)
            if first is None:
                lines[number] = line
            else:
                both = replace(first.message, text=f"{first.message.text}\n{line.message.text}")
                lines[leader] = replace(first, message=both, tickets=first.tickets + line.tickets)
        return list(lines.values())

    def _own_line(
        self, message: Message, number: int, name: str | None, at: datetime, text: str, ticket: str | None
    ) -> Spoken:
        """A line of the bot's, said where `message` was."""
        key = MessageId(name or f"outbox-{number}")
        said = Message(key, message.group, BOT_ID, "", at, text=text)
        line = Spoken(said, Role.BOT, (TicketNo(ticket),) if ticket else ())
        return self._memory.keep_said(number, name, line)


def _line(row: Row) -> Spoken:
    """A line as it is kept, with what became of it."""
    tickets = tuple(TicketNo(no) for no in sorted(row["about"].split())) if row["about"] else ()
    role = Role(row["role"]) if row["role"] else Role.RESIDENT
    return Spoken(message_from_row(row), role, tickets, row["intent"])
