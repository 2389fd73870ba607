"""Learns the place tagger: an averaged structured perceptron over the labelled spans of the corpus."""

import random
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from understanding.language.codes import Codes
from understanding.language.tagging import O, clues, letters, tag

EPOCHS = 8
KEEP = 40_000
"""How many features stay, by the size of their weights."""

Example = tuple[list[list[int]], list[int]]


class _Weights:
    """Weights and the running sum that averages them."""

    def __init__(self, size: int) -> None:
        self.now = np.zeros((size, 3), dtype=np.float64)
        self.sum = np.zeros((size, 3), dtype=np.float64)
        self.step = 1

    def change(self, row: int, column: int, by: float) -> None:
        self.now[row, column] += by
        self.sum[row, column] += by * self.step

    def mean(self) -> NDArray[np.float64]:
        return self.now - self.sum / self.step


def gold_tags(text: str, phrases: Iterable[str]) -> list[int]:
    """The labelled phrases, which stand in the text in order, as tags."""
    tags, start = [O] * len(text), 0
    for phrase in phrases:
        at = text.find(phrase, start)
        at = at if at >= 0 else text.find(phrase)
        for offset in range(len(phrase)):
            tags[at + offset] = 2 if offset else 1
        start = at + len(phrase)
    return tags


def learn(
    lines: Iterable[tuple[str, list[str]]], epochs: int = EPOCHS
) -> tuple[Codes, NDArray[np.float64], NDArray[np.float64]]:
    """The clues in order, their weights and the weights of the moves between tags."""
    examples = [(clues(letters(text)).tolist(), gold_tags(text, phrases)) for text, phrases in lines]
    index = _index(examples)
    known = [([[index[n] for n in seen if n in index] for seen in rows], tags) for rows, tags in examples]
    weights, moves = _Weights(len(index)), _Weights(3)
    shuffler = random.Random(7)  # noqa: S311  (an order, not a secret)
    for _ in range(epochs):
        shuffler.shuffle(known)
        for rows, tags in known:
            _learn_one(rows, tags, weights, moves)
    best = np.argsort(-np.abs(weights.mean()).sum(axis=1), kind="stable")[:KEEP]
    numbers = np.array([*index], dtype=np.int64)
    best = best[np.argsort(numbers[best])]
    return numbers[best], weights.mean()[best], moves.mean()


def _index(examples: list[Example]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for rows, _ in examples:
        for seen in rows:
            for clue in seen:
                counts[clue] = counts.get(clue, 0) + 1
    return {clue: at for at, clue in enumerate(clue for clue, count in counts.items() if count > 1)}


def _learn_one(rows: list[list[int]], gold: list[int], weights: _Weights, moves: _Weights) -> None:
    weights.step += 1
    moves.step += 1
    emissions = np.array([weights.now[row].sum(axis=0) for row in rows], dtype=np.float32)
    found = tag(emissions.tolist(), moves.now.tolist())
    for at, (right, wrong) in enumerate(zip(gold, found, strict=True)):
        if right != wrong:
            for row in rows[at]:
                weights.change(row, right, 1)
                weights.change(row, wrong, -1)
    for (a, b), (c, d) in zip(_pairs(gold), _pairs(found), strict=True):
        if (a, b) != (c, d):
            moves.change(a, b, 1)
            moves.change(c, d, -1)


def _pairs(tags: list[int]) -> Iterator[tuple[int, int]]:
    yield from pairwise(tags)
