"""What officers have asked a supervisor to allow, and the answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from domain.action import Action
from domain.ids import MemberId, MessageId, TicketNo
from domain.records import Approval
from storage.connection import AsyncConnection
from storage.schema import approvals, tickets


class ApprovalRows:
    """The approvals of one unit of work. Fits `handlers.ports.Approvals`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, approval: Approval) -> None:
        """Keep that this is asked."""
        row = {
            "ticket_no": approval.ticket,
            "action": approval.action,
            "message_id": approval.message,
            "asked_by": approval.asked_by,
            "note": approval.note,
            "until": approval.until,
            "asked_at": approval.asked_at,
        }
        await self._connection.execute(insert(approvals), [row])

    async def waiting(self, no: TicketNo) -> Approval | None:
        """What is asked about this ticket and not answered yet; the first, where there are several."""
        query = select(approvals).where(approvals.c.ticket_no == no, approvals.c.answered_at.is_(None))
        row = (await self._connection.execute(query.order_by(approvals.c.id).limit(1))).first()
        return _approval(row) if row else None

    async def all_waiting(self) -> Sequence[Approval]:
        """What is asked about tickets that have not ended, and not answered yet: of each the first."""
        query = select(approvals).join(tickets, tickets.c.no == approvals.c.ticket_no)
        waits = approvals.c.answered_at.is_(None) & tickets.c.ended_at.is_(None)
        found: dict[str, Approval] = {}
        for row in await self._connection.execute(query.where(waits).order_by(approvals.c.id)):
            found.setdefault(row.ticket_no, _approval(row))
        return list(found.values())

    async def in_vain(self) -> Sequence[tuple[MessageId, TicketNo, Action]]:
        """What was asked for and has not been allowed, in order; what was, stands in the tickets' records."""
        query = select(approvals).where(approvals.c.granted.is_not(True)).order_by(approvals.c.id)
        rows = await self._connection.execute(query)
        return [(MessageId(row.message_id), TicketNo(row.ticket_no), Action(row.action)) for row in rows]

    async def answer(self, approval: Approval, by: MemberId | None, now: datetime, *, granted: bool) -> None:
        """It is answered by this supervisor; by nobody where it is of no use any more."""
        its = (approvals.c.ticket_no == approval.ticket) & (approvals.c.message_id == approval.message)
        values = {"answered_at": now, "answered_by": by, "granted": granted}
        waiting = its & approvals.c.answered_at.is_(None)
        await self._connection.execute(update(approvals).where(waiting).values(**values))


def _approval(row: Row[Any]) -> Approval:
    return Approval(
        ticket=TicketNo(row.ticket_no),
        action=Action(row.action),
        message=MessageId(row.message_id),
        asked_by=MemberId(row.asked_by),
        note=row.note,
        until=row.until,
        asked_at=row.asked_at,
    )
