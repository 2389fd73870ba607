"""Numbers of tickets in somebody's words: in full, or short, as the last three digits (`001 已处理`)."""

import re
from collections.abc import Sequence

from understanding.formulas import OFFICERS, formula
from understanding.reading import TicketSeen

_FULL = re.compile(r"\d{8}\s*-\s*\d{3,}")
_SHORT = re.compile(r"(?<![\d.:：-])(\d{3})(?![\d.:：%点块元米斤个分年月日号栋幢户房室]|单元)")


def in_full(text: str, numbers: Sequence[str]) -> str:
    """The text with each short number that is a ticket's written out; of several the last of `numbers`."""
    ends = {number.rpartition("-")[2]: number for number in numbers}
    return _SHORT.sub(lambda found: ends.get(found[1], found[1]), text)


def numbered(text: str, tickets: Sequence[TicketSeen]) -> list[TicketSeen]:
    """The tickets that the text names by number: in full, then by their last three digits."""
    full = {re.sub(r"\s", "", found) for found in _FULL.findall(text)}
    found = [t for t in tickets if t.no in full]
    for short in sorted({*_SHORT.findall(_FULL.sub(" ", text))}):
        having = [t for t in tickets if t.no.endswith("-" + short) and t not in found]
        found += having[-1:]
    return found


def unknown(text: str, numbers: Sequence[str]) -> str | None:
    """The number that the text names and that is no ticket's; a short one only where else it is a formula."""
    full = (re.sub(r"\s", "", found) for found in _FULL.findall(text))
    if strange := next((number for number in full if number not in numbers), None):
        return strange
    short = _SHORT.findall(text)
    return short[0] if short and formula(_SHORT.sub("", text), OFFICERS) else None
