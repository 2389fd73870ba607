"""What two texts are compared by: the pairs of characters they share, and characters that tell anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import NamedTuple

from understanding.language.features import bigrams
from understanding.language.model import models, on_change
from understanding.language.places import Address, address, normalise
from understanding.language.things import one_name

ALONE = 0.3
"""How much a shared single character counts beside a shared pair."""
RARE = 4.0
"""Pairs of characters with a lower inverse frequency say nothing about a ticket."""
UNHEARD = 7.0
"""The inverse frequency of a pair that the reader has never seen."""
PLACE, TEXT, WHOLE, SAID = 1, 2, 4, 8
"""Where a ticket has a mark: in its place, its report, both and its category, its report letter by letter."""


class Marks(NamedTuple):
    """What a text is compared by: pairs of characters, and of the characters those that tell anything."""

    pairs: frozenset[str]
    chars: frozenset[str]


@lru_cache(maxsize=512)
def marks(text: str) -> Marks:
    """What this text is compared by, words for the same thing made one."""
    place = one_name(normalise(text))
    chars = frozenset(intern(char) for char in place if char > "\u4e00" and telling(char))
    return Marks(bigrams(place), chars)


@dataclass(frozen=True, slots=True)
class Told:
    """What a ticket's words tell beside every text: where it is, and where each mark stands in them.

    `size` is how many pairs of characters its report has.
    """

    address: Address
    at: Mapping[str, int]
    size: int


@lru_cache(maxsize=2048)
def told(place: str, text: str, category: str) -> Told:
    """Look at the words of a ticket."""
    both, said = f"{place} {text}", bigrams(text)
    at: dict[str, int] = dict.fromkeys(said, SAID)
    for where, words in ((PLACE, place), (TEXT, text), (WHOLE, f"{both} {category}")):
        for mark in chain(*marks(words)):
            at[mark] = at.get(mark, 0) | where
    return Told(address(both), at, len(said))


def overlap(text: str, ticket: Told) -> float:
    """The share of the shorter text's character pairs that the other one has too: a text and a report."""
    pairs = bigrams(text)
    common = [*filter(ticket.at.__contains__, pairs)]
    said = len([1 for pair in common if ticket.at[pair] & SAID]) if common else 0
    return said / max(4, min(len(pairs), ticket.size))


class Shared(NamedTuple):
    """How much the marks that a text and a ticket share count: in its place, its report, all of its words."""

    place: float = 0.0
    text: float = 0.0
    whole: float = 0.0


_NOTHING = Shared()


def shared(mine: Marks, ticket: Told) -> Shared:
    """How many telling characters and pairs of them the two share, common ones counting less."""
    at = ticket.at
    pairs, chars = [*filter(at.__contains__, mine.pairs)], [*filter(at.__contains__, mine.chars)]
    if not pairs and not chars:
        return _NOTHING
    return Shared(*(_counts(pairs, chars, at, where) for where in (PLACE, TEXT, WHOLE)))


def _counts(pairs: list[str], chars: list[str], at: Mapping[str, int], where: int) -> float:
    """The same in one part of the ticket's words."""
    pairs = [pair for pair in pairs if at[pair] & where]
    within = "".join(pairs)
    chars = [char for char in chars if at[char] & where and char not in within]
    return sum(map(telling, pairs)) / 4 + ALONE * sum(map(telling, chars)) / 4


@lru_cache(maxsize=65536)
def telling(gram: str) -> float:
    """How much a character or pair of them tells of what a text is about."""
    rarity = models().topic.rarity(gram)
    return max(0.0, (UNHEARD if rarity is None else rarity) - RARE + 1)


for _made_by_models in (telling, marks, told):
    on_change(_made_by_models.cache_clear)
