"""From a query to its figure: what part of it a supervisor may see, and what is read of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from domain.figures import (
    Cell,
    Days,
    Figure,
    NoFigure,
    Programme,
    Reading,
    Row,
    Scope,
    Stretch,
    Why,
    earlier,
)
from domain.people import Community, Roster
from domain.policy import Policy
from domain.query import TIMES, Group, Metric, Query
from domain.week import open_weeks
from handlers.figures.rows import Key, days, kinds, names, ranked, stretches
from handlers.ports import Store

_DAY = timedelta(days=1)
_MOST_DAYS = 366
"""A period of more days than this is told by the month."""
_VISITS = frozenset({Metric.CHECKINS, Metric.MISSED_CHECKINS})
_KINDS = frozenset({Group.CATEGORY, Group.CAMPAIGN})
STOPPED = ("违章搭建", "店外经营")
"""The two kinds that the bureau's reports count as stopped (the programme's own figures)."""

Cells = Mapping[Key, Cell]


class Overseer(Protocol):
    """Whose figures they are: a supervisor, or a visitor of the pages."""

    @property
    def area(self) -> str | None:
        """What they see as a whole, by name; None for all of the district."""

    def oversees(self, community: Community) -> bool:
        """Whether this community is in it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody with everything that their questions are answered from."""

    boss: Overseer
    roster: Roster
    store: Store
    policy: Policy
    now: datetime


async def figure(query: Query, viewer: Viewer) -> Figure:
    """The answer; NoFigure where there is none."""
    query = _shaped(query)
    scope, communities = _scope(query, viewer)
    first = await _first_day(viewer)
    if first is None:
        raise NoFigure(Why.NO_RECORDS)
    if query.until and query.until < first:
        raise NoFigure(Why.EARLIER, day=first)
    period = days(query)
    today = viewer.policy.day(viewer.now)
    total, cells = await _read(query, period, scope, viewer)
    before = _days_before(query, first)
    old, old_cells = await _read(query, before, scope, viewer) if before else (None, {})
    rows = [
        Row(
            name,
            cells.get(key, Cell()),
            old_cells.get(key, Cell()) if before and query.group_by not in TIMES else None,
        )
        for key, name in names(query, {*cells, *old_cells}, communities, viewer.roster, today)
    ]
    order, rest = ranked(query, rows, total, viewer.policy.few_cases)
    return Figure(
        query,
        total,
        first,
        order,
        rest,
        earlier=_compared(query),
        before=old,
        closed=await _closed(query, period, scope, viewer),
        area=_seen(query, viewer),
        whole=await _whole(query, period, viewer),
    )


async def programme(period: Days, viewer: Viewer) -> Programme:
    """The three figures: complaints taken, illegal buildings stopped, shop-front trading stopped."""
    scope, _ = _scope(Query(Metric.TICKETS), viewer)
    first = await _first_day(viewer)
    if first is None or period[1] < first:
        raise NoFigure(Why.EARLIER if first else Why.NO_RECORDS, day=first)
    taken, _ = await _read(Query(Metric.TICKETS), period, scope, viewer)
    ways = []
    for metric in (Metric.ACTIONS, Metric.RESOLVED):
        _, cells = await _read(Query(metric, Group.CATEGORY), period, scope, viewer)
        ways.append({kind: cells.get(kind, Cell()).part for kind in STOPPED})
    return Programme(*period, viewer.boss.area, taken.part, *ways)


# --- what is asked, and of what ----------------------------------------------------------------------


def _shaped(query: Query) -> Query:
    """The query as it can be answered: weeks are missed by communities, and what is now has no days."""
    group, since = query.group_by, query.since
    if query.metric is Metric.MISSED_CHECKINS:
        group = {Group.OFFICER: Group.COMMUNITY, Group.DAY: Group.WEEK}.get(group, group) if group else None
        since = _with_a_monday(since, query.until) if since and query.until else since
    if group in TIMES and since is None:
        group = None
    if group is Group.DAY and since and query.until and (query.until - since).days >= _MOST_DAYS:
        group = Group.MONTH
    return replace(query, group_by=group, since=since)


def _with_a_monday(since: date, until: date) -> date:
    """Of a part of a week, the week: its Monday is the day that a check-in counts by."""
    monday = since - since.weekday() * _DAY
    return monday if monday + 7 * _DAY > until else since


def _scope(query: Query, viewer: Viewer) -> tuple[Scope, tuple[Community, ...]]:
    """What is read, and the communities that are told apart; NoFigure where the area has none of it."""
    wanted = tuple(c for c in viewer.roster.communities if _asked_for(c, query))
    mine = tuple(c for c in wanted if viewer.boss.oversees(c))
    if not mine and (wanted or viewer.boss.area is not None):
        raise NoFigure(Why.BEYOND, area=viewer.boss.area)
    said = query.filters
    visits = query.metric in _VISITS
    if visits and (said.category or said.campaign or query.group_by in _KINDS):
        raise NoFigure(Why.NO_KINDS)
    by_community = query.metric is Metric.MISSED_CHECKINS and said.officer
    narrow = viewer.boss.area is not None or said.street or said.community or by_community
    ids = {p.id for p in viewer.roster.officers() if p.name == said.officer and p.id}
    there = mine if by_community else [c for c in viewer.roster.communities if _lies_in(c, query, viewer)]
    scope = Scope(
        frozenset(c.name for c in there) if narrow else None,
        frozenset(ids) if said.officer and not by_community else None,
        kinds(said),
        _weeks(viewer) if query.metric is Metric.MISSED_CHECKINS else (),
    )
    return scope, mine


def _lies_in(community: Community, query: Query, viewer: Viewer) -> bool:
    """Whether the question reaches it, whoever serves it: an officer has tickets as a stand-in, too."""
    return _is_named(community, query) and viewer.boss.oversees(community)


def _is_named(community: Community, query: Query) -> bool:
    said = query.filters
    return said.street in (None, community.street) and said.community in (None, community.name)


def _asked_for(community: Community, query: Query) -> bool:
    who = query.filters.officer
    served = who is None or any(p.name == who for p in (*community.officers, *community.away))
    return served and _is_named(community, query)


def _weeks(viewer: Viewer) -> tuple[date, ...]:
    """The Mondays of the weeks in which a check-in can still be made."""
    weeks = open_weeks(viewer.policy.week(viewer.now), viewer.now)
    return tuple(week.monday for week in weeks if not week.exempt)


def _seen(query: Query, viewer: Viewer) -> str | None:
    """The area, where more was asked for by name than lies in it."""
    wanted = [c for c in viewer.roster.communities if _asked_for(c, query)]
    named = query.filters.street or query.filters.community
    return viewer.boss.area if named and any(not viewer.boss.oversees(c) for c in wanted) else None


# --- what is read ------------------------------------------------------------------------------------


async def _first_day(viewer: Viewer) -> date | None:
    first = await viewer.store.figures.first_at()
    return viewer.policy.day(first) if first else None


async def _read(query: Query, period: Days | None, scope: Scope, viewer: Viewer) -> tuple[Cell, Cells]:
    """The whole and its parts, in one read."""
    asked = Reading(
        query.metric,
        scope,
        viewer.now,
        _stretch(period, viewer.policy) if period else None,
        query.group_by,
        tuple(_stretch(part, viewer.policy) for part in stretches(query, period)),
    )
    found = await viewer.store.figures.read(asked)
    return found.whole, found.parts


async def _whole(query: Query, period: Days | None, viewer: Viewer) -> int | None:
    """Of how many a share is asked for."""
    if not query.share or query.group_by:
        return None
    wide = replace(query, filters=query.filters.wider())
    scope, _ = _scope(wide, viewer)
    total, _ = await _read(wide, period, scope, viewer)
    return total.part


async def _closed(query: Query, period: Days | None, scope: Scope, viewer: Viewer) -> int | None:
    if query.metric is not Metric.SATISFACTION:
        return None
    total, _ = await _read(Query(Metric.RESOLVED), period, scope, viewer)
    return total.part


def _stretch(period: Days, policy: Policy) -> Stretch:
    since, until = period
    return Stretch(since, until, _midnight(since, policy), _midnight(until + _DAY, policy))


def _midnight(day: date, policy: Policy) -> datetime:
    return datetime.combine(day, time(), policy.zone).astimezone(UTC)


def _compared(query: Query) -> Days | None:
    """The period of comparison; None where nobody wants one, or where there is none."""
    if query.compare is None or query.since is None or query.until is None:
        return None
    try:
        return earlier(query.since, query.until, query.compare)
    except (ValueError, OverflowError):  # before the first day of all
        return None


def _days_before(query: Query, first: date) -> Days | None:
    """The period of comparison, where the records go back to it."""
    days = _compared(query)
    return days if days and days[0] >= first else None
