"""A second matter of somebody who has just told of one: of another kind, at another place.

It is read as if the first had not been told (`without`), so that it is never put into the first one's ticket.
"""

from dataclasses import replace

from domain.place import spot
from understanding.language.beginnings import says_where
from understanding.language.hazards import hazard, urgent
from understanding.language.places import location, normalise
from understanding.language.things import mentions
from understanding.reading import TicketSeen
from understanding.scene.context import Scene
from understanding.scene.thread import last_told
from understanding.scene.view import CHATTER, View

TELLS = 0.3
"""How likely the words must be to tell of anything at all."""


def told_of_another(scene: Scene, seen: View) -> TicketSeen | None:
    """The ticket of the first matter, told of in the latest line; None where this is no second one."""
    first, text = last_told(scene), scene.message.text
    if first is None or scene.message.quotes:
        return None
    kind = max((one for one in seen.topics if one != CHATTER), key=seen.topics.__getitem__)
    if kind == first.category or not (in_danger(scene) or _names(text, kind, seen)):
        return None
    return first if _elsewhere(text, location(text, scene.around.places), first) else None


def in_danger(scene: Scene) -> bool:
    """Whether the words tell of a danger to get away from."""
    return hazard(scene.message.text) is not None and urgent(scene.message.text)


def without(scene: Scene, ticket: TicketSeen) -> Scene:
    """The scene as it would be had the sender not reported that."""
    around, sender = scene.around, scene.message.sender
    recent = tuple(said for said in around.recent if said.sender != sender or ticket.no not in said.tickets)
    others = tuple(other for other in around.tickets if other.no != ticket.no)
    return Scene(scene.message, replace(around, recent=recent, tickets=others))


def _names(text: str, kind: str, seen: View) -> bool:
    """Whether the words tell of something, and name a thing of this kind."""
    return 1 - seen.topics[CHATTER] >= TELLS and kind in mentions(text)


def _elsewhere(text: str, place: str, first: TicketSeen) -> bool:
    """Whether it is a place that can be found and is not the first matter's, nor named in its words.

    Where the first has no place yet, what begins with 在 is the answer to the question for it.
    """
    here, there = spot(place), spot(first.location)
    if not here or (there and (here in there or there in here)):
        return False
    answers = not there and says_where(text)
    return not answers and here not in normalise(f"{first.location} {first.text}")
