"""The problems a text reports, each at its place."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from understanding.language.faults import surely
from understanding.language.hazards import urgent
from understanding.language.lexicon import FAR_AWAY, HERE_AND_NOW, LONG_AGO
from understanding.language.places import location
from understanding.reading import Problem
from understanding.scene.context import Scene
from understanding.scene.matching import kinds
from understanding.scene.matters import Matter, matters
from understanding.scene.view import plainly, topics_of

_PAST = re.compile(LONG_AGO)
_ELSEWHERE = re.compile(FAR_AWAY)
_PRESENT = re.compile(HERE_AND_NOW)


def problems(scene: Scene, topics: dict[str, float], sure: float) -> list[Problem]:
    """The problems of a message that surely enough reports any: at least one."""
    text = scene.message.text
    if len(parts := several(scene)) > 1:
        return [part_problem(part, sure) for part in parts]
    return [_problem(text, location(text, scene.around.places), topics, sure)]


def several(scene: Scene) -> tuple[Matter, ...]:
    """The matters of a message of here and now that tells of more than one; else none."""
    text = scene.message.text
    if distant(text):
        return ()
    found = matters(text, tuple(scene.around.places))
    return found if len(found) > 1 else ()


def distant(text: str) -> bool:
    """Whether it tells of long ago or of elsewhere, and nothing of here and now."""
    return bool(story(text)) and not _PRESENT.search(text)


@lru_cache(maxsize=256)
def story(text: str) -> Mapping[str, float]:
    """What in it puts a matter long ago or somewhere else, whatever it says of here and now, as features."""
    found = (("past", _PAST), ("elsewhere", _ELSEWHERE))
    return MappingProxyType({name: 1.0 for name, pattern in found if pattern.search(text)})


def part_problem(part: Matter, sure: float) -> Problem:
    """The problem of one matter among several; `sure` is how likely the message opens any."""
    topics = topics_of(part.text)
    found = _problem(part.text, part.place, topics, max(sure, plainly(topics)))
    return Problem(part.like or found.category, found.location, found.urgent, found.confidence)


def _problem(text: str, place: str, topics: dict[str, float], sure: float) -> Problem:
    odds = {kind: p * (0.02 + topics.get(kind, 0.0)) for kind, p in kinds(text).items()}
    category = surely(text) or max(odds, key=odds.__getitem__)
    return Problem(category, place, urgent(text), sure)
