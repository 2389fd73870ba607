"""Messages that are a formula: the few words with which the bot has asked to be answered."""

import re
from functools import cache
from itertools import takewhile

from domain.action import Action
from understanding.language.features import plain
from understanding.language.lexicon import CHECKS, FORMULAS, REPLIES, REQUESTS

OFFICERS = (Action.ACCEPT, Action.PROGRESS, Action.RESOLVE, Action.TRANSFER)
OVER = (Action.RESOLVE, Action.TRANSFER)
"""What is not begun with: after 收到 and 到了 comes what was done, after 已处理 only how."""
RESIDENTS = (Action.CONFIRM, Action.DISPUTE)
ADDRESS = r"@\S+|\d{8}-\d{3,}"
"""Pattern of whom words are said to, and of a ticket's number in full."""
_ADDRESS = re.compile(ADDRESS)
_NOISE = re.compile(r"[\W_]+")
_NOISE_BUT_PLUS = re.compile(r"[^\w+]+|_")
_ASKS = re.compile(r"(?:\?|[吗么嘛]|没有?)[\W_]*$")
_SHORT = re.compile(r"^\d{3}号?单?")
_PAUSE = re.compile(r"[，,。.！!；;、\s]+")
_STRIKES = re.compile(REQUESTS["strike_off"])


@cache
def _pattern(action: Action) -> re.Pattern[str]:
    return re.compile(FORMULAS[action])


@cache
def _reply(name: str) -> re.Pattern[str]:
    return re.compile(REPLIES[name])


@cache
def _checks(name: str) -> re.Pattern[str]:
    return re.compile(CHECKS[name])


def _bare(text: str, noise: re.Pattern[str] = _NOISE) -> str:
    """The words without whom they are said to, a number and punctuation."""
    return noise.sub("", plain(_ADDRESS.sub("", text)))


def formula(text: str, actions: tuple[Action, ...]) -> Action | None:
    """The action that the whole message names, without whom it is said to, a number and punctuation."""
    bare = _bare(text)
    return next((action for action in actions if _pattern(action).fullmatch(bare)), None)


def over(text: str) -> Action | None:
    """What the first words, pause by pause, say is over: 已处理，去看过了; 收到，已处理."""
    named = (formula(part, OFFICERS) for part in _PAUSE.split(_ADDRESS.sub("", text).strip()))
    return next((action for action in reversed([*takewhile(bool, named)]) if action in OVER), None)


def not_over(text: str) -> bool:
    """Whether it says that it is not over, or not done: 还没完, 还差一点, 又摆出来了, 没处理好."""
    bare = _bare(text)
    return bool(_reply("unsolved").search(bare) or _reply("unfinished").search(bare))


def strikes_off(text: str) -> bool:
    """Whether the whole message only strikes a ticket off (销号), which is no officer's to do."""
    return bool(_STRIKES.fullmatch(_bare(text)))


def answered(text: str) -> Action | None:
    """What a resident answers to the question whether it is solved: 好了呀, 没好，还是满的."""
    if _ASKS.search(plain(text)):
        return None
    return Action.DISPUTE if _reply("still_not").match(_bare(text)) else formula(text, RESIDENTS)


def unsolved(text: str) -> bool:
    """Whether it says that something is not solved, and nowhere that something is."""
    bare = _bare(text)
    return bool(_reply("unsolved").search(bare)) and not _reply("solved").search(
        _reply("unsolved").sub("", bare)
    )


def solves(text: str) -> bool:
    """Whether it speaks of something being solved, or not."""
    return bool(_reply("solved").search(_bare(text)) or _reply("unsolved").search(_bare(text)))


def checked(text: str) -> bool | None:
    """Whether who has checked it (核查通过, 核查没通过，还有味道) found it well; None where nobody has."""
    bare = _bare(text)
    found = _checks("checks").match(_SHORT.sub("", bare))
    if found is None or _ASKS.search(plain(text)):
        return None
    if _checks("failed").search(bare) or unsolved(text) or _reply("unfinished").search(bare):
        return False
    return True if _checks("passed").search(bare) or _reply("solved").search(bare) else None


def thanked(text: str) -> bool:
    """Whether it only thanks, takes note, or promises to have a look: nobody has looked yet."""
    return answered(text) is None and bool(_reply("thanked").fullmatch(_bare(text)))


def seconds(text: str) -> bool:
    """Whether it says the same for oneself and nothing else: 我家也是, +1, 同感."""
    return bool(_reply("seconds").fullmatch(_bare(text, _NOISE_BUT_PLUS)))
