"""What officers and workers say that moves no ticket: whose is it; come to us; they have a permit."""

import re

from understanding.language.features import plain
from understanding.language.lexicon import SAYS_SO, STAFF
from understanding.language.misplaced import correction
from understanding.language.places import address

_WHOSE, _STEP, _CALLS, _KNOWS = (re.compile(STAFF[name]) for name in ("whose", "step", "calls", "knows"))
_REJECTS = re.compile(SAYS_SO["reject"])
_PERHAPS = re.compile(STAFF["perhaps"])


def asks_about(text: str) -> bool:
    """Whether it only asks about the matter: 那个是谁反映的, 面积大不大; not 我问问是哪家的."""
    text = plain(text)
    return bool(_WHOSE.search(text)) and not _STEP.search(text)


def no_step(text: str) -> bool:
    """Whether a worker's words only ask, call the owner to come, or tell what is known of the matter."""
    text = plain(text)
    told = _WHOSE.search(text) or _CALLS.search(text) or _KNOWS.search(text)
    return bool(told) and not _STEP.search(text)


def doubts_place(text: str, places: tuple[str, ...] = ()) -> bool:
    """Whether it only says that the place is another one: 这个是12栋的不是3栋, 是12栋吧，3栋没有烧烤."""
    if _REJECTS.search(text):
        return False
    slip = correction(text, places)
    if slip and slip.wrong:
        return True
    return len(address(text).buildings) > 1 and bool(_PERHAPS.search(plain(text)))
