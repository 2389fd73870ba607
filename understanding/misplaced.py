"""A place that was said wrongly, and is put right by who said it: 说错了，是8栋; 不是3栋，是8栋."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from understanding.features import plain
from understanding.lexicon import REPLIES
from understanding.places import address, is_vague, location

_SLIP = re.compile(REPLIES["slip"])
_NOT_THIS = re.compile(REPLIES["not_this"])
_NEVER_MIND = re.compile(REPLIES["never_mind"])
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Slip:
    """The right place, the wrong one where it is named, and whether it is said that something was wrong."""

    place: str
    wrong: str
    said: bool

    def denies(self, place: str) -> bool:
        """Whether the wrong place is this one."""
        mine, its = address(self.wrong), address(place)
        return bool(self.wrong) and (
            self.wrong in place or bool(mine.buildings & its.buildings or mine.gates & its.gates)
        )


def correction(text: str, places: Iterable[str] = ()) -> Slip | None:
    """What the text puts right; None where it puts right no place, or calls the matter off."""
    text = plain(text).strip()
    said, wrong = _SLIP.search(text), _NOT_THIS.search(text)
    if len(text) > _LONGEST or not (said or wrong) or _NEVER_MIND.search(text) or text.endswith("?"):
        return None
    place = location(_SLIP.sub(" ", _NOT_THIS.sub(" ", text)), places)
    named = wrong["place"].strip() if wrong else ""
    return None if not place or is_vague(place) else Slip(place, named, said is not None)
