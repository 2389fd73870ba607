"""Every figure is what one gets by counting in plain Python, whatever is asked of whatever is kept."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import make_url

from bot.settings import Settings
from domain.category import categories
from domain.figures import Cell, Days, Figure, NoFigure, Reading, Scope, Stretch
from domain.ids import MemberId, TicketNo
from domain.people import Community, Person, Roster, Supervisor
from domain.query import RATES, Compare, Filters, Group, Metric, Order, Query
from domain.state import OPEN, State
from domain.ticket import Ticket
from handlers.figures.reading import Viewer, figure
from storage.database import Database
from storage.figures import statement
from storage.rows import ticket_to_row
from storage.schema import checkins, communities, messages, missed_weeks, patrols, satisfactions, tickets

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 6, 24, 3, 30, tzinfo=UTC)
FIRST = date(2026, 3, 2)
COMMUNITIES = {"甲社区": "东街道", "乙社区": "东街道", "丙社区": "西街道", "丁社区": "西街道"}
OFFICERS = {name: (f"{name}-主", f"{name}-协") for name in COMMUNITIES}
KINDS = ("店外经营", "违章搭建", "油烟污染", "占道经营")
ROSTER = Roster(
    tuple(
        Community(name, street, officers=tuple(Person(MemberId(f"id-{who}"), who) for who in OFFICERS[name]))
        for name, street in COMMUNITIES.items()
    ),
    tuple(
        Supervisor(Person(MemberId(area or "all"), area or "all"), area)
        for area in (None, "东街道", "丙社区")
    ),
)
VISITS = {Metric.CHECKINS, Metric.MISSED_CHECKINS}


class Case(NamedTuple):
    """One thing that can be counted: when, where, whose, of what kind; `of` is what is looked at."""

    day: date
    community: str
    officer: str | None
    category: str | None
    of: Any
    times: int = 1


class World:
    """What is in the database, as plain objects."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  (no secret)
        self.tickets = [self._ticket(number) for number in range(90)]
        closed = [one for one in self.tickets if one.state in (State.CLOSED, State.REJECTED)]
        self.scores = {
            one.no: (self.chance.choice((1, 1, 2, 3)), self._moment()) for one in closed if self._maybe()
        }
        self.patrols = [self._patrol() for _ in range(40)]
        self.visits = [self._visit() for _ in range(30)]
        met = {(one["community"], one["week"]) for one in self.visits}
        weeks = [FIRST + timedelta(weeks=number) for number in range(15)]  # the last one ended on the 14th
        self.missed = [
            (name, week)
            for name in COMMUNITIES
            for week in weeks
            if (name, week) not in met and self._maybe()
        ]
        self.open_week = date(2026, 6, 22)
        self.without = [name for name in COMMUNITIES if (name, self.open_week) not in met]

    def _maybe(self) -> bool:
        return self.chance.random() < 0.6

    def _moment(self, after: datetime | None = None, hours: int = 2700) -> datetime:
        start = after or datetime(2026, 3, 2, tzinfo=ZONE).astimezone(UTC)
        latest = int((NOW - start).total_seconds())
        return start + timedelta(seconds=self.chance.randrange(max(1, min(hours * 3600, latest))))

    def _ticket(self, number: int) -> Ticket:
        state = self.chance.choice([*State, State.CLOSED, State.CLOSED, State.CLOSED, State.REPORTED])
        community = self.chance.choice(list(COMMUNITIES))
        opened = self._moment() if number else datetime(2026, 3, 2, 1, tzinfo=UTC)
        reported = self._moment(opened, 200) if state is State.REPORTED or self._maybe() else None
        ended = self._moment(reported or opened, 200) if state not in OPEN else None
        by = opened + timedelta(hours=self.chance.randrange(1, 400)) if self._maybe() else None
        return Ticket(
            TicketNo(f"T{number:03d}"), community, None, self.chance.choice(KINDS), "", urgent=False,
            opened_at=opened, state=state, reported_at=reported, ended_at=ended, resolve_by=by,
            main=MemberId(f"id-{self.chance.choice(OFFICERS[community])}") if self._maybe() else None,
            paused_at=self._moment(opened, 200) if state is State.SUSPENDED else None,
        )  # fmt: skip

    def _patrol(self) -> dict[str, Any]:
        name = self.chance.choice(list(COMMUNITIES))
        return {
            "message_id": "m", "officer": f"id-{self.chance.choice(OFFICERS[name])}", "community": name,
            "category": self.chance.choice(KINDS), "count": self.chance.randrange(1, 6), "place": "",
            "at": self._moment(), "void": self.chance.random() < 0.2,
        }  # fmt: skip

    def _visit(self) -> dict[str, Any]:
        name = self.chance.choice(list(COMMUNITIES))
        day = self._moment().astimezone(ZONE).date()
        return {
            "community": name, "week": day - timedelta(days=day.weekday()), "means": "", "whom": "", "day": day,
            "officer": f"id-{self.chance.choice(OFFICERS[name])}", "note": "", "message_id": "m", "at": NOW,
        }  # fmt: skip

    async def keep(self, database: Database) -> None:
        """Into the database."""
        async with database.begin() as work:
            run = work.connection.execute
            places = [{"name": name, "street": street} for name, street in COMMUNITIES.items()]
            await run(insert(communities), [one | {"places": [], "strength": "适中"} for one in places])
            said = {
                "group_id": None,
                "sender": "x",
                "sender_name": "x",
                "sent_at": NOW,
                "kind": "text",
                "text": "",
            }
            said |= dict[str, Any](mentions=[], to_bot=False, recalled=False, status="done")
            ids = ["m", *(f"m{number}" for number in range(len(self.visits)))]
            await run(insert(messages), [said | {"id": key} for key in ids])
            await run(insert(tickets), [ticket_to_row(one) | {"last_at": NOW} for one in self.tickets])
            await run(insert(patrols), self.patrols)
            visits = [one | {"message_id": f"m{number}"} for number, one in enumerate(self.visits)]
            await run(insert(checkins), visits)
            await run(insert(missed_weeks), [{"community": name, "week": week} for name, week in self.missed])
            rows = [{"ticket_no": no, "score": score, "at": at} for no, (score, at) in self.scores.items()]
            await run(insert(satisfactions), rows)

    # --- what a query asks about, by counting --------------------------------------------------------

    def cases(self, query: Query) -> list[Case]:
        """Everything that the metric counts, of whatever period."""
        metric = query.metric
        if metric is Metric.ACTIONS:
            return [
                Case(local(p["at"]), p["community"], p["officer"], p["category"], p, p["count"])
                for p in self.patrols
                if not p["void"]
            ]
        if metric is Metric.CHECKINS:
            return [Case(v["day"], v["community"], v["officer"], None, v) for v in self.visits]
        if metric is Metric.MISSED_CHECKINS:
            missed = [*self.missed, *((name, self.open_week) for name in self.without)]
            return [Case(week, name, None, None, week) for name, week in missed]
        found = ((at, ticket) for ticket in self.tickets if (at := self.counted(query, ticket)))
        return [Case(local(at), t.community, t.main, t.category, t) for at, t in found]

    def counted(self, query: Query, ticket: Ticket) -> datetime | None:
        """When a ticket counts; None where it does not."""
        state, late = ticket.state, ticket.overdue(NOW)
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
            Metric.ON_TIME_RATE: lambda t: not t.overdue(NOW),
            Metric.CLOSE_RATE: lambda t: t.state is State.CLOSED,
            Metric.SATISFACTION: lambda t: self.scores[t.no][0] == 1,
        }
        return Cell(sum(good[query.metric](case.of) for case in cases), count)


def local(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def belongs(case: Case, query: Query, area: str | None) -> bool:
    said, street = query.filters, COMMUNITIES[case.community]
    officers = OFFICERS[case.community]
    mine = (
        said.officer in officers
        if query.metric is Metric.MISSED_CHECKINS
        else case.officer == f"id-{said.officer}"
    )
    return bool(
        area in (None, street, case.community)
        and said.street in (None, street)
        and said.community in (None, case.community)
        and (said.officer is None or mine)
        and said.category in (None, case.category)
        and (said.campaign is None or (case.category and categories()[case.category].campaign == said.campaign))
    )  # fmt: skip


def within(case: Case, period: Days | None) -> bool:
    return period is None or period[0] <= case.day <= period[1]


def label(case: Case, query: Query) -> str:
    """The name of the group of a case, as the answer has it."""
    if query.group_by is Group.WEEK and query.since and query.until:
        monday = case.day - timedelta(days=case.day.weekday())
        first, last = max(monday, query.since), min(monday + timedelta(days=6), query.until)
        return said(first) if first == last else f"{said(first)}至{said(last)}"
    names: dict[Group | None, Callable[[], str]] = {
        None: str,
        Group.STREET: lambda: COMMUNITIES[case.community],
        Group.COMMUNITY: lambda: case.community,
        Group.OFFICER: lambda: case.officer.removeprefix("id-") if case.officer else "没派到人",
        Group.CATEGORY: lambda: str(case.category),
        Group.CAMPAIGN: lambda: categories()[str(case.category)].campaign,
        Group.MONTH: lambda: f"{case.day.month}月",
        Group.DAY: lambda: said(case.day),
    }
    return names[query.group_by]()


def said(day: date) -> str:
    return f"{day.month}月{day.day}日"


def queries(chance: random.Random, count: int) -> Iterator[Query]:
    for _ in range(count):
        metric = chance.choice(list(Metric))
        since = FIRST + timedelta(days=chance.randrange(110))
        until = since + timedelta(days=chance.choice((0, 6, 29, 60)))
        now = metric in (Metric.OPEN, Metric.OVERDUE) and chance.random() < 0.4
        community = chance.choice(list(COMMUNITIES))
        filters = Filters(
            street=chance.choice((None, None, COMMUNITIES[community])),
            community=chance.choice((None, None, community)),
            officer=chance.choice((None, None, None, *OFFICERS[community])),
            category=chance.choice((None, None, *KINDS)) if metric not in VISITS else None,
            campaign=chance.choice((None, None, None, "街面秩序")) if metric not in VISITS else None,
        )
        if filters.category:
            filters = replace(filters, campaign=None)
        groups = [None, *Group]
        if metric in VISITS:
            groups = [g for g in groups if g not in (Group.CATEGORY, Group.CAMPAIGN)]
        yield Query(
            metric,
            chance.choice(groups),
            None if now else since,
            None if now else until,
            filters,
            chance.choice((None, None, *Order)),
            chance.choice((None, 1, 3)),
            None if now else chance.choice((None, *Compare)),
        )


def check(world: World, query: Query, area: str | None, found: Figure) -> None:
    """The figure is what counting gives."""
    asked, period = found.query, (found.query.since, found.query.until)
    cases = [case for case in world.cases(query) if belongs(case, query, area)]
    inside = [case for case in cases if within(case, period if asked.since else None)]  # type: ignore[arg-type]
    assert found.total == world.cell(query, inside)
    if found.closed is not None:
        tickets = [one for one in world.cases(Query(Metric.RESOLVED)) if belongs(one, query, area)]
        assert found.closed == sum(within(one, period) for one in tickets)  # type: ignore[arg-type]
    if found.before is not None:
        assert found.before == world.cell(query, [case for case in cases if within(case, found.earlier)])
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in inside:
        groups[label(case, asked)].append(case)
    rows = {row.name: row.cell for row in (*found.ranked, *found.rest)}
    if asked.group_by:
        for name, cell in rows.items():
            assert cell == world.cell(query, groups.get(name, [])), name
        if asked.limit is None:
            assert {name for name, cell in rows.items() if cell.cases} == groups.keys()
    values = [row.cell.value(query.metric) or 0 for row in found.ranked]
    assert values == sorted(values, reverse=asked.order is Order.DESC)
    for row in found.ranked:
        assert (row.cell.cases if query.metric in RATES else found.total.cases) >= 10


@pytest.mark.parametrize("seed", range(4))
async def test_any_figure_is_what_counting_gives(seed: int, database_file: Path) -> None:
    world = World(seed)
    database = Database(f"sqlite:///{database_file}")
    await world.keep(database)
    policy = Settings(_env_file=None).policy
    answered = 0
    async with database.begin() as work:
        for query in queries(random.Random(seed), 150):  # noqa: S311  (no secret)
            boss = world.chance.choice(ROSTER.supervisors)
            try:
                found = await figure(query, Viewer(boss, ROSTER, work, policy, NOW))
            except NoFigure:
                assert boss.area
                continue
            check(world, query, boss.area, found)
            answered += found.total.cases > 0
    await database.close()
    assert answered > 40


@pytest.mark.parametrize("metric", Metric)
@pytest.mark.parametrize("group", [None, Group.STREET, Group.DAY])
def test_postgresql_takes_each_statement(metric: Metric, group: Group | None) -> None:
    days = Stretch(FIRST, FIRST, NOW, NOW)
    reading = Reading(metric, Scope(frozenset({"甲社区"}), weeks=(FIRST,)), NOW, days, group, (days,))
    words = str(statement(reading).compile(dialect=make_url("postgresql://").get_dialect()()))
    assert words.count("SELECT") <= 5
    assert "strftime" not in words.lower()
