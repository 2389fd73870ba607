"""How fast the whole bot is on a real WeChat gateway, beside two named baselines: `./dev bench wechat`.

The baselines, in the same run on the same gateway with the same burst: wechaty's own ding-dong bot as it is
(`beside/stock.py`), and a bare gRPC client that fetches each message and does nothing with it
(`beside/stub.py`). The bot is `wangge run` as a process of its own: a message counts when it is kept, read,
answered, and its answer has been said. Fifty groups talk at once, after a first line from everybody; 96 % is
chatter, the rest reports and officers' replies, from the labelled corpus. Processor time is that of the
client alone, all its threads. The memory is the bot's own, burst after burst.
"""

import argparse
import asyncio
import os
import random
import sqlite3
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.handling import Words
from domain.ids import GroupId, MemberId
from domain.people import Community, Person, Roster
from storage.database import Database
from storage.migrate import migrate
from storage.roster import save_roster
from tests.wechat.gateway import NODE, Gateway, free_port

ROOMS, PEOPLE = 50, 12
REPORTS, REPLIES = 0.02, 0.02
"""How much of a burst is not chatter."""
SIZES = (2_000, 10_000)
PATIENCE = 900.0
"""Seconds without the end of a burst, after which it is given up."""
LOOK = 0.1
BURST = 2_000
"""Where memory is measured, so many at a time."""
TICK = os.sysconf("SC_CLK_TCK")
Line = tuple[str, str, str]
"""Who, where, what."""


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


def talk(words: Words) -> Iterator[Line]:
    """What is said, for ever."""
    while True:
        number, dice = words.chance.randrange(ROOMS), words.chance.random()
        who, said = words.chance.randrange(2, PEOPLE), words.chatter
        if dice < REPORTS:
            said = words.reports
        elif dice < REPORTS + REPLIES:
            who, said = 0, words.replies
        yield f"p{number}-{who}", room(number), words.chance.choice(said)


def greetings() -> list[Line]:
    """A first line from everybody, so that all names are known."""
    return [(f"p{n}-{i}", room(n), "早上好") for n in range(ROOMS) for i in range(PEOPLE)]


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
        assert process.stdout  # noqa: S101 - as above
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


NAMES = {"stub": "裸 gRPC（只取消息）", "stock": "wechaty 原样叮咚机器人", "bot": "网格管家"}


# --- measuring ---------------------------------------------------------------------------------


@dataclass
class Figures:
    """What a burst took: messages done with, seconds by the clock, seconds of processor time."""

    count: int
    clock: float
    processor: float

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.count / self.clock

    @property
    def cost(self) -> float:
        """Milliseconds of processor time a message."""
        return 1000 * self.processor / self.count


async def burst(client: Client, gateway: Gateway, lines: list[Line], tell: Callable[[int], None]) -> Figures:
    """All of it at once, until the client is through with it, or has given up."""
    before, spent = await client.through(), client.seconds()
    now = asyncio.get_running_loop().time
    begun = moved = now()
    await gateway.do("burst", lines=lines)
    count = 0
    while count < len(lines) and now() - moved < PATIENCE and client.process.returncode is None:
        await asyncio.sleep(LOOK)
        if (further := await client.through() - before) > count:
            count, moved = further, now()
        tell(count)
    return Figures(count, now() - begun, client.seconds() - spent)


async def measured(name: str, size: int, scratch: Path, progress: Progress) -> Figures:
    """One program, one burst."""
    gateway = await Gateway(world()).start()
    run = whole if name == "bot" else beside
    lines = talk(Words(random.Random(1)))  # noqa: S311 - no secrets
    task = progress.add_task(f"{NAMES[name]} {size}", total=size)
    try:
        async with run(name, gateway, scratch) as client:
            await burst(client, gateway, greetings(), lambda _: None)
            what = [next(lines) for _ in range(size)]
            return await burst(client, gateway, what, lambda n: progress.update(task, completed=n))
    finally:
        await gateway.stop()


async def remembered(marks: list[int], scratch: Path, progress: Progress) -> list[float]:
    """The bot's memory in MiB after so many messages each."""
    gateway = await Gateway(world()).start()
    lines = talk(Words(random.Random(1)))  # noqa: S311 - no secrets
    task, sizes = progress.add_task("内存", total=marks[-1]), []
    try:
        async with whole("bot", gateway, scratch) as client:
            await burst(client, gateway, greetings(), lambda _: None)
            for at, mark in enumerate(marks):
                for start in range(marks[at - 1] if at else 0, mark, BURST):
                    what = [next(lines) for _ in range(min(BURST, mark - start))]
                    await burst(client, gateway, what, lambda _: None)
                    progress.update(task, advance=len(what))
                sizes.append(client.resident())
    finally:
        await gateway.stop()
    return sizes


def show(found: dict[int, dict[str, Figures]]) -> None:
    """The table."""
    table = Table(title="一次涌来这么多条，每条读、存、答完")
    for heading in ("条数", "程序", "每秒条数", "每条处理器毫秒", "速度是原样的"):
        table.add_column(heading, justify="left" if heading == "程序" else "right")
    for size, of in found.items():
        for name, figures in of.items():
            beside = f"{figures.rate / of['stock'].rate:.2f} 倍" if "stock" in of else ""
            lost = "" if figures.count >= size else f"（只有 {figures.count} 条）"
            table.add_row(str(size), NAMES[name] + lost, f"{figures.rate:.0f}", f"{figures.cost:.2f}", beside)
    Console().print(table)


async def bursts(sizes: list[int], names: list[str], scratch: Path) -> None:
    """Every size, every program."""
    found: dict[int, dict[str, Figures]] = {}
    with Progress(console=Console(stderr=True)) as progress:
        for size in sizes:
            found[size] = {name: await measured(name, size, scratch, progress) for name in names}
    show(found)


async def memory(most: int, scratch: Path) -> None:
    """After a tenth of so many messages, and after all."""
    with Progress(console=Console(stderr=True)) as progress:
        early, late = await remembered([most // 10, most], scratch, progress)
    sizes = f"{most // 10} 条以后 {early:.1f} MiB，{most} 条以后 {late:.1f} MiB"
    print(f"内存：{sizes}，是前者的 {late / early:.3f} 倍")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--burst", type=int, nargs="*", default=SIZES, metavar="N", help="bursts of so many")
    parser.add_argument("--only", nargs="*", default=[*NAMES], choices=NAMES, help="these programs")
    parser.add_argument(
        "--memory", type=int, metavar="N", help="the memory after N/10 and N messages instead"
    )
    given = parser.parse_args()
    if NODE is None:
        sys.exit("需要 Node，和 ./dev test 装好的 tests/gateway")
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as scratch:
        if given.memory:
            asyncio.run(memory(given.memory, Path(scratch)))
        else:
            asyncio.run(bursts(given.burst, given.only, Path(scratch)))


if __name__ == "__main__":
    main()
