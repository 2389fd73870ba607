"""How fast the reader reads, beside a named baseline: `./dev bench reading`.

The baseline is what a text classifier for Chinese is usually made of: jieba's segmentation, TF-IDF of words
and pairs of words, a linear classifier (scikit-learn's LinearSVC: one product for all labels, so the fast
one there), trained on the same corpus. Chats are replayed through the real bot; each text message is read by
both, one after the other in turn, with its real surroundings (the baseline looks at the text alone). Reading
is measured in processor time, so that other work on the machine does not count; loading, by the clock, and
memory in fresh processes.
"""

import argparse
import asyncio
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import jieba
from rich.progress import track
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from evaluation.baselines import learn
from evaluation.folds import chats
from evaluation.replays import put_before, replay, silent
from understanding import Reading, Said, Surroundings, read

LOADING = {
    "wangge": "from understanding import Said, Surroundings, read\n"
    "from domain.ids import MemberId\n"
    "read(Said('楼下的路灯不亮了', MemberId('a')), Surroundings())",
    "jieba + TF-IDF + linear": "import jieba, sklearn.pipeline, sklearn.svm\n"
    "import sklearn.feature_extraction.text\n"
    "jieba.setLogLevel(60)\n"
    "jieba.lcut('楼下的路灯不亮了')",
}
"""What a fresh process does until it has read its first message; for the baseline without its weights."""
FRESH = """\
import time
from pathlib import Path

def resident():
    lines = Path('/proc/self/status').read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith('VmRSS')) / 1024

before, started = resident(), time.perf_counter()
{load}
print(time.perf_counter() - started, resident() - before)
"""
TIMES = 5


@dataclass
class Stopwatch:
    """Stands in front of the reader: has each text read by both, each of them first in turn."""

    baseline: Pipeline
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    cutting: list[float] = field(default_factory=list)

    def __call__(self, message: Said, around: Surroundings) -> Reading:
        if not message.text:
            return read(message, around)
        first = len(self.ours) % 2 == 1
        if first:
            self._other(message.text)
        started = time.thread_time()
        reading = read(message, around)
        self.ours.append(time.thread_time() - started)
        if not first:
            self._other(message.text)
        return reading

    def _other(self, text: str) -> None:
        self.cutting.append(_seconds(lambda: jieba.lcut(text)))
        self.theirs.append(_seconds(lambda: self.baseline.predict([text])))


def _seconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


def percentile(times: list[float], share: float) -> float:
    """The time within which this share of them lies, in milliseconds."""
    return 1000 * sorted(times)[round(share * (len(times) - 1))]


def row(label: str, values: list[float], places: int) -> str:
    """A line of the table: figures of both, and ours as a share of theirs."""
    ours, theirs = values
    return f"{label:34}{ours:10.{places}f}{theirs:26.{places}f}{ours / theirs:9.2f}"


def fresh(name: str) -> tuple[float, float]:
    """Seconds and mebibytes until the first message is read, in a fresh process: the median of a few."""
    command = [sys.executable, "-c", FRESH.format(load=LOADING[name])]
    runs = []
    for _ in range(TIMES):
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
        runs.append([float(number) for number in done.stdout.split()])
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


def reading(number: int) -> Stopwatch:
    """Replay so many chats with both; the baseline has learned from the corpus and the other chats."""
    found = chats()
    step = max(1, len(found) // number)
    tried = found[::step][:number]
    jieba.setLogLevel(logging.ERROR)
    print("training the baseline …", file=sys.stderr)
    words = TfidfVectorizer(
        tokenizer=jieba.lcut, token_pattern=None, ngram_range=(1, 2), min_df=2, max_features=60_000
    )
    others = [chat for chat in found if chat not in tried]
    watch = Stopwatch(learn(make_pipeline(words, LinearSVC()), others))
    put_before(watch)
    silent()
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as scratch:
        for chat in track(tried, "reading", transient=True, disable=not sys.stderr.isatty()):
            asyncio.run(replay(chat.path, Path(scratch)))
    return watch


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--chats", type=int, default=24, metavar="N", help="replay so many chats")
    watch = reading(parser.parse_args().chats)
    loads = [fresh(name) for name in LOADING]
    print(f"{f'{len(watch.ours)} messages':34}{'wangge':>10}{'jieba + TF-IDF + linear':>26}{'ratio':>9}")
    for label, share in (("median, ms", 0.5), ("99 % within, ms", 0.99)):
        print(row(label, [percentile(times, share) for times in (watch.ours, watch.theirs)], 3))
    alone = [percentile(times, 0.5) for times in (watch.ours, watch.cutting)]
    print(row("median beside jieba's cut alone", alone, 3))
    print(row("loading, s (theirs: no weights)", [load[0] for load in loads], 3))
    print(row("memory added, MiB (likewise)", [load[1] for load in loads], 1))


if __name__ == "__main__":
    main()
