"""Which ticket a message is about: by number, by quote, by its words, by who spoke about what just before."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from understanding.context import Scene
from understanding.features import bigrams, plain
from understanding.lexicon import NAME_NOISE, NEWEST, OLDEST
from understanding.model import models, on_change
from understanding.places import address, conflict, normalise
from understanding.reading import TicketSeen
from understanding.things import mentions, one_name

_FULL = re.compile(r"(20\d{6})\s*-\s*(\d{3})")
_TAIL = re.compile(r"(?<![\d.:：-])(\d{3})(?![\d.:：%点块元米斤个分年月日号栋幢户房室室]|单元)")
_COUNTS = {"两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}
_SEVERAL = re.compile(
    r"([两二2三3四4])(?:个|条|单|处|起|件|家|边|张)(?:单子|工单|投诉|地方|点位)?[^，。,！!？?]{0,6}?(?:都|全部|全|一起|一并|一块|分头|同时)"
)
ALONE = 0.3
"""How much a shared single character counts beside a shared pair."""
KIND = 0.5
DECIDED = 2.0
WORDLESS = 3
"""A text of so few characters says nothing about the kind of problem."""
NAME = 2
NAMED = 1.4
"""What text and place must share before the text names the place."""
ELSEWHERE = -4.0
"""What it counts that the text is about another building, gate or number: a veto."""
THINGS = 0.3
WORDS = 0.75
RARE = 4.0
"""Pairs of characters with a lower inverse frequency say nothing about a ticket."""
TELLS = 1.5
"""How telling a pair of characters must be to name a place by itself."""
UNHEARD = 7.0
"""The inverse frequency of a pair that the reader has never seen."""


def numbered(text: str, tickets: Sequence[TicketSeen]) -> list[TicketSeen]:
    """The tickets that the text names by number: in full, or by its last three digits."""
    full = {f"{day}-{count}" for day, count in _FULL.findall(text)}
    rest = _FULL.sub(" ", text)
    tails = set(_TAIL.findall(rest))
    found = [t for t in tickets if t.no in full]
    for tail in sorted(tails):
        having = [t for t in tickets if t.no.endswith("-" + tail) and t not in found]
        found += having[-1:]
    return found


def names_unknown_number(text: str, tickets: Sequence[TicketSeen]) -> bool:
    """Whether the text gives a full ticket number that nobody here knows."""
    return any(f"{day}-{count}" not in {t.no for t in tickets} for day, count in _FULL.findall(text))


def words(text: str, ticket: TicketSeen) -> float:
    """What the words of `text` say for (or against) being about the ticket."""
    place = f"{ticket.location} {ticket.text}"
    if conflict(text, ticket.location or ticket.text):
        return ELSEWHERE
    score = KIND * lean(ticket.category, text) if len(text) > WORDLESS else 0.0
    score += THINGS * min(2, things(text).get(ticket.category, 0))
    score += min(3.5, WORDS * shared(text, f"{place} {ticket.category}"))
    mine, theirs = address(text), address(place)
    if mine.buildings & theirs.buildings:
        score += 1.5
    if mine.gates & theirs.gates:
        score += 0.7
    return score + (2.0 if names_person(text, ticket.reporter_name) else 0.0)


@lru_cache(maxsize=4096)
def lean(category: str, text: str) -> float:
    """How much the words speak for the category; words that could be of any kind say little."""
    odds = kinds(text)
    decided = min(1.0, DECIDED * max(odds.values()))
    return decided * max(-2.4, min(4.0, math.log(max(odds.get(category, 0.0), 0.005) * len(odds))))


def shared(text: str, other: str) -> float:
    """How many telling characters and pairs of them the texts share, common ones counting less."""
    pairs, chars = _marks(text)
    other_pairs, other_chars = _marks(other)
    both = pairs & other_pairs
    alone = (chars & other_chars).difference(*both)
    return sum(map(_telling, both)) / 4 + ALONE * sum(map(_telling, alone)) / 4


@lru_cache(maxsize=2048)
def _marks(text: str) -> tuple[frozenset[str], frozenset[str]]:
    place = one_name(normalise(text))
    return frozenset(bigrams(place)), frozenset(char for char in place if char > "\u4e00")


def named(text: str, tickets: Sequence[TicketSeen]) -> list[TicketSeen]:
    """The tickets whose place the text names: by a telling pair of characters that no other's place has."""
    said, _ = _marks(text)
    places = [_marks(ticket.location)[0] for ticket in tickets]
    found = []
    for at, ticket in enumerate(tickets):
        others = frozenset[str]().union(*places[:at], *places[at + 1 :])
        tells = any(_telling(pair) >= TELLS for pair in (said & places[at]) - others)
        if tells and not conflict(text, ticket.location):
            found.append(ticket)
    return found


@lru_cache(maxsize=65536)
def _telling(gram: str) -> float:
    rarity = models().topic.rarity(gram)
    return max(0.0, (UNHEARD if rarity is None else rarity) - RARE + 1)


@lru_cache(maxsize=256)
def things(text: str) -> dict[str, int]:
    """How many things of each category the text names."""
    return mentions(text)


@lru_cache(maxsize=256)
def _kinds(text: str) -> tuple[tuple[str, float], ...]:
    return tuple(models().kind.probabilities(text).items())


on_change(_telling.cache_clear)
on_change(_kinds.cache_clear)
on_change(lean.cache_clear)


def kinds(text: str) -> dict[str, float]:
    """How well the text fits each category, taken that it is about one."""
    return dict(_kinds(text))


@lru_cache(maxsize=2048)
def names_person(text: str, name: str) -> bool:
    """Whether the text calls the person: by the whole name, or by its telling end (3栋李姐: 李姐)."""
    name = plain(name)
    if len(name) < NAME:
        return False
    text = plain(text)
    if name in text:
        return True
    bare = re.sub(r"^[\d\w]*?(?:栋|幢|号楼|单元|室)", "", name)
    return len(bare) >= NAME and bare not in NAME_NOISE and bare in text


def how_many(text: str) -> int:
    """How many tickets the text says it is about (两个都看了: 2); 0 where it does not say."""
    if match := _SEVERAL.search(text):
        return _COUNTS[match[1]]
    return 0


def turn(text: str, ticket: TicketSeen, tickets: Sequence[TicketSeen]) -> float:
    """What 最早那单, 最新那个 and the like say for a ticket."""
    if len(tickets) <= 1:
        return 0.0
    oldest, newest = _ends(text)
    return 2.5 * (oldest and ticket is tickets[0]) + 2.5 * (newest and ticket is tickets[-1])


@lru_cache(maxsize=256)
def _ends(text: str) -> tuple[bool, bool]:
    """Whether the text speaks of the ticket that has been open longest, and of the one opened last."""
    return any(word in text for word in OLDEST), any(word in text for word in NEWEST)


def anchored(scene: Scene) -> list[TicketSeen]:
    """The tickets that the message points at by quote or by number: no guess needed."""
    quoted = scene.quoted()
    found = [t for t in scene.around.tickets if t.no in quoted]
    by_number = numbered(scene.message.text, scene.around.tickets)
    return by_number or found
