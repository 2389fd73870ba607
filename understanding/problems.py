"""The problems a text reports, each at its place."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from understanding.clauses import segments
from understanding.context import Scene
from understanding.hazards import urgent
from understanding.lexicon import FAR_AWAY, HERE_AND_NOW, LONG_AGO
from understanding.matching import kinds
from understanding.model import models
from understanding.places import location
from understanding.reading import Problem
from understanding.view import plainly

SEVERAL = 0.8
"""How sure each of two problems of one message must be."""
LONG = 36
_PAST = re.compile(LONG_AGO)
_ELSEWHERE = re.compile(FAR_AWAY)
_PRESENT = re.compile(HERE_AND_NOW)


def problems(scene: Scene, topics: dict[str, float], sure: float) -> list[Problem]:
    """The problems of a message that surely enough reports any: at least one."""
    text = scene.message.text
    if len(text) >= LONG and not distant(text):
        parts = _several(scene, segments(text))
        if len(parts) > 1:
            return parts
    return [_problem(scene, text, topics, sure)]


def distant(text: str) -> bool:
    """Whether it tells of long ago or of elsewhere, and nothing of here and now."""
    return bool(story(text)) and not _PRESENT.search(text)


@lru_cache(maxsize=256)
def story(text: str) -> Mapping[str, float]:
    """What in it puts a matter long ago or somewhere else, whatever it says of here and now, as features."""
    found = (("past", _PAST), ("elsewhere", _ELSEWHERE))
    return MappingProxyType({name: 1.0 for name, pattern in found if pattern.search(text)})


def _several(scene: Scene, parts: list[str]) -> list[Problem]:
    """The problems that the parts of a long message report by themselves, each kind once."""
    found: dict[str, Problem] = {}
    for part in parts:
        topics = models().topic.probabilities(part)
        if (sure := plainly(topics)) >= SEVERAL:
            problem = _problem(scene, part, topics, sure)
            if problem.category not in found:
                found[problem.category] = problem
    return list(found.values())


def _problem(scene: Scene, text: str, topics: dict[str, float], sure: float) -> Problem:
    odds = {kind: p * (0.02 + topics.get(kind, 0.0)) for kind, p in kinds(text).items()}
    category = max(odds, key=odds.__getitem__)
    return Problem(category, location(text, scene.around.places), urgent(text), sure)
