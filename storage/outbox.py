"""What the bot says: kept beside its ticket, claimed before it is sent, retried, shown where it fails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, or_, select, update

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Occasion, Reply
from storage.connection import AsyncConnection
from storage.rows import Row
from storage.schema import outbox

WAITING, CLAIMED, SENT, FAILED, CANCELLED = "waiting", "claimed", "sent", "failed", "cancelled"

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
                "due_at": now,
                "occasion": reply.occasion,
                "expires_at": reply.expires_at,
            }
            for position, reply in enumerate(replies)
        ]
        if rows:
            await self._connection.execute(insert(outbox), rows)

    async def claim(self, now: datetime, gap: timedelta) -> Outgoing | None:
        """Take the oldest line that is due, of a recipient to whom nothing was sent within `gap`."""
        other = outbox.alias()
        busy = select(other.c.recipient).where(
            or_(
                other.c.sent_at > now - gap,
                (other.c.status == CLAIMED) & (other.c.claimed_at > now - LEASE),
            )
        )
        earlier = (
            select(func.min(other.c.id))
            .where(other.c.recipient == outbox.c.recipient, other.c.status.in_((WAITING, CLAIMED)))
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
        await self._set(number, status=SENT, sent_at=now, platform_id=own, error=None)

    async def again(self, number: int, due_at: datetime, error: str) -> None:
        """The line did not go out: try again then."""
        await self._set(number, status=WAITING, due_at=due_at, error=error)

    async def gave_up(self, number: int, error: str) -> None:
        """The line will not go out; it stays, to be shown."""
        await self._set(number, status=FAILED, error=error)

    async def requeue(self, number: int, now: datetime) -> bool:
        """Send a failed line after all; False where it is none."""
        failed = (outbox.c.id == number) & (outbox.c.status == FAILED)
        values = {"status": WAITING, "due_at": now, "attempts": 0}
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
        query = select(outbox.c.platform_id).where(
            outbox.c.ticket_no == ticket, outbox.c.in_group, outbox.c.platform_id.is_not(None)
        )
        return (await self._connection.execute(query.order_by(outbox.c.id.desc()).limit(1))).scalar()

    async def _set(self, number: int, **values: object) -> None:
        await self._connection.execute(update(outbox).where(outbox.c.id == number).values(**values))


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
    )
