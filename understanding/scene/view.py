"""What the models say of a resident's text, before anybody has looked for its ticket."""

import math
from dataclasses import dataclass

from understanding.language.model import models
from understanding.scene.context import Scene, describe

CHATTER = "chatter"
"""The label of what is nobody's business."""
REFERRING = "referral:"
"""How the labels of other bodies' business begin."""
ACTIONS = ("support", "supplement", "urge", "confirm", "dispute", "withdraw")
"""The labels of what residents do to tickets."""


@dataclass(frozen=True, slots=True)
class View:
    """`topics` by the words alone, `intents` by the words and what came before.

    `plain` and `other`: how likely the words alone report a problem of ours, or another body's business.
    """

    topics: dict[str, float]
    intents: dict[str, float]
    plain: float
    other: float

    @property
    def report(self) -> float:
        """How likely it reports a problem: both its words alone and its place in the talk must say so."""
        return math.sqrt(max(0.0, self.plain) * self.intents["report"])

    @property
    def chatter(self) -> float:
        """How likely it is nobody's business."""
        return self.intents[CHATTER]

    @property
    def referral(self) -> float:
        """How likely it is some other body's business: by its words alone, and where it is said."""
        return math.sqrt(max(0.0, self.other) * self.intents["referral"])

    @property
    def ours(self) -> float:
        """How likely it reports something or is about a ticket."""
        return 1 - self.chatter - self.intents["referral"]

    @property
    def body(self) -> str:
        """The likeliest body, taken that it is not ours."""
        bodies = (label for label in self.topics if label.startswith(REFERRING))
        return max(bodies, key=self.topics.__getitem__).removeprefix(REFERRING)

    @property
    def acts(self) -> float:
        """How likely it does anything to a ticket."""
        return sum(self.intents[label] for label in ACTIONS)


def view(scene: Scene) -> View:
    """Ask the models."""
    text = scene.message.text
    topics = topics_of(text)
    other = elsewhere(topics)
    ours = 1 - topics[CHATTER] - other
    intents = models().resident.probabilities(text, describe(scene) | _about(ours, other))
    return View(topics, intents, ours, other)


def topics_of(text: str) -> dict[str, float]:
    """What the words are about; where there is no word, only signs, about nothing."""
    topics = models().topic.probabilities(text)
    if any(map(str.isalnum, text)):
        return topics
    return dict.fromkeys(topics, 0.0) | {CHATTER: 1.0}


def plainly(topics: dict[str, float]) -> float:
    """How likely the words alone report a problem of ours."""
    return 1 - topics[CHATTER] - elsewhere(topics)


def elsewhere(topics: dict[str, float]) -> float:
    """How likely the words alone tell of another body's business."""
    return sum([p for label, p in topics.items() if label.startswith(REFERRING)])


def about(topics: dict[str, float]) -> dict[str, float]:
    """The topic model's view of a text, as facts for the model of intents."""
    return _about(plainly(topics), elsewhere(topics))


def _about(ours: float, other: float) -> dict[str, float]:
    return {"report": _bounded(ours), "referral": _bounded(other)}


def _bounded(p: float) -> float:
    p = max(0.0, p)
    return max(-2.0, min(2.0, math.log((p + 0.02) / (1.02 - p)) / 2))


def log_odds(p: float) -> float:
    """The odds of p as a logarithm, kept within what a model can know."""
    p = min(max(p, 0.003), 0.997)
    return math.log(p / (1 - p))
