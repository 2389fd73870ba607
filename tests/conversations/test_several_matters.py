"""A resident tells of several matters in one breath: a ticket each, and each goes its own way."""

import pytest

from domain.state import State
from tests.chat import Chat

THREE = "3栋楼下烧烤摊天天冒烟，5栋门口垃圾堆了一个礼拜，南门那个广告牌也快掉了"
LISTED = "反映三件事：1. 7栋门口共享单车堆成山 2. 东门井盖翘起来了 3. 幼儿园旁边有人摆摊卖菜"


@pytest.mark.parametrize(
    ("words", "categories", "places"),
    [
        (THREE, ["露天烧烤", "暴露垃圾", "户外广告招牌"], ["3栋楼下", "5栋门口", "南门"]),
        (LISTED, ["非机动车乱停放", "市政设施损坏", "占道经营"], ["7栋门口", "东门", "幼儿园旁边"]),
    ],
)
async def test_each_matter_is_a_ticket_with_its_number_kind_and_place(
    chat: Chat, words: str, categories: list[str], places: list[str]
) -> None:
    said = [line for line in await chat.say("李姐", words) if "已登记" in line]
    tickets = await chat.tickets()
    assert [ticket.no for ticket in tickets] == [f"20260511-00{number}" for number in (1, 2, 3)]
    assert [ticket.category for ticket in tickets] == categories
    assert [ticket.location for ticket in tickets] == places
    for ticket in tickets:
        assert [line.count(ticket.no) for line in said if ticket.no in line] == [1]


async def test_each_officer_has_a_card_for_each_with_its_own_place(chat: Chat) -> None:
    await chat.say("李姐", THREE)
    for officer in ("城管-李四", "城管陈五"):
        cards = chat.told(officer)
        assert len(cards) == 3
        for card, place in zip(cards, ("3栋楼下", "5栋门口", "南门"), strict=True):
            assert f"位置：{place}\n" in card
    assert [ticket.urgent for ticket in await chat.tickets()] == [False, False, True]


async def test_where_to_go_with_what_is_another_bodys_is_said_too(chat: Chat) -> None:
    said = await chat.say("李姐", "一是8栋前面路灯坏了三天，二是家里从早上停水到现在一滴都没有")
    assert len(await chat.tickets()) == 1
    assert any("已登记" in line for line in said)
    assert any("水" in line and "已登记" not in line for line in said)


async def test_one_is_done_and_the_others_go_on(chat: Chat) -> None:
    await chat.say("李姐", THREE)
    await chat.say("城管-李四", "002 已处理", private=True)
    states = [ticket.state for ticket in await chat.tickets()]
    assert states == [State.DISPATCHED, State.REPORTED, State.DISPATCHED]


async def test_taken_back_all_of_them_are(chat: Chat) -> None:
    await chat.say("李姐", THREE)
    await chat.say("李姐", recall=chat.last)
    assert {ticket.state for ticket in await chat.tickets()} == {State.WITHDRAWN}


async def test_two_stalls_at_two_buildings_are_two_tickets(chat: Chat) -> None:
    await chat.say("李姐", "8栋楼下烧烤摊天天冒烟，10栋楼下也有个烧烤摊")
    assert [ticket.location for ticket in await chat.tickets()] == ["8栋楼下", "10栋楼下"]


@pytest.mark.parametrize(
    "words",
    [
        "3栋楼下那家烧烤摊占道，油烟也大，垃圾扔一地，喊他也不听",
        "9栋门口的污水井又冒了，水流到10栋门口，整条路都是臭的",
    ],
)
async def test_one_matter_told_at_length_is_one_ticket(chat: Chat, words: str) -> None:
    await chat.say("李姐", words)
    assert len(await chat.tickets()) == 1


async def test_what_a_neighbour_has_reported_is_not_opened_again(chat: Chat) -> None:
    await chat.say("老涂", "5栋门口垃圾堆了一个礼拜没人收，臭死了")
    await chat.say("李姐", "5栋门口垃圾堆了一个礼拜没人管，7栋门口的井盖翘起来了")
    garbage, lid = await chat.tickets()
    assert garbage.category == "暴露垃圾"
    assert (lid.category, lid.location) == ("市政设施损坏", "7栋门口")
