"""How quick a supervisor's question is among many tickets beside among few: `./dev bench questions`.

Two databases of three years of a district with 75 communities, with 10,000 and with 1,000,000 tickets, their
own actions, check-ins and words on satisfaction (`bench/beside/tickets.py`). Every labelled question of
`evaluation/queries/stats.jsonl` goes through the real bot as a private message, from its arrival until the
answer is committed: read, counted, put in words. (A chart is drawn later, as it goes out.) So that each
labelled query is measured, what it is taken for is the labelled one, after it was read as usual. A question's
time is the median of some rounds, in which few and many take turns; of the processor, of the whole program:
what the disk is asked for is in its cache after the first round. `figure` is of that the reading of the
figure from the database and its words alone. A metric with a shape is told by its slowest question.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bench.beside.tickets import BOSS, QUERIES, fill
from bot.app import App
from bot.chat.browser import Recorded
from bot.clock import VirtualClock
from bot.settings import Settings
from domain.ids import MessageId
from domain.message import Message
from domain.query import Query
from evaluation.replays import silent
from handlers.figures import asking
from storage.database import Database
from understanding.questions import ask

BAR_MS, BAR_RATIO = 150, 3
_PERIODS = ((0, "now"), (7, "a week"), (31, "a month"), (100, "a quarter"), (10_000, "longer"))


@dataclass
class Question:
    """A labelled line, and how long it took in each round: the whole of it, and its figure."""

    at: datetime
    text: str
    query: Query
    whole: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    figure: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def shape(self) -> tuple[str, str, str]:
        """The metric, what it is told apart and narrowed by, and how long the period is."""
        query = self.query
        days = (query.until - query.since).days + 1 if query.since and query.until else 0
        group = f"by {query.group_by}" if query.group_by else "the whole"
        narrow = ", ".join(query.filters.as_json())
        how = group + (f" of a {narrow}" if narrow else "") + (f", {query.compare}" if query.compare else "")
        return query.metric, how, next(name for most, name in _PERIODS if days <= most)

    def took(self, size: int) -> float:
        """Milliseconds of a typical round."""
        return 1000 * statistics.median(self.whole[size])

    @property
    def ratio(self) -> float:
        """Among many beside among few."""
        few, many = sorted(self.whole)
        return self.took(many) / self.took(few)


def questions() -> list[Question]:
    """The labelled lines that ask for a figure."""
    lines = (QUERIES / "stats.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Question(datetime.fromisoformat(row["at"]), row["text"], Query.from_json(row["gold"]))
        for row in rows
        if row["gold"]
    ]


@dataclass
class Between:
    """Stands in front of what reads a question and what answers it."""

    query: Query | None = None
    seconds: list[float] = field(default_factory=list)

    def read(self, *given: Any) -> Query | None:  # noqa: ANN401 - whatever the reader is given
        """Read as usual; what is labelled is asked."""
        ask(*given)
        return self.query

    async def answer(self, *given: Any) -> asking.Told:  # noqa: ANN401 - as above
        """Answer, and note how long that took."""
        started = time.process_time()
        told = await _said(*given)
        self.seconds.append(time.process_time() - started)
        return told


_said = asking.said


class Bot:
    """The bot on a database of many tickets."""

    def __init__(self, address: str, media: Path) -> None:
        self.database = Database(address)
        self._settings = Settings(_env_file=None, database=address, media=media, pace_seconds=0)
        self._count = 0

    async def asked(self, question: Question, between: Between) -> tuple[float, float]:
        """The seconds until the answer is kept, and of these the figure's."""
        self._count += 1
        app = App(self._settings, self.database, Recorded(), VirtualClock(question.at))
        key = MessageId(f"q{self._count}")
        said = Message(key, None, BOSS, "局长", question.at, text=question.text)
        between.query = question.query
        between.seconds.clear()
        started = time.process_time()
        await app.inbox.receive(said)
        taken = time.process_time() - started
        if not between.seconds:
            raise RuntimeError(f"no answer: {question.text}")
        return taken, sum(between.seconds)


async def prepared(scratch: Path, sizes: list[int]) -> dict[int, Bot]:
    """A bot for each number of tickets."""
    bots = {}
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        for size in sizes:
            task = progress.add_task(f"{size} tickets", total=size)
            address = f"sqlite:///{scratch}/{size}.db"
            await fill(address, size, partial(progress.advance, task))
            bots[size] = Bot(address, scratch / "media")
    return bots


async def measured(bots: dict[int, Bot], rounds: int) -> list[Question]:
    """The questions, asked; the first round is not counted."""
    found, between = questions(), Between()
    with patch.object(asking, "ask", between.read), patch.object(asking, "said", between.answer):
        for number in range(rounds + 1):
            for question in found:
                for size, bot in bots.items():
                    whole, figure = await bot.asked(question, between)
                    if number:
                        question.whole[size].append(whole)
                        question.figure[size].append(figure)
    for bot in bots.values():
        await bot.database.close()
    return found


def told(found: list[Question], sizes: list[int]) -> bool:
    """Print a line for each metric and shape, its slowest question; whether all keep to the bar."""
    few, many = sizes
    print(f"{'':76}{f'{few:,}':>9}{f'{many:,}':>11}{'ratio':>7}{'figure alone':>22}")
    shapes: defaultdict[tuple[str, str, str], list[Question]] = defaultdict(list)
    for question in found:
        shapes[question.shape].append(question)
    for (metric, how, period), those in sorted(shapes.items()):
        one = max(those, key=lambda question: question.ratio)
        alone = [1000 * statistics.median(one.figure[size]) for size in sizes]
        print(
            f"{metric:16}{how:48}{period:12}{one.took(few):6.1f} ms{one.took(many):8.1f} ms{one.ratio:7.2f}"
            f"{alone[0]:9.1f}{alone[1]:7.1f} ms"
        )
    slow = [one for one in found if one.took(many) > BAR_MS]
    grown = [one for one in found if one.ratio > BAR_RATIO]
    middle = statistics.median(one.took(many) for one in found)
    slowest, largest = max(one.took(many) for one in found), max(one.ratio for one in found)
    print(
        f"{len(found)} questions; among {many:,} tickets median {middle:.1f} ms, slowest {slowest:.1f} ms, "
        f"largest ratio {largest:.2f}"
    )
    print(f"over {BAR_MS} ms: {len(slow)}; over {BAR_RATIO} times: {len(grown)}")
    for one in {id(one): one for one in (*slow, *grown)}.values():
        print(f"  {one.took(few):.1f} ms, {one.took(many):.1f} ms: {one.text}")
    return not slow and not grown


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--few", type=int, default=10_000, metavar="N", help="so many tickets")
    parser.add_argument("--many", type=int, default=1_000_000, metavar="N", help="and so many")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="each question so often")
    given = parser.parse_args()
    silent()
    sizes = [given.few, given.many]
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as scratch:
        bots = asyncio.run(prepared(Path(scratch), sizes))
        found = asyncio.run(measured(bots, given.rounds))
    sys.exit(0 if told(found, sizes) else 1)


if __name__ == "__main__":
    main()
