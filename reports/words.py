"""How wide words are, and where their lines break: for pictures, in which nothing breaks them for us."""

import unicodedata

_NARROW = 0.56
"""The width of a letter or a digit, where a Chinese character is 1: that of our font, on the average."""
_WIDE = frozenset("WFA")
_HANGING = frozenset("，。；：、！？）」』》%,.;:!?)")
"""What begins no line: it rather stands a little beyond the end of one."""


def width(text: str) -> float:
    """How wide a line is, in Chinese characters."""
    return sum(1 if unicodedata.east_asian_width(c) in _WIDE else _NARROW for c in text)


def wrapped(text: str, most: float) -> list[str]:
    """The text in lines of at most `most` Chinese characters, and a hanging mark."""
    lines = [""]
    for c in text:
        full = width(lines[-1] + c) > most
        if full and lines[-1] and c not in _HANGING:
            lines.append("")
        lines[-1] += c
    return [line.strip() for line in lines]
