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


_STRIKES = re.compile(
    "(?:请|麻烦|申请|要求|要|想|可以|能|直接|帮我|帮忙|我|把|将|给|这[件个单]|该|此|工?单|件|已经?|也|就|都|先|撤销|取消)*+"
    r"\d{0,3}号?(?:工?单)?销号(?:处理|一下|了|吧|啦|啊|哈|的|\d{3}|号|单)*"
)


def strikes_off(text: str) -> bool:
    """Whether the whole message only strikes a ticket off (销号), which is no officer's to do."""
    return bool(_STRIKES.fullmatch(_NOISE.sub("", plain(_ADDRESS.sub("", text)))))
