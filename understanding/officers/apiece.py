"""What a line of several ticket numbers says of each: 001、002都弄好了，003还没有."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from understanding.language.features import plain
from understanding.language.formulas import OFFICERS, formula
from understanding.language.lexicon import APIECE
from understanding.language.ticket_numbers import NUMBERS, numbered
from understanding.reading import TicketSeen

_JOINED = re.compile(APIECE["joined"])
_LISTED = re.compile(APIECE["listed"])
_DENIED = re.compile(APIECE["denied"])
_SLIP = re.compile(APIECE["slip"])
_TOO = re.compile(APIECE["too"])
_EXCEPT = re.compile(APIECE["except"])
_OTHERS = re.compile(APIECE["others"])
_LEAD = re.compile(APIECE["lead"])
_EMPTY = re.compile(APIECE["empty"])
_LAST = re.compile(r"^(.*[\s,，。.;；!！、])([^\s,，。.;；!！、]+)$", re.DOTALL)
_NAMING = re.compile(r"[的有是就]+\s*$")
_PAUSED = re.compile(r"[\s,，。.;；:：!！]$")


@dataclass(slots=True)
class Part:
    """Tickets of which the same is said, in these words."""

    tickets: list[TicketSeen] = field(default_factory=list)
    words: str = ""
    denied: bool = False
    before: str = ""


def apiece(text: str, tickets: Sequence[TicketSeen], others: Sequence[TicketSeen]) -> list[Part] | None:
    """What is said of each number; None where there are not several. It can mean the `others`, too."""
    found = _split(text, tickets)
    if sum(len(part.tickets) for part in found) <= 1 and not any(part.denied for part in found):
        return None
    _place(found)
    for before, part in pairwise(found):
        if _TOO.fullmatch(_bare(part.words)):
            part.words = before.words
        elif _EXCEPT.match(_bare(part.words)):
            part.denied = True
        elif slip := _SLIP.search(before.words):
            part.words = part.words if _bare(part.words) else before.words[: slip.start()]
            before.denied = True
    named = [ticket for part in found for ticket in part.tickets]
    for part in found:
        if part.denied and (rest := _OTHERS.search(part.words)):
            part.tickets = [ticket for ticket in others if ticket not in named]
            part.words, part.denied = part.words[rest.end() :], False
        part.words = _LEAD.sub("", part.words)
    return [part for part in found if not part.denied and part.tickets and _bare(part.words)]


def _split(text: str, tickets: Sequence[TicketSeen]) -> list[Part]:
    """The numbers with what stands before and after them, those that are only joined together."""
    text = plain(text)
    marks = [mark for mark in NUMBERS.finditer(text) if "-" in mark[0] or numbered(mark[0], tickets)]
    found: list[Part] = []
    for at, mark in enumerate(marks):
        start = marks[at - 1].end() if at else 0
        end = marks[at + 1].start() if marks[at + 1 :] else len(text)
        before, after = text[start : mark.start()], text[mark.end() : end]
        joined = _LISTED if found and _begins(found[0].before) else _JOINED
        if found and (_LISTED if found[-1].denied else joined).fullmatch(before):
            found[-1].tickets += numbered(mark[0], tickets)
            found[-1].words = after
            continue
        if denied := _DENIED.search(before):
            if found:
                found[-1].words = before[: denied.start()]
            before = before[: denied.start()]
        found.append(Part(numbered(mark[0], tickets), after, denied is not None, before))
    return found


def _begins(before: str) -> bool:
    """Whether what stands before the first number says what was done to it."""
    return formula(_NAMING.sub("", before), OFFICERS) is not None and not _PAUSED.search(before.rstrip(" "))


def _place(found: list[Part]) -> None:
    """Where the last number has no words of its own, they stand before: 收到001，已处理002."""
    last = found[-1]
    if _bare(last.words) or last.denied:
        if _begins(found[0].before) and not _bare(found[0].words):
            found[0].words = found[0].before
        return
    if _bare(found[0].before):
        for part in found:
            part.words = part.before
    elif (
        len(found) > 1
        and not _SLIP.search(found[-2].words)
        and (split := _LAST.match(found[-2].words.rstrip()))
    ):
        found[-2].words, last.words = split[1], split[1] if _JOINED.fullmatch(split[2]) else split[2]


def _bare(words: str) -> str:
    return _EMPTY.sub("", words)
