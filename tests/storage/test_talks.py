"""What is remembered of a chat is what the database would say, however long it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Message
from domain.people import Role
from storage.database import Database

START = datetime(2026, 5, 11, 10, tzinfo=UTC)
FIRST = Message(MessageId("m0"), GroupId("g"), MemberId("a"), "甲", START, text="第0句")


@pytest.fixture
async def database(database_file: Path) -> Database:
    return Database(f"sqlite:///{database_file}")


def said(number: int) -> Message:
    """A line of the talk; every third is said to the bot alone."""
    group = None if number % 3 == 0 else FIRST.group
    at = FIRST.sent_at + timedelta(seconds=number)
    return replace(FIRST, id=MessageId(f"m{number}"), group=group, sent_at=at, text=f"第{number}句")


@pytest.mark.parametrize("recalled", [None, 5, 398])
async def test_a_long_talk_is_remembered_as_it_is_kept(
    database: Database, database_file: Path, recalled: int | None
) -> None:
    for number in range(400):
        async with database.begin() as work:
            await work.messages.receive(said(number))
            await work.messages.recent(said(number), 30)
            await work.messages.done(said(number).id, Role.RESIDENT, "chatter")
    fresh = Database(f"sqlite:///{database_file}")
    seen = []
    async with database.begin() as work:
        if recalled is not None:
            await work.messages.forget(said(recalled).id, FIRST.sender)
        for number in (400, 402):
            await work.messages.receive(said(number))
        seen.append([await work.messages.recent(said(number), 30) for number in (400, 402)])
    async with fresh.begin() as work:
        seen.append([await work.messages.recent(said(number), 30) for number in (400, 402)])
    assert seen[0] == seen[1]
    assert [len(lines) for lines in seen[0]] == [30, 30]
    await database.close()
    await fresh.close()


async def test_what_came_before_a_message_that_waited_is_not_what_came_after_it(database: Database) -> None:
    async with database.begin() as work:
        for number in (1, 2, 4):
            await work.messages.receive(said(number))
        texts = [
            [line.message.text for line in await work.messages.recent(said(n), 30)] for n in (1, 2, 4, 2, 1)
        ]
    assert texts == [[], ["第1句"], ["第1句", "第2句"], ["第1句"], []]
    await database.close()
