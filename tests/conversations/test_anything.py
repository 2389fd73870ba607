"""2,000 messages of every shape: the bot lives, the database holds together, and what makes sense still works."""

import random
import string
from datetime import timedelta

import pytest

from domain.history import first_broken
from domain.ids import MemberId, MessageId
from domain.message import Kind, Message
from tests.chat import GROUP, Chat
from tests.conversations.test_main_story import FUMES

MESSAGES = 2000
WHO = ["李姐", "老涂", "城管-李四", "城管陈五", "社区小刘", "物业王姐", "张科长", "陌生人", "", "ghost\x00"]
PIECES = [
    "",
    " ",
    "\n\n\t",
    "\x00\x01\x02\x1b[31m",
    "😀🎉👨‍👩‍👧",
    "\ud83d",
    "\u202e\u200b\ufeff",
    "<msg><appmsg>&lt;b&gt;</appmsg></msg>",
    "'; DROP TABLE tickets; --",
    "{{7*7}} {% for x in y %} ${jndi} {no:m1}",
    "%s %d {0} {}",
    "20260511-001 已处理",
    "20260511-999 收到",
    "3栋楼下油烟",
    "收到",
    "已处理",
    "+1",
    "没好",
    "我的",
    "进度 ",
    "在办",
    "1",
    "@网格管家 ",
    "一二三四五六七八九十",
    "٣٤٥",
    "NaN",
    "-1e999",
]


def some_text(chance: random.Random) -> str:
    parts = chance.choices(PIECES, k=chance.randint(0, 4))
    if chance.random() < 0.2:
        parts.append("".join(chance.choices(string.printable, k=chance.randint(1, 200))))
    if chance.random() < 0.1:
        parts.append("".join(chr(chance.randint(0, 0x10FFFF)) for _ in range(chance.randint(1, 50))))
    if chance.random() < 0.005:
        parts.append(chance.choice(["烟", "a", "3栋", "\n"]) * (100_000 // 2))
    return "".join(parts)


def some_message(number: int, chat: Chat, chance: random.Random) -> Message:
    earlier = MessageId(f"m{chance.randint(0, number + 1)}")
    who = chance.choice(WHO)
    return Message(
        id=MessageId(f"m{number}"),
        group=None if chance.random() < 0.2 else GROUP,
        sender=MemberId(who),
        sender_name=chance.choice(["", who, "\ud800", "n" * 1000]),
        sent_at=chat.clock.now() + timedelta(seconds=chance.randint(-3600, 5)),
        kind=chance.choice([*Kind, Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.TEXT]),
        text=some_text(chance),
        mentions=tuple(MemberId(w) for w in chance.choices(WHO, k=chance.randint(0, 2))),
        to_bot=chance.random() < 0.05,
        quotes=earlier if chance.random() < 0.1 else None,
        recalls=earlier if chance.random() < 0.3 else None,
    )


@pytest.mark.timeout(300)
async def test_anything(chat: Chat) -> None:
    chance = random.Random(2)  # noqa: S311 - noise, not secrets
    for number in range(MESSAGES):
        await chat.app.inbox.receive(some_message(number, chat, chance))
        if number % 100 == 0:
            await chat.wait(hours=3)
    async with chat.database.begin() as work:
        assert await work.messages.failures() == []
        assert len(await work.messages.waiting("done")) == MESSAGES
        assert await work.tickets.gap() is None
        for ticket in await work.tickets.all():
            record = await work.tickets.record(ticket.no)
            assert first_broken(record, ticket.head, ticket.state, ticket.outcome) is None
        rows = await work.connection.exec_driver_sql("PRAGMA integrity_check")
        assert rows.scalar() == "ok"
        assert (await work.connection.exec_driver_sql("PRAGMA foreign_key_check")).all() == []
    count = len(await chat.tickets())
    chat._count = MESSAGES  # noqa: SLF001 - the chat goes on where the noise stopped
    await chat.wait(hours=1)
    await chat.say("胖丁妈妈", FUMES.replace("3栋", "28栋"))
    assert len(await chat.tickets()) == count + 1
