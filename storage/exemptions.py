"""Weeks in which supervisors have freed communities from their check-ins (豁免): who, why, and until when."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from domain.ids import MemberId, MessageId
from domain.records import Exemption
from storage.connection import AsyncConnection
from storage.schema import exemptions, missed_weeks


class ExemptionRows:
    """The exemptions of one unit of work. Fits `handlers.ports.Exemptions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, exemption: Exemption) -> None:
        """Free a community from a week's check-in; a week that had been missed is missed no more."""
        row = {name: getattr(exemption, name) for name in Exemption.__slots__ if name != "message"}
        await self._connection.execute(insert(exemptions), [row | {"message_id": exemption.message}])
        which = (missed_weeks.c.community == exemption.community) & (missed_weeks.c.week == exemption.week)
        await self._connection.execute(delete(missed_weeks).where(which))

    async def end(self, communities: Collection[str], week: date, at: datetime) -> Sequence[str]:
        """The week counts again for these communities; those that had been freed from it."""
        there = exemptions.c.community.in_(communities) & (exemptions.c.week == week)
        ended = update(exemptions).where(there, exemptions.c.ended_at.is_(None)).values(ended_at=at)
        return list((await self._connection.execute(ended.returning(exemptions.c.community))).scalars())

    async def of(self, week: date) -> Sequence[Exemption]:
        """The exemptions from a week, by community."""
        return await self._found(exemptions.c.week == week)

    async def since(self, week: date) -> Sequence[Exemption]:
        """The exemptions from a week and those after it, by community."""
        return await self._found(exemptions.c.week >= week)

    async def _found(self, which: ColumnElement[bool]) -> Sequence[Exemption]:
        query = select(exemptions).where(which, exemptions.c.ended_at.is_(None))
        rows = await self._connection.execute(query.order_by(exemptions.c.community, exemptions.c.week))
        return [
            Exemption(
                row.community, row.week, MemberId(row.by), row.reason, MessageId(row.message_id), row.at
            )
            for row in rows
        ]
