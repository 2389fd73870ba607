"""Which days each way to name a time means: a rule for each pattern of `periods.py`."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from understanding.questions.numbers import NUM, number

Holidays = Callable[[str, int], tuple[date, date] | None]
"""The first and last day off of a holiday (春节, 国庆 …) of a year; None where nobody knows."""

DAY = timedelta(days=1)
WEEK = 7
"""Days of a week."""
_BACK = {"今": 0, "本": 0, "当": 0, "去": 1, "上": 1, "前": 2}
_PARTS = {
    "上旬": (1, 10),
    "上中旬": (1, 20),
    "中下旬": (11, 31),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
    "前半月": (1, 15),
    "后半月": (16, 31),
}


_MONTH = re.compile(rf"({NUM})月")


class NoSuchDays(Exception):
    """A day that is none, or a holiday that nobody has announced."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some days in a row; `unit` is what was named (day, week …), `past` whether it is of an earlier year."""

    since: date
    until: date
    unit: str
    past: bool = False

    def until_at_most(self, today: date) -> "Span":
        """A running period ends today."""
        return replace(self, until=today) if self.since <= today < self.until else self


@dataclass(frozen=True, slots=True)
class Now:
    """What a reading of time needs to know: the day, and the holidays."""

    today: date
    holidays: Holidays
    spoken_of: date | None = None
    """A day of the month that was asked about before: 下旬呢 is of that month."""


def months(year: int, first: int, last: int, unit: str = "month") -> Span:
    """From the first day of a month to the last day of another, in one year."""
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]), unit)


def year_said(said: str | None, now: Now) -> int | None:
    """The year that was said."""
    if not said:
        return None
    if said[0] in _BACK:
        return now.today.year - _BACK[said[0]]
    given = int(re.sub(r"\D", "", said))
    return given if given > 2000 else 2000 + given  # noqa: PLR2004 - 25年 is 2025年


def placed(said: str | None, now: Now, of: Callable[[int], Span]) -> Span:
    """The span of the year that was said; of the latest that has begun where none was."""
    year = year_said(said, now)
    if year is None:
        span = of(now.today.year)
        year = now.today.year - (span.since > now.today)
    return replace(of(year), past=year < now.today.year)


def _of_month(said: str, now: Now) -> Span:
    back = 0 if said[0] in "本这当" else said.count("上") or 1
    return months_back(now.today, back)


def months_back(today: date, back: int) -> Span:
    """The month so many months ago."""
    year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return months(year, month + 1, month + 1)


def full_date(match: re.Match[str], _: Now) -> Span:
    day = date(int(match[1]), int(match[2]), int(match[3]))
    return Span(day, day, "day")


def month_range(match: re.Match[str], now: Now) -> Span | None:
    first, last = number(match["a"]), number(match["b"])
    if not first < last <= 12:  # noqa: PLR2004 - December
        return None
    return placed(match["year"], now, lambda year: months(year, first, last, "months"))


def two_months(match: re.Match[str], now: Now) -> Span | None:
    first, last = number(match["a"]), number(match["b"])
    return (
        placed(match["year"], now, lambda year: months(year, first, last, "months"))
        if first < last <= first + 2
        else None
    )


def two_quarters(match: re.Match[str], now: Now) -> Span | None:
    first, last = number(match["a"]), number(match["b"])
    if first >= last:
        return None
    return placed(match["year"], now, lambda year: months(year, 3 * first - 2, 3 * last, "months"))


def slashed(match: re.Match[str], now: Now) -> Span:
    """8/8, 8.8号."""
    month, day = int(match[1]), int(match[2] or match[3])
    at = placed(None, now, lambda year: Span(*(date(year, month, day),) * 2, "day")).since
    return Span(at, at, "day", at.year < now.today.year)


def day_range(match: re.Match[str], now: Now) -> Span | None:
    first = _day(match["month"], match["rel"], match["a"], match["year"], now)
    if match["month2"]:
        last = _day(match["month2"], None, match["b"], match["year"], now)
    else:
        last = first.replace(day=number(match["b"]))
    return Span(first, last, "days", first.year < now.today.year) if first <= last else None


def day_list(match: re.Match[str], now: Now) -> Span | None:
    """8月8、9号, where no day is between them that is not named."""
    named = 1 + len(re.findall("[，和]", match[0]))
    first = _day(match["month"], match["rel"], match["a"], match["year"], now)
    last = first + (named - 1) * DAY
    row = number(match["b"]) == last.day
    return Span(first, last, "days", first.year < now.today.year) if row else None


def one_day(match: re.Match[str], now: Now) -> Span:
    day = _day(match["month"], match["rel"], match["a"], match["year"], now)
    return Span(day, day, "day", day.year < now.today.year)


def _day(month: str | None, rel: str | None, day: str, year: str | None, now: Now) -> date:
    at = number(day)
    if month:
        return placed(year, now, lambda y: Span(*(date(y, number(month), at),) * 2, "day")).since
    if rel:
        return _of_month(rel, now).since.replace(day=at)
    back = 0 if at <= now.today.day else 1
    return months_back(now.today, back).since.replace(day=at)


def _then(now: Now) -> Now:
    """Now, as of the month that was asked about before."""
    return replace(now, today=now.spoken_of) if now.spoken_of else now


def _month_before(match: re.Match[str]) -> str | None:
    """7月中旬跟上旬比: a part of the month that was named last."""
    named = None if match["rel"] else _MONTH.findall(match.string, 0, match.start())
    return named[-1] if named else None


def part_of_month(match: re.Match[str], now: Now) -> Span:
    if month := match["month"] or _month_before(match):
        whole = placed(match["year"], now, lambda y: months(y, *(number(month),) * 2))
    else:
        whole = _of_month(match["rel"] or "本", now if match["rel"] else _then(now))
    first, last = _PARTS[match["part"].replace("个", "")]
    named = match["month"] or match["rel"] or _month_before(match) or now.spoken_of
    if not named and first > now.today.day:
        whole = months_back(now.today, 1)
    until = min(last, whole.until.day)
    return replace(
        whole, since=whole.since.replace(day=first), until=whole.until.replace(day=until), unit="days"
    )


def one_month(match: re.Match[str], now: Now) -> Span:
    return placed(match["year"], now, lambda year: months(year, *(number(match["a"]),) * 2))


def month_begin(_: re.Match[str], now: Now) -> Span:
    """The first of the running month, from which 月初以来 and 月初到昨天 count."""
    first = now.today.replace(day=1)
    return Span(first, first, "day")


def dotted(match: re.Match[str], now: Now) -> Span | None:
    """From a day to another of the same year: 8.1-8.15."""
    first, last = (date(now.today.year, int(match[at]), int(match[at + 1])) for at in (1, 3))
    return Span(first, last, "days") if first <= last else None


def named_month(match: re.Match[str], now: Now) -> Span:
    return _of_month(match["rel"], now)


def quarter(match: re.Match[str], now: Now) -> Span:
    at = number(match["a"])
    return placed(match["year"], now, lambda year: months(year, 3 * at - 2, 3 * at, "quarter"))


def named_quarter(match: re.Match[str], now: Now) -> Span:
    back = 0 if match[1][0] in "本这当" else match[1].count("上") or 1
    year, quarter = divmod(now.today.year * 4 + (now.today.month - 1) // 3 - back, 4)
    return months(year, 3 * quarter + 1, 3 * quarter + 3, "quarter")


def first_quarters(match: re.Match[str], now: Now) -> Span:
    return placed(
        match["year"], now, lambda year: months(year, 1, 3 * number(match["a"] or match["c"]), "months")
    )


def first_months(match: re.Match[str], now: Now) -> Span:
    return placed(match["year"], now, lambda year: months(year, 1, number(match["a"]), "months"))


def months_before(match: re.Match[str], now: Now) -> Span:
    count = number(match["a"])
    return Span(months_back(now.today, count).since, months_back(now.today, 1).until, "months")


def half(match: re.Match[str], now: Now) -> Span:
    first = 1 if match["half"] in "上前" else 7
    return placed(match["year"], now, lambda year: months(year, first, first + 5, "half"))


def named_day(match: re.Match[str], now: Now) -> Span:
    back = {"今": 0, "当": 0, "昨": 1, "前": 2, "大": 3}[match[1][0]]
    day = now.today - back * DAY
    return Span(day, day, "day")


_HALVES = {"度": 44, "月": 14, "周": 3, "期": 3, "拜": 3}
"""So many days before today half a quarter, month, week begins; half a day is today."""


def rolling(match: re.Match[str], now: Now) -> Span:
    """So many days, weeks, months back from today, which counts."""
    count = {"几": 3, "半": 0}.get(match["a"]) or number(match["a"].replace("半", "一"))
    unit = match["unit"][-1]
    if match["half"]:
        since = _back_months(now.today, 6) if unit == "年" else now.today - _HALVES.get(unit, 0) * DAY
    elif unit == "年":
        since = _back_months(now.today, 12 * count)
    elif match["unit"] == "季度":
        since = _back_months(now.today, 3 * count)
    elif unit == "月":
        since = _back_months(now.today, count)
    else:
        since = now.today - (count * (1 if unit in "天日" else WEEK) - 1) * DAY
    if match[0].startswith("前") and since == now.spoken_of:  # 近7天几件, 前7天呢
        return Span(since - (now.today - since) - DAY, since - DAY, "days")
    return Span(since, now.today, "days")


def _back_months(today: date, count: int) -> date:
    """The day after the same day so many months ago."""
    whole = months_back(today, count)
    return whole.since.replace(day=min(today.day, whole.until.day)) + DAY


def whole_year(match: re.Match[str], now: Now) -> Span:
    said = match[1]
    year = now.today.year if said[0] in "全年开内一" else year_said(said, now) or now.today.year
    return replace(months(year, 1, 12, "year"), past=year < now.today.year)
