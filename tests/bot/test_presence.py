"""What the maintainer hears of a platform that goes and comes, and what the next start knows of it."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.contract import Standing
from bot.chat.notice import Notices
from bot.chat.presence import Presence, State, Words
from bot.clock import VirtualClock
from storage.database import Database

MONDAY = datetime(2026, 5, 11, 10, tzinfo=UTC)
WORDS = Words(
    "somewhere",
    "正在连接。",
    "说的话",
    {State.ABSENT: "连不上。", State.READY: "已连上。", State.LOGGED_OUT: "请扫码。"},
)


async def quiet() -> None:
    """A platform that says nothing."""
    await asyncio.Event().wait()


async def fails() -> None:
    """A platform that ends in an error."""
    raise RuntimeError("over")


async def told(file: Path, away: timedelta, *states: State, between: float = 0) -> list[str]:
    """What the maintainer hears where the platform was last there so long ago, and these states follow."""
    database, clock, notices = Database(f"sqlite:///{file}"), VirtualClock(MONDAY), Notices("")
    async with database.begin() as work:
        await work.arrivals.heard(MONDAY - away)
    presence, ready = Presence(WORDS, notices, database, clock), asyncio.Event()
    running = asyncio.create_task(presence.run(ready, quiet))
    await asyncio.sleep(0.1)
    for state in states:
        presence.changed(state)
        await asyncio.sleep(between)
    await asyncio.sleep(0.1)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await database.close()
    return notices.told


@pytest.mark.parametrize(
    ("away", "how_long"), [(60, []), (61, ["约 1 分钟"]), (150, ["约 2 分钟"]), (5400, ["约 90 分钟"])]
)
async def test_an_outage_of_more_than_a_minute_is_told(
    database_file: Path, away: int, how_long: list[str]
) -> None:
    *outage, ready = await told(database_file, timedelta(seconds=away), State.READY)
    assert ready == "已连上。"
    assert [f"断线{words}后恢复。这段时间说的话平台不会补发，请翻一下群聊。" for words in how_long] == outage


@pytest.mark.parametrize(("between", "heard"), [(0.0, ["已连上。"]), (0.5, ["已连上。", "连不上。"])])
async def test_what_passes_quickly_is_not_told(
    database_file: Path, monkeypatch: pytest.MonkeyPatch, between: float, heard: list[str]
) -> None:
    monkeypatch.setattr("bot.chat.presence._GRACE", 0.2)
    states = (State.READY, State.ABSENT, State.READY)
    got = await told(database_file, timedelta(0), *states, between=between)
    assert got[: len(heard)] == heard
    assert got.count("已连上。") == len(heard)  # it is back: told only to whom it was told that it was gone


async def test_that_it_is_there_is_noted_for_the_next_start(database_file: Path) -> None:
    database = Database(f"sqlite:///{database_file}")
    presence, ready = Presence(WORDS, Notices(""), database, VirtualClock(MONDAY)), asyncio.Event()
    running = asyncio.create_task(presence.run(ready, quiet))
    for there in (False, True):
        if there:
            ready.set()
        await asyncio.sleep(0.1)
        async with database.begin() as work:
            assert await work.arrivals.last_heard() == (MONDAY if there else None)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await database.close()


async def test_how_things_stand(database_file: Path) -> None:
    database = Database(f"sqlite:///{database_file}")
    presence = Presence(WORDS, Notices(""), database, VirtualClock(MONDAY))
    assert presence.standing("weixin://code") == Standing("正在连接。", well=False)
    presence.changed(State.LOGGED_OUT)
    assert presence.standing("weixin://code") == Standing("请扫码。", False, MONDAY, "weixin://code")
    presence.changed(State.READY)
    assert presence.standing("weixin://code") == Standing("已连上。", since=MONDAY)
    await asyncio.sleep(0)
    await database.close()


async def test_a_connection_that_fails_ends_the_program_and_leaves_nothing_behind(
    database_file: Path,
) -> None:
    database = Database(f"sqlite:///{database_file}")
    presence = Presence(WORDS, Notices(""), database, VirtualClock(MONDAY))
    presence.start(quiet())
    with pytest.raises(RuntimeError, match="over"):
        await asyncio.wait_for(presence.run(asyncio.Event(), quiet, fails), 10)
    assert asyncio.all_tasks() == {asyncio.current_task()}
    await database.close()
