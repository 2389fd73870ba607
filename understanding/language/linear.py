"""A linear classifier over a text's character n-grams and a few facts of its surroundings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from understanding.language.codes import Codes, find, gram, numbers
from understanding.language.codes import grams as codes_of
from understanding.language.features import uniform

CONTEXT = "ctx:"
"""Prefix of the names of features that come from a message's surroundings, not from its letters."""
REMEMBERED = 64
"""So many texts stay taken apart: those of one message and of its parts."""
Counted = tuple[NDArray[np.intp], NDArray[np.float32]]
Weights = NDArray[np.float32] | NDArray[np.int8]


def normal(scores: NDArray[np.floating]) -> NDArray[np.floating]:
    """Scores of the labels as probabilities that sum to 1, the last axis being the labels."""
    odds = 1 / (1 + np.exp(-scores))
    total: NDArray[np.floating] = odds / np.add.reduce(odds, axis=-1, keepdims=True)
    return total


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The n-grams, in the order of their codes; one for several classifiers: a text is taken apart once."""

    codes: Codes
    _seen: dict[str, Counted] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str]) -> "Vocabulary":
        """The n-grams among the features of these names."""
        known = dict.fromkeys(name for name in names if not name.startswith(CONTEXT))
        return cls(np.sort(numbers([*known])))

    def counted(self, text: str) -> Counted:
        """The known n-grams of the text, each once, and how much each counts by its number there."""
        if found := self._seen.get(text):
            return found
        counts: dict[int, int] = {}
        for at in find(self.codes, codes_of(uniform(text))).tolist():
            counts[at] = counts.get(at, 0) + 1
        counts.pop(-1, None)
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        found = np.fromiter(counts, dtype=np.intp, count=len(counts)), 1 + np.log(times)
        if len(self._seen) >= REMEMBERED:
            self._seen.clear()
        self._seen[text] = found
        return found


@dataclass(frozen=True, slots=True)
class Linear:
    """One logistic regression a label, over TF-IDF of n-grams and a few features of the surroundings.

    `rows` holds for each n-gram of the vocabulary its row of `weights`, -1 where this classifier does not
    know it; `context` the rows of the other features. A column of `weights` counts `scale` each.
    """

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    rows: NDArray[np.int32]
    context: dict[str, int]
    idf: NDArray[np.float32]
    weights: Weights
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    @property
    def names(self) -> list[str]:
        """The features in the order of the rows."""
        at = {row: CONTEXT + name for name, row in self.context.items()}
        pairs = zip(self.vocabulary.codes.tolist(), self.rows.tolist(), strict=True)
        at |= {row: gram(number) for number, row in pairs if row >= 0}
        return [at[row] for row in range(len(at))]

    def rarity(self, letters: str) -> float | None:
        """The inverse document frequency of an n-gram, if it is known."""
        at = find(self.vocabulary.codes, numbers([letters]))[0]
        return None if at < 0 or self.rows[at] < 0 else float(self.idf[self.rows[at]])

    def probabilities(self, text: str, context: Mapping[str, float] | None = None) -> dict[str, float]:
        """How likely each label is."""
        scores = self.bias + self._letters(text) + self._surroundings(context or {})
        return dict(zip(self.labels, normal(scores).tolist(), strict=True))

    def _letters(self, text: str) -> NDArray[np.float32]:
        grams_of_text, counts = self.vocabulary.counted(text)
        rows = self.rows.take(grams_of_text)
        known = rows >= 0
        rows = rows[known]
        if not len(rows):
            return np.zeros_like(self.bias)
        values: NDArray[np.float32] = counts[known] * self.idf.take(rows)
        values *= 1 / float(np.sqrt(values.dot(values)))
        return values @ self._weights(rows)

    def _surroundings(self, context: Mapping[str, float]) -> NDArray[np.float32] | float:
        known = [(at, value) for name, value in context.items() if (at := self.context.get(name)) is not None]
        if not known:
            return 0.0
        rows, values = zip(*known, strict=True)
        return np.array(values, dtype=np.float32) @ self._weights(rows)

    def _weights(self, rows: Sequence[int] | NDArray[np.int32]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self.weights.take(rows, axis=0) * self.scale
        return found


def linear(
    vocabulary: Vocabulary,
    names: Sequence[str],
    labels: Iterable[str],
    parts: tuple[NDArray[np.float32], Weights, NDArray[np.float32], NDArray[np.float32]],
) -> Linear:
    """A classifier with features of these names; `parts` are idf, weights (a row each), scale and bias."""
    rows = np.full(len(vocabulary.codes), -1, dtype=np.int32)
    context = {name.removeprefix(CONTEXT): at for at, name in enumerate(names) if name.startswith(CONTEXT)}
    letters = [at for at, name in enumerate(names) if not name.startswith(CONTEXT)]
    rows[find(vocabulary.codes, numbers([names[at] for at in letters]))] = letters
    return Linear(tuple(labels), vocabulary, rows, context, *parts)
