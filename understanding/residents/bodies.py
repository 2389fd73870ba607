"""Matters that are another body's business by their words alone: gambling, a household's cooking."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from domain.people import STAFF
from understanding.data import table
from understanding.language.alarms import alarm, literal
from understanding.language.places import location
from understanding.reading import Intent, Reading
from understanding.residents.doing import SURE
from understanding.scene.context import Scene
from understanding.scene.problems import distant
from understanding.scene.view import View

_DATA = table("residents/bodies")
REFERS = 0.58
"""How surely the scorers must name the body that the words leave open beside ours."""


@dataclass(frozen=True, slots=True)
class Business:
    """A matter, whose it is, and by which words it is known.

    `beside` are words by which it is ours as well, `keeps` a body that may have it all the same.
    """

    body: str
    says: re.Pattern[str]
    unless: re.Pattern[str]
    beside: re.Pattern[str] | None = None
    keeps: str = ""


@cache
def _all() -> tuple[Business, ...]:
    return tuple(
        Business(
            row["body"],
            re.compile(row["says"]),
            re.compile(row["unless"]),
            re.compile(row["beside"]) if "beside" in row else None,
            row.get("keeps", ""),
        )
        for row in _DATA["bodies"]
    )


@cache
def _unreal() -> re.Pattern[str]:
    return re.compile(_DATA["unreal"])


@lru_cache(maxsize=64)
def business(text: str) -> Business | None:
    """Whose business the words tell of, as a matter of here and now."""
    said = literal(text)
    if _unreal().search(said) or distant(text) or alarm(text):
        return None
    return next((one for one in _all() if one.says.search(said) and not one.unless.search(said)), None)


def another_body(scene: Scene, seen: View) -> Reading | None:
    """A matter that is surely not ours, whatever the scorers take it for."""
    text, message = scene.message.text, scene.message
    found = None if message.role in STAFF or message.quotes else business(text)
    if found is None or (found.beside and found.beside.search(text)):
        return None
    body = seen.body if seen.body == found.keeps and seen.referral >= REFERS else found.body
    return _theirs(scene, body)


def also_theirs(scene: Scene, reading: Reading) -> Reading:
    """What may be ours and is another body's business, too: a noisy room where people gamble."""
    done = reading.referral or reading.acts or reading.continues
    found = None if done or scene.message.role in STAFF else business(scene.message.text)
    if found is None or found.beside is None:
        return reading
    return replace(reading, referral=found.body) if reading.problems else _theirs(scene, found.body)


def _theirs(scene: Scene, body: str) -> Reading:
    place = location(scene.message.text, scene.around.places)
    return Reading(Intent.REFERRAL, SURE, f"{body}的事", location=place, referral=body)
