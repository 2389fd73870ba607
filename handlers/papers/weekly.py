"""The weekly report (周报): a week of the five campaigns, what is overdue, who was not met, what recurs."""

from domain.chart import ChartKind
from domain.paper import PaperKind, Words
from domain.query import Group, Metric
from handlers.papers.numbers import Numbers
from handlers.papers.parts import Found, named
from handlers.texts import reports as texts


async def weekly(numbers: Numbers, area: str) -> Words:
    """The report on the days of `numbers`, for somebody who leads a squad or more."""
    found = Found(numbers, area, texts.WEEKLY_TITLE)
    await found.totals()
    await found.beside()
    await found.campaigns()
    await found.spots()
    found.tables["unmet"] = await unmet(numbers)
    found.tables["definitions"] = texts.table_of_definitions(monthly=False)
    days = await numbers.parts(Metric.TICKETS, Group.DAY)
    if any(row.cell.part for row in days):
        found.charts[texts.TREND] = found.chart(ChartKind.COLUMNS, texts.EACH_DAY, days, texts.DATE)
    return named(PaperKind.WEEKLY, found)


async def unmet(numbers: Numbers) -> list[dict[str, str]]:
    """The communities with which nobody has checked in, by street; of several weeks, how often."""
    rows = await numbers.parts(Metric.MISSED_CHECKINS, Group.COMMUNITY)
    streets = {c.name: c.street for c in numbers.viewer.roster.communities}
    found: dict[str, list[str]] = {}
    for row in rows:
        if weeks := row.cell.part:
            found.setdefault(streets.get(row.name, ""), []).append(texts.missed(row.name, weeks))
    return [
        {"street": street, "count": str(len(names)), "community": texts.joined(names)}
        for street, names in found.items()
    ]
