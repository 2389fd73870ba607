"""Numbers of tickets in somebody's words: in full, or short, as the last three digits (`001 已处理`)."""

import re
from collections.abc import Sequence

from understanding.language.formulas import OFFICERS, formula
from understanding.language.numbers import least
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
NUMBERS = re.compile(rf"{_FULL.pattern}|{IN_WORDS}")
"""A number of either form."""
_RUN_TOGETHER = re.compile(r"(?<!\d)(\d{8})\s?(\d{3})(?!\d)")
_OF_A_DAY = re.compile(r"(?<![\d-])(\d{4}-\d{3})(?![\d-])")
_ZEROS = re.compile(
    r"(?<![0-9A-Za-z零〇一二三四五六七八九-])(?=[^\s]?[Oo零〇]|0[1-9]\d号|00\d号)"
    r"([0Oo零〇][0-9Oo零〇一二三四五六七八九][0-9一二三四五六七八九])(?![0-9A-Za-z一二三四五六七八九十])"
    r"(?:号(?![楼院门房店线栋])(?:工?单子?)?)?"
)
"""The last three digits with letters or words for noughts, or with 号, which no house with a nought has."""
_AS_DIGITS = str.maketrans("Oo零〇一二三四五六七八九", "0000123456789")
_COUNTED = r"(?<![\d月年.-])第?(\d{1,2}|[一二三四五六七八九十]{1,3})"
_COUNTED_TICKET = re.compile(rf"{_COUNTED}号(?:工?单子?|件)")
_COUNTED_FIRST = re.compile(rf"^\s*{_COUNTED}(?:号|[\s、,，.:：]\s*|(?=[已处办搞弄]))")


def short(text: str) -> str:
    """The first short number in the words of a command, or ""."""
    found = re.search(COMMANDED, text)
    return found.group() if found else ""


def in_full(text: str, numbers: Sequence[str]) -> str:
    """The text with each short number that is a ticket's written out; of several the last of `numbers`."""
    ends = {number.rpartition("-")[2]: number for number in numbers}
    days = {number[4:]: number for number in numbers}
    text = _RUN_TOGETHER.sub(lambda found: _known(f"{found[1]}-{found[2]}", numbers) or found[0], text)
    text = _OF_A_DAY.sub(lambda found: days.get(found[1], found[0]), text)
    text = _ZEROS.sub(lambda found: ends.get(found[1].translate(_AS_DIGITS), found[0]), text)
    return _SHORT.sub(lambda found: ends.get(found[0], found[0]), text)


def _known(number: str, numbers: Sequence[str]) -> str:
    return number if number in numbers else ""


def counted(text: str) -> str:
    """An officer's text with a ticket's count of the day written as its last three digits: 2号单, 2 已处理.

    Only where that is surely what it is: with 单, or at the very beginning and a formula after it.
    """
    found = _COUNTED_TICKET.search(text)
    if found is None and (first := _COUNTED_FIRST.match(text)) and formula(text[first.end() :], OFFICERS):
        found = first
    if found is None:
        return text
    return f"{text[: found.start()]}{least(found[1]):03d} {text[found.end() :]}"


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
