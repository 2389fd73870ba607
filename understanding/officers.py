"""What an officer's message does to which tickets."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.action import Action
from domain.message import Kind
from domain.state import OPEN
from understanding.clauses import clauses
from understanding.context import Scene, manner
from understanding.dates import until
from understanding.features import plain
from understanding.formulas import OFFICERS, formula
from understanding.lexicon import SAYS_SO
from understanding.matching import (
    EXPECTED,
    Fit,
    anchored,
    fits,
    how_many,
    kinds,
    named_place,
    names_unknown_number,
    words,
)
from understanding.model import models
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.units import unit

GATE = -0.2
"""Log-odds by the words plus the fit of the best ticket, below which an officer's message is chatter."""
CLEAR = 1.6
"""Words that fit a ticket by this much mean it, whatever was said before."""
FAINT = -0.5
"""A ticket that neither words nor moment speak for by this much is not meant."""
EXPECTATION = 0.6
"""How much a ticket's state counts, beside an officer's words, for what he did to it."""
OUTRIGHT = 3.0
"""How much likelier an action is that the words name outright."""
LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class Choice:
    """One action on one ticket and how well it fits the message."""

    action: Action
    fit: Fit
    score: float


def odds_of(scene: Scene, text: str | None = None) -> dict[str, float]:
    """How likely each action is by the words, and chatter."""
    message = scene.message if text is None else replace(scene.message, text=text)
    odds = models().officer.probabilities(message.text, manner(message))
    if whole := formula(message.text, OFFICERS):
        odds = dict.fromkeys(odds, LEAST) | {whole: 1.0}
    for label, pattern in SAYS_SO.items():
        if re.search(pattern, plain(message.text)):
            odds[label] *= OUTRIGHT
    total = sum(odds.values())
    return {label: p / total for label, p in odds.items()}


def talks_business(odds: dict[str, float], closeness: float = 0.0) -> bool:
    """Whether the words are about a ticket at all; a ticket that fits helps."""
    nothing = min(max(odds["chatter"], LEAST), 1 - LEAST)
    return math.log((1 - nothing) / nothing) + closeness > GATE


def read_officer(scene: Scene) -> Reading:
    """An officer's message: acts on tickets, or chatter."""
    message, tickets = scene.message, scene.around.tickets
    if message.kind is not Kind.TEXT or not tickets or message.text.strip().isdecimal():
        return Reading(Intent.CHATTER, 0.9, "队员的话，无单可对")
    pointed = anchored(scene)
    if names_unknown_number(message.text, tickets) and not pointed:
        return Reading(Intent.CHATTER, 0.8, "单号查无此单")
    odds = odds_of(scene)
    closeness = 3.0 if pointed else fits(scene)[0].total
    if not talks_business(odds, closeness):
        return Reading(Intent.CHATTER, odds["chatter"], "队员闲谈")
    acts = _acts(scene, odds, pointed)
    return _reading(scene, acts) if acts else Reading(Intent.CHATTER, 0.6, "找不到所说的单")


def _reading(scene: Scene, acts: tuple[Act, ...]) -> Reading:
    text, at = scene.message.text, scene.message.at
    actions = {act.action for act in acts}
    return Reading(
        Intent.ACTION,
        max(act.confidence for act in acts),
        "队员办理",
        acts=acts,
        until=until(text, at.date()) if at and Action.EXTEND in actions else None,
        unit=unit(text) if Action.TRANSFER in actions else None,
    )


def _acts(scene: Scene, odds: dict[str, float], pointed: list[TicketSeen]) -> tuple[Act, ...]:
    if pointed:
        chosen = choices(scene, odds, pointed)
        action = chosen[0].action if chosen else _likeliest(odds)
        return tuple(Act(action, t.no, odds[action]) for t in pointed)
    parts = clauses(scene.message.text)
    if len(parts) > 1 and (several := _clause_acts(scene, parts)):
        return several
    return _chosen(scene, odds, choices(scene, odds, _candidates(scene)))


def _likeliest(odds: dict[str, float]) -> Action:
    return Action(max((label for label in odds if label != "chatter"), key=odds.__getitem__))


def choices(
    scene: Scene, odds: dict[str, float], tickets: Sequence[TicketSeen], text: str | None = None
) -> list[Choice]:
    """Every action on every ticket, best first: by the words, the ticket's state and the fit."""
    found = []
    about = 1 - odds["chatter"]
    for fit in fits(scene, tickets, text):
        expected = EXPECTED[fit.ticket.state]
        for label, p in odds.items():
            if label in expected:
                by_words = math.log(max(p / max(about, LEAST), LEAST))
                score = by_words + EXPECTATION * math.log(expected[Action(label)]) + fit.total
                found.append(Choice(Action(label), fit, score))
    return sorted(found, key=lambda choice: -choice.score)


def _candidates(scene: Scene) -> list[TicketSeen]:
    mine = [t for t in scene.around.tickets if not t.officers or scene.message.sender in t.officers]
    return mine or list(scene.around.tickets)


def _chosen(scene: Scene, odds: dict[str, float], found: list[Choice]) -> tuple[Act, ...]:
    if not found:
        return ()
    best = found[0]
    if best.fit.total < FAINT and len({c.fit.ticket.no for c in found}) > 1:
        candidates = tuple(dict.fromkeys(c.fit.ticket.no for c in found))[:3]
        return (Act(best.action, None, odds[best.action], candidates),)
    text = scene.message.text
    ranked = list(dict.fromkeys(c.fit.ticket.no for c in found if c.action is best.action))
    live = [c.fit for c in found if c.action is best.action and c.fit.ticket.state in OPEN]
    nos = ranked[:1]
    if (count := how_many(text)) and count <= len(live):
        nos = ranked[:count]
    elif named_place(text, best.fit.ticket):
        nos += [fit.ticket.no for fit in live if fit.words >= CLEAR and named_place(text, fit.ticket)]
    return tuple(Act(best.action, no, odds[best.action]) for no in dict.fromkeys(nos))


def _clause_acts(scene: Scene, parts: list[str]) -> tuple[Act, ...]:
    """Acts of the clauses, where they clearly speak of different tickets."""
    tickets = [t for t in _candidates(scene) if t.state in OPEN]
    acts: dict[str, Act] = {}
    for part in parts:
        odds_of_kind = kinds(part)
        best = max(tickets, key=lambda t: words(part, t, odds_of_kind), default=None)
        if best is None or words(part, best, odds_of_kind) < CLEAR:
            continue
        odds = odds_of(scene, part)
        if talks_business(odds, CLEAR) and (found := choices(scene, odds, [best], part)):
            acts[best.no] = Act(found[0].action, best.no, odds[found[0].action])
    return tuple(acts.values()) if len(acts) > 1 else ()
