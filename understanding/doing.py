"""Readings of what is done to a ticket that is known, and of what is added to it."""

from domain.action import Action
from understanding.concerning import ends_outright
from understanding.context import Scene
from understanding.features import plain
from understanding.hazards import hazard, urgent
from understanding.misplaced import correction
from understanding.places import location
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.speech import speech

SURE = 0.9
"""How sure an answer in just the words that were asked for is."""
OUTRIGHT: dict[Action, frozenset[str]] = {
    Action.SUPPORT: frozenset({"says_same"}),
    Action.URGE: frozenset({"says_hurry", "says_still"}),
    Action.DISPUTE: frozenset({"says_still", "says_again"}),
    Action.WITHDRAW: frozenset({"says_cancel"}),
}
"""The words that say what is done to a ticket, where there are any."""


def more(scene: Scene, ticket: TicketSeen, place: str, p: float, why: str) -> Reading:
    """More of the sender's own report."""
    text = scene.message.text
    return Reading(
        Intent.REPORT, p, why, continues=ticket.no, location=place, urgent=urgent(text), danger=hazard(text)
    )


def act(scene: Scene, ticket: TicketSeen, action: Action, p: float, why: str) -> Reading:
    """Something done to the ticket."""
    text = scene.message.text
    adds = action is Action.SUPPLEMENT and not correction(text, scene.around.places)
    place = location(text, scene.around.places) if adds else ""  # who corrects another is quoted to officers
    danger = hazard(text) if urgent(text) else None  # beside a ticket people joke and remember
    done = Act(action, ticket.no, p, outright=_outright(scene, ticket, action))
    return Reading(Intent.ACTION, p, why, acts=(done,), location=place, danger=danger)


def _outright(scene: Scene, ticket: TicketSeen, action: Action) -> bool:
    """Whether a word says what is done, or it is only implied."""
    if action is Action.CONFIRM:
        return ends_outright(scene, ticket)
    return not OUTRIGHT.get(action, frozenset()).isdisjoint(speech(plain(scene.message.text)))
