"""What the maintainer's page is told, from the real database."""

from datetime import timedelta

import pytest

from bot.watch import Watch
from domain.ids import MessageId
from tests.chat import START, Chat
from tests.conversations.meanings import report
from understanding import Reading

Meaning = dict[str, Reading]


async def test_at_rest_nothing_waits(chat: Chat) -> None:
    status = await Watch(chat.app, chat.platform, chat.clock).status()
    assert (status.at, status.since, status.next_due) == (START, START, None)
    assert (status.waiting, status.unsent, status.failed, status.unfetched) == (0, 0, 0, 0)
    assert (status.connection, status.well, status.code) == ("很好", True, "")
    assert status.at.utcoffset() == timedelta(hours=8)


async def test_what_waits_is_counted_and_when_it_is_due(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"] = report()
    watch = Watch(chat.app, chat.platform, chat.clock)
    chat.platform.broken = OSError("no network")
    await chat.say("李姐", "油烟")
    status = await watch.status()
    assert (status.waiting, status.unsent, status.well) == (3, 0, False)  # the group and two officers
    assert status.since == START
    assert status.next_due
    assert status.next_due > status.at
    await chat.wait(hours=1)
    status = await watch.status()
    assert (status.waiting, status.unsent) == (0, 3)
    assert status.next_due == (await chat.ticket()).remind_at


async def test_what_failed_is_counted(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    async with chat.database.begin() as work:
        await work.arrivals.note([MessageId("a"), MessageId("b"), MessageId("c")], chat.clock.now())
        await work.arrivals.failed(MessageId("a"), "not to be had")
        await work.arrivals.failed(MessageId("b"), "not to be had")
    monkeypatch.setattr("handlers.respond.read", lambda *_: 1 / 0)
    await chat.say("李姐", "油烟")
    status = await Watch(chat.app, chat.platform, chat.clock).status()
    assert (status.failed, status.unfetched) == (1, 2)
