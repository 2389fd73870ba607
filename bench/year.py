"""A year of the bot on a virtual clock, and a check of all that it said: `./dev bench year`. Takes minutes.

75 communities, 150 officers, a seeded chance: reports at all hours, officers who accept, settle, put off and
fall silent, leaves with and without somebody standing in, check-ins or none, own actions. It runs on the real
bot with a real database file. Then a second telling of the rules (`tests/year/`, with a calendar of its own)
says what must have been said to whom and when, and each line is held against it; so are the figures of random
questions, against counting what is kept one by one. With `--kills` the same year is lived again by a program
that dies at as many steps (in a unit of work, around its commit, between claiming and sending a line, between
sending and noting it) and is started again; the same must have been said.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from evaluation.replays import silent
from storage.migrate import migrate
from tests.year.check import Said, Verdict, check, differences, lines
from tests.year.figures import counted
from tests.year.script import Script
from tests.year.world import Fate, World, verified
from tests.year.writing import write

FIRST = date(2025, 12, 29)
_LAW_DAY = 3
_SHOWN = 20
_QUESTIONS = 3000


@dataclass
class Lived:
    """A year that is over."""

    verdict: Verdict
    said: list[Said]
    figures: int
    steps: int
    died: int
    seconds: float


def live(script: Script, fate: Fate, name: str, bar: Progress) -> Lived:
    """Live a year, and judge it."""
    task = bar.add_task(name, total=len(script.events))
    with tempfile.TemporaryDirectory(prefix="wangge-year-") as scratch:
        folder = Path(scratch)
        migrate(f"sqlite:///{folder / 'wangge.db'}")
        world = World(script, folder, fate, {"law_card_day": _LAW_DAY, "law_cards": verified(folder)})
        started = time.process_time()

        def passed(_: datetime) -> None:
            bar.advance(task)

        asyncio.run(world.live(passed))
        seconds = time.process_time() - started
        verdict = check(script, folder, world.platform.said)
        said, _ = lines(folder, world.platform.said)
        figures = _figures(world, script, verdict)
    return Lived(verdict, said, figures, fate.steps, fate.died, seconds)


def _figures(world: World, script: Script, verdict: Verdict) -> int:
    """How many figures were counted a second time, up to the first wrong one."""
    try:
        return asyncio.run(counted(world.address, script.ends, _QUESTIONS))
    except AssertionError as error:
        verdict.wrong.append(f"数错了：{error}")
        return 0


def show(script: Script, one: Lived, other: Lived | None, console: Console) -> bool:
    """The table; whether all is as it must be."""
    table = Table("", "核对了", "不对的", title=f"{script.weeks} 周，{len(script.district.places)} 个社区")
    table.add_row("居民和队员说的话", f"{len(script.events)}", "")
    for kind, count in one.verdict.looked_at.most_common():
        table.add_row(kind, f"{count}", "")
    table.add_row("随机问的数（一件件再数一遍）", f"{one.figures}", "")
    table.add_row("合计", "", _mark(len(one.verdict.wrong)))
    table.add_row("用时（处理器）", f"{one.seconds / 60:.1f} 分", "")
    wrong = list(one.verdict.wrong)
    if other:
        apart = list(differences(one.said, other.said))
        table.add_row("杀掉、重启", f"{other.died} 次", _mark(len(other.verdict.wrong)))
        table.add_row("死在发出和记下之间、说了两次的", f"{other.verdict.twice} 条", "")
        table.add_row("说的和没被杀的一年不一样的人", f"{len(apart)} 个", _mark(len(apart)))
        table.add_row("用时（处理器）", f"{other.seconds / 60:.1f} 分", "")
        wrong += [*other.verdict.wrong, *apart]
    console.print(table)
    for problem in wrong[:_SHOWN]:
        console.print(problem, markup=False)
    return not wrong


def _mark(wrong: int) -> str:
    return f"✗ {wrong}" if wrong else "✓ 0"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--communities", type=int, default=75, metavar="N", help="so many, two officers each")
    parser.add_argument("--weeks", type=int, default=53, metavar="N", help="so many, from the end of 2025 on")
    parser.add_argument("--kills", type=int, default=0, metavar="N", help="and again, dying so many times")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another year")
    chosen = parser.parse_args()
    silent()
    script = write(chosen.communities, FIRST, chosen.weeks, chosen.seed)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as bar:
        one = live(script, Fate(), "一年", bar)
        other = None
        if chosen.kills:
            other = live(script, Fate.of(one.steps, chosen.kills, chosen.seed), "杀掉再启动", bar)
    sys.exit(0 if show(script, one, other, Console()) else 1)


if __name__ == "__main__":
    main()
