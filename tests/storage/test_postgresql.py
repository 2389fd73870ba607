"""The figures, the counts that the database keeps and the migrations, on a real PostgreSQL where there is one."""

from collections.abc import Iterator

import pytest

from storage.database import Database
from storage.migrate import migrate
from tests.storage.server import programs, running
from tests.storage.test_figures import ROSTER, World

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
    async with database.begin() as work:
        assert await world.hold(work, ROSTER, 150, 7) > 40
    await database.close()
