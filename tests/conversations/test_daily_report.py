"""The daily report: to each supervisor of their area, on working days, at the time that is set."""

from pathlib import Path

import pytest

from tests.chat import OTHER_GROUP, Chat
from tests.conversations.complaints import CHIEF, LEADER
from tests.conversations.papers import ask, files, reporting, told

pytestmark = pytest.mark.usefixtures("complaints")


async def test_the_daily_report_comes_on_working_days_to_each_supervisor_of_their_area(
    database_file: Path, tmp_path: Path
) -> None:
    async with reporting("2026-05-11 09:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        await chat.say("小万", "在搭棚子1", group=OTHER_GROUP)
        assert told(await chat.until("2026-05-11 17:29"), LEADER) != []  # the ladder's own lines
        lines = await chat.until("2026-05-11 17:31")
        (chief,), (leader,) = told(lines, CHIEF), told(lines, LEADER)
        assert chief.splitlines() == [
            "日报 5月11日（洪都街道）",
            "今日受理 1 件，结案 0 件，主动制止 0 起；在办 1 件。",
            "超期 1 件：",
            "幸福里社区｜店外经营｜超6小时｜城管陈五",
            "今晚到明天到期 0 件。",
        ]
        assert leader.splitlines()[:2] == [
            "日报 5月11日（全区）",
            "今日受理 2 件，结案 0 件，主动制止 0 起；在办 2 件。",
        ]
        assert {line.to for line in lines} == {CHIEF, LEADER}
        assert files(lines, CHIEF) == []
        assert [line for line in await chat.until("2026-05-12 17:29") if "日报" in line.text] == []
        assert len([line for line in await chat.until("2026-05-12 17:31") if "日报" in line.text]) == 2


@pytest.mark.parametrize(
    ("start", "days"),
    [
        ("2026-05-08 18:00", ["05-09", "05-11"]),  # a Saturday that is worked
        ("2026-04-30 18:00", ["05-06", "05-07"]),  # a holiday until Tuesday
    ],
)
async def test_it_follows_the_working_calendar(
    database_file: Path, tmp_path: Path, start: str, days: list[str]
) -> None:
    async with reporting(
        start, database_file, tmp_path, report_weekly_at=None, report_monthly_at=None
    ) as chat:
        await chat.app.plan_ahead()
        for day in days:
            assert [line for line in await chat.until(f"2026-{day} 17:29") if "日报" in line.text] == []
            lines = await chat.until(f"2026-{day} 17:31")
            assert {line.to for line in lines if "日报" in line.text} == {CHIEF, LEADER}


async def test_a_day_without_anything_is_one_line(database_file: Path, tmp_path: Path) -> None:
    async with reporting("2026-05-11 09:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        lines = await chat.until("2026-05-11 18:00")
        assert told(lines, CHIEF) == ["日报 5月11日（洪都街道）：今天没有新的工单，没有在办，也没有超期。"]


@pytest.mark.parametrize("off", ["关", ""])
async def test_the_times_are_settings(database_file: Path, tmp_path: Path, off: str) -> None:
    async with reporting(
        "2026-05-11 09:00", database_file, tmp_path, report_daily_at=off, report_weekly_at="08:20"
    ) as chat:
        await chat.app.plan_ahead()
        assert told(await chat.until("2026-05-11 23:00"), CHIEF) == []
        await chat.say("李姐", "摆到外面1")
        assert [line for line in await chat.until("2026-05-18 08:19") if line.file] == []
        assert len(files(await chat.until("2026-05-18 08:21"), CHIEF)) == 1


async def test_the_daily_report_on_request_is_words(chat: Chat) -> None:
    await chat.say("李姐", "摆到外面1")
    lines = await ask(chat, "日报")
    assert told(lines, CHIEF)[0].startswith("日报 5月11日（洪都街道）\n今日受理 1 件")
    assert files(lines, CHIEF) == []
