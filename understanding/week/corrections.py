"""An officer's word about what he has just told the bot: 刚才那个是8起, 地点是丹霞路, 作废."""

import re
from dataclasses import dataclass

from understanding.language.numbers import NUMBER, least
from understanding.reading import Said
from understanding.week.accounts import category, numbers
from understanding.week.work import asks, pattern, plain

_PAUSE = re.compile(r"[,。;!?、:\s]+")
_NEGATED = re.compile(r"不是[^,。;是]+|少报一?起|多报一?起")
_LONGEST = 30
_BARE = re.compile(
    rf"(?:(?:应该|一共|总共|其实)?(?:就?是|共|只有|就)\s*|(?=\S+起))(?P<number>{NUMBER})\s*[起处家个户张辆块条次]?了?[。!]?"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be changed in what was told last: None is left as it was; `void` takes it all back.

    `more` is by how much the count is another: 再加一起, 删一个.
    """

    category: str | None = None
    count: int | None = None
    place: str | None = None
    void: bool = False
    more: int = 0


def correction(said: Said) -> Correction | None:
    """What the line corrects; None where it corrects nothing."""
    text = plain(said.text)
    if len(text) > _LONGEST or asks(text) or pattern("correction", "not_one").search(text):
        return None
    if pattern("correction", "void").search(text) and pattern("correction", "about").search(text):
        return Correction(void=True)
    if not pattern("correction", "says").search(text) and not pattern("correction", "place").match(text):
        return None
    found = _changed(text)
    return found if found != Correction() else None


def bare_count(said: Said) -> Correction | None:
    """The line as nothing but another count (是3起), for whoever knows that one was told before."""
    match = _BARE.fullmatch(plain(said.text))
    return Correction(count=least(match["number"])) if match else None


def change(said: Said) -> Correction | None:
    """The line as more or less of the same: 又制止了1起, 再加一起, 发重了，删一个."""
    shape = pattern("correction", "more").pattern.replace("NUMBER", NUMBER)
    match = re.fullmatch(shape, plain(said.text).rstrip("。!"))
    if match is None:
        return None
    number = least(match["more"] or match["less"] or "一")
    return Correction(more=-number if match["less"] is not None else number)


def _of_place(text: str) -> str | None:
    match = pattern("correction", "place").search(text)
    return match["place"] if match else None


def _changed(text: str) -> Correction:
    text = re.sub("^刚[才刚](?:那个|那条)", "", text)
    rest = _NEGATED.sub("", text)
    counts = [number for piece in _PAUSE.split(rest) for _, number in numbers(piece)]
    named = [found for piece in _PAUSE.split(rest) if (found := category(piece)) and found[1]]
    place = _of_place(text) or _left_over(rest, alone=not (counts or named))
    return Correction(named[-1][0] if named else None, counts[-1] if counts else None, place)


def _left_over(rest: str, *, alone: bool) -> str | None:
    """A piece that is none of the words of a correction is the place: 写错了，是丹霞街."""
    pieces = [re.sub("^(?:应该)?是", "", piece) for piece in _PAUSE.split(rest)]
    bare = [
        piece
        for piece in pieces
        if len(piece) > 1
        and not numbers(piece)
        and not category(piece)
        and not pattern("correction", "says").search(piece)
        and not pattern("own", "week").fullmatch(piece)
    ]
    ends_as_place = [piece for piece in bare if re.search("[路街道口村桥站园区苑巷里楼栋场院塘门]$", piece)]
    telling = bare if alone and re.search("[说写记搞报打]错", rest) else ends_as_place
    return telling[-1] if telling else None
