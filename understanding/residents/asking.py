"""What people ask about a ticket by its number, or of the bot alone, where they can mean nothing else."""

import re
from functools import cache

from domain.action import Action
from domain.people import STAFF
from domain.state import OPEN, State
from understanding.data import table
from understanding.language.beginnings import bare_place
from understanding.language.faults import named
from understanding.language.features import plain
from understanding.language.formulas import ADDRESS
from understanding.language.lexicon import LEADS_TO
from understanding.language.outcomes import goes_on, settled, unchanged
from understanding.language.places import conflict, location
from understanding.language.ticket_numbers import IN_WORDS, numbered
from understanding.reading import Reading, TicketSeen
from understanding.residents.doing import SURE, act
from understanding.residents.judging import may
from understanding.scene.context import Scene
from understanding.scene.matching import anchored
from understanding.scene.view import View

_DATA = table("residents/asking")
_NUMBERS = re.compile(rf"{ADDRESS}|{IN_WORDS}")
_PAUSE = re.compile(r"[，,。！!？?；;\n]+")
_SIGNS = re.compile(r"[\W_]+")
_LONGEST = 30
_SHORT = 12


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_DATA[name])


def matter(text: str) -> str:
    """The words without what is said to the bot beside the matter: 我不敢在群里讲, 别说是我说的."""
    parts = [part for part in _PAUSE.split(text) if part.strip()]
    told = [part for part in parts if not _pattern("aside").fullmatch(plain(part).strip())]
    return text if len(told) in {0, len(parts)} else "，".join(told)


def asks_how_far(text: str) -> bool:
    """Whether it asks how far a matter is, or urges it, and says little else."""
    said = plain(_NUMBERS.sub("", text)).strip()
    return 0 < len(said) <= _LONGEST and bool(_pattern("progress").search(said))


def says_yes(text: str) -> bool:
    """Whether it says yes and nothing else: 对对就是它, 嗯嗯."""
    words = _SIGNS.sub("", plain(text))
    return (
        0 < len(words) <= _SHORT
        and bool(_pattern("yes").fullmatch(words))
        and not _pattern("no_yes").search(words)
    )


def asks_more(text: str) -> bool:
    """Whether it asks for more about a matter: where, how many, what."""
    return bool(_pattern("asks_more").search(plain(text)))


def about_a_number(scene: Scene, seen: View) -> Reading | None:
    """A ticket's number, and a question how far it is: 001 到哪了."""
    found = numbered(scene.message.text, scene.around.tickets)
    if scene.message.role in STAFF or not found or not asks_how_far(scene.message.text):
        return None
    if not may(scene, found[-1], Action.URGE):
        return None
    return act(scene, found[-1], Action.URGE, max(seen.acts, SURE), "问进度")


def alone_about_ones_own(scene: Scene, seen: View) -> Reading | None:
    """Said to the bot alone by who has an open ticket: how far it is, or that it goes on."""
    text = scene.message.text
    if not scene.message.private or scene.message.role in STAFF:
        return None
    ticket = _meant(scene)
    if ticket is None or bare_place(text, scene.around.places):
        return None
    as_before = len(text) <= _LONGEST and (goes_on(text) or unchanged(text)) and not settled(text)
    if ticket.state is State.REPORTED and as_before:
        action = Action.DISPUTE
    elif asks_how_far(text) or as_before:
        action = Action.URGE
    else:
        return None
    return (
        act(scene, ticket, action, max(seen.acts, SURE), "私下问自己的单")
        if may(scene, ticket, action)
        else None
    )


def _meant(scene: Scene) -> TicketSeen | None:
    """One's own open ticket that the words may be about: of the kind that they name, if any."""
    text = scene.message.text
    place, kinds = location(text, scene.around.places), named(text)
    own = [t for t in anchored(scene) or scene.own if t.reporter == scene.message.sender and t.state in OPEN]
    near = [
        t for t in own if not conflict(place, t.location) and (not kinds or _goes_with(t.category, kinds))
    ]
    return max(near, key=lambda t: (t.last_at is not None, t.last_at), default=None)


def _goes_with(category: str, kinds: frozenset[str]) -> bool:
    """Whether a matter of this category may be told in words of one of the kinds."""
    return category in kinds or bool(kinds & LEADS_TO.get(category, frozenset()))
