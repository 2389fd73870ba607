"""A unit of work is kept as a whole or not at all, also from several sides at once."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from domain.ids import GroupId, MemberId
from domain.people import Community, Person, Roster, Strength, Supervisor
from storage.database import Database
from storage.media import MediaStore
from storage.roster import join_group, members_of, save_roster

DAY = date(2026, 5, 11)


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
