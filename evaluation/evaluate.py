"""Measures the reader by cross-validation over whole chats, through the real bot: `./dev evaluate`.

For each fold the reader is trained on the corpus and all other chats, then the bot reads the chats of the
fold. Prints the figures and writes them to `docs/understanding.md` and `evaluation/README.md`.
--quick tries the first fold only, switches nothing off and writes nothing. --apart dev is the strictest test,
and needs one training only: the reader learns from no chat of that folder, and reads all of them.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from evaluation.figures import Played, point
from evaluation.folds import Chat, chats, folds_of
from evaluation.jobs import COLUMNS, Job, JobFailed, run_all
from evaluation.pages import Measured, Way, page, write_pages
from evaluation.replays import NO_SUCH_PART
from evaluation.score import read_jsonl
from evaluation.singles import false_alarms, officer_replies
from evaluation.switches import PARTS
from understanding.train.fingerprint import fingerprint

BASELINES = ("keywords", "linear")
FOLDERS = ("dev", "more")
TRAINING = 40
"""How many steps of the bar a training counts; a replayed chat counts one."""
PARTS_OVER = 1
"""In so many folds each part is switched off: the differences need fewer chats than the figures."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run, and where its results lie."""

    folds: list[list[Chat]]
    work: Path
    quick: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """What is switched off, one after the other."""
        return () if self.quick else tuple(PARTS)

    @property
    def baselines(self) -> tuple[str, ...]:
        """What the reader is held against."""
        return () if self.quick else BASELINES

    def out(self, system: str) -> Path:
        """Where a system's answers lie."""
        return self.work / system

    def model(self, fold: int) -> Path:
        """A fold's model, named after the data, so that one that is kept is used again."""
        return self.work / f"model-{str(fingerprint())[:12]}-{len(self.folds)}-{fold}.npz"

    def jobs(self, say: Callable[[int], str]) -> list[Job]:
        """All commands: first what the figures need, then the rest."""
        found: list[Job] = []
        folds = self.folds[:1] if self.quick else self.folds
        for fold in range(len(folds)):
            if not self.model(fold).exists():
                found.append(self._train(fold))
            found.append(self._replay(fold, say=say))
        for fold, tested in enumerate(folds):
            paths = [str(chat.path) for chat in tested]
            for system in self.baselines:
                command = _python("baselines", system, *paths, "--out", str(self.out(system)))
                found.append(Job(f"{system} {fold}", command, len(tested)))
        for fold in range(min(PARTS_OVER, len(self.folds))):
            found += [self._replay(fold, part) for part in self.parts]
        return found

    def _train(self, fold: int) -> Job:
        names = ",".join(chat.name for chat in self.folds[fold])
        command = [sys.executable, "-m", "understanding.train", "--without", names]
        return Job(f"train {fold}", [*command, "--out", str(self.model(fold))], TRAINING)

    def _replay(self, fold: int, part: str = "", say: Callable[[int], str] | None = None) -> Job:
        tested, system = self.folds[fold], f"without-{part}" if part else "reader"
        paths = [str(chat.path) for chat in tested]
        command = _python("replays", *paths, "--model", str(self.model(fold)), "--out", str(self.out(system)))
        needs = "" if self.model(fold).exists() else f"train {fold}"
        done = partial(say, fold) if say else str
        off = ["--off", part] if part else []
        return Job(f"{system} {fold}", [*command, *off], len(tested), needs, (NO_SUCH_PART,), done)

    def played(self, system: str, folds: int | None = None) -> list[Played]:
        """What a system made of the chats of the first folds, or of all."""
        return [
            self.one(chat, system)
            for fold in self.folds[:folds]
            for chat in fold
            if (self.out(system) / f"{chat.name}.out.jsonl").exists()
        ]

    def one(self, chat: Chat, system: str) -> Played:
        """What a system made of one chat."""
        trace = self.out(system) / f"{chat.name}.trace.jsonl"
        out = read_jsonl(self.out(system) / f"{chat.name}.out.jsonl")
        return Played(chat, out, read_jsonl(trace) if trace.exists() else [])


@dataclass
class Teller:
    """Says after each fold how the figures stand."""

    plan: Plan
    ready: set[int] = field(default_factory=set)

    def tell(self, fold: int) -> str:
        self.ready.add(fold)
        done = [self.plan.one(c, "reader") for at in sorted(self.ready) for c in self.plan.folds[at]]
        now = point(done)
        told = ", ".join(f"{name} {now[name]:.3f}" for name in ("ticket_f1", "whole_ticket_f1", "action_f1"))
        return f"{len(self.ready)} of {len(self.plan.folds)} folds: {told}"


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"evaluation.{module}", *arguments]


def latest_commit() -> str:
    """The day of the newest commit: the page says it, so that the same tree gives the same page."""
    command = ["git", "log", "-1", "--format=%cs"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


def measure(plan: Plan, chatter: list[Path], console: Console, workers: int) -> Measured:
    """Run everything and gather it."""
    with Progress(*COLUMNS, console=console, disable=not console.is_terminal) as bar:
        good = run_all(plan.jobs(Teller(plan).tell), workers, bar)
    over = min(PARTS_OVER, len(plan.folds))
    parts = {
        PARTS[part].says: plan.played(f"without-{part}", over) if f"without-{part} 0" in good else None
        for part in plan.parts
    }
    return Measured(
        played=plan.played("reader"),
        whole=plan.played("reader", over),
        parts=parts,
        baselines={system: plan.played(system) for system in plan.baselines},
        replies=officer_replies(),
        chatter={path.name: false_alarms(path) for path in chatter},
        fingerprint=str(fingerprint()),
    )


def tested(apart: str | None, folds: int) -> list[list[Chat]]:
    """The chats that are tested together, by a model that has learned from none of them."""
    found = chats()
    return [[chat for chat in found if chat.folder == apart]] if apart else folds_of(found, folds)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folds", type=int, default=5, metavar="N")
    parser.add_argument("--apart", metavar="FOLDER", choices=FOLDERS,
                        help="no folds: learn from no chat of this folder, test on all of it")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="the first fold only; writes nothing")
    parser.add_argument("--chatter", type=Path, nargs="+", default=[], metavar="FILE",
                        help="ordinary chat, one message a line, to count false alarms on")  # fmt: skip
    parser.add_argument("--date", help="the date on the page; that of the newest commit where absent")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep models and answers here")
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    args = parser.parse_args()
    if args.folds < 2:  # noqa: PLR2004 - one fold leaves nothing to train on
        parser.error("--folds: at least 2")
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="wangge-evaluate-") as scratch:
        plan = Plan(tested(args.apart, args.folds), (args.work or Path(scratch)).resolve(), args.quick)
        plan.work.mkdir(parents=True, exist_ok=True)
        try:
            measured = measure(plan, args.chatter, console, args.workers)
        except JobFailed as failed:
            console.print(str(failed), style="red", markup=False)
            return 1
    print(page(measured))
    if not args.quick:
        way = Way(args.folds, args.apart or "", [path.name for path in args.chatter])
        write_pages(measured, way, args.date or latest_commit())
        console.print("written: docs/understanding.md, docs/model-card.md, evaluation/README.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
