"""A linear classifier over a text's character n-grams and a few facts of its surroundings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from understanding.features import grams

CONTEXT = "ctx:"
"""Prefix of the names of features that come from a message's surroundings, not from its letters."""
REMEMBERED = 64
"""So many texts stay taken apart: those of one message and of its parts."""
Counted = tuple[NDArray[np.int32], NDArray[np.float32]]


def normal(scores: NDArray[np.floating]) -> NDArray[np.floating]:
    """Scores of the labels as probabilities that sum to 1, the last axis being the labels."""
    odds = 1 / (1 + np.exp(-scores))
    total: NDArray[np.floating] = odds / odds.sum(axis=-1, keepdims=True)
    return total


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The numbers of the n-grams; one for several classifiers, so that a text is taken apart once for all."""

    index: dict[str, int]
    _seen: dict[str, Counted] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str]) -> "Vocabulary":
        """The n-grams among the features of these names."""
        known = dict.fromkeys(name for name in names if not name.startswith(CONTEXT))
        return cls({gram: at for at, gram in enumerate(known)})

    def counted(self, text: str) -> Counted:
        """The known n-grams of the text, each once, and how much each counts by its number there."""
        if found := self._seen.get(text):
            return found
        counts: dict[int, int] = {}
        for gram in grams(text):
            if (at := self.index.get(gram)) is not None:
                counts[at] = counts.get(at, 0) + 1
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        found = np.fromiter(counts, dtype=np.int32, count=len(counts)), 1 + np.log(times)
        if len(self._seen) >= REMEMBERED:
            self._seen.clear()
        self._seen[text] = found
        return found


@dataclass(frozen=True, slots=True)
class Linear:
    """One logistic regression a label, over TF-IDF of n-grams and a few features of the surroundings.

    `rows` holds for each n-gram of the vocabulary its row of `weights`, -1 where this classifier does not
    know it; `context` the rows of the other features.
    """

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    rows: NDArray[np.int32]
    context: dict[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    @property
    def names(self) -> list[str]:
        """The features in the order of the rows."""
        at = {row: CONTEXT + name for name, row in self.context.items()}
        at |= {int(self.rows[i]): gram for gram, i in self.vocabulary.index.items() if self.rows[i] >= 0}
        return [at[row] for row in range(len(at))]

    def rarity(self, gram: str) -> float | None:
        """The inverse document frequency of an n-gram, if it is known."""
        at = self.vocabulary.index.get(gram)
        return None if at is None or self.rows[at] < 0 else float(self.idf[self.rows[at]])

    def probabilities(self, text: str, context: dict[str, float] | None = None) -> dict[str, float]:
        """How likely each label is."""
        scores = self.bias + self._letters(text) + self._surroundings(context or {})
        return dict(zip(self.labels, normal(scores).tolist(), strict=True))

    def _letters(self, text: str) -> NDArray[np.float32]:
        grams_of_text, counts = self.vocabulary.counted(text)
        rows = self.rows[grams_of_text]
        known = rows >= 0
        rows = rows[known]
        if not len(rows):
            return np.zeros_like(self.bias)
        values: NDArray[np.float32] = counts[known] * self.idf[rows]
        values *= 1 / float(np.linalg.norm(values))
        result: NDArray[np.float32] = values @ self.weights[rows]
        return result

    def _surroundings(self, context: dict[str, float]) -> NDArray[np.float32] | float:
        known = [(at, value) for name, value in context.items() if (at := self.context.get(name)) is not None]
        if not known:
            return 0.0
        result: NDArray[np.float32] = (
            np.array([value for _, value in known], dtype=np.float32)
            @ (self.weights[[at for at, _ in known]])
        )
        return result


def linear(
    vocabulary: Vocabulary,
    names: Sequence[str],
    labels: Iterable[str],
    numbers: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
) -> Linear:
    """A classifier with features of these names; `numbers` are idf, weights (a row each) and bias."""
    rows = np.full(len(vocabulary.index), -1, dtype=np.int32)
    context = {}
    for at, name in enumerate(names):
        if name.startswith(CONTEXT):
            context[name.removeprefix(CONTEXT)] = at
        else:
            rows[vocabulary.index[name]] = at
    return Linear(tuple(labels), vocabulary, rows, context, *numbers)
