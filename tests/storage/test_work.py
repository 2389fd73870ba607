"""A unit of work is kept as a whole or not at all, also from several sides at once."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Kind, Media, Message, Reply
from domain.people import Community, Person, Roster, Strength, Supervisor
from storage.database import Database
from storage.media import MediaStore
from storage.roster import join_group, members_of, save_roster

DAY = date(2026, 5, 11)
START = datetime(2026, 5, 11, 10, tzinfo=UTC)


@pytest.fixture
async def database(database_file: Path) -> Database:
    return Database(f"sqlite:///{database_file}")


async def test_numbers_are_given_out_once_each(database: Database) -> None:
    async def take() -> str:
        async with database.begin() as work:
            return await work.tickets.next_no(DAY)

    numbers = await asyncio.gather(*(take() for _ in range(30)))
    assert sorted(numbers) == [f"20260511-{n:03d}" for n in range(1, 31)]
    await database.close()


async def test_a_number_of_a_unit_that_failed_is_not_lost(database: Database) -> None:
    async def fail() -> None:
        async with database.begin() as work:
            await work.tickets.next_no(DAY)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with database.begin() as work:
        assert await work.tickets.next_no(DAY) == "20260511-001"
    await database.close()


async def test_a_look_waits_for_nobody_and_changes_nothing(database: Database) -> None:
    async with database.begin() as work:
        await work.tickets.next_no(DAY)
        async with asyncio.timeout(1), database.look() as beside:
            assert await beside.tickets.gap() is None
    async with database.look() as work:
        with pytest.raises(OperationalError):
            await work.tickets.next_no(DAY)
    async with database.begin() as work:
        assert await work.tickets.next_no(DAY) == "20260511-002"
    await database.close()


async def test_while_another_program_writes_this_one_goes_on(database: Database, database_file: Path) -> None:
    other = sqlite3.connect(database_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def take() -> str:
        async with database.begin() as work:
            return await work.tickets.next_no(DAY)

    taking = asyncio.create_task(take())
    await asyncio.sleep(0.1)
    assert not taking.done()
    other.execute("COMMIT")
    async with asyncio.timeout(1):
        assert await taking == "20260511-001"
    other.close()
    await database.close()


async def test_what_another_program_changes_is_seen_at_once(database: Database, database_file: Path) -> None:
    first = Message(MessageId("m1"), GroupId("g"), MemberId("a"), "甲", START, text="有一句话")
    second = replace(first, id=MessageId("m2"), text="又一句")
    other = Database(f"sqlite:///{database_file}")
    async with database.begin() as work:
        assert await work.messages.receive(first)
        assert [line.message.text for line in await work.messages.recent(second, 9)] == ["有一句话"]
    async with other.begin() as work:
        await work.messages.forget(first.id, first.sender)
        await work.messages.receive(second)
    async with database.begin() as work:
        assert [
            line.message for line in await work.messages.recent(replace(first, id=MessageId("m3")), 9)
        ] == [second]
    await database.close()
    await other.close()


async def test_a_roster_comes_back_as_it_was_and_replaces_the_one_before(database: Database) -> None:
    first = Roster(
        (
            Community(
                "甲社区",
                "东街",
                GroupId("g1"),
                "甲群",
                ("甲园",),
                Strength.QUIET,
                (Person(MemberId("o1"), "赵"),),
            ),
            Community("乙社区", "东街", GroupId("g2"), workers=(Person(None, "钱"),)),
        ),
        (Supervisor(Person(MemberId("s1"), "孙"), "东街"), Supervisor(Person(None, "李"))),
    )
    swapped = Roster((Community("乙社区", "西街", GroupId("g1")), Community("丙社区", "西街", GroupId("g2"))))
    for roster in (first, swapped):
        async with database.begin() as work:
            await save_roster(work.connection, roster)
        async with database.begin() as work:
            assert await work.roster() == roster
    await database.close()


async def test_who_joined_keeps_their_place_and_takes_a_new_name(database: Database) -> None:
    group = GroupId("g1")
    async with database.begin() as work:
        await join_group(work.connection, group, {MemberId("a"): "甲", MemberId("b"): "乙"})
        await join_group(work.connection, group, {MemberId("a"): "阿甲"})
        assert await members_of(work.connection, group) == {"a": "阿甲", "b": "乙"}
    await database.close()


def test_a_file_is_kept_once_and_given_back_only_as_it_was(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    media = store.keep("a.jpg", "image/jpeg", b"picture")
    assert store.keep("b.jpg", "image/jpeg", b"picture").sha256 == media.sha256
    assert media.sha256 is not None
    assert store.read(media.sha256) == b"picture"
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(b"another")
    assert store.read(media.sha256) is None


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 64, "a" * 63 + "/"])
def test_what_was_never_kept_is_not_there(tmp_path: Path, name: str) -> None:
    assert MediaStore(tmp_path).read(name) is None


@pytest.mark.parametrize("said", [True, False])
async def test_a_file_that_the_bot_sends_too_is_not_thrown_away(database: Database, said: bool) -> None:
    file = Media("a" * 64, "a.jpg", "image/jpeg", 7)
    photo = Message(MessageId("m1"), GroupId("g"), MemberId("x"), "x", START, Kind.IMAGE, media=file)
    async with database.begin() as work:
        await work.messages.receive(photo)
        if said:
            await work.outbox.put([Reply(MemberId("o"), in_group=False, file=file)], None, START)
        assert await work.messages.forget(photo.id, photo.sender) == (None if said else file.sha256)
    await database.close()


async def test_a_reply_with_words_and_a_file_is_two_messages(database: Database) -> None:
    file = Media("b" * 64, "b.png", "image/png", 7)
    to, officer = GroupId("g"), MemberId("o")
    replies = [Reply(to, "看图", mentions=(officer,), file=file), Reply(to, file=file), Reply(to, "完了")]
    async with database.begin() as work:
        await work.outbox.put(replies, MessageId("m1"), START)
        kept = [line.reply for line in await work.outbox.of_status("waiting")]
    assert kept == [
        Reply(to, "看图", mentions=(officer,)),
        Reply(to, file=file),
        Reply(to, file=file),
        Reply(to, "完了"),
    ]
    await database.close()
