"""What a supervisor hears whose question asks for a figure and gets none: why, and two questions that do."""

from handlers.texts.figures import EXAMPLES
from understanding.questions import Doubt, Why

_MOST = 12
"""So much of a word that was not known is said back."""


def said(doubt: Doubt) -> str:
    """Why there is no figure, with two examples of what can be asked."""
    return f"{_why(doubt)}{EXAMPLES}"


def _why(doubt: Doubt) -> str:
    word = doubt.word[:_MOST]
    match doubt.why:
        case Why.SEVERAL:
            return "没听出是哪一个（对得上好几个）。"
        case Why.UNKNOWN:
            return f"名册里没有“{word}”，没法查。"
        case Why.NOT_KEPT:
            return f"系统里没有“{word}”这样的数。"
        case Why.NO_DAYS:
            return f"不知道“{word}”是哪几天，请说日期。" if word else "没听出是哪几天，请说日期。"
        case Why.WHAT:
            return "没听出要查哪样数。"
        case Why.TWO:
            return "一次只能查一样，请分开问。"
