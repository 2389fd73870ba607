"""Complaints about an officer: they go to no officer, but to whoever oversees them."""

import re
from functools import cache

from understanding.data import table
from understanding.language.alarms import literal, real
from understanding.scene.problems import distant


@cache
def _pattern() -> re.Pattern[str]:
    data = table("residents/conduct")
    near = rf"(?:(?!{data['others']})[^。!?\n]){{0,20}}?"
    who, bad, says = data["officer"], data["bad"], data["complains"]
    return re.compile(rf"(?:{who}){near}(?:{bad})|(?:{says}){near}(?:{who}){near}(?:{bad})")


def of_an_officer(text: str) -> bool:
    """Whether it complains of how an officer behaved: 城管骂人, 举报那个城管收烟."""
    said = literal(text)
    return bool(_pattern().search(said)) and real(said) and not distant(text)
