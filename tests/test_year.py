"""Weeks of a whole district around the Spring Festival, lived by the bot and told a second time from the rules."""

import asyncio
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.clock import VirtualClock
from bot.settings import Settings
from domain.message import Reply
from tests.chat import GROUP, OTHER_GROUP, Chat, starting
from tests.conversations.hearing import in_groups
from tests.year.check import check, differences, lines
from tests.year.figures import counted
from tests.year.script import Script
from tests.year.world import Fate, World, verified
from tests.year.writing import write

SPRING = date(2025, 12, 22)
"""New Year, the make-up Sundays of 4 January, 14 and 28 February, and the holidays between."""


@pytest.fixture
def script() -> Script:
    """What four communities say in ten weeks."""
    return write(4, SPRING, 11)


def world(script: Script, file: Path, fate: Fate | None = None) -> World:
    settings = {"law_card_day": 3, "law_cards": verified(file.parent)}
    return World(script, file.parent, fate or Fate(), settings)


async def test_everything_is_said_once_on_the_right_day_and_nothing_else(
    script: Script, database_file: Path
) -> None:
    lived = world(script, database_file)
    await lived.live()
    found = check(script, database_file.parent, lived.platform.said)
    assert found.wrong == []
    assert found.twice == 0
    assert min(found.looked_at.values()) > 1
    assert found.looked_at["时限提醒"] > 100
    assert await counted(lived.address, script.ends, 800) > 80


async def test_a_program_that_is_killed_again_and_again_says_the_same(
    database_file: Path, empty_database: Path, tmp_path: Path
) -> None:
    script = write(3, SPRING, 3)
    one = world(script, database_file)
    await one.live()
    (tmp_path / "again").mkdir()
    file = Path(shutil.copyfile(empty_database, tmp_path / "again" / "wangge.db"))
    other = world(script, file, Fate.of(one.fate.steps, 60))
    await other.live()
    assert other.fate.died == 60
    said, _ = lines(database_file.parent, one.platform.said)
    again, twice = lines(file.parent, other.platform.said)
    assert list(differences(said, again)) == []
    assert twice <= 10
    assert check(script, file.parent, other.platform.said).wrong == []


async def test_the_checker_finds_what_is_wrong(database_file: Path) -> None:
    script = write(2, SPRING, 3)
    lived = world(script, database_file)
    await lived.live()
    said = lived.platform.said
    assert check(script, database_file.parent, said).wrong == []
    assert any("没说" in wrong for wrong in check(script, database_file.parent, said[:-30]).wrong)
    invited = next(one for one in said if "大家好" in one.reply.text)
    sunday = [
        one if one is not invited else type(one)(one.at - timedelta(days=1), one.number, one.reply)
        for one in said
    ]
    assert any("休息日" in wrong for wrong in check(script, database_file.parent, sunday).wrong)


@dataclass
class Two:
    """Two programs started by mistake on one database."""

    chat: Chat
    other: App

    async def until(self, local: str) -> list[Reply]:
        """Both do what is due, side by side, as their schedulers have them."""
        before = len(self.chat.platform.lines)
        end = datetime.fromisoformat(f"{local}+08:00").astimezone(UTC)
        while (due := await self.chat.app.next_due()) and due <= end:
            self.chat.clock.advance(due)
            await asyncio.gather(self.chat.app.jobs.tick(), self.other.jobs.tick())
            await asyncio.gather(self.chat.app.outbox.flush(), self.other.outbox.flush())
        self.chat.clock.advance(end)
        return self.chat.platform.lines[before:]


async def test_two_programs_on_one_database_say_everything_of_a_week_once(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-11 08:00", database_file, tmp_path) as chat:
        database = type(chat.database)(chat.settings.database)
        other = App(chat.settings, database, chat.platform, chat.clock)
        await asyncio.gather(chat.app.catch_up(), other.catch_up())
        said = await Two(chat, other).until("2026-05-26 23:00")
        await database.close()
    officers = ("城管-李四", "城管陈五", "城管-赵六", "城管孙七")
    expected = Counter([GROUP, OTHER_GROUP] * 3 + [*officers] * (2 + 4) + ["张科长", "王局"])
    assert Counter(str(line.to) for line in said) == expected  # two cards, four reminders each


# --- clocks that jump -----------------------------------------------------------------------------


def jump(chat: Chat, by: timedelta) -> None:
    """The machine's clock is put forward or back, and the program with it."""
    chat.clock = VirtualClock(chat.clock.now() + by)
    chat.app = App(chat.settings, chat.database, chat.platform, chat.clock)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
async def test_an_invitation_is_said_once_where_the_clock_is_put_back(
    database_file: Path, tmp_path: Path, back: timedelta
) -> None:
    async with starting("2026-05-11 08:00", database_file, tmp_path) as chat:
        await chat.app.catch_up()
        assert len(in_groups(await chat.until("2026-05-11 09:30"))) == 2
        jump(chat, -back)
        await chat.app.catch_up()
        assert in_groups(await chat.until("2026-05-15 09:00")) == []


@pytest.mark.parametrize(("weeks", "invited"), [(1, 2), (3, 2)])
async def test_weeks_that_are_jumped_over_are_not_made_up_for(
    database_file: Path, tmp_path: Path, weeks: int, invited: int
) -> None:
    async with starting("2026-05-11 08:00", database_file, tmp_path) as chat:
        await chat.app.catch_up()
        jump(chat, timedelta(days=7 * weeks))
        await chat.app.catch_up()
        said = in_groups(await chat.until("2026-06-07 23:00"))
        assert len([line for line in said if line.to == OTHER_GROUP]) == 4 - weeks
        assert len([line for line in said if line.text.startswith("大家好")]) == invited * (4 - weeks)


@pytest.mark.parametrize(
    ("zone", "monday", "clock"),
    [
        ("Asia/Shanghai", "2028-02-28", "09:00"),
        ("Europe/Berlin", "2026-03-30", "09:00"),
        ("Europe/Berlin", "2026-10-26", "09:00"),
    ],
)
async def test_nine_is_nine_by_the_clocks_of_the_bureau(
    database_file: Path, tmp_path: Path, zone: str, monday: str, clock: str
) -> None:
    """A leap year; and where clocks change at the weekend before, whatever the machine thinks."""
    async with starting(
        f"{date.fromisoformat(monday) - timedelta(days=2)} 08:00", database_file, tmp_path
    ) as chat:
        settings = Settings(_env_file=None, database=chat.settings.database, timezone=ZoneInfo(zone))
        chat.app = App(settings, chat.database, chat.platform, chat.clock)
        await chat.app.catch_up()
        at = datetime.fromisoformat(f"{monday} {clock}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        await chat.wait(seconds=(at - chat.clock.now()).total_seconds() - 1)
        assert in_groups(chat.platform.lines) == []
        await chat.wait(seconds=2)
        assert len(in_groups(chat.platform.lines)) == 2
