"""The first page: what is late, what is due today, what stands out, and the figures of the month."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.chart import Chart
from domain.figures import NoFigure, Why
from domain.people import Role
from domain.query import Group, Metric, Query, definitions
from domain.week import Week, open_weeks
from handlers.board.filters import address
from handlers.board.lines import Lines, Link, Tone, community, line
from handlers.board.looker import Looker
from handlers.board.spots import Spots, spots
from handlers.board.tables import Count, Table, picture, side_by_side
from handlers.figures.reading import figure, programme
from handlers.texts import board as texts
from handlers.texts import figures as words

_SHOWN = 10
"""Tickets, and spots, that the page itself lists."""
_MOST = 500
"""Beyond this a list is not counted to its end."""
_WEEKS = 8
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Visits:
    """The check-ins of a week; `missing` are the communities without one, None where nobody is named."""

    title: str
    said: str
    note: str
    missing: tuple[Link, ...] | None


@dataclass(frozen=True, slots=True)
class Trend:
    """How much was taken on and closed in each week; the picture where there is enough to look at."""

    weeks: tuple[tuple[str, str, str], ...]
    note: str
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Start:
    """The first page, for one visitor at one moment; `programme` has the programme's three figures."""

    at: str
    counts: tuple[Count, ...]
    late: Lines
    due: Lines
    campaigns: Table
    communities: Table | None
    trend: Trend
    spots: Spots
    visits: tuple[Visits, ...]
    programme: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to be shown yet, and why."""

    at: str
    why: str


async def start(looker: Looker) -> Start | Nothing:
    """What the page shows."""
    at = texts.full(looker.now, looker.now, looker.policy)
    if not looker.visitor.communities and looker.visitor.area is not None:
        return Nothing(at, texts.NO_COMMUNITY)
    try:
        return await _start(looker, at)
    except NoFigure as error:
        if error.why is not Why.NO_RECORDS:
            raise
        return Nothing(at, texts.NO_RECORDS)


async def _start(looker: Looker, at: str) -> Start:
    campaigns = await side_by_side(Group.CAMPAIGN, looker)
    many = len(looker.visitor.communities) > 1
    communities = await side_by_side(Group.COMMUNITY, looker) if many else None
    found = await programme(looker.month, looker.viewer)
    return Start(
        at=at,
        counts=await _counts(looker),
        late=await _late(looker),
        due=await _due(looker),
        campaigns=campaigns,
        communities=communities,
        trend=await _trend(looker),
        spots=await spots(looker.all, looker),
        visits=tuple([await _visits(week, looker) for week in _weeks(looker)]),
        programme=tuple(words.programme(found, looker.today).splitlines()),
    )


# --- counts and lists --------------------------------------------------------------------------------


async def _counts(looker: Looker) -> tuple[Count, ...]:
    today = looker.today.isoformat()
    plan = (
        (texts.LATE_NOW, Metric.OVERDUE, False, address(overdue="1")),
        (texts.OPEN_NOW, Metric.OPEN, False, address(state="open")),
        (texts.TODAY_TAKEN, Metric.TICKETS, True, address(since=today, until=today)),
        (texts.TODAY_CLOSED, Metric.RESOLVED, True, ""),
    )
    return tuple([await _count(name, metric, looker, href, today=of) for name, metric, of, href in plan])


async def _count(name: str, metric: Metric, looker: Looker, href: str, *, today: bool) -> Count:
    day = looker.today if today else None
    found = await figure(Query(metric, None, day, day), looker.viewer)
    number = found.total.part
    tone = Tone.LATE if metric is Metric.OVERDUE and number else Tone.PLAIN
    return Count(name, str(number), definitions()[metric].definition, href if number else "", tone)


async def _late(looker: Looker) -> Lines:
    chosen = replace(looker.all, late=True)
    found = await looker.store.board.late(chosen, looker.now, _SHOWN)
    total = await looker.store.board.count(chosen, looker.now, _MOST)
    return Lines(total, tuple(line(one, looker) for one in found), address(overdue="1"))


async def _due(looker: Looker) -> Lines:
    """What is due today and not over yet."""
    chosen = replace(looker.all, due=(looker.now, looker.ends(looker.today)))
    found = await looker.store.board.due(chosen, looker.now, _SHOWN)
    total = await looker.store.board.count(chosen, looker.now, _MOST)
    return Lines(total, tuple(line(one, looker) for one in found), address(due=looker.today.isoformat()))


# --- what stands out ---------------------------------------------------------------------------------


async def _trend(looker: Looker) -> Trend:
    monday = looker.policy.week(looker.now).monday
    since = monday - (_WEEKS - 1) * _WEEK
    taken, closed = [
        await figure(Query(metric, Group.WEEK, since, looker.today), looker.viewer)
        for metric in (Metric.TICKETS, Metric.RESOLVED)
    ]
    weeks = [
        (row.name, str(row.cell.part), str(other.cell.part))
        for number, (row, other) in enumerate(zip(taken.rest, closed.rest, strict=True))
        if since + (number + 1) * _WEEK > taken.begun
    ]
    note = texts.begun(taken.begun) if taken.partly else ""
    return Trend(tuple(weeks), note, picture(taken, looker))


# --- the week ----------------------------------------------------------------------------------------


def _weeks(looker: Looker) -> list[Week]:
    """This week, and the one before while it can still be made up."""
    return list(open_weeks(looker.policy.week(looker.now), looker.now))


async def _visits(week: Week, looker: Looker) -> Visits:
    mine = [one.name for one in looker.visitor.communities]
    met = await looker.store.board.met(week.monday)
    missing = [name for name in mine if name not in met]
    until = texts.make_up(week.make_up_until, looker.now, looker.policy) if week.ends <= looker.now else ""
    named = looker.visitor.role is Role.SUPERVISOR and not week.exempt
    return Visits(
        title=texts.week(week, looker.today),
        said=texts.visited(len(mine) - len(missing), len(mine)),
        note=texts.EXEMPT if week.exempt else until or ("" if missing else texts.ALL_MET),
        missing=tuple(community(name) for name in missing) if named else None,
    )
