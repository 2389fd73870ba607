"""Officers with several tickets in hand name one by the end of its number, or by nothing, and none is mixed up."""

import pytest

from domain.state import State
from tests.chat import Chat

BINS = "3栋楼下垃圾桶满了三天没人收，臭死了"
LAMP = "5栋楼下路灯坏了好几天，晚上黑漆漆的"
OFFICER, SECOND = "城管-李四", "城管陈五"


async def two(chat: Chat) -> None:
    """001 and 002."""
    await chat.say("李姐", BINS)
    await chat.say("老涂", LAMP)


async def states(chat: Chat) -> list[State]:
    return [ticket.state for ticket in await chat.tickets()]


@pytest.mark.parametrize(
    "words",
    [
        "001 已处理",
        "已处理001",
        "001办好了，照片发了",
        "20260511-001 已处理，去看过了",
        "@网格管家 001 处理好了",
    ],
)
@pytest.mark.parametrize("private", [True, False])
async def test_done_with_the_last_three_digits_is_done(chat: Chat, words: str, *, private: bool) -> None:
    await two(chat)
    await chat.say(OFFICER, words, private=private)
    assert await states(chat) == [State.REPORTED, State.DISPATCHED]


@pytest.mark.parametrize(
    ("words", "state"), [("002 收到", State.ACCEPTED), ("收到，002已经处理好了", State.REPORTED)]
)
async def test_what_is_said_last_of_it_counts(chat: Chat, words: str, state: State) -> None:
    await two(chat)
    await chat.say(OFFICER, words, private=True)
    assert await states(chat) == [State.DISPATCHED, state]


async def test_a_mistake_is_named_by_the_last_three_digits(chat: Chat) -> None:
    await two(chat)
    await chat.say(OFFICER, "001 误报", private=True)
    assert await states(chat) == [State.REJECTED, State.DISPATCHED]


async def test_a_resident_can_use_them_too(chat: Chat) -> None:
    await two(chat)
    for words in ("001 已处理", "002 已处理"):
        await chat.say(OFFICER, words, private=True)
    await chat.say("老涂", "002 没好")
    assert await states(chat) == [State.REPORTED, State.REWORK]


@pytest.mark.parametrize("words", ["009 办好了", "003办好了", "已处理 012"])
@pytest.mark.parametrize("private", [True, False])
async def test_a_number_that_is_no_tickets_does_nothing_to_another(
    chat: Chat, words: str, *, private: bool
) -> None:
    await two(chat)
    await chat.say(OFFICER, words, private=private)
    assert await states(chat) == [State.DISPATCHED, State.DISPATCHED]
    (said,) = chat.told(OFFICER)[-1:]
    assert said.startswith("没有查到 0")


@pytest.mark.parametrize("private", [True, False])
async def test_done_where_it_could_be_either_is_asked_back(chat: Chat, *, private: bool) -> None:
    await two(chat)
    await chat.say(OFFICER, "已处理", private=private)
    assert await states(chat) == [State.DISPATCHED, State.DISPATCHED]
    assert "哪一件" in chat.told(OFFICER)[-1]
    await chat.say(OFFICER, "2", private=True)
    assert await states(chat) == [State.REPORTED, State.DISPATCHED]  # the latest stands first in the list


async def test_done_is_the_one_that_is_in_hand(chat: Chat) -> None:
    await two(chat)
    await chat.say(SECOND, "001 收到")
    await chat.say(SECOND, "弄好了")
    assert await states(chat) == [State.REPORTED, State.DISPATCHED]


async def test_done_is_the_one_that_was_just_spoken_of(chat: Chat) -> None:
    await two(chat)
    for words in ("001 收到", "002 收到", "001 到了，在清"):
        await chat.say(OFFICER, words)
    await chat.say(OFFICER, "处理好了")
    assert await states(chat) == [State.REPORTED, State.ACCEPTED]


async def test_handing_it_on_is_not_reporting_it_done(chat: Chat) -> None:
    await two(chat)
    await chat.say(OFFICER, "001 收到", private=True)
    await chat.say(OFFICER, "001 转走", private=True)
    assert (await states(chat))[0] is not State.REPORTED
    assert "好了吗" not in "".join(chat.in_group())


@pytest.mark.parametrize("words", ["没问题", "没空"])
async def test_words_that_turn_nothing_down_do_not(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    await chat.say(OFFICER, words, private=True)
    assert (await states(chat))[0] in {State.DISPATCHED, State.ACCEPTED}
