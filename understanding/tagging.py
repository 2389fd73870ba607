"""Marks the place phrases in a text, character by character: B begins one, I goes on, O is none."""

import unicodedata
from collections.abc import Sequence

import numpy as np

from understanding.lexicon import PLACE_ENDS, PLACE_SIDES
from understanding.model import Tagger

O, B, I = 0, 1, 2  # noqa: E741  (the names of the tags in the literature)
NEVER = -1e9
_NUMERALS = "一二三四五六七八九十两百零〇"
_PAUSES = " ,，.。!！?？;；、:：~～…"
_SHAPES = {
    char: name
    for name, chars in (("S", PLACE_SIDES), ("E", PLACE_ENDS), ("_", _PAUSES), ("N", _NUMERALS))
    for char in chars
}


def letters(text: str) -> str:
    """The text with each character in one width and case; as long as `text`."""
    return "".join(unicodedata.normalize("NFKC", char)[:1].lower() or char for char in text)


def shape(char: str) -> str:
    """What sort of character this is, as far as places care."""
    if char.isascii() and char.isalnum():
        return "0" if char.isdigit() else "a"
    return _SHAPES.get(char, "h")


def clues(text: str) -> list[list[str]]:
    """For each character, the names of the features the tagger looks at."""
    chars = ["<", "<", *letters(text), ">", ">"]
    shapes = ["<", "<", *(shape(char) for char in chars[2:-2]), ">", ">"]
    found = []
    for at in range(2, len(chars) - 2):
        far, near, here, then, later = chars[at - 2 : at + 3]
        found.append(
            [
                f"0{here}", f"-{near}", f"={far}", f"+{then}", f"*{later}",
                f"a{near}{here}", f"b{here}{then}", f"c{far}{near}", f"d{then}{later}",
                f"e{near}{here}{then}", f"f{here}{then}{later}", f"g{far}{near}{here}",
                "s" + "".join(shapes[at - 1 : at + 2]), "t" + "".join(shapes[at - 2 : at + 3]),
                f"u{near}" + "".join(shapes[at : at + 3]),
            ]
        )  # fmt: skip
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


def mark(tagger: Tagger, text: str, eagerness: float = 0.0) -> list[tuple[int, int]]:
    """The place phrases of `text`; `eagerness` above 0 finds more, and more that are none."""
    if not text:
        return []
    rows: list[int] = []
    starts: list[int] = []
    for names in clues(text):
        starts.append(len(rows))
        rows.append(-1)
        rows += [row for name in names if (row := tagger.index.get(name)) is not None]
    emissions = np.add.reduceat(tagger.weights[rows], starts, axis=0)
    emissions[:, O] -= eagerness
    return spans(tag(emissions.tolist(), tagger.moves.tolist()))
