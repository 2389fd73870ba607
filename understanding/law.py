"""Which law card a line asks for, if any: a question about what is allowed, never a complaint about it.

A line is a question where its form says so (`law.json`); it asks for a card where it has a word of each
group of the card's subject, and of several such cards for the one whose ways to ask are likest.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.law import LawCard, LawCards
from understanding.data import table
from understanding.language.features import plain

LONGEST = 60
"""Whoever asks a neighbour is brief; what is longer is a notice or a story."""
BAR = 0.02
"""How like the ways to ask a line must be that has the card's words."""
BAR_OF_FAVOURS = 0.06
"""The same where the form may also ask for a favour."""
BAR_WITHOUT_WORDS = 0.35
"""The same for a card that names no words."""
WORD = 0.02
"""What each character of a word of the subject counts beside the likeness, which is at most 1."""
MAX_N = 3

Vector = dict[str, float]

_DATA = table("law")
_RULE = re.compile("|".join(_DATA["rule"]))
_MAY = re.compile(_DATA["may"])
_CASE = re.compile(_DATA["case"])
_ASKS = re.compile(_DATA["asks"])
_SURE = re.compile(_DATA["sure"])
_NO = re.compile("|".join(_DATA["no"]))
_PAUSE = re.compile(r"[\s\W_]+")


def asked(text: str, cards: LawCards, day: date) -> str | None:
    """The id of the card, of those in force on the day, that the text asks for; None where of none."""
    words = plain(text).strip()
    sure = asks_about_a_rule(words)
    if sure is None:
        return None
    index = _indexed(cards)
    possible = ((entry, entry.subject(words)) for entry in index.entries if entry.card.in_force(day))
    found = [(entry, said) for entry, said in possible if said is not None]
    if not found:
        return None
    asking = index.vector(words)
    scored = [(entry.like(asking), WORD * said, entry) for entry, said in found]
    like, _, best = max(scored, key=lambda one: one[0] + one[1])
    return best.card.id if like >= (best.bar if sure else max(best.bar, BAR_OF_FAVOURS)) else None


def asks_about_a_rule(words: str) -> bool | None:
    """Whether `words` (in the form of `features.plain`) ask about a rule, by their form alone.

    True: surely; False: in a form that may also ask for a favour ("能不能…"); None: they do not.
    """
    if len(words) > LONGEST or not _ASKS.search(words):
        return None
    if _NO.search(words) and not _SURE.search(words):
        return None
    if _RULE.search(words):
        return True
    return False if _MAY.search(words) and not _CASE.search(words) else None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A card with what lines are held against.

    `groups` are the words of its subject; `likeness` gives for an n-gram what it counts in each way to ask
    (by its place) and, last, in the middle of all.
    """

    card: LawCard
    groups: tuple[tuple[str, ...], ...]
    likeness: dict[str, list[tuple[int, float]]]
    ways: int

    @property
    def bar(self) -> float:
        """How like the line must be."""
        return BAR if self.groups else BAR_WITHOUT_WORDS

    def subject(self, words: str) -> int | None:
        """How many characters the words have of the card's subject; None where a group is missing."""
        longest = [max((len(word) for word in group if word in words), default=0) for group in self.groups]
        return sum(longest) if all(longest) else None

    def like(self, asking: Vector) -> float:
        """How like the ways to ask this is, from 0 to 1: between the likest one and the middle of all."""
        sums = [0.0] * (self.ways + 1)
        for gram, x in asking.items():
            for way, y in self.likeness.get(gram, ()):
                sums[way] += x * y
        return (max(sums[:-1]) + sums[-1]) / 2


@dataclass(frozen=True, slots=True)
class _Index:
    entries: tuple[_Entry, ...]
    rarity: Vector
    unknown: float

    def vector(self, text: str) -> Vector:
        """What the text counts, by n-gram; its length is 1."""
        return _unit(
            {g: (1 + math.log(n)) * self.rarity.get(g, self.unknown) for g, n in _grams(text).items()}
        )


@lru_cache(maxsize=8)
def _indexed(cards: LawCards) -> _Index:
    asks = {card.id: (card.question, *card.asks) for card in cards.all}
    shared = Counter(g for one in asks.values() for g in {g for ask in one for g in _grams(ask)})
    many = len(asks) + 1
    rarity = {g: math.log(many / (n + 0.5)) for g, n in shared.items()}
    index = _Index((), rarity, math.log(many))
    return _Index(tuple(_entry(card, asks[card.id], index) for card in cards.all), rarity, index.unknown)


def _entry(card: LawCard, asks: tuple[str, ...], index: _Index) -> _Entry:
    vectors = [index.vector(ask) for ask in asks]
    middle: Counter[str] = Counter()
    for vector in vectors:
        middle.update(vector)
    likeness: dict[str, list[tuple[int, float]]] = {}
    for way, vector in enumerate((*vectors, _unit(dict(middle)))):
        for gram, x in vector.items():
            likeness.setdefault(gram, []).append((way, x))
    return _Entry(card, tuple(tuple(plain(group).split()) for group in card.words), likeness, len(vectors))


def _grams(text: str) -> Counter[str]:
    text = _PAUSE.sub(" ", plain(text))
    sized = (text[at : at + n] for n in range(1, MAX_N + 1) for at in range(len(text) - n + 1))
    return Counter(gram for gram in sized if " " not in gram)


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(x * x for x in vector.values()))
    return {gram: x / length for gram, x in vector.items()} if length else {}
