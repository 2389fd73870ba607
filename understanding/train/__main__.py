"""Trains `model.npz` from the labelled lines and chats: `python -m understanding.train`.

`--out FILE` writes it elsewhere; `--without NAME,NAME` leaves these chats out, so that they can test it;
`--with FILE` adds labelled lines of one's own groups. Deterministic; a few minutes on one core.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from understanding.language.linear import Linear, Weights
from understanding.language.model import Models, Scorer, Tagger
from understanding.train.corpus import Row, read_rows
from understanding.train.examples import (
    Stage,
    act_examples,
    kind_examples,
    officer_examples,
    topic_examples,
    urgent_examples,
)
from understanding.train.fingerprint import DATA, PACKAGE, fingerprint
from understanding.train.lessons import Lines
from understanding.train.local import NothingToLearn, local_rows
from understanding.train.regression import accuracy, fit
from understanding.train.replay import replays
from understanding.train.replies import replies
from understanding.train.scorers import PARTS, Chats
from understanding.train.tagger import learn

SEED = 20261122
FOLDS = 5
CHATS = (DATA / "transcripts" / "dev", DATA / "transcripts" / "more")
OWN = Path("wangge-model.npz")
"""Where a model goes that has also learned from a bureau's own lines: the setting WANGGE_READER names it."""
STEPS = 6 + 2 * PARTS + 2
Say = Callable[[str], None]


@dataclass
class Bar:
    """Tells how far it is: one line a step, each with the bar as it stands."""

    steps: int
    done: int = 0
    started: float = field(default_factory=time.monotonic)

    def __call__(self, text: str) -> None:
        """One more step is done."""
        self.done = min(self.done + 1, self.steps)
        bar = ("█" * self.done).ljust(self.steps, "░")
        sys.stdout.write(f"{bar} {time.monotonic() - self.started:4.0f} s  {text}\n")
        sys.stdout.flush()


def main(out: Path, without: frozenset[str] = frozenset(), local: Sequence[Path] = ()) -> None:
    """Train everything, one model after the other, and write the file in one move.

    Raises NothingToLearn where one of the `local` files has nothing to teach.
    """
    say = Bar(STEPS)
    rows = read_rows(DATA / "corpus")
    labels = {row["label"] for row in rows}
    for path in local:
        more, faults = local_rows(path, labels)
        sys.stderr.writelines(f"{fault}\n" for fault in faults)
        rows += more
    say(f"{len(rows)} labelled lines")
    base, examples = train(rows, say)
    chats, lines = replays(CHATS, without), replies(DATA / "replies")
    learned = Chats(base, examples, [*chats, *lines], say).learned()
    data = "" if without or local else fingerprint()
    write(replace(learned, fingerprint=data), out)
    size = out.stat().st_size / 1e6
    told = f"{len(chats)} chats and {sum(len(r.rows) for r in lines)} replies"
    say(f"{told} as well: {out}, {size:.1f} MB")


def train(rows: list[Row], say: Say) -> tuple[Models, Lines]:
    """All models of words from the labelled lines, and the examples of those that learn from chats too."""
    about_text = topic_examples(rows)
    topic, odds = fit(about_text, 40_000, folds=FOLDS)
    unseen = {e.text: o for e, o in zip(about_text, odds, strict=True)}
    say(f"topic: {accuracy(about_text, odds):.3f} right on lines it has not seen")
    of_kind = kind_examples(rows, topic)
    kind, _ = fit(of_kind, 30_000)
    clues, weights, moves = learn((r["text"], r["location"]) for r in rows)
    weights = np.pad(weights, ((0, 1), (0, 0)))
    ones = np.ones(weights.shape[1], dtype=np.float32)
    tagger = Tagger(clues, weights.astype(np.float32), ones, moves.astype(np.float32))
    say("kind, tagger")
    done = officer_examples(rows)
    officer, odds = fit(done, 15_000, folds=FOLDS)
    say(f"officer: {accuracy(done, odds):.3f} right on lines it has not seen")
    so_far = Models(topic, kind, topic, topic, officer, topic, tagger)
    wants = Stage(rows, so_far, unseen, random.Random(SEED)).resident_examples()  # noqa: S311  (no secret)
    resident, _ = fit(wants, 30_000, 5.0)
    say("resident")
    deeds, dangers = act_examples(rows, so_far), urgent_examples(rows)
    act, urgent = fit(deeds, 15_000)[0], fit(dangers, 15_000, 10.0)[0]
    say("act, urgent")
    base = replace(so_far, resident=resident, act=act, urgent=urgent)
    return base, Lines(about_text, wants, of_kind, done, deeds, dangers)


def write(models: Models, out: Path) -> None:
    """The models in one file without pickles, weights as int8."""
    data: dict[str, NDArray[np.generic]] = {}
    for one in fields(Models):
        model = getattr(models, one.name)
        if isinstance(model, Linear | Tagger):
            data |= _letters(one.name, model)
        elif isinstance(model, Scorer):
            data |= _facts(one.name, model)
    data["fingerprint"] = np.array(models.fingerprint)
    draft = out.with_suffix(".tmp.npz")
    np.savez_compressed(draft, allow_pickle=False, **data)
    draft.replace(out)


def _letters(name: str, model: Linear | Tagger) -> dict[str, NDArray[np.generic]]:
    weights = model.weights[:-1] if isinstance(model, Tagger) else model.weights
    small, scale = _small(weights)
    data: dict[str, NDArray[np.generic]] = {
        f"{name}_weights": small,
        f"{name}_scale": scale,
    }
    if isinstance(model, Tagger):
        return data | {f"{name}_moves": model.moves, f"{name}_clues": model.clues}
    return data | {
        f"{name}_vocabulary": np.array(model.names),
        f"{name}_labels": np.array(model.labels),
        f"{name}_idf": model.idf.astype(np.float16),
        f"{name}_bias": model.bias,
    }


def _facts(name: str, model: Scorer) -> dict[str, NDArray[np.generic]]:
    return {
        f"{name}_inner": model.inner,
        f"{name}_inner_bias": model.inner_bias,
        f"{name}_weights": model.weights,
        f"{name}_facts": np.array(list(model.index)),
        f"{name}_labels": np.array(model.labels),
        f"{name}_bias": model.bias,
    }


def _small(weights: Weights) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scale = np.abs(weights).max(axis=0) / 127
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m understanding.train", description=__doc__)
    parser.add_argument("--out", type=Path, help="where to write the model")
    parser.add_argument("--without", default="", help="names of chats to leave out, with commas")
    parser.add_argument("--with", dest="local", type=Path, nargs="+", default=[], metavar="FILE",
                        help="labelled lines of one's own groups (wangge labels --out FILE)")  # fmt: skip
    return parser.parse_args()


if __name__ == "__main__":
    given = _arguments()
    target = given.out or (OWN if given.local else PACKAGE / "model.npz")
    try:
        main(target, frozenset(filter(None, given.without.split(","))), given.local)
    except NothingToLearn as nothing:
        sys.exit(str(nothing))
