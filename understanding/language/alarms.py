"""Dangers that words leave no doubt of: found by rule, quiet for stories, jokes, questions and what is over.

The words stand in `alarms.json`; no probability decides whether somebody in danger is told what to do.
"""

import re
from functools import cache, lru_cache

from understanding.data import table
from understanding.language.features import plain

_DATA = table("language/alarms")
_QUOTED = re.compile('“[^”]*”|"[^"]*"|「[^」]*」|『[^』]*』|《[^》]*》')
_NAME = re.compile(r"<(\w+)>")
_PAUSES = ",。!?;\n"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_DATA[name])


@cache
def _alarms() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(map(_spelt, lines))) for name, lines in _DATA["alarms"].items()}


def _spelt(pattern: str) -> str:
    """The pattern with the words that it only names."""
    words: dict[str, str] = _DATA["words"]
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda name: words[name[1]], pattern)
    return pattern.replace("~", f"[^{_PAUSES}]{{0,8}}")


@cache
def _figures() -> re.Pattern[str]:
    return re.compile("|".join(_DATA["figures"]))


@lru_cache(maxsize=512)
def literal(text: str) -> str:
    """The text in the form of `features.plain` without quotations and figures of speech (鼻子都要掉了)."""
    text = _figures().sub("", plain(_QUOTED.sub("", text)))
    return _pattern("loud_figures").sub("", text) if _pattern("noise").search(text) else text


@lru_cache(maxsize=512)
def alarm(text: str) -> str | None:
    """The danger that the words tell of as happening here and now: gas, fire, electric, collapse, injury."""
    text = literal(text)
    found = next((name for name, pattern in _alarms().items() if told(text, name, pattern)), None)
    return found if found and real(text) else None


def real(text: str) -> bool:
    """Whether a danger in these words would be one: no news, no joke, no question what gas smells like."""
    return not (_pattern("unreal").search(text) or asks(text))


def asks(text: str) -> bool:
    """Whether it asks about a danger in general: 煤气味一般是什么味道."""
    return bool(_pattern("asks").search(plain(text)))


def told(text: str, name: str, pattern: re.Pattern[str]) -> bool:
    """Whether the danger that the pattern finds is said to be there: not 万一着火, 没着火, 灭了."""
    if _over(name).search(text):
        return False
    return any(not _away(text, found) for found in pattern.finditer(text))


def _away(text: str, found: re.Match[str]) -> bool:
    """Whether the words around what was found put it off."""
    start = max(text.rfind(pause, 0, found.start()) for pause in _PAUSES) + 1
    before = text[start : found.start()]
    put_off = _pattern("before").search(before) or _pattern("never").search(before)
    return bool(put_off or _pattern("after").match(text, found.end()))


@cache
def _over(name: str) -> re.Pattern[str]:
    return re.compile(f"(?<![没未])(?<!没有)(?:{_DATA['over'][name]})")


def also(text: str) -> bool:
    """Whether it says that it is so there, too, and no more: 4栋也有, 我们楼道也闻到."""
    return bool(_pattern("also").fullmatch(re.sub(r"\s+", "", plain(text)).rstrip("!。,?~")))


def bodies() -> dict[str, str]:
    """For some dangers, whose business they are."""
    found: dict[str, str] = _DATA["bodies"]
    return found


def once_urgent(category: str) -> str | None:
    """What people must get away from where a matter of this category is urgent and says no more."""
    found: dict[str, str] = _DATA["once_urgent"]
    return found.get(category)


def fits(name: str, category: str, text: str) -> bool:
    """Whether a danger of this kind can be told of in a complaint of this category, by its words."""
    known: dict[str, str] | None = _DATA["fits"].get(name)
    return known is None or (category in known and bool(re.search(known[category], plain(text))))
