"""Figures counted a second time, in plain Python, from what is kept: what the answers are held against."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.settings import Settings
from domain.category import categories
from domain.figures import Cell, Days, Figure, NoFigure
from domain.people import Roster
from domain.query import RATES, Compare, Filters, Group, Metric, Order, Query
from domain.state import OPEN, State
from domain.ticket import Ticket
from handlers.figures.reading import Viewer, figure
from storage.database import Work

ZONE = ZoneInfo("Asia/Shanghai")
_SECOND = 1 / 3600 + 1e-6
VISITS = {Metric.CHECKINS, Metric.MISSED_CHECKINS}


class Case(NamedTuple):
    """One thing that can be counted: when, where, whose, of what kind; `of` is what is looked at."""

    day: date
    community: str
    officer: str | None
    category: str | None
    of: Any
    times: int = 1


@dataclass
class Kept:
    """What is in a database, as plain objects, and the figures that counting them gives.

    `streets` and `officers` (by name) are of each community, `names` those of accounts; `missed` are weeks that
    went by without a check-in, `without` those that may still get one.
    """

    now: datetime
    streets: Mapping[str, str]
    officers: Mapping[str, Sequence[str]]
    names: Mapping[str, str]
    tickets: Sequence[Ticket]
    scores: Mapping[str, tuple[int, datetime]]
    patrols: Sequence[Mapping[str, Any]]
    visits: Sequence[Mapping[str, Any]]
    missed: Sequence[tuple[str, date]]
    without: Sequence[tuple[str, date]]

    def cases(self, query: Query) -> list[Case]:
        """Everything that the metric counts, of whatever period."""
        metric = query.metric
        if metric is Metric.ACTIONS:
            return [
                Case(self.local(p["at"]), p["community"], p["officer"], p["category"], p, p["count"])
                for p in self.patrols
                if not p["void"]
            ]
        if metric is Metric.CHECKINS:
            return [Case(v["day"], v["community"], v["officer"], None, v) for v in self.visits]
        if metric is Metric.MISSED_CHECKINS:
            return [Case(week, name, None, None, week) for name, week in (*self.missed, *self.without)]
        found = ((at, ticket) for ticket in self.tickets if (at := self.counted(query, ticket)))
        return [Case(self.local(at), t.community, t.main, t.category, t) for at, t in found]

    def counted(self, query: Query, ticket: Ticket) -> datetime | None:
        """When a ticket counts; None where it does not."""
        state, late = ticket.state, ticket.overdue(self.now)
        void = state in (State.REJECTED, State.WITHDRAWN)
        gone = void or state is State.TRANSFERRED
        handled = state not in OPEN or state is State.REPORTED
        closed = state is State.CLOSED
        counts, at = {
            Metric.TICKETS: (not void, ticket.opened_at),
            Metric.RESOLVED: (closed, ticket.ended_at),
            Metric.MEDIAN_HOURS: (closed, ticket.ended_at),
            Metric.OPEN: (state in OPEN, ticket.opened_at),
            Metric.OVERDUE: (
                late and (state in OPEN if query.since is None else not gone),
                ticket.resolve_by,
            ),
            Metric.SATISFACTION: (
                not void and ticket.no in self.scores,
                self.scores.get(ticket.no, (0, None))[1],
            ),
        }.get(
            query.metric,
            (not gone and state is not State.SUSPENDED and (handled or late), ticket.resolve_by),
        )
        return at if counts else None

    def cell(self, query: Query, cases: list[Case]) -> Cell:
        """The figure of these cases."""
        count = sum(case.times for case in cases)
        if query.metric is Metric.MEDIAN_HOURS:
            if not cases:
                return Cell()
            done = [(c.of.reported_at or c.of.ended_at) - c.of.opened_at for c in cases]
            return Cell(count, count, round(median(one.total_seconds() / 3600 for one in done), 6))
        if query.metric not in RATES:
            return Cell(count, count)
        good: dict[Metric, Callable[[Ticket], bool]] = {
            Metric.ON_TIME_RATE: lambda t: not t.overdue(self.now),
            Metric.CLOSE_RATE: lambda t: t.state is State.CLOSED,
            Metric.SATISFACTION: lambda t: self.scores[t.no][0] == 1,
        }
        return Cell(sum(good[query.metric](case.of) for case in cases), count)

    def local(self, at: datetime) -> date:
        """The day of a moment."""
        return at.astimezone(ZONE).date()

    def belongs(self, case: Case, query: Query, area: str | None) -> bool:
        """Whether it is asked about, by a supervisor of this area."""
        said, street = query.filters, self.streets[case.community]
        officers = self.officers[case.community]
        mine = (
            said.officer in officers
            if query.metric is Metric.MISSED_CHECKINS
            else self.names.get(case.officer or "") == said.officer
        )
        return bool(
            area in (None, street, case.community)
            and said.street in (None, street)
            and said.community in (None, case.community)
            and (said.officer is None or mine)
            and said.category in (None, case.category)
            and (said.campaign is None or (case.category and categories()[case.category].campaign == said.campaign))
        )  # fmt: skip

    def label(self, case: Case, query: Query) -> str:
        """The name of the group of a case, as the answer has it."""
        if query.group_by is Group.WEEK and query.since and query.until:
            monday = case.day - timedelta(days=case.day.weekday())
            first, last = max(monday, query.since), min(monday + timedelta(days=6), query.until)
            return self.said(first) if first == last else f"{self.said(first)}至{self.said(last)}"
        names: dict[Group | None, Callable[[], str]] = {
            None: str,
            Group.STREET: lambda: self.streets[case.community],
            Group.COMMUNITY: lambda: case.community,
            Group.OFFICER: lambda: self.names[case.officer] if case.officer else "没派到人",
            Group.CATEGORY: lambda: str(case.category),
            Group.CAMPAIGN: lambda: categories()[str(case.category)].campaign,
            Group.MONTH: lambda: f"{self._year(case.day)}{case.day.month}月",
            Group.DAY: lambda: self.said(case.day),
        }
        return names[query.group_by]()

    def said(self, day: date) -> str:
        """A day, with its year where it is not this one."""
        return f"{self._year(day)}{day.month}月{day.day}日"

    def _year(self, day: date) -> str:
        return "" if day.year == self.local(self.now).year else f"{day.year}年"

    def check(self, query: Query, area: str | None, found: Figure) -> None:
        """The figure is what counting gives."""
        asked, period = found.query, (found.query.since, found.query.until)
        cases = [case for case in self.cases(query) if self.belongs(case, query, area)]
        inside = [case for case in cases if within(case, period if asked.since else None)]  # type: ignore[arg-type]
        counted = self.cell(query, inside)
        assert same(found.total, counted), f"{query}: {found.total} is not {counted}"
        if found.closed is not None:
            closed = [one for one in self.cases(Query(Metric.RESOLVED)) if self.belongs(one, query, area)]
            assert found.closed == sum(within(one, period) for one in closed)  # type: ignore[arg-type]
        if found.before is not None:
            before = [case for case in cases if within(case, found.earlier)]
            assert same(found.before, self.cell(query, before)), query
        self._check_rows(query, inside, found)

    def _check_rows(self, query: Query, inside: Sequence[Case], found: Figure) -> None:
        """Each group has its own, and they stand in order."""
        groups: dict[str, list[Case]] = defaultdict(list)
        for case in inside:
            groups[self.label(case, found.query)].append(case)
        rows = {row.name: row.cell for row in (*found.ranked, *found.rest)}
        if found.query.group_by:
            for name, cell in rows.items():
                assert same(cell, self.cell(query, groups.get(name, []))), (name, query)
            if found.query.limit is None:
                assert {name for name, cell in rows.items() if cell.cases} == groups.keys()
        values = [row.cell.value(query.metric) or 0 for row in found.ranked]
        assert values == sorted(values, reverse=found.query.order is Order.DESC)
        for row in found.ranked:
            assert (row.cell.cases if query.metric in RATES else found.total.cases) >= 10

    async def hold(self, work: Work, roster: Roster, count: int, seed: int) -> int:
        """Ask so many questions at random, each as some supervisor, and count each a second time.

        How many had something to count. AssertionError at the first figure that counting does not give.
        """
        chance, policy, found = random.Random(seed), Settings(_env_file=None).policy, 0  # noqa: S311  (no secret)
        first = self.local(min(ticket.opened_at for ticket in self.tickets))
        for query in self.queries(chance, count, first):
            boss = chance.choice(roster.supervisors)
            try:
                one = await figure(query, Viewer(boss, roster, work, policy, self.now))
            except NoFigure:
                assert boss.area
                continue
            self.check(query, boss.area, one)
            found += one.total.cases > 0
        return found

    def queries(self, chance: random.Random, count: int, first: date) -> Iterator[Query]:
        """So many questions about the days from the first one on, each of them one that may be asked."""
        days = (self.local(self.now) - first).days
        kinds = sorted({one.category for one in self.tickets})
        for _ in range(count):
            metric = chance.choice(list(Metric))
            visits = metric in VISITS
            since = first + timedelta(days=chance.randrange(days - 3))
            until = since + timedelta(days=chance.choice((0, 6, 29, 60)))
            now = metric in (Metric.OPEN, Metric.OVERDUE) and chance.random() < 0.4
            community = chance.choice(list(self.streets))
            category = chance.choice((None, None, *kinds)) if not visits else None
            campaign = chance.choice((None, None, None, "街面秩序")) if not visits and not category else None
            filters = Filters(
                street=chance.choice((None, None, self.streets[community])),
                community=chance.choice((None, None, community)),
                officer=chance.choice((None, None, None, *self.officers[community])),
                category=category,
                campaign=campaign,
            )
            groups = [g for g in Group if not visits or g not in (Group.CATEGORY, Group.CAMPAIGN)]
            yield Query(
                metric,
                chance.choice([None, *groups]),
                None if now else since,
                None if now else until,
                filters,
                chance.choice((None, None, *Order)),
                chance.choice((None, 1, 3)),
                None if now else chance.choice((None, *Compare)),
            )


def same(one: Cell, other: Cell) -> bool:
    """Whether two figures are equal; times of handling are kept in whole seconds."""
    if one.hours is None or other.hours is None:
        return one == other
    return (one.part, one.cases) == (other.part, other.cases) and abs(one.hours - other.hours) <= _SECOND


def within(case: Case, period: Days | None) -> bool:
    return period is None or period[0] <= case.day <= period[1]
