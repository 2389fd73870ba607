"""The weekly and the monthly report: when they come, with what was missed, and with the figures of the chat."""

from pathlib import Path

import pytest
from docx import Document

from tests.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.complaints import CHIEF, LEADER, OFFICER, finish
from tests.conversations.papers import ask, files, reporting, the_file, told, words
from understanding import Reading

pytestmark = pytest.mark.usefixtures("complaints")


async def test_on_monday_there_is_one_message_with_what_was_missed_and_the_report(
    database_file: Path, tmp_path: Path
) -> None:
    async with reporting("2026-05-11 08:00", database_file, tmp_path, report_daily_at=None) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        lines = await chat.until("2026-05-18 09:05")
        assert files(lines, CHIEF) == ["周报_2026-05-11至2026-05-17_洪都街道.docx"]
        assert "没有对接记录" not in "".join(told(lines, CHIEF))  # it can be made up until Tuesday
        await chat.until("2026-05-25 08:59")
        lines = await chat.until("2026-05-25 09:05")
        (text,) = told(lines, CHIEF)
        assert text.splitlines() == [
            "周报 5月18日至5月24日（洪都街道）：受理 0 件，结案 0 件，主动制止 0 起；现在超期 1 件，挂账 0 件。",
            "5月11日–5月17日这一周，1个社区没有对接记录。",
        ]
        assert files(lines, CHIEF) == ["周报_2026-05-18至2026-05-24_洪都街道.docx"]
        assert told(lines, LEADER)[0].splitlines()[1] == "5月11日–5月17日这一周，2个社区没有对接记录。"
        body = words(chat, the_file(lines, CHIEF))
        assert "幸福里社区" in body
        assert "梅湖社区" not in body


async def test_freed_weeks_stand_in_the_same_message(database_file: Path, tmp_path: Path) -> None:
    async with reporting("2026-05-11 08:00", database_file, tmp_path, report_daily_at=None) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        await chat.say(CHIEF, "本周豁免对接，防汛全员抽调", private=True)
        await chat.until("2026-05-25 08:59")
        lines = await chat.until("2026-05-25 18:00")
        (said,) = told(lines, LEADER)
        assert said.splitlines()[1:] == [
            "5月11日–5月17日这一周，1个社区没有对接记录。",
            "5月11日–5月17日这一周，1个社区由中队长豁免了对接（防汛全员抽调）。",
        ]
        assert "没有对接记录" not in "".join(told(lines, CHIEF))
        assert len(files(lines, CHIEF)) == 1


async def test_without_a_weekly_report_what_was_missed_is_said_alone(
    database_file: Path, tmp_path: Path
) -> None:
    async with reporting(
        "2026-05-11 08:00", database_file, tmp_path, report_daily_at=None, report_weekly_at="关"
    ) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        await chat.until("2026-05-25 08:59")
        (said,) = [line for line in await chat.until("2026-05-25 18:00") if line.to == CHIEF]
        assert (said.text, said.file) == ("5月11日–5月17日这一周，1个社区没有对接记录。", None)


async def test_after_two_weeks_off_what_was_missed_is_said_once(database_file: Path, tmp_path: Path) -> None:
    async with reporting(
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
    async with reporting(
        "2026-03-30 08:00", database_file, tmp_path, report_daily_at=None, report_monthly_at=None
    ) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        assert [line for line in await chat.until("2026-04-07 08:59") if line.file] == []  # Monday is off
        lines = await chat.until("2026-04-07 09:05")
        assert "周报_2026-03-30至2026-04-05_全区.docx" in files(lines, LEADER)


async def test_the_monthly_report_comes_on_the_third_working_day(database_file: Path, tmp_path: Path) -> None:
    async with reporting(
        "2026-09-20 08:00", database_file, tmp_path, report_daily_at=None, report_weekly_at=None
    ) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        lines = await chat.until("2026-10-10 08:59")  # the 8th, the 9th and Saturday the 10th are worked
        assert [line for line in lines if line.file] == []
        lines = await chat.until("2026-10-10 09:05")
        assert files(lines, CHIEF) == ["月报_2026-09-01至2026-09-30_洪都街道.docx"]
        assert told(lines, CHIEF) == [
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
    async with reporting(
        "2026-05-11 08:00", database_file, tmp_path, **never, report_templates=str(folder)
    ) as chat:
        await chat.app.plan_ahead()
        await live(chat, meaning)
        await chat.until(at)
        for who in (CHIEF, LEADER):
            body = words(chat, the_file(await ask(chat, report, who), who))
            found = dict(line.split("=") for line in body.splitlines())
            for word, question in ASKED_OF_A_WEEK.items():
                (answer,) = told(await ask(chat, question.format(when=when), who), who)
                assert answer.splitlines()[0].endswith(f"：{found[word]}。"), word
            assert not found["受理"] == found["结案"] == found["超期"]
