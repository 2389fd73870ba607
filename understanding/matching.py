"""Which ticket a message is about: by number, by quote, by its words, by who spoke about what just before."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.action import Action
from domain.ids import TicketNo
from domain.people import Role
from domain.state import ENDED, MOVES, State
from understanding.context import Scene, minutes
from understanding.features import bigrams, plain
from understanding.lexicon import NAME_NOISE
from understanding.model import models
from understanding.places import address, conflict, normalise
from understanding.reading import TicketSeen

_FULL = re.compile(r"(20\d{6})\s*-\s*(\d{3})")
_TAIL = re.compile(r"(?<![\d.:：-])(\d{3})(?![\d.:：%点块元米斤个分年月日号栋幢户房室室]|单元)")
RARE = 4.0
"""Pairs of characters with a lower inverse frequency say nothing about a ticket."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a message fits a ticket: `words` by what it says, `near` by when and by whom it is said."""

    ticket: TicketSeen
    words: float
    near: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.words + self.near


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


def words(text: str, ticket: TicketSeen, odds: dict[str, float] | None = None) -> float:
    """What the words of `text` say for (or against) being about the ticket."""
    odds = odds or kinds(text)
    place = f"{ticket.location} {ticket.text}"
    if conflict(text, ticket.location or ticket.text):
        return -4.0
    score = 0.7 * math.log(max(odds.get(ticket.category, 0.0), 0.005) * 20) if len(text) > 3 else 0.0
    score = max(-1.2, min(2.0, score))
    score += min(3.5, 0.75 * shared(text, f"{place} {ticket.category}"))
    mine, theirs = address(text), address(place)
    if mine.buildings & theirs.buildings:
        score += 1.5
    if mine.gates & theirs.gates:
        score += 0.7
    return score + (2.0 if names_person(text, ticket.reporter_name) else 0.0)


def shared(text: str, other: str) -> float:
    """How many telling pairs of characters the texts share, common ones counting less."""
    topic = models().topic
    total = 0.0
    for pair in bigrams(normalise(text)) & bigrams(normalise(other)):
        at = topic.index.get(pair)
        weight = 7.0 if at is None else float(topic.idf[at])
        total += max(0.0, weight - RARE + 1) / 4
    return total


@lru_cache(maxsize=256)
def _kinds(text: str) -> tuple[tuple[str, float], ...]:
    return tuple(models().kind.probabilities(text).items())


def kinds(text: str) -> dict[str, float]:
    """How well the text fits each category, taken that it is about one."""
    return dict(_kinds(text))


def names_person(text: str, name: str) -> bool:
    """Whether the text calls the person: by the whole name, or by its telling end (3栋李姐: 李姐)."""
    name = plain(name)
    if len(name) < 2:
        return False
    text = plain(text)
    if name in text:
        return True
    bare = re.sub(r"^[\d\w]*?(?:栋|幢|号楼|单元|室)", "", name)
    return len(bare) >= 2 and bare not in NAME_NOISE and bare in text


def nearness(scene: Scene, ticket: TicketSeen) -> float:
    """What the moment says: what was talked about just before, and how long ago."""
    since = scene.since_said_about(ticket.no)
    score = 0.0 if since is None else 1.8 / (1 + 0.6 * since)
    quiet = minutes(ticket.last_at or ticket.opened_at, scene.message.at, 10)
    score += 0.8 if quiet < 15 else 0.5 if quiet < 90 else 0.2 if quiet < 1440 else 0.0
    mine = next((s for s in scene.people() if s.sender == scene.message.sender and s.tickets), None)
    if mine and ticket.no in mine.tickets:
        score += 0.6
    return score


def readiness(ticket: TicketSeen, action: Action, role: Role) -> float:
    """Whether this action is to be expected now, from the ticket's state."""
    if ticket.state not in MOVES.get(action, {}):
        return -4.0
    state = ticket.state
    if role is Role.OFFICER:
        if state in ENDED or state is State.TRANSFERRED:
            return -2.0
        if state is State.REPORTED:
            return -1.2
        if action is Action.ACCEPT:
            return 1.0 if state in (State.DISPATCHED, State.REGISTERED, State.REWORK) else -0.8
        if action in (Action.RESOLVE, Action.EXTEND):
            return 0.4 if state in (State.ACCEPTED, State.HANDLING, State.EXTENDED) else 0.0
        return 0.0
    answered = state in (State.REPORTED, State.CLOSED)
    if action is Action.CONFIRM:
        return 1.0 if state is State.REPORTED else -0.4 if state is State.CLOSED else 0.0
    if action is Action.DISPUTE:
        return 0.8 if answered else -0.4
    if action in (Action.URGE, Action.SUPPORT):
        return -0.8 if answered else 0.2
    return 0.0


def fits(
    scene: Scene, action: Action, tickets: Iterable[TicketSeen] | None = None, text: str | None = None
) -> list[Fit]:
    """The tickets the message could mean with this action, best first."""
    text = scene.message.text if text is None else text
    odds = kinds(text)
    found = []
    for ticket in scene.around.tickets if tickets is None else tickets:
        near = nearness(scene, ticket) + readiness(ticket, action, scene.message.role)
        found.append(Fit(ticket, words(text, ticket, odds), near))
    return sorted(found, key=lambda fit: (-fit.total, fit.ticket.no))


def anchored(scene: Scene) -> list[TicketSeen]:
    """The tickets that the message points at by quote or by number: no guess needed."""
    quoted = scene.quoted()
    found = [t for t in scene.around.tickets if t.no in quoted]
    by_number = numbered(scene.message.text, scene.around.tickets)
    return by_number or found


def numbers(tickets: Iterable[Fit]) -> tuple[TicketNo, ...]:
    """Their numbers."""
    return tuple(fit.ticket.no for fit in tickets)
