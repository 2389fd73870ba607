"""The words by which officers tell of their own work, read once from `work.json`: patterns only, no rule."""

import re
import unicodedata
from functools import cache

from understanding.data import table

_DATA = table("week/work")


@cache
def pattern(part: str, name: str) -> re.Pattern[str]:
    """The pattern called `name` of one `part` of the file (said, patrol, visit, leave)."""
    found = _DATA[part][name]
    return re.compile("|".join(found) if isinstance(found, list) else found)


@cache
def things() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    """Lines of a category, whether these words are its name, and the words; earlier lines go first."""
    return tuple(
        (row["category"], row.get("name", False), re.compile(row["words"]))
        for row in _DATA["patrol"]["things"]
    )


def plain(text: str) -> str:
    """The text in one width: digits and pauses in one form, letters as they are."""
    return unicodedata.normalize("NFKC", text).strip()


def asks(text: str) -> bool:
    """Whether it is a question, or an order to others."""
    return bool(pattern("said", "asks").search(text))
