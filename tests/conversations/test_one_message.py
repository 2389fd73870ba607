"""What waited for the morning is one message, and a quote of it finds its tickets."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import App
from bot.chat.contract import SendFailed
from domain.ids import MemberId
from domain.message import Occasion, Reply
from domain.state import State
from storage.outgoing import FAILED, SENT
from storage.quotes import find_quoted
from tests.chat import GROUP, START, Chat
from tests.conversations.outgoing import LEAD, news, put, status_of, unasked, words
from tests.conversations.test_main_story import FUMES, STALLS


async def test_what_waited_is_one_message_and_a_quote_of_it_finds_its_tickets(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("老涂", STALLS)
    first, second = [ticket.no for ticket in await chat.tickets()]
    await chat.until("2026-05-11 21:00")
    await chat.say("城管-李四", f"{first} 已处理", private=True)
    await chat.say("城管-李四", f"{second} 已处理", private=True)
    (line,) = [line for line in await chat.until("2026-05-12 08:01") if line.in_group]
    assert first in line.text
    assert second in line.text
    quoted = await chat.line_about(second)
    assert quoted == await chat.line_about(first)
    async with chat.database.begin() as work:
        files = await work.tickets.of_communities(["幸福里社区"], START, quoted)
    assert [quoted in file.about for file in files] == [True, True]
    await chat.say("老涂", "没好", quote=quoted)
    assert [ticket.state for ticket in await chat.tickets()] == [State.REPORTED, State.REWORK]
    await chat.say("李姐", "好了，谢谢", quote=quoted)
    assert [ticket.state for ticket in await chat.tickets()] == [State.CLOSED, State.REWORK]


async def test_an_officer_who_quotes_a_message_of_several_accepts_all_and_else_is_asked_which(
    chat: Chat,
) -> None:
    await chat.until("2026-05-11 22:10")
    await chat.say("李姐", "3栋楼道外墙上贴满了小广告，太难看了")
    await chat.say("老涂", "5栋楼下垃圾桶旁边堆了好多建筑垃圾没人清")
    first, second = await chat.tickets()
    (line,) = [line for line in await chat.until("2026-05-12 08:01") if line.to == LEAD]
    assert first.no in line.text
    assert second.no in line.text
    async with chat.database.begin() as work:
        quoted = await find_quoted(work, LEAD, "", line.text, chat.clock.now())
    await chat.say("城管-李四", "收到", quote=quoted, private=True)
    assert [ticket.state for ticket in await chat.tickets()] == [State.ACCEPTED, State.ACCEPTED]
    (asks,) = await chat.say("城管-李四", "已处理", quote=quoted, private=True)
    assert "哪一件" in asks
    await chat.say("城管-李四", "2", private=True)
    assert [ticket.state for ticket in await chat.tickets()] == [State.ACCEPTED, State.REPORTED]


async def test_in_the_daytime_two_lines_stay_two(chat: Chat) -> None:
    before = len(chat.platform.lines)
    await put(chat, news("一"), news("二"))
    assert words(chat.platform.lines[before:]) == ["一", "二"]


@pytest.mark.parametrize(("count", "length", "messages"), [(10, 5, 1), (11, 5, 2), (5, 99, 1), (6, 99, 2)])
async def test_a_message_has_ten_lines_and_five_hundred_characters_at_most(
    chat: Chat, count: int, length: int, messages: int
) -> None:
    await chat.until("2026-05-11 21:00")
    await put(chat, *(news(f"{n:0{length}}") for n in range(count)))
    lines = words(await chat.until("2026-05-12 08:02"))
    assert len(lines) == messages
    assert "\n".join(lines) == "\n".join(f"{n:0{length}}" for n in range(count))


async def test_those_who_are_called_are_all_called(chat: Chat) -> None:
    await chat.until("2026-05-11 21:00")
    one, two = MemberId("李姐"), MemberId("老涂")
    await put(
        chat,
        Reply(GROUP, "一", mentions=(one,), occasion=Occasion.NEWS),
        Reply(GROUP, "二", mentions=(two, one), occasion=Occasion.NEWS),
    )
    (line,) = await chat.until("2026-05-12 08:01")
    assert line.mentions == (one, two)


async def test_what_is_taken_back_before_morning_is_not_said(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await chat.until("2026-05-11 21:00")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    await put(chat, news("别的"))
    await chat.say("李姐", f"{no} 没好，还是老样子")
    assert words([line for line in await chat.until("2026-05-12 08:01") if line.in_group]) == ["别的"]


async def test_a_message_of_several_that_does_not_go_out_is_tried_again_as_a_whole(chat: Chat) -> None:
    await chat.until("2026-05-11 21:00")
    await put(chat, news("一"), news("二"))
    chat.platform.broken = SendFailed("no network")
    await chat.until("2026-05-12 08:00")
    chat.platform.broken = None
    assert words(await chat.until("2026-05-12 08:05")) == ["一\n二"]
    assert await status_of(chat, SENT) == ["一", "二"]


async def test_a_message_of_several_that_cannot_go_out_is_shown_line_by_line(chat: Chat) -> None:
    await chat.until("2026-05-11 21:00")
    await put(chat, news("一"), news("二"))
    chat.platform.broken = SendFailed("removed", permanent=True)
    await chat.until("2026-05-12 08:05")
    assert await status_of(chat, FAILED) == ["一", "二"]


async def test_a_program_that_died_while_sending_several_sends_them_again_as_one(chat: Chat) -> None:
    await chat.until("2026-05-11 21:00")
    await put(chat, news("一"), news("二"))
    chat.clock.advance(datetime(2026, 5, 12, 0, 0, tzinfo=UTC))
    async with chat.database.begin() as work:
        line = await work.outbox.claim(chat.clock.now(), timedelta(0))
        assert line is not None
        await work.outbox.merge(line, await work.outbox.alike(line, chat.clock.now()), chat.clock.now())
    assert words(await chat.until("2026-05-12 08:01")) == []
    assert words(await chat.until("2026-05-12 08:10")) == ["一\n二"]


async def test_two_programs_say_each_line_once(chat: Chat) -> None:
    await chat.until("2026-05-11 21:00")
    await put(chat, news("一"), news("二"), unasked("三"))
    other = App(chat.settings, chat.database, chat.platform, chat.clock)
    before = len(chat.platform.lines)
    chat.clock.advance(datetime(2026, 5, 12, 0, 1, tzinfo=UTC))
    for _ in range(3):
        await asyncio.gather(*(app.outbox.flush() for app in (chat.app, other)))
    await chat.wait(hours=2)
    assert words(chat.platform.lines[before:]) == ["一\n二\n三"]
