"""What the models say a message is, before anybody has looked at tickets."""

import math

from understanding.lines import CHATTER, REFERRING


def about(odds: dict[str, float]) -> dict[str, float]:
    """The topic model's view of a text, as facts for the model of intents."""
    chatter = odds.get(CHATTER, 0.0)
    referral = sum(p for label, p in odds.items() if label.startswith(REFERRING))
    report = max(0.0, 1 - chatter - referral)
    return {"report": _logit(report), "referral": _logit(referral)}


def _logit(p: float) -> float:
    return max(-2.0, min(2.0, math.log((p + 0.02) / (1.02 - p)) / 2))
