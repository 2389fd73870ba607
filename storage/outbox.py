"""What the bot says: kept beside its ticket, claimed before it is sent, retried, shown where it fails."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, FromClause, func, insert, or_, select, update

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Occasion, Reply
from storage.connection import AsyncConnection
from storage.rows import Row
from storage.schema import outbox

WAITING, CLAIMED, SENT, FAILED, CANCELLED = "waiting", "claimed", "sent", "failed", "cancelled"

LEADER = outbox.alias()
"""The line with which a merged one was said."""
CALLED = func.coalesce(outbox.c.platform_id, LEADER.c.platform_id)
"""What the platform calls the message in which a line was said; wants LEADER joined by `merged_into`."""
MERGED = frozenset({Occasion.NEWS, Occasion.UNASKED})
"""What may be said in one message where several lines have waited."""

LEASE = timedelta(minutes=2)
"""How long a claimed line is left to whoever claimed it; after that it is taken for not sent."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A line to be sent, or that could not be."""

    id: int
    reply: Reply
    attempts: int
    after: MessageId | None
    created_at: datetime
    status: str = CLAIMED
    error: str | None = None
    due_at: datetime | None = None

    def waited(self, now: datetime) -> bool:
        """Whether it has waited for its time, or for the program to come back."""
        put_off = self.due_at is not None and self.due_at > self.created_at
        return put_off or self.created_at <= now - LEASE


class OutboxRows:
    """The outbox of one unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, replies: Sequence[Reply], after: MessageId | None, now: datetime) -> None:
        """Keep replies to be sent, in this order; `after` is the message that caused them."""
        rows = [
            {
                "after": after,
                "position": position,
                "recipient": reply.to,
                "in_group": reply.in_group,
                "text": reply.text,
                "mentions": list(reply.mentions),
                "ticket_no": reply.ticket,
                "status": WAITING,
                "attempts": 0,
                "created_at": now,
                "due_at": reply.due_at or now,
                "occasion": reply.occasion,
                "expires_at": reply.expires_at,
            }
            for position, reply in enumerate(replies)
        ]
        if rows:
            await self._connection.execute(insert(outbox), rows)

    async def claim(self, now: datetime, gap: timedelta) -> Outgoing | None:
        """Take the oldest line that is due, of a recipient to whom nothing was sent within `gap`.

        What may not go out yet is in nobody's way; what was tried and failed is.
        """
        other = outbox.alias()
        busy = select(other.c.recipient).where(
            or_(
                other.c.sent_at > now - gap,
                (other.c.status == CLAIMED) & (other.c.claimed_at > now - LEASE),
            )
        )
        earlier = (
            select(func.min(other.c.id))
            .where(other.c.recipient == outbox.c.recipient, _in_the_way(other, now))
            .scalar_subquery()
        )
        due = or_(
            (outbox.c.status == WAITING) & (outbox.c.due_at <= now),
            (outbox.c.status == CLAIMED) & (outbox.c.claimed_at <= now - LEASE),
        )
        query = select(outbox).where(due, outbox.c.recipient.not_in(busy), outbox.c.id == earlier)
        row = (await self._connection.execute(query.order_by(outbox.c.id).limit(1))).mappings().first()
        if row is None:
            return None
        await self._set(row["id"], status=CLAIMED, claimed_at=now, attempts=row["attempts"] + 1)
        return _outgoing(row)

    async def alike(self, line: Outgoing, now: datetime) -> Sequence[Outgoing]:
        """What else has waited for its time and may be said to the same recipient with this line."""
        waited = (outbox.c.due_at > outbox.c.created_at) | (outbox.c.created_at <= now - LEASE)
        due = (outbox.c.status == WAITING) & (outbox.c.due_at <= now) & waited
        with_it = (outbox.c.status == CLAIMED) & (outbox.c.merged_into == line.id)
        there = (outbox.c.recipient == line.reply.to) & outbox.c.occasion.in_(MERGED) & (outbox.c.text != "")
        query = select(outbox).where(there, or_(due, with_it), outbox.c.id != line.id).order_by(outbox.c.id)
        return [_outgoing(row) for row in (await self._connection.execute(query)).mappings()]

    async def merge(self, line: Outgoing, more: Sequence[Outgoing], now: datetime) -> Outgoing:
        """Say these with it, as one message: the line as it goes out."""
        values = {"status": CLAIMED, "claimed_at": now, "merged_into": line.id}
        which = outbox.c.id.in_([one.id for one in more])
        attempts = outbox.c.attempts + 1
        await self._connection.execute(update(outbox).where(which).values(values | {"attempts": attempts}))
        said = [line.reply, *(one.reply for one in more)]
        mentions = tuple(dict.fromkeys(member for reply in said for member in reply.mentions))
        text = "\n".join(reply.text for reply in said)
        return replace(line, reply=replace(line.reply, text=text, mentions=mentions))

    async def hold(self, number: int, due_at: datetime) -> None:
        """It may not go out now: again then, as if it had not been tried."""
        await self._set(number, status=WAITING, due_at=due_at, merged_into=None, attempts=0)

    async def drop(self, number: int) -> None:
        """It is not worth saying any more."""
        await self._set(number, status=CANCELLED, merged_into=None)

    async def next_due(self, gap: timedelta) -> datetime | None:
        """When the next line may go out; None where nothing is waiting."""
        other = outbox.alias()
        mine = other.c.recipient == outbox.c.recipient
        sent = select(func.max(other.c.sent_at)).where(mine).scalar_subquery()
        held = select(func.max(other.c.claimed_at)).where(mine, other.c.status == CLAIMED).scalar_subquery()
        query = select(outbox.c.due_at, sent.label("sent"), held.label("held"))
        pending = query.where(outbox.c.status.in_((WAITING, CLAIMED)))
        times = [
            max(
                row.due_at,
                row.sent + gap if row.sent else row.due_at,
                row.held + LEASE if row.held else row.due_at,
            )
            for row in await self._connection.execute(pending)
        ]
        return min(times, default=None)

    async def sent(self, number: int, platform_id: MessageId, now: datetime) -> None:
        """The line is out, under this id of the platform; one that is empty or not its own is not kept."""
        taken = select(outbox.c.id).where(outbox.c.platform_id == platform_id)
        own = platform_id if platform_id and not (await self._connection.execute(taken)).first() else None
        await self._set_all(number, status=SENT, sent_at=now, error=None)
        await self._set(number, platform_id=own)

    async def again(self, number: int, due_at: datetime, error: str) -> None:
        """The line did not go out: try again then."""
        await self._set_all(number, status=WAITING, due_at=due_at, error=error, merged_into=None)

    async def gave_up(self, number: int, error: str) -> None:
        """The line will not go out; it stays, to be shown."""
        await self._set_all(number, status=FAILED, error=error, merged_into=None)

    async def requeue(self, number: int, now: datetime) -> bool:
        """Send a failed line after all, however late that is; False where it is none."""
        failed = (outbox.c.id == number) & (outbox.c.status == FAILED)
        values = {"status": WAITING, "due_at": now, "attempts": 0, "expires_at": None}
        return (await self._connection.execute(update(outbox).where(failed).values(values))).rowcount > 0

    async def of_status(self, *status: str) -> Sequence[Outgoing]:
        """The lines of these statuses, oldest first."""
        query = select(outbox).where(outbox.c.status.in_(status)).order_by(outbox.c.id)
        return [_outgoing(row) for row in (await self._connection.execute(query)).mappings()]

    async def coming(self) -> Sequence[tuple[datetime, Outgoing]]:
        """The lines that are still to be said, each with when it may go out, in that order."""
        waiting = select(outbox).where(outbox.c.status.in_((WAITING, CLAIMED)))
        rows = (await self._connection.execute(waiting.order_by(outbox.c.due_at, outbox.c.id))).mappings()
        return [(row["due_at"], _outgoing(row)) for row in rows]

    async def latest_about(self, ticket: str) -> MessageId | None:
        """The platform's id of the bot's latest group line about a ticket."""
        about = (outbox.c.ticket_no == ticket) & outbox.c.in_group & CALLED.is_not(None)
        query = select(CALLED).select_from(outbox.outerjoin(LEADER, LEADER.c.id == outbox.c.merged_into))
        query = query.where(about).order_by(outbox.c.id.desc()).limit(1)
        return (await self._connection.execute(query)).scalar()

    async def _set(self, number: int, **values: object) -> None:
        await self._connection.execute(update(outbox).where(outbox.c.id == number).values(**values))

    async def _set_all(self, number: int, **values: object) -> None:
        """The same for a line and those that are said with it."""
        both = (outbox.c.id == number) | (outbox.c.merged_into == number)
        await self._connection.execute(update(outbox).where(both).values(**values))


def joined(rows: Iterable[Row]) -> list[Row]:
    """Lines that are out, given by their numbers, as they were said: merged ones are one line."""
    said: dict[int, Row] = {}
    for row in rows:
        first = said.get(row["merged_into"]) if row["merged_into"] else None
        if first is None:
            said[row["id"]] = row
            continue
        mentions = list(dict.fromkeys([*first["mentions"], *row["mentions"]]))
        text = f"{first['text']}\n{row['text']}"
        said[first["id"]] = {**first, "text": text, "mentions": mentions}
    return [row for row in said.values() if not row["merged_into"]]


def _in_the_way(other: FromClause, now: datetime) -> ColumnElement[bool]:
    """Lines that go out before any later one to the same recipient."""
    tried = (other.c.due_at <= now) | (other.c.attempts > 0)
    return (other.c.status == CLAIMED) | ((other.c.status == WAITING) & tried)


def _outgoing(row: Row) -> Outgoing:
    in_group = row["in_group"]
    return Outgoing(
        id=row["id"],
        reply=Reply(
            to=GroupId(row["recipient"]) if in_group else MemberId(row["recipient"]),
            text=row["text"],
            in_group=in_group,
            mentions=tuple(MemberId(m) for m in row["mentions"]),
            ticket=row["ticket_no"],
            occasion=Occasion(row["occasion"]),
            expires_at=row["expires_at"],
        ),
        attempts=row["attempts"] + 1,
        after=row["after"],
        created_at=row["created_at"],
        status=row["status"],
        error=row["error"],
        due_at=row["due_at"],
    )
