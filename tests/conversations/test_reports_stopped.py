"""Supervisors stop the reports that they do not want, and have them again."""

from pathlib import Path

import pytest

from domain.ids import MemberId
from domain.paper import PaperKind
from tests.conversations.complaints import CHIEF, LEADER, OFFICER
from tests.conversations.papers import ask, files, reporting, told

pytestmark = pytest.mark.usefixtures("complaints")


async def test_who_does_not_want_the_daily_report_gets_none(database_file: Path, tmp_path: Path) -> None:
    async with reporting("2026-05-11 09:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        assert await chat.say(CHIEF, "停日报", private=True) == [
            "好的，不再发日报。要恢复，说“开日报”；随时说“日报”能看当天的。"
        ]
        lines = await chat.until("2026-05-11 18:00")
        assert (len(told(lines, CHIEF)), len(told(lines, LEADER))) == (0, 1)
        assert len(told(await ask(chat, "日报"), CHIEF)) == 1
        assert await chat.say(CHIEF, "开日报", private=True) == ["好的，工作日发日报。"]
        assert len(told(await chat.until("2026-05-12 18:00"), CHIEF)) == 1
        assert await chat.say(OFFICER, "停日报", private=True) == []


async def test_who_does_not_want_the_weekly_report_gets_none(database_file: Path, tmp_path: Path) -> None:
    async with reporting("2026-05-25 08:00", database_file, tmp_path, report_daily_at=None) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        assert await chat.say(CHIEF, "停周报", private=True) == [
            "好的，不再发周报。要恢复，说“开周报”；随时说“周报”能要上周的。"
        ]
        lines = await chat.until("2026-06-03 12:00")
        assert [name[:2] for name in files(lines, CHIEF)] == ["月报"]
        assert sorted(name[:2] for name in files(lines, LEADER)) == ["周报", "月报"]
        assert await chat.say(CHIEF, "开周报", private=True) == ["好的，每周第一个工作日发周报。"]
        assert [name[:2] for name in files(await chat.until("2026-06-08 12:00"), CHIEF)] == ["周报"]


async def test_who_does_not_want_the_monthly_report_gets_none(database_file: Path, tmp_path: Path) -> None:
    async with reporting("2026-05-25 08:00", database_file, tmp_path, report_daily_at=None) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        assert await chat.say(CHIEF, "停月报", private=True) == [
            "好的，不再发月报。要恢复，说“开月报”；随时说“月报”能要上月的。"
        ]
        lines = await chat.until("2026-06-03 12:00")
        assert [name[:2] for name in files(lines, CHIEF)] == ["周报"]
        assert sorted(name[:2] for name in files(lines, LEADER)) == ["周报", "月报"]
        assert await chat.say(CHIEF, "恢复月报", private=True) == ["好的，每月第3个工作日发月报。"]
        lines = await chat.until("2026-07-03 12:00")
        assert "月报" in [name[:2] for name in files(lines, CHIEF)]


@pytest.mark.parametrize(
    "words",
    [
        "停发周报",
        "不要周报了",
        "别发周报",
        "周报停了吧",
        "周报不用发了",
        "取消周报",
        "请把周报停掉",
        "退订周报",
    ],
)
async def test_the_weekly_report_is_stopped_in_other_words(
    database_file: Path, tmp_path: Path, words: str
) -> None:
    async with reporting("2026-05-11 08:00", database_file, tmp_path) as chat:
        (said,) = await chat.say(CHIEF, words, private=True)
        assert said.startswith("好的，不再发周报。")
        assert await chat.say(OFFICER, words, private=True) == []
        assert await chat.say(CHIEF, words) == []


async def test_several_reports_are_stopped_in_one_breath(database_file: Path, tmp_path: Path) -> None:
    async with reporting("2026-05-11 08:00", database_file, tmp_path, report_monthly_at="关") as chat:
        assert await chat.say(CHIEF, "停周报和月报", private=True) == [
            "好的，不再发周报、月报。要恢复，说“开周报”“开月报”；随时说“周报”能要上周的；随时说“月报”能要上月的。"
        ]
        assert await chat.say(CHIEF, "开日报、周报、月报", private=True) == [
            "好的，工作日发日报。\n好的，每周第一个工作日发周报。\n本单位没有开月报。随时说“月报”能要上月的。"
        ]


@pytest.mark.parametrize("words", ["周报停了吗？", "停周报的是哪几个人", "工地停了，周报里写一句"])
async def test_what_only_speaks_of_stopping_stops_no_report(
    database_file: Path, tmp_path: Path, words: str
) -> None:
    async with reporting("2026-05-11 08:00", database_file, tmp_path) as chat:
        assert not [line for line in await chat.say(CHIEF, words, private=True) if "不再发" in line]
        async with chat.database.look() as work:
            assert await work.questions.wants_paper(MemberId(CHIEF), PaperKind.WEEKLY)


async def test_who_stopped_the_weekly_report_still_hears_what_was_missed(
    database_file: Path, tmp_path: Path
) -> None:
    async with reporting("2026-05-11 08:00", database_file, tmp_path, report_daily_at=None) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        await chat.say(CHIEF, "停周报", private=True)
        await chat.until("2026-05-25 08:59")
        lines = await chat.until("2026-05-25 18:00")
        assert told(lines, CHIEF) == ["5月11日–5月17日这一周，1个社区没有对接记录。"]
        assert files(lines, CHIEF) == []
        (said,) = told(lines, LEADER)
        assert said.startswith("周报")
