"""A supervisor urges a ticket (催办), alone with the bot: who has it, how it stands; the officers hear of it."""

import pytest

from domain.action import Action
from domain.ids import TicketNo
from domain.state import State
from tests.chat import OTHER_GROUP, Chat
from tests.conversations.limits import LEADER, MAIN, OTHER, SQUAD, Meaning
from tests.conversations.meanings import does, report

NO = TicketNo("20260511-001")
STANDS = f"{NO} 暴露垃圾：已派遣，5月12日(周二)12:00前。主办城管-李四、协办城管陈五。"


async def opened(chat: Chat, meaning: Meaning) -> None:
    """A ticket on Monday at 18:00."""
    meaning["有事"] = report("3栋", "暴露垃圾")
    await chat.say("李姐", "有事")


@pytest.mark.parametrize(
    "words",
    [
        *(
            "催办 20260511-001",
            "20260511-001 催办",
            "催办001",
            "催一下 001",
            "001催一下",
            "请催办001，群众等急了",
        ),
        *("20260511-001 怎么还没处理，催一下", "麻烦催一下 001 的单", "督办 001", "催办 001，怎么还没好？"),
    ],
)
async def test_who_urges_a_ticket_hears_who_has_it_and_how_it_stands(
    chat: Chat, meaning: Meaning, words: str
) -> None:
    await opened(chat, meaning)
    assert await chat.say(SQUAD, words, private=True) == [f"{STANDS}已再提醒队员。"]
    for officer in (MAIN, OTHER):
        (card,) = chat.told(officer)
        assert card.startswith(f"{NO} 暴露垃圾 主管催办（第1次）。位置：3栋。")
    assert chat.in_group() == []
    assert await chat.actions(NO) == ["register", "dispatch", "urge"]


async def test_the_officers_are_reminded_once_in_a_while(chat: Chat, meaning: Meaning) -> None:
    await opened(chat, meaning)
    await chat.say(SQUAD, f"催办 {NO}", private=True)
    assert await chat.say(LEADER, f"催办 {NO}", private=True) == [f"{STANDS}刚提醒过队员，先不重复。"]
    assert chat.told(MAIN) == []
    await chat.wait(minutes=31)
    await chat.say(SQUAD, f"催办 {NO}", private=True)
    assert len(chat.told(MAIN)) == 1


async def test_by_night_the_officers_sleep_and_hear_of_it_once_in_the_morning(
    chat: Chat, meaning: Meaning
) -> None:
    await opened(chat, meaning)
    await chat.wait(hours=5, minutes=30)
    assert await chat.say(SQUAD, f"催办 {NO}", private=True) == [f"{STANDS}现在不早了，早上提醒队员。"]
    assert chat.told(MAIN) == []
    await chat.wait(hours=1)
    (said,) = await chat.say(SQUAD, f"催办 {NO}", private=True)
    assert said.endswith("已记下，早上提醒队员一次。")
    night, morning = await chat.until("2026-05-12 06:00"), await chat.until("2026-05-12 09:00")
    heard = [
        [line for line in lines if line.to == MAIN and "主管催办" in line.text] for lines in (night, morning)
    ]
    assert [len(lines) for lines in heard] == [0, 1]


async def test_a_ticket_that_does_not_wait_for_the_officers_is_only_told_of(
    chat: Chat, meaning: Meaning
) -> None:
    await opened(chat, meaning)
    meaning["清掉了"], meaning["好了"] = does(Action.RESOLVE, NO), does(Action.CONFIRM, NO)
    await chat.say(MAIN, "清掉了")
    (said,) = await chat.say(SQUAD, f"催办 {NO}", private=True)
    assert said == f"{NO} 暴露垃圾：已反馈，待确认。主办城管-李四、协办城管陈五。"
    await chat.say("李姐", "好了")
    (said,) = await chat.say(SQUAD, f"催办 {NO}", private=True)
    assert "已结案" in said
    assert chat.told(MAIN) == []


async def test_a_ticket_of_another_area_or_none_is_not_found(chat: Chat, meaning: Meaning) -> None:
    meaning["有事"] = report("3栋", "暴露垃圾")
    await chat.say("李姐", "有事", group=OTHER_GROUP)
    for words in (f"催办 {NO}", "催办001", "催办 20260511-009"):
        (said,) = await chat.say(SQUAD, words, private=True)
        assert said.startswith("没有查到")
    assert (await chat.ticket()).urges == 0
    (said,) = await chat.say(LEADER, "催办001", private=True)
    assert "主办城管-赵六" in said


async def test_the_end_of_a_number_that_two_tickets_have_is_asked_back(chat: Chat, meaning: Meaning) -> None:
    await opened(chat, meaning)
    await chat.wait(hours=14)
    meaning["又有事"] = report("8栋", "油烟污染")
    await chat.say("老涂", "又有事")
    (said,) = await chat.say(SQUAD, "催办001", private=True)
    assert said.splitlines() == [
        "尾号 001 的有 2 件，请写全单号：",
        "20260511-001 幸福里社区 暴露垃圾",
        "20260512-001 幸福里社区 油烟污染",
    ]
    assert [ticket.urges for ticket in await chat.tickets()] == [0, 0]


async def test_urging_without_a_number_is_asked_back(chat: Chat, meaning: Meaning) -> None:
    await opened(chat, meaning)
    assert await chat.say(SQUAD, "催办", private=True) == ["催哪一件？请带单号，如“催办 20260511-003”。"]
    assert (await chat.ticket()).state is State.DISPATCHED


@pytest.mark.parametrize(
    "words", ["催办次数最多的是哪个社区", "不用催了", "没人催 20260511-001", "20260511-001 催了几次"]
)
async def test_words_about_urging_urge_nothing(chat: Chat, meaning: Meaning, words: str) -> None:
    await opened(chat, meaning)
    await chat.say(SQUAD, words, private=True)
    assert (await chat.ticket()).urges == 0
    assert chat.told(MAIN) == []


@pytest.mark.parametrize("who", ["李姐", MAIN])
async def test_others_who_say_it_alone_with_the_bot_are_no_supervisors(
    chat: Chat, meaning: Meaning, who: str
) -> None:
    await opened(chat, meaning)
    said = await chat.say(who, f"催办 {NO}", private=True)
    assert not any("主办" in line for line in said)


@pytest.mark.parametrize("words", ["超期的有哪些", "哪些工单超期了", "列一下逾期的单子", "超时清单发我"])
async def test_who_asks_which_are_overdue_gets_a_list(chat: Chat, words: str) -> None:
    await chat.say("李姐", "1号楼底下炒粉店油烟灌到屋里头来了")
    assert await chat.say("张科长", words, private=True) == ["现在没有超期的工单。"]
    await chat.wait(days=10)
    (said,) = await chat.say("张科长", words, private=True)
    assert said.startswith("超期的工单 1 件：")
    assert "20260511-001 油烟污染" in said


@pytest.mark.parametrize("words", ["上个月超期多少", "各社区超期率"])
async def test_how_many_are_overdue_is_a_figure_as_before(chat: Chat, words: str) -> None:
    (said, *_) = await chat.say("张科长", words, private=True)
    assert not said.startswith("超期的工单")
