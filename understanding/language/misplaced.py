"""A place that was said wrongly, and is put right by who said it: 说错了，是8栋; 不是3栋，是8栋."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from understanding.language.beginnings import bare_place
from understanding.language.features import plain
from understanding.language.lexicon import REPLIES
from understanding.language.places import Address, address, location

_SLIP = re.compile(REPLIES["slip"])
_PERHAPS = re.compile(REPLIES["perhaps_slip"])
_NOT_THIS = re.compile(REPLIES["not_this"])
_NEVER_MIND = re.compile(REPLIES["never_mind"])
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Slip:
    """The right place, the wrong one or "", and whether the words say that something was wrong."""

    place: str
    wrong: str
    said: bool

    def denies(self, place: str) -> bool:
        """Whether the wrong place is this one."""
        wrong, its = address(self.wrong), address(place)
        same = self.wrong in place or wrong.buildings & its.buildings or wrong.gates & its.gates
        return bool(self.wrong and same)


def correction(text: str, places: Iterable[str] = ()) -> Slip | None:
    """What the text puts right; None where it names no place that can be found, or calls the matter off."""
    text = plain(text).strip()
    if len(text) > _LONGEST or _NEVER_MIND.search(text) or text.endswith(("?", "吗", "么")):
        return None
    denied = _NOT_THIS.search(text)
    wrong = denied["place"].strip() if denied and bare_place(denied["place"], places) else ""
    rest = _NOT_THIS.sub(" ", _SLIP.sub(" ", text))
    right = _PERHAPS.sub(" ", rest)
    said = bool(_SLIP.search(text)) or (bool(_PERHAPS.search(text)) and bare_place(right, places))
    place = location(right, places) if said or wrong else ""
    findable = bool(place) and (bare_place(place, places) or address(place) != Address())
    return Slip(place, wrong, said) if findable else None
