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
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.beside.programs import NAMES, PATIENCE, PEOPLE, ROOMS, Client, beside, room, whole, world
from bench.beside.talk import Words
from tests.wechat.gateway import NODE, Gateway

REPORTS, REPLIES = 0.02, 0.02
"""How much of a burst is not chatter."""
SIZES = (2_000, 10_000)
LOOK = 0.1
BURST = 2_000
"""Where memory is measured, so many at a time."""
Line = tuple[str, str, str]
"""Who, where, what."""


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
