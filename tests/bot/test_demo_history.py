"""The weeks that lie behind the demo: whole records, deadlines as they would be, and something to see."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import App
from bot.chat.browser import Recorded
from bot.clock import VirtualClock
from bot.demo import furnish, sample_roster
from bot.settings import Settings
from domain.history import first_broken
from domain.state import State
from storage.database import Database

NIGHT = datetime(2026, 2, 20, 15, 0, tzinfo=UTC)
"""In the middle of the spring festival, 23:00 in Nanchang."""
MORNING = datetime(2026, 6, 24, 1, 30, tzinfo=UTC)


@pytest.fixture
async def database(database_file: Path) -> Database:
    return Database(f"sqlite:///{database_file}")


@pytest.mark.parametrize("now", [MORNING, NIGHT])
async def test_every_record_is_whole_and_nothing_lies_ahead(database: Database, now: datetime) -> None:
    await furnish(database, Settings(_env_file=None).policy, now)
    async with database.begin() as work:
        tickets = await work.tickets.all()
        for ticket in tickets:
            record = await work.tickets.record(ticket.no)
            assert first_broken(record, ticket.head, ticket.state, ticket.outcome) is None
            assert max(entry.at for entry in record) <= now
        assert await work.tickets.gap() is None
    await database.close()
    assert [one.no for one in tickets] == sorted(one.no for one in tickets)
    assert len([one for one in tickets if one.open and one.overdue(now)]) >= 5
    fresh = {community.name for community in sample_roster().communities[-2:]}
    assert not fresh & {one.community for one in tickets}  # where the bot can be tried from the beginning
    assert {State.CLOSED, State.ACCEPTED, State.TRANSFERRED, State.REJECTED} <= {one.state for one in tickets}


async def test_nobody_is_reminded_at_the_start_of_what_was_long_ago(
    database: Database, tmp_path: Path
) -> None:
    settings = Settings(_env_file=None, media=tmp_path)
    await furnish(database, settings.policy, MORNING)
    app = App(settings, database, Recorded(), VirtualClock(MORNING))
    await app.catch_up()
    await app.jobs.tick()
    async with database.begin() as work:
        said = [line.reply.text for line in await work.outbox.of_status("waiting")]
    await database.close()
    assert not [line for line in said if "超期" in line or "快到时限" in line or "时间过半" in line]


async def test_a_district_that_is_there_is_left_alone(database: Database) -> None:
    await furnish(database)
    await furnish(database, Settings(_env_file=None).policy, MORNING)
    async with database.begin() as work:
        assert await work.tickets.all() == []
    await database.close()
