"""Readings of what is reported, of what is done to a ticket that is known, and of what is added to it."""

from dataclasses import replace

from domain.action import Action
from domain.ids import MessageId
from domain.message import Kind
from domain.place import is_vague
from understanding.language.features import plain
from understanding.language.hazards import hazard, urgent
from understanding.language.misplaced import correction
from understanding.language.places import location, seen_from
from understanding.language.speech import speech
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.residents.concerning import ends_outright
from understanding.scene.context import Scene
from understanding.scene.problems import problems
from understanding.scene.thread import gathered
from understanding.scene.view import View

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


def reported(scene: Scene, seen: View, new: float) -> Reading:
    """What the message reports, at the place that it names, or that led up to it."""
    found, before = problems(scene, seen.topics, new), gathered(scene)
    if is_vague(found[0].location):  # it may stand in what led up to it
        found[0] = replace(found[0], location=seen_from(led_up_to(scene, before), found[0].location))
    return Reading(
        Intent.REPORT,
        new,
        f"像是{found[0].category}",
        problems=tuple(found),
        gathers=before,
        danger=hazard(scene.message.text),
    )


def led_up_to(scene: Scene, before: tuple[MessageId, ...]) -> str:
    """The latest place that the lines name which led up to a report."""
    said = (one.text for one in scene.people if one.id in before and one.kind is Kind.TEXT)
    return next(filter(None, (location(text, scene.around.places) for text in said)), "")
