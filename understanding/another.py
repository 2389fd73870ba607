"""A second matter of somebody who has just told of one: of another kind, at another place."""

from dataclasses import replace

from domain.place import spot
from understanding.beginnings import says_where
from understanding.context import Scene
from understanding.hazards import hazard, urgent
from understanding.places import location, normalise
from understanding.reading import TicketSeen
from understanding.things import mentions
from understanding.thread import last_told
from understanding.view import CHATTER, View

TELLS = 0.3
"""How likely the words must be to tell of anything at all."""


def told_of_another(scene: Scene, seen: View) -> TicketSeen | None:
    """The ticket that the sender's latest line was about, where this is of another matter elsewhere."""
    ticket, text = last_told(scene), scene.message.text
    if ticket is None or scene.message.quotes:
        return None
    label = max((one for one in seen.topics if one != CHATTER), key=seen.topics.__getitem__)
    if label == ticket.category or not (in_danger(scene) or _names(text, label, seen)):
        return None
    return ticket if _elsewhere(text, location(text, scene.around.places), ticket) else None


def in_danger(scene: Scene) -> bool:
    """Whether the words tell of a danger to get away from."""
    return hazard(scene.message.text) is not None and urgent(scene.message.text)


def without(scene: Scene, ticket: TicketSeen) -> Scene:
    """The scene as it would be had the sender not reported that."""
    around, sender = scene.around, scene.message.sender
    recent = tuple(said for said in around.recent if said.sender != sender or ticket.no not in said.tickets)
    return Scene(scene.message, replace(around, recent=recent, tickets=_but(around.tickets, ticket)))


def _but(tickets: tuple[TicketSeen, ...], ticket: TicketSeen) -> tuple[TicketSeen, ...]:
    return tuple(other for other in tickets if other.no != ticket.no)


def _names(text: str, label: str, seen: View) -> bool:
    """Whether the words tell of something, and name a thing of its kind."""
    return 1 - seen.topics[CHATTER] >= TELLS and label in mentions(text)


def _elsewhere(text: str, place: str, ticket: TicketSeen) -> bool:
    """Whether it is a place that can be found and is not the ticket's, nor named in its words.

    Of a ticket without a place, what begins with 在 says the place that was asked for.
    """
    here, there = spot(place), spot(ticket.location)
    if not here or (there and (here in there or there in here)):
        return False
    answers = not there and says_where(text)
    return not answers and here not in normalise(f"{ticket.location} {ticket.text}")
