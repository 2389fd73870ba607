"""What a gateway that dies again and again costs: `./dev bench outages`. Needs Node, and minutes.

The whole bot on the gateway of the tests; residents say 2,000 messages in bursts, some of them reports, while
the gateway is killed (kill -9, with a burst still being fetched and answered) and started again 20 times;
WeChat itself, a file beside it, outlives it. Then it is frozen (SIGSTOP) three times. Measured are the
seconds from a gateway that listens again to a bot that is logged in, and from the freeze to its being
noticed. Counted is what the gateway announced to the bot: whether each message was dealt with, once, and
each report answered once. What a dying gateway never announced has not arrived, and is counted apart.
"""

import argparse
import asyncio
import copy
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.chat.presence import State
from domain.ids import MessageId
from evaluation.replays import silent
from storage.migrate import migrate
from tests.wechat.bot import WORLD, Bot
from tests.wechat.gateway import FOLDER, Gateway

BACK_WITHIN, NOTICED_WITHIN = 5.0, 15.0
"""Seconds that are promised."""
FREEZES = 3
BURST = 25
"""So many messages are said at once, and then a report, each of another place."""
CHATTER = (
    "今天排骨多少钱一斤",
    "早上好",
    "明天有雨，记得收衣服",
    "孩子的作业写完了",
    "哈哈哈",
    "周末去公园吗",
)
_LOOK = 0.005
_PATIENCE = 120.0
_THINKS = 0.2
"""Seconds at most between a message and a death: time enough to be caught in the middle of an answer."""


@dataclass
class Run:
    """What happened."""

    said: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    announced: Counter[str] = field(default_factory=Counter)
    back: list[float] = field(default_factory=list)
    noticed: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """What there is at the end, in the database and in the group."""

    done: Counter[str]
    left: int
    tickets: Counter[str]
    lines: dict[str, list[str]]


async def within(what: str, bot: Bot, *states: State) -> float:
    """Seconds until things stand like one of these."""
    started = time.monotonic()
    while bot.wechat.link.state not in states or (
        State.READY in states and not bot.wechat.link.ready.is_set()
    ):
        if time.monotonic() - started > _PATIENCE:
            raise SystemExit(f"{_PATIENCE:.0f} 秒内没有等到：{what}")
        await asyncio.sleep(_LOOK)
    return time.monotonic() - started


async def say(bot: Bot, run: Run, number: int, chance: random.Random) -> None:
    """A resident says something."""
    report = number % BURST == BURST - 1
    text = (
        f"{number // BURST + 1}栋楼下烧烤店油烟直往家里灌，窗户都不敢开" if report else chance.choice(CHATTER)
    )
    key = await bot.say("wxid_jie" if report else "wxid_tu", text)
    run.said.append(key)
    run.reports += [key] if report else []


async def outage(bot: Bot, run: Run) -> None:
    """The gateway dies, and is started again."""
    await bot.gateway.kill()
    await within("断线", bot, State.ABSENT)
    await bot.gateway.start()
    run.back.append(await within("恢复", bot, State.READY))


async def freeze(bot: Bot, run: Run) -> None:
    """The gateway hangs for a while."""
    bot.gateway.freeze()
    run.noticed.append(await within("发现卡住", bot, State.ABSENT))
    bot.gateway.thaw()
    await within("恢复", bot, State.READY)


async def talk(bot: Bot, run: Run, size: int, kills: int, bar: Progress) -> None:
    """Everything that is said, and everything that goes wrong meanwhile."""
    chance = random.Random(1)  # noqa: S311 - the same every time
    bursts = [range(start, min(start + BURST, size)) for start in range(0, size, BURST)]
    share = len(bursts) // kills
    deaths = {number * share + chance.randrange(share) for number in range(kills)}
    saying = bar.add_task("说话", total=size)
    for number, burst in enumerate(bursts):
        await asyncio.gather(*(say(bot, run, one, chance) for one in burst[:-1]))
        await say(
            bot, run, burst[-1], chance
        )  # after all others: two reports on end might be one to the reader
        bar.advance(saying, len(burst))
        if number in deaths:
            await asyncio.sleep(chance.uniform(0, _THINKS))
            await outage(bot, run)
    freezing = bar.add_task("卡住", total=FREEZES)
    for _ in range(FREEZES):
        await freeze(bot, run)
        bar.advance(freezing)


async def settled(bot: Bot, run: Run) -> None:
    """Wait until nothing moves any more."""
    deadline, before = time.monotonic() + _PATIENCE, -1
    while time.monotonic() < deadline:
        async with bot.database.begin() as work:
            done = len(await work.messages.waiting("done"))
            waiting = await work.outbox.of_status("waiting", "claimed")
        if done == before and done >= sum(key in run.announced for key in run.said) and not waiting:
            return
        before = done
        await asyncio.sleep(1)


async def found(bot: Bot, run: Run) -> Found:
    """Look at what has become of it."""
    async with bot.database.begin() as work:
        done = Counter(str(message.id) for message in await work.messages.waiting("done"))
        left = len(await work.messages.waiting()) + len(await work.messages.failures())
        tickets = Counter({key: len(await work.tickets.opened_by(MessageId(key))) for key in run.reports})
        numbers = [ticket.no for ticket in await work.tickets.all()]
    said = [(line["id"], line["text"]) for line in await bot.said() if "已登记" in line.get("text", "")]
    return Found(done, left, tickets, {no: [key for key, text in said if no in text] for no in numbers})


async def measure(size: int, kills: int, folder: Path, bar: Progress) -> tuple[Run, Found]:
    """Let it happen."""
    address = folder / "outages.db"
    migrate(f"sqlite:///{address}")
    run = Run()
    gateway = await Gateway(copy.deepcopy(WORLD) | {"store": str(folder / "wechat.jsonl")}).start()
    try:
        async with Bot(gateway, folder, address) as bot:
            bot.wechat.puppet.on("message", lambda what: run.announced.update([str(what["messageId"])]))
            await bot.ready()
            await talk(bot, run, size, kills, bar)
            await settled(bot, run)
            return run, await found(bot, run)
    finally:
        await gateway.stop()


def show(run: Run, there: Found, console: Console) -> bool:
    """The figures; whether all is as promised."""
    arrived = [key for key in run.said if key in run.announced]
    lost = [key for key in arrived if key not in there.done]
    asked = [key for key in run.reports if key in run.announced]
    unanswered = sum(there.tickets[key] == 0 for key in asked)
    registered_twice = sum(there.tickets[key] > 1 for key in asked)
    unsaid = sum(not keys for keys in there.lines.values())
    again = [keys for keys in there.lines.values() if len(keys) > 1]
    unknown = sum(any(key not in run.announced for key in keys) for keys in again)
    rows = [
        ("网关被杀、又起来", f"{len(run.back)} 次", ""),
        ("起来以后多久接上（中位 / 最慢）", f"{statistics.median(run.back):.2f} / {max(run.back):.2f} 秒",
         _mark(max(run.back) <= BACK_WITHIN, f"{BACK_WITHIN:.0f} 秒内")),
        ("卡住多久发现（中位 / 最慢）", f"{statistics.median(run.noticed):.2f} / {max(run.noticed):.2f} 秒",
         _mark(max(run.noticed) <= NOTICED_WITHIN, f"{NOTICED_WITHIN:.0f} 秒内")),
        ("居民说的话", f"{len(run.said)} 条", ""),
        ("网关死前没来得及通知的", f"{len(run.said) - len(arrived)} 条", "不算到达"),
        ("到达的", f"{len(arrived)} 条", ""),
        ("丢了的", f"{len(lost)} 条", _mark(not lost, "0")),
        ("到了没处理完、失败的", f"{there.left} 条", _mark(not there.left, "0")),
        ("到达的反映", f"{len(asked)} 件", ""),
        ("没有登记的", f"{unanswered} 件", _mark(not unanswered, "0")),
        ("登记了两次的", f"{registered_twice} 件", _mark(not registered_twice, "0")),
        ("群里没有回话的工单", f"{unsaid} 件", _mark(not unsaid, "0")),
        ("群里回了两次的工单", f"{len(again) - unknown} 件", _mark(len(again) == unknown, "0")),
        ("同上，而网关死前没说第一次发了的", f"{unknown} 件", "无从知道"),
    ]  # fmt: skip
    table = Table("", "结果", "应当", title="网关反复断线")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    return not any("✗" in promised for _, _, promised in rows)


def _mark(good: bool, promised: str) -> str:  # noqa: FBT001 - what is marked
    return f"{'✓' if good else '✗'} {promised}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=2000, metavar="N", help="so many messages")
    parser.add_argument("--kills", type=int, default=20, metavar="N", help="so many deaths of the gateway")
    chosen = parser.parse_args()
    if chosen.kills * BURST > chosen.messages:
        parser.error(f"至少要 {chosen.kills * BURST} 条消息")
    if not shutil.which("node") or not (FOLDER / "node_modules").is_dir():
        sys.exit("需要 Node 和测试用的网关：先跑一次 ./dev test，或在 tests/gateway 里 npm ci。")
    silent()
    console = Console()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as folder, Progress(*columns) as bar:
        run, there = asyncio.run(measure(chosen.messages, chosen.kills, Path(folder), bar))
    sys.exit(0 if show(run, there, console) else 1)


if __name__ == "__main__":
    main()
