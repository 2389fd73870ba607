"""The parts of an officer's account of his work: its pieces, of each the kind, the counts, the place."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from understanding.language.numbers import MORE, NUMBER, least
from understanding.language.places import location
from understanding.week.work import pattern, things

_PAUSE = re.compile(r"[,。;!?、:()\n]+|\s+")
_NAME, _FURTHEST = 10, 12
_SHORTEST = 2
"""A place that is a piece by itself, what follows a known place, and any place, has so many characters at
most, at most and at least."""
SHOPS = 2
"""The rank of 家 and 户: such units, and 起, count matters; 个 and 张 may count anything."""
_BY_NAME = 4
"""So much more a count tells that stands beside the name of a kind."""
_TOTAL = 9
_UNITS = ((3, "top_unit"), (SHOPS, "shop_unit"), (1, "unit"))

ALONE, TOLD, GUESSED = 2, 1, 0
"""How surely words are a place: a piece by itself that ends as places do, a part of one, others."""

Count = tuple[int, int]
"""How much a number tells, by its unit, and the number."""


def pieces(text: str) -> Iterator[str]:
    """The parts between pauses, and of one that names several kinds, a part for each."""
    for part in filter(None, _PAUSE.split(text)):
        yield from _by_names(part)


def _by_names(part: str) -> Iterator[str]:
    names = sorted(m.span() for _, plainly, words in things() if plainly for m in words.finditer(part))
    cuts = [0]
    for (_, end), (start, _) in pairwise(names):
        between = part[end:start]
        joint = re.search("[和跟及]|还有|以及", between)
        if joint and numbers(between[joint.end() :] + part[start:]):
            cuts.append(end + joint.end())
        elif numbers(between):
            cuts.append(_before_count(part, end, start))
    yield from (part[a:b] for a, b in zip(cuts, [*cuts[1:], len(part)], strict=True))


def _before_count(part: str, end: int, start: int) -> int:
    """Where the second matter begins: before its count where counts go first (2起店外3起占道)."""
    counts_first = bool(numbers(part[:end]))
    counted = list(_counted().finditer(part, end, start))
    return counted[-1].start() if counts_first and counted and counted[-1].end() == start else start


def category(piece: str) -> tuple[str, bool] | None:
    """The category that a piece names, and whether by its name."""
    return next(((name, plainly) for name, plainly, words in things() if words.search(piece)), None)


def numbers(piece: str) -> list[Count]:
    """The counts of a piece: 起 and 处 tell more than 家, and that more than 张."""
    found = [
        (next(rank for rank, name in _UNITS if pattern("patrol", name).fullmatch(match[3])), _number(match))
        for match in _counted().finditer(piece)
        if match[3] and not _idle(piece, match)
    ]
    return sorted(found, key=lambda one: -one[0]) or _bare(piece)


def listed(text: str) -> list[Count]:
    """How many shops or stalls are named one after the other: 水果店、五金店和早餐店."""
    lists = pattern("patrol", "list").finditer(text)
    names = max((len(re.split("[、和及跟与]", match[0])) for match in lists), default=0)
    return [(SHOPS, names)] if names > 1 else []


def _bare(piece: str) -> list[Count]:
    """A number that ends a piece without a unit: 店外3, 劝走俩."""
    match = re.search(
        rf"(?<![第栋号楼路街:\d])(?<!\d点)(\d{{1,3}}|[一二两俩仨三四五六七八九十]{{1,2}}){MORE}$", piece
    )
    if not match or (match[1] == "一" and piece != "一"):
        return []
    return [(3 if match[1].isdigit() else SHOPS, least(match[1]))]


def ranked(piece: str, counts: Sequence[Count]) -> list[Count]:
    """The counts of a piece, higher where a total is named, or the kind itself."""
    if re.search("一?共|总共|合计", piece):
        return [(_TOTAL, number) for _, number in counts]
    named = category(piece)
    by_name = _BY_NAME if named and named[1] else 0
    return [(rank + (by_name if rank >= SHOPS else 0), number) for rank, number in counts]


def best(counts: Sequence[Count]) -> int:
    """The number that tells most; one where there is none."""
    return max(counts, key=lambda one: one[0])[1] if counts else 1


@cache
def _counted() -> re.Pattern[str]:
    units = "|".join(pattern("patrol", name).pattern for _, name in _UNITS)
    before = pattern("patrol", "before_number").pattern
    return re.compile(rf"(?<!{before})(?<!\d点)({NUMBER})({MORE})({units})|(?<![\d第栋号:])(?<!\d点)\d+$")


def _number(match: re.Match[str]) -> int:
    """The number; of a heap or a crowd, one."""
    return 1 if pattern("patrol", "collective").fullmatch(match[3]) and match[1] == "一" else least(match[1])


def _idle(piece: str, match: re.Match[str]) -> bool:
    """Numbers that count nothing: 跟同事一起拆, 小吃一条街."""
    before, after = piece[: match.start()], piece[match.end() :]
    if match[0] == "一起":
        return bool(re.match("[去来拆推扫劝上看]", after) or re.search("[跟和与].{1,6}$|我们$|大家$", before))
    return bool(re.match("[街路龙线]|单元|组", after)) or (match[3] == "个" and after.startswith("老"))


def place(piece: str, places: Sequence[str]) -> tuple[str, int]:
    """The place that a piece names, as said, and how surely: `ALONE`, `TOLD` or `GUESSED`."""
    if known := max((one for one in places if one in piece), key=len, default=""):
        known = _further(known, piece)
        return known, ALONE if known == piece else TOLD
    rests = _rests(piece)
    alone = rests == [piece] and len(piece) <= _NAME
    for rest in rests:
        if said := _told(rest):
            return said, ALONE if alone else TOLD
    if alone and not pattern("patrol", "clause").search(piece):
        return _as_place(_trimmed(piece)), GUESSED
    return next(filter(None, (_as_place(_trimmed(location(rest))) for rest in rests)), ""), GUESSED


def _further(known: str, piece: str) -> str:
    """The known place with its gate, building or stop: 幸福里南门, 幸福里3栋楼顶."""
    after = piece[piece.index(known) + len(known) :]
    stops = [pattern("patrol", name).search(after) for name in ("place_over", "done")]
    tail = after[: min((stop.start() for stop in stops if stop), default=len(after))]
    ends = (tail[:end] for end in range(min(len(tail), _FURTHEST), 0, -1))
    return known + next((end for end in ends if pattern("patrol", "within").fullmatch(end)), "")


def _told(rest: str) -> str:
    """The place in the rest of a piece: after 在 or 路过, or ending as places do."""
    if led := pattern("patrol", "led_in").search(rest):
        return _as_place(_trimmed(led["place"]))
    said = _trimmed(rest)
    return _as_place(said) if pattern("patrol", "place_end").search(said) else ""


def _rests(piece: str) -> list[str]:
    """The parts of a piece beside kinds, counts and verbs."""
    spans = [m.span() for _, plainly, words in things() if plainly for m in words.finditer(piece)]
    spans += [m.span() for m in pattern("patrol", "done").finditer(piece)]
    spans += [m.span() for m in _counted().finditer(piece) if not (m[3] and _idle(piece, m))]
    rests, at = [], 0
    for start, end in sorted(spans):
        rests.append(piece[at:start])
        at = max(at, end)
    return [rest for rest in [*rests, piece[at:]] if rest]


def _trimmed(said: str) -> str:
    said = pattern("patrol", "trim_left").sub("", said.strip())
    if pattern("patrol", "place_end").search(said):
        return said
    return pattern("patrol", "trim_right").sub("", said)


def _as_place(said: str) -> str:
    if len(said) < _SHORTEST or pattern("patrol", "no_place").fullmatch(said):
        return ""
    return "" if category(said) and not re.search("[亭站房场楼园路街口地城]$", said) else said
