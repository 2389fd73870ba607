"""Which ticket a message is about: by number, by quote, by its words, by who spoke about what just before."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from understanding.language.features import plain
from understanding.language.lexicon import NAME_NOISE, NEWEST, OLDEST
from understanding.language.marks import Marks, marks, shared, telling, told
from understanding.language.model import models, on_change
from understanding.language.places import Address, address, conflict
from understanding.language.things import mentions
from understanding.language.ticket_numbers import numbered
from understanding.reading import TicketSeen
from understanding.scene.context import Scene

_COUNTS = {"两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}
_SEVERAL = re.compile(
    r"([两二2三3四4])(?:个|条|单|处|起|件|家|边|张)(?:单子|工单|投诉|地方|点位)?[^，。,！!？?]{0,6}?(?:都|全部|全|一起|一并|一块|分头|同时)"
)
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
TELLS = 1.5
"""How telling a pair of characters must be to name a place by itself."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A text, and what of it is the same beside every ticket."""

    text: str
    marks: Marks
    address: Address
    things: dict[str, int]
    oldest: bool
    newest: bool


@lru_cache(maxsize=256)
def heard(text: str) -> Heard:
    """Look at the text."""
    oldest, newest = any(word in text for word in OLDEST), any(word in text for word in NEWEST)
    return Heard(text, marks(text), address(text), mentions(text), oldest, newest)


class Fit(NamedTuple):
    """How the words of a text fit a ticket; `score` is all of it, `ELSEWHERE` where that is a veto."""

    kind: float
    things: int
    building: bool
    gate: bool
    place: float
    text: float
    named: bool
    score: float


def fit(said: Heard, ticket: TicketSeen) -> Fit:
    """What the words say for (or against) being about the ticket."""
    its = told(ticket.location, ticket.text, ticket.category)
    kind = lean(ticket.category, said.text) if len(said.text) > WORDLESS else 0.0
    things = min(2, said.things.get(ticket.category, 0))
    building = not said.address.buildings.isdisjoint(its.address.buildings)
    gate = not said.address.gates.isdisjoint(its.address.gates)
    called = names_person(said.text, ticket.reporter_name)
    common = shared(said.marks, its)
    score = KIND * kind + THINGS * things + min(3.5, WORDS * common.whole)
    score += 1.5 * building + 0.7 * gate + 2.0 * called
    if conflict(said.text, ticket.location or ticket.text):
        score = ELSEWHERE
    return Fit(kind, things, building, gate, common.place, common.text, called, score)


def words(text: str, ticket: TicketSeen) -> float:
    """What the words of `text` say for (or against) being about the ticket, as one number."""
    return fit(heard(text), ticket).score


def lean(category: str, text: str) -> float:
    """How much the words speak for the category; words that could be of any kind say little."""
    leans = _leans(text)
    return leans.get(category, leans[""])


@lru_cache(maxsize=256)
def _leans(text: str) -> dict[str, float]:
    """The same for each category, and for those that nobody knows."""
    odds = {**kinds(text), "": 0.0}
    size, decided = len(odds) - 1, min(1.0, DECIDED * max(odds.values()))
    return {
        category: decided * max(-2.4, min(4.0, math.log(max(p, 0.005) * size)))
        for category, p in odds.items()
    }


def named(text: str, tickets: Sequence[TicketSeen]) -> list[TicketSeen]:
    """The tickets whose place the text names: by a telling pair of characters that no other's place has."""
    said = marks(text).pairs
    places = [marks(ticket.location).pairs for ticket in tickets]
    found = []
    for at, ticket in enumerate(tickets):
        others = frozenset[str]().union(*places[:at], *places[at + 1 :])
        tells = any(telling(pair) >= TELLS for pair in (said & places[at]) - others)
        if tells and not conflict(text, ticket.location):
            found.append(ticket)
    return found


@lru_cache(maxsize=256)
def kinds(text: str) -> Mapping[str, float]:
    """How well the text fits each category, taken that it is about one."""
    return MappingProxyType(models().kind.probabilities(text))


for _made_by_models in (heard, kinds, _leans):
    on_change(_made_by_models.cache_clear)


def names_person(text: str, name: str) -> bool:
    """Whether the text calls the person: by the whole name, or by its telling end (3栋李姐: 李姐)."""
    said = plain(text)
    return any(call in said for call in _calls(name))


@lru_cache(maxsize=2048)
def _calls(name: str) -> tuple[str, ...]:
    """What the person is called by."""
    name = plain(name)
    if len(name) < NAME:
        return ()
    bare = re.sub(r"^[\d\w]*?(?:栋|幢|号楼|单元|室)", "", name)
    return (name, bare) if len(bare) >= NAME and bare not in NAME_NOISE else (name,)


def how_many(text: str) -> int:
    """How many tickets the text says it is about (两个都看了: 2); 0 where it does not say."""
    if match := _SEVERAL.search(text):
        return _COUNTS[match[1]]
    return 0


def turn(said: Heard, ticket: TicketSeen, tickets: Sequence[TicketSeen]) -> float:
    """What 最早那单, 最新那个 and the like say for a ticket."""
    if len(tickets) <= 1:
        return 0.0
    return 2.5 * (said.oldest and ticket is tickets[0]) + 2.5 * (said.newest and ticket is tickets[-1])


def anchored(scene: Scene) -> list[TicketSeen]:
    """The tickets that the message points at by quote or by number: no guess needed."""
    quoted = scene.quoted
    found = [t for t in scene.around.tickets if t.no in quoted]
    by_number = numbered(scene.message.text, scene.around.tickets)
    return by_number or found
