"""The programs on a gateway that `bench.wechat` measures, and the groups that they are in."""

import asyncio
import os
import sqlite3
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from domain.ids import GroupId, MemberId
from domain.people import Community, Person, Roster
from storage.database import Database
from storage.migrate import migrate
from storage.roster import save_roster
from tests.wechat.gateway import Gateway, free_port

ROOMS, PEOPLE = 50, 12
PATIENCE = 900.0
"""Seconds without the end of a burst, after which it is given up."""
TICK = os.sysconf("SC_CLK_TCK")
NAMES = {"stub": "裸 gRPC（只取消息）", "stock": "wechaty 原样叮咚机器人", "bot": "网格管家"}


def room(number: int) -> str:
    """A group."""
    return f"{number}@chatroom"


def world() -> dict[str, object]:
    """The groups, each with two officers and its residents, as the gateway knows them."""
    people = {number: [f"p{number}-{i}" for i in range(PEOPLE)] for number in range(ROOMS)}
    return {
        "contacts": {who: f"名{who}" for there in people.values() for who in there},
        "rooms": {
            room(n): {"topic": f"第{n}居民群", "members": dict.fromkeys(there, "")}
            for n, there in people.items()
        },
    }


def roster() -> Roster:
    """The groups' communities, with the first two of each group as its officers."""
    return Roster(
        tuple(
            Community(
                f"第{n}社区",
                "东街",
                GroupId(room(n)),
                officers=tuple(Person(MemberId(f"p{n}-{i}"), f"名p{n}-{i}") for i in (0, 1)),
            )
            for n in range(ROOMS)
        )
    )


# --- the programs ------------------------------------------------------------------------------


@dataclass
class Client:
    """One program on a gateway; `through` says how many messages it has done with."""

    process: Process
    through: Callable[[], Awaitable[int]]

    def seconds(self) -> float:
        """The processor time that it has used, of all its threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def resident(self) -> float:
        """Its memory in MiB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def started(*command: str, **settings: str) -> Process:
    """A Python program with these settings."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, *command),
        env={**os.environ, **settings},  # noqa: TID251 - the program's own, and its settings
        stdout=PIPE,
        stderr=PIPE if settings else DEVNULL,
    )


async def logged_in(output: asyncio.StreamReader | None) -> None:
    """Wait until the program says so. Raises RuntimeError where it ends instead."""
    async with asyncio.timeout(PATIENCE):
        while line := await output.readline() if output else b"":
            if b"ready" in line:
                return
    raise RuntimeError("it never logged in")


@asynccontextmanager
async def beside(name: str, gateway: Gateway, scratch: Path) -> AsyncIterator[Client]:
    """A baseline, logged in."""
    del scratch
    process = await started("-m", f"bench.beside.{name}", gateway.endpoint, gateway.token)
    await logged_in(process.stdout)
    count = 0

    async def listen() -> None:
        nonlocal count
        assert process.stdout  # noqa: S101 - it was started with a pipe
        async for line in process.stdout:
            count = int(line) if line.strip().isdigit() else count

    async def through() -> int:
        return count

    listening = asyncio.create_task(listen())
    try:
        yield Client(process, through)
    finally:
        listening.cancel()
        process.kill()
        await process.wait()


@asynccontextmanager
async def whole(name: str, gateway: Gateway, scratch: Path) -> AsyncIterator[Client]:
    """The bot, logged in."""
    file = Path(tempfile.mkdtemp(dir=scratch)) / f"{name}.db"
    await furnish(file)
    process = await started(
        *("-c", "from bot.cli import main; main()", "run"),
        WANGGE_DATABASE=f"sqlite:///{file}",
        WANGGE_MEDIA=str(scratch / "media"),
        WANGGE_HTTP=f"127.0.0.1:{free_port()}",
        WANGGE_PACE_SECONDS="0",
        WANGGE_WECHAT_ENDPOINT=gateway.endpoint,
        WANGGE_WECHAT_TOKEN=gateway.token,
        WANGGE_WECHAT_JITTER_SECONDS="0",
        WANGGE_WECHAT_PER_MINUTE="1000000",
    )
    await logged_in(process.stderr)
    reading = asyncio.create_task(process.communicate())
    try:
        yield Client(process, lambda: asyncio.to_thread(done, file))
    finally:
        process.kill()
        await process.wait()
        await reading


async def furnish(file: Path) -> None:
    """A database with the roster in it."""
    migrate(f"sqlite:///{file}")
    database = Database(f"sqlite:///{file}")
    async with database.begin() as work:
        await save_roster(work.connection, roster())
    await database.close()


def done(file: Path) -> int:
    """How many messages have been dealt with; one less while anything is to be said now."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30)
    try:
        count = connection.execute("SELECT count(*) FROM messages WHERE status='done'").fetchone()[0]
        unsaid = "SELECT 1 FROM outbox WHERE status IN ('waiting', 'claimed') AND due_at <= datetime('now')"
        return int(count) - bool(connection.execute(unsaid).fetchone())
    finally:
        connection.close()
