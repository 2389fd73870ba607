"""The trained models as they are used at run time: numpy only, read once from the packaged file."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from understanding.language.codes import Codes
from understanding.language.linear import Linear, Vocabulary, Weights, linear

Facts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights of the place tagger: a row for each clue and a last one of zeros, a column for each tag.

    `clues` are in order; a column of `weights` counts `scale` each.
    """

    clues: Codes
    weights: Weights
    scale: NDArray[np.float32]
    moves: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scorer:
    """A small neural net over named facts alone: one hidden layer (ReLU), one output a label.

    `inner` has a row of weights a fact and a column a unit, `weights` a row a unit and a column a label.
    """

    labels: tuple[str, ...]
    index: dict[str, int]
    inner: NDArray[np.float32]
    inner_bias: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def likely(self, facts: Facts) -> float:
        """How likely the second of two labels is: "yes"."""
        return self.likely_each(facts, [{}])[0]

    def likely_each(self, common: Facts, each: Sequence[Facts]) -> list[float]:
        """The same for many tickets at once, with what is `common` to all and the facts of `each`."""
        yes: list[float] = self._odds(common, each)[:, 1].tolist()
        return yes

    def probabilities(self, facts: Facts) -> dict[str, float]:
        """How likely each label is; the labels exclude one another."""
        return dict(zip(self.labels, self._odds(facts, [{}])[0].tolist(), strict=True))

    def _odds(self, common: Facts, each: Sequence[Facts]) -> NDArray[np.float32]:
        first = self._row(common, array("f", bytes(4 * len(self.index))))
        rows = b"".join(self._row(own, first) for own in each)
        known = np.frombuffer(rows, dtype=np.float32).reshape(len(each), len(self.index))
        hidden = np.maximum(known @ self.inner + self.inner_bias, 0)
        scores = hidden @ self.weights + self.bias
        odds = np.exp(scores - np.maximum.reduce(scores, axis=1, keepdims=True))
        shares: NDArray[np.float32] = odds / np.add.reduce(odds, axis=1, keepdims=True)
        return shares

    def _row(self, facts: Facts, row: "array[float]") -> "array[float]":
        """The row with these facts in it, too."""
        row, known = row[:], self.index
        for name, value in facts.items():
            if (at := known.get(name)) is not None:
                row[at] = value
        return row


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


CLASSIFIERS = ("topic", "kind", "resident", "act", "officer", "urgent")
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
        names = {name: data[f"{name}_vocabulary"].tolist() for name in CLASSIFIERS}
        vocabulary = Vocabulary.of(chain.from_iterable(names.values()))

        def words(name: str) -> Linear:
            return _linear(data, name, vocabulary, names[name])

        def facts(name: str) -> Scorer | None:
            return scorer(data, name) if f"{name}_labels" in data else None

        return Models(
            topic=words("topic"), kind=words("kind"), resident=words("resident"), act=words("act"),
            officer=words("officer"), urgent=words("urgent"), tagger=tagger(data),
            new=facts("new"), link=facts("link"), deed=facts("deed"),
            did_link=facts("did_link"), did=facts("did"),
            fingerprint=str(data["fingerprint"]) if "fingerprint" in data else "",
        )  # fmt: skip


def _linear(
    data: dict[str, NDArray[np.generic]], name: str, vocabulary: Vocabulary, names: list[str]
) -> Linear:
    """One of the classifiers in the file: int8 weights with one scale a label."""
    idf, scale, bias = (data[f"{name}_{part}"].astype(np.float32) for part in ("idf", "scale", "bias"))
    weights = data[f"{name}_weights"].astype(np.int8)
    return linear(vocabulary, names, data[f"{name}_labels"].tolist(), (idf, weights, scale, bias))


def tagger(data: dict[str, NDArray[np.generic]]) -> Tagger:
    """The place tagger in the file."""
    return Tagger(
        clues=data["tagger_clues"].astype(np.int64),
        weights=np.pad(data["tagger_weights"].astype(np.int8), ((0, 1), (0, 0))),
        scale=data["tagger_scale"].astype(np.float32),
        moves=data["tagger_moves"].astype(np.float32),
    )


def scorer(data: dict[str, NDArray[np.generic]], name: str) -> Scorer:
    """One of the scorers in the file."""
    return Scorer(
        labels=tuple(data[f"{name}_labels"].tolist()),
        index={fact: at for at, fact in enumerate(data[f"{name}_facts"].tolist())},
        inner=data[f"{name}_inner"].astype(np.float32),
        inner_bias=data[f"{name}_inner_bias"].astype(np.float32),
        weights=data[f"{name}_weights"].astype(np.float32),
        bias=data[f"{name}_bias"].astype(np.float32),
    )
