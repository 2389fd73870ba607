"""Messages that are a formula: the few words with which the bot has asked to be answered."""

import re
from functools import cache
from itertools import takewhile

from domain.action import Action
from understanding.features import plain
from understanding.lexicon import FORMULAS

OFFICERS = (Action.ACCEPT, Action.PROGRESS, Action.RESOLVE)
RESIDENTS = (Action.CONFIRM, Action.DISPUTE)
_ADDRESS = re.compile(r"@\S+|\d{8}-\d{3,}")
_NOISE = re.compile(r"[\W_]+")


_PAUSE = re.compile(r"[，,。.！!；;、\s]+")


@cache
def _pattern(action: Action) -> re.Pattern[str]:
    return re.compile(FORMULAS[action])


def formula(text: str, actions: tuple[Action, ...]) -> Action | None:
    """The action that the whole message names, without whom it is said to, a number and punctuation."""
    bare = _NOISE.sub("", plain(_ADDRESS.sub("", text)))
    return next((action for action in actions if _pattern(action).fullmatch(bare)), None)


def leading(text: str, actions: tuple[Action, ...]) -> Action | None:
    """The action that the first words name, pause by pause: of 收到，已处理 the last one."""
    named = (formula(part, actions) for part in _PAUSE.split(_ADDRESS.sub("", text).strip()))
    return next(reversed([*takewhile(bool, named)]), None)
