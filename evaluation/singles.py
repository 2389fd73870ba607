"""Single lines, read by the packaged model: officers' replies, and ordinary chat that reports nothing."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.folds import REPLIES
from evaluation.score import read_jsonl
from understanding.read_line import read_line


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 1.0


def reply_is_right(line: dict[str, Any]) -> bool:
    """Whether the action and all tickets are the labelled ones; where none is, whether nothing is done."""
    reading = read_line(line)
    gold = line["gold"]
    if gold is None:
        return reading["action"] is None
    return reading["action"] == gold["action"] and sorted(reading["tickets"]) == sorted(gold["nos"])


def officer_replies(path: Path = REPLIES) -> dict[str, Share]:
    """How many of the replies are read right: all, those that act on a ticket, those that do not."""
    lines = read_jsonl(path)
    right = [reply_is_right(line) for line in lines]
    acting = [good for good, line in zip(right, lines, strict=True) if line["gold"]]
    return {
        "all": Share(sum(right), len(right)),
        "acting on a ticket": Share(sum(acting), len(acting)),
        "about nothing": Share(sum(right) - sum(acting), len(right) - len(acting)),
    }


def false_alarms(path: Path) -> Share:
    """How many lines of a file of ordinary chat are taken for a report."""
    texts = [text for text in path.read_text(encoding="utf-8").splitlines() if text.strip()]
    return Share(sum(read_line({"text": text})["intent"] == "report" for text in texts), len(texts))
