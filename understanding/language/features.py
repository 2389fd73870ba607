"""Turns words into what the model counts: character n-grams of a text made uniform."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from sys import intern

MAX_CHARS = 160
"""Longer texts are cut: beginning and end carry the matter, and a score must stay under a millisecond."""
MAX_N = 3

_MENTION = re.compile(r"@[^\s@，,。：:]{1,16}\s?")
_BREAK = re.compile(r"[\s,，.。!！;；、~～…—\-_:：\"“”'‘’()（）\[\]【】《》]+")
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text in one width, case and spacing, as all matching of words expects it."""
    return unicodedata.normalize("NFKC", text).lower()


def uniform(text: str) -> str:
    """`plain` text with pauses, digits and mentions made one each, cut to `MAX_CHARS`."""
    text = _MENTION.sub(" ", plain(text))
    text = _BREAK.sub(" ", _DIGITS.sub(_digits, text)).strip()
    if len(text) > MAX_CHARS:
        text = text[: MAX_CHARS * 3 // 4] + " " + text[-MAX_CHARS // 4 :]
    return f"^{text}$"


def _digits(match: re.Match[str]) -> str:
    return "0" * min(len(match.group()), 3)


@lru_cache(maxsize=64)
def grams(text: str) -> tuple[str, ...]:
    """All character n-grams, 1 to 3, of `uniform(text)`."""
    text = uniform(text)
    return tuple(
        text[start : start + size] for size in range(1, MAX_N + 1) for start in range(len(text) - size + 1)
    )


@lru_cache(maxsize=512)
def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters, pauses left out: what two texts are compared by."""
    text = _BREAK.sub(" ", _MENTION.sub(" ", plain(text)))
    return frozenset(intern(pair) for a, b in pairwise(text) if " " not in (pair := a + b))
