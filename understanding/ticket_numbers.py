"""Numbers of tickets in somebody's words: in full, or short, as the last three digits (`001 已处理`)."""

import re
from collections.abc import Sequence

from understanding.formulas import OFFICERS, formula
from understanding.reading import TicketSeen

_FULL = re.compile(r"\d{8}\s*-\s*\d{3,}")
_BEFORE = r"(?<![\d-])(?<!\d[.:：])"
_AFTER = r"(?!\d|[.:：][0-9A-Za-z]|[%点块元米斤个分年月日栋幢户房室]|天(?![黑亮])|单元)"
"""No part of a longer number, a time, an amount or a file's name, and no day or address."""
IN_WORDS = rf"{_BEFORE}\d{{3}}{_AFTER}(?!号)"
"""Pattern of a short number in running words, where three digits may be a house and four a year."""
COMMANDED = rf"{_BEFORE}\d{{3,}}{_AFTER}"
"""Pattern of a short number where a command wants one: also of a day with a thousand tickets."""
_SHORT = re.compile(IN_WORDS)


def short(text: str) -> str:
    """The first short number in the words of a command, or ""."""
    found = re.search(COMMANDED, text)
    return found.group() if found else ""


def in_full(text: str, numbers: Sequence[str]) -> str:
    """The text with each short number that is a ticket's written out; of several the last of `numbers`."""
    ends = {number.rpartition("-")[2]: number for number in numbers}
    return _SHORT.sub(lambda found: ends.get(found[0], found[0]), text)


def numbered(text: str, tickets: Sequence[TicketSeen]) -> list[TicketSeen]:
    """The tickets that the text names by number: in full, then by their last three digits."""
    full = {re.sub(r"\s", "", found) for found in _FULL.findall(text)}
    found = [t for t in tickets if t.no in full]
    for end in sorted({*_SHORT.findall(_FULL.sub(" ", text))}):
        having = [t for t in tickets if t.no.endswith("-" + end) and t not in found]
        found += having[-1:]
    return found


def unknown(text: str, numbers: Sequence[str]) -> str | None:
    """The number that the text names and that is no ticket's; a short one only where else it is a formula."""
    full = (re.sub(r"\s", "", found) for found in _FULL.findall(text))
    if strange := next((number for number in full if number not in numbers), None):
        return strange
    first = _SHORT.search(text)
    return first.group() if first and formula(_SHORT.sub("", text), OFFICERS) else None
