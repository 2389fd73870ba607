"""Which days a week, a weekend or a day of the week means."""

import re
from datetime import date

from understanding.questions.days import DAY, WEEK, Now, Span
from understanding.questions.numbers import number

_WEEKDAYS = {
    name: at for at, names in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for name in names
}


def _monday(now: Now, back: int) -> date:
    return now.today - (now.today.weekday() + WEEK * back) * DAY


def _weeks_back(said: str) -> int:
    return 0 if not said or said[0] in "本这当" else said.count("上") or 1


def weekend(match: re.Match[str], now: Now) -> Span:
    """Saturday and Sunday; the latest that have begun where no week is said."""
    back = _weeks_back(match[1]) if match[1] else int(now.today.weekday() < 5)  # noqa: PLR2004 - Saturday
    saturday = _monday(now, back) + 5 * DAY
    return Span(saturday, saturday + DAY, "days")


def weekday(match: re.Match[str], now: Now) -> Span:
    day = _monday(now, _weeks_back(match["week"])) + _WEEKDAYS[match["a"]] * DAY
    length = (_WEEKDAYS[match["b"] or match["a"]] - _WEEKDAYS[match["a"]]) % WEEK * DAY
    if not match["week"] and day + length > now.today:
        day -= WEEK * DAY
    last = day + length
    return Span(day, last, "days" if match["b"] else "day")


def week(match: re.Match[str], now: Now) -> Span:
    monday = _monday(now, _weeks_back(match[1]))
    return Span(monday, monday + 6 * DAY, "week")


def weeks_before(match: re.Match[str], now: Now) -> Span:
    """上两周: so many whole weeks before this one."""
    monday = now.today - now.today.weekday() * DAY
    return Span(monday - number(match["a"]) * WEEK * DAY, monday - DAY, "days")
