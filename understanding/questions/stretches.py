"""Days that take some knowing: the period before the one asked about, seasons, the school year."""

import re
from datetime import date

from understanding.questions.days import (
    DAY,
    WEEK,
    NoSuchDays,
    Now,
    Span,
    months,
    months_back,
    placed,
)
from understanding.questions.numbers import number

_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11)}
_WINTER = 12
_TERM = 9
"""The school year begins with September; when its second half does is told anew each year."""


def next_to(match: re.Match[str], now: Now) -> Span | None:
    """再前一周, 后一个月: beside what was asked about before; nothing where nothing was."""
    if now.spoken_of is None:
        return None
    unit, day, step = match["unit"], now.spoken_of, 1 if "后" in (match["way"], match["next"]) else -1
    if unit in "天日":
        return Span(day + step * DAY, day + step * DAY, "day")
    if unit == "月":
        return months_back(day, -step)
    if unit == "季度":
        year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + step, 4)
        return months(year, 3 * quarter + 1, 3 * quarter + 3, "quarter")
    if unit == "年":
        return months(day.year + step, 1, 12, "year")
    monday = day - day.weekday() * DAY + step * WEEK * DAY
    return Span(monday, monday + 6 * DAY, "week")


def as_many_before(match: re.Match[str], now: Now) -> Span | None:
    """再往前14天, 前一个14天: so many before the days that were asked about before, if any were."""
    if now.spoken_of is None:
        return None
    first, count = now.spoken_of, number(match["a"])
    if match["unit"] == "月":
        since = months_back(first, count).since
        return Span(since, months_back(first, 1).until, "months")
    since = first - count * (1 if match["unit"] in "天日" else WEEK) * DAY
    return Span(since, first - DAY, "days")


def season(match: re.Match[str], now: Now) -> Span:
    """今年夏天 by the calendar of meteorologists: June to August; the winter that is running or was last."""
    which = match["season"] or match["season2"]
    if which in _SEASONS:
        return placed(match["year"], now, lambda year: months(year, *_SEASONS[which], "season"))
    first = placed(match["year"], now, lambda year: months(year, _WINTER, _WINTER)).since
    return Span(first, date(first.year + 1, 3, 1) - DAY, "season", first.year < now.today.year)


def summer_holidays(match: re.Match[str], now: Now) -> Span:
    """July and August."""
    return placed(match["year"], now, lambda year: months(year, 7, 8, "season"))


def term(_: re.Match[str], now: Now) -> Span:
    """The day on which school began: known of the first half of a school year only."""
    if 2 <= now.today.month < _TERM:  # noqa: PLR2004 - from February on, the second half
        raise NoSuchDays
    first = date(now.today.year - (now.today.month < _TERM), _TERM, 1)
    return Span(first, first, "day")


def same_day(match: re.Match[str], now: Now) -> Span:
    """去年今天, 上个月今天, 上周今天."""
    back, today = match["back"], now.today
    if "年" in back:
        whole = months(today.year - 1, today.month, today.month)
    elif "月" in back:
        whole = months_back(today, 1)
    else:
        return Span(today - WEEK * DAY, today - WEEK * DAY, "day")
    day = whole.since.replace(day=min(today.day, whole.until.day))
    return Span(day, day, "day", day.year < today.year)


def yesterday_and_today(_: re.Match[str], now: Now) -> Span:
    """昨今两天."""
    return Span(now.today - DAY, now.today, "days")
