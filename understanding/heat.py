"""Whether tempers run high: anger at people, the bot or an office, not at a smell or a noise."""

import re
from functools import cache

from understanding.data import table


def heated(text: str) -> bool:
    """Whether somebody swears, insults, threatens or accuses; what others are said to have said is none."""
    told, angry = _patterns()
    return bool(angry.search(told.sub("", text.lower())))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = table("heat")
    return re.compile("|".join(data["told"])), re.compile("|".join(data["heated"]))
