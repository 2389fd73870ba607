"""`wangge calendar`: which days count as working days, from which source, and what a time limit comes to."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated

import typer
from rich.table import Table

from bot.clock import WallClock
from bot.desk import ERR, OUT
from bot.settings import Settings, load
from bot.working_days import WorkingDays, office, working_days
from domain.limit import BadLimit, Limit, Unit
from domain.worktime import NeverOpen, WorkingTime

_DAY = timedelta(days=1)
_WEEK = 7
_LISTED = 10
"""So many days off are named, more are counted."""
_WEEKDAYS = "一二三四五六日"
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_DECEMBER = 12
_FIRST_YEAR, _LAST_YEAR = 1950, 2200
"""Beyond these, a year is a slip of the hand."""

Year = Annotated[int | None, typer.Option(help="看哪一年", min=_FIRST_YEAR, max=_LAST_YEAR)]
Month = Annotated[str | None, typer.Option(help="看哪个月，如 2027-02")]
Start = Annotated[str | None, typer.Option("--from", help="从何时起算，如 “2026-11-20 17:30”")]
Amount = Annotated[str | None, typer.Option("--limit", help="时限，如 4工作时；和 --from 一起用")]


def show_calendar(year: Year = None, month: Month = None, start: Start = None, limit: Amount = None) -> None:
    """工作日历：哪天上班、依据是什么；加 --from 和 --limit 算一个时限到何时。"""
    settings = load()
    days = working_days(settings, _complain)
    if start is not None or limit is not None:
        if start is None or limit is None:
            raise typer.BadParameter("--from 和 --limit 要一起用。")
        _print_due(settings, days, _moment(start, settings), _limit(limit))
    elif year is not None:
        _print_months(days, [(year, number) for number in range(1, _DECEMBER + 1)])
    else:
        _print_months(days, [_month(month, settings)])


def _complain(text: str) -> None:
    ERR.print(text, style="red", markup=False, soft_wrap=True)


def _month(text: str | None, settings: Settings) -> tuple[int, int]:
    """The month that is asked for; without one, the present one."""
    if text is None:
        today = WallClock().now().astimezone(settings.timezone)
        return today.year, today.month
    found = _MONTH.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= _DECEMBER or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        raise typer.BadParameter("月份要写成 2027-02 这样。", param_hint="--month")
    return int(found[1]), int(found[2])


def _moment(text: str, settings: Settings) -> datetime:
    """A time as the bureau writes it; one that says no zone is the bureau's own."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter("时间要写成 “2026-11-20 17:30” 这样。", param_hint="--from") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise typer.BadParameter("这一年太远了。", param_hint="--from")
    return found if found.tzinfo else found.replace(tzinfo=settings.timezone)


def _limit(text: str) -> Limit:
    try:
        return Limit.parse(text)
    except BadLimit:
        raise typer.BadParameter(
            f"“{text}”不是时限；应是数字加单位，如 4工作时。单位有：{'、'.join(Unit)}。", param_hint="--limit"
        ) from None


# --- the calendar -------------------------------------------------------------------------------


def _print_months(days: WorkingDays, months: list[tuple[int, int]]) -> None:
    quiet = WorkingDays(days.local, lambda _: None)  # what is unknown stands at the end, not in between
    for year, month in months:
        OUT.print(_table(quiet, year, month))
    year = months[0][0]
    if len(months) > 1:
        OUT.print(f"{year} 年共 {_working(quiet, date(year, 1, 1), date(year + 1, 1, 1))} 个工作日")
    OUT.print("休：周一至周五放假；班：周末上班；*：本单位自己定的")
    OUT.print(f"依据：{days.source(year)}", markup=False, soft_wrap=True)
    _announce(days, [year])


def _table(days: WorkingDays, year: int, month: int) -> Table:
    """A month as weeks from Monday on, each with the number of its working days in this month."""
    first = date(year, month, 1)
    after = (first + 31 * _DAY).replace(day=1)
    table = Table(
        title=f"{year} 年 {month} 月 · {_working(days, first, after)} 个工作日", title_justify="left"
    )
    for name in _WEEKDAYS:
        table.add_column(name, justify="right", min_width=5)
    table.add_column("工作日", justify="right")
    monday = first - first.weekday() * _DAY
    while monday < after:
        week = [monday + n * _DAY for n in range(_WEEK)]
        inside = [day for day in week if first <= day < after]
        count = sum(days.works_on(day) for day in inside)
        table.add_row(*(_cell(days, day) if day in inside else "" for day in week), str(count))
        monday += _WEEK * _DAY
    return table


def _cell(days: WorkingDays, day: date) -> str:
    return f"{day.day}{days.mark(day)}{'*' if day in days.local.days else ''}"


def _working(days: WorkingDays, first: date, after: date) -> int:
    return sum(days.works_on(first + n * _DAY) for n in range((after - first).days))


def _announce(days: WorkingDays, years: Iterable[int]) -> None:
    """Say what is unknown of the first such year in full, and name the others."""
    unknown = [year for year in years if days.unknown(year)]
    if not unknown:
        return
    others = f"还有 {unknown[1]} 至 {unknown[-1]} 年也不知道。" if len(unknown) > 1 else ""
    OUT.print(f"注意：{days.unknown(unknown[0])}{others}", style="yellow", markup=False, soft_wrap=True)


# --- a time limit -------------------------------------------------------------------------------


def _print_due(settings: Settings, days: WorkingDays, start: datetime, limit: Limit) -> None:
    working = office(settings, WorkingDays(days.local, lambda _: None))
    try:
        due = limit.due(start, working).astimezone(settings.timezone)
    except (NeverOpen, OverflowError):
        _complain("算不出来：上班的日子不够，看看 WANGGE_DAYS 指定的文件。")
        raise typer.Exit(1) from None
    OUT.print(f"{_said(start.astimezone(settings.timezone))} + {limit} → {_said(due)}", soft_wrap=True)
    OUT.print("；".join(_why(limit, working, start, due)), soft_wrap=True)
    if not limit.runs_on:
        first = start.astimezone(settings.timezone).year
        _announce(days, range(first, due.year + 1))


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}（周{_WEEKDAYS[at.weekday()]}）"


def _why(limit: Limit, working: WorkingTime, start: datetime, due: datetime) -> Iterator[str]:
    """How the limit is counted: straight on, or the office time of each day with the days off between."""
    if limit.runs_on:
        yield f"{limit.unit}连着算，夜里、周末、节假日都算"
        return
    if limit.unit is Unit.DAYS:
        yield f"一个工作日是 {_hours(working.whole_day)}"
    first, last = start.astimezone(working.zone).date(), due.astimezone(working.zone).date()
    spans = [(day, _of_day(working, day, start, due)) for day in _days(first, last)]
    worked = [f"{day:%m-%d} {_hours(span)}" for day, span in spans if span]
    yield "、".join(worked if len(worked) <= _WEEK else [worked[0], f"……共 {len(worked)} 天", worked[-1]])
    if rested := [f"{day:%m-%d}" for day, _ in spans if not working.works_on(day)]:
        yield f"{len(rested)} 天不上班" + (f"（{'、'.join(rested)}）" if len(rested) <= _LISTED else "")


def _of_day(working: WorkingTime, day: date, start: datetime, due: datetime) -> timedelta:
    """The office time of one day between two moments."""
    midnight = datetime.combine(day, time(), working.zone)
    after = datetime.combine(day + _DAY, time(), working.zone)
    return working.between(max(midnight, start), min(after, due))


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + n * _DAY


def _hours(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    return f"{round(hours, 2):g} 小时"
