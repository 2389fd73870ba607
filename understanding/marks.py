"""What two texts are compared by: the pairs of characters they share, and characters that tell anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import NamedTuple

from understanding.features import bigrams
from understanding.model import models, on_change
from understanding.places import Address, address, normalise
from understanding.things import one_name

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
    if ticket.at.keys().isdisjoint(pairs):
        return 0.0
    common = sum([1 for pair in pairs if ticket.at.get(pair, 0) & SAID])
    return common / max(4, min(len(pairs), ticket.size))


def shared(mine: Marks, ticket: Told) -> "Shared":
    """What of these marks the ticket has, too."""
    at = ticket.at
    pairs = [] if at.keys().isdisjoint(mine.pairs) else [pair for pair in mine.pairs if pair in at]
    return Shared(pairs, [char for char in mine.chars if char in at], at)


@dataclass(frozen=True, slots=True)
class Shared:
    """The marks that a text and a ticket share."""

    pairs: list[str]
    chars: list[str]
    at: Mapping[str, int]

    def counts(self, where: int) -> float:
        """How much those in this part of the ticket's words count, common ones less."""
        pairs = [pair for pair in self.pairs if self.at[pair] & where]
        chars = [char for char in self.chars if self.at[char] & where]
        if pairs:
            within = "".join(pairs)
            chars = [char for char in chars if char not in within]
        elif not chars:
            return 0.0
        return sum(map(telling, pairs)) / 4 + ALONE * sum(map(telling, chars)) / 4


@lru_cache(maxsize=65536)
def telling(gram: str) -> float:
    """How much a character or pair of them tells of what a text is about."""
    rarity = models().topic.rarity(gram)
    return max(0.0, (UNHEARD if rarity is None else rarity) - RARE + 1)


for _made_by_models in (telling, marks, told):
    on_change(_made_by_models.cache_clear)
