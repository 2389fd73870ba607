"""The figures, the counts that the database keeps and the migrations, on a real PostgreSQL where there is one."""

import random
from collections.abc import Iterator

import pytest

from bot.settings import Settings
from domain.figures import NoFigure
from handlers.figures.reading import Viewer, figure
from storage.database import Database
from storage.migrate import migrate
from tests.storage.server import programs, running
from tests.storage.test_figures import NOW, ROSTER, World, check, queries

pytest.importorskip("psycopg", reason="no driver for PostgreSQL here: psycopg is not installed")
PROGRAMS = programs()
pytestmark = pytest.mark.skipif(PROGRAMS is None, reason="no PostgreSQL on this machine: initdb is not found")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A PostgreSQL with every table and nothing in them."""
    assert PROGRAMS
    with running(PROGRAMS) as found:
        migrate(found)
        yield found


async def test_any_figure_is_what_counting_gives_on_postgresql_too(address: str) -> None:
    world = World(7)
    database = Database(address)
    await world.keep(database)
    policy = Settings(_env_file=None).policy
    answered = 0
    async with database.begin() as work:
        for query in queries(random.Random(7), 150):  # noqa: S311  (no secret)
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
