"""Which days an office works, from three sources; the only place that knows `chinese_calendar`.

1. The bureau's own file (WANGGE_DAYS), day by day.
2. What the State Council has announced, from `chinesecalendar`; a year is announced in the November before.
3. Monday to Friday, for years that neither knows. That is never silent: `unknown` says it, once to the log.

A year that `chinesecalendar` does not know counts as known where the file has a line `2027,全`: all its
days off and make-up days are in the file. Single days of a year do not make it known.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import chinese_calendar
import structlog

from bot.table_file import read_rows
from domain.worktime import WorkingTime

Tell = Callable[[str], None]

WORKS = {"班": True, "休": False}
_WHOLE_YEAR = "全"
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YEAR = re.compile(r"(\d{4})年?")

log = structlog.get_logger()


class Wanted(Protocol):
    """What is taken from the settings."""

    timezone: ZoneInfo
    office_hours: tuple[tuple[time, time], ...]
    days: Path | None


def _log(text: str) -> None:
    log.warning(text)


@dataclass(frozen=True, slots=True)
class LocalDays:
    """A bureau's own days: whether it works on each, which years are complete, the lines left out and why."""

    path: Path | None = None
    days: dict[date, bool] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


def read_days(path: Path) -> LocalDays:
    """The days of a file. A line that cannot be used is named among the problems; the others count."""
    local = LocalDays(path)
    for number, cells in read_rows(path, "WANGGE_DAYS"):
        if problem := _take(local, cells):
            local.problems.append(f"{path.name} 第 {number} 行“{','.join(cells)}”没有用：{problem}")
    return local


def _take(local: LocalDays, cells: list[str]) -> str:
    """Take a line in; what is wrong with it, in Chinese, or ""."""
    when, mark = (*cells, "")[:2]
    if mark == _WHOLE_YEAR and (year := _YEAR.fullmatch(when)):
        local.years.add(int(year[1]))
        return ""
    found = _DAY.fullmatch(when)
    if mark not in WORKS or not found:
        return "应是“2027-02-05,休”“2027-02-07,班”或“2027,全”"
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return "没有这一天"
    if local.days.setdefault(day, WORKS[mark]) is not WORKS[mark]:
        return "和前面写的不一样"
    return ""


class WorkingDays:
    """Says of each day whether the office works; tells of a year that nobody knows, once a year."""

    def __init__(self, local: LocalDays | None = None, tell: Tell = _log) -> None:
        self.local = local or LocalDays()
        self._tell = tell
        self._told: set[int] = set()

    def works_on(self, day: date) -> bool:
        """Whether the office works on this day."""
        if (own := self.local.days.get(day)) is not None:
            return own
        if (announced := _announced(day)) is not None:
            return announced
        if day.year not in self._told and (news := self.unknown(day.year)):
            self._told.add(day.year)
            self._tell(news)
        return _ordinary(day)

    def mark(self, day: date) -> str:
        """休 for a day off from Monday to Friday, 班 for a weekend at work, "" for a day like any other."""
        works = self.works_on(day)
        return "" if works is _ordinary(day) else ("班" if works else "休")

    def unknown(self, year: int) -> str | None:
        """What the maintainer must know of a year that no source knows; None of a year that is known."""
        if year in self.local.years or _announced(date(year, 1, 1)) is not None:
            return None
        file = f"“{self.local.path}”" if self.local.path else "WANGGE_DAYS 指定的文件"
        return (
            f"{year} 年的放假安排还不知道，先按周一至周五算；"
            f"公布后请升级 chinesecalendar，或在{file}里写明休、班的日子，再加一行“{year},全”。"
        )

    def source(self, year: int) -> str:
        """Where the days of a year come from, in Chinese."""
        sources = []
        if _announced(date(year, 1, 1)) is not None:
            sources.append(f"国家公布的安排（chinesecalendar {version('chinesecalendar')}）")
        if year in self.local.years or any(day.year == year for day in self.local.days):
            sources.append(f"本单位的 {self.local.path}")
        if self.unknown(year):
            sources.append("不知道，按周一至周五")
        return "、".join(sources)


_FEASTS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明": "Tomb-sweeping Day",
    "劳动节": "Labour Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-autumn Festival",
    "国庆": "National Day",
}


@cache
def holiday(name: str, year: int) -> tuple[date, date] | None:
    """The first and the last day off of a holiday, as announced; None where it has not been, or is unknown.

    Holidays that run into one another (国庆 and 中秋 of 2025) are one.
    """
    announced = chinese_calendar.constants.holidays
    feast = _FEASTS.get(name)
    first = min(
        (day for day, called in announced.items() if day.year == year and called == feast), default=None
    )
    if first is None:
        return None
    last = first
    while first - _ONE_DAY in announced:
        first -= _ONE_DAY
    while last + _ONE_DAY in announced:
        last += _ONE_DAY
    return first, last


def working_days(settings: Wanted, tell: Tell = _log) -> WorkingDays:
    """The days as the settings want them; lines of the file that are left out are told at once."""
    local = read_days(settings.days) if settings.days else LocalDays()
    for problem in local.problems:
        tell(problem)
    return WorkingDays(local, tell)


def office(settings: Wanted, days: WorkingDays) -> WorkingTime:
    """When the office works: its hours from the settings, on those days."""
    return WorkingTime(settings.timezone, settings.office_hours, days.works_on)


@cache  # the library looks through all its holidays for the years it knows, each time it is asked
def _announced(day: date) -> bool | None:
    """Whether the country works on this day; None where the year has not been announced."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def _ordinary(day: date) -> bool:
    return day.weekday() < _SATURDAY
