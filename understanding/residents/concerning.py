"""Whether words of how something came out are about a ticket, or about something else that is talked of."""

from domain.people import Role
from domain.state import State
from understanding.language.formulas import solves
from understanding.language.marks import marks, shared, told
from understanding.language.outcomes import asked, names_more, settled
from understanding.language.places import Address, address
from understanding.language.things import mentions
from understanding.reading import Said, TicketSeen
from understanding.scene.context import Scene, minutes
from understanding.scene.matching import anchored

SHARES = 0.5
"""What words must share with a ticket's to name its matter."""
TALK_MINUTES = 30.0
"""So long after a neighbour's question, or news, an answer may be to that."""
BACK = 3
"""So many lines back a question that calls the sender by name may be."""


def names_it(text: str, ticket: TicketSeen) -> bool:
    """Whether the words name the matter of the ticket, and no other place."""
    its = told(ticket.location, ticket.text, ticket.category)
    here, there = address(text), its.address
    if here.denies(there) or (_marked(here) and _marked(there) and _marked(here).isdisjoint(_marked(there))):
        return False
    return ticket.category in mentions(text) or shared(marks(text), its).whole >= SHARES


def _marked(place: Address) -> frozenset[str]:
    return place.buildings | place.gates


def of_something_else(scene: Scene) -> bool:
    """Whether a neighbour's question or news of something else stands before it, which it may answer."""
    said, tickets = _answered(scene), scene.around.tickets
    if said is None or scene.message.quotes or not names_more(said.text, scene.message.name, said.name):
        return False
    return not any(names_it(text, t) for t in tickets for text in (said.text, scene.message.text))


def _answered(scene: Scene) -> Said | None:
    """What somebody asked or told the sender just before, which was about no ticket."""
    message = scene.message
    for at, said in enumerate(scene.people[:BACK]):
        if said.tickets or said.sender == message.sender or said.role is Role.OFFICER:
            return None
        if minutes(said.at, message.at) > TALK_MINUTES:
            return None
        if asked(said.text) and (at == 0 or message.name in said.text):
            return said
        if at == 0 and (solves(said.text) or settled(said.text)):
            return said
    return None


def to_the_point(scene: Scene, ticket: TicketSeen) -> bool:
    """Whether words that name nothing are about this ticket: pointed at, or spoken of just before."""
    if ticket in anchored(scene) or scene.message.private or names_it(scene.message.text, ticket):
        return True
    last = scene.last
    return last is None or last.role is Role.OFFICER or ticket.no in last.tickets


def ends_outright(scene: Scene, ticket: TicketSeen) -> bool:
    """Whether the words say outright that this ticket is settled; not yet reported, only by its name."""
    text = scene.message.text
    if not settled(text) or of_something_else(scene):
        return False
    return ticket.state is State.REPORTED or ticket in anchored(scene) or names_it(text, ticket)
