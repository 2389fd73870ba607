"""Fits one logistic regression a label over TF-IDF of character n-grams; needs scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass
from warnings import catch_warnings

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from understanding.language.features import grams
from understanding.language.linear import CONTEXT, Linear, Vocabulary, linear, normal
from understanding.train.corpus import Example, Odds

STRENGTH = 30.0
"""The inverse of the regularisation; from 10 to 100 the figures stay the same."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A matrix of features, the labels of its rows, and how much each row counts."""

    matrix: csr_matrix
    classes: list[str]
    labels: NDArray[np.str_]
    weights: NDArray[np.float64]

    def learn(self, strength: float, rows: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
        """One yes-or-no regression a label: weights of the features, and last the bias."""
        rows = np.arange(self.matrix.shape[0]) if rows is None else rows
        columns = []
        for name in self.classes:
            model = LogisticRegression(
                C=strength, solver="liblinear", dual=True, tol=0.05, max_iter=60, random_state=0
            )
            with catch_warnings(category=ConvergenceWarning, action="ignore"):  # more rounds change no figure
                model.fit(self.matrix[rows], self.labels[rows] == name, sample_weight=self.weights[rows])
            columns.append(np.append(model.coef_[0], model.intercept_[0]))
        return np.column_stack(columns)


def fit(
    examples: Sequence[Example], keep: int, strength: float = STRENGTH, folds: int = 0
) -> tuple[Linear, list[Odds]]:
    """A classifier of at most `keep` n-grams, and what it says of each example where it has not seen it.

    With `folds` 0 the second is empty.
    """
    names = sorted({name for e in examples for name in e.context})
    vectors = TfidfVectorizer(analyzer=_analyse, min_df=2, sublinear_tf=True, norm="l2", dtype=np.float64)
    labels = np.array([e.label for e in examples])
    task = _Task(
        _joined(vectors.fit_transform([e.text for e in examples]), examples, names),
        sorted(set(labels.tolist())),
        labels,
        np.array([e.weight for e in examples]),
    )
    vocabulary = dict(zip(vectors.get_feature_names_out().tolist(), vectors.idf_.tolist(), strict=True))
    linear = _pruned(task.learn(strength), task.classes, vocabulary, names, keep)
    return linear, _unseen(task, [e.text for e in examples], strength, folds) if folds else []


def _unseen(task: _Task, texts: list[str], strength: float, folds: int) -> list[Odds]:
    """What a classifier says that has not seen the text."""
    unseen: list[Odds] = [{} for _ in texts]
    groups = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    fold_of = np.array([groups[text] % folds for text in texts])
    for fold in range(folds):
        part = task.learn(strength, np.flatnonzero(fold_of != fold))
        outside = np.flatnonzero(fold_of == fold)
        odds = normal(task.matrix[outside] @ part[:-1] + part[-1])
        for at, row in zip(outside, odds, strict=True):
            unseen[at] = dict(zip(task.classes, row.tolist(), strict=True))
    return unseen


def _analyse(text: str) -> list[str]:
    return list(grams(text))


def _joined(letters: csr_matrix, examples: Sequence[Example], names: list[str]) -> csr_matrix:
    facts = np.array([[e.context.get(name, 0.0) for name in names] for e in examples], dtype=np.float64)
    return hstack([letters, csr_matrix(facts.reshape(len(examples), len(names)))]).tocsr()


def _pruned(
    learned: NDArray[np.float64], classes: list[str], idf: dict[str, float], names: list[str], keep: int
) -> Linear:
    size, grams_known = len(idf), list(idf)
    inverse = np.array([*idf.values()])
    strength = np.abs(learned[:size]).max(axis=1) * inverse
    best = np.sort(np.argsort(-strength, kind="stable")[:keep])
    rows = np.concatenate([best, np.arange(size, size + len(names))])
    all_names = [grams_known[row] for row in best] + [CONTEXT + name for name in names]
    numbers = (
        np.concatenate([inverse[best], np.ones(len(names))]).astype(np.float32),
        learned[rows].astype(np.float32),
        np.ones(len(classes), dtype=np.float32),
        learned[-1].astype(np.float32),
    )
    return linear(Vocabulary.of(all_names), all_names, classes, numbers)


def accuracy(examples: Sequence[Example], odds: Sequence[Odds]) -> float:
    """The share of examples whose likeliest label is the right one."""
    right = [max(o, key=o.__getitem__) == e.label for e, o in zip(examples, odds, strict=True)]
    return sum(right) / len(right)
