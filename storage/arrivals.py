"""Messages of which a platform has said that they are there: kept until the message itself is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, select, union_all, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.ids import MessageId
from storage.connection import AsyncConnection
from storage.schema import arrivals, messages, meta, outbox

NEW, FAILED = "new", "failed"
_HEARD = "platform heard at"

_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_KNOWN = union_all(
    *(
        select(column).where(column.in_(_IDS))
        for column in (messages.c.id, outbox.c.platform_id, arrivals.c.id)
    )
)
_NOTE = upsert(arrivals).on_conflict_do_nothing()
_THERE = delete(arrivals).where(arrivals.c.id.in_(_IDS))
"""Built once: to build a statement takes several times as long as to run it."""


class ArrivalRows:
    """The arrivals of one unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, ids: Sequence[MessageId], now: datetime) -> Sequence[MessageId]:
        """Keep that these are there; those of which nothing was known, in their order."""
        known = set((await self._connection.execute(_KNOWN, {"ids": [*ids]})).scalars())
        new = [one for one in dict.fromkeys(ids) if one not in known]
        if new:
            rows = [{"id": one, "at": now, "status": NEW} for one in new]
            await self._connection.execute(_NOTE, rows)
        return new

    async def done(self, ids: Sequence[MessageId]) -> None:
        """They have been kept as messages, or are none that is wanted."""
        await self._connection.execute(_THERE, {"ids": [*ids]})

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
