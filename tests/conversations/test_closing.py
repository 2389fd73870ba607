"""How a ticket ends: the reporter is asked once, and may say how satisfied they are."""

import pytest

from domain.action import Action
from domain.ids import TicketNo
from domain.state import Outcome, State
from tests.chat import Chat
from tests.conversations.meanings import does, report
from understanding import Reading

Meaning = dict[str, Reading]
MAIN, OTHER, STAND_IN = "城管-李四", "城管陈五", "城管-赵六"


async def reported(chat: Chat, meaning: Meaning, *, private: bool = False) -> TicketNo:
    """李姐 has reported something, and an officer says that it is done."""
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟", private=private)
    no = (await chat.tickets())[-1].no
    meaning["弄好了"], meaning["没好"] = does(Action.RESOLVE, no), does(Action.DISPUTE, no)
    await chat.say(MAIN, "弄好了")
    return no


async def scores(chat: Chat) -> dict[TicketNo, int]:
    async with chat.database.begin() as work:
        return await work.desk.scores()


async def test_who_never_wrote_privately_is_asked_in_the_group_without_details(
    chat: Chat, meaning: Meaning
) -> None:
    no = await reported(chat, meaning)
    (asked,) = chat.in_group()
    assert asked.startswith(f"{no} 队员反馈已处理")
    assert "油烟" not in asked
    assert chat.mentioned() == []
    assert chat.told("李姐") == []


async def test_who_did_is_asked_privately_and_once(chat: Chat, meaning: Meaning) -> None:
    await chat.say("李姐", "你好", private=True)
    no = await reported(chat, meaning)
    assert chat.in_group() == []
    (asked,) = chat.told("李姐")
    assert f"{no} 您反映的油烟污染" in asked
    await chat.say(MAIN, "弄好了")
    assert chat.told("李姐") == []


async def test_what_is_said_privately_stays_private(chat: Chat, meaning: Meaning) -> None:
    await chat.say("李姐", "你好", private=True)
    no = await reported(chat, meaning)
    meaning["好了谢谢"] = does(Action.CONFIRM, no)
    (said,) = await chat.say("李姐", "好了谢谢", private=True)
    assert "已结案" in said
    assert chat.in_group() == []
    assert (await chat.ticket()).outcome is Outcome.CONFIRMED


@pytest.mark.parametrize(("words", "score"), [("1", 1), ("2", 2), ("1 满意", 1), ("一般", 2)])
async def test_satisfied_is_solved(chat: Chat, meaning: Meaning, words: str, score: int) -> None:
    no = await reported(chat, meaning, private=True)
    (said,) = await chat.say("李姐", words, private=True)
    assert "已结案" in said
    assert await scores(chat) == {no: score}
    assert (await chat.ticket()).outcome is Outcome.CONFIRMED
    assert all("李姐" not in line and "满意" not in line for line in chat.told(MAIN))


@pytest.mark.parametrize("words", ["3", "3 不满意"])
async def test_not_satisfied_is_not_solved(chat: Chat, meaning: Meaning, words: str) -> None:
    no = await reported(chat, meaning, private=True)
    (said,) = await chat.say("李姐", words, private=True)
    assert "没弄好" in said
    assert (await chat.ticket()).state is State.REPORTED
    assert await scores(chat) == {no: 3}
    (said,) = await chat.say("李姐", "1", private=True)
    assert await scores(chat) == {no: 1}
    assert (await chat.ticket()).state is State.CLOSED
    await chat.say("李姐", "2", private=True)
    assert await scores(chat) == {no: 2}


async def test_in_the_group_by_quoting_and_by_the_reporter_alone(chat: Chat, meaning: Meaning) -> None:
    no = await reported(chat, meaning)
    line = await chat.line_about(no)
    await chat.say("老涂", "3", quote=line)
    await chat.say("李姐", "1")
    assert await scores(chat) == {}
    await chat.say("李姐", "2", quote=line)
    assert await scores(chat) == {no: 2}
    assert (await chat.ticket()).outcome is Outcome.CONFIRMED


async def test_satisfaction_may_come_after_a_silent_end(chat: Chat, meaning: Meaning) -> None:
    no = await reported(chat, meaning, private=True)
    await chat.wait(days=4)
    assert (await chat.ticket()).outcome is Outcome.NO_ANSWER
    await chat.say("李姐", "1", private=True)
    assert (await chat.ticket()).outcome is Outcome.CONFIRMED
    assert await scores(chat) == {no: 1}


async def test_a_number_that_answers_nothing_is_nothing(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟", private=True)
    await chat.say("李姐", "1", private=True)
    await chat.say("老涂", "1", private=True)
    assert await scores(chat) == {}
    assert (await chat.ticket()).state is State.DISPATCHED


async def test_a_dispute_within_the_window_reaches_who_is_on_duty(chat: Chat, meaning: Meaning) -> None:
    no = await reported(chat, meaning)
    await chat.wait(days=4)
    assert (await chat.ticket()).outcome is Outcome.NO_ANSWER
    await chat.say(MAIN, "今天请假 替班 小赵", private=True)
    assert (await chat.ticket()).main == MAIN
    (said,) = await chat.say("李姐", "没好")
    assert no in said
    assert chat.mentioned() == [STAND_IN, OTHER]
    assert any("返工" in line for line in chat.told(STAND_IN))
    assert any("返工" in line for line in chat.told(OTHER))
    assert chat.told(MAIN) == []
    ticket = await chat.ticket()
    assert (ticket.state, ticket.officers) == (State.REWORK, (STAND_IN, OTHER))
    assert ticket.remind_at is not None


@pytest.mark.parametrize(("days", "again"), [(9, True), (11, False)])
async def test_after_the_window_it_is_over(chat: Chat, meaning: Meaning, days: int, again: bool) -> None:
    await reported(chat, meaning)
    await chat.wait(days=3, hours=1)
    await chat.wait(days=days - 3)
    no = (await chat.ticket()).no
    del meaning["没好"]
    await chat.say("李姐", "还是老样子，油烟没解决", quote=await chat.line_about(no))
    assert ((await chat.tickets())[0].state is State.REWORK) is again


BINS = "3栋楼下垃圾桶满了三天没人收，臭死了"


async def done(chat: Chat) -> TicketNo:
    """李姐 has reported, 小万 has joined her, an officer has said done: both have been asked."""
    await chat.say("李姐", BINS)
    no = (await chat.ticket()).no
    await chat.say("小万", "我家也是，臭得不行", quote=await chat.line_about(no))
    await chat.say(MAIN, "已处理")
    assert (await chat.ticket()).state is State.REPORTED
    return no


NOT_SOLVED = [
    *("没好，还是满的", "没好还是臭", "没好", "还没好呢", "没有好，桶还是满的", "我刚看了，根本没处理好"),
    *(
        "冇好，还是那样",
        "冒好，还在那里",
        "没弄好，一地都是",
        "没解决，越来越臭",
        "不行啊，还是臭",
        "哪有，没清干净",
    ),
    *("现在都没处理，你们来看看", "@城管-李四 没好，一桶都没倒"),
]


@pytest.mark.parametrize("words", NOT_SOLVED)
@pytest.mark.parametrize("private", [True, False])
async def test_not_solved_is_not_solved_whatever_reason_follows(
    chat: Chat, words: str, *, private: bool
) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "已处理")
    await chat.say("李姐", words, private=private)
    assert (await chat.ticket()).state is State.REWORK


@pytest.mark.parametrize("words", ["没好，还是满的", "没好"])
async def test_who_joined_a_report_is_asked_and_heard_too(chat: Chat, words: str) -> None:
    await done(chat)
    await chat.say("小万", words)
    assert (await chat.ticket()).state is State.REWORK


@pytest.mark.parametrize(
    "words", ["没好，垃圾还在", "看过了，没清掉", "哪里啊，根本没处理", "桶没弄干净，还没解决"]
)
async def test_a_neighbour_who_says_that_it_is_not_solved_confirms_nothing(chat: Chat, words: str) -> None:
    no = await done(chat)
    await chat.say("老涂", words, quote=await chat.line_about(no))
    assert "confirm" not in await chat.actions(no)


SOLVED = [
    *("好了", "好了呀", "好啦", "好咯", "搞定了", "搞定", "都好了，辛苦队员", "谢谢，好了", "嗯，好了好了"),
    *("解决了，谢谢小李", "处理好了哈", "清干净了，多谢", "没问题了", "现在可以了", "弄好啦👍"),
]


@pytest.mark.parametrize("words", SOLVED)
@pytest.mark.parametrize("private", [True, False])
async def test_solved_is_solved_in_whatever_few_words(chat: Chat, words: str, *, private: bool) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "已处理")
    await chat.say("李姐", words, private=private)
    assert (await chat.ticket()).outcome is Outcome.CONFIRMED


async def test_who_joined_a_report_ends_nothing_by_saying_that_it_is_solved(chat: Chat) -> None:
    no = await done(chat)
    await chat.say("小万", "好了呀")
    assert (await chat.ticket()).state is State.REPORTED
    assert (await chat.actions(no))[-1] == "confirm"


NOT_LOOKED = [
    *(
        "收到，谢谢",
        "好的谢谢，我下班去看",
        "谢谢",
        "好的",
        "好嘞，辛苦小李了",
        "收到，晚上回去看看",
        "知道了，谢谢各位",
    ),
    *("辛苦了，等下下楼看一下好了没", "嗯嗯 谢谢队长", "我明天早上去看看", "OK 多谢", "收到🙏"),
    *("好了吗", "好了？", "搞定了吗", "好了没有"),
]


@pytest.mark.parametrize("words", NOT_LOOKED)
@pytest.mark.parametrize("private", [True, False])
async def test_who_thanks_or_asks_has_not_looked_and_confirms_nothing(
    chat: Chat, words: str, *, private: bool
) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "已处理")
    await chat.say("李姐", words, private=private)
    assert (await chat.ticket()).state is State.REPORTED


@pytest.mark.parametrize(
    ("question", "state"),
    [
        ("李姐你家伢子作业写完了吗", State.REPORTED),
        ("团购的橙子到了没有", State.REPORTED),
        ("李姐，垃圾处理好了吗", State.CLOSED),
        ("好了没", State.CLOSED),
    ],
)
async def test_what_answers_a_neighbour_about_something_else_ends_nothing(
    chat: Chat, question: str, state: State
) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "已处理")
    await chat.say("老涂", question)
    await chat.say("李姐", "搞定了")
    assert (await chat.ticket()).state is state
