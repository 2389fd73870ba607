"""Who had a ticket's reporter shown to them, and why; and the one way to the reporter's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select

from domain.ids import MemberId, TicketNo
from storage.connection import AsyncConnection
from storage.schema import history, members, messages, reporters, reveals


@dataclass(frozen=True, slots=True)
class Revealed:
    """That a ticket's reporter was shown to somebody; never who it is."""

    ticket: TicketNo
    member: MemberId
    reason: str
    at: datetime


class RevealRows:
    """The reveals of one unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def reveal(self, revealed: Revealed) -> str:
        """Keep that this is shown, and give the reporter's name; "" where none is known."""
        row = {
            "ticket_no": revealed.ticket,
            "member_id": revealed.member,
            "reason": revealed.reason,
            "at": revealed.at,
        }
        await self._connection.execute(insert(reveals), [row])
        return await self._reporter_name(revealed.ticket)

    async def _reporter_name(self, no: TicketNo) -> str:
        """What the reporter was called when they reported, or else is called in a group."""
        said = (
            select(messages.c.sender_name)
            .join(history, history.c.message_id == messages.c.id)
            .join(reporters, reporters.c.ticket_no == history.c.ticket_no)
            .where(history.c.ticket_no == no, messages.c.sender == reporters.c.member_id)
            .order_by(history.c.seq)
            .limit(1)
        )
        known = (
            select(members.c.name)
            .join(reporters, reporters.c.member_id == members.c.member_id)
            .where(reporters.c.ticket_no == no)
            .limit(1)
        )
        for query in (said, known):
            if name := (await self._connection.execute(query)).scalar():
                return str(name)
        return ""

    async def of(self, no: TicketNo) -> Sequence[Revealed]:
        """Who had the reporter of this ticket shown, oldest first."""
        query = select(reveals).where(reveals.c.ticket_no == no).order_by(reveals.c.id)
        return [_revealed(row) for row in await self._connection.execute(query)]

    async def latest(self, limit: int) -> Sequence[Revealed]:
        """The latest reveals of all tickets, newest first."""
        query = select(reveals).order_by(reveals.c.id.desc()).limit(limit)
        return [_revealed(row) for row in await self._connection.execute(query)]


def _revealed(row: Row[Any]) -> Revealed:
    return Revealed(TicketNo(row.ticket_no), MemberId(row.member_id), row.reason, row.at)
