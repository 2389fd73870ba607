"""The trained models as they are used at run time: numpy only, read once from the packaged file."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

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
class Models:
    """Everything that was learned.

    `topic` says what a text is about (categories, referrals, chatter), `kind` which category a line about
    a ticket fits, `resident` what a resident wants, `act` what he does to a known ticket, `officer` what an
    officer did, `urgent` whether life is in danger, `tagger` where the places stand.
    """

    topic: Linear
    kind: Linear
    resident: Linear
    act: Linear
    officer: Linear
    urgent: Linear
    tagger: Tagger


@cache
def models() -> Models:
    """The models of `model.npz`, read at the first message."""
    with (
        as_file(files("understanding").joinpath("model.npz")) as path,
        np.load(path, allow_pickle=False) as data,
    ):
        return Models(
            topic=linear(data, "topic"),
            kind=linear(data, "kind"),
            resident=linear(data, "resident"),
            act=linear(data, "act"),
            officer=linear(data, "officer"),
            urgent=linear(data, "urgent"),
            tagger=tagger(data),
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
