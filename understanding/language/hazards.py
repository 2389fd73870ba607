"""Danger to life: which messages are urgent, and which hazard people must get away from now."""

import re
from functools import cache

from understanding.language.alarms import alarm, literal, real, told
from understanding.language.features import plain
from understanding.language.lexicon import HAZARDS, NO_HAZARD, PERILS
from understanding.language.model import models

URGENT_FROM = 0.55
URGENT_WITH_HAZARD = 0.3
SIGN = 0.3
"""How much one sign of danger counts beside the n-grams of a text, whose length is 1."""
HARMS = {"opening": "collapse", "hanging": "collapse", "edge": "collapse", "structure": "collapse",
         "wire": "electric"}  # fmt: skip
"""What lives hang on, and the hazard that it is once it is urgent."""


def urgent(text: str) -> bool:
    """Whether life is in danger now or soon; anger alone is none (`evaluation/FORMAT.md`, Urgent)."""
    if alarm(text):
        return True
    said = literal(text)
    p = models().urgent.probabilities(said, signs(said))["urgent"]
    return p >= URGENT_FROM or (p >= URGENT_WITH_HAZARD and hazard(text) is not None)


def hazard(text: str) -> str | None:
    """The hazard that people must get away from: gas, fire, collapse, electric, injury, or None."""
    if sure := alarm(text):
        return sure
    text = literal(text)
    if not real(text) or re.search(NO_HAZARD, text):
        return None
    return next((name for name in HAZARDS if told(text, name, _patterns()[name])), None)


def peril(text: str) -> str | None:
    """The hazard of an urgent matter: its own, or what lives hang on in it."""
    found = signs(literal(text))
    return hazard(text) or next((HARMS[name] for name in found if name in HARMS), None)


def signs(text: str) -> dict[str, float]:
    """The signs of danger in the text, as features."""
    text = plain(text)
    return {name: SIGN for name, pattern in _patterns().items() if pattern.search(text)}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in (HAZARDS | PERILS).items()}
