"""The labelled lines, and what a classifier learns from each."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.category import categories
from domain.people import Role

Row = dict[str, Any]
Context = dict[str, float]
Odds = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """What a classifier learns from: a text, facts of its surroundings, a label, a weight."""

    text: str
    label: str
    context: Context
    weight: float = 1.0


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


def is_small_talk(row: Row) -> bool:
    """Whether the line is ordinary chatter of the kind that stands in no scene."""
    return bool(row["file"] == "chatter-referrals" and row["label"] == "chatter")


def intent_label(label: str) -> str:
    """The nine things a resident's message can want."""
    if label.startswith("referral:"):
        return "referral"
    if label in categories():
        return "report"
    return label.removeprefix("resident:").removeprefix("officer:")


def texts_of(lines: list[Row], role: str) -> list[str]:
    """What people of this role say in the lines."""
    return [line["text"] for line in lines if line["role"] == role]
