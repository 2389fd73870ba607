"""What only begins to tell something: a bare place, a bare sigh. Nothing can be made of it by itself."""

import re
from collections.abc import Iterable
from functools import lru_cache

from understanding.features import plain
from understanding.lexicon import REPLIES
from understanding.places import phrases

_PLACE = re.compile(REPLIES["place"])
_SIGH = re.compile(REPLIES["sigh"])
_WHERE = re.compile(REPLIES["where"])
_WHERE_THEN = re.compile(REPLIES["where_then"])
_NOISE = re.compile(r"@\S+|[\W_]+")
_ANSWERS = re.compile("(?:就|都|还)*是?在|位置|地址")
_FILLERS = re.compile(REPLIES["fillers"])
_LONGEST = 24


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    return _NOISE.sub("", plain(text))


def bare_place(text: str, places: Iterable[str] = ()) -> bool:
    """Whether it names a place and nothing else; `places` are the community's own names."""
    bare = _bare(text)
    for place in places:
        bare = bare.replace(_bare(place), "小区") if place else bare
    return 0 < len(bare) <= _LONGEST and bool(_PLACE.fullmatch(bare))


def says_where(text: str) -> bool:
    """Whether it begins as an answer to where something is: 就在…, 位置…."""
    return bool(_ANSWERS.match(_bare(text)))


def only_place(text: str, places: Iterable[str] = ()) -> bool:
    """Whether it says where and no more, also of a place that only the tagger knows (就在李记烧烤那里)."""
    if bare_place(text, places) or not says_where(text):
        return bare_place(text, places)
    for phrase in phrases(text, places):
        text = text.replace(phrase, "")
    return bool(_FILLERS.fullmatch(_bare(text)))


def bare_sigh(text: str) -> bool:
    """Whether it complains and says of nothing: 又来了, 烦死了."""
    bare = _bare(text)
    return 0 < len(bare) <= _LONGEST and bool(_SIGH.fullmatch(bare))


def begins(text: str, places: Iterable[str] = ()) -> bool:
    """Whether nobody can tell from it what is the matter: a bare place or a bare sigh."""
    return bare_sigh(text) or bare_place(text, places)


def asks_where(text: str, *, of_it: bool = False) -> bool:
    """Whether it asks where something is; `of_it`: in no more words than that, so of what was said last."""
    bare = _bare(text)
    return bool(_WHERE_THEN.fullmatch(bare) if of_it else _WHERE.search(bare))
