"""The counts of each day stay those of the tickets, whatever becomes of these and by whatever hand."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import TextClause, text

from domain.figures import Reading, Scope, Stretch
from domain.query import Group, Metric
from domain.state import State
from storage import tallies
from storage.database import Database, Work
from storage.migrate import migrate
from tests.storage.counts import kept, plain
from tests.storage.test_figures import COMMUNITIES, FIRST, KINDS, NOW, OFFICERS, World
from tests.storage.test_migrations import go_back

LAST = date(2026, 6, 24)
EVERYTHING = Scope()
SOME = Scope(frozenset({"甲社区", "丙社区"}))
A_KIND = Scope(categories=frozenset({"店外经营"}))
ENDS = (
    "UPDATE tickets SET state = :value,"
    " ended_at = CASE WHEN :over THEN coalesce(ended_at, reported_at, opened_at) END"
)
CHANGES: dict[str, Callable[[random.Random], tuple[str, dict[str, object]]]] = {
    "the state": lambda chance: (
        ENDS,
        {
            "value": (state := chance.choice(list(State))).value,
            "over": state in (State.CLOSED, State.REJECTED),
        },
    ),
    "the officer": lambda chance: (
        "UPDATE tickets SET main = :value",
        {"value": chance.choice([None, *(f"id-{who}" for who in OFFICERS["乙社区"])])},
    ),
    "the kind": lambda chance: ("UPDATE tickets SET category = :value", {"value": chance.choice(KINDS)}),
    "the place": lambda chance: (
        "UPDATE tickets SET community = :value",
        {"value": chance.choice([*COMMUNITIES])},
    ),
    "the moment": lambda chance: (
        "UPDATE tickets SET opened_at = :value",
        {"value": f"2026-04-{chance.randrange(1, 31):02d} 16:00:00.000000"},
    ),
    "the deadline": lambda chance: (
        "UPDATE tickets SET resolve_by = :value",
        {"value": chance.choice([None, f"2026-05-{chance.randrange(1, 31):02d} 03:00:00.000000"])},
    ),
    "the answer": lambda chance: (
        "UPDATE tickets SET reported_at = :value",
        {"value": chance.choice([None, f"2026-05-{chance.randrange(1, 31):02d} 17:00:00.000000"])},
    ),
    "the word": lambda chance: ("UPDATE satisfactions SET score = :value", {"value": chance.randrange(1, 4)}),
    "no word": lambda _: ("DELETE FROM satisfactions", {}),
    "own action, void": lambda _: ("UPDATE patrols SET void = NOT void", {}),
    "own action, how many": lambda chance: (
        "UPDATE patrols SET count = :value",
        {"value": chance.randrange(9)},
    ),
    "no own action": lambda _: ("DELETE FROM patrols", {}),
}


def some_rows(words: str) -> TextClause:
    """The statement, of some rows."""
    key = "id" if "patrols" in words else "ticket_no" if "satisfactions" in words else "no"
    return text(f"{words} WHERE substr({key}, -1) = :last")


@pytest.mark.parametrize("change", CHANGES)
async def test_the_counts_follow_a_change_of(change: str, database_file: Path) -> None:
    chance, world, database = random.Random(change), World(5), Database(f"sqlite:///{database_file}")  # noqa: S311  (no secret)
    await world.keep(database)
    async with database.begin() as work:
        before = await plain(work.connection)
        assert await kept(work.connection) == before
        for _ in range(3):
            await changed(work, change, chance)
            assert await kept(work.connection) == await plain(work.connection)
        assert await kept(work.connection) != before
    await database.close()


@pytest.mark.parametrize("seed", range(4))
async def test_the_counts_follow_any_changes_in_any_order(seed: int, database_file: Path) -> None:
    chance, world, database = random.Random(seed), World(seed), Database(f"sqlite:///{database_file}")  # noqa: S311  (no secret)
    await world.keep(database)
    async with database.begin() as work:
        for _ in range(60):
            await changed(work, chance.choice(list(CHANGES)), chance)
        assert await kept(work.connection) == await plain(work.connection)
    await database.close()


async def changed(work: Work, change: str, chance: random.Random) -> None:
    """Some rows are changed."""
    words, values = CHANGES[change](chance)
    await work.connection.execute(some_rows(words), {**values, "last": str(chance.randrange(10))})


async def test_an_installation_that_upgrades_counts_what_it_has(database_file: Path) -> None:
    address = f"sqlite:///{database_file}"
    database = Database(address)
    await World(6).keep(database)
    await database.close()
    go_back(database_file, "0008")
    assert migrate(address)
    database = Database(address)
    async with database.look() as work:
        found = await kept(work.connection)
        assert found == await plain(work.connection)
    assert len(found) > 500
    await database.close()


def stretch(since: date, until: date, offset: int = 8) -> Stretch:
    """These days of a zone so many hours ahead."""
    begin, end = (
        datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=offset)
        for day in (since, until + timedelta(days=1))
    )
    return Stretch(since, until, begin, end)


def reading(
    metric: Metric, group: Group | None = None, scope: Scope = EVERYTHING, offset: int = 8
) -> Reading:
    return Reading(metric, scope, NOW, stretch(FIRST, LAST, offset), group)


@pytest.mark.parametrize(
    ("asked", "face"),
    [
        (reading(Metric.TICKETS), "all"),
        (reading(Metric.TICKETS, Group.STREET), "community"),
        (reading(Metric.RESOLVED, Group.COMMUNITY, SOME), "community"),
        (reading(Metric.CLOSE_RATE, Group.CAMPAIGN, A_KIND), "category"),
        (reading(Metric.ACTIONS, Group.OFFICER), "officer"),
        (
            reading(Metric.TICKETS, Group.CATEGORY, SOME),
            None,
        ),  # of kinds within communities there are none
        (reading(Metric.TICKETS, offset=7), None),  # another zone's days
        (reading(Metric.TICKETS, offset=0), None),
        (replace(reading(Metric.OVERDUE), period=None), None),
        (reading(Metric.OPEN), None),
        (reading(Metric.CHECKINS), None),
    ],
)
def test_counts_are_read_where_there_are_any(asked: Reading, face: str | None) -> None:
    assert tallies.face(asked) == face


@pytest.mark.parametrize("offset", [0, 7, -5])
async def test_another_zone_has_its_own_days(offset: int, database_file: Path) -> None:
    database = Database(f"sqlite:///{database_file}")
    world = World(5)
    await world.keep(database)
    day = stretch(date(2026, 4, 1), date(2026, 4, 30), offset)
    opened = [one.opened_at for one in world.tickets if one.state not in (State.REJECTED, State.WITHDRAWN)]
    async with database.begin() as work:
        found = await work.figures.read(Reading(Metric.TICKETS, Scope(), NOW, day))
    assert found.whole.part == sum(day.begin <= at < day.end for at in opened) > 0
    await database.close()
