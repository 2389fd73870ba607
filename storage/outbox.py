"""What the bot says: kept beside its ticket, claimed before it is sent, retried, shown where it fails."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, bindparam, func, insert, or_, select, update

from domain.ids import MessageId
from domain.message import Answer, Media, Occasion, Reply, TakeBack
from storage.connection import AsyncConnection
from storage.outgoing import CANCELLED, CLAIMED, FAILED, LEASE, SENT, WAITING, Outgoing, lines_of, outgoing
from storage.prepared import often
from storage.schema import outbox

_LEADER = outbox.alias()
"""The line with which a merged one was said."""
_CALLED = func.coalesce(outbox.c.platform_id, _LEADER.c.platform_id)
"""What the platform calls the message in which a line was said; wants _LEADER joined by `merged_into`."""
MERGED = frozenset({Occasion.NEWS, Occasion.UNASKED})
"""What may be said in one message where several lines have waited."""

_other = outbox.alias()


def _pending(lines: FromClause) -> ColumnElement[bool]:
    """What is not out yet."""
    return or_(lines.c.status == WAITING, lines.c.status == CLAIMED)


_BUSY = select(_other.c.recipient).where(
    or_(
        _other.c.sent_at > bindparam("lately"),
        (_other.c.status == CLAIMED) & (_other.c.claimed_at > bindparam("lapsed")),
    )
)
_IN_THE_WAY = or_(
    _other.c.status == CLAIMED,
    (_other.c.status == WAITING) & ((_other.c.due_at <= bindparam("now")) | (_other.c.attempts > 0)),
)
"""Lines that go out before any later one to the same recipient."""
_EARLIEST = (
    select(func.min(_other.c.id))
    .where(_other.c.recipient == outbox.c.recipient, _pending(_other), _IN_THE_WAY)
    .scalar_subquery()
)
_DUE = or_(
    (outbox.c.status == WAITING) & (outbox.c.due_at <= bindparam("now")),
    (outbox.c.status == CLAIMED) & (outbox.c.claimed_at <= bindparam("lapsed")),
)
_NEXT = often(
    select(outbox)
    .where(_DUE, outbox.c.recipient.not_in(_BUSY), outbox.c.id == _EARLIEST)
    .order_by(outbox.c.id)
    .limit(1)
)
_MINE = _other.c.recipient == outbox.c.recipient
_LAST_SENT = select(func.max(_other.c.sent_at)).where(_MINE).scalar_subquery().label("sent")
_HELD = select(func.max(_other.c.claimed_at)).where(_MINE, _other.c.status == CLAIMED).scalar_subquery()
_FIRST_DUE = select(outbox.c.recipient, func.min(outbox.c.due_at).label("due_at"), _LAST_SENT)
_FIRST_DUE = _FIRST_DUE.add_columns(_HELD.label("held"))
_PENDING = often(_FIRST_DUE.where(_pending(outbox)).group_by(outbox.c.recipient))
_WAITED = (outbox.c.due_at > outbox.c.created_at) | (outbox.c.created_at <= bindparam("lapsed"))
_ALIKE = often(
    select(outbox)
    .where(outbox.c.recipient == bindparam("to"), _pending(outbox))
    .where(
        or_(
            (outbox.c.status == WAITING) & (outbox.c.due_at <= bindparam("now")) & _WAITED,
            (outbox.c.status == CLAIMED) & (outbox.c.merged_into == bindparam("line")),
        )
    )
    .where(or_(*(outbox.c.occasion == occasion for occasion in sorted(MERGED))), outbox.c.text != "")
    .where(outbox.c.id != bindparam("line"))
)
_LINE = update(outbox).where(outbox.c.id == bindparam("number"))
_CLAIM = often(_LINE.values(status=CLAIMED, claimed_at=bindparam("at"), attempts=outbox.c.attempts + 1))
_TAKEN = often(select(outbox.c.id).where(outbox.c.platform_id == bindparam("name")))
_WITH_IT = update(outbox).where(outbox.c.merged_into == bindparam("number"))
_SENT_WITH = often(_WITH_IT.values(status=SENT, sent_at=bindparam("at"), error=None))
_PUT = often(insert(outbox))
_SENT = often(_LINE.values(status=SENT, sent_at=bindparam("at"), platform_id=bindparam("name"), error=None))
"""Built once: to build a statement takes several times as long as to run it."""


class OutboxRows:
    """The outbox of one unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, replies: Sequence[Answer], after: MessageId | None, now: datetime) -> None:
        """Keep replies to be sent, in this order; `after` is the message that caused them."""
        lines: list[dict[str, Any]] = []
        for reply in replies:
            lines += lines_of(reply, now) if isinstance(reply, Reply) else await self._to_go(reply, now)
        new = {"after": after, "status": WAITING, "attempts": 0, "created_at": now}
        for position, line in enumerate(lines):
            await self._connection.execute(_PUT, {**line, **new, "position": position})

    async def _to_go(self, wanted: TakeBack, now: datetime) -> list[dict[str, Any]]:
        """A row for each line of the bot's about the ticket that stands in the group, or is on its way."""
        there = (outbox.c.recipient == wanted.group) & (outbox.c.ticket_no == wanted.ticket)
        standing = outbox.c.status.in_((CLAIMED, SENT)) & outbox.c.taken_back_at.is_(None)
        query = select(outbox.c.id).where(there, standing, outbox.c.takes_back.is_(None))
        return [
            lines_of(Reply(wanted.group, ticket=wanted.ticket), now)[0] | {"takes_back": number}
            for number in (await self._connection.execute(query.order_by(outbox.c.id))).scalars()
        ]

    async def claim(self, now: datetime, gap: timedelta) -> Outgoing | None:
        """Take the oldest line that is due, of a recipient to whom nothing was sent within `gap`.

        What may not go out yet is in nobody's way; what was tried and failed is.
        """
        when = {"now": now, "lately": now - gap, "lapsed": now - LEASE}
        row = (await self._connection.execute(_NEXT, when)).mappings().first()
        if row is None:
            return None
        await self._connection.execute(_CLAIM, {"number": row["id"], "at": now})
        return outgoing(row)

    async def alike(self, line: Outgoing, now: datetime) -> Sequence[Outgoing]:
        """What else has waited for its time and may be said to the same recipient with this line."""
        which = {"to": line.reply.to, "line": line.id, "now": now, "lapsed": now - LEASE}
        rows = (await self._connection.execute(_ALIKE, which)).mappings()  # in an order it would read all
        return [outgoing(row) for row in sorted(rows, key=lambda row: row["id"])]

    async def merge(self, line: Outgoing, more: Sequence[Outgoing], now: datetime) -> Outgoing:
        """Say these with it, as one message: the line as it goes out."""
        attempts = outbox.c.attempts + 1
        values = {"status": CLAIMED, "claimed_at": now, "merged_into": line.id, "attempts": attempts}
        which = outbox.c.id.in_([one.id for one in more])
        await self._connection.execute(update(outbox).where(which).values(values))
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
        times = [
            max(
                row.due_at,
                row.sent + gap if row.sent else row.due_at,
                row.held + LEASE if row.held else row.due_at,
            )
            for row in await self._connection.execute(_PENDING)
        ]
        return min(times, default=None)

    async def sent(self, number: int, platform_id: MessageId, now: datetime) -> None:
        """The line is out, under this id of the platform; one that is empty or not its own is not kept."""
        taken = (await self._connection.execute(_TAKEN, {"name": platform_id})).first() is not None
        own = platform_id if platform_id and not taken else None
        await self._connection.execute(_SENT, {"number": number, "at": now, "name": own})
        await self._connection.execute(_SENT_WITH, {"number": number, "at": now})

    async def was_said(self, reply: Reply, after: MessageId, at: datetime, platform_id: MessageId) -> None:
        """Keep a line that is out already, in a history that nobody has sent."""
        row = lines_of(reply, at)[0] | {"status": SENT, "attempts": 1, "created_at": at, "sent_at": at}
        row |= {"after": after, "position": 0, "platform_id": platform_id}
        await self._connection.execute(insert(outbox), [row])

    async def drawn(self, number: int, picture: Media) -> None:
        """The chart of this line has become a picture, and goes out as that."""
        await self._set(number, media=asdict(picture))

    async def said(self, number: int) -> tuple[MessageId, datetime] | None:
        """The platform's id of a line that is out, and since when; None where there is none."""
        out = (outbox.c.id == number) & outbox.c.platform_id.is_not(None)
        query = select(outbox.c.platform_id, outbox.c.sent_at).where(out)
        row = (await self._connection.execute(query)).first()
        return (MessageId(row.platform_id), row.sent_at) if row else None

    async def taken_back(self, line: Outgoing, now: datetime, *, gone: bool) -> None:
        """What this line was to take back is gone, or will stay: either way that is the end of it."""
        if gone and line.takes_back is not None:
            await self._set(line.takes_back, taken_back_at=now)
        await self._set(line.id, status=SENT if gone else CANCELLED, sent_at=now if gone else None)

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
        return [outgoing(row) for row in (await self._connection.execute(query)).mappings()]

    async def coming(self) -> Sequence[tuple[datetime, Outgoing]]:
        """The lines that are still to be said, each with when it may go out, in that order."""
        waiting = select(outbox).where(outbox.c.status.in_((WAITING, CLAIMED)))
        rows = (await self._connection.execute(waiting.order_by(outbox.c.due_at, outbox.c.id))).mappings()
        return [(row["due_at"], outgoing(row)) for row in rows]

    async def latest_about(self, ticket: str) -> MessageId | None:
        """The platform's id of the bot's latest group line about a ticket."""
        about = (outbox.c.ticket_no == ticket) & outbox.c.in_group & _CALLED.is_not(None)
        query = select(_CALLED).select_from(outbox.outerjoin(_LEADER, _LEADER.c.id == outbox.c.merged_into))
        query = query.where(about).order_by(outbox.c.id.desc()).limit(1)
        return (await self._connection.execute(query)).scalar()

    async def _set(self, number: int, **values: object) -> None:
        await self._connection.execute(update(outbox).where(outbox.c.id == number).values(**values))

    async def _set_all(self, number: int, **values: object) -> None:
        """The same for a line and those that are said with it."""
        both = (outbox.c.id == number) | (outbox.c.merged_into == number)
        await self._connection.execute(update(outbox).where(both).values(**values))
