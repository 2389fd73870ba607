"""Nothing is lost, nothing is done twice, and one person's trouble is nobody else's."""

import asyncio
import time
from datetime import datetime, timedelta

import pytest

from bot.app import App
from bot.chat.contract import SendFailed
from domain.action import Action
from domain.ids import MemberId, MessageId
from domain.message import Message, Reply
from domain.ticket import Actor, Ticket
from tests.chat import GROUP, Chat
from tests.conversations.test_main_story import FUMES, STALLS


def a_message(number: int, text: str, chat: Chat, who: str = "李姐") -> Message:
    at = chat.clock.now() + timedelta(seconds=number)
    return Message(MessageId(f"x{number}"), GROUP, MemberId(who), who, at, text=text)


async def test_a_message_that_comes_twice_counts_once(chat: Chat) -> None:
    message = a_message(1, FUMES, chat)
    assert await chat.app.inbox.receive(message)
    assert not await chat.app.inbox.receive(message)
    await chat.ticket()


async def test_a_message_kept_before_a_crash_is_dealt_with_after_it(chat: Chat) -> None:
    async with chat.database.begin() as work:
        await work.messages.receive(a_message(1, FUMES, chat))
    assert await chat.tickets() == []
    assert await chat.app.inbox.recover() == 1
    assert await chat.app.inbox.recover() == 0
    await chat.ticket()


async def test_groups_side_by_side_and_order_within_one(chat: Chat) -> None:
    await asyncio.gather(*(chat.app.inbox.receive(a_message(n, f"第{n}句", chat)) for n in range(20)))
    async with chat.database.begin() as work:
        done = await work.messages.waiting("done")
    assert [message.text for message in done] == [f"第{n}句" for n in range(20)]


async def test_a_bug_costs_one_message_and_can_be_run_again(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patched:
        patched.setattr("handlers.respond.read", explode)
        assert await chat.say("李姐", FUMES) == []
    assert await chat.tickets() == []
    await chat.say("老涂", STALLS)
    async with chat.database.begin() as work:
        ((failed, why),) = await work.messages.failures()
    assert failed == "m1"
    assert "a bug" in why
    assert await chat.app.inbox.retry() == (1, 0)
    assert len(await chat.tickets()) == 2


async def test_a_line_that_does_not_go_out_is_tried_again(chat: Chat) -> None:
    chat.platform.broken = SendFailed("no network")
    assert await chat.say("李姐", FUMES) == []
    chat.platform.broken = None
    (said,) = await chat.wait(minutes=1)
    assert said.startswith("已登记")


async def test_a_line_that_cannot_go_out_is_shown(chat: Chat) -> None:
    chat.platform.broken = SendFailed("removed from the group", permanent=True)
    await chat.say("李姐", FUMES)
    chat.platform.broken = None
    assert await chat.wait(hours=1) == []
    async with chat.database.begin() as work:
        failed = await work.outbox.of_status("failed")
        assert {line.error for line in failed} == {"removed from the group"}
        assert await work.outbox.requeue(failed[0].id, chat.clock.now())
    (said,) = await chat.wait(minutes=1)
    assert said.startswith("已登记")


async def test_trying_has_an_end(chat: Chat) -> None:
    chat.platform.broken = OSError("no network")
    await chat.say("李姐", FUMES)
    await chat.wait(hours=3)
    async with chat.database.begin() as work:
        (attempts,) = {line.attempts - 1 for line in await work.outbox.of_status("failed")}
    assert attempts == chat.settings.send_attempts


async def test_lines_to_one_group_keep_their_distance(chat: Chat) -> None:
    await chat.app.inbox.receive(a_message(1, FUMES, chat))
    await chat.app.inbox.receive(a_message(2, STALLS, chat, "老涂"))
    await chat.app.outbox.flush()
    assert len([line for line in chat.platform.lines if line.in_group]) == 1
    await chat.wait(seconds=5)
    assert len([line for line in chat.platform.lines if line.in_group]) == 2


async def test_two_programs_deal_with_a_message_once(chat: Chat) -> None:
    async with chat.database.begin() as work:
        await work.messages.receive(a_message(1, FUMES, chat))
    other = App(chat.settings, chat.database, chat.platform, chat.clock)
    await asyncio.gather(chat.app.inbox.recover(), other.inbox.recover())
    await other.inbox.retry()
    ticket = await chat.ticket()
    assert await chat.actions(ticket.no) == ["register", "dispatch"]
    async with chat.database.begin() as work:
        assert await work.messages.failures() == []


async def test_a_line_claimed_by_a_program_that_died_goes_out_later_and_holds_its_place(chat: Chat) -> None:
    await chat.app.inbox.receive(a_message(1, FUMES, chat))
    async with chat.database.begin() as work:
        claimed = await work.outbox.claim(chat.clock.now(), timedelta(0))
    assert claimed is not None
    await chat.app.inbox.receive(a_message(40, STALLS, chat, "老涂"))
    assert await chat.wait(minutes=1) == []
    first, second = await chat.wait(minutes=2)
    assert "20260511-001" in first
    assert "20260511-002" in second


async def test_a_platform_that_gives_an_id_twice_hears_each_line_once(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def send(reply: Reply, number: int) -> MessageId:
        del number
        chat.platform.lines.append(reply)
        return MessageId("")

    monkeypatch.setattr(chat.platform, "send", send)
    await chat.say("李姐", FUMES)
    await chat.wait(hours=1)
    assert len(chat.platform.lines) == 3


async def test_work_that_raises_stops_no_other_work(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("老涂", STALLS)
    first, second = await chat.tickets()
    for ticket in (first, second):
        await chat.say("城管-李四", f"{ticket.no} 已经处理好了", private=True)
    apply = Ticket.apply

    def raises(self: Ticket, action: Action, by: Actor, at: datetime) -> object:
        if self.no == first.no and action is Action.LAPSE:
            raise RuntimeError("a bug")
        return apply(self, action, by, at)

    with monkeypatch.context() as patched:
        patched.setattr(Ticket, "apply", raises)
        await chat.wait(days=3, hours=1)
    assert [ticket.open for ticket in await chat.tickets()] == [True, False]
    await chat.wait(hours=2)
    assert [ticket.open for ticket in await chat.tickets()] == [False, False]


async def test_a_unit_of_work_in_another_is_refused_rather_than_stuck(chat: Chat) -> None:
    async with chat.database.begin():
        with pytest.raises(RuntimeError, match="wait for itself"):
            await chat.tickets()
    assert await chat.tickets() == []


@pytest.mark.parametrize("words", ["一", "油烟", "发我"])
@pytest.mark.parametrize("private", [False, True])
async def test_who_writes_ten_thousand_characters_keeps_nobody_waiting(
    chat: Chat, words: str, private: bool
) -> None:
    """Several such lines took half a minute each, once tickets had come of them."""
    began = time.process_time()
    for number in range(4):
        await chat.say("张科长" if private else "李姐", words * 5_000 + str(number), private=private)
    assert time.process_time() - began < 8


async def test_what_is_said_at_the_beginning_of_much_is_heard(chat: Chat) -> None:
    await chat.say("李姐", f"{FUMES}。{'真受不了' * 2_000}")
    assert (await chat.ticket()).category == "油烟污染"
