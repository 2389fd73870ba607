"""What the scorers say of an officer's text: which tickets it is about and what was done to them."""

from dataclasses import dataclass

from domain.action import Action
from domain.state import MOVES
from understanding.language.dates import until
from understanding.language.model import models
from understanding.reading import TicketSeen
from understanding.scene.context import Scene, manner
from understanding.scene.matching import how_many
from understanding.scene.pairing import Facts, Pair, length, pairs
from understanding.scene.view import log_odds

SCALE = 3.0
TELLING = ("did_", "says_", "state_", "officer_last", "since", "quiet", "question", "tiny", "short", "length",
           "accept_", "progress_", "resolve_", "waiting", "said_by_officer", "until")  # fmt: skip
"""How the names of the facts begin that tell what was done; the others tell to which ticket."""
FAR = 2
"""So many days ahead, and more, are the same."""
ACTIONS = ("accept", "progress", "resolve", "extend", "transfer", "reject")


@dataclass(frozen=True, slots=True)
class Meant:
    """A ticket that an officer may mean, how surely, and the facts of it."""

    pair: Pair
    p: float

    @property
    def ticket(self) -> TicketSeen:
        """The ticket."""
        return self.pair.ticket


def did_message(scene: Scene, odds: dict[str, float], text: str | None = None) -> Facts:
    """What is the same for all tickets."""
    text = scene.message.text if text is None else text
    facts = {"business": log_odds(1 - odds["chatter"]) / SCALE, "several": float(how_many(text))}
    facts["ours"] = facts["business"]
    done = sum(odds[a] for a in ACTIONS) or 1.0
    facts |= {"did_" + a: log_odds(odds[a] / done) / SCALE for a in ACTIONS}
    return facts | _day(scene, text) | dict(length(text)) | manner(scene.message)


def _day(scene: Scene, text: str) -> Facts:
    """How far ahead the day is that the text names, if it names one: an extension has one."""
    at = scene.message.at
    day = until(text, at.date()) if at else None
    if at is None or day is None:
        return {}
    ahead = (day - at.date()).days
    return {"until": 1.0, f"until_{min(max(ahead, 0), FAR)}": 1.0}


def did_pairs(
    scene: Scene,
    tickets: list[TicketSeen],
    facts: Facts,
    text: str | None = None,
    *,
    vetoed: bool = False,
) -> list[Pair]:
    """The text beside each ticket."""
    found = pairs(scene, tickets, facts, text, vetoed=vetoed)
    for pair in found:
        late = pair.own.get("waiting", 0.0)
        for action in ("accept", "resolve", "progress"):
            pair.own[f"{action}_waiting"] = facts["did_" + action] * late
        pair.own["business_words"] = facts["business"] * pair.own["words"]
        pair.own["business_since"] = facts["business"] * pair.own.get("since", 0.0)
        pair.own["business_waiting"] = facts["business"] * late
    return found


def meant(scene: Scene, tickets: list[TicketSeen], facts: Facts, text: str | None = None) -> list[Meant]:
    """The tickets, likeliest first."""
    scorer = models().did_link
    if not tickets or scorer is None:
        return []
    near = did_pairs(scene, tickets, facts, text)
    sure = scorer.likely_each(facts, [pair.own for pair in near]) if near else []
    found = [Meant(pair, p) for pair, p in zip(near, sure, strict=True)]
    return sorted(found, key=lambda one: -one.p)


def did_facts(pair: Pair) -> Facts:
    """What tells what was done to the ticket."""
    return {name: value for name, value in pair.facts.items() if name.startswith(TELLING)}


def did(pair: Pair) -> dict[str, float]:
    """How likely each action is, taken that the officer means the ticket; the legal ones."""
    scorer = models().did
    if scorer is None:
        return {}
    odds = scorer.probabilities(did_facts(pair))
    allowed = {a: p for a, p in odds.items() if pair.ticket.state in MOVES.get(Action(a), {})}
    total = sum(allowed.values())
    return {a: p / total for a, p in allowed.items()} if total > 0 else {}
