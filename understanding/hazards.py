"""Danger to life: which messages are urgent, and which hazard people must get away from now."""

import re
from functools import cache

from understanding.features import plain
from understanding.lexicon import HAZARDS, NO_HAZARD, PERILS
from understanding.model import models

URGENT_FROM = 0.55
URGENT_WITH_HAZARD = 0.3
SIGN = 0.3
"""How much one sign of danger counts beside the n-grams of a text, whose length is 1."""


def urgent(text: str) -> bool:
    """Whether life is in danger now or soon; anger alone is none (`evaluation/FORMAT.md`, Urgent)."""
    p = models().urgent.probabilities(text, signs(text))["urgent"]
    return p >= URGENT_FROM or (p >= URGENT_WITH_HAZARD and hazard(text) is not None)


def hazard(text: str) -> str | None:
    """The hazard that people must get away from: gas, fire, collapse, electric, injury, or None."""
    text = plain(text)
    if re.search(NO_HAZARD, text):
        return None
    return next((name for name, pattern in HAZARDS.items() if re.search(pattern, text)), None)


def signs(text: str) -> dict[str, float]:
    """The signs of danger in the text, as features."""
    text = plain(text)
    return {name: SIGN for name, pattern in _patterns().items() if pattern.search(text)}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in (HAZARDS | PERILS).items()}
