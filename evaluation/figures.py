"""The figures: `score.py`'s for any set of chats, their intervals, confusions, how true confidences are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.folds import Chat, Line
from evaluation.score import Count, Tally, figures, pair_up, tally_one

COUNTS = ("tickets", "whole", "actions", "resident_actions", "officer_actions", "referrals", "urgent")
NUMBERS = (
    "matched", "category", "located", "location", "messages_exact", "chatter", "chatter_answered",
)  # fmt: skip
SAMPLES = 2000
SEED = 20261123
NONE = "none"
"""In a confusion: no ticket on the other side."""
Figures = dict[str, float]
Vector = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Played:
    """A chat, what a system wrote about it, and what the reader thought, if it is known."""

    chat: Chat
    out: list[Line]
    trace: list[Line]

    @property
    def tally(self) -> Tally:
        """`score.py`'s count of this chat alone."""
        total = Tally()
        tally_one(self.chat.name, self.chat.lines, self.chat.gold, self.out, total)
        return total

    @property
    def tickets(self) -> list[Line]:
        """The tickets that the system opened."""
        return [row for row in self.out if row["type"] == "ticket"]


def vector(tally: Tally) -> Vector:
    """Everything that the figures are made of, so that chats can be added up."""
    counts = [getattr(tally, name) for name in COUNTS]
    parts = [number for c in counts for number in (c.hit, c.extra, c.missed)]
    return np.array([*parts, *(getattr(tally, name) for name in NUMBERS)], dtype=np.int64)


def figures_of(total: Vector) -> Figures:
    """The figures of `score.py` from a sum of vectors."""
    tally = Tally()
    values = total.tolist()
    for at, name in enumerate(COUNTS):
        setattr(tally, name, Count(*values[3 * at : 3 * at + 3]))
    for name, value in zip(NUMBERS, values[3 * len(COUNTS) :], strict=True):
        setattr(tally, name, value)
    return dict(figures(tally))


def point(played: Sequence[Played]) -> Figures:
    """The figures of these chats together."""
    return figures_of(np.sum([vector(p.tally) for p in played], axis=0))


def interval(played: Sequence[Played], samples: int = SAMPLES) -> dict[str, tuple[float, float]]:
    """95 % of each figure, by drawing whole chats again and again (percentile bootstrap)."""
    each = np.array([vector(p.tally) for p in played])
    drawn = np.random.default_rng(SEED).integers(len(each), size=(samples, len(each)))
    tables = [figures_of(total) for total in each[drawn].sum(axis=1)]
    return {
        name: (
            float(np.percentile([t[name] for t in tables], 2.5)),
            float(np.percentile([t[name] for t in tables], 97.5)),
        )
        for name in tables[0]
    }


def confusions(played: Iterable[Played]) -> Counter[tuple[str, str]]:
    """How often a ticket of one category (by the labels) was opened as another; NONE where there is none."""
    found: Counter[tuple[str, str]] = Counter()
    for one in played:
        gold, opened = one.chat.gold["tickets"], one.tickets
        pairs = pair_up(gold, opened)
        for at, ticket in enumerate(gold):
            found[ticket["category"], opened[pairs[at]]["category"] if at in pairs else NONE] += 1
        for at, ticket in enumerate(opened):
            if at not in pairs.values():
                found[NONE, ticket["category"]] += 1
    return found


# --- confidence ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Band:
    """Decisions whose confidence lies in one tenth: how many, how sure on average, how often right."""

    low: float
    count: int
    sure: float
    right: float


Judged = list[tuple[float, bool]]


def bands(judged: Judged, number: int = 10) -> list[Band]:
    """The reliability table; empty bands are left out."""
    found = []
    for at in range(number):
        inside = [(p, good) for p, good in judged if min(int(p * number), number - 1) == at]
        if inside:
            sure, right = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            found.append(Band(at / number, len(inside), sure, right))
    return found


def calibration_error(judged: Judged) -> float:
    """How far confidence and truth lie apart on average (ECE, ten bands)."""
    table = bands(judged)
    return sum(b.count * abs(b.sure - b.right) for b in table) / max(1, len(judged))


def judged(played: Iterable[Played]) -> dict[str, Judged]:
    """Each decision of the reader: how sure it was, and whether it was right."""
    found: dict[str, Judged] = {"reports": [], "actions": [], "referrals": []}
    for one in played:
        found["reports"] += _reports(one)
        found["actions"] += _actions(one)
        referrals = {(row["message"], row["to"]) for row in one.chat.gold.get("referrals", [])}
        found["referrals"] += [
            (row["confidence"], (row["message"], row["referral"]) in referrals)
            for row in one.trace
            if row["referral"]
        ]
    return found


def _reports(one: Played) -> Iterator[tuple[float, bool]]:
    """A report is right where the ticket that was opened for it is one."""
    gold, opened = one.chat.gold["tickets"], one.tickets
    real = {opened[at]["no"] for at in pair_up(gold, opened).values()}
    reported = {message for ticket in gold for message in ticket["messages"]}
    for row in one.trace:
        for problem in row["problems"]:
            its = [t for t in opened if row["message"] in t["messages"]]
            its = [t for t in its if t["category"] == problem["category"]] or its
            good = any(t["no"] in real for t in its) if its else row["message"] in reported
            yield problem["confidence"], good


def _actions(one: Played) -> Iterator[tuple[float, bool]]:
    """An action is right where it is the labelled one on the labelled ticket."""
    gold, opened = one.chat.gold, one.tickets
    key_of = {opened[f]["no"]: gold["tickets"][g]["key"] for g, f in pair_up(gold["tickets"], opened).items()}
    want = {(a["message"], a["ticket"], a["action"]) for a in gold["actions"]}
    for row in one.trace:
        for act in row["acts"]:
            if act["ticket"]:
                yield act["confidence"], (row["message"], key_of.get(act["ticket"]), act["action"]) in want
