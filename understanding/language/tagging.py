"""Marks the place phrases in a text, character by character: B begins one, I goes on, O is none."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from understanding.language.codes import Codes, find, points
from understanding.language.lexicon import PLACE_ENDS, PLACE_SIDES
from understanding.language.model import Tagger

O, B, I = 0, 1, 2  # noqa: E741  (the names of the tags in the literature)
NEVER = -1e9
_NUMERALS = "一二三四五六七八九十两百零〇"
_PAUSES = " ,，.。!！?？;；、:：~～…"
_SHAPES = {
    char: at
    for at, chars in enumerate((PLACE_SIDES, PLACE_ENDS, _PAUSES, _NUMERALS), start=1)
    for char in chars
}
_DIGIT, _LETTER, _OTHER = 5, 6, 7
_BEFORE, _AFTER = 8, 9
_CHAR, _SHAPE, _KIND = 18, 4, 56
"""Bits of a character and of a shape in the number of a clue, and where there its kind begins."""
_RARE = (1 << _CHAR) - 1
"""Stands for the characters beyond, which no place has."""


@lru_cache(maxsize=8192)
def _letter(char: str) -> str:
    return unicodedata.normalize("NFKC", char)[:1].lower() or char


def letters(text: str) -> str:
    """The text with each character in one width and case; as long as `text`."""
    return "".join(map(_letter, text))


def shape(char: str) -> int:
    """What sort of character this is, as far as places care."""
    if char.isascii() and char.isalnum():
        return _DIGIT if char.isdigit() else _LETTER
    return _SHAPES.get(char, _OTHER)


def clues(said: str) -> Codes:
    """For each of some `letters` a row of the clues the tagger looks at, as numbers."""
    size = len(said)
    chars = np.minimum(points(f"<<{said}>>"), _RARE)
    shapes = np.array([_BEFORE, _BEFORE, *map(shape, said), _AFTER, _AFTER], dtype=np.int64)
    two = chars[:-1] | chars[1:] << _CHAR
    three = two[:-1] | chars[2:] << 2 * _CHAR
    trio = shapes[:-2] | shapes[1:-1] << _SHAPE | shapes[2:] << 2 * _SHAPE
    five = trio[:-2] | trio[2:] << 2 * _SHAPE
    looks = (
        *(chars[at : at + size] for at in (2, 1, 0, 3, 4)),
        *(two[at : at + size] for at in (1, 2, 0, 3)),
        *(three[at : at + size] for at in (1, 2, 0)),
        *(trio[1 : 1 + size], five, chars[1 : 1 + size] | trio[2:] << _CHAR),
    )
    found: Codes = np.stack(looks, axis=1) | np.arange(len(looks)) << _KIND
    return found


def tag(emissions: Sequence[Sequence[float]], moves: Sequence[Sequence[float]]) -> list[int]:
    """The best sequence of tags (Viterbi); I may not follow O or stand first."""
    (oo, ob, _), (bo, bb, bi), (io, ib, ii) = moves
    o, b, i = emissions[0][O], emissions[0][B], NEVER
    back: list[tuple[int, int, int]] = []
    for row in emissions[1:]:
        to_o, to_b = (o + oo, b + bo, i + io), (o + ob, b + bb, i + ib)
        to_i = (NEVER, b + bi, i + ii)
        o, b, i = max(to_o), max(to_b), max(to_i)
        back.append((to_o.index(o), to_b.index(b), to_i.index(i)))
        o, b, i = o + row[O], b + row[B], i + row[I]
    last = (o, b, i)
    tags = [last.index(max(last))]
    for step in reversed(back):
        tags.append(step[tags[-1]])
    return tags[::-1]


def spans(tags: Sequence[int]) -> list[tuple[int, int]]:
    """Start and end of each marked phrase."""
    found: list[tuple[int, int]] = []
    for at, label in enumerate(tags):
        if label == B or (label == I and (not found or found[-1][1] != at)):
            found.append((at, at + 1))
        elif label == I:
            found[-1] = (found[-1][0], at + 1)
    return found


def mark(tagger: Tagger, said: str, eagerness: float = 0.0) -> list[tuple[int, int]]:
    """The place phrases of some `letters`; `eagerness` above 0 finds more, and more that are none."""
    if not said:
        return []
    seen = clues(said)
    known = tagger.weights.take(find(tagger.clues, seen.ravel()), axis=0) * tagger.scale
    emissions = np.add.reduceat(known, range(0, seen.size, seen.shape[1]), axis=0)
    emissions[:, O] -= eagerness
    return spans(tag(emissions.tolist(), tagger.moves.tolist()))
