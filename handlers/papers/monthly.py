"""The monthly report (月报): the whole, its structure, when and where, how fast, what recurs, three rates."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.category import categories
from domain.chart import ChartKind
from domain.figures import Cell, Row
from domain.paper import PaperKind, Words
from domain.query import Compare, Group, Metric
from handlers.figures.reading import programme
from handlers.papers.features import Features
from handlers.papers.numbers import Numbers
from handlers.papers.parts import Found, Table, by_name, named
from handlers.papers.weekly import unmet
from handlers.texts import figures as said
from handlers.texts import reports as texts

_DAY = timedelta(days=1)


async def monthly(numbers: Numbers, area: str) -> Words:
    """The report on the days of `numbers`."""
    found = Found(numbers, area, texts.MONTHLY_TITLE)
    await found.totals()
    await found.beside()
    await found.campaigns()
    await found.spots()
    found.words["three"] = await _three(numbers)
    taken = await numbers.parts(Metric.TICKETS, Group.CATEGORY)
    await _structure(found, taken)
    await _timing(found)
    await _rates(found)
    moments = await numbers.moments()
    found.tables["hours"] = parts_of_day(moments, numbers.few)
    found.tables["weekdays"] = days_off(moments, numbers, found.first)
    found.tables["unmet"] = await unmet(numbers)
    found.tables["definitions"] = texts.table_of_definitions(monthly=True)
    found.tables["features"] = [{"text": line} for line in await Features(found, taken).lines()]
    days = await numbers.parts(Metric.TICKETS, Group.DAY)
    if any(row.cell.part for row in days):
        found.charts[texts.TREND] = found.chart(ChartKind.LINE, texts.EACH_DAY, days, texts.DATE)
    return named(PaperKind.MONTHLY, found)


async def _three(numbers: Numbers) -> str:
    """The three figures of the programme, in the bureau's own sentence."""
    three = await programme((numbers.since, numbers.until), numbers.viewer)
    return said.programme(three, numbers.viewer.policy.day(numbers.viewer.now)).replace("\n", "")


async def _structure(found: Found, taken: Sequence[Row]) -> None:
    """By category, by where it came from, by community; in the order of the list, nobody ranked."""
    numbers = found.numbers
    before = by_name(await _before(numbers))
    whole = sum(row.cell.part for row in taken)
    found.tables["categories"] = [
        {
            "campaign": known.campaign if (known := categories().get(row.name)) else "",
            "name": row.name,
            "taken": str(row.cell.part),
            "before": str(before[row.name].part) if row.name in before else texts.NONE,
            "share": said.fraction(row.cell.part, whole, numbers.few),
        }
        for row in taken
        if row.cell.part or before.get(row.name, Cell()).part
    ]
    private = await numbers.private()
    stopped = await numbers.total(Metric.ACTIONS)
    counts = (f"{whole - private} 件", f"{private} 件", f"{stopped.part} 起")
    found.tables["sources"] = [
        {"name": name, "count": count} for name, count in zip(texts.SOURCES, counts, strict=True)
    ]
    closed = by_name(await numbers.parts(Metric.RESOLVED, Group.COMMUNITY))
    own = by_name(await numbers.parts(Metric.ACTIONS, Group.COMMUNITY))
    lines = [
        (row.name, row.cell.part, closed.get(row.name, Cell()).part, own.get(row.name, Cell()).part)
        for row in await numbers.parts(Metric.TICKETS, Group.COMMUNITY)
    ]
    found.tables["communities"] = [
        {"name": name, "taken": str(taken_on), "closed": str(ended), "stopped": str(stopped_there)}
        for name, taken_on, ended, stopped_there in lines
        if taken_on or ended or stopped_there
    ]


async def _before(numbers: Numbers) -> Sequence[Row]:
    """The month before by category; nothing where the records do not go back to it."""
    whole = await numbers.figure(numbers.asked(Metric.TICKETS, compare=Compare.PREVIOUS))
    if whole is None or whole.before is None:
        return ()
    return await numbers.of(*numbers.before()).parts(Metric.TICKETS, Group.CATEGORY)


async def _timing(found: Found) -> None:
    """How fast, by category: kinds that have different limits are never held against each other."""
    numbers, few = found.numbers, found.numbers.few
    hours = by_name(await numbers.parts(Metric.MEDIAN_HOURS, Group.CATEGORY))
    over = by_name(await numbers.parts(Metric.OVERDUE, Group.CATEGORY))
    found.tables["timing"] = [
        {
            "name": row.name,
            "on_time": said.said(row.cell, Metric.ON_TIME_RATE, few),
            "hours": said.said(hours.get(row.name, Cell()), Metric.MEDIAN_HOURS, few),
            "ran_over": str(over.get(row.name, Cell()).part),
        }
        for row in await numbers.parts(Metric.ON_TIME_RATE, Group.CATEGORY)
        if row.cell.cases or hours.get(row.name, Cell()).cases or over.get(row.name, Cell()).part
    ]


async def _rates(found: Found) -> None:
    """The three rates: late, extended, done again; all of them of what was to be dealt with."""
    numbers, few = found.numbers, found.numbers.few
    on_time = await numbers.total(Metric.ON_TIME_RATE)
    shares = await numbers.viewer.store.ledger.shares(numbers.scope, numbers.period, numbers.viewer.now)
    found.words |= {
        "overdue_rate": said.fraction(on_time.cases - on_time.part, on_time.cases, few),
        "extended_rate": said.fraction(shares["extended"].part, shares["extended"].cases, few),
        "reworked_rate": said.fraction(shares["reworked"].part, shares["reworked"].cases, few),
    }


def parts_of_day(moments: Sequence[datetime], few: int) -> Table:
    """When it came in, by the parts of the day."""
    counts = {
        name: sum(first <= at.hour < last for at in moments) for name, first, last in texts.PARTS_OF_DAY
    }
    return [
        {"name": name, "count": str(count), "share": said.fraction(count, len(moments), few)}
        for name, count in counts.items()
    ]


def days_off(moments: Sequence[datetime], numbers: Numbers, first: date) -> Table:
    """Working days beside days off, up to today and since the records begin: how many, how many a day."""
    works = numbers.viewer.policy.office.works_on
    begin = max(numbers.since, first)
    last = min(numbers.until, numbers.viewer.policy.day(numbers.viewer.now))
    every = [begin + n * _DAY for n in range((last - begin).days + 1)]
    found = []
    for name, working in ((texts.WORKDAYS, True), (texts.DAYS_OFF, False)):
        days = sum(works(day) is working for day in every)
        count = sum(works(at.date()) is working for at in moments)
        mean = f"{count / days:.1f}" if days else texts.NONE
        found.append({"name": name, "count": str(count), "mean": mean})
    return found
