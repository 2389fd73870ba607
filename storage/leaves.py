"""Officers' leave: kept for good, and part of the roster."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update

from domain.ids import MemberId, MessageId
from domain.people import Absence
from storage.connection import AsyncConnection
from storage.roster import absence_from_row, roster_changed
from storage.schema import leaves


class LeaveRows:
    """The leaves of one unit of work. Fits `handlers.ports.Leaves`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take(self, absence: Absence, message: MessageId, now: datetime) -> None:
        """An officer is away on these days."""
        row = {
            "member_id": absence.member,
            "first": absence.first,
            "last": absence.last,
            "stand_in": absence.stand_in,
            "message_id": message,
            "said_at": now,
        }
        await self._connection.execute(insert(leaves), [row])
        await roster_changed(self._connection)

    async def of(self, member: MemberId, since: date) -> Sequence[Absence]:
        """The leaves of this officer that end on that day or later, in their order."""
        mine = (leaves.c.member_id == member) & (leaves.c.last >= since)
        rows = await self._connection.execute(select(leaves).where(mine).order_by(leaves.c.first))
        return [absence_from_row(row) for row in rows.mappings()]

    async def end(self, absence: Absence, last: date) -> None:
        """This leave is over after that day; one that would not have begun is none."""
        its = (leaves.c.member_id == absence.member) & (leaves.c.first == absence.first)
        its &= leaves.c.last == absence.last
        if last < absence.first:
            await self._connection.execute(delete(leaves).where(its))
        else:
            await self._connection.execute(update(leaves).where(its).values(last=last))
        await roster_changed(self._connection)
