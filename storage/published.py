"""Tickets that may be read outside: those that were not told to the bot alone."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from domain.ids import TicketNo
from domain.state import State
from domain.ticket import Ticket
from storage.connection import AsyncConnection
from storage.rows import ticket_from_row
from storage.schema import history, tickets

_LAST = (history.c.ticket_no == tickets.c.no) & (history.c.seq == tickets.c.length)
_PUBLIC = (
    select(tickets, history.c.at.label("changed_at"))
    .join_from(tickets, history, _LAST)
    .where(~tickets.c.private)
    .order_by(tickets.c.opened_at.desc(), tickets.c.no.desc())
)


class PublishedRows:
    """What may be read outside, in one look. Fits `handlers.ports.Published`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, numbers: Sequence[TicketNo]) -> Sequence[tuple[Ticket, datetime]]:
        """Those of these numbers that there are, the latest first."""
        return await self._read(_PUBLIC.where(tickets.c.no.in_(numbers)))

    async def newest(
        self,
        since: datetime,
        until: datetime,
        kinds: Collection[str] | None,
        states: Collection[State] | None,
        limit: int,
    ) -> Sequence[tuple[Ticket, datetime]]:
        """Those taken on between these moments (not at the second one), the latest first; None is all."""
        query = _PUBLIC.where(tickets.c.opened_at >= since, tickets.c.opened_at < until)
        for column, wanted in ((tickets.c.category, kinds), (tickets.c.state, states)):
            query = query.where(column.in_(sorted(wanted))) if wanted is not None else query
        return await self._read(query.limit(limit))

    async def _read(self, query: Select[Any]) -> Sequence[tuple[Ticket, datetime]]:
        rows = (await self._connection.execute(query)).mappings()
        return [(ticket_from_row(row), row["changed_at"]) for row in rows]
