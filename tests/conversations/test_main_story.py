"""From a grumble to a closed ticket."""

import pytest

from domain.message import Kind
from domain.state import Outcome, State
from tests.chat import Chat

FUMES = "3栋楼下那家烧烤店油烟好大，天天呛得我们开不了窗"
STALLS = "洪都中大道菜场门口全是摆摊的，把路都占了走不过去"


async def test_a_grumble_becomes_a_ticket_and_comes_to_its_end(chat: Chat) -> None:
    (receipt,) = await chat.say("李姐", FUMES)
    ticket = await chat.ticket()
    assert ticket.no == "20260511-001"
    assert receipt.startswith(f"已登记：{ticket.no} {ticket.category}")
    assert "3栋" in receipt
    assert chat.mentioned() == ["城管-李四", "城管陈五"]
    assert ticket.no in chat.told("城管-李四")[0]
    assert ticket.no in chat.told("城管陈五")[0]
    assert ticket.state is State.DISPATCHED

    assert await chat.say("城管-李四", "收到，马上过去") == []
    assert (await chat.ticket()).state is State.ACCEPTED
    (asks,) = await chat.say("城管-李四", "已处理，店家把排烟改好了")
    assert asks.startswith(ticket.no)
    assert "没好" in asks
    assert (await chat.ticket()).state is State.REPORTED
    (thanks,) = await chat.say("李姐", "好了，没味道了，谢谢")
    assert ticket.no in thanks
    closed = await chat.ticket()
    assert (closed.state, closed.outcome) == (State.CLOSED, Outcome.CONFIRMED)
    assert await chat.actions(ticket.no) == ["register", "dispatch", "accept", "resolve", "confirm"]


async def test_nobody_objects_and_that_is_no_confirmation(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("城管-李四", "已处理")
    assert await chat.wait(days=2, hours=23) == []
    assert (await chat.ticket()).state is State.REPORTED
    assert await chat.wait(hours=2) == []
    ticket = await chat.ticket()
    assert (ticket.state, ticket.outcome) == (State.CLOSED, Outcome.NO_ANSWER)


async def test_it_came_back_and_goes_back(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("城管-李四", "已处理")
    (said,) = await chat.say("李姐", "根本没解决，还是老样子，油烟照样往我家灌")
    ticket = await chat.ticket()
    assert ticket.state is State.REWORK
    assert ticket.no in said
    assert "返工" in chat.told("城管-李四")[0]
    assert "返工" in chat.told("城管陈五")[0]
    assert await chat.wait(days=9) == []
    assert (await chat.ticket()).state is State.REWORK


async def test_a_worker_verifies_and_who_handled_does_not(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await chat.say("城管-李四", "已处理")
    await chat.say("社区小刘", "我去看过了，确实好了，没有油烟了", quote=await chat.line_about(no))
    ticket = await chat.ticket()
    assert (ticket.state, ticket.outcome) == (State.CLOSED, Outcome.VERIFIED)


async def test_several_messages_and_photos_are_one_ticket(chat: Chat) -> None:
    await chat.say("李姐", kind=Kind.IMAGE)
    photo = chat.last
    await chat.say("李姐", FUMES)
    words = chat.last
    assert await chat.say("李姐", kind=Kind.IMAGE) == []
    after = chat.last
    ticket = await chat.ticket()
    async with chat.database.begin() as work:
        (file,) = await work.tickets.of_communities([ticket.community], ticket.opened_at)
    assert file.report == (photo, words, after)


async def test_the_same_for_me_is_counted_by_household_and_answered_once(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    (first,) = await chat.say("老涂", "我家也是，天天闻油烟")
    assert no in first
    assert "2 户" in first
    assert await chat.say("小万", "我家也一样，油烟大得很") == []
    await chat.say("老涂", "我家也是")
    assert (await chat.ticket()).households == 3
    await chat.wait(minutes=11)
    (later,) = await chat.say("胖丁妈妈", "我家也是，天天闻油烟")
    assert "4 户" in later


SAME = [
    *(
        "我家也是",
        "+1",
        "同感",
        "俺也一样",
        "我们家也是啊",
        "我也是！",
        "我们这边也一样",
        "加一",
        "+1 +1",
        "同上",
    ),
    *("唉 我家也是", "附议", "我们这里也这样", "算我一个", "深有同感", "+10086", "俺们屋里也是", "我们也有"),
]


@pytest.mark.parametrize("words", SAME)
async def test_the_same_for_me_in_its_barest_words_is_counted(chat: Chat, words: str) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("老涂", words)
    await chat.say("小万", words)
    assert (await chat.ticket()).households == 3


@pytest.mark.parametrize("words", ["+1", "我家也是", "同感"])
@pytest.mark.parametrize(
    ("who", "between"),
    [
        ("李姐", ()),
        ("社区小刘", ()),
        ("老涂", ("今晚想吃火锅",)),
        ("老涂", ("我家娃不肯写作业", "唉")),
        ("老涂", ("橙子团购，一箱三十，要的接龙", "+1")),
    ],
)
async def test_the_same_for_me_is_of_what_was_said_last_and_a_neighbours_word(
    chat: Chat, words: str, who: str, between: tuple[str, ...]
) -> None:
    await chat.say("李姐", FUMES)
    for line in between:
        await chat.say("小万", line)
    await chat.say(who, words)
    assert (await chat.ticket()).households == 1


async def test_who_signs_up_for_oranges_joins_no_report_that_comes_between(chat: Chat) -> None:
    await chat.say("小万", "橙子团购，一箱三十，要的接龙")
    await chat.say("李姐", FUMES)
    await chat.say("老涂", "+1")
    assert (await chat.ticket()).households == 1


async def test_the_same_for_me_beside_a_line_joins_the_report_that_it_quotes(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    report = chat.last
    await chat.say("小万", "5栋楼下路灯坏了好几天，晚上黑漆漆的")
    await chat.say("老涂", "同感", quote=report)
    assert [ticket.households for ticket in await chat.tickets()] == [2, 1]


async def test_a_missing_place_is_asked_for_once_and_told_to_the_officers(chat: Chat) -> None:
    (asks,) = await chat.say("李姐", "那家烧烤店油烟太大了，呛死人，天天这样")
    assert "位置" in asks
    ticket = await chat.ticket()
    await chat.say("李姐", "就在5栋楼下")
    told = chat.told("城管-李四")
    assert "5栋" in (await chat.ticket()).location
    assert any("5栋" in line for line in told)
    assert (await chat.ticket()).no == ticket.no


async def test_two_places_are_two_tickets(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("老涂", STALLS)
    tickets = await chat.tickets()
    assert [ticket.no for ticket in tickets] == ["20260511-001", "20260511-002"]
    assert len({ticket.category for ticket in tickets}) == 2


async def test_taken_back_is_taken_back(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    opening = chat.last
    (said,) = await chat.say("李姐", recall=opening)
    ticket = await chat.ticket()
    assert ticket.state is State.WITHDRAWN
    assert ticket.no in said
    async with chat.database.begin() as work:
        message = await work.messages.get(opening) if opening else None
    assert message is not None
    assert message.text == ""


@pytest.mark.parametrize("words", ["我家也是", "+1", "同感", "顶"])
async def test_who_takes_the_same_for_me_back_is_not_counted(chat: Chat, words: str) -> None:
    await chat.say("李姐", "3栋楼下烧烤摊烟大")
    await chat.say("老涂", words)
    assert (await chat.ticket()).households == 2
    await chat.say("老涂", recall=chat.last)
    assert (await chat.ticket()).households == 1


async def test_who_has_said_it_twice_and_takes_one_back_is_counted(chat: Chat) -> None:
    await chat.say("李姐", "3栋楼下烧烤摊烟大")
    await chat.say("老涂", "我家也是")
    first = chat.last
    await chat.say("老涂", "+1")
    second = chat.last
    await chat.say("小万", "我家也是")
    await chat.say("老涂", recall=first)
    assert (await chat.ticket()).households == 3
    await chat.say("老涂", recall=second)
    assert (await chat.ticket()).households == 2


async def test_nobody_takes_anothers_the_same_for_me_back(chat: Chat) -> None:
    await chat.say("李姐", "3栋楼下烧烤摊烟大")
    await chat.say("老涂", "我家也是")
    await chat.say("小万", recall=chat.last)
    assert (await chat.ticket()).households == 2


@pytest.mark.parametrize("words", ["多久能解决", "进度", "我的单子呢", "001 到哪了"])
async def test_who_asks_the_bot_how_far_it_is_hears_of_the_ticket(chat: Chat, words: str) -> None:
    await chat.say("李姐", "3栋楼下烧烤摊烟大")
    no = (await chat.ticket()).no
    await chat.wait(minutes=90)
    assert any(no in line for line in await chat.say("李姐", words, to="bot"))
    assert ((await chat.ticket()).location, (await chat.ticket()).urges) == ("3栋楼下", 1)


@pytest.mark.parametrize("words", ["怎么还没人来", "处理了吗", "有结果没", "什么情况了"])
async def test_who_asks_privately_how_far_it_is_hears_of_it_too(chat: Chat, words: str) -> None:
    await chat.say("李姐", "3栋楼下烧烤摊烟大，求匿名", private=True)
    await chat.wait(days=1)
    assert await chat.say("李姐", words, private=True) != []
    assert (await chat.ticket()).urges == 1


async def test_a_neighbour_takes_nothing_of_mine_back(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    opening = chat.last
    assert await chat.say("老涂", recall=opening) == []
    assert (await chat.ticket()).state is State.DISPATCHED


async def test_in_private_nobody_else_hears_of_it(chat: Chat) -> None:
    (said,) = await chat.say("李姐", "不想在群里讲，3栋503把露台封了违建搭棚子，你们来看看", private=True)
    ticket = await chat.ticket()
    assert ticket.private
    assert ticket.no in said
    assert chat.in_group() == []
    card = chat.told("城管-李四")[0]
    assert "李姐" not in card
    assert "不想在群里讲" not in card
    await chat.say("城管-李四", f"{ticket.no} 已处理", private=True)
    assert chat.in_group() == []
    assert any(ticket.no in line for line in chat.told("李姐"))


async def test_numbers_run_by_the_day_of_the_bureau(chat: Chat) -> None:
    await chat.wait(hours=8)
    await chat.say("李姐", FUMES)
    assert (await chat.ticket()).no == "20260512-001"
