"""The matters that a message tells of in one breath, each with its own words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from domain.place import spot
from understanding.language.beginnings import bare_place
from understanding.language.lexicon import LEADS_TO, MATTERS
from understanding.language.places import Address, address, location, phrases
from understanding.language.things import mentions
from understanding.scene.matching import kinds
from understanding.scene.view import elsewhere, plainly, topics_of

_ITEM, _TURN, _DITTO, _CARRIED, _OTHER, _SHOP, _BESIDE, _SIDE, _GOES_ON, _SUFFERS, _HOME = (
    re.compile(MATTERS[name])
    for name in (
        "item",
        "turn",
        "ditto",
        "carried",
        "other",
        "shop",
        "beside",
        "side",
        "goes_on",
        "suffers",
        "home",
    )
)
_CUT = re.compile(
    rf"(?P<item>{_ITEM.pattern})|(?P<pause>[，,。；;！!？?、\n]+|\s+)|(?=(?P<turn>{_TURN.pattern}))"
)
_HEAP = re.compile("一座(?=[小大]?山)")
OTHER = "其他"
SHORTEST = 4
"""A shorter clause goes with the one before."""
MOST = 24
"""A text of more clauses is a speech or a list of goods: it is not taken apart."""
TELLS = 0.35
"""How likely a clause must be to tell of something, where it names a thing of that."""
TELLS_ALONE = 0.8
"""The same where it names none."""
TELLS_THERE = 0.5
"""The same where it names a place of its own, and any thing."""
NAMES = 0.75
"""How surely a clause that names no other place must be of another kind."""
NAMES_PLAINLY = 0.5
"""The same where it names a place, or two things of that kind."""
NAMES_ALSO = 0.6
"""The same where it tells of something in any case."""
REFERS = 0.8
"""How surely a point of its own is another body's business."""
VAGUELY = 0.1
"""Enough for a clause with two things of a kind of which it surely is."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two pauses; `listed`: counted as one point (一是, 2.); `turns`: 另外, 还有."""

    text: str
    start: int
    end: int
    listed: bool = False
    turns: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """The words of one matter, and its place: its own, or that of the one before."""

    text: str
    place: str
    like: str = ""
    """The category where the words say only that it is the same there."""


@lru_cache(maxsize=256)
def matters(text: str, places: tuple[str, ...] = ()) -> tuple[Matter, ...]:
    """The matters of a text in their order; one with all of the words where it is not surely several."""
    found = _clauses(text)
    if not 1 < len(found) <= MOST or _hopeless(text):
        return (Matter(text, location(text, places)),)
    groups: list[list[Clause]] = []
    for at, clause in enumerate(found):
        if not groups or _begins(groups[-1], found[at:], places):
            groups.append([clause])
        else:
            groups[-1].append(clause)
    return _told(text, groups, places)


def _hopeless(text: str) -> bool:
    """Whether it names too few things to tell of two matters: most of what people say, at no cost."""
    if _ITEM.search(text):
        return False
    return len(mentions(text)) < 2 and len(address(text).buildings | address(text).gates) < 2  # noqa: PLR2004


def _clauses(text: str) -> list[Clause]:
    found: list[Clause] = []
    start, listed, turns = 0, False, False
    for cut in (*_CUT.finditer(text), None):
        end = cut.start() if cut else len(text)
        if text[start:end].strip():
            _add(found, Clause(text[start:end].strip(), start, end, listed, turns), text)
            listed = turns = False
        if cut:
            listed, turns = listed or bool(cut["item"]), turns or bool(cut["turn"])
            start = cut.end()
    return found


def _add(found: list[Clause], clause: Clause, text: str) -> None:
    """Put it behind the others; what is too short to stand alone belongs to its neighbour."""
    if found and (len(clause.text) < SHORTEST or len(found[-1].text) < SHORTEST):
        last = found.pop()
        clause = Clause(
            text[last.start : clause.end].strip(), last.start, clause.end, last.listed, last.turns
        )
    found.append(clause)


def _words(group: Sequence[Clause]) -> str:
    return "，".join(clause.text for clause in group)


@lru_cache(maxsize=512)
def _kind(text: str) -> tuple[str, float]:
    odds = kinds(text)
    best = max(odds, key=odds.__getitem__)
    return best, odds[best]


@lru_cache(maxsize=512)
def _plain(text: str) -> float:
    return plainly(topics_of(text))


def _tells(text: str) -> bool:
    """Whether the words by themselves tell of something, and of what."""
    return _sounds(text) and not _only_place(text)


def _sounds(text: str) -> bool:
    """Whether the scorers hear something in it, and of what kind, or its words name that."""
    if (plain := _plain(text)) < VAGUELY:
        return False
    (kind, sure), things = _kind(text), mentions(text)
    if kind == OTHER and kind not in things:
        return False
    if plain >= TELLS:
        return kind in things or (
            plain >= TELLS_THERE and sure >= (NAMES if plain < TELLS_ALONE else NAMES_ALSO)
        )
    return sure >= NAMES and things.get(kind, 0) > 1


def _only_place(text: str) -> bool:
    """Whether it says where and hardly a word more."""
    rest = text
    for phrase in phrases(text):
        rest = rest.replace(phrase, "")
    if len(rest) < SHORTEST and rest.startswith("的"):
        return True
    return (len(rest) < SHORTEST - 1 and not (rest and mentions(text))) or bare_place(text)


def _begins(before: Sequence[Clause], rest: Sequence[Clause], places: tuple[str, ...]) -> bool:
    """Whether the first clause of the rest begins another matter than what was told before it."""
    earlier, clause, text = _words(before), rest[0], _item(rest)
    away = _elsewhere(earlier, clause.text)
    if not any(_tells(one.text) for one in before) and not (
        _tells_there(earlier) if away else _tells(earlier)
    ):
        return False
    if away and _DITTO.search(clause.text):
        return True
    if not clause.listed and (_CARRIED.search(clause.text) or _GOES_ON.match(clause.text)):
        return False
    if clause.listed and elsewhere(topics_of(text)) >= REFERS:
        return True
    if away:
        answers = text.startswith("在") or _alike(before, text)
        return _tells_there(text) and (_placed(earlier, places) or not answers)
    return _tells(text) and _other_kind(before, clause, text, places)


def _tells_there(text: str) -> bool:
    """Whether words that name a place of their own tell of something there."""
    return _tells(text) or (_plain(text) >= TELLS_THERE and bool(mentions(text)) and not _only_place(text))


def _placed(text: str, places: tuple[str, ...]) -> bool:
    """Whether it names a place by which a matter can be found."""
    return any(spot(phrase) and not _HOME.search(phrase) for phrase in phrases(text, places))


def _item(rest: Sequence[Clause]) -> str:
    """The words of a point of its own, up to the next one; else of the one clause."""
    if not (rest[0].listed or rest[0].turns):
        return rest[0].text
    return _words([rest[0], *takewhile(lambda one: not one.listed and not one.turns, rest[1:])])


def _known(before: Sequence[Clause]) -> tuple[set[str], float]:
    """The kinds that were told of before, and how surely the surest."""
    told = [_kind(one.text) for one in before if _tells(one.text)] or [_kind(_words(before))]
    return {name for name, _ in told} | {_kind(_words(before))[0]}, max(sure for _, sure in told)


def _alike(before: Sequence[Clause], text: str) -> bool:
    """Whether the words may be of the very matter that was told before."""
    known, _ = _known(before)
    kind, _ = _kind(text)
    return kind in known or any(kind in LEADS_TO.get(name, ()) for name in known)


def _other_kind(before: Sequence[Clause], clause: Clause, text: str, places: tuple[str, ...]) -> bool:
    """Whether it surely is of another kind, and no more of the same: fumes and rubbish of one barbecue."""
    (kind, sure), (known, sure_before) = _kind(text), _known(before)
    if kind in known or sure_before < NAMES_PLAINLY:
        return False
    placed, plain, things = bool(phrases(clause.text, places)), _plain(text), mentions(text).get(kind, 0)
    if clause.listed or clause.turns:
        return plain >= TELLS_ALONE or (
            bool(things or sure >= NAMES) and (placed or not _alike(before, text))
        )
    if things and plain >= TELLS_THERE and _another_shop(_words(before), clause.text):
        return True
    if _GOES_ON.search(clause.text) or _alike(before, text) or kind == OTHER or not things:
        return False
    if placed:
        return sure >= NAMES_PLAINLY
    return not _SUFFERS.search(clause.text) and sure >= (NAMES_PLAINLY if things > 1 else NAMES)


def _another_shop(earlier: str, text: str) -> bool:
    """Whether somebody else's shop or stall does it."""
    if _OTHER.search(text):
        return True
    first = next(iter(phrases(text)), "")
    known = [phrase for phrase in phrases(earlier) if _SHOP.search(phrase)]
    return bool(known and first and _SHOP.search(first)) and text.startswith(first) and first not in earlier


def _elsewhere(earlier: str, text: str) -> bool:
    """Whether it names a building, gate or number that was not named before, or another side of it."""
    here, there = _marks(address(_HEAP.sub("", earlier))), _marks(address(_HEAP.sub("", text)))
    if there and here.isdisjoint(there):
        return True
    return (bool(there) or bool(_SIDE.match(text))) and another_side(earlier, text)


def _marks(found: Address) -> frozenset[tuple[str, str]]:
    """Buildings, gates and house numbers, each with what it is."""
    parts = (("栋", found.buildings), ("门", found.gates), ("号", found.numbers))
    return frozenset((name, one) for name, values in parts for one in values)


def _told(text: str, groups: Sequence[Sequence[Clause]], places: tuple[str, ...]) -> tuple[Matter, ...]:
    found: list[Matter] = []
    for group in groups:
        words = text[group[0].start : group[-1].end].strip()
        place, like = location(words, places), ""
        if found:
            place = _beside(found[-1].place, place)
            ditto = _DITTO.search(group[0].text)
            like = (found[-1].like or _kind(found[-1].text)[0]) if ditto else ""
        found.append(Matter(words, place, like))
    return tuple(found)


def _beside(before: str, place: str) -> str:
    """The place where it is said from the one before (隔壁, 后面), or not at all."""
    if not place or place in before:
        return before
    if not _BESIDE.match(place) or not before:
        return place
    side = _SIDE.search(before) if _SIDE.match(place) else None
    return f"{before[: side.start()]}{place}" if side else f"{before} {place}"


def another_side(place: str, other: str) -> bool:
    """Whether the two are sides of one thing that are not the same: 前面, 后面."""
    sides, others = set(_SIDE.findall(place)), set(_SIDE.findall(other))
    return bool(sides and others) and sides.isdisjoint(others)
