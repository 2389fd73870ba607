"""The counts of each day stay those of the tickets, whatever becomes of these and by whatever hand."""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import TextClause, text

from domain.figures import Reading, Scope
from domain.ids import MemberId
from domain.query import Group, Metric
from domain.state import State
from storage import tallies
from storage.database import Database
from storage.migrate import migrate
from tests.storage.counts import disagreements, stretch
from tests.storage.test_figures import COMMUNITIES, FIRST, KINDS, NOW, OFFICERS, World
from tests.storage.test_migrations import go_back

LAST = date(2026, 6, 24)
SCOPES = (
    Scope(),
    Scope(frozenset({"甲社区", "丙社区"})),
    Scope(officers=frozenset({MemberId("id-甲社区-主")})),
    Scope(categories=frozenset({"店外经营"})),
)
CHANGES: dict[str, Callable[[random.Random], tuple[str, dict[str, object]]]] = {
    "the state": lambda chance: (
        "UPDATE tickets SET state = :value, ended_at = CASE WHEN :over THEN coalesce(ended_at, reported_at, opened_at)"
        " END",
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
    chance, world, database = random.Random(change), World(5), Database(f"sqlite:///{database_file}")  # noqa: S311
    await world.keep(database)
    async with database.begin() as work:
        assert await disagreements(work.connection, NOW, FIRST, LAST, SCOPES) == []
        for _ in range(3):
            words, values = CHANGES[change](chance)
            done = await work.connection.execute(
                some_rows(words), {**values, "last": str(chance.randrange(10))}
            )
            assert done.rowcount
        assert await disagreements(work.connection, NOW, FIRST, LAST, SCOPES) == []
    await database.close()


def kept(file: Path) -> list[tuple[object, ...]]:
    """All the counts that are not nothing."""
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT * FROM tallies ORDER BY face, key, day").fetchall()
    connection.close()
    return [row for row in rows if any(row[3:])]


async def test_an_installation_that_upgrades_counts_what_it_has(database_file: Path) -> None:
    database = Database(f"sqlite:///{database_file}")
    await World(6).keep(database)
    await database.close()
    before = kept(database_file)
    assert len(before) > 500
    go_back(database_file, "0008")
    assert migrate(f"sqlite:///{database_file}")
    assert kept(database_file) == before


def reading(metric: Metric, group: Group | None = None, scope: Scope = SCOPES[0], offset: int = 8) -> Reading:
    return Reading(metric, scope, NOW, stretch(FIRST, LAST, offset), group)


@pytest.mark.parametrize(
    ("asked", "face"),
    [
        (reading(Metric.TICKETS), "all"),
        (reading(Metric.TICKETS, Group.STREET), "community"),
        (reading(Metric.RESOLVED, Group.COMMUNITY, SCOPES[1]), "community"),
        (reading(Metric.CLOSE_RATE, Group.CAMPAIGN, SCOPES[3]), "category"),
        (reading(Metric.ACTIONS, Group.OFFICER), "officer"),
        (
            reading(Metric.TICKETS, Group.CATEGORY, SCOPES[1]),
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
