"""What an officer tells of a talk with a community (每周对接): which, how, with whom, what came up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from understanding.language.numbers import MORE, NUMBER, least
from understanding.reading import Said
from understanding.week.days import day_said
from understanding.week.own_affairs import has_talked
from understanding.week.work import asks, pattern, plain

VISIT, CALL, MEETING = "visit", "call", "meeting"
"""How they met: 到访, 电话视频, 联席会."""
_PAUSE = re.compile(r"[,。;!?:\n]+|\s+")
_NUMBER_ONLY = re.compile(r"[\d\-\s第号单件这那,，。;；:：]*")
_BODY = "(?:社区居委会|社区|居委会|村委会|村)$"
_SHORTEST, _LONGEST = 3, 30
"""A problem is told in so many characters at least, what puts a talk right in so many at most."""
_NOT_THE_COMMUNITY = "(?![东南西北中]?[路街]|公园|小学|菜场|那?个?棚|从)"


@dataclass(frozen=True, slots=True)
class Visit:
    """A talk with a community's people. No community: the one that was asked about.

    `means` is visit, call or meeting; `whom` a name or post as said; `day` the day said, None where none is;
    `publicity` how many people heard of the law; `problems` in the officer's words, "" where there are none.
    """

    communities: tuple[str, ...]
    means: str
    whom: str = ""
    day: date | None = None
    publicity: int | None = None
    problems: str = ""


def visit(said: Said, communities: Sequence[str], workers: Sequence[str]) -> Visit | None:
    """The talk that the line tells of; None where it tells of none, or only of the group chat."""
    text = plain(said.text)
    if asks(text) or pattern("said", "numbered").search(text):
        return None
    named = named_communities(text, communities)
    whom = _whom(text, workers)
    talked = not (named or whom) and has_talked(text)
    if not (talked or _happened(text, someone=bool(named or whom), both=bool(named and whom))):
        return None
    day = day_said(text, said.at.date()) if said.at else None
    return Visit(named, means(text), whom, day, _publicity(text), _problems(text, communities, workers))


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be changed in the talk that was told last; None, or no community, is left as it was."""

    communities: tuple[str, ...] = ()
    means: str | None = None
    whom: str | None = None
    day: date | None = None
    publicity: int | None = None


def amendment(said: Said, communities: Sequence[str], workers: Sequence[str]) -> Amendment | None:
    """What the line puts right of a talk told before: 说错了，是电话; None where it does not."""
    text = plain(said.text)
    if len(text) > _LONGEST or asks(text):
        return None
    if not (pattern("correction", "says").search(text) or pattern("visit", "just").fullmatch(text)):
        return None
    rest = re.sub("不是[^,。;是]+|没[去到见打][^,。;]*", "", text)
    met = pattern("visit", "in_person").search(rest)
    found = Amendment(
        named_communities(rest, communities),
        means(rest) if met or means(rest) != VISIT else None,
        _whom(rest, workers) or None,
        day_said(rest, said.at.date()) if said.at else None,
        _publicity(rest),
    )
    return found if found != Amendment() else None


def alongside(said: Said, workers: Sequence[str]) -> Visit | None:
    """The talk that went with the handling of a ticket, where the officer says that it counts (兼作对接)."""
    text = plain(said.text)
    if asks(text) or pattern("alongside", "not_so").search(text):
        return None
    whom = _whom(text, workers)
    by_the_way = pattern("alongside", "by_the_way").search(text) and (whom or "社区" in text)
    return Visit((), VISIT, whom) if by_the_way or pattern("alongside", "counts").search(text) else None


def without_counting(said: Said) -> str:
    """The words without that a talk counts: the rest says what becomes of a ticket; a number says nothing."""
    if alongside(said, ()) is None:
        return said.text
    rest = pattern("alongside", "counts").sub("", said.text)
    return "" if _NUMBER_ONLY.fullmatch(rest) else rest.strip(" ,，。;；")


def means(text: str) -> str:
    """A meeting where one is named, a call where one is, else a visit."""
    if pattern("visit", "meeting").search(text):
        return MEETING
    return CALL if pattern("visit", "call").search(text) else VISIT


def _happened(text: str, *, someone: bool, both: bool) -> bool:
    """Whether somebody of a community was met or spoken to, and not only is to be, or in the group."""
    if any(pattern("visit", veto).search(text) for veto in ("group_only", "not_done", "not_visit")):
        return False
    if any(pattern("visit", way).search(text) for way in ("contact", "meeting")):
        return someone or bool(pattern("visit", "body").search(text))
    if not someone or pattern("visit", "strong_went").search(text):
        return someone
    outcome = any(pattern("visit", way).search(text) for way in ("nothing", "told"))
    return outcome and (both or bool(pattern("visit", "went").search(text)))


def named_communities(text: str, communities: Sequence[str]) -> tuple[str, ...]:
    """The communities that a text names, by full or short name or a slip of the pen, in its order."""
    found: dict[str, int] = {}
    taken = text
    for find in (_by_name, _by_slip):
        for community in sorted(communities, key=len, reverse=True):
            if community not in found and (span := find(taken, community, communities)):
                found[community] = span[0]
                taken = taken[: span[0]] + "\0" * (span[1] - span[0]) + taken[span[1] :]
    return tuple(sorted(found, key=found.__getitem__))


@cache  # for each name it is asked of every other one
def _stem(community: str) -> str:
    return re.sub(_BODY, "", community)


def _by_name(text: str, community: str, communities: Sequence[str]) -> tuple[int, int] | None:
    """By its name without 社区, or by two characters of it that no other begins with."""
    stem = _stem(community)
    if stem in text and (match := re.search(re.escape(stem) + _NOT_THE_COMMUNITY, text)):
        return match.span()
    short = stem[:2]
    if short not in text:
        return None
    alone = len(stem) > len(short) and sum(_stem(other).startswith(short) for other in communities) == 1
    match = re.search(re.escape(short) + "(?=社区|那边|那里|居委|[和、跟,]|两|$)", text) if alone else None
    return match.span() if match else None


def _by_slip(text: str, community: str, communities: Sequence[str]) -> tuple[int, int] | None:
    """By its name with one character wrong, where 社区 or 村 follows and no other name is as near."""
    stem = _stem(community)
    for body in re.finditer("社区|居委|村", text):
        at = body.start() - len(stem)
        said = text[max(at, 0) : body.start()]
        if at >= 0 and _near(said, stem) and sum(_near(said, _stem(other)) for other in communities) == 1:
            return at, body.start()
    return None


def _near(said: str, stem: str) -> bool:
    return len(said) == len(stem) and sum(a != b for a, b in zip(said, stem, strict=True)) == 1


def _whom(text: str, workers: Sequence[str]) -> str:
    """Whom the officer met: names and posts as said, in their order; not who was away."""
    surname = pattern("visit", "surname").pattern
    post = pattern("visit", "post").pattern
    nickname = f"[小老]{surname}"
    shapes = [
        f"{surname}?{post}(?:{nickname})?",
        rf"(?<!我和)(?<=[跟和与同找给问去了])\s?({nickname})(?![\u4e00-\u9fff]?(?:那个|家|的?棚))",
        *(re.escape(name) for name in workers),
    ]
    spans = sorted(match.span() for shape in shapes for match in re.finditer(shape, text))
    met = [
        (start, end)
        for start, end in _merged(spans)
        if not pattern("visit", "away").match(text, end)
        and not pattern("visit", "away_before").search(text[:start])
    ]
    return "、".join(dict.fromkeys(text[start:end].strip() for start, end in met))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _publicity(text: str) -> int | None:
    """How many people heard: a number of people in a line that tells of teaching the law."""
    if not pattern("visit", "publicity").search(text):
        return None
    match = re.search(f"({NUMBER}){MORE}(?:人次|个?[人位名]|个?(?:居民|村民|商户|店主|摊主|老人|户))", text)
    return least(match[1]) if match else None


def _problems(text: str, communities: Sequence[str], workers: Sequence[str]) -> str:
    """What came up, in the officer's words: after 说 or 反映, or a piece that is about nothing else."""
    found = (_problem(piece, communities, workers) for piece in _PAUSE.split(text))
    return "，".join(filter(None, found))


def _problem(piece: str, communities: Sequence[str], workers: Sequence[str]) -> str:
    if pattern("visit", "nothing").search(piece):
        return ""
    told = list(pattern("visit", "told").finditer(piece))
    if told and (rest := piece[told[-1].end() :].strip("了的")) and _tells(rest):
        return rest
    frame = _is_frame(piece) or bool(named_communities(piece, communities)) or bool(_whom(piece, workers))
    return "" if frame or told or len(piece) < _SHORTEST else piece


def _tells(rest: str) -> bool:
    return len(rest) > 1 and not _is_frame(rest) and not pattern("visit", "idle").match(rest)


def _is_frame(piece: str) -> bool:
    """Whether a piece tells how they met, and when, and who heard, rather than of what."""
    parts = ("contact", "meeting", "call", "publicity", "frame")
    return any(pattern("visit", part).search(piece) for part in parts)
