"""Every figure is what one gets by counting in plain Python, whatever is asked of whatever is kept."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import make_url

from domain.figures import Reading, Scope, Stretch
from domain.ids import MemberId, TicketNo
from domain.people import Community, Person, Roster, Supervisor
from domain.query import Group, Metric
from domain.state import OPEN, State
from domain.ticket import Ticket
from storage.database import Database
from storage.figures import statement
from storage.rows import ticket_to_row
from storage.schema import checkins, communities, messages, missed_weeks, patrols, satisfactions, tickets
from tests.counting import Kept

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 6, 24, 3, 30, tzinfo=UTC)
FIRST = date(2026, 3, 2)
COMMUNITIES = {"甲社区": "东街道", "乙社区": "东街道", "丙社区": "西街道", "丁社区": "西街道"}
OFFICERS = {name: (f"{name}-主", f"{name}-协") for name in COMMUNITIES}
STAND_INS = OFFICERS["甲社区"]
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


class World(Kept):
    """What is made up for the database."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  (no secret)
        self.now, self.streets, self.officers = NOW, COMMUNITIES, OFFICERS
        self.names = {f"id-{who}": who for two in OFFICERS.values() for who in two}
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
        this = date(2026, 6, 22)
        self.without = [(name, this) for name in COMMUNITIES if (name, this) not in met]

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
            main=MemberId(f"id-{self.chance.choice(OFFICERS[community] + STAND_INS)}") if self._maybe() else None,
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
            visits = [dict(one) | {"message_id": f"m{number}"} for number, one in enumerate(self.visits)]
            await run(insert(checkins), visits)
            await run(insert(missed_weeks), [{"community": name, "week": week} for name, week in self.missed])
            rows = [{"ticket_no": no, "score": score, "at": at} for no, (score, at) in self.scores.items()]
            await run(insert(satisfactions), rows)


@pytest.mark.parametrize("seed", range(4))
async def test_any_figure_is_what_counting_gives(seed: int, database_file: Path) -> None:
    world = World(seed)
    database = Database(f"sqlite:///{database_file}")
    await world.keep(database)
    async with database.begin() as work:
        assert await world.hold(work, ROSTER, 250, seed) > 40
    await database.close()


@pytest.mark.parametrize("metric", Metric)
@pytest.mark.parametrize("group", [None, Group.STREET, Group.DAY])
def test_postgresql_takes_each_statement(metric: Metric, group: Group | None) -> None:
    days = Stretch(FIRST, FIRST, NOW, NOW)
    reading = Reading(metric, Scope(frozenset({"甲社区"}), weeks=(FIRST,)), NOW, days, group, (days,))
    words = str(statement(reading).compile(dialect=make_url("postgresql://").get_dialect()()))
    assert words.count("SELECT") <= 5
    assert "strftime" not in words.lower()
