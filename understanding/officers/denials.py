"""What officers deny, put off, limit or only imagine: 快弄好了, 处理不了, 弄好了告诉大家, 没弄好.

Whatever else the words are like, none of it is done. Said of each clause; the last one that says anything of
it counts, so that 没弄好，弄好了再说 is not done, and 昨天没弄好，今天弄好了 is.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from domain.action import Action
from understanding.language.features import plain
from understanding.language.formulas import ADDRESS, formula
from understanding.language.lexicon import UNDONE
from understanding.language.ticket_numbers import IN_WORDS
from understanding.language.units import unit

_ADDRESS = re.compile(rf"(?:{ADDRESS}|{IN_WORDS})(?:号?工?单)?")
_OBJECT = re.compile(rf"(?<=[把将给对])\s*{_ADDRESS.pattern}\s*")
_PAUSE = re.compile(r"[\s,，。.;；:：!！、~～…()（）]+")
_ASKS = re.compile(r"[?？]")


class Done(Enum):
    """How far it is, as the words have it."""

    YES = "done"
    BEGUN = "begun"
    LATER = "later"
    NOTHING = "nothing"


_SAYS = (
    (Done.NOTHING, ("mocking", "then")),
    (Done.BEGUN, ("near", "not")),
    (Done.LATER, ("cannot", "later", "before")),
    (Done.NOTHING, ("none",)),
)
"""What the patterns of `words.json` say, the first that fits."""


@dataclass(frozen=True, slots=True)
class Said:
    """How far it is, None where no clause says it, and the clauses that say more than that nothing is.

    `at_last` is that it is done now, and was not before: 昨天没弄好，今天弄好了.
    """

    how_far: Done | None
    rest: str
    at_last: bool


def parts(text: str) -> list[str]:
    """What is between the pauses, without whom it is said to and numbers of tickets."""
    return [
        part
        for part in _PAUSE.split(_ASKS.sub("吗 ", plain(_ADDRESS.sub(" ", _OBJECT.sub("", text)))))
        if part
    ]


def says(text: str) -> Said:
    """How far the words say that it is."""
    found = [(part, _how_far(part)) for part in parts(text)]
    last = next((done for _, done in reversed(found) if done), None)
    rest = "，".join(part for part, done in found if done is not Done.NOTHING)
    at_last = (
        bool(found) and found[-1][1] is Done.YES and any(done not in {None, Done.YES} for _, done in found)
    )
    return Said(last, rest, at_last)


def takes_back(text: str) -> bool:
    """Whether it says that what was reported as done is not, after all: 发错了, 还没弄好, 又犯了."""
    how_far = says(text).how_far
    denied = how_far in {Done.BEGUN, Done.NOTHING} and not _any(text, "mocking", "then")
    return denied or (how_far is not Done.YES and _any(text, "slip", "again"))


def says_mistaken(text: str) -> bool:
    """Whether it calls a ticket 误报, which is a command of its own, and does not deny it."""
    return _any(text, "mistaken") and not _any(text, "true")


def denied(text: str) -> frozenset[Action]:
    """Which actions it cannot be: 不是误报 is no mistake, a case of the bureau's own is not handed over."""
    found = {Action.REJECT} if _any(text, "true") else set[Action]()
    if _any(text, "case") and not _any(text, "no_case") and unit(text) is None:
        found |= {Action.REJECT, Action.TRANSFER}
    return frozenset(found)


def _how_far(part: str) -> Done | None:
    if formula(part, (Action.RESOLVE,)):
        return Done.YES
    return next((done for done, names in _SAYS if any(_pattern(name).search(part) for name in names)), None)


def _any(text: str, *names: str) -> bool:
    return any(_pattern(name).search(part) for part in parts(text) for name in names)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(UNDONE[name].format_map(UNDONE))
