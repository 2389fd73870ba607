"""What community and property workers' messages mean: mostly progress on a ticket, seldom a report."""

from dataclasses import replace

from domain.action import Action
from domain.state import State
from understanding.context import Scene
from understanding.deeds import deed
from understanding.matching import anchored, fits
from understanding.officers import odds_of, talks_business
from understanding.problems import problems
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.residents import read_resident
from understanding.view import view

STAFF_CAUTION = 0.0
LINKED = 1.8
SOLVED = 0.5
"""So surely it is said to be solved, not only under way."""
LONG_NOTICE = 70
"""Staff post notices; what is longer is one."""


def read_staff(scene: Scene) -> Reading:
    """A community worker's or property manager's text."""
    if plain_report(scene):
        return _as_resident(scene)
    text, odds = scene.message.text, odds_of(scene)
    if len(text) < LONG_NOTICE and scene.around.tickets and talks_business(odds, STAFF_CAUTION):
        if pointed := anchored(scene):
            return _said_of(scene, pointed[0], 1 - odds["chatter"])
        ranked = fits(scene, scene.open)
        if ranked and ranked[0].total >= LINKED:
            return _said_of(scene, ranked[0].ticket, 1 - odds["chatter"])
    return _as_resident(scene)


def _as_resident(scene: Scene) -> Reading:
    reading = read_resident(scene)
    if any(act.action in (Action.SUPPORT, Action.SUPPLEMENT) for act in reading.acts):
        acts = tuple(replace(act, action=Action.PROGRESS) for act in reading.acts)
        return replace(reading, acts=acts)
    return reading if reading.intent is not Intent.REFERRAL else Reading(Intent.CHATTER, 0.5, "工作人员说话")


def plain_report(scene: Scene) -> bool:
    """Whether the words say first of all that there is a problem."""
    seen = view(scene)
    return bool(problems(scene, seen.topics, seen.report)) and not anchored(scene)


def _said_of(scene: Scene, ticket: TicketSeen, confidence: float) -> Reading:
    """That it is solved, where an officer has said so before; else how it goes on."""
    action, p = deed(scene, ticket)
    solved = ticket.state is State.REPORTED and action is Action.CONFIRM and p > SOLVED
    said = Action.CONFIRM if solved else Action.PROGRESS
    return Reading(Intent.ACTION, confidence, "工作人员说进展", acts=(Act(said, ticket.no, confidence),))
