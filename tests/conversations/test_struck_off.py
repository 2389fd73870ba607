"""The list of illegal buildings: an item is struck off by a supervisor (销号) and comes back with a dispute."""

from datetime import datetime
from typing import Any

import pytest

from domain.action import Action
from domain.ids import TicketNo
from tests.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.complaints import CHIEF, LEADER, OFFICER, finish
from tests.conversations.meanings import does
from tests.conversations.papers import ask, sheet, the_file
from understanding import Reading

pytestmark = pytest.mark.usefixtures("complaints")


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


@pytest.mark.parametrize("words", ["销号 001 已拆除", "001销号，已拆除", "把001号违建销号", "请将001销号"])
async def test_a_short_number_of_an_item_is_asked_for_in_full(chat: Chat, words: str) -> None:
    await chat.say("李姐", "幸福里南门对面空地有人正在砌墙搭房子")
    (said,) = await chat.say("张科长", words, private=True)
    assert said.startswith("请写全单号")
