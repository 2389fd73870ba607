"""What residents answer when they are asked where their officers should look."""

import re
from functools import cache

from understanding.data import table

SHORTEST, LONGEST = 4, 60
"""A wish has so many characters at least; what is longer is a notice or a story."""


def wishes(text: str) -> bool:
    """Whether a line can be such an answer, said to everybody a while after the question."""
    return _tells(text) and bool(_pattern("wish").search(text))


def answers(text: str) -> bool:
    """Whether a line can be such an answer where it is said to the bot: it asks for nothing else."""
    return wishes(text) or (_tells(text) and not _pattern("asks").search(text))


def _tells(text: str) -> bool:
    words = text.strip()
    return SHORTEST <= len(words) <= LONGEST and not _pattern("none").search(words)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    data = table("week/wishes")
    return re.compile("|".join(data[kind]))
