"""What the squad leader allows (同意) or refuses: who may, in what words, and which of several things."""

import pytest

from domain.action import Action
from domain.ids import MessageId, TicketNo
from domain.state import State
from tests.chat import Chat
from tests.conversations.limits import BINS, LAMP, LEADER, MAIN, OTHER, SQUAD, Meaning, extends, opened
from tests.conversations.meanings import does


async def test_only_the_squad_leader_allows_and_is_asked_once(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    meaning["延期，等配件"] = extends(no)
    await chat.say(MAIN, "延期，等配件")
    await chat.say(MAIN, "延期，等配件")
    await chat.say(OTHER, "延期，等配件")
    assert "还在等" in chat.told(OTHER)[0]
    assert chat.told(SQUAD) == []
    (said,) = await chat.say(LEADER, f"同意 {no}", private=True)
    assert "中队长批" in said
    await chat.say("李姐", f"同意 {no}", private=True)
    await chat.say(SQUAD, f"同意 {no}")
    assert (await chat.ticket()).extensions == 1


async def test_what_is_refused_counts_for_nothing(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    meaning["延期，等配件"] = extends(no)
    await chat.say(MAIN, "延期，等配件")
    await chat.say(MAIN, "延期，等配件")
    before = (await chat.ticket()).resolve_by
    (said,) = await chat.say(SQUAD, f"不同意 {no}，先去看看", private=True)
    assert "没有批准：先去看看" in said
    assert chat.told(MAIN) == [said]
    assert ((await chat.ticket()).resolve_by, (await chat.ticket()).extensions) == (before, 1)
    await chat.say(MAIN, "延期，等配件")
    assert "已报中队长" in chat.told(MAIN)[0]
    (said,) = await chat.say(SQUAD, "同意 20260512-099", private=True)
    assert "没有等您批" in said


async def test_an_approval_that_comes_too_late_is_dropped(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    meaning["延期，等配件"], meaning["弄好了"] = extends(no), does(Action.RESOLVE, no)
    await chat.say(MAIN, "延期，等配件")
    await chat.say(MAIN, "延期，等配件")
    await chat.say(MAIN, "弄好了")
    (said,) = await chat.say(SQUAD, f"同意 {no}", private=True)
    assert "作罢" in said
    assert (await chat.ticket()).state is State.REPORTED


async def test_an_approval_by_quoting_the_card(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    await chat.say(MAIN, f"挂账 {no} 到6月1日，等产权", private=True)
    number = next(n for n, line in enumerate(chat.platform.lines, start=1) if line.to == SQUAD)
    await chat.say(SQUAD, "同意", quote=MessageId(f"bot-{number}"), private=True)
    assert (await chat.ticket()).state is State.SUSPENDED


async def test_a_request_of_before_a_ticket_came_back_waits_for_nobody(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    meaning["弄好了"], meaning["没好"] = does(Action.RESOLVE, no), does(Action.DISPUTE, no)
    await chat.say(MAIN, f"挂账 {no} 到6月1日，等产权", private=True)
    await chat.say(MAIN, "弄好了")
    await chat.say("李姐", "没好")
    (said,) = await chat.say(MAIN, f"挂账 {no} 到7月1日，还是等产权", private=True)
    assert "已报中队长" in said
    await chat.say(SQUAD, f"同意 {no}", private=True)
    assert str((await chat.ticket()).suspended_until) == "2026-07-01"


@pytest.mark.parametrize(
    "words",
    ["同意", "同意延期", "同意001", "001 同意", "同意，尽快办好", "批准", "同意了", "同意 001号", "准了"],
)
async def test_a_squad_leader_agrees_without_the_full_number_to_the_one_thing_that_waits(
    chat: Chat, words: str
) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "延期，环卫车坏了", private=True)
    await chat.say(MAIN, "再延期两天，环卫车还没好", private=True)
    (said,) = await chat.say(SQUAD, words, private=True)
    assert "20260511-001 延期已批准" in said
    assert (await chat.ticket()).extensions == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [("不同意", ""), ("不同意，先去看看", "：先去看看"), ("不批准001，先去看看", "：先去看看"), ("不批", "")],
)
async def test_a_squad_leader_refuses_without_the_full_number(chat: Chat, words: str, why: str) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "挂账到5月30日，等大修资金", private=True)
    assert await chat.say(SQUAD, words, private=True) == [f"20260511-001 挂账没有批准{why}，照原时限办。"]
    assert await chat.say(SQUAD, "同意", private=True) == ["现在没有等您批的申请。"]


async def test_where_several_things_wait_the_squad_leader_hears_which(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say("老涂", LAMP)
    await chat.say(MAIN, "20260511-001 挂账到5月30日，等大修资金", private=True)
    await chat.say(MAIN, "20260511-002 挂账到明年1月30日，等产权", private=True)
    (said,) = await chat.say(SQUAD, "同意", private=True)
    assert said.splitlines() == [
        "等您批的有 2 件，请带单号，如“同意 20260511-001”：",
        "20260511-001 幸福里社区 暴露垃圾，挂账到5月30日",
        "20260511-002 幸福里社区 市政设施损坏，挂账到2027年1月30日",
    ]
    assert {ticket.state for ticket in await chat.tickets()} == {State.DISPATCHED}
    assert await chat.say(SQUAD, "同意009", private=True) == ["009 没有等您批的申请。"]
    await chat.say(SQUAD, "同意002", private=True)
    assert [ticket.state for ticket in await chat.tickets()] == [State.DISPATCHED, State.SUSPENDED]
    await chat.say(SQUAD, "同意", private=True)
    assert {ticket.state for ticket in await chat.tickets()} == {State.SUSPENDED}


@pytest.mark.parametrize("words", ["同意009", "009 同意", "同意延期", "同意延期吗", "同意你的看法", "同意？"])
async def test_nothing_is_allowed_by_words_that_mean_something_else(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "挂账到5月30日，等大修资金", private=True)
    await chat.say(SQUAD, words, private=True)
    await chat.say(SQUAD, "同意")
    await chat.say(LEADER, "同意", private=True)
    assert (await chat.ticket()).state is State.DISPATCHED


async def test_what_is_of_no_use_any_more_does_not_wait_beside_what_does(
    chat: Chat, meaning: Meaning
) -> None:
    await chat.say("李姐", BINS)
    await chat.say("老涂", LAMP)
    await chat.say(MAIN, "20260511-001 挂账到5月30日，等大修资金", private=True)
    meaning["垃圾清掉了"] = does(Action.RESOLVE, TicketNo("20260511-001"))
    await chat.say(MAIN, "垃圾清掉了", private=True)
    await chat.say(MAIN, "20260511-002 挂账到6月30日，等产权", private=True)
    (said,) = await chat.say(SQUAD, "同意", private=True)
    assert said.startswith("20260511-002 挂账已批准")


@pytest.mark.parametrize(
    ("words", "granted"),
    [
        *(
            (words, True)
            for words in ("可以", "OK", "行吧", "好的", "没问题", "批", "同意延两天", "可以，延两天")
        ),
        *(
            (words, False)
            for words in ("不行，抓紧办", "驳回，先去看看", "不可以", "不能再延了，快点", "不批")
        ),
    ],
)
async def test_a_plain_word_answers_the_request_that_was_just_put(
    chat: Chat, words: str, *, granted: bool
) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "延期到5月20日，等配件", private=True)
    await chat.say(MAIN, "再延两天，厂家还没到", private=True)
    (said,) = await chat.say(SQUAD, words, private=True)
    assert ("延期已批准" in said) is granted
    assert ("没有批准" in said) is not granted
    assert said in chat.told(MAIN)
    assert await chat.say(SQUAD, words, private=True) in ([], ["现在没有等您批的申请。"])


@pytest.mark.parametrize("words", ["同意延一天", "可以延到5月21日", "同意延期三天"])
async def test_something_else_than_was_asked_for_is_not_granted(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "延期到5月20日，等配件", private=True)
    await chat.say(MAIN, "再延两天，厂家还没到", private=True)
    (said,) = await chat.say(SQUAD, words, private=True)
    assert said.startswith("20260511-001 申请的是延期到5月22日，只能照申请的批")
    assert (await chat.ticket()).extensions == 1


@pytest.mark.parametrize("words", ["好的", "可以", "不行", "好，看看这周的投诉", "可以把台账发我吗"])
async def test_a_plain_word_after_something_else_decides_nothing(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "延期到5月20日，等配件", private=True)
    await chat.say(MAIN, "再延两天，厂家还没到", private=True)
    await chat.say(SQUAD, "这个月投诉多少", private=True)
    await chat.say(SQUAD, words, private=True)
    assert (await chat.ticket()).extensions == 1
    (said,) = await chat.say(SQUAD, "同意", private=True)
    assert "延期已批准" in said
