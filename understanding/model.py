"""The trained models as they are used at run time: numpy only, read once from the packaged file."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from understanding.features import grams

CONTEXT = "ctx:"
"""Prefix of the names of features that come from a message's surroundings, not from its letters."""


def normal(scores: NDArray[np.floating]) -> NDArray[np.floating]:
    """Scores of the labels as probabilities that sum to 1, the last axis being the labels."""
    odds = 1 / (1 + np.exp(-scores))
    total: NDArray[np.floating] = odds / odds.sum(axis=-1, keepdims=True)
    return total


@dataclass(frozen=True, slots=True)
class Linear:
    """One logistic regression a label, over TF-IDF of n-grams and a few features of the surroundings."""

    labels: tuple[str, ...]
    index: dict[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, text: str, context: dict[str, float] | None = None) -> dict[str, float]:
        """How likely each label is."""
        scores = self.bias + self._letters(text) + self._surroundings(context or {})
        return dict(zip(self.labels, normal(scores).tolist(), strict=True))

    def _letters(self, text: str) -> NDArray[np.float32]:
        counts: dict[int, int] = {}
        for gram in grams(text):
            if (at := self.index.get(gram)) is not None:
                counts[at] = counts.get(at, 0) + 1
        if not counts:
            return np.zeros_like(self.bias)
        rows = np.fromiter(counts, dtype=np.int64, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        values = (1 + np.log(times)) * self.idf[rows]
        values /= np.sqrt((values * values).sum())
        result: NDArray[np.float32] = values @ self.weights[rows]
        return result

    def _surroundings(self, context: dict[str, float]) -> NDArray[np.float32]:
        total = np.zeros_like(self.bias)
        for name, value in context.items():
            if (at := self.index.get(CONTEXT + name)) is not None:
                total += value * self.weights[at]
        return total


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights of the place tagger: one row for each feature, one column for each tag."""

    index: dict[str, int]
    weights: NDArray[np.float32]
    moves: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scorer:
    """A small logistic regression over named facts alone: one row of weights a fact, one column a label."""

    labels: tuple[str, ...]
    index: dict[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, facts: dict[str, float]) -> dict[str, float]:
        """How likely each label is; the labels exclude one another."""
        known = [(at, value) for name, value in facts.items() if (at := self.index.get(name)) is not None]
        rows = np.array([at for at, _ in known], dtype=np.int64)
        scores = self.bias + np.array([value for _, value in known], dtype=np.float32) @ self.weights[rows]
        odds = np.exp(scores - scores.max())
        return dict(zip(self.labels, (odds / odds.sum()).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Models:
    """Everything that was learned.

    `topic` says what a text is about (categories, referrals, chatter), `kind` which category a line about
    a ticket fits, `resident` what a resident wants, `act` what he does to a known ticket, `officer` what an
    officer did, `urgent` whether life is in danger, `tagger` where the places stand.

    The scorers know no letters, only
    facts: `new` whether a message opens a ticket, `link` whether it is about a given one, `deed` what it does
    to it, and for officers `did_link` and `did`. `fingerprint` tells what they were learned from.
    """

    topic: Linear
    kind: Linear
    resident: Linear
    act: Linear
    officer: Linear
    urgent: Linear
    tagger: Tagger
    new: Scorer | None = None
    link: Scorer | None = None
    deed: Scorer | None = None
    did_link: Scorer | None = None
    did: Scorer | None = None
    fingerprint: str = ""


SCORERS = ("new", "link", "deed", "did_link", "did")
_given: list[Models] = []
_forgets: list[Callable[[], None]] = []


def models() -> Models:
    """The models in use: those of `model.npz`, read at the first message, or those given to `adopt`."""
    return _given[-1] if _given else _packaged()


def adopt(given: Models) -> None:
    """Use these models from now on."""
    _given[:] = [given]
    for forget in _forgets:
        forget()


def use(path: Path | str) -> None:
    """Use the models in this file from now on, in place of the packaged ones."""
    adopt(load(Path(path)))


def on_change(forget: Callable[[], None]) -> None:
    """Call this whenever other models come into use: what was derived from the old ones is to go."""
    _forgets.append(forget)


@cache
def _packaged() -> Models:
    with as_file(files("understanding").joinpath("model.npz")) as path:
        return load(path)


def load(path: Path) -> Models:
    """The models in a file."""
    with np.load(path, allow_pickle=False) as data:
        return Models(
            topic=linear(data, "topic"),
            kind=linear(data, "kind"),
            resident=linear(data, "resident"),
            act=linear(data, "act"),
            officer=linear(data, "officer"),
            urgent=linear(data, "urgent"),
            tagger=tagger(data),
            **{name: scorer(data, name) for name in SCORERS if f"{name}_labels" in data},
            fingerprint=str(data["fingerprint"]) if "fingerprint" in data else "",
        )


def linear(data: dict[str, NDArray[np.generic]], name: str) -> Linear:
    """One of the classifiers in the file: int8 weights with one scale a label, made float again."""
    weights = data[f"{name}_weights"].astype(np.float32) * data[f"{name}_scale"].astype(np.float32)
    return Linear(
        labels=tuple(data[f"{name}_labels"].tolist()),
        index={gram: at for at, gram in enumerate(data[f"{name}_vocabulary"].tolist())},
        idf=data[f"{name}_idf"].astype(np.float32),
        weights=weights,
        bias=data[f"{name}_bias"].astype(np.float32),
    )


def tagger(data: dict[str, NDArray[np.generic]]) -> Tagger:
    """The place tagger in the file."""
    weights = data["tagger_weights"].astype(np.float32) * data["tagger_scale"].astype(np.float32)
    return Tagger(
        index={name: at for at, name in enumerate(data["tagger_vocabulary"].tolist())},
        weights=weights,
        moves=data["tagger_moves"].astype(np.float32),
    )


def scorer(data: dict[str, NDArray[np.generic]], name: str) -> Scorer:
    """One of the scorers in the file."""
    return Scorer(
        labels=tuple(data[f"{name}_labels"].tolist()),
        index={fact: at for at, fact in enumerate(data[f"{name}_facts"].tolist())},
        weights=data[f"{name}_weights"].astype(np.float32),
        bias=data[f"{name}_bias"].astype(np.float32),
    )
