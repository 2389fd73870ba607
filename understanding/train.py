"""Trains `model.npz` from the labelled lines: `python -m understanding.train [CORPUS] [OUT]`.

The only place that needs scikit-learn. Deterministic; two minutes on one core.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from domain.category import categories
from domain.people import Role
from understanding.context import Scene, describe, manner, standing
from understanding.features import grams
from understanding.lines import said as said_in
from understanding.lines import surroundings
from understanding.model import CONTEXT, Linear, Models, Tagger, normal
from understanding.reading import Surroundings
from understanding.train_tagger import learn

ROOT = Path(__file__).resolve().parent
Row = dict[str, Any]
Context = dict[str, float]
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Example:
    """What a classifier learns from: a text, facts of its surroundings, a label, a weight."""

    text: str
    label: str
    context: Context
    weight: float = 1.0


def fit(
    examples: Sequence[Example], keep: int, strength: float, folds: int = 0
) -> tuple[Linear, list[dict[str, float]]]:
    """A classifier of at most `keep` n-grams, and what it would have said of each example had it not seen it."""
    names = sorted({name for e in examples for name in e.context})
    vectors = TfidfVectorizer(analyzer=_analyse, min_df=2, sublinear_tf=True, norm="l2", dtype=np.float64)
    matrix = _joined(vectors.fit_transform([e.text for e in examples]), examples, names)
    target = _Target.of(examples)
    learned = _learn(matrix, target, strength)
    linear = _pruned(learned, target, vectors.get_feature_names_out().tolist(), vectors.idf_, names, keep)
    unseen: list[dict[str, float]] = [{} for _ in examples]
    groups = {text: at for at, text in enumerate(dict.fromkeys(e.text for e in examples))}
    fold_of = np.array([groups[e.text] % max(1, folds) for e in examples])
    for fold in range(folds):
        part = _learn(matrix, target, strength, np.flatnonzero(fold_of != fold))
        outside = np.flatnonzero(fold_of == fold)
        odds = normal(matrix[outside] @ part[:-1] + part[-1])
        for at, row in zip(outside, odds, strict=True):
            unseen[at] = dict(zip(target.classes, row.tolist(), strict=True))
    return linear, unseen


@dataclass(frozen=True, slots=True)
class _Target:
    """What is to be learned: the labels of the examples, and how much each example counts."""

    classes: list[str]
    labels: NDArray[np.str_]
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, examples: Sequence[Example]) -> "_Target":
        labels = np.array([e.label for e in examples])
        return cls(sorted(set(labels.tolist())), labels, np.array([e.weight for e in examples]))


def _learn(
    matrix: csr_matrix, target: _Target, strength: float, rows: NDArray[np.int64] | None = None
) -> NDArray[np.float64]:
    """One yes-or-no regression a label: weights of the features, and last the bias."""
    rows = np.arange(matrix.shape[0]) if rows is None else rows
    columns = []
    for name in target.classes:
        model = LogisticRegression(C=strength, solver="liblinear", random_state=0)
        model.fit(matrix[rows], target.labels[rows] == name, sample_weight=target.weights[rows])
        columns.append(np.append(model.coef_[0], model.intercept_[0]))
    return np.column_stack(columns)


def _analyse(text: str) -> list[str]:
    return list(grams(text))


def _joined(letters: csr_matrix, examples: Sequence[Example], names: list[str]) -> csr_matrix:
    facts = np.array([[e.context.get(name, 0.0) for name in names] for e in examples], dtype=np.float64)
    return hstack([letters, csr_matrix(facts.reshape(len(examples), len(names)))]).tocsr()


def _pruned(
    learned: NDArray[np.float64],
    target: _Target,
    vocabulary: list[str],
    idf: NDArray[np.float64],
    names: list[str],
    keep: int,
) -> Linear:
    size = len(vocabulary)
    strength = np.abs(learned[:size]).max(axis=1) * idf
    best = np.sort(np.argsort(-strength, kind="stable")[:keep])
    rows = np.concatenate([best, np.arange(size, size + len(names))])
    all_names = [vocabulary[row] for row in best] + [CONTEXT + name for name in names]
    return Linear(
        labels=tuple(target.classes),
        index={name: at for at, name in enumerate(all_names)},
        idf=np.concatenate([idf[best], np.ones(len(names))]).astype(np.float32),
        weights=learned[rows].astype(np.float32),
        bias=learned[-1].astype(np.float32),
    )


def read_rows(corpus: Path) -> list[Row]:
    """All labelled lines, file after file."""
    return [
        json.loads(line) | {"file": path.stem}
        for path in sorted(corpus.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def role_of(row: Row) -> Role:
    """Who said the line; a resident where it does not say."""
    return Role(row.get("role") or "resident")


def is_action(row: Row) -> bool:
    """Whether the line does something to a ticket."""
    return row["label"].split(":")[0] in ("resident", "officer")


def topic_examples(rows: list[Row]) -> list[Example]:
    """What a text is about, by itself."""
    return [Example(r["text"], r["label"], {}) for r in rows if not is_action(r) and "before" not in r] + [
        Example(r["text"], r["label"], {}, 0.5) for r in rows if r["label"] == "chatter" and "before" in r
    ]


def kind_examples(rows: list[Row], topic: Linear) -> list[Example]:
    """Which category a line fits: reports, and lines about a ticket whose category the bot had named."""
    names = categories()
    found = [Example(r["text"], r["label"], {}) for r in rows if r["label"] in names]
    for row in rows:
        if is_action(row):
            named = [b["text"] for b in row["before"] if b["role"] == "bot" and "已登记，" in b["text"]]
            category = named[-1].replace("。", "，").split("，")[1] if named else ""
            if category not in names:
                reports = [b["text"] for b in row["before"] if b["role"] == "resident"]
                odds = {
                    k: v for k, v in topic.probabilities(reports[-1] if reports else "").items() if k in names
                }
                category = max(odds, key=lambda k: odds[k])
                if odds[category] < 0.5:
                    continue
            found.append(Example(row["text"], category, {}, 0.7))
            found.extend(
                Example(b["text"], category, {}, 0.3) for b in row["before"] if b["role"] == "resident"
            )
    return found


def officer_examples(rows: list[Row]) -> list[Example]:
    """What an officer's line did; chatter of residents stands in for the chatter that officers write."""
    found = []
    for row in rows:
        if role_of(row) is Role.OFFICER:
            found.append(Example(row["text"], row["label"].removeprefix("officer:"), manner(said_in(row))))
        elif row["file"] == "chatter-referrals" and row["label"] == "chatter":
            found.append(Example(row["text"], "chatter", manner(said_in(row)), 0.3))
    return found


def act_examples(rows: list[Row], models: Models) -> list[Example]:
    """What a resident does to the ticket that was talked about last (to his own, if he has one)."""
    found = []
    for row in rows:
        if row["label"].startswith("resident:"):
            scene = Scene(said_in(row), surroundings(row["before"], models))
            target = (scene.own or list(scene.around.tickets))[-1:]
            facts = standing(scene, target[0]) if target else manner(scene.message)
            found.append(Example(row["text"], row["label"].removeprefix("resident:"), facts))
    return found


def resident_examples(
    rows: list[Row], models: Models, unseen: dict[str, dict[str, float]], shuffler: random.Random
) -> list[Example]:
    """What a resident wants, each line in its surroundings, and lines without any in those of another."""
    scenes = [r["before"] for r in rows if r.get("before") and role_of(r) is not Role.OFFICER]
    small_talk = [r["text"] for r in rows if r["label"] == "chatter" and r["file"] == "chatter-referrals"]
    found = []
    for row in rows:
        if role_of(row) is Role.OFFICER:
            continue
        label = intent_label(row["label"])
        if row.get("before"):
            found.append(_resident(row, label, row["before"], 0.6, models, unseen))
            found.append(
                _resident(row, label, _later(row["before"], small_talk, shuffler), 0.4, models, unseen)
            )
            if label not in ("support", "chatter"):
                found.append(_resident(row, label, row["before"], 0.4, models, unseen, silence=True))
            continue
        found.append(_resident(row, label, [], 0.5, models, unseen))
        for silence in (False, True):
            before = shuffler.choice(scenes)
            speakers = [b["from"] for b in before if b["role"] == "resident"]
            who = shuffler.choice(speakers) if speakers and shuffler.random() < 0.3 else "路过"
            found.append(_resident(row | {"from": who}, label, before, 0.4, models, unseen, silence=silence))
    return found


def _later(before: list[Row], small_talk: list[str], shuffler: random.Random) -> list[Row]:
    """The same lines before, with small talk of others since."""
    talk = shuffler.sample(small_talk, shuffler.randint(1, 4))
    return before + [{"from": f"路人{at}", "role": "resident", "text": text} for at, text in enumerate(talk)]


def intent_label(label: str) -> str:
    """The nine things a resident's message can want."""
    if label.startswith("referral:"):
        return "referral"
    if label in categories():
        return "report"
    return label.removeprefix("resident:")


def _resident(
    row: Row,
    label: str,
    before: list[Row],
    weight: float,
    models: Models,
    unseen: dict[str, dict[str, float]],
    *,
    silence: bool = False,
) -> Example:
    around = surroundings(before, models)
    example = _in_scene(row, label, replace(around, recent=()) if silence else around, weight)
    odds = unseen.get(row["text"]) or models.topic.probabilities(row["text"])
    return replace(example, context=example.context | about(odds))


def about(odds: dict[str, float]) -> Context:
    """The topic model's view of a text, as facts for the model of intents."""
    from understanding.intent import about as facts

    return facts(odds)


def _in_scene(row: Row, label: str, around: Surroundings, weight: float) -> Example:
    return Example(row["text"], label, describe(Scene(said_in(row), around)), weight)


def main(corpus: Path, out: Path) -> None:
    """Train everything, one model after the other, and write the file in one move."""
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - started:5.0f} s] {text}", flush=True)

    rows, shuffler = read_rows(corpus), random.Random(SEED)
    say(f"{len(rows)} labelled lines")
    models, figures = train(rows, shuffler, say)
    write(models, out)
    say(f"wrote {out}, {out.stat().st_size / 1e6:.1f} MB; {figures}")


def train(
    rows: list[Row], shuffler: random.Random, say: Callable[[str], None], folds: int = 5
) -> tuple[Models, Context]:
    """All models from the labelled lines."""
    about_text = topic_examples(rows)
    topic, odds = fit(about_text, 40_000, 30.0, folds)
    unseen = {e.text: o for e, o in zip(about_text, odds, strict=True)}
    figures = {"topic": accuracy(about_text, odds)}
    say(f"topic: {figures['topic']:.3f} right on unseen lines")
    kind, _ = fit(kind_examples(rows, topic), 30_000, 30.0)
    say("kind")
    tagger = _tagger(rows)
    say("tagger")
    blank = Models(topic, kind, topic, topic, topic, topic, tagger)
    officer_lines = officer_examples(rows)
    officer, odds = fit(officer_lines, 15_000, 30.0, folds)
    figures["officer"] = accuracy(officer_lines, odds)
    say(f"officer: {figures['officer']:.3f} right on unseen lines")
    resident_lines = resident_examples(rows, replace(blank, officer=officer), unseen, shuffler)
    resident, odds = fit(resident_lines, 30_000, 20.0, folds)
    figures["resident"] = accuracy(resident_lines, odds)
    say(f"resident: {figures['resident']:.3f} right on unseen lines")
    act_lines = act_examples(rows, replace(blank, officer=officer))
    act, odds = fit(act_lines, 15_000, 30.0, folds)
    figures["act"] = accuracy(act_lines, odds)
    say(f"act: {figures['act']:.3f} right on unseen lines")
    urgent_lines = [
        Example(r["text"], "urgent" if r["urgent"] else "calm", {}, 3.0 if r["urgent"] else 1.0)
        for r in rows
        if r["label"] in categories() or r["label"].startswith("referral:")
    ]
    urgent, _ = fit(urgent_lines, 15_000, 10.0)
    return Models(topic, kind, resident, act, officer, urgent, tagger), figures


def accuracy(examples: Sequence[Example], odds: Sequence[dict[str, float]]) -> float:
    """The share of lines whose likeliest label is the right one."""
    right = [max(o, key=lambda k: o[k]) == e.label for e, o in zip(examples, odds, strict=True)]
    return sum(right) / len(right)


def _tagger(rows: list[Row]) -> Tagger:
    names, weights, moves = learn((r["text"], r["location"]) for r in rows)
    index = {name: at for at, name in enumerate(names)}
    return Tagger(index, weights.astype(np.float32), moves.astype(np.float32))


def write(models: Models, out: Path) -> None:
    """The models in one file without pickles, weights as int8."""
    data: dict[str, NDArray[np.generic]] = {}
    for name in ("topic", "kind", "resident", "act", "officer", "urgent"):
        model: Linear = getattr(models, name)
        data[f"{name}_weights"], data[f"{name}_scale"] = _small(model.weights)
        data[f"{name}_labels"] = np.array(model.labels)
        data[f"{name}_vocabulary"] = np.array(list(model.index))
        data[f"{name}_idf"] = model.idf.astype(np.float16)
        data[f"{name}_bias"] = model.bias
    data["tagger_weights"], data["tagger_scale"] = _small(models.tagger.weights)
    data["tagger_vocabulary"] = np.array(list(models.tagger.index))
    data["tagger_moves"] = models.tagger.moves
    draft = out.with_suffix(".tmp.npz")
    np.savez_compressed(draft, **data)
    draft.replace(out)


def _small(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scale = np.abs(weights).max(axis=0) / 127
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


if __name__ == "__main__":
    arguments = [Path(a) for a in sys.argv[1:]]
    main(*(arguments + [ROOT.parent / "evaluation" / "corpus", ROOT / "model.npz"][len(arguments) :]))
