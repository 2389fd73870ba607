"""What is to be done at times that the calendar gives: planned once, done once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.paper import PAPER
from domain.records import Duty
from storage.connection import AsyncConnection
from storage.prepared import often
from storage.schema import duties

_WAITING = select(duties).where(duties.c.done_at.is_(None))
_SLOW = duties.c.kind.startswith(PAPER)
_FIRST = _WAITING.where(duties.c.at <= bindparam("now")).order_by(duties.c.at, duties.c.subject).limit(1)
_DUE = often(_FIRST.where(~_SLOW))
_PAPER_DUE = often(_FIRST.where(_SLOW))
_THIS = (duties.c.kind == bindparam("which")) & (duties.c.subject == bindparam("whom"))
_ITS = update(duties).where(_THIS, duties.c.slot == bindparam("when"))
_DONE = often(_ITS.values(done_at=bindparam("now")))
_NEXT = often(select(func.min(duties.c.at)).where(duties.c.done_at.is_(None)))
"""Built once: to build a statement takes several times as long as to run it."""


class DutyRows:
    """The duties of one unit of work. Fits `handlers.ports.Duties`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def plan(self, duty: Duty) -> bool:
        """Keep that this is to be done; False where it was planned, or done, before."""
        row = {"kind": duty.kind, "subject": duty.subject, "slot": duty.slot, "at": duty.at}
        statement = upsert(duties).values(row).on_conflict_do_nothing().returning(duties.c.kind)
        return (await self._connection.execute(statement)).first() is not None

    async def take(self, now: datetime) -> Duty | None:
        """What is due by `now` and was due first, papers left out; done once this unit of work is kept."""
        row = (await self._connection.execute(_DUE, {"now": now})).first()
        if row is None:
            return None
        duty = Duty(row.kind, row.subject, row.slot, row.at)
        which = {"which": duty.kind, "whom": duty.subject, "when": duty.slot}
        await self._connection.execute(_DONE, which | {"now": now})
        return duty

    async def paper(self, now: datetime) -> Duty | None:
        """A paper that is due; it takes its time, and is still to be done."""
        row = (await self._connection.execute(_PAPER_DUE, {"now": now})).first()
        return Duty(row.kind, row.subject, row.slot, row.at) if row else None

    async def hold(self, duty: Duty, until: datetime) -> None:
        """Somebody is at it: nobody else until then. What is done stays done."""
        await self._connection.execute(
            update(duties).where(_is(duty), duties.c.done_at.is_(None)).values(at=until)
        )

    async def finish(self, duty: Duty, now: datetime) -> bool:
        """It is done; False where somebody else has done it meanwhile."""
        mine = update(duties).where(_is(duty), duties.c.done_at.is_(None)).values(done_at=now)
        return (await self._connection.execute(mine)).rowcount > 0

    async def put_off(self, duty: Duty, to: datetime) -> None:
        """It could not be done: again then."""
        await self._connection.execute(update(duties).where(_is(duty)).values(at=to, done_at=None))

    async def drop(self, kind: str, subject: str) -> None:
        """What is not done yet of this kind about this subject need not be done."""
        waiting = (duties.c.kind == kind) & (duties.c.subject == subject) & duties.c.done_at.is_(None)
        await self._connection.execute(delete(duties).where(waiting))

    async def done_at(
        self, kinds: Collection[str], subject: str, slots: Collection[str], until: datetime
    ) -> datetime | None:
        """When one of these was done last up to then; None where none was."""
        these = duties.c.kind.in_(kinds) & (duties.c.subject == subject) & duties.c.slot.in_(slots)
        query = select(duties.c.done_at).where(these, duties.c.done_at <= until)
        return (await self._connection.execute(query.order_by(duties.c.done_at.desc()).limit(1))).scalar()

    async def next_at(self) -> datetime | None:
        """When the next one is due."""
        return (await self._connection.execute(_NEXT)).scalar()

    async def coming(self, limit: int) -> Sequence[Duty]:
        """What is due next, in order."""
        query = select(duties).where(duties.c.done_at.is_(None)).order_by(duties.c.at, duties.c.subject)
        rows = await self._connection.execute(query.limit(limit))
        return [Duty(row.kind, row.subject, row.slot, row.at) for row in rows]


def _is(duty: Duty) -> ColumnElement[bool]:
    return (duties.c.kind == duty.kind) & (duties.c.subject == duty.subject) & (duties.c.slot == duty.slot)
