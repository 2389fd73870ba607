"""Which messages make up one report: the same person's words and photos that belong together."""

from domain.action import Action
from domain.ids import MessageId
from domain.message import MEDIA, Kind
from domain.state import OPEN
from understanding.language.beginnings import begins
from understanding.language.faults import half
from understanding.language.lexicon import LEADING_UP
from understanding.reading import Act, Intent, Reading, Said, TicketSeen
from understanding.scene.context import Scene, minutes

WORDS_MINUTES = 10.0
"""So long after one's own report, more words still belong to it."""
PHOTO_MINUTES = 10.0
"""So long before or after the words, a photo belongs to them."""
BREATH = 3.0
"""Minutes within which one goes on speaking."""
SHORT = 12
ASIDE = 8
"""So many lines of others may come between one's own."""
ANSWER_MINUTES = 60.0
"""So long a question for the place waits for its answer."""
CARRIES = MEDIA | {Kind.LOCATION}
"""Kinds of messages without words that can belong to a report."""


def own_thread(scene: Scene) -> TicketSeen | None:
    """The sender's own open ticket that is still being told."""
    message = scene.message
    for at, said in enumerate(scene.people):
        if said.sender != message.sender:
            continue
        if not said.tickets or said.intent is not Intent.REPORT:
            return None
        ticket = scene.ticket(said.tickets[-1])
        if ticket is None or ticket.state not in OPEN or ticket.reporter != message.sender:
            return None
        gone = minutes(said.at, message.at)
        limit = ANSWER_MINUTES if not ticket.location else WORDS_MINUTES
        return ticket if gone <= limit and at <= ASIDE else None
    return None


def awaited(scene: Scene) -> TicketSeen | None:
    """The sender's own ticket whose place was asked for and is still awaited; of several, the latest."""
    return next((ticket for ticket in reversed(scene.own) if ticket.place_asked), None)


def last_told(scene: Scene) -> TicketSeen | None:
    """The sender's own open ticket that their latest line was about."""
    last = next((said for said in scene.people if said.sender == scene.message.sender), None)
    ticket = scene.ticket(last.tickets[-1]) if last and last.tickets else None
    mine = ticket is not None and ticket.reporter == scene.message.sender and ticket.state in OPEN
    return ticket if mine else None


def follows_self(scene: Scene) -> bool:
    """Whether the sender goes on speaking: the line before is his own, of a moment ago."""
    last = scene.last
    return (
        last is not None
        and last.sender == scene.message.sender
        and minutes(last.at, scene.message.at) <= BREATH
    )


def gathered(scene: Scene) -> tuple[MessageId, ...]:
    """Photos, and words that only led up to these, which the sender sent right before."""
    found: list[MessageId] = []
    for said in scene.people:
        gone = minutes(said.at, scene.message.at)
        if gone > PHOTO_MINUTES:
            break
        if said.sender != scene.message.sender:
            continue
        if said.tickets or not (said.kind in CARRIES or (gone <= BREATH and leads_up(said))):
            break
        if said.id:
            found.append(said.id)
    return tuple(reversed(found))


def leads_up(said: Said) -> bool:
    """Whether a short line complains without saying of what, or only says where: 又来了, 吵死了, 3栋楼下."""
    if said.kind is not Kind.TEXT or len(said.text) > SHORT or said.quotes:
        return False
    return any(word in said.text for word in LEADING_UP) or begins(said.text) or half(said.text)


def begun(scene: Scene) -> Said | None:
    """The first half of the sentence that the message goes on with, said a moment ago."""
    for said in scene.people:
        if said.sender != scene.message.sender:
            continue
        if said.tickets or said.kind is not Kind.TEXT or minutes(said.at, scene.message.at) > BREATH:
            return None
        if half(said.text):
            return said
        if not begins(said.text):
            return None
    return None


def read_wordless(scene: Scene) -> Reading:
    """A photo, video, voice message or place sent without words."""
    message = scene.message
    if message.kind not in CARRIES:
        return Reading(Intent.CHATTER, 0.9, "不是话")
    if quoted := scene.quoted:
        act = Act(Action.SUPPLEMENT, quoted[0], 0.8)
        return Reading(Intent.ACTION, 0.8, "引用单子发来", acts=(act,))
    last = next((s for s in scene.people if s.sender == message.sender), None)
    if last is None or not last.tickets or minutes(last.at, message.at) > PHOTO_MINUTES:
        return Reading(Intent.CHATTER, 0.6, "先记着")
    ticket = scene.ticket(last.tickets[-1])
    if ticket and ticket.reporter == message.sender and last.intent is Intent.REPORT:
        place = message.text if message.kind is Kind.LOCATION else ""
        return Reading(Intent.REPORT, 0.9, "随报告发来", continues=ticket.no, location=place)
    return Reading(Intent.CHATTER, 0.6, "先记着")
