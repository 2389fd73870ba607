"""Trains `model.npz` from the labelled lines: `python -m understanding.train [CORPUS] [OUT]`.

Deterministic; about a minute on one core.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from understanding.model import Linear, Models, Tagger
from understanding.train.corpus import Row, read_rows
from understanding.train.examples import (
    Stage,
    act_examples,
    kind_examples,
    officer_examples,
    topic_examples,
    urgent_examples,
)
from understanding.train.regression import accuracy, fit
from understanding.train.tagger import learn

PACKAGE = Path(__file__).resolve().parents[1]
CORPUS = PACKAGE.parent / "evaluation" / "corpus"
SEED = 20261122
FOLDS = 5
Say = Callable[[str], None]


def main(corpus: Path = CORPUS, out: Path = PACKAGE / "model.npz") -> None:
    """Train everything, one model after the other, and write the file in one move."""
    started = time.monotonic()

    def say(text: str) -> None:
        sys.stdout.write(f"[{time.monotonic() - started:4.0f} s] {text}\n")
        sys.stdout.flush()

    rows = read_rows(corpus)
    say(f"{len(rows)} labelled lines")
    write(train(rows, say), out)
    say(f"wrote {out}: {out.stat().st_size / 1e6:.1f} MB")


def train(rows: list[Row], say: Say) -> Models:
    """All models from the labelled lines. Each may use those that were trained before it."""
    about_text = topic_examples(rows)
    topic, odds = fit(about_text, 40_000, folds=FOLDS)
    unseen = {e.text: o for e, o in zip(about_text, odds, strict=True)}
    say(f"topic: {accuracy(about_text, odds):.3f} right on lines it has not seen")
    kind, _ = fit(kind_examples(rows, topic), 30_000)
    names, weights, moves = learn((r["text"], r["location"]) for r in rows)
    tagger = Tagger(
        {n: at for at, n in enumerate(names)}, weights.astype(np.float32), moves.astype(np.float32)
    )
    say("kind, tagger")
    did = officer_examples(rows)
    officer, odds = fit(did, 15_000, folds=FOLDS)
    say(f"officer: {accuracy(did, odds):.3f} right on lines it has not seen")
    so_far = Models(topic, kind, topic, topic, officer, topic, tagger)
    wants = Stage(rows, so_far, unseen, random.Random(SEED)).resident_examples()  # noqa: S311  (no secret)
    resident, odds = fit(wants, 30_000, 20.0, folds=FOLDS)
    say(f"resident: {accuracy(wants, odds):.3f} right on lines it has not seen")
    does = act_examples(rows, so_far)
    act, odds = fit(does, 15_000, folds=FOLDS)
    say(f"act: {accuracy(does, odds):.3f} right on lines it has not seen")
    urgent, _ = fit(urgent_examples(rows), 15_000, 10.0)
    return replace(so_far, resident=resident, act=act, urgent=urgent)


def write(models: Models, out: Path) -> None:
    """The models in one file without pickles, weights as int8."""
    data: dict[str, NDArray[np.generic]] = {}
    for field in fields(Models):
        model: Linear | Tagger = getattr(models, field.name)
        data[f"{field.name}_weights"], data[f"{field.name}_scale"] = _small(model.weights)
        data[f"{field.name}_vocabulary"] = np.array(list(model.index))
        if isinstance(model, Tagger):
            data[f"{field.name}_moves"] = model.moves
        else:
            data[f"{field.name}_labels"] = np.array(model.labels)
            data[f"{field.name}_idf"] = model.idf.astype(np.float16)
            data[f"{field.name}_bias"] = model.bias
    draft = out.with_suffix(".tmp.npz")
    np.savez_compressed(draft, allow_pickle=False, **data)
    draft.replace(out)


def _small(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scale = np.abs(weights).max(axis=0) / 127
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:3]))
