"""Where something is: the place phrases of a text, and whether two of them can be one place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from understanding.language.features import bigrams, plain
from understanding.language.lexicon import VAGUE_PLACES
from understanding.language.model import models, on_change
from understanding.language.tagging import letters, mark

EAGERNESS = 6.0
"""How readily the tagger marks a phrase: a place too many costs less than none."""
LONGEST = 40
"""A location is a few phrases, not the message."""


def _run(chars: str) -> str:
    """Pattern of these characters, all that stand in a row: nothing is tried from within, or given back."""
    return f"(?<![{chars}])[{chars}]++"


_NUMERAL = _run("0-9一二三四五六七八九十两零〇壹贰叁肆伍陆柒捌玖拾")
_DIGIT = _run(r"\d")
_DIGITS = dict(
    zip("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两", [0, 0, *range(1, 10), *range(1, 10), 2], strict=True)
)
_BUILDING = re.compile(rf"({_NUMERAL}|(?<![a-z])[a-z])(?:号?[栋幢]|号楼|[#＃]楼?|座)")
_UNIT = re.compile(rf"({_NUMERAL})单元")
_FLOOR = re.compile(rf"({_NUMERAL})[楼层]")
_GATE = re.compile(rf"({_run('东南西北正侧前后')})门(?!口)|([东南西北正侧后])大?门口?")
_ROAD = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:大道|路|街|巷|弄)(?![口边灯牌面上过])")
_NUMBER = re.compile(rf"({_DIGIT})号(?!楼|栋|线|岗|口)")
_NO_PLACE = re.compile(r"\d{8}-\d{3,}|(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9})(?!\d)")
"""The number of a ticket or of a telephone."""
_LEAD = re.compile(
    r"^(?:[^\w#\uff03]|[①-⑨]|\d{1,2}(?:、|[.)\uff0e\uff09](?!\d))|另外|还有|顺便|同时|以及|[一二三四五](?:是|、))+"
)
"""What stands before a place and is no part of it: the number of a point, a sign, 另外."""
_PLAIN_BUILDING = re.compile(rf"({_DIGIT}|[a-z])栋")
_PLAIN_UNIT = re.compile(rf"({_DIGIT})单元")
_SHAPES = (
    re.compile(
        rf"(?:{_NUMERAL}|[a-zA-Z])(?:号?[栋幢]|号楼|[#＃]楼?|座)(?:{_NUMERAL}单元)?(?:{_NUMERAL}[楼层])?"
    ),
    re.compile(rf"{_NUMERAL}单元"),
    re.compile(r"[东南西北](?:大门|门口|门|侧门)"),
)


def number(text: str) -> str:
    """A number said in Chinese or ASCII digits, as ASCII digits."""
    if text.isascii():
        return text.lstrip("0") or text
    text = text.replace("拾", "十")
    if "十" not in text:
        return "".join(str(_DIGITS.get(char, char)) for char in text)
    tens, _, ones = text.partition("十")
    return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))


@lru_cache(maxsize=2048)
def normalise(text: str) -> str:
    """The place with the same building, unit and floor always spelt the same: 叁幢, 3#, 三号楼 are 3栋."""
    text = _BUILDING.sub(lambda m: number(m[1]) + "栋", plain(text))
    text = _UNIT.sub(lambda m: number(m[1]) + "单元", text)
    return _FLOOR.sub(lambda m: number(m[1]) + "楼", text).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of a place that tell it from another."""

    buildings: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    gates: frozenset[str] = frozenset()
    roads: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def denies(self, other: "Address") -> bool:
        """Whether the two cannot be one place: another building, gate, house number."""
        if (
            _apart(self.buildings, other.buildings)
            or _apart(self.gates, other.gates)
            or _apart(self.numbers, other.numbers)
        ):
            return True
        return _apart(self.units, other.units) and not self.buildings.isdisjoint(other.buildings)


def _apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both are said, and they have nothing in common."""
    return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


@lru_cache(maxsize=2048)
def address(text: str) -> Address:
    """What `text` says of building, unit, gate, road and house number."""
    text = normalise(text)
    return Address(
        buildings=frozenset(m[1] for m in _PLAIN_BUILDING.finditer(text)),
        units=frozenset(m[1] for m in _PLAIN_UNIT.finditer(text)),
        gates=frozenset((m[1] or m[2]) for m in _GATE.finditer(text)),
        roads=frozenset(_ROAD.findall(text)),
        numbers=frozenset(_NUMBER.findall(text)),
    )


def phrases(text: str, places: Iterable[str] = (), eagerness: float = EAGERNESS) -> list[str]:
    """The place phrases of `text` as they stand there, in order."""
    said = letters(text)
    found = mark(models().tagger, said, eagerness)
    found += [m.span() for shape in _SHAPES for m in shape.finditer(said)]
    for place in places:
        at = text.find(place)
        if at >= 0 and place:
            found.append((at, at + len(place)))
    return [_LEAD.sub("", text[start:end]).strip() for start, end in _merged(sorted(found))]


def _merged(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def location(text: str, places: Iterable[str] = ()) -> str:
    """Where the matter of `text` is, as said; "" where it does not say."""
    return _location(text, tuple(places))


@lru_cache(maxsize=1024)
def _location(text: str, places: tuple[str, ...]) -> str:
    text = _NO_PLACE.sub(" ", text)
    found = [phrase for phrase in phrases(text, places) if len(phrase) > 1]
    telling = [phrase for phrase in found if not is_vague(phrase)] or found
    chosen: list[str] = []
    for phrase in telling:
        if not any(phrase in other for other in chosen) and sum(map(len, chosen)) + len(phrase) <= LONGEST:
            chosen.append(phrase)
    return "".join(chosen)


on_change(_location.cache_clear)


def is_vague(phrase: str) -> bool:
    """Whether nobody could find the place by these words alone."""
    return phrase in VAGUE_PLACES


def same(a: str, b: str) -> float:
    """From 0 to 1, how much two places share of what tells places apart."""
    a, b = normalise(a), normalise(b)
    left, right = address(a), address(b)
    if left.denies(right):
        return 0.0
    if left.buildings & right.buildings or left.numbers & right.numbers:
        return 1.0
    pairs, others = bigrams(a), bigrams(b)
    return len(pairs & others) / max(2, min(len(pairs), len(others))) if pairs and others else 0.0


def conflict(a: str, b: str) -> bool:
    """Whether two places cannot be the same one."""
    return address(a).denies(address(b))


def seen_from(place: str, beside: str) -> str:
    """A place with what was said later from it: 3栋 and 楼下 are 3栋楼下."""
    if not place or not beside or beside in place:
        return place or beside
    return f"{place}{beside}" if len(place) + len(beside) <= LONGEST else place
