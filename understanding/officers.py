"""What an officer's message does to which tickets."""

from dataclasses import dataclass, replace

from domain.action import Action
from domain.message import Kind
from domain.state import OPEN
from understanding.clauses import clauses
from understanding.context import Scene, manner
from understanding.dates import until
from understanding.matching import Fit, anchored, fits, kinds, names_unknown_number, numbers, words
from understanding.model import models
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.units import unit

SURE = 0.12
"""Below this probability of being any action, an officer's message is chatter."""
CLEAR = 1.6
"""Words that fit a ticket by this much mean it, whatever was said before."""
FAINT = 0.8
"""A ticket that neither words nor moment speak for by this much is not meant."""
EVEN = 0.25
"""Two tickets this close are equally likely."""
SETS_DAY = frozenset({Action.EXTEND})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest action of a text and how likely it is."""

    action: Action | None
    confidence: float


def judge(scene: Scene, text: str | None = None) -> Verdict:
    """What the text does, if anything."""
    message = scene.message if text is None else replace(scene.message, text=text)
    odds = models().officer.probabilities(message.text, manner(message))
    nothing = odds.pop("chatter", 0.0)
    best = max(odds, key=lambda label: odds[label])
    if 1 - nothing < SURE:
        return Verdict(None, nothing)
    return Verdict(Action(best), odds[best])


def read_officer(scene: Scene) -> Reading:
    """An officer's message: acts on tickets, or chatter."""
    message = scene.message
    if message.kind is not Kind.TEXT or not scene.around.tickets:
        return Reading(Intent.CHATTER, 0.9, "队员的话，无单可对")
    if names_unknown_number(message.text, scene.around.tickets) and not anchored(scene):
        return Reading(Intent.CHATTER, 0.8, "单号查无此单")
    verdict = judge(scene)
    if verdict.action is None:
        return Reading(Intent.CHATTER, verdict.confidence, "队员闲谈")
    acts = _acts(scene, verdict)
    if not acts:
        return Reading(Intent.CHATTER, 0.6, "找不到所说的单")
    return _reading(scene, acts)


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


def _acts(scene: Scene, verdict: Verdict) -> tuple[Act, ...]:
    assert verdict.action is not None
    if pointed := anchored(scene):
        return tuple(Act(verdict.action, t.no, verdict.confidence) for t in pointed)
    parts = clauses(scene.message.text)
    if len(parts) > 1 and (several := _clause_acts(scene, parts)):
        return several
    ranked = fits(scene, verdict.action, _candidates(scene))
    return _chosen(scene, verdict, ranked)


def _candidates(scene: Scene) -> list[TicketSeen]:
    mine = [t for t in scene.around.tickets if not t.officers or scene.message.sender in t.officers]
    live = [t for t in mine if t.state in OPEN]
    return live or mine or list(scene.around.tickets)


def _chosen(scene: Scene, verdict: Verdict, ranked: list[Fit]) -> tuple[Act, ...]:
    assert verdict.action is not None
    if not ranked:
        return ()
    best = ranked[0]
    if best.total < FAINT and len(ranked) > 1:
        return (Act(verdict.action, None, verdict.confidence, numbers(ranked[:3])),)
    also = [
        fit
        for fit in ranked[1:]
        if fit.words >= CLEAR and best.words - fit.words < 1.0 and best.words >= CLEAR
    ]
    both = [best, *also] if len(clauses(scene.message.text)) > 1 or _plural(scene.message.text) else [best]
    return tuple(Act(verdict.action, fit.ticket.no, verdict.confidence) for fit in both)


def _plural(text: str) -> bool:
    return any(
        word in text for word in ("都", "和", "、", "两个", "两处", "两边", "一起", "分别", "三处", "几处")
    )


def _clause_acts(scene: Scene, parts: list[str]) -> tuple[Act, ...]:
    """Acts of the clauses, where they clearly speak of different tickets."""
    tickets = _candidates(scene)
    acts: dict[str, Act] = {}
    for part in parts:
        best = max(tickets, key=lambda t: words(part, t, kinds(part)), default=None)
        if best is None or words(part, best) < CLEAR:
            continue
        verdict = judge(scene, part)
        if verdict.action is not None and verdict.confidence > 0.4:
            acts[best.no] = Act(verdict.action, best.no, verdict.confidence)
    return tuple(acts.values()) if len(acts) > 1 else ()
