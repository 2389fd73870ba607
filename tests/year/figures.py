"""Figures over a year that was lived: what is kept, read back as plain objects to be counted a second time."""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from bot.settings import Settings
from domain.week import open_weeks
from storage.database import Database, Work
from storage.rows import ticket_from_row
from storage.schema import checkins, exemptions, missed_weeks, patrols, satisfactions, tickets
from tests.counting import Kept


async def _rows(work: Work, table: Table) -> list[Any]:
    return list((await work.connection.execute(select(table))).mappings())


async def kept(work: Work, now: datetime) -> Kept:
    """What is in the database."""
    roster, policy = await work.roster(), Settings(_env_file=None).policy
    visits = await _rows(work, checkins)
    free = {(r["community"], r["week"]) for r in await _rows(work, exemptions) if r["ended_at"] is None}
    met = free | {(visit["community"], visit["week"]) for visit in visits}
    weeks = [week.monday for week in open_weeks(policy.week(now), now) if not week.exempt]
    return Kept(
        now=now,
        streets={c.name: c.street for c in roster.communities},
        officers={c.name: [p.name for p in (*c.officers, *c.away)] for c in roster.communities},
        names={str(p.id): p.name for p in roster.officers()},
        tickets=[ticket_from_row(row) for row in await _rows(work, tickets)],
        scores={r["ticket_no"]: (r["score"], r["at"]) for r in await _rows(work, satisfactions)},
        patrols=await _rows(work, patrols),
        visits=visits,
        missed=[(r["community"], r["week"]) for r in await _rows(work, missed_weeks)],
        without=[(c.name, week) for c in roster.communities for week in weeks if (c.name, week) not in met],
    )


async def counted(address: str, now: datetime, count: int, seed: int = 1) -> int:
    """Hold the answers to so many random questions against counting; how many had something to count."""
    database = Database(address)
    try:
        async with database.look() as work:
            return await (await kept(work, now)).hold(work, await work.roster(), count, seed)
    finally:
        await database.close()
