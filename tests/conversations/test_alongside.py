"""A talk with the community's people where a ticket took the officer (兼作对接) counts as that week's check-in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.action import Action
from domain.ids import MemberId, TicketNo
from domain.records import CheckIn
from domain.state import State
from tests.chat import Chat, starting
from tests.conversations.hearing import to
from tests.conversations.meanings import does, report
from tests.conversations.weeks import HAPPY, OFFICER, SECOND, met
from understanding import Reading, Said
from understanding.week.visits import without_counting

Meaning = dict[str, Reading]


@pytest.fixture
async def week(database_file: Path, tmp_path: Path) -> AsyncIterator[Chat]:
    """The group on a Tuesday at 9:00, and its week is planned."""
    async with starting("2026-05-12 09:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        yield chat


async def opened(chat: Chat, meaning: Meaning, category: str = "油烟污染") -> TicketNo:
    meaning["有事"] = report("3栋", category)
    await chat.say("李姐", "有事")
    return (await chat.tickets())[-1].no


async def only(chat: Chat) -> CheckIn:
    (found,) = await met(chat)
    return found


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("已处理，兼作对接", "社区小刘"),
        ("处理好了，见了书记，兼作对接", "书记"),
        ("已经处理完，顺便和网格员老王对接了", "网格员老王"),
        ("已处理，算本周对接", "社区小刘"),
    ],
)
async def test_who_settles_a_ticket_and_says_so_has_checked_in(
    week: Chat, meaning: Meaning, words: str, whom: str
) -> None:
    no = await opened(week, meaning)
    meaning[without_counting(Said(words, MemberId(OFFICER)))] = does(Action.RESOLVE, no)
    first, second = await week.say(OFFICER, words, private=True)
    assert first.startswith(f"已记：{no}")
    assert second == f"已记：{HAPPY} 5月12日到访 {whom}。"
    found = await only(week)
    assert (found.community, found.officer, found.means, found.whom) == (HAPPY, OFFICER, "visit", whom)
    assert (await week.ticket()).state is State.REPORTED
    lines = await week.until("2026-05-17 23:00")
    assert to(lines, OFFICER) == to(lines, SECOND) == []


async def test_said_in_the_group_it_counts_and_is_answered_privately(week: Chat, meaning: Meaning) -> None:
    no = await opened(week, meaning)
    meaning["到现场看了"] = does(Action.PROGRESS, no)
    assert await week.say(OFFICER, "到现场看了，兼作对接") == []
    assert week.told(OFFICER) == [f"已记：{HAPPY} 5月12日到访 社区小刘。"]
    assert (await only(week)).officer == OFFICER


async def test_without_the_words_a_ticket_is_no_check_in(week: Chat, meaning: Meaning) -> None:
    no = await opened(week, meaning)
    meaning["已处理"] = does(Action.RESOLVE, no)
    await week.say(OFFICER, "已处理", private=True)
    assert await met(week) == []


async def test_it_can_be_said_afterwards_of_the_last_ticket_of_the_week(week: Chat, meaning: Meaning) -> None:
    no = await opened(week, meaning)
    meaning["已处理"] = does(Action.RESOLVE, no)
    await week.say(OFFICER, "已处理", private=True)
    await week.until("2026-05-14 11:00")
    assert await week.say(OFFICER, "兼作对接", private=True) == [f"已记：{HAPPY} 5月14日到访 社区小刘。"]


@pytest.mark.parametrize("days", [0, 7])
async def test_of_which_ticket_is_asked_where_none_took_them_there_this_week(
    week: Chat, meaning: Meaning, days: int
) -> None:
    no = await opened(week, meaning)
    if days:
        meaning["已处理"] = does(Action.RESOLVE, no)
        await week.say(OFFICER, "已处理", private=True)
        await week.until(f"2026-05-{12 + days} 11:00")
    (said,) = await week.say(OFFICER, "兼作对接", private=True)
    assert said == "是哪一件顺带的对接？带上单号再说一次，如“20260511-003 兼作对接”。"
    assert await met(week) == await met(week, "2026-05-18") == []


async def test_who_has_only_accepted_a_ticket_has_not_been_there(week: Chat, meaning: Meaning) -> None:
    no = await opened(week, meaning)
    meaning["收到"] = does(Action.ACCEPT, no)
    await week.say(OFFICER, "收到，兼作对接", private=True)
    assert await met(week) == []


@pytest.mark.parametrize(
    "words", ["已处理，算不算对接？", "已处理，还没对接", "已处理，打算对接社区", "已处理，不算对接"]
)
async def test_a_question_and_a_plan_are_none(week: Chat, meaning: Meaning, words: str) -> None:
    no = await opened(week, meaning)
    meaning[words] = does(Action.RESOLVE, no)
    await week.say(OFFICER, words, private=True)
    assert await met(week) == []
    assert (await week.ticket()).state is State.REPORTED


async def test_it_is_read_without_help(week: Chat) -> None:
    await week.say("李姐", "3栋楼下烧烤店的油烟天天往窗户里灌")
    no = (await week.ticket()).no
    await week.say(OFFICER, f"{no} 已处理，兼作对接", private=True)
    assert (await week.ticket()).state is State.REPORTED
    assert (await only(week)).community == HAPPY


@pytest.mark.parametrize("which", ["{no} ", "001 ", ""])
async def test_the_words_alone_do_nothing_to_a_ticket(week: Chat, meaning: Meaning, which: str) -> None:
    no = await opened(week, meaning)
    meaning["已处理"] = does(Action.RESOLVE, no)
    await week.say(OFFICER, "已处理", private=True)
    done = await week.actions(no)
    await week.say(OFFICER, f"{which.format(no=no)}兼作对接", private=True)
    assert (await only(week)).community == HAPPY
    assert await week.actions(no) == done


async def test_a_message_taken_back_takes_it_back(week: Chat, meaning: Meaning) -> None:
    no = await opened(week, meaning)
    meaning["已处理"] = does(Action.RESOLVE, no)
    await week.say(OFFICER, "已处理，兼作对接", private=True)
    told = week.last
    await week.say(OFFICER, recall=told, private=True)
    assert await met(week) == []


async def test_a_resident_cannot(week: Chat, meaning: Meaning) -> None:
    no = await opened(week, meaning)
    meaning["好了，兼作对接"] = does(Action.CONFIRM, no)
    await week.say("李姐", "好了，兼作对接")
    assert await met(week) == []
