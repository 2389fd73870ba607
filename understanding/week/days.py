"""The days that a text names, one by one: dates, days of the month and of the week, 明天, 下周, 月底.

`language/dates.py` finds the one day that an extension runs to; this finds all, where each stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from understanding.language.dates import HALF_A_YEAR, YEAR, year_said
from understanding.language.numbers import least

BACK = 60
"""Of leave, a date up to so many days ago is meant as past; earlier, and it is next year's."""
ROLLS = 60
"""A span whose end lies before its beginning runs over New Year where it is then no longer than this."""
_N = r"(?:\d{1,2}|[一二三四五六七八九十元]{1,3})"
_NOT_DAY = r"(?!楼|栋|门|线|岗|店|口|院|单|亭|投|厂|桥|坑|墙|地|公|个|桶|点|房)"
_WEEK = r"(?:周|礼拜|星期)"
_SHAPES = re.compile(
    rf"(?P<full>(?P<y>20\d\d)[年./-](?P<fm>\d{{1,2}})[月./-](?P<fd>\d{{1,2}})[日号]?)"
    rf"|(?P<md>(?:{YEAR}的?\s*)?(?P<m>{_N})月(?:份)?(?P<d>{_N})[号日]?(?!个))"
    r"|(?P<dot>(?<![\d./])(?P<dm>1[0-2]|0?[1-9])(?:[./]|-(?=\d{1,2}(?![\d号日])))"
    r" ?(?P<dd>3[01]|[12]\d|0?[1-9])(?![\d%米元点折]))"
    rf"|(?P<dom>(?P<which>本月|这个月|下个?月|上个?月)?(?<![\d#第])(?P<on>{_N})[号日]{_NOT_DAY})"
    rf"|(?P<wd>(?P<side>上上|下下|上|下|这|本)?个?{_WEEK}(?P<day>[一二三四五六日天末1-7])(?P<also>[二三四五六日天](?=[两三请休调,，\s]|$))?)"
    rf"|(?P<week>(?P<wside>下下|下|上|这|本)个?{_WEEK})"
    r"|(?P<rel>大前天|前天|昨[天日晚夜早]|今[天日晚早]|今儿|今朝|大后天|后天|明[天日晚早朝]|明(?=后)|今(?=明)|(?<=明)后|(?<=今)明)"
    r"|(?P<end>(?P<next>下个?)?月[底末](?!\s?\d))"
    r"|(?P<feast>元旦|五一|六一|国庆)"
    rf"|(?P<more>(?<=[、到至,~\-—～和 ])(?:{_N})(?=[号日三两])"
    r"|(?<=[、到至,~\-—～])\d{1,2}(?![\d天点.月/个起]))"
)
_REL = {
    "大前天": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后天": 3,
}  # fmt: skip
_DAY = dict(zip("一二三四五六日天末1234567", [0, 1, 2, 3, 4, 5, 6, 6, 5, 0, 1, 2, 3, 4, 5, 6], strict=True))
_FEASTS = {"元旦": (1, 1), "五一": (5, 1), "六一": (6, 1), "国庆": (10, 1)}
_WEEK_ONLY = re.compile(rf"[上下这本]个?{_WEEK}(?![一二三四五六日天末1-7])")
_LISTS = re.compile(r"[、到至,~\-—～和 ]+")
_AHEAD_LIST = re.compile(rf"(?P<first>{_N})(?=[-~—～至到、,和]{{1,2}}{_N}[号日])")


@dataclass(frozen=True, slots=True)
class Named:
    """A day, or several, that a text names: from `first` to `last`, in its characters `start` to `end`."""

    first: date
    last: date
    start: int
    end: int


def named(text: str, today: date, *, past: bool = False) -> list[Named]:
    """The days that `text` names, in its order; `past`: of two that it could mean, the one gone by."""
    found: list[Named] = []
    for match in _matches(text):
        if match.lastgroup == "more" and not (found and _LISTS.fullmatch(text, found[-1].end, match.start())):
            continue
        try:
            span = _span(match, today, found[-1] if found else None, past=past)
        except ValueError:
            continue
        if span:
            found.append(Named(*span, match.start(), match.end()))
    return found


def names_no_day(text: str, today: date) -> bool:
    """Whether a date that `text` names is in no calendar: 2月30日."""
    for match in _matches(text):
        try:
            if match.lastgroup != "more":
                _span(match, today, None, past=False)
        except ValueError:
            return True
    return False


def cannot_have_been(text: str, today: date) -> bool:
    """Whether something done is told of a day in no calendar, or of one still ahead, if not of last year."""
    said = _matches(text) if "月" in text else ()
    dates = [match for match in said if match["full"] or (match["md"] and match[0][-1] in "号日")]
    for match in dates:
        try:
            (day, _) = _span(match, today, None, past=True) or (today, today)
        except ValueError:
            return True
        if day > today or (not (match["year"] or match["full"]) and (today - day).days >= HALF_A_YEAR):
            return True
    return False


def day_said(text: str, today: date) -> date | None:
    """The day, today or gone by, that something told was done on; None where `text` names none."""
    days = named(_WEEK_ONLY.sub("", text), today, past=True)
    return next((day.first for day in days if day.first <= today), None)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """All shapes; the first of 18-20号 has none by itself."""
    heads = [m for m in _AHEAD_LIST.finditer(text) if not re.search(r"[\d月./]$", text[: m.start()])]
    shapes = [m for m in _SHAPES.finditer(text) if not any(h.start() == m.start() for h in heads)]
    yield from sorted([*heads, *shapes], key=lambda match: match.start())


def _span(match: re.Match[str], today: date, before: Named | None, *, past: bool) -> tuple[date, date] | None:
    groups = match.groupdict()
    if "first" in groups:
        return _once(_day_of_month(_value(match[0]), None, today, before, past=past))
    if groups["week"] or groups["wd"]:
        return _of_week(groups, today, before, past=past)
    if groups["rel"]:
        name = groups["rel"]
        offset = _REL.get(name, _REL.get(name[0]) if name[0] != "大" else None)
        return None if offset is None else _once(today + timedelta(days=offset))
    if groups["end"]:
        return _once(_month_end(_month(today, 1) if groups["next"] else today))
    return _once(_by_date(match, groups, today, before, past=past))


def _once(day: date) -> tuple[date, date]:
    return day, day


def _value(said: str) -> int:
    return 1 if said == "元" else least(said)


def _by_date(
    match: re.Match[str], groups: dict[str, str], today: date, before: Named | None, *, past: bool
) -> date:
    if groups["full"]:
        return date(int(groups["y"]), int(groups["fm"]), int(groups["fd"]))
    if groups["year"]:
        return date(year_said(groups["year"], today), _value(groups["m"]), _value(groups["d"]))
    if groups["md"]:
        return _of_year(_value(groups["m"]), _value(groups["d"]), today, past=past)
    if groups["dot"]:
        return _of_year(int(groups["dm"]), int(groups["dd"]), today, past=past)
    if groups["feast"]:
        return _of_year(*_FEASTS[groups["feast"]], today, past=past)
    return _day_of_month(_value(groups["on"] or match[0]), groups["which"], today, before, past=past)


def _of_year(month: int, day: int, today: date, *, past: bool) -> date:
    """That day of the year it must be: gone by, or from a while ago to nearly a year ahead."""
    earliest = date.min if past else today - timedelta(days=BACK)
    years = range(today.year, today.year - 5, -1) if past else range(today.year - 1, today.year + 5)
    for year in years:
        if (month, day) == (2, 29) and not _leap(year):
            continue
        found = date(year, month, day)
        if earliest <= found and (not past or found <= today):
            return found
    raise ValueError(f"{month}-{day}")


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _day_of_month(day: int, which: str | None, today: date, before: Named | None, *, past: bool) -> date:
    if which:
        return _month(today, {"下": 1, "上": -1}.get(which[0], 0)).replace(day=day)
    if before:
        later = day < before.last.day
        return _month(before.last, 1 if later else 0).replace(day=day)
    if past:
        return _month(today, -1 if day > today.day else 0).replace(day=day)
    return _month(today, 1 if day < today.day else 0).replace(day=day)


def _of_week(
    groups: dict[str, str], today: date, before: Named | None, *, past: bool
) -> tuple[date, date] | None:
    monday = today - timedelta(days=today.weekday())
    side = groups["wside"] or groups["side"] or ""
    weeks = {"下": 1, "上": -1}.get(side[:1], 0) * max(1, len(side))
    if groups["week"]:
        first = monday + timedelta(weeks=weeks)
        return first, first + timedelta(days=6)
    first = monday + timedelta(weeks=weeks, days=_DAY[groups["day"]])
    if not side and before:
        while first < before.last:
            first += timedelta(weeks=1)
    elif not side:
        first += timedelta(weeks=-1 if past and first > today else int(not past and first < today))
    if groups["also"]:
        return first, first + timedelta(days=_DAY[groups["also"]] - _DAY[groups["day"]])
    return first, first + timedelta(days=1 if groups["day"] == "末" else 0)


def _month(day: date, step: int) -> date:
    """The first of the month of `day`, or of the one before or after."""
    first = day.replace(day=1)
    return (first + timedelta(days=32 * step)).replace(day=1) if step >= 0 else _month_before(first)


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _month_end(day: date) -> date:
    return _month(day, 1) - timedelta(days=1)
