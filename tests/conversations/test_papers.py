"""Reports and ledgers: what supervisors are sent by the calendar, what they ask for, and nobody else gets anything."""

import asyncio
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document

from domain.action import Action
from domain.ids import MemberId, TicketNo
from domain.message import Reply
from domain.paper import PaperKind
from domain.people import Roster
from domain.records import Duty
from storage.database import Work
from storage.media import MediaStore
from storage.roster import save_roster
from tests.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.meanings import does, report
from understanding import Reading

OFFICER = "城管-李四"
CHIEF, LEADER = "张科长", "王局"
"""Of one street, and of everything."""
UNKNOWN = "没听出要哪里、哪段时间的。可以这样说：台账 上月；上周周报；10月月报；日报。台账只按街道、社区分。"
ON: dict[str, Any] = {"report_daily_at": "17:30", "report_weekly_at": "09:00", "report_monthly_at": "09:00"}


def starting(local: str, database_file: Path, tmp_path: Path, **settings: str | None) -> Chat:
    at = datetime.fromisoformat(f"{local}+08:00").astimezone(UTC)
    return Chat(f"sqlite:///{database_file}", tmp_path / "media", start=at, settings=ON | settings)


@pytest.fixture(autouse=True)
def _complaints(meaning: dict[str, Reading]) -> None:
    """Words that are complaints, and of what."""
    for number in range(12):
        meaning[f"摆到外面{number}"] = report(f"{number}栋", "店外经营")
        meaning[f"在搭棚子{number}"] = report(f"{number}栋", "违章搭建")


def to(lines: list[Reply], who: str) -> list[str]:
    """The words that somebody was told alone."""
    return [line.text for line in lines if line.to == who and line.text]


def files(lines: list[Reply], who: str) -> list[str]:
    """The files that somebody was sent alone."""
    return [line.file.name for line in lines if line.to == who and line.file]


def content(chat: Chat, line: Reply) -> bytes:
    assert line.file
    assert line.file.sha256
    found = MediaStore(chat.settings.media).read(line.file.sha256)
    assert found
    return found


def sheet(chat: Chat, line: Reply, name: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content(chat, line)))
    return list(book[name].iter_rows(values_only=True))


def words(chat: Chat, line: Reply) -> str:
    """All that stands in a Word file, its tables as well."""
    file = Document(io.BytesIO(content(chat, line)))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in file.paragraphs] + cells)


def the_file(lines: list[Reply], who: str) -> Reply:
    (found,) = [line for line in lines if line.to == who and line.file]
    return found


async def ask(chat: Chat, said: str, who: str = CHIEF) -> list[Reply]:
    """What the bot says to somebody who has said this to it alone."""
    before = len(chat.platform.lines)
    await chat.say(who, said, private=True)
    return chat.platform.lines[before:]


async def finish(chat: Chat, meaning: dict[str, Reading], no: str) -> None:
    meaning[f"{no}弄好了"] = does(Action.RESOLVE, TicketNo(no))
    meaning[f"{no}真的好了"] = does(Action.CONFIRM, TicketNo(no))
    await chat.say(OFFICER, f"{no}弄好了", private=True)
    await chat.say("李姐", f"{no}真的好了")


# --- the daily report -----------------------------------------------------------------------------


async def test_the_daily_report_comes_on_working_days_to_each_supervisor_of_their_area(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-11 09:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        await chat.say("小万", "在搭棚子1", group=OTHER_GROUP)
        assert to(await chat.until("2026-05-11 17:29"), LEADER) != []  # the ladder's own lines
        lines = await chat.until("2026-05-11 17:31")
        (chief,), (leader,) = to(lines, CHIEF), to(lines, LEADER)
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
    async with starting(
        start, database_file, tmp_path, report_weekly_at=None, report_monthly_at=None
    ) as chat:
        await chat.app.plan_ahead()
        for day in days:
            assert [line for line in await chat.until(f"2026-{day} 17:29") if "日报" in line.text] == []
            lines = await chat.until(f"2026-{day} 17:31")
            assert {line.to for line in lines if "日报" in line.text} == {CHIEF, LEADER}


async def test_a_day_without_anything_is_one_line(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-05-11 09:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        lines = await chat.until("2026-05-11 18:00")
        assert to(lines, CHIEF) == ["日报 5月11日（洪都街道）：今天没有新的工单，没有在办，也没有超期。"]


@pytest.mark.parametrize("off", ["关", ""])
async def test_the_times_are_settings(database_file: Path, tmp_path: Path, off: str) -> None:
    async with starting(
        "2026-05-11 09:00", database_file, tmp_path, report_daily_at=off, report_weekly_at="08:20"
    ) as chat:
        await chat.app.plan_ahead()
        assert to(await chat.until("2026-05-11 23:00"), CHIEF) == []
        await chat.say("李姐", "摆到外面1")
        assert [line for line in await chat.until("2026-05-18 08:19") if line.file] == []
        assert len(files(await chat.until("2026-05-18 08:21"), CHIEF)) == 1


async def test_who_does_not_want_the_daily_report_gets_none(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-05-11 09:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        assert await chat.say(CHIEF, "停日报", private=True) == [
            "好的，不再发日报。要恢复，说“开日报”；随时说“日报”能看当天的。"
        ]
        lines = await chat.until("2026-05-11 18:00")
        assert (len(to(lines, CHIEF)), len(to(lines, LEADER))) == (0, 1)
        assert len(to(await ask(chat, "日报"), CHIEF)) == 1
        assert await chat.say(CHIEF, "开日报", private=True) == ["好的，工作日发日报。"]
        assert len(to(await chat.until("2026-05-12 18:00"), CHIEF)) == 1
        assert await chat.say(OFFICER, "停日报", private=True) == []


async def test_who_does_not_want_the_weekly_report_gets_none(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-05-25 08:00", database_file, tmp_path, report_daily_at=None) as chat:
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
    async with starting("2026-05-25 08:00", database_file, tmp_path, report_daily_at=None) as chat:
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
    async with starting("2026-05-11 08:00", database_file, tmp_path) as chat:
        (said,) = await chat.say(CHIEF, words, private=True)
        assert said.startswith("好的，不再发周报。")
        assert await chat.say(OFFICER, words, private=True) == []
        assert await chat.say(CHIEF, words) == []


async def test_several_reports_are_stopped_in_one_breath(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-05-11 08:00", database_file, tmp_path, report_monthly_at="关") as chat:
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
    async with starting("2026-05-11 08:00", database_file, tmp_path) as chat:
        assert not [line for line in await chat.say(CHIEF, words, private=True) if "不再发" in line]
        async with chat.database.look() as work:
            assert await work.questions.wants_paper(MemberId(CHIEF), PaperKind.WEEKLY)


async def test_who_stopped_the_weekly_report_still_hears_what_was_missed(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-11 08:00", database_file, tmp_path, report_daily_at=None) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        await chat.say(CHIEF, "停周报", private=True)
        await chat.until("2026-05-25 08:59")
        lines = await chat.until("2026-05-25 18:00")
        assert to(lines, CHIEF) == ["5月11日–5月17日这一周，1个社区没有对接记录。"]
        assert files(lines, CHIEF) == []
        (said,) = to(lines, LEADER)
        assert said.startswith("周报")


async def test_after_a_standstill_only_what_is_still_of_use_is_sent_and_once(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-11 09:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        chat.clock.advance(datetime.fromisoformat("2026-05-19 19:00+08:00"))  # nobody was there for a week
        await chat.app.catch_up()
        before = len(chat.platform.lines)
        await chat.wait(minutes=5)
        lines = chat.platform.lines[before:]
        daily = [text for text in to(lines, CHIEF) if text.startswith("日报")]
        assert [text[:8] for text in daily] == ["日报 5月19日"[:8]]
        assert files(lines, CHIEF) == ["周报_2026-05-11至2026-05-17_洪都街道.docx"]
        await chat.app.catch_up()
        assert await chat.wait(minutes=5) == []
        assert len(chat.platform.lines) == before + len(lines)


async def test_two_programs_send_it_once(database_file: Path, tmp_path: Path) -> None:
    async with (
        starting("2026-05-11 17:00", database_file, tmp_path) as chat,
        starting("2026-05-11 17:00", database_file, tmp_path) as twin,
    ):
        await chat.app.plan_ahead()
        for one in (chat, twin):
            one.clock.advance(datetime.fromisoformat("2026-05-11 17:31+08:00"))
        await asyncio.gather(chat.app.jobs.tick(), twin.app.jobs.tick())
        await asyncio.gather(chat.app.papers.tick(), twin.app.papers.tick())
        await chat.app.outbox.flush()
        await twin.app.outbox.flush()
        lines = chat.platform.lines + twin.platform.lines
        assert len(to(lines, CHIEF)) == 1
        assert len(to(lines, LEADER)) == 1


async def test_one_that_cannot_be_made_is_tried_again_and_holds_up_nobody_else(
    database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with starting("2026-05-11 17:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        broken = {CHIEF}
        whole = chat.app.papers._made  # noqa: SLF001  (where a bug would be)

        async def made(duty: Duty) -> object:
            if duty.subject in broken:
                raise RuntimeError("a bug")
            return await whole(duty)

        monkeypatch.setattr(chat.app.papers, "_made", made)
        lines = await chat.until("2026-05-11 17:31")
        assert (len(to(lines, CHIEF)), len(to(lines, LEADER))) == (0, 1)
        broken.clear()
        assert len(to(await chat.until("2026-05-11 18:40"), CHIEF)) == 1


# --- the weekly and the monthly report ------------------------------------------------------------


async def test_on_monday_there_is_one_message_with_what_was_missed_and_the_report(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-11 08:00", database_file, tmp_path, report_daily_at=None) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        lines = await chat.until("2026-05-18 09:05")
        assert files(lines, CHIEF) == ["周报_2026-05-11至2026-05-17_洪都街道.docx"]
        assert "没有对接记录" not in "".join(to(lines, CHIEF))  # it can be made up until Tuesday
        await chat.until("2026-05-25 08:59")
        lines = await chat.until("2026-05-25 09:05")
        (text,) = to(lines, CHIEF)
        assert text.splitlines() == [
            "周报 5月18日至5月24日（洪都街道）：受理 0 件，结案 0 件，主动制止 0 起；现在超期 1 件，挂账 0 件。",
            "5月11日–5月17日这一周，1个社区没有对接记录。",
        ]
        assert files(lines, CHIEF) == ["周报_2026-05-18至2026-05-24_洪都街道.docx"]
        assert to(lines, LEADER)[0].splitlines()[1] == "5月11日–5月17日这一周，2个社区没有对接记录。"
        body = words(chat, the_file(lines, CHIEF))
        assert "幸福里社区" in body
        assert "梅湖社区" not in body


async def test_freed_weeks_stand_in_the_same_message(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-05-11 08:00", database_file, tmp_path, report_daily_at=None) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        await chat.say(CHIEF, "本周豁免对接，防汛全员抽调", private=True)
        await chat.until("2026-05-25 08:59")
        lines = await chat.until("2026-05-25 18:00")
        (said,) = to(lines, LEADER)
        assert said.splitlines()[1:] == [
            "5月11日–5月17日这一周，1个社区没有对接记录。",
            "5月11日–5月17日这一周，1个社区由中队长豁免了对接（防汛全员抽调）。",
        ]
        assert "没有对接记录" not in "".join(to(lines, CHIEF))
        assert len(files(lines, CHIEF)) == 1


async def test_without_a_weekly_report_what_was_missed_is_said_alone(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting(
        "2026-05-11 08:00", database_file, tmp_path, report_daily_at=None, report_weekly_at="关"
    ) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        await chat.until("2026-05-25 08:59")
        (said,) = [line for line in await chat.until("2026-05-25 18:00") if line.to == CHIEF]
        assert (said.text, said.file) == ("5月11日–5月17日这一周，1个社区没有对接记录。", None)


async def test_after_two_weeks_off_what_was_missed_is_said_once(database_file: Path, tmp_path: Path) -> None:
    async with starting(
        "2026-02-02 08:00", database_file, tmp_path, report_daily_at=None, report_monthly_at=None
    ) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        await chat.until("2026-02-24 08:59")  # the festival lasts to the 23rd, a Monday
        lines = [line for line in await chat.until("2026-02-24 18:00") if line.to == CHIEF]
        assert "".join(line.text for line in lines).count("2月2日–2月8日这一周，1个社区没有对接记录。") == 1
        assert files(lines, CHIEF) == [
            "周报_2026-02-09至2026-02-15_洪都街道.docx", "周报_2026-02-16至2026-02-22_洪都街道.docx",
        ]  # fmt: skip


async def test_after_a_holiday_the_weekly_report_comes_on_the_first_working_day(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting(
        "2026-03-30 08:00", database_file, tmp_path, report_daily_at=None, report_monthly_at=None
    ) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        assert [line for line in await chat.until("2026-04-07 08:59") if line.file] == []  # Monday is off
        lines = await chat.until("2026-04-07 09:05")
        assert "周报_2026-03-30至2026-04-05_全区.docx" in files(lines, LEADER)


async def test_the_monthly_report_comes_on_the_third_working_day(database_file: Path, tmp_path: Path) -> None:
    async with starting(
        "2026-09-20 08:00", database_file, tmp_path, report_daily_at=None, report_weekly_at=None
    ) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        lines = await chat.until("2026-10-10 08:59")  # the 8th, the 9th and Saturday the 10th are worked
        assert [line for line in lines if line.file] == []
        lines = await chat.until("2026-10-10 09:05")
        assert files(lines, CHIEF) == ["月报_2026-09-01至2026-09-30_洪都街道.docx"]
        assert to(lines, CHIEF) == [
            "月报 2026年9月1日至9月30日（洪都街道）：受理 1 件，结案 0 件，主动制止 0 起，按期办结率 0/1 件。"
        ]
        body = words(chat, the_file(lines, CHIEF))
        assert "系统2026年9月20日才开始登记" in body
        assert "不足 10 件，不作结构和排名的归纳。" in body


# --- the same figures as in the chat ---------------------------------------------------------------


ASKED_OF_A_WEEK = {
    "受理": "{when}受理多少件", "结案": "{when}办结多少件", "主动制止": "{when}主动制止多少起",
    "按期办结率": "{when}按期办结率多少", "结案率": "{when}结案率多少", "处置时长": "{when}处置时长中位数多少",
    "满意率": "{when}满意率多少", "期内超期": "{when}超期多少件", "对接": "{when}对接了多少次",
    "未对接": "{when}有几个社区没对接", "在办": "现在在办多少件", "超期": "现在超期多少件",
}  # fmt: skip


async def live(chat: Chat, meaning: dict[str, Reading]) -> None:
    """Nine days: complaints in both communities, some of them done, some late; own actions; check-ins."""
    await chat.say("城管-赵六", "制止违章搭建 3起 梅湖路", private=True)
    await chat.say("城管-赵六", "去了梅湖，见了社区小美，没什么事", private=True)
    for number in range(6):
        await chat.say("李姐", f"摆到外面{number}")
        await chat.say("小万", f"在搭棚子{number}", group=GROUP if number % 2 else OTHER_GROUP)
        await chat.wait(hours=(1, 30)[number % 2])
        if number % 3 != 1:
            await finish(chat, meaning, f"{chat.clock.now():%Y%m%d}-001")
            await chat.say("李姐", "1", private=True)
        await chat.wait(hours=20)
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    await chat.say(OFFICER, "去了幸福里，见了社区小刘，没什么事", private=True)


def template(folder: Path) -> Path:
    """A bureau's own template that has nothing but the figures."""
    for name in ("weekly.docx", "monthly.docx"):
        file = Document()
        for word in ASKED_OF_A_WEEK:
            file.add_paragraph(f"{word}={{{{ {word} }}}}")
        file.save(str(folder / name))
    return folder


@pytest.mark.parametrize(
    ("report", "when", "at"),
    [("上周周报", "上周", "2026-05-19 10:00"), ("5月月报", "5月", "2026-06-03 10:00"),
     ("本周周报", "本周", "2026-05-17 22:00")],
)  # fmt: skip
async def test_its_figures_are_those_of_the_chat(
    database_file: Path, tmp_path: Path, meaning: dict[str, Reading], report: str, when: str, at: str
) -> None:
    folder = template(tmp_path)
    never = {"report_daily_at": None, "report_weekly_at": None, "report_monthly_at": None}
    async with starting(
        "2026-05-11 08:00", database_file, tmp_path, **never, report_templates=str(folder)
    ) as chat:
        await chat.app.plan_ahead()
        await live(chat, meaning)
        await chat.until(at)
        for who in (CHIEF, LEADER):
            body = words(chat, the_file(await ask(chat, report, who), who))
            found = dict(line.split("=") for line in body.splitlines())
            for word, question in ASKED_OF_A_WEEK.items():
                (answer,) = to(await ask(chat, question.format(when=when), who), who)
                assert answer.splitlines()[0].endswith(f"：{found[word]}。"), word
            assert not found["受理"] == found["结案"] == found["超期"]


# --- on request ---------------------------------------------------------------------------------


async def test_a_supervisor_asks_for_the_ledger_and_gets_their_area_alone(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    await chat.say("李姐", "摆到外面1")
    await chat.say("小万", "在搭棚子2")
    await chat.say("老涂", "摆到外面3", group=OTHER_GROUP)
    await finish(chat, meaning, "20260511-001")
    lines = await ask(chat, "台账")
    assert to(lines, CHIEF) == [
        "台账（洪都街道，2026年1月1日至5月11日受理的）：工单 2 件，无证施工清单 1 项，主动制止 0 条。要别的时段，如“台账 上月”。"
    ]
    line = the_file(lines, CHIEF)
    assert line.file
    assert line.file.name == "台账_2026-01-01至2026-05-11_洪都街道.xlsx"
    head, *rows = sheet(chat, line, "工单台账")
    first = dict(zip(head, rows[0], strict=True))
    assert [row[0] for row in rows] == ["20260511-001", "20260511-002"]
    assert first["受理时间"] == datetime(2026, 5, 11, 18, 0)  # noqa: DTZ001  (as the bureau's clocks show it)
    assert (first["社区"], first["街道"], first["地点"]) == ("幸福里社区", "洪都街道", "1栋")
    assert (first["责任单位"], first["主办"], first["协办"]) == ("洪都街道城管中队", "城管-李四", "城管陈五")
    assert (first["状态"], first["结果"], first["是否超期"], first["户数"]) == (
        "已结案",
        "反映人确认",
        "否",
        1,
    )
    assert all(isinstance(first[name], datetime) for name in ("派遣", "反馈", "办结", "处置时限"))
    (_, item) = sheet(chat, line, "无证施工清单")
    assert item[1:4] == ("20260511-002", "违章搭建", "幸福里社区")
    about = dict(row[:2] for row in sheet(chat, line, "说明"))
    assert about["范围"] == "洪都街道"
    leader = the_file(await ask(chat, "导出台账", LEADER), LEADER)
    assert len(sheet(chat, leader, "工单台账")) == 4


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("周报", "周报_2026-05-11至2026-05-17_洪都街道.docx"),
        ("上周周报", "周报_2026-05-11至2026-05-17_洪都街道.docx"),
        ("上周的周报发我一下", "周报_2026-05-11至2026-05-17_洪都街道.docx"),
        ("本周周报", "周报_2026-05-18至2026-05-20_洪都街道.docx"),
        ("本月月报", "月报_2026-05-01至2026-05-20_洪都街道.docx"),
        ("5月月报", "月报_2026-05-01至2026-05-20_洪都街道.docx"),
        ("台账 上周", "台账_2026-05-11至2026-05-17_洪都街道.xlsx"),
        ("导出台账 5月12日到5月13日", "台账_2026-05-12至2026-05-13_洪都街道.xlsx"),
        ("幸福里台账 本月", "台账_2026-05-01至2026-05-20_幸福里社区.xlsx"),
        ("把这个月台账发我", "台账_2026-05-01至2026-05-20_洪都街道.xlsx"),
        ("能不能把5月的台帐发给我看看？", "台账_2026-05-01至2026-05-20_洪都街道.xlsx"),
        ("给我一份上周的台账，谢谢", "台账_2026-05-11至2026-05-17_洪都街道.xlsx"),
        ("台账给我来一份", "台账_2026-01-01至2026-05-20_洪都街道.xlsx"),
        ("把无证施工的台账发我", "台账_2026-01-01至2026-05-20_洪都街道.xlsx"),
        ("导出幸福里社区的工单", "台账_2026-01-01至2026-05-20_幸福里社区.xlsx"),
        ("麻烦导出一下本月工单", "台账_2026-05-01至2026-05-20_洪都街道.xlsx"),
        ("出一份这周的周报", "周报_2026-05-18至2026-05-20_洪都街道.docx"),
        ("帮我做一份周报", "周报_2026-05-11至2026-05-17_洪都街道.docx"),
        ("请把5月的月报发给我", "月报_2026-05-01至2026-05-20_洪都街道.docx"),
    ],
)
async def test_what_is_asked_for_comes_as_a_file(chat: Chat, said: str, name: str) -> None:
    await chat.say("李姐", "摆到外面1")
    await chat.until("2026-05-20 10:00")
    lines = await ask(chat, said)
    assert files(lines, CHIEF) == [name]
    assert {line.to for line in lines} == {CHIEF}


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("月报", "系统5月11日才开始登记，那之前没有数。"),
        ("梅湖台账", "您看得到的是洪都街道的，这个不在里面。"),
        ("三季度月报", "没听出是哪一段时间。可以这样说：台账 上月；上周周报；10月月报；日报。"),
        ("把上个月台账发我", "系统5月11日才开始登记，那之前没有数。"),
        ("导出梅湖社区的工单", "您看得到的是洪都街道的，这个不在里面。"),
        ("导出建祥社区的工单", UNKNOWN),
        ("把油烟的台账发我", UNKNOWN),
        ("昨天日报", "日报只有今天的。以前的可以问数，或者要周报、月报、台账。"),
    ],
)
async def test_what_there_is_not_is_said(chat: Chat, said: str, answer: str) -> None:
    await chat.say("李姐", "摆到外面1")
    lines = await ask(chat, said)
    assert (to(lines, CHIEF), files(lines, CHIEF)) == ([answer], [])


@pytest.mark.parametrize(
    "said",
    [
        *("周报收到了，谢谢", "台账做得不错", "月报看过了", "日报太多了", "周报怎么还没发"),
        *("我的周报写完了", "周报发了", "请大家周报按时交", "台账发张科长一份"),
    ],
)
async def test_words_about_a_report_are_no_request(chat: Chat, said: str) -> None:
    await chat.say("李姐", "摆到外面1")
    assert await ask(chat, said) == []


async def test_the_daily_report_on_request_is_words(chat: Chat) -> None:
    await chat.say("李姐", "摆到外面1")
    lines = await ask(chat, "日报")
    assert to(lines, CHIEF)[0].startswith("日报 5月11日（洪都街道）\n今日受理 1 件")
    assert files(lines, CHIEF) == []


@pytest.mark.parametrize("who", ["李姐", OFFICER, "社区小刘", "物业王姐", "城管老表哥"])
async def test_nobody_else_gets_anything(chat: Chat, who: str) -> None:
    await chat.say("李姐", "摆到外面1")
    for said in ("台账", "上周周报", "本月月报", "日报", "导出台账"):
        before = len(chat.platform.lines)
        await chat.say(who, said, private=True)
        await chat.wait(minutes=5)
        assert [line for line in chat.platform.lines[before:] if line.file or "日报" in line.text] == []


async def test_in_a_group_nobody_is_answered(chat: Chat) -> None:
    await chat.say("李姐", "摆到外面1")
    assert await chat.say(LEADER, "台账") == []
    assert await chat.wait(minutes=5) == []
    assert [line for line in chat.platform.lines if line.file] == []


async def test_who_is_no_supervisor_any_more_gets_nothing(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-05-11 17:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        chat.clock.advance(datetime.fromisoformat("2026-05-11 17:31+08:00"))
        await chat.app.jobs.tick()  # planned for both
        async with chat.database.begin() as work:
            roster = await work.roster()
            await save(work, roster, without=CHIEF)
        await chat.wait(minutes=1)
        assert to(chat.platform.lines, CHIEF) == []
        assert len(to(chat.platform.lines, LEADER)) == 1


async def save(work: Work, roster: Roster, *, without: str) -> None:
    rest = tuple(boss for boss in roster.supervisors if boss.person.id != without)
    await save_roster(work.connection, replace(roster, supervisors=rest))


# --- who reported is never in it -------------------------------------------------------------------


async def test_who_reported_stands_in_no_paper(chat: Chat, meaning: dict[str, Reading]) -> None:
    await chat.say("李姐", "摆到外面1")
    meaning["我家也是"] = does(Action.SUPPORT, TicketNo("20260511-001"))
    await chat.say("胖丁妈妈", "我家也是")
    meaning["李姐说的摊子收了，胖丁妈妈也看到了"] = does(Action.RESOLVE, TicketNo("20260511-001"))
    await chat.say(OFFICER, "李姐说的摊子收了，胖丁妈妈也看到了", private=True)
    await chat.say("小万", "在搭棚子2")
    meaning["小万家楼上已经停工"] = does(Action.RESOLVE, TicketNo("20260511-002"))
    await chat.say(OFFICER, "小万家楼上已经停工", private=True)
    await chat.say("老涂", "摆到外面5", private=True)
    await chat.say("老涂", "幸福里社区", private=True)
    assert len(await chat.tickets()) == 3
    meaning["小万家楼上拆掉了"] = does(Action.CONFIRM, TicketNo("20260511-002"))
    await chat.say("小万", "小万家楼上拆掉了")
    await ask(chat, "销号 20260511-002 小万家楼上已拆")
    await chat.until("2026-05-20 10:00")
    for said in ("台账", "上周周报", "本月月报"):
        raw = content(chat, the_file(await ask(chat, said), CHIEF))
        with ZipFile(io.BytesIO(raw)) as parts:
            every = "".join(
                parts.read(name).decode("utf-8", "replace")
                for name in parts.namelist()
                if name.endswith("xml")
            )
        assert not [name for name in ("李姐", "胖丁妈妈", "小万", "老涂") if name in every], said
    (item,) = sheet(chat, the_file(await ask(chat, "台账"), CHIEF), "无证施工清单")[1:]
    assert "停工" in str(item)
    assert item[-1] == "家楼上已拆"


# --- the list of illegal buildings ---------------------------------------------------------------


async def test_an_item_is_struck_off_by_a_supervisor_and_comes_back_with_a_dispute(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    async def item() -> dict[str, Any]:
        head, row = sheet(chat, the_file(await ask(chat, "台账"), CHIEF), "无证施工清单")
        return dict(zip(head, row, strict=True))

    await chat.say("李姐", "在搭棚子1")
    no = "20260511-001"
    strike = f"销号 {no} 已拆除，见6月验收单"
    assert await chat.say(CHIEF, strike, private=True) == [f"{no} 还没有结案，整改完、验收过再销号。"]
    await finish(chat, meaning, no)
    assert (await item())["是否销号"] == "否"
    assert await chat.say(OFFICER, strike, private=True) != [f"{no} 已销号。弄错了说“撤销销号 {no}”。"]
    assert (await item())["是否销号"] == "否"
    assert await chat.say(CHIEF, strike, private=True) == [f"{no} 已销号。弄错了说“撤销销号 {no}”。"]
    struck = await item()
    assert (struck["是否销号"], struck["销号人"], struck["销号说明"]) == ("是", CHIEF, "已拆除，见6月验收单")
    assert struck["销号日期"] == datetime(2026, 5, 11)  # noqa: DTZ001  (a day)
    await chat.wait(days=2)
    assert await chat.say(LEADER, f"销号 {no}", private=True) == [
        f"{no} 5月11日已经销号了，不用再说。弄错了说“撤销销号 {no}”。"
    ]
    assert await item() == struck
    assert await chat.say(CHIEF, f"撤销销号 {no}", private=True) == [f"{no} 已恢复到清单里，没有销号。"]
    assert (await item())["是否销号"] == "否"
    await chat.say(LEADER, strike, private=True)
    assert (await item())["销号人"] == LEADER
    meaning["又搭起来了"] = does(Action.DISPUTE, TicketNo(no))
    await chat.say("李姐", "又搭起来了")
    assert (await item())["是否销号"] == "否"


async def test_who_asks_whether_an_item_is_struck_off_strikes_nothing(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    no = "20260511-001"
    struck = [f"{no} 已销号。弄错了说“撤销销号 {no}”。"]
    await chat.say("李姐", "在搭棚子1")
    await finish(chat, meaning, no)
    for question in (f"{no} 销号了吗", f"销号了没有 {no}", f"销号 {no}？"):
        assert await chat.say(CHIEF, question, private=True) != struck, question
    assert await chat.database_rows("SELECT * FROM strikes") == []
    for incomplete in ("销号", "销号 001"):
        assert await chat.say(CHIEF, incomplete, private=True) == [
            "请写全单号，如“销号 20260511-003 已拆除”。"
        ]
    assert await chat.say(CHIEF, f"把{no}销号，已拆除", private=True) == struck
    line = the_file(await ask(chat, "台账"), CHIEF)
    assert sheet(chat, line, "无证施工清单")[1][-1] == "已拆除"
    assert await chat.say(CHIEF, f"取消销号 {no}", private=True) == [f"{no} 已恢复到清单里，没有销号。"]


async def test_only_items_of_the_list_in_the_area_are_struck_off(chat: Chat) -> None:
    await chat.say("李姐", "摆到外面1")
    await chat.say("老涂", "在搭棚子1", group=OTHER_GROUP)
    assert await chat.say(CHIEF, "销号 20260511-001", private=True) == [
        "20260511-001 不是无证施工类的，不在整治清单里。"
    ]
    assert "20260511-002" in (await chat.say(CHIEF, "销号 20260511-002", private=True))[0]
    assert "没有" in (await chat.say(CHIEF, "销号 20260511-002", private=True))[0]
    assert await chat.say(CHIEF, "销号 20260511-001", group=GROUP) == []


async def test_what_was_taken_on_before_stays_on_the_list_until_it_is_struck_off(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    await chat.say("李姐", "在搭棚子1")
    await chat.say("小万", "在搭棚子2")
    for number in (1, 2):
        await finish(chat, meaning, f"20260511-00{number}")
    await chat.say(CHIEF, "销号 20260511-001", private=True)
    await chat.until("2026-06-10 10:00")
    line = the_file(await ask(chat, "台账 本月"), CHIEF)
    assert len(sheet(chat, line, "工单台账")) == 1  # the headings
    assert [row[:2] for row in sheet(chat, line, "无证施工清单")[1:]] == [(1, "20260511-002")]


# --- a long one -----------------------------------------------------------------------------------


async def test_who_asks_for_a_long_ledger_hears_that_it_takes_a_while(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await chat.say("李姐", f"摆到外面{number}")
    assert "正在生成" not in "".join(to(await ask(chat, "台账"), CHIEF))
    monkeypatch.setattr("handlers.papers.asking._LONG", 2)
    first, second, third = await ask(chat, "台账")
    assert first.text == "正在生成台账（3 件），好了就发给您。"
    assert second.text.startswith("台账（洪都街道")
    assert third.file


async def test_who_asked_hears_where_it_could_not_be_made(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.say("李姐", "摆到外面1")

    async def made(_: Duty) -> object:
        raise RuntimeError("a bug")

    monkeypatch.setattr(chat.app.papers, "_made", made)
    assert to(await ask(chat, "台账"), CHIEF) == ["台账没有做成，已记下来，请告诉管理员。"]
    await chat.wait(hours=3)
    assert len([text for text in to(chat.platform.lines, CHIEF) if "台账" in text]) == 1
