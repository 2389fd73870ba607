"""The first page: what is late, what is due today, what stands out, and the figures of the month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.chart import Chart
from domain.figures import Days, NoFigure, Programme, Why
from domain.people import Role
from domain.query import Group, Metric, Query, definitions
from domain.week import Week, open_weeks
from handlers.board.filters import address, of_figure
from handlers.board.lines import Lines, Link, Tone, community, line
from handlers.board.looker import Looker
from handlers.board.spots import Spots, spots
from handlers.board.tables import Count, Meanings, Side, Table, cell, meanings, picture, side_by_side
from handlers.board.view import View, view
from handlers.figures.reading import figure, programme
from handlers.texts import board as texts
from handlers.texts import figures as words

_SHOWN = 10
"""Tickets, and spots, that the page itself lists."""
_MOST = 500
"""Beyond this a list is not counted to its end."""
_WEEKS = 8
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_PER_WEEK = (Metric.TICKETS, Metric.RESOLVED)


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

    title: str
    weeks: tuple[Side, ...]
    note: str
    meanings: Meanings
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Start:
    """The first page, for one visitor at one moment; `programme` has the programme's three figures.

    `counted` leads to the tickets among these.
    """

    at: str
    view: View
    counts: tuple[Count, ...]
    late: Lines
    due: Lines
    campaigns: Table
    communities: Table | None
    trend: Trend
    spots: Spots
    visits: tuple[Visits, ...]
    programme: tuple[str, ...]
    counted: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to be shown, and why: nothing yet, or an address that says what there is not."""

    at: str
    why: tuple[str, ...]
    view: View


async def start(params: Mapping[str, str], looker: Looker) -> Start | Nothing:
    """What the page shows."""
    at = texts.full(looker.now, looker.now, looker.policy)
    viewed, looker = await view(params, looker)
    if viewed.problems:
        return Nothing(at, viewed.problems, viewed)
    if not looker.visitor.communities and looker.visitor.area is not None:
        return Nothing(at, (texts.NO_COMMUNITY,), viewed)
    try:
        return await _start(looker, at, viewed)
    except NoFigure as error:
        if error.why is not Why.NO_RECORDS:
            raise
        return Nothing(at, (texts.NO_RECORDS,), viewed)


async def _start(looker: Looker, at: str, viewed: View) -> Start:
    campaigns = await side_by_side(Group.CAMPAIGN, looker)
    many = len(looker.visitor.communities) > 1
    communities = await side_by_side(Group.COMMUNITY, looker) if many else None
    found = await programme(looker.month, looker.viewer)
    return Start(
        at=at,
        view=viewed,
        counts=await _counts(looker),
        late=await _late(looker),
        due=await _due(looker),
        campaigns=campaigns,
        communities=communities,
        trend=await _trend(looker),
        spots=await spots(looker.all, looker),
        visits=tuple([await _visits(week, looker) for week in _weeks(looker)]),
        programme=tuple(words.programme(found, looker.today).splitlines()),
        counted=_counted(found, looker),
    )


def _counted(found: Programme, looker: Looker) -> tuple[Link, ...]:
    """The tickets among the programme's figures. What officers stopped themselves is with the communities."""
    taken = Link(texts.taken(found.tickets), of_figure(Metric.TICKETS, looker.month, street=looker.street))
    stopped = [
        Link(
            texts.closed(kind, number),
            of_figure(Metric.RESOLVED, looker.month, street=looker.street, category=kind),
        )
        for kind, number in found.resolved.items()
        if number
    ]
    return (taken, *stopped) if found.tickets else tuple(stopped)


# --- counts and lists --------------------------------------------------------------------------------


async def _counts(looker: Looker) -> tuple[Count, ...]:
    plan = (
        (texts.LATE_NOW, Metric.OVERDUE, False),
        (texts.OPEN_NOW, Metric.OPEN, False),
        (texts.TODAY_TAKEN, Metric.TICKETS, True),
        (texts.TODAY_CLOSED, Metric.RESOLVED, True),
    )
    return tuple([await _count(name, metric, looker, today=of) for name, metric, of in plan])


async def _count(name: str, metric: Metric, looker: Looker, *, today: bool) -> Count:
    day = looker.today if today else None
    found = await figure(Query(metric, None, day, day), looker.viewer)
    number = found.total.part
    tone = Tone.LATE if metric is Metric.OVERDUE and number else Tone.PLAIN
    href = of_figure(metric, (looker.today, looker.today), street=looker.street) if number else ""
    return Count(name, str(number), definitions()[metric].definition, href, tone)


async def _late(looker: Looker) -> Lines:
    chosen = replace(looker.all, late=True)
    found = await looker.store.board.late(chosen, looker.now, _SHOWN)
    total = await looker.store.board.count(chosen, looker.now, _MOST)
    return Lines(total, tuple(line(one, looker) for one in found), address(street=looker.street, overdue="1"))


async def _due(looker: Looker) -> Lines:
    """What is due today and not over yet."""
    chosen = replace(looker.all, due=(looker.now, looker.ends(looker.today)))
    found = await looker.store.board.due(chosen, looker.now, _SHOWN)
    total = await looker.store.board.count(chosen, looker.now, _MOST)
    more = address(street=looker.street, due=looker.today.isoformat())
    return Lines(total, tuple(line(one, looker) for one in found), more)


# --- what stands out ---------------------------------------------------------------------------------


async def _trend(looker: Looker) -> Trend:
    """Eight weeks up to the end of the month that is looked at, or up to today."""
    until = looker.month[1]
    since = until - timedelta(days=until.weekday()) - (_WEEKS - 1) * _WEEK
    found = [await figure(Query(one, Group.WEEK, since, until), looker.viewer) for one in _PER_WEEK]
    taken, closed = found
    weeks = [
        _week((row.name, row.cell.part, other.cell.part), (begin, min(begin + 6 * _DAY, until)), looker)
        for begin, row, other in zip(_mondays(since), taken.rest, closed.rest, strict=False)
        if begin + _WEEK > taken.begun
    ]
    note = texts.begun(taken.begun) if taken.partly else ""
    title = texts.eight_weeks(until, looker.today)
    return Trend(title, tuple(weeks), note, meanings(_PER_WEEK), picture(taken, looker))


def _mondays(first: date) -> Iterator[date]:
    return (first + number * _WEEK for number in range(_WEEKS))


def _week(said: tuple[str, int, int], week: Days, looker: Looker) -> Side:
    name, *parts = said
    where = {"street": looker.street}
    cells = [cell(metric, part, week, where) for metric, part in zip(_PER_WEEK, parts, strict=True)]
    return Side(Link(name, ""), tuple(cells))


# --- the week ----------------------------------------------------------------------------------------


def _weeks(looker: Looker) -> list[Week]:
    """This week, and the one before while it can still be made up."""
    return list(open_weeks(looker.policy.week(looker.now), looker.now))


async def _visits(week: Week, looker: Looker) -> Visits:
    mine = [one.name for one in looker.visitor.communities]
    met = await looker.store.board.met(week.monday)
    free = {one.community for one in await looker.store.exemptions.of(week.monday)} - met
    asked = [name for name in mine if name not in free]
    missing = [name for name in asked if name not in met]
    until = texts.make_up(week.make_up_until, looker.now, looker.policy) if week.ends <= looker.now else ""
    named = looker.visitor.role is Role.SUPERVISOR and not week.exempt
    return Visits(
        title=texts.week(week, looker.today),
        said=texts.visited(len(asked) - len(missing), len(asked)) + texts.free(len(mine) - len(asked)),
        note=texts.EXEMPT if week.exempt else until or ("" if missing else texts.ALL_MET),
        missing=tuple(community(name) for name in missing) if named else None,
    )
