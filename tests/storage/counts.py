"""What the counts of each day must be, counted plainly from the rows; and what the database keeps."""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import select

from domain.state import State
from storage.connection import AsyncConnection
from storage.schema import patrols, satisfactions, tallies, tickets

Counts = dict[tuple[str, str, date], dict[str, int]]
"""By face, key and day: each count that is not nothing."""

_VOID = {State.REJECTED, State.WITHDRAWN}
_NOT_DUE = {*_VOID, State.TRANSFERRED, State.SUSPENDED}


class _Plain:
    """Counts as they are found."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str, date], Counter[str]] = {}

    def add(self, whose: tuple[str, str, str | None], at: datetime | None, **amounts: int) -> None:
        """Count this on its day, of all and of the community, the category and the officer."""
        assert at
        day = (at + timedelta(hours=8)).date()
        for face, key in zip(("all", "community", "category", "officer"), ("", *whose), strict=True):
            self.found.setdefault((face, key or "", day), Counter()).update(amounts)


async def plain(connection: AsyncConnection) -> Counts:
    """The counts by the tickets, the words on them and the own actions themselves."""
    counting = _Plain()
    whose = {}
    for row in await connection.execute(select(tickets)):
        mine = (row.community, row.category, row.main)
        if row.state not in _VOID:
            whose[row.no] = mine
            counting.add(mine, row.opened_at, taken=1)
        if row.state == State.CLOSED:
            counting.add(mine, row.ended_at, closed=1)
        said_done = row.state in (State.REPORTED, State.CLOSED)
        answered = (said_done and row.reported_at) or row.ended_at
        if row.state not in _NOT_DUE and row.resolve_by and answered:
            on_time, closed = answered <= row.resolve_by, row.state == State.CLOSED
            counting.add(mine, row.resolve_by, due=1, on_time=int(on_time), due_closed=int(closed))
    for word in await connection.execute(select(satisfactions)):
        if word.ticket_no in whose:
            counting.add(whose[word.ticket_no], word.at, words=1, pleased=int(word.score == 1))
    for one in await connection.execute(
        select(patrols, patrols.c.count.label("total")).where(~patrols.c.void)
    ):
        counting.add((one.community, one.category, one.officer), one.at, stopped=one.total)
    nonzero = {key: {name: n for name, n in found.items() if n} for key, found in counting.found.items()}
    return {key: found for key, found in nonzero.items() if found}


async def kept(connection: AsyncConnection) -> Counts:
    """The counts that the database keeps."""
    found = {}
    for row in (await connection.execute(select(tallies))).mappings():
        counts = {name: n for name, n in row.items() if name not in ("face", "key", "day") and n}
        if counts:
            found[row["face"], row["key"], row["day"]] = counts
    return found
