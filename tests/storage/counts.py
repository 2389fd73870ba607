"""Whether the counts that the database keeps are those of the tickets themselves."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

from domain.figures import Reading, Scope, Stretch, parts
from domain.query import TIMES, Group, Metric
from storage import tallies
from storage.connection import AsyncConnection
from storage.figures import figure, statement

_METRICS = tuple(metric for metric in Metric if metric not in (Metric.MEDIAN_HOURS, Metric.OPEN))


def stretch(since: date, until: date, offset: int = 8) -> Stretch:
    """These days of UTC and some hours."""
    begin, end = (
        datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=offset)
        for day in (since, until + timedelta(days=1))
    )
    return Stretch(since, until, begin, end)


async def disagreements(
    connection: AsyncConnection,
    now: datetime,
    since: date,
    until: date,
    scopes: tuple[Scope, ...] = (Scope(),),
) -> list[Reading]:
    """The figures of a period that are others by the counts than by the tickets."""
    found = []
    for metric, group, scope in product(_METRICS, (None, *Group), scopes):
        within = (
            tuple(stretch(*one) for one in parts((since, until), group)) if group in TIMES and group else ()
        )
        reading = Reading(metric, scope, now, stretch(since, until), group, within)
        if tallies.face(reading) is None:
            continue
        kept, counted = [
            {row.key: (int(row.part), int(row.cases)) for row in await connection.execute(one) if row.cases}
            for one in (figure(reading), statement(reading))
        ]
        found += [reading] if kept != counted else []
    return found
