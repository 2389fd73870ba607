"""How likely an officer's words are to say each action, as learned, and as they name or deny it."""

import math
import re
from dataclasses import replace

from domain.action import Action
from understanding.language.features import plain
from understanding.language.formulas import OFFICERS, formula, not_over, over
from understanding.language.lexicon import SAYS_SO
from understanding.language.model import models
from understanding.officers.denials import Done, denied, says
from understanding.scene.context import Scene, manner

GATE = -0.2
"""Log-odds by the words plus the fit of the best ticket, below which an officer's message is chatter."""
OUTRIGHT = 3.0
"""How much likelier an action is that the words name outright."""
LEAST = 1e-3
NEVER = 1e-12
"""How likely what the words deny is."""


def odds_of(scene: Scene, text: str | None = None) -> dict[str, float]:
    """How likely each action is by the words, and chatter."""
    message = scene.message if text is None else replace(scene.message, text=text)
    odds = models().officer.probabilities(message.text, manner(message))
    outright = {label for label, pattern in SAYS_SO.items() if re.search(pattern, plain(message.text))}
    whole, first = formula(message.text, OFFICERS), over(message.text)
    if first and not whole and (not_over(message.text) or Action.REJECT in outright):
        odds |= {first: LEAST, Action.RESOLVE: LEAST}  # 已处理，但还没完
    elif named := whole or first:
        odds = dict.fromkeys(odds, LEAST) | {named: 1.0}
    if Action.TRANSFER in outright and Action.REJECT in outright:  # not ours, and somebody else has taken it
        outright.remove(Action.REJECT)
        odds[Action.REJECT] /= OUTRIGHT
    for label in outright:
        odds[label] *= OUTRIGHT
    odds = _as_denied(message.text, odds, outright)
    total = sum(odds.values())
    return {label: p / total for label, p in odds.items()}


def _as_denied(text: str, odds: dict[str, float], outright: set[str]) -> dict[str, float]:
    """The same without what the words deny, put off or only imagine."""
    said, never = says(text), denied(text)
    if said.how_far is Done.NOTHING and not said.rest:
        return dict.fromkeys(odds, NEVER) | {"chatter": 1.0}
    if said.at_last:
        return dict.fromkeys(odds, LEAST) | {Action.RESOLVE: 1.0}
    if said.how_far is Done.BEGUN and not outright - {str(Action.RESOLVE), str(Action.PROGRESS)}:
        return dict.fromkeys(odds, LEAST) | {Action.PROGRESS: 1.0, Action.RESOLVE: NEVER}
    if said.how_far and said.how_far is not Done.YES:
        never |= {Action.RESOLVE}
    for label in never:
        odds[Action.PROGRESS] += odds[label]
        odds[label] = NEVER
    return odds


def talks_business(odds: dict[str, float], closeness: float = 0.0) -> bool:
    """Whether the words are about a ticket at all; a ticket that fits helps."""
    nothing = min(max(odds["chatter"], LEAST), 1 - LEAST)
    return math.log((1 - nothing) / nothing) + closeness > GATE
