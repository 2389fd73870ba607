"""Rules for what people want of a ticket in plain words: hear of it, hurry it, call it off."""

import re
from functools import cache

from domain.action import Action
from domain.people import STAFF
from domain.state import OPEN, WAITING, WORKING
from understanding.language.features import plain
from understanding.language.formulas import ADDRESS
from understanding.language.lexicon import WANTS
from understanding.language.misplaced import correction
from understanding.language.places import location
from understanding.reading import Intent, Reading, TicketSeen
from understanding.residents.doing import SURE, act
from understanding.scene.context import Scene, minutes
from understanding.scene.matching import anchored
from understanding.scene.thread import last_told
from understanding.scene.view import View

PERHAPS = 0.5
"""So likely a report is more than a question."""
OWNING_UP = 60.0
"""So many minutes after one's own report, 搞错了 without a name is of that."""
_ADDRESS = re.compile(ADDRESS)
_NOISE = re.compile(r"[\W_]+")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(WANTS[name])


def _bare(text: str) -> str:
    return _NOISE.sub("", plain(_ADDRESS.sub("", text)))


def asks_on(scene: Scene, seen: View) -> Reading | None:
    """Who asks the bot how far it is asks of the ticket that they name, or of their own."""
    said = scene.message
    if (
        not (said.to_bot or said.private)
        or said.role in STAFF
        or not _pattern("asks").fullmatch(_bare(said.text))
    ):
        return None
    named = [t for t in anchored(scene) if t.state in OPEN]
    ticket = next(iter(named), None) or _latest([t for t in scene.own if t.state in OPEN])
    return act(scene, ticket, Action.URGE, max(seen.acts, SURE), "问进展") if ticket else None


def asks_for_a_figure(scene: Scene, seen: View) -> Reading | None:
    """How many there are is asked of no ticket: 今天接了几件投诉."""
    asks = _pattern("figure").search(_bare(scene.message.text)) and not anchored(scene)
    return Reading(Intent.CHATTER, SURE, "问件数") if asks and seen.report < PERHAPS else None


def hurries(scene: Scene, seen: View) -> Reading | None:
    """Plain urging: of one's own ticket, of the one talked of, or of the only one."""
    if scene.message.role in STAFF or not _pattern("urges").fullmatch(_bare(scene.message.text)):
        return None
    waiting = [t for t in scene.around.tickets if t.state in WAITING | WORKING]
    pointed = [t for t in anchored(scene) if t in waiting]
    own = [t for t in waiting if t.reporter == scene.message.sender]
    talk = next((said.tickets for said in scene.people if said.tickets), ())
    talked = [t for t in waiting if t.no in talk]
    ticket = (
        _latest(pointed) or _latest(own) or _latest(talked) or (waiting[0] if len(waiting) == 1 else None)
    )
    return act(scene, ticket, Action.URGE, max(seen.acts, SURE), "催办") if ticket else None


def calls_off(scene: Scene, seen: View) -> Reading | None:
    """The reporter calls the matter off in the very words, or owns up to a mistake."""
    text, ticket = scene.message.text, _own_told(scene)
    if ticket is None:
        return None
    off = bool(_pattern("cancels").fullmatch(_bare(text)))
    return (
        act(scene, ticket, Action.WITHDRAW, max(seen.acts, SURE), "自己撤回")
        if off or _owns_up(scene)
        else None
    )


def _owns_up(scene: Scene) -> bool:
    """Whether it says that the report was a mistake, and not only that its place was."""
    text, places = scene.message.text, scene.around.places
    mistaken = _pattern("owns_up").match(_bare(text))
    if not mistaken and not _pattern("all_right").fullmatch(_bare(text)):
        return False
    return correction(text, places) is None and not location(text, places)


def _own_told(scene: Scene) -> TicketSeen | None:
    """The sender's own ticket that is pointed at, or was told of a short while ago."""
    mine = [t for t in scene.own if t.state in WAITING | WORKING]
    pointed = [t for t in anchored(scene) if t in mine]
    if pointed or scene.message.quotes:
        return next(iter(pointed), None)
    last = last_told(scene)
    fresh = last in mine and minutes(last.opened_at, scene.message.at) <= OWNING_UP if last else False
    return last if fresh else None


def _latest(tickets: list[TicketSeen]) -> TicketSeen | None:
    return tickets[-1] if tickets else None


def others_call_off(scene: Scene, seen: View) -> Reading | None:
    """What somebody else wants called off is no matter of theirs."""
    off = _pattern("cancels").fullmatch(_bare(scene.message.text))
    pointed = anchored(scene)
    if not off or not pointed or any(t.reporter == scene.message.sender for t in pointed):
        return None
    return Reading(Intent.CHATTER, max(seen.chatter, SURE), "别人的单")
