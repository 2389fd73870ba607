"""Who says what: officers, impostors, supervisors, and everybody else."""

import pytest

from domain.state import State
from tests.chat import OTHER_GROUP, Chat
from tests.conversations.test_main_story import FUMES, STALLS


async def test_a_nickname_is_no_office(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("城管老表哥", "收到，我马上去处理")
    await chat.say("城管老表哥", "已处理")
    ticket = await chat.ticket()
    assert ticket.state is State.DISPATCHED
    assert await chat.actions(ticket.no) == ["register", "dispatch"]


async def test_an_officer_of_another_community_is_a_neighbour_here(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("城管-赵六", "收到，我马上去处理")
    assert (await chat.ticket()).state is State.DISPATCHED


async def test_an_officer_means_the_ticket_that_is_quoted(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("老涂", STALLS)
    first, second = await chat.tickets()
    await chat.say("城管陈五", "收到", quote=await chat.line_about(first.no))
    first, second = await chat.tickets()
    assert (first.state, second.state) == (State.ACCEPTED, State.DISPATCHED)


async def test_an_officer_names_a_number_in_private(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("老涂", STALLS)
    _first, second = await chat.tickets()
    (said,) = await chat.say("城管-李四", f"{second.no} 已处理，摊子都劝走了", private=True)
    assert second.no in said
    assert [t.state for t in await chat.tickets()] == [State.DISPATCHED, State.REPORTED]
    assert any(second.no in line for line in chat.in_group())


async def test_mine_are_mine(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    (said,) = await chat.say("城管陈五", "我的", private=True)
    assert (await chat.ticket()).no in said
    (said,) = await chat.say("城管-赵六", "我的", private=True)
    assert "没有" in said


async def test_my_list_asked_for_in_the_group_comes_privately(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    assert await chat.say("城管陈五", "我的") == []
    assert (await chat.ticket()).no in chat.told("城管陈五")[0]


@pytest.mark.parametrize(("boss", "sees"), [("张科长", True), ("王局", True)])
async def test_a_supervisor_asks_for_a_ticket(chat: Chat, boss: str, sees: bool) -> None:
    await chat.say("李姐", FUMES)
    ticket = await chat.ticket()
    (said,) = await chat.say(boss, f"进度 {ticket.no}", private=True)
    assert ("已派遣" in said) is sees
    assert "05-11 18:00受理" in said
    assert "李姐" not in said


async def test_a_supervisor_sees_their_own_area_only(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("老涂", STALLS, group=OTHER_GROUP)
    here, there = await chat.tickets()
    (said,) = await chat.say("张科长", "在办", private=True)
    assert here.no in said
    assert there.no not in said
    (said,) = await chat.say("王局", "在办", private=True)
    assert here.no in said
    assert there.no in said
    (said,) = await chat.say("张科长", f"进度 {there.no}", private=True)
    assert "没有查到" in said


async def test_what_is_said_privately_is_about_the_group_one_spoke_in_last(chat: Chat) -> None:
    await chat.say("李姐", "大家好", group=OTHER_GROUP)
    await chat.say("李姐", FUMES, private=True)
    assert (await chat.ticket()).community == "梅湖社区"
    await chat.say("老涂", "大家好")
    await chat.say("老涂", STALLS, private=True)
    assert [t.community for t in await chat.tickets()] == ["梅湖社区", "幸福里社区"]


async def test_a_supervisors_private_words_open_nothing(chat: Chat) -> None:
    await chat.say("张科长", FUMES, private=True)
    assert await chat.tickets() == []
    await chat.say("张科长", FUMES)
    await chat.ticket()


async def test_a_residents_command_is_nothing(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    assert await chat.say("老涂", "在办", private=True) == []
    assert await chat.say("老涂", "我的", private=True) == []


@pytest.mark.parametrize(
    "text", ["哪家烧烤好吃，周末想去", "早上好呀各位", "团购西瓜，要的接龙", "今天股票又跌了"]
)
async def test_chatter_is_left_alone(chat: Chat, text: str) -> None:
    assert await chat.say("李姐", text) == []
    assert await chat.tickets() == []


async def test_who_speaks_to_the_bot_hears_what_it_is_for(chat: Chat) -> None:
    (said,) = await chat.say("李姐", "@网格管家 在吗", to="bot")
    assert "登记" in said


async def test_not_ours_is_pointed_to_the_right_body_once(chat: Chat) -> None:
    (said,) = await chat.say("老涂", "我们单元电梯坏了三天了，物业也不来修，老人上不了楼")
    assert "物业" in said
    assert await chat.say("小万", "我们2单元电梯也坏了，物业不管的吗") == []
    assert await chat.tickets() == []


async def test_danger_is_answered_at_once_even_at_night(chat: Chat) -> None:
    await chat.wait(hours=9)
    said = await chat.say("李姐", "楼道里一股好浓的煤气味，快呛死了，怎么办")
    assert "119" in said[0]
    assert "明火" in said[0]
