"""The trained models as they are used at run time: numpy only, read once from the packaged file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from understanding.linear import Linear, Vocabulary, linear


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights of the place tagger: a row for each feature and a last one of zeros, a column for each tag."""

    index: dict[str, int]
    weights: NDArray[np.float32]
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

    def likely(self, facts: dict[str, float]) -> float:
        """How likely the second of two labels is: "yes"."""
        return self.likely_each([facts])[0]

    def likely_each(self, many: Sequence[dict[str, float]]) -> list[float]:
        """The same for many messages or tickets at once."""
        yes: list[float] = self._odds(many)[:, 1].tolist()
        return yes

    def probabilities(self, facts: dict[str, float]) -> dict[str, float]:
        """How likely each label is; the labels exclude one another."""
        return dict(zip(self.labels, self._odds([facts])[0].tolist(), strict=True))

    def _odds(self, many: Sequence[dict[str, float]]) -> NDArray[np.float32]:
        known, empty = self.index, [0.0] * len(self.index)
        rows = []
        for facts in many:
            row = empty.copy()
            for name, value in facts.items():
                if (at := known.get(name)) is not None:
                    row[at] = value
            rows.append(row)
        hidden = np.maximum(np.array(rows, dtype=np.float32) @ self.inner + self.inner_bias, 0)
        scores = hidden @ self.weights + self.bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: NDArray[np.float32] = odds / odds.sum(axis=1, keepdims=True)
        return shares


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
    """One of the classifiers in the file: int8 weights with one scale a label, made float again."""
    weights = data[f"{name}_weights"].astype(np.float32) * data[f"{name}_scale"].astype(np.float32)
    idf, bias = (data[f"{name}_{part}"].astype(np.float32) for part in ("idf", "bias"))
    return linear(vocabulary, names, data[f"{name}_labels"].tolist(), (idf, weights, bias))


def tagger(data: dict[str, NDArray[np.generic]]) -> Tagger:
    """The place tagger in the file."""
    weights = data["tagger_weights"].astype(np.float32) * data["tagger_scale"].astype(np.float32)
    return Tagger(
        index={name: at for at, name in enumerate(data["tagger_vocabulary"].tolist())},
        weights=np.vstack([weights, np.zeros((1, weights.shape[1]), dtype=np.float32)]),
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
