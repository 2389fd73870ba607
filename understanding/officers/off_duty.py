"""What officers say of their own lives, the weather and the tone of a talk: 快递到了, 好了，下班了."""

import re
from collections.abc import Iterable
from functools import cache

from understanding.language.lexicon import OFF_DUTY
from understanding.officers.denials import parts

_KINDS = ("happens", "got", "busy", "weather", "calms", "greets", "mistaken")


def off_duty(text: str, about: Iterable[str] = ()) -> bool:
    """Whether it is about nothing else; a thing that stands in what tickets are `about` may be theirs."""
    meant = [part for part in parts(text) if not _pattern("interjection").fullmatch(part)]
    apart = [part for part in meant if not _pattern("heard").fullmatch(part)]
    if apart and all(_pattern("event").fullmatch(part) for part in apart):
        return True
    if not meant or not all(any(_pattern(kind).fullmatch(part) for kind in _KINDS) for part in meant):
        return False
    things = {thing for part in meant for thing in _pattern("thing").findall(part)}
    return not any(thing in words for words in about for thing in things)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(OFF_DUTY[name].format_map(OFF_DUTY))
