"""What officers stopped of their own accord (主动制止), as they tell it in a line: what, how many, where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from understanding.days import day_said
from understanding.matching import kinds
from understanding.numbers import MORE, NUMBER, least
from understanding.places import location
from understanding.reading import Said
from understanding.work import asks, pattern, plain, things

_PAUSE = re.compile(r"[,。;!?、:()\n]+|\s+")
_NAME = 10
_SHORTEST = 2
"""A place that is a piece by itself, and any place, has so many characters at most and at least."""
_TOLD = 0.5
"""So likely a category must be by the model's reading where no word of the list names one."""


@dataclass(frozen=True, slots=True)
class Patrol:
    """Something an officer stopped: `count` is what is sure of it, `place` as said, `when` where he says so.

    `sure`: the words say that it is work of his own; else they may as well report on an open ticket.
    """

    category: str
    count: int
    place: str
    when: date | None = None
    sure: bool = True


@dataclass(slots=True)
class _Item:
    category: str
    plainly: bool
    counts: list[tuple[int, int]] = field(default_factory=list)
    place: str = ""


def patrols(said: Said, places: Sequence[str]) -> tuple[Patrol, ...]:
    """What the officer says he stopped, in his order; nothing where he promises, asks or tells of others."""
    text = pattern("patrol", "lead").sub("", plain(said.text))
    bare = pattern("patrol", "own_phrase").sub("", text)
    if not _told_as_done(bare):
        return ()
    found = _items(bare, places)
    terse = bool(found) and all(item.plainly and _weighty(item.counts) for item in found)
    own = bool(pattern("patrol", "own").search(text))
    done = bool(pattern("patrol", "done").search(bare))
    listed = own and bool(found) and all(item.plainly and item.counts for item in found)
    if not (terse or listed or (done and (own or any(item.counts or item.place for item in found)))):
        return ()
    when = day_said(text, said.at.date()) if said.at else None
    stopped = [Patrol(item.category, count(item.counts), item.place, when, own or terse) for item in found]
    return tuple(_summed(one for one in stopped if one.count))


def _weighty(counts: Sequence[tuple[int, int]]) -> bool:
    """Whether one is counted in 起 or 家, or in nothing: 店外经营 2."""
    return any(rank >= _SHOPS for rank, _ in counts)


def _told_as_done(text: str) -> bool:
    """Whether it can be an account of what was done, outside any ticket."""
    vetoes = (("said", "numbered"), ("patrol", "not_done"), ("patrol", "others"))
    return not asks(text) and not any(pattern(*veto).search(text) for veto in vetoes)


_SHOPS, _NAMED, _ALL = 2, 4, 9


def count(counts: Sequence[tuple[int, int]]) -> int:
    """Of numbers with the rank of their unit: the total where one is given, else that of the best unit."""
    if not counts:
        return 1
    best = max(rank for rank, _ in counts)
    return next(number for rank, number in counts if rank == best)


def numbers(piece: str) -> list[tuple[int, int]]:
    """The counts of a piece of a line, each with a rank: 起 and 处 tell more than 个 and 张."""
    found = []
    for rank, units in ((3, "top_unit"), (2, "shop_unit"), (1, "unit")):
        unit = pattern("patrol", units).pattern
        for match in re.finditer(rf"(?<![第\d#])({NUMBER})({MORE})({unit})", piece):
            if not _idle(piece, match):
                number = 1 if pattern("patrol", "collective").match(match[3]) and match[1] == "一" else least(match[1])
                found.append((rank, number))
    if not found and (bare := re.search(rf"(?:^|[^\d第栋号楼路街])({NUMBER}){MORE}$", piece)) and piece[-1] != "几":
        found.append((3 if bare[1].isdigit() else 2, least(bare[1])))
    return found


def _idle(piece: str, match: re.Match[str]) -> bool:
    """Numbers that count nothing: 跟老徐一起拆, 宵夜一条街, 敲了一次门."""
    after = piece[match.end() :]
    if match[0] == "一起":
        return bool(re.match("[拆去劝把清查做搞上到走看]", after))
    return bool(re.match("[街路龙线]|单元|组", after)) or (match[3] == "个" and after.startswith("老"))


def category(piece: str) -> tuple[str, bool] | None:
    """The category that a piece names, and whether by its name."""
    return next(((name, plainly) for name, plainly, words in things() if words.search(piece)), None)


def _pieces(text: str) -> Iterator[str]:
    """The parts between pauses, and before each further name of a category in one."""
    for part in filter(None, _PAUSE.split(text)):
        yield from _by_names(part)


def _by_names(part: str) -> Iterator[str]:
    names = sorted(m.span() for _, plainly, words in things() if plainly for m in words.finditer(part))
    cuts = [0]
    for (_, end), (start, _) in zip(names, names[1:], strict=False):
        between = part[end:start]
        if numbers(between):
            cuts.append(start)
        elif (joint := re.search("[和跟及]|还有|以及", between)) and numbers(part[end + joint.end() :]):
            cuts.append(end + joint.end())
    yield from (part[a:b] for a, b in zip(cuts, [*cuts[1:], len(part)], strict=True))


def _items(text: str, places: Sequence[str]) -> list[_Item]:
    found: list[_Item] = []
    waiting = ""
    early: list[tuple[int, int]] = []
    for piece in _pieces(text):
        named, counts, place = category(piece), numbers(piece), _place(piece, places)
        if named and (not found or (found[-1].counts and counts)):
            found.append(_Item(*named))
            counts = [*counts, *early]
            early = []
        if not found:
            waiting, early = place or waiting, [*early, *counts]
            continue
        item = found[-1]
        item.counts += [_ranked(piece, rank, number, named) for rank, number in counts]
        item.place = item.place or place
    found = found or _by_model(text, early)
    _share_places(found, waiting, text, places)
    return found


def _ranked(piece: str, rank: int, number: int, named: tuple[str, bool] | None) -> tuple[int, int]:
    if re.search("一?共|总共|合计", piece):
        return _ALL, number
    return (rank + _NAMED if named and named[1] and rank > 1 else rank), number


def _by_model(text: str, counts: list[tuple[int, int]]) -> list[_Item]:
    """Where no word of the list stands in the line, what the reader takes it to be about, if it is sure."""
    if not pattern("patrol", "done").search(text):
        return []
    odds = kinds(text)
    best = max(odds, key=odds.__getitem__)
    return [_Item(best, False, list(counts))] if odds[best] >= _TOLD and counts else []


def _share_places(found: list[_Item], before: str, text: str, places: Sequence[str]) -> None:
    """A place said before all goes for all; so does one said after the last, where no other has one."""
    if not found:
        return
    if before:
        for item in found:
            item.place = item.place or before
    told = [item.place for item in found if item.place]
    if len(told) == 1 and found[-1].place:
        for item in found:
            item.place = told[0]
    for earlier, item in zip(found, found[1:], strict=False):
        item.place = item.place or earlier.place


def _place(piece: str, places: Sequence[str]) -> str:
    """The place that a piece names, as said: what is left of it beside kinds, counts, verbs and days."""
    if known := max((place for place in places if place in piece), key=len, default=""):
        return known
    rests = _rests(piece)
    for rest in rests:
        if led := pattern("patrol", "led_in").search(rest):
            if place := _as_place(_trimmed(led["place"])):
                return place
        elif (said := _trimmed(rest)) and pattern("patrol", "place_end").search(said) and _as_place(said):
            return said
    if rests == [piece] and len(piece) <= _NAME and not pattern("patrol", "clause").search(piece):
        return _as_place(piece)
    return next(filter(None, (_as_place(_trimmed(location(rest, ()))) for rest in rests)), "")


def _rests(piece: str) -> list[str]:
    """The parts of a piece beside kinds, counts and verbs."""
    spans = [m.span() for _, plainly, words in things() if plainly for m in words.finditer(piece)]
    spans += [m.span() for m in pattern("patrol", "done").finditer(piece)]
    spans += [m.span() for m in _counted().finditer(piece) if not _idle(piece, m)]
    rests, at = [], 0
    for start, end in sorted(spans):
        rests.append(piece[at:start])
        at = max(at, end)
    return [rest for rest in [*rests, piece[at:]] if rest]


@cache
def _counted() -> re.Pattern[str]:
    units = "|".join(pattern("patrol", name).pattern for name in ("top_unit", "shop_unit", "unit"))
    return re.compile(rf"(?<![第\d#])({NUMBER})({MORE})({units})|(?<![\d第栋])\d+$")


def _trimmed(said: str) -> str:
    said = pattern("patrol", "trim_left").sub("", said.strip())
    return said if pattern("patrol", "place_end").search(said) else pattern("patrol", "trim_right").sub("", said)


def _as_place(said: str) -> str:
    if len(said) < _SHORTEST or pattern("patrol", "no_place").fullmatch(said):
        return ""
    named = category(said)
    return "" if named and not re.search("[亭站房场楼园路街口]$", said) else said


def _summed(stopped: Iterator[Patrol]) -> list[Patrol]:
    """The same kind at the same place, said in two parts, is one."""
    found: dict[tuple[str, str], Patrol] = {}
    for one in stopped:
        key = one.category, one.place
        known = found.get(key)
        found[key] = replace(known, count=known.count + one.count) if known else one
    return list(found.values())
