"""Messages that say where, or that, and nothing else: nothing can be made of them by themselves.

A bare place (3栋楼下), which begins a story or answers a question for it; a bare sigh (又来了); 在哪里.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from understanding.language.features import plain
from understanding.language.lexicon import REPLIES
from understanding.language.places import phrases

_PLACE = re.compile(REPLIES["place"])
_SIGH = re.compile(REPLIES["sigh"])
_WHERE = re.compile(REPLIES["where"])
_WHERE_THEN = re.compile(REPLIES["where_then"])
_NOISE = re.compile(r"@\S+|[\W_]+")
_HERE = re.compile(REPLIES["here"])
_FILLERS = re.compile(REPLIES["fillers"])
_LONGEST = 24


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    return _NOISE.sub("", plain(text))


def bare_place(text: str, places: Iterable[str] = ()) -> bool:
    """Whether it names a place and nothing else; `places` are the community's own names."""
    bare = _bare(text)
    for name in filter(None, map(_bare, places)):
        bare = bare.replace(name, "小区")
    return 0 < len(bare) <= _LONGEST and bool(_PLACE.fullmatch(bare))


def says_where(text: str) -> bool:
    """Whether it begins as an answer to where something is: 就在…, 位置…."""
    return bool(_HERE.match(_bare(text)))


def only_place(text: str, places: Iterable[str] = ()) -> bool:
    """Whether it says where and no more, also of a place that only the tagger knows (就在李记烧烤那里)."""
    if bare_place(text, places):
        return True
    if not says_where(text):
        return False
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
