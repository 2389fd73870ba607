"""What is not to be counted: nothing is lost where it never was, and no query can say the rest."""

import re

from domain.query import Metric
from understanding.questions import words
from understanding.questions.doubts import Unclear, Why
from understanding.questions.marking import MARKS, Marked, without
from understanding.questions.slots import read_slots

_MARKS = frozenset(MARKS.values())
_NEVER_IN = (Metric.TICKETS, Metric.ACTIONS)
"""What residents complain of and what officers stop by themselves are never counted together."""
_GRAMMAR = re.compile("[的那些类这]+")
_ROW = re.compile(f"(?:{'|'.join(words.GROUPS.values())}|排名|名次|名单|明细|图表?)(?:维度|层面|分组)?")
"""Leaving these out asks for one number: 去掉社区，只要总数."""


def counted(marked: Marked) -> Marked:
    """Without the clauses that leave out what would not be counted anyhow: 受理多少，自己巡查的不算."""
    for pattern, strict in ((words.NOT_WANTED, False), (words.LEFT_OUT, True)):
        if match := pattern.search(marked.text):
            rest = without(marked, *match.span())
            if _never_in(match[match.lastgroup or 0], rest.text, strict=strict):
                marked = rest
    return marked


def nothing_left_out(text: str) -> None:
    """Unclear where a figure would have to leave something out: 上周投诉多少，不含梅湖."""
    if match := words.LEFT_OUT.search(text):
        raise Unclear(Why.NOT_KEPT, re.sub("[A-Z]+", "…", match[0]))


def _never_in(said: str, rest: str, *, strict: bool) -> bool:
    """Whether the rest of a question asks for something beside this: another kind, place, metric or row."""
    if marks := _MARKS.intersection(said):
        return marks <= set(rest)
    kind = "K" in rest and any(_GRAMMAR.sub("", said) in name for name in words.CATEGORIES)
    if kind or _ROW.fullmatch(said):
        return True
    slots = read_slots(said, None)
    return slots.metric in _NEVER_IN if strict else bool(slots.strong or slots.group or slots.order)
