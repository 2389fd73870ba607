"""The week (每周对接) begins: residents are invited once, on its first working day."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import App
from bot.clock import VirtualClock
from bot.settings import Settings
from domain.message import Occasion
from domain.people import Roster
from handlers.weekly import ensure
from storage.database import Database
from storage.roster import save_roster
from tests.chat import GROUP, NO_REPORTS, OTHER_GROUP, ROSTER, Chat, Heard, starting
from tests.conversations.hearing import in_groups, to
from tests.conversations.weeks import HAPPY, LAKE, OFFICER, SECOND, met, missed


async def test_residents_are_invited_on_monday_at_nine(week: Chat) -> None:
    assert await week.until("2026-05-11 08:59") == []
    here, there = await week.until("2026-05-11 09:01")
    assert (here.to, there.to) == (GROUP, OTHER_GROUP)
    assert here.text == (
        "大家好，本社区的城管队员是城管-李四、城管陈五。这周想请他们看看哪里，在群里说一句就行。"
    )
    assert here.occasion is Occasion.UNASKED
    assert here.expires_at == datetime(2026, 5, 11, 16, tzinfo=UTC)
    assert here.mentions == ()
    assert in_groups(await week.until("2026-05-18 08:59")) == []
    assert len(in_groups(await week.until("2026-05-18 09:01"))) == 2


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-06-14 12:00", "2026-06-15"),  # Friday is off
        ("2026-04-05 12:00", "2026-04-07"),  # Monday is off
        ("2026-10-04 12:00", "2026-10-08"),  # off until Wednesday
    ],
)
async def test_the_weeks_first_working_day_it_is(
    database_file: Path, tmp_path: Path, start: str, day: str
) -> None:
    async with starting(start, database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        assert await chat.until(f"{day} 08:59") == []
        assert len(in_groups(await chat.until(f"{day} 09:01"))) == 2


async def test_the_week_of_the_new_year_is_exempt(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-02-15 08:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        assert await chat.until("2026-02-23 23:59") == []  # a week of holidays, and one that begins with two
        assert len(in_groups(await chat.until("2026-02-24 09:01"))) == 2


async def test_a_week_of_three_working_days_is_none_that_is_exempt(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-09-27 08:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        assert len(in_groups(await chat.until("2026-09-28 09:01"))) == 2
        assert to(await chat.until("2026-09-29 09:31"), OFFICER)  # the card, on Tuesday of three days
        assert len(to(await chat.until("2026-09-30 17:00"), OFFICER)) == 2
        assert await chat.until("2026-10-07 23:00") == []
        await chat.say(OFFICER, "1", private=True)  # made up on 9 October until 18:00
        assert [one.community for one in await met(chat, "2026-09-28")] == [HAPPY]
        await chat.until("2026-10-09 18:01")
        assert await missed(chat) == [(LAKE, "09-28")]


async def test_how_many_days_are_too_few_is_the_bureaus_to_say(database_file: Path, tmp_path: Path) -> None:
    chat = starting("2026-09-27 08:00", database_file, tmp_path)
    settings = Settings(_env_file=None, database=chat.settings.database, week_exempt_days=3, **NO_REPORTS)
    chat.app = App(settings, chat.database, chat.platform, chat.clock)
    async with chat:
        await chat.app.plan_ahead()
        assert await chat.until("2026-10-11 23:00") == []


async def test_who_starts_in_the_middle_of_a_week_invites_nobody_for_its_monday(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-13 10:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        lines = await chat.until("2026-05-15 23:00")
        assert in_groups(lines) == []
        assert len(to(lines, OFFICER)) == 3


async def test_who_starts_when_all_is_over_misses_nothing(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-05-15 17:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        await chat.until("2026-05-19 19:00")
        assert await missed(chat) == []


@pytest.mark.parametrize(
    ("back", "said"), [("2026-05-11 20:00", 2), ("2026-05-11 23:59", 0), ("2026-05-12 00:01", 0)]
)
async def test_a_program_that_was_away_still_invites_on_the_day_but_not_after(
    week: Chat, back: str, said: int
) -> None:
    week.clock.advance(datetime.fromisoformat(f"{back}+08:00").astimezone(UTC))
    await week.wait(hours=10)
    assert len(in_groups(week.platform.lines)) == said


async def test_weeks_away_are_not_caught_up(week: Chat) -> None:
    week.clock.advance(datetime.fromisoformat("2026-06-08T08:30+08:00").astimezone(UTC))
    assert in_groups(await week.until("2026-06-08 08:45")) == []
    assert len(in_groups(await week.until("2026-06-08 09:01"))) == 2


@pytest.mark.parametrize(
    ("at", "heard_by"),
    [
        ("2026-05-11 09:01", [GROUP, OTHER_GROUP]),
        ("2026-05-14 09:31", [OFFICER, SECOND, "城管-赵六", "城管孙七"]),
    ],
)
async def test_two_programs_on_one_database_say_it_once(week: Chat, at: str, heard_by: list[str]) -> None:
    other = Database(week.settings.database)
    clock, heard = VirtualClock(week.clock.now()), Heard()
    twin = App(week.settings, other, heard, clock)
    await twin.plan_ahead()
    for one in (week.clock, clock):
        one.advance(datetime.fromisoformat(f"{at}+08:00").astimezone(UTC))
    await asyncio.gather(week.app.jobs.tick(), twin.jobs.tick())
    await asyncio.gather(week.app.outbox.flush(), twin.outbox.flush())
    await other.close()
    assert sorted(line.to for line in (*week.platform.lines, *heard.lines)) == sorted(heard_by)


async def test_a_community_without_officers_or_without_a_group_is_not_invited(week: Chat) -> None:
    first, second = ROSTER.communities
    async with week.database.begin() as work:
        bare = (
            type(first)(first.name, first.street, first.group),
            type(second)(second.name, second.street, officers=second.officers),
        )
        await save_roster(work.connection, Roster(bare, ROSTER.supervisors))
    assert await week.until("2026-05-11 12:00") == []


async def test_a_new_community_has_its_week_from_when_the_roster_names_it(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-10 08:00", database_file, tmp_path) as chat:
        async with chat.database.begin() as work:
            await save_roster(work.connection, Roster(ROSTER.communities[:1], ROSTER.supervisors))
        await chat.app.plan_ahead()
        await chat.until("2026-05-12 08:00")
        async with chat.database.begin() as work:
            await save_roster(work.connection, ROSTER)
            await ensure(work, chat.settings.policy, chat.clock.now())
        lines = await chat.until("2026-05-14 10:00")
        assert in_groups(lines) == []
        assert to(lines, "城管-赵六")
