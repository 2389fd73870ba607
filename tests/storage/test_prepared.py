"""A statement that goes straight to the driver gives what SQLAlchemy gives, value by value."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Media, Message
from storage.database import Database
from storage.prepared import often
from storage.schema import messages

HERE = timezone(timedelta(hours=8))
WANTED = select(messages).where(messages.c.id == bindparam("message"), messages.c.status != "failed")
MESSAGES = [
    Message(
        MessageId("a"),
        GroupId("g"),
        MemberId("李姐"),
        "李",
        datetime(2026, 5, 11, 10, tzinfo=HERE),
        text="烟",
    ),
    Message(
        MessageId("b"),
        None,
        MemberId("o'x"),
        "",
        datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        mentions=(MemberId("x"), MemberId("y")),
        to_bot=True,
        media=Media("ab", "a.jpg", "image/jpeg", 3),
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=["in a group", "with a file"])
async def test_the_same_values_come_back(message: Message, database_file: Path) -> None:
    prepared = often(
        select(messages).where(messages.c.id == bindparam("message"), messages.c.status != "failed")
    )
    database = Database(f"sqlite:///{database_file}")
    async with database.begin() as work:
        await work.messages.receive(message)
        for key in (message.id, "nobody"):
            plain = (await work.connection.execute(WANTED, {"message": key})).mappings().all()
            fast = (await work.connection.execute(prepared, {"message": key})).mappings().all()
            assert [dict(row) for row in fast] == [dict(row) for row in plain]
    await database.close()


async def test_several_rows_at_once_go_the_other_way(database_file: Path) -> None:
    both = often(insert(messages))
    rows: list[dict[str, object]] = [
        {
            "id": key,
            "sender": "x",
            "sender_name": "",
            "sent_at": datetime(2026, 5, 11, tzinfo=UTC),
            "kind": "text",
            "text": "",
            "mentions": [],
            "to_bot": False,
            "recalled": False,
            "status": "new",
        }
        for key in ("a", "b")
    ]
    database = Database(f"sqlite:///{database_file}")
    async with database.begin() as work:
        await work.connection.execute(both, rows)
        assert [message.id for message in await work.messages.waiting()] == ["a", "b"]
    await database.close()


async def test_what_a_unit_wrote_through_it_goes_where_the_unit_fails(database_file: Path) -> None:
    database = Database(f"sqlite:///{database_file}")

    async def fail() -> None:
        async with database.begin() as work:
            assert await work.messages.receive(MESSAGES[0])
            raise RuntimeError

    for _ in range(2):
        with pytest.raises(RuntimeError):
            await fail()
    async with database.begin() as work:
        assert await work.messages.waiting() == []
    await database.close()
