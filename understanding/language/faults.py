"""What is plainly wrong with a thing: 垃圾满了, 路灯坏了, 有人养鸡; and words that say of nothing yet."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from understanding.data import table
from understanding.language.features import plain
from understanding.language.lexicon import REPLIES

_DATA = table("language/faults")
_SIGNS = re.compile(r"@\S+|[\W_]+")
_HALF = 24
_LONGEST = 45
"""What is longer is a story, for the scorers to judge."""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_DATA[name])


@cache
def _faults() -> dict[str, re.Pattern[str]]:
    return {category: re.compile(pattern) for category, pattern in _DATA["faults"].items()}


@lru_cache(maxsize=512)
def named(text: str) -> frozenset[str]:
    """The categories of whose things the text plainly names one, with what is wrong with it."""
    text = plain(text)
    return frozenset(category for category, pattern in _faults().items() if pattern.search(text))


def complains(text: str) -> frozenset[str]:
    """The same where it is a complaint of now: no question, hearsay, praise, plan or advertisement."""
    return frozenset() if len(plain(text).strip()) > _LONGEST or asks(text) else named(text)


def asks(text: str) -> bool:
    """Whether it is a question, hearsay, praise, a plan or an advertisement."""
    said = plain(text).strip()
    return bool(_pattern("unlike").search(said) or _pattern("asks").search(said))


class Ditto(NamedTuple):
    """What words beside a place say that it is there as elsewhere: what else, and whether there is one."""

    rest: str
    there_is: bool


def ditto(words: str) -> Ditto | None:
    """Whether the words beside a place say no more than that it is the same there."""
    found = _pattern("ditto").fullmatch(words)
    return Ditto(found["rest"], bool(_pattern("there_is").search(found["like"]))) if found else None


def travels(category: str) -> bool:
    """Whether matters of the category are heard and smelt at other buildings than their own."""
    return category in _DATA["travels"].split()


def surely(text: str) -> str | None:
    """The category that the words leave no doubt of, whatever the scorers think: 窗户改成门."""
    text = plain(text)
    return next((name for name, pattern in _surely().items() if pattern.search(text)), None)


@cache
def _surely() -> dict[str, re.Pattern[str]]:
    return {category: re.compile(pattern) for category, pattern in _DATA["surely"].items()}


@cache
def _half() -> re.Pattern[str]:
    return re.compile(_DATA["half"].replace("PLACE", REPLIES["place"]))


@cache
def _place() -> re.Pattern[str]:
    return re.compile(REPLIES["place"])


@lru_cache(maxsize=512)
def half(text: str) -> bool:
    """Whether it is the first half of a sentence, of which nobody can tell yet what is wrong."""
    words = _SIGNS.sub("", plain(text))
    return 0 < len(words) <= _HALF and bool(_half().fullmatch(words))


@lru_cache(maxsize=512)
def empty(text: str) -> bool:
    """Whether it says where at most, and of what not a word: 自己看 9栋后面, 有人管吗."""
    words = _SIGNS.sub("", plain(text))
    rest = _pattern("empty").sub("", words)
    return 0 < len(words) <= _HALF and (not rest or bool(_place().fullmatch(rest)))


def cares(text: str) -> bool:
    """Whether words that say of nothing still complain: 没人管, 天天这样."""
    return bool(_pattern("cares").search(plain(text)))
