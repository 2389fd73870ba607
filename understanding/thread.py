"""Which messages make up one report: the same person's words and photos that belong together."""

from domain.ids import MessageId
from domain.message import MEDIA, Kind
from domain.state import OPEN
from understanding.context import Scene, minutes
from understanding.reading import Intent, Reading, Said, TicketSeen

WORDS_MINUTES = 10.0
"""So long after one's own report, more words still belong to it."""
PHOTO_MINUTES = 10.0
"""So long before or after the words, a photo belongs to them."""
ANSWER_MINUTES = 60.0
"""So long a question for the place waits for its answer."""
CARRIES = MEDIA | {Kind.LOCATION}
"""Kinds of messages without words that can belong to a report."""


def own_thread(scene: Scene) -> TicketSeen | None:
    """The sender's own open ticket that is still being told."""
    message = scene.message
    for at, said in enumerate(scene.people()):
        if said.sender != message.sender:
            continue
        if not said.tickets or said.intent is not Intent.REPORT:
            return None
        ticket = scene.ticket(said.tickets[-1])
        if ticket is None or ticket.state not in OPEN or ticket.reporter != message.sender:
            return None
        gone = minutes(said.at, message.at)
        limit = ANSWER_MINUTES if not ticket.location else WORDS_MINUTES
        return ticket if gone <= limit and at <= 8 else None
    return None


def gathered(scene: Scene) -> tuple[MessageId, ...]:
    """Photos (and other wordless messages) that the sender sent right before these words."""
    found: list[MessageId] = []
    for said in scene.people():
        if minutes(said.at, scene.message.at) > PHOTO_MINUTES:
            break
        if said.sender != scene.message.sender:
            continue
        if said.kind not in CARRIES or said.tickets:
            break
        if said.id:
            found.append(said.id)
    return tuple(reversed(found))


def read_wordless(scene: Scene) -> Reading:
    """A photo, video, voice message or place sent without words."""
    message = scene.message
    if message.kind not in CARRIES:
        return Reading(Intent.CHATTER, 0.9, "不是话")
    last = next((s for s in scene.people() if s.sender == message.sender), None)
    if last is None or not last.tickets or minutes(last.at, message.at) > PHOTO_MINUTES:
        return Reading(Intent.CHATTER, 0.6, "先记着")
    ticket = scene.ticket(last.tickets[-1])
    if ticket and ticket.reporter == message.sender and last.intent is Intent.REPORT:
        place = message.text if message.kind is Kind.LOCATION else ""
        return Reading(Intent.REPORT, 0.9, "随报告发来", continues=ticket.no, location=place)
    return Reading(Intent.CHATTER, 0.6, "先记着")


def spoke_last(scene: Scene) -> Said | None:
    """The sender's own line before this one."""
    return next((s for s in scene.people() if s.sender == scene.message.sender), None)
