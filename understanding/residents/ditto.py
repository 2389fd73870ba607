"""The like at another building, in no words of its own: 我们22栋也一样, 9栋也有."""

import re

from domain.action import Action
from domain.people import STAFF
from domain.state import OPEN
from understanding.language.faults import Ditto, asks, ditto, travels
from understanding.language.places import address, location, normalise, phrases, same
from understanding.reading import Intent, Problem, Reading, TicketSeen
from understanding.residents.doing import SURE, act
from understanding.residents.judging import may
from understanding.scene.context import Scene
from understanding.scene.matching import anchored
from understanding.scene.view import View

_NOISE = re.compile(r"@\S+|[\W_]+")
_PAUSE = re.compile(r"[，,。；;！!\s]+")
_LONGEST = 30
_NEAR = 3
"""So many lines back may be what is like it."""


def like_elsewhere(scene: Scene, seen: View) -> Reading | None:
    """A ticket of the same kind there; or a household more, where smoke and noise are only heard there."""
    text = scene.message.text
    told = scene.message.role not in STAFF and len(text) <= _LONGEST and not asks(text)
    like = _like(scene) if told else None
    if like is None:
        return None
    ticket, there_is = like
    if travels(ticket.category) and not there_is and may(scene, ticket, Action.SUPPORT):
        return act(scene, ticket, Action.SUPPORT, max(seen.acts, SURE), "那边也一样")
    place = location(text, scene.around.places)
    known = next(
        (t for t in scene.open if t.category == ticket.category and same(place, t.location) == 1.0), None
    )
    if known is not None:
        supports = may(scene, known, Action.SUPPORT)
        return act(scene, known, Action.SUPPORT, max(seen.acts, SURE), "那边也一样") if supports else None
    problem = Problem(ticket.category, place, urgent=False, confidence=SURE)
    return Reading(Intent.REPORT, SURE, f"像是{ticket.category}", problems=(problem,))


def _like(scene: Scene) -> tuple[TicketSeen, bool] | None:
    """The ticket that was spoken of, and whether the words say that there is one there, too."""
    text, ticket = scene.message.text, _spoken_of(scene)
    here = address(text)
    if ticket is None or not (here.buildings or here.gates) or not here.denies(address(ticket.location)):
        return None
    found = _says_like(text)
    if found is None:
        return None
    return (ticket, found.there_is) if scene.quoted or _fits(found, ticket) else None


def _says_like(text: str) -> Ditto | None:
    """What the words beside the place say."""
    rest = normalise(text)
    for phrase in phrases(rest):
        rest = rest.replace(phrase, "")
    return ditto(_NOISE.sub("", rest))


def _fits(found: Ditto, ticket: TicketSeen) -> bool:
    """Whether what else they say may be of the ticket: 也在冒, of what 冒黑水."""
    more = set(found.rest) - set("也都是有在的很好没")
    return not more or bool(more & set(ticket.text))


def with_like(text: str, ticket: TicketSeen, places: tuple[str, ...]) -> tuple[str, Problem | None]:
    """The words up to where they tell of the like elsewhere, and that as a problem: 是7栋，8栋后面也有."""
    cuts = [found.end() for found in _PAUSE.finditer(text)]
    for cut in cuts:
        tail = text[cut:]
        here, found = address(tail), _says_like(tail) if len(tail) <= _LONGEST else None
        if found and here.buildings and _fits(found, ticket) and here.denies(address(text[:cut])):
            return text[:cut], Problem(ticket.category, location(tail, places), urgent=False, confidence=SURE)
    return text, None


def _spoken_of(scene: Scene) -> TicketSeen | None:
    """The open ticket that is quoted, or was spoken of just before."""
    last = next((said.tickets for said in scene.people[:_NEAR] if said.tickets), ())
    nos = [t.no for t in anchored(scene)] or ([] if scene.message.quotes else list(last))
    found = [t for t in map(scene.ticket, nos) if t is not None and t.state in OPEN]
    return found[-1] if found else None
