"""Slips of the ear and of the keyboard put right, where no other word can be meant: 8动, 绿化代, 种彩."""

import re
from functools import cache, lru_cache

from understanding.data import table

_DATA = table("language/slips")


@cache
def _buildings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    shapes = _DATA["buildings"]
    return re.compile(shapes["spoken"]), re.compile(shapes["heard"])


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((right, re.compile(wrong)) for right, wrong in _DATA["words"].items())


@lru_cache(maxsize=512)
def mended(text: str) -> str:
    """The text as it was meant."""
    spoken, heard = _buildings()
    text = spoken.sub(lambda found: f"{found[1] or found[2]}栋", text)
    text = heard.sub(lambda found: str(_DATA["heard_as"][found[1]]), text)
    for right, wrong in _words():
        text = wrong.sub(right, text)
    return text
