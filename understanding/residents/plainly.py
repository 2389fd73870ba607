"""What is a report whoever spoke before: a thing that is plainly wrong; a photo beside words of nothing."""

from collections.abc import Set as AbstractSet

from domain.message import MEDIA
from domain.people import STAFF
from domain.place import public_place
from understanding.language.beginnings import begins
from understanding.language.faults import cares, complains, empty
from understanding.language.lexicon import LEADS_TO
from understanding.language.places import conflict, location
from understanding.reading import Intent, Problem, Reading, TicketSeen
from understanding.residents.doing import SURE, led_up_to, reported
from understanding.scene.context import Scene
from understanding.scene.matters import OTHER
from understanding.scene.problems import distant
from understanding.scene.thread import gathered
from understanding.scene.view import View

OTHERS = 0.58
"""How sure another body's business must be, to be none of ours."""
GUESS = 0.65
"""How sure it is that a photo without a word about it reports something."""


def plain_fault(scene: Scene, seen: View) -> Reading | None:
    """A short complaint of a thing that is plainly wrong, at a place that can be found or said to the bot.

    Whoever said what before, it is one; unless it may be of a ticket that is known.
    """
    text, message = scene.message.text, scene.message
    found = frozenset[str]() if message.role in STAFF or message.quotes or distant(text) else complains(text)
    if not found or seen.other >= OTHERS or begins(text, scene.around.places):
        return None
    place = location(text, scene.around.places)
    findable = bool(public_place(place or led_up_to(scene, gathered(scene)), scene.around.places))
    if not (findable or message.private or message.to_bot):
        return None
    if any(_may_be_of(text, place, found, ticket) for ticket in scene.around.tickets):
        return None
    return reported(scene, seen, max(SURE, seen.plain))


def _may_be_of(text: str, place: str, kinds: AbstractSet[str], ticket: TicketSeen) -> bool:
    """Whether the ticket may be of the same matter: of a kind that goes with it, at what may be its place."""
    related = any(ticket.category == kind or ticket.category in LEADS_TO.get(kind, ()) for kind in kinds)
    if not related and not kinds & LEADS_TO.get(ticket.category, frozenset()):
        return False
    return not conflict(place or text, ticket.location or ticket.text)


def shown(scene: Scene, seen: View) -> Reading | None:
    """A photo, and words that say of nothing: who knows the place is asked, unless the bot itself is told."""
    del seen
    text, message = scene.message.text, scene.message
    before = gathered(scene)
    photo = any(one.id in before and one.kind in MEDIA for one in scene.people)
    if not photo or not empty(text) or message.role in STAFF:
        return None
    place = location(text, scene.around.places)
    if not place and not cares(text):
        return None
    found = Problem(OTHER, place, urgent=False, confidence=GUESS)
    if message.private or message.to_bot:
        return Reading(Intent.REPORT, GUESS, "只有照片", problems=(found,), gathers=before)
    return Reading(Intent.CHATTER, 1 - GUESS, "只有照片", doubtful=(found,))
