"""Which days a holiday means, and those before and after it."""

import re
from dataclasses import replace
from datetime import date

from understanding.questions.days import DAY, WEEK, NoSuchDays, Now, Span, year_said
from understanding.questions.numbers import number

HOLIDAYS = {
    "春节": "春节|过年|新春|大年|年假", "元旦": "元旦", "清明": "清明", "劳动节": "五一|劳动节",
    "端午": "端午", "中秋": "中秋",
    "国庆": "十一国庆|国庆|(?<![第二三四五六七八九])十一(?=假|放|长|黄|小|期|那|受理|接|当|前|后|投诉|办)",
}  # fmt: skip
_FIRST_DAYS = ("元旦", "劳动节", "国庆")
"""The feast is the first of its days off."""


def holiday(match: re.Match[str], now: Now) -> Span:
    name = next(name for name in HOLIDAYS if match[f"{name}"])
    years = [year_said(match["year"], now)] if match["year"] else [now.today.year, now.today.year - 1]
    for year in years:
        days = now.holidays(name, year) if year else None
        if days and (match["year"] or days[0] <= now.today):
            said = match.groupdict()
            if said.get("after"):
                return _after(days[1], match, now)
            if on := said.get("onday"):
                return _on_the_day(name, Span(*days, "days"), vague="那" in on)
            return Span(*days, "days", days[0].year < now.today.year)
    raise NoSuchDays


def _after(last: date, match: re.Match[str], now: Now) -> Span:
    """What has come since the last day off, or only so many days of it: 节后三天."""
    first = last + DAY
    until = max(now.today, first)
    if said := match["n"]:
        length = number(said) * (1 if match["unit"] == "天" else WEEK)
        until = first + (length - 1) * DAY
    return Span(first, until, "days")


def _on_the_day(name: str, off: Span, *, vague: bool) -> Span:
    """The feast itself, where it is the first of its days off: of the others nobody says which it is."""
    if name in _FIRST_DAYS:
        return Span(off.since, off.since, "day")
    if vague:
        return off
    raise NoSuchDays


def latest_holidays(_: re.Match[str], now: Now) -> Span:
    """The days off that have begun last, where nobody says which: 假期里."""
    known = [
        days
        for year in (now.today.year, now.today.year - 1)
        for name in HOLIDAYS
        if (days := now.holidays(name, year)) and days[0] <= now.today
    ]
    if not known:
        raise NoSuchDays
    return Span(*max(known), "days")


def before_holiday(match: re.Match[str], now: Now) -> Span | None:
    """国庆前一周: the days that end on the day before; 国庆前三天 may be the first three of it."""
    count = number(match["n"])
    length = count * (1 if match["unit"] == "天" else WEEK) * DAY
    off = holiday(match, replace(now, today=now.today + length))
    within = count > 1 and off.since + length <= off.until + DAY and match["unit"] == "天"
    if within and not (match["sure"] or match["feast"]):
        return None
    return Span(off.since - length, off.since - DAY, "days", off.since.year < now.today.year)


def before_latest(match: re.Match[str], now: Now) -> Span:
    """节前三天: before the holidays that have begun last."""
    length = number(match["n"]) * (1 if match["unit"] == "天" else WEEK) * DAY
    first = latest_holidays(match, now).since
    return Span(first - length, first - DAY, "days")


def after_holidays(match: re.Match[str], now: Now) -> Span:
    """What has come since: 节后."""
    return _after(latest_holidays(match, now).until, match, now)
