"""What closes no ticket, and which of two is closed: it goes on, nobody has looked, it is only implied."""

from dataclasses import replace

import pytest

from domain.action import Action
from domain.state import Outcome, State
from tests.chat import Chat
from tests.conversations.test_closing import BINS, MAIN, Meaning, done, reported
from understanding import Act, Intent, Reading

GOES_ON = [
    *(
        "谢谢师傅跑一趟，不过今天又堆满了",
        "辛苦是辛苦了，就是没啥用",
        "没啥变化",
        "桶还是满的",
        "好多了，但是臭",
    ),
    *(
        "处理得真好，臭得我一夜没睡",
        "清了一半，还有一半没清",
        "假的吧，我就站在这，臭死了",
        "你说处理就处理了？",
    ),
]
UNSEEN = [
    "我出差，过两天回来看",
    "好了，那我等晚上再看看",
    "先观察两天",
    "好了好了，开饭了",
    "孩子他爸，酱油买好了没",
]


@pytest.mark.parametrize("words", GOES_ON + UNSEEN)
@pytest.mark.parametrize("private", [True, False])
async def test_nothing_closes_where_it_goes_on_or_nobody_has_looked(
    chat: Chat, words: str, *, private: bool
) -> None:
    await done(chat)
    await chat.say("李姐", words, private=private)
    assert (await chat.ticket()).state in {State.REPORTED, State.REWORK}


async def test_what_only_implies_that_it_is_solved_is_on_record_and_closes_nothing(
    chat: Chat, meaning: Meaning
) -> None:
    no = await reported(chat, meaning)
    act = Act(Action.CONFIRM, no, 1.0)
    meaning["花香"] = Reading(Intent.ACTION, 1.0, acts=(act,))
    assert await chat.say("李姐", "花香") == []
    assert (await chat.ticket()).state is State.REPORTED
    assert (await chat.actions(no))[-1] == "confirm"
    meaning["花香！"] = Reading(Intent.ACTION, 1.0, acts=(replace(act, outright=True),))
    await chat.say("李姐", "花香！")
    assert (await chat.ticket()).outcome is Outcome.CONFIRMED


async def test_a_worker_who_only_implies_that_it_is_solved_verifies_nothing(
    chat: Chat, meaning: Meaning
) -> None:
    no = await reported(chat, meaning)
    meaning["花香"] = Reading(Intent.ACTION, 1.0, acts=(Act(Action.CONFIRM, no, 1.0),))
    await chat.say("社区小刘", "花香")
    assert (await chat.ticket()).state is State.REPORTED
    assert "verify" not in await chat.actions(no)


@pytest.mark.parametrize("state", ["收到", "到现场了"])
async def test_a_word_that_ends_a_talk_before_anything_is_reported_closes_nothing(
    chat: Chat, state: str
) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, state)
    await chat.wait(hours=1)
    for words in ("好了，我去接娃了", "好了好了", "好了"):
        await chat.say("李姐", words)
        assert (await chat.ticket()).state is not State.CLOSED


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("垃圾清了，路灯还是黑的", [State.CLOSED, State.REWORK]),
        ("路灯亮了，垃圾还堆着", [State.REWORK, State.CLOSED]),
        ("两个都好了，谢谢", [State.CLOSED, State.CLOSED]),
        ("路灯修好了", [State.REPORTED, State.CLOSED]),
    ],
)
async def test_of_two_matters_each_comes_to_its_own_end(chat: Chat, words: str, states: list[State]) -> None:
    await chat.say("李姐", BINS)
    await chat.say("李姐", "另外10栋路灯坏了两个")
    await chat.say(MAIN, "001 已处理")
    await chat.say(MAIN, "002 已处理")
    await chat.say("李姐", words)
    assert [ticket.state for ticket in await chat.tickets()] == states


@pytest.mark.parametrize("words", ["说错了，没好", "点错了，还没好", "不对，还没好", "等等，没处理好"])
async def test_who_said_done_by_a_slip_takes_it_back(chat: Chat, words: str) -> None:
    await done(chat)
    await chat.say("李姐", "好了")
    assert (await chat.ticket()).state is State.CLOSED
    await chat.say("李姐", words)
    assert (await chat.ticket()).state is State.REWORK


@pytest.mark.parametrize(("days", "state"), [(4, State.REWORK), (30, State.CLOSED)])
async def test_who_was_silent_can_still_say_so_for_some_days(chat: Chat, days: int, state: State) -> None:
    await done(chat)
    await chat.wait(days=days)
    assert (await chat.ticket()).state is State.CLOSED
    await chat.say("李姐", "根本没处理")
    assert (await chat.ticket()).state is state


async def test_what_is_said_of_something_else_reopens_nothing(chat: Chat) -> None:
    await done(chat)
    await chat.wait(days=4)
    await chat.say("王叔", "3栋的电梯修好没有啊")
    await chat.say("李姐", "没修好")
    assert (await chat.ticket()).state is State.CLOSED


@pytest.mark.parametrize(
    "words", ["好什么好", "处理什么处理，你们自己来看", "这也叫处理好了？", "这就算清干净了？"]
)
async def test_scorn_about_the_answer_is_heard(chat: Chat, words: str) -> None:
    await done(chat)
    await chat.say("李姐", words)
    assert (await chat.ticket()).state is State.REWORK
