"""Officers' words, the bot's questions to them, and what changes when the roster does."""

from dataclasses import replace

import pytest

from domain.action import Action
from domain.ids import MemberId, MessageId, TicketNo
from domain.people import Person
from domain.records import Pending
from domain.state import Outcome, State
from handlers.assignments import reassign
from handlers.officers import chosen
from storage.roster import save_roster
from tests.chat import ROSTER, START, Chat
from tests.conversations.meanings import does, report
from understanding import Reading

Meaning = dict[str, Reading]


async def two_tickets(chat: Chat, meaning: Meaning) -> tuple[TicketNo, TicketNo]:
    meaning["油烟"], meaning["垃圾"] = report("3栋"), report("5栋", "暴露垃圾")
    await chat.say("李姐", "油烟")
    await chat.say("老涂", "垃圾")
    first, second = await chat.tickets()
    meaning["弄好了"] = does(Action.RESOLVE, None, first.no, second.no)
    return first.no, second.no


async def test_which_one_do_you_mean(chat: Chat, meaning: Meaning) -> None:
    first, second = await two_tickets(chat, meaning)
    await chat.say("城管-李四", "弄好了")
    asked = chat.last
    (question,) = chat.told("城管-李四")
    assert first in question
    assert second in question
    assert chat.in_group() == []
    await chat.say("城管-李四", "2", private=True)
    assert [t.state for t in await chat.tickets()] == [State.DISPATCHED, State.REPORTED]
    async with chat.database.begin() as work:
        record = await work.tickets.record(second)
    assert (record[-1].message, record[-1].note) == (asked, "弄好了")
    before = len(await chat.actions(first))
    await chat.say("城管-李四", "1", private=True)
    assert len(await chat.actions(first)) == before


async def test_a_question_does_not_wait_for_ever(chat: Chat, meaning: Meaning) -> None:
    await two_tickets(chat, meaning)
    await chat.say("城管-李四", "弄好了")
    await chat.wait(hours=25)
    (said,) = await chat.say("城管-李四", "2", private=True)
    assert "太久" in said
    assert {t.state for t in await chat.tickets()} == {State.DISPATCHED}


async def test_a_question_settled_otherwise_is_settled(chat: Chat, meaning: Meaning) -> None:
    first, second = await two_tickets(chat, meaning)
    await chat.say("城管-李四", "弄好了")
    meaning["是垃圾那件"] = does(Action.RESOLVE, second)
    await chat.say("城管-李四", "是垃圾那件")
    await chat.say("城管-李四", "1", private=True)
    assert "resolve" not in await chat.actions(first)


@pytest.mark.parametrize(
    ("words", "numbers", "meant"),
    [
        ("1", ["20260510-001", "20260511-004"], "20260510-001"),
        ("第2个", ["20260510-001", "20260511-004"], "20260511-004"),
        ("004", ["20260510-001", "20260511-004"], "20260511-004"),
        ("20260511-004", ["20260510-001", "20260511-004"], "20260511-004"),
        ("001", ["20260510-001", "20260511-001"], None),
        ("003", ["20260511-010", "20260511-011", "20260511-012"], None),
        ("3", ["20260510-001", "20260511-004"], None),
        ("好的", ["20260510-001", "20260511-004"], None),
    ],
)
def test_what_an_answer_names(words: str, numbers: list[str], meant: str | None) -> None:
    candidates = tuple(TicketNo(no) for no in numbers)
    order = Pending(MemberId("o"), Action.RESOLVE, MessageId("m1"), candidates, "", START)
    assert chosen(order, words) == ([TicketNo(meant)] if meant else [])


@pytest.mark.parametrize(
    ("action", "bare", "reasoned", "after"),
    [
        (Action.REJECT, "退回", "退回，现场没有发现", State.REJECTED),
        (Action.TRANSFER, "转办了", "转给环卫了，是他们的桶", State.TRANSFERRED),
        (Action.EXTEND, "申请延期。", "延期，等厂家来修", State.EXTENDED),
    ],
)
async def test_some_moves_need_a_reason(
    chat: Chat, meaning: Meaning, action: Action, bare: str, reasoned: str, after: State
) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟")
    no = (await chat.ticket()).no
    for words in (bare, reasoned):
        meaning[f"{no} {words}"] = does(action, no)
    (said,) = await chat.say("城管-李四", f"{no} {bare}", private=True)
    assert "理由" in said
    assert (await chat.ticket()).state is State.DISPATCHED
    await chat.say("城管-李四", f"{no} {reasoned}", private=True)
    assert (await chat.ticket()).state is after


async def test_a_number_that_is_no_tickets_is_answered(chat: Chat) -> None:
    (said,) = await chat.say("城管-李四", "20260511-099 已处理", private=True)
    assert "没有查到" in said


async def test_time_to_object_counts_from_when_the_group_heard_of_it(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟")
    meaning["弄好了"] = does(Action.RESOLVE, (await chat.ticket()).no)
    await chat.say("城管-李四", "弄好了", late=4 * 24)
    await chat.wait(days=2, hours=23)
    assert (await chat.ticket()).state is State.REPORTED
    await chat.wait(hours=2)
    assert (await chat.ticket()).outcome is Outcome.NO_ANSWER


async def test_a_worker_who_handled_it_closes_nothing(chat: Chat, meaning: Meaning) -> None:
    meaning["垃圾"] = report("5栋", "暴露垃圾")
    await chat.say("社区小刘", "垃圾")
    no = (await chat.ticket()).no
    meaning["我们清了"], meaning["好了"] = does(Action.PROGRESS, no), does(Action.CONFIRM, no)
    meaning["弄好了"] = does(Action.RESOLVE, no)
    await chat.say("社区小刘", "我们清了")
    await chat.say("城管-李四", "弄好了")
    (said,) = await chat.say("社区小刘", "好了", private=True)
    assert "别人" in said
    assert (await chat.ticket()).state is State.REPORTED


async def test_open_tickets_go_to_the_officers_of_a_new_roster(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟")
    here, there = ROSTER.communities
    officers = (Person(MemberId("城管小周"), "城管小周"), here.officers[1])
    new = replace(ROSTER, communities=(replace(here, officers=officers), there))
    async with chat.database.begin() as work:
        await save_roster(work.connection, new)
        cards = await reassign(work, new, chat.settings.policy, chat.clock.now())
        assert await reassign(work, new, chat.settings.policy, chat.clock.now()) == []
    assert [card.to for card in cards] == ["城管小周"]
    ticket = await chat.ticket()
    assert ticket.officers == ("城管小周", "城管陈五")
    assert ticket.state is State.DISPATCHED
    (said,) = await chat.say("城管小周", "我的", private=True)
    assert ticket.no in said
    assert await chat.say("城管-李四", "我的", private=True) == []


@pytest.mark.parametrize(
    ("count", "told"), [(0, "这里还没配队员，已报给主管。"), (1, "已告诉队员。"), (2, "已告诉两位队员。")]
)
async def test_the_receipt_says_who_was_told(chat: Chat, meaning: Meaning, count: int, told: str) -> None:
    here, there = ROSTER.communities
    async with chat.database.begin() as work:
        fewer = replace(here, officers=here.officers[:count])
        await save_roster(work.connection, replace(ROSTER, communities=(fewer, there)))
    meaning["油烟"] = report()
    (said,) = await chat.say("李姐", "油烟")
    assert said.endswith(told)
    assert bool(chat.told("张科长")) is (count == 0)


async def test_each_of_two_problems_can_be_quoted(chat: Chat, meaning: Meaning) -> None:
    both = report("3栋")
    meaning["油烟和垃圾"] = replace(both, problems=both.problems + report("", "暴露垃圾").problems)
    first, second = await chat.say("李姐", "油烟和垃圾")
    assert "位置" not in first
    assert "位置" in second
    for ticket in await chat.tickets():
        assert await chat.line_about(ticket.no)


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize(
    "words",
    ["销号", "001 销号", "20260511-001 销号", "申请销号", "可以销号了", "已销号", "销号 20260511-001 已拆除"],
)
async def test_an_officer_cannot_strike_off_and_nothing_is_taken_as_done(
    chat: Chat, words: str, *, private: bool
) -> None:
    await chat.say("李姐", "3栋楼下垃圾桶满了三天没人收，臭死了")
    said = await chat.say("城管-李四", words, private=private)
    assert said == (["销号由主管来做。办好了请回“已处理”。"] if private else [])
    assert chat.in_group() == []
    assert [ticket.state for ticket in await chat.tickets()] == [State.DISPATCHED]
