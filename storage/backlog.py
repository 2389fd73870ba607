"""What waits and what has failed, in numbers, for who looks after the installation."""

from dataclasses import dataclass

from sqlalchemy import Column, Table, func, select

from storage import arrivals, outgoing, schema
from storage.database import Work
from storage.messages import FAILED


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many lines wait to be said or could not be; how many messages failed or were never had."""

    waiting: int
    unsent: int
    failed: int
    unfetched: int


async def backlog(work: Work) -> Backlog:
    """Count."""
    return Backlog(
        waiting=await _count(work, schema.outbox, outgoing.WAITING, outgoing.CLAIMED),
        unsent=await _count(work, schema.outbox, outgoing.FAILED),
        failed=await _count(work, schema.messages, FAILED),
        unfetched=await _count(work, schema.arrivals, arrivals.FAILED),
    )


async def _count(work: Work, table: Table, *status: str) -> int:
    column: Column[str] = table.c.status
    query = select(func.count()).select_from(table).where(column.in_(status))
    return int((await work.connection.execute(query)).scalar() or 0)
