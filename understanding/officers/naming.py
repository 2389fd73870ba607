"""Which of an officer's tickets his words name: by what stands in them, put together, or all but one."""

import re
from collections.abc import Sequence

from understanding.language.features import plain
from understanding.language.formulas import OFFICERS, formula
from understanding.language.lexicon import ANSWERS
from understanding.language.numbers import least
from understanding.language.speech import speech
from understanding.reading import TicketSeen
from understanding.scene.matching import named, words

TOGETHER = re.compile(ANSWERS["together"])
"""What puts several tickets together."""
APART = 2.2
"""So much the words of each clause must fit a ticket for a message to be about several, clause by clause."""
ONLY = 1.6
LEAD = 1.6
"""So much is enough where it is so much more than what fits any other ticket."""
ANSWER, AHEAD = 0.6, 0.5
"""The same for an answer to the question which one it is, which is about one of a few."""
LONGEST = 10
_BUSY = {"says_" + name for name in ("going", "underway", "done", "later", "hand_over", "refuse")}
_EXCEPT = re.compile(ANSWERS["except"])
_BOTH, _COUNT = re.compile(ANSWERS["all"]), re.compile(ANSWERS["count"])
_PLACE, _FIRST, _LAST = (re.compile(ANSWERS[name]) for name in ("place", "first", "last"))
_NEITHER, _AND, _TAIL, _HEAD = (re.compile(ANSWERS[name]) for name in ("neither", "and", "tail", "head"))


def named_in(part: str, tickets: Sequence[TicketSeen]) -> list[TicketSeen]:
    """The tickets that a clause clearly speaks of: several where it puts them together."""
    fits = sorted(((words(part, ticket), at) for at, ticket in enumerate(tickets)), reverse=True)
    if not fits:
        return []
    several = [tickets[at] for score, at in fits if score >= ONLY]
    if len(several) > 1 and TOGETHER.search(part):
        return several
    best, at = fits[0]
    lead = best - max(0.0, fits[1][0] if fits[1:] else 0.0)
    if best >= APART or (best >= ONLY and lead >= LEAD):
        return [tickets[at]]
    by_place = named(part, tickets)
    return by_place if len(by_place) == 1 else []


def all_but(text: str, tickets: Sequence[TicketSeen]) -> tuple[list[TicketSeen], str] | None:
    """The tickets that are not excepted, and what is said of them: 除了油烟其他都弄好了.

    None where nothing is; nobody is left where it cannot be told which is.
    """
    found = _EXCEPT.search(plain(text))
    if found is None:
        return None
    spared = _likeliest(found["spared"], tickets)
    return [ticket for ticket in tickets if spared and ticket not in spared], found["rest"]


def count_of(text: str) -> int:
    """How many tickets it says that it is about (两件都处理完毕); 0 where it does not say."""
    found = _COUNT.search(plain(text))
    return least(found[1]) if found else 0


def neither(text: str) -> bool:
    """Whether it answers the question which one it is with: none."""
    return bool(_NEITHER.search(plain(text)))


def answers(text: str, tickets: Sequence[TicketSeen]) -> list[TicketSeen]:
    """The tickets that an answer to the question which one it is names: by number, place in it, words."""
    said = re.sub(r"[\s。.!！~～]+$", "", plain(text).strip())
    if _BOTH.fullmatch(said):
        return list(tickets) if count_of(said) in {0, len(tickets)} else []
    parts = [_TAIL.sub("", part) for part in _AND.split(_HEAD.sub("", said)) if part]
    found = [_in_list(part, tickets) for part in parts]
    if found and all(found):
        return [ticket for ticket in tickets if ticket in found]
    busy = formula(said, OFFICERS) or _BUSY & speech(said).keys() or said.endswith("了")
    return [] if busy or len(said) > LONGEST else _likeliest(said, tickets)


def _in_list(part: str, tickets: Sequence[TicketSeen]) -> TicketSeen | None:
    """The ticket of this number, or at this place of the list."""
    by_number = [ticket for ticket in tickets if part in {ticket.no, ticket.no.partition("-")[2]}]
    if len(by_number) == 1:
        return by_number[0]
    if _FIRST.fullmatch(part) or _LAST.fullmatch(part):
        return tickets[0 if _FIRST.fullmatch(part) else -1]
    found = _PLACE.fullmatch(part)
    at = least(found[1]) if found else 0
    return tickets[at - 1] if 1 <= at <= len(tickets) else None


def _likeliest(text: str, tickets: Sequence[TicketSeen]) -> list[TicketSeen]:
    """The one ticket that a few words fit best."""
    fits = sorted(((words(text, ticket), at) for at, ticket in enumerate(tickets)), reverse=True)
    best = fits[0][0] if fits else 0.0
    ahead = best - (max(0.0, fits[1][0]) if fits[1:] else 0.0)
    return [tickets[fits[0][1]]] if best >= ANSWER and ahead >= AHEAD else []
