"""What a text names: the things of each category, and one name for words that mean the same thing."""

import re
from functools import cache

from understanding.language.lexicon import ALIKE, THINGS


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(map(re.escape, words))) for name, words in THINGS.items()}


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    name_of = {word: line[-1] for line in ALIKE for word in line}
    longest_first = sorted(name_of, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), name_of


def mentions(text: str) -> dict[str, int]:
    """How many different things of each category the text names."""
    return {
        name: count for name, pattern in _patterns().items() if (count := len(set(pattern.findall(text))))
    }


def one_name(text: str) -> str:
    """The text with words for the same thing made one."""
    pattern, name_of = _names()
    return pattern.sub(lambda match: name_of[match.group()], text)
