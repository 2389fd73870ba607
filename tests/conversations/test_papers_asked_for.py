"""A supervisor asks for a ledger or report and gets that of their area; nobody else gets anything."""

import io
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from domain.action import Action
from domain.ids import TicketNo
from tests.chat import OTHER_GROUP, Chat
from tests.conversations.complaints import CHIEF, LEADER, OFFICER, finish
from tests.conversations.meanings import does
from tests.conversations.papers import ask, content, files, reporting, sheet, the_file, told
from understanding import Reading

pytestmark = pytest.mark.usefixtures("complaints")
UNKNOWN = "没听出要哪里、哪段时间的。可以这样说：台账 上月；上周周报；10月月报；日报。台账只按街道、社区分。"


async def test_a_supervisor_asks_for_the_ledger_and_gets_their_area_alone(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    await chat.say("李姐", "摆到外面1")
    await chat.say("小万", "在搭棚子2")
    await chat.say("老涂", "摆到外面3", group=OTHER_GROUP)
    await finish(chat, meaning, "20260511-001")
    lines = await ask(chat, "台账")
    assert told(lines, CHIEF) == [
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
    assert (told(lines, CHIEF), files(lines, CHIEF)) == ([answer], [])


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
    async with reporting("2026-05-11 17:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        chat.clock.advance(datetime.fromisoformat("2026-05-11 17:31+08:00"))
        await chat.app.jobs.tick()  # planned for both
        await chat.drop(CHIEF)
        await chat.wait(minutes=1)
        assert told(chat.platform.lines, CHIEF) == []
        assert len(told(chat.platform.lines, LEADER)) == 1


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
