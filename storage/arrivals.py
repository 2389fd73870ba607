"""Messages of which a platform has said that they are there: kept until the message itself is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.ids import MessageId
from storage.connection import AsyncConnection
from storage.schema import arrivals, messages, meta, outbox

NEW, FAILED = "new", "failed"
_HEARD = "platform heard at"


class ArrivalRows:
    """The arrivals of one unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, ids: Sequence[MessageId], now: datetime) -> Sequence[MessageId]:
        """Keep that these are there; those of which nothing was known, in their order."""
        known = set(await self._known(messages.c.id, ids)) | set(await self._known(outbox.c.platform_id, ids))
        known |= set(await self._known(arrivals.c.id, ids))
        new = [one for one in dict.fromkeys(ids) if one not in known]
        if new:
            rows = [{"id": one, "at": now, "status": NEW} for one in new]
            await self._connection.execute(upsert(arrivals).on_conflict_do_nothing(), rows)
        return new

    async def _known(self, column: object, ids: Sequence[MessageId]) -> Sequence[str]:
        query = select(column).where(column.in_(ids))  # type: ignore[call-overload, attr-defined]  # a column
        return list((await self._connection.execute(query)).scalars())

    async def done(self, ids: Sequence[MessageId]) -> None:
        """They have been kept as messages, or are none that is wanted."""
        await self._connection.execute(delete(arrivals).where(arrivals.c.id.in_(ids)))

    async def failed(self, message: MessageId, error: str) -> None:
        """The message could not be had."""
        values = {"status": FAILED, "error": error}
        await self._connection.execute(update(arrivals).where(arrivals.c.id == message).values(values))

    async def left(self, since: datetime) -> Sequence[MessageId]:
        """What was noted since then and is no message yet, oldest first; the rest is tidied away."""
        kept = arrivals.c.id.in_(select(messages.c.id))
        await self._connection.execute(delete(arrivals).where(kept))
        query = select(arrivals.c.id).where(arrivals.c.at > since).order_by(arrivals.c.at, arrivals.c.id)
        return [MessageId(one) for one in (await self._connection.execute(query)).scalars()]

    async def failures(self) -> Sequence[tuple[MessageId, datetime, str]]:
        """What could not be had, with the time and the reason."""
        query = select(arrivals).where(arrivals.c.status == FAILED).order_by(arrivals.c.at)
        return [(MessageId(row.id), row.at, row.error or "") for row in await self._connection.execute(query)]

    async def heard(self, now: datetime) -> None:
        """The platform is there and heard now."""
        statement = upsert(meta).values(key=_HEARD, value=now.isoformat())
        change = statement.on_conflict_do_update(index_elements=["key"], set_={"value": now.isoformat()})
        await self._connection.execute(change)

    async def last_heard(self) -> datetime | None:
        """When the platform was last heard, in whichever run of the program."""
        query = select(meta.c.value).where(meta.c.key == _HEARD)
        found = (await self._connection.execute(query)).scalar()
        return datetime.fromisoformat(found) if found else None
