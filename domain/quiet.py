"""When the bot keeps quiet: hours, days, and how much it says that nobody asked for."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.message import Occasion

Hours = tuple[tuple[time, time], ...]
"""Spans of a day; one that ends no later than it begins runs through midnight."""

_SPAN = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)[-–~～至到]([01]?\d|2[0-4])[:：]([0-5]\d)")
_MINUTES = 24 * 60
_DAY = timedelta(days=1)
_FRIDAY = 4
_STEPS = 2000
"""After so many quiet spans a moment is looked for no further: more than a year."""
_AT_ONCE = frozenset({Occasion.DANGER, Occasion.ANSWER})


class BadHours(ValueError):
    """Words that are no quiet hours, or hours that leave nothing of the day."""


def hours(text: str) -> Hours:
    """The hours written as `20:30-08:00,12:00-14:00`; none where nothing is written. Raises BadHours."""
    parts = [part for part in re.split("[,，、;；]", text.replace(" ", "")) if part]
    found = [_SPAN.fullmatch(part) for part in parts]
    marks = [(int(h1) * 60 + int(m1), int(h2) * 60 + int(m2)) for h1, m1, h2, m2 in _groups(found)]
    wrong = [pair for pair in marks if pair[0] % _MINUTES == pair[1] % _MINUTES or max(pair) > _MINUTES]
    if wrong or not all(found):
        raise BadHours(f"not hours like 20:30-08:00,12:00-14:00: {text!r}")
    spans = tuple((_clock(begin), _clock(end)) for begin, end in marks)
    if all(_inside(spans, _clock(minute)) for minute in range(_MINUTES)):
        raise BadHours(f"nothing of the day is left: {text!r}")
    return spans


def written(spans: Hours) -> str:
    """The hours as they are written in a roster or a setting."""
    return ",".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in spans)


def _groups(found: Sequence[re.Match[str] | None]) -> list[tuple[str, ...]]:
    return [match.groups() for match in found if match]


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def _inside(spans: Hours, clock: time) -> bool:
    return any(begin <= clock < end if begin < end else clock >= begin or clock < end for begin, end in spans)


def weekdays(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() <= _FRIDAY


@dataclass(frozen=True, slots=True)
class Hearer:
    """Whom a line is for: a group (with quiet hours of its own, or None), or one person.

    An `insider` is somebody of the roster: an officer, a worker, a supervisor.
    """

    group: bool
    insider: bool = False
    hours: Hours | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """What a bureau decides about silence; `docs/quiet.md` has the table.

    `residents` are the quiet hours of groups and residents, `insiders` those of officers, workers and
    supervisors; on `days` (exams, mourning) groups and residents hear nothing but answers and dangers.
    `night` is when an answer is as short as can be. What nobody asked for goes out on days that `works_on`
    holds for, at most `per_day` and `per_week` (Monday to Sunday) times in a group. As many `heated` people
    `within` so long have the bot stay out of their group `back_after` so long.
    """

    residents: Hours = ((time(20, 30), time(8)), (time(12), time(14)))
    insiders: Hours = ((time(22), time(8)),)
    night: Hours = ((time(22), time(6)),)
    days: frozenset[date] = frozenset()
    works_on: Callable[[date], bool] = weekdays
    per_day: int = 1
    per_week: int = 3
    heated: int = 3
    within: timedelta = timedelta(minutes=10)
    back_after: timedelta = timedelta(hours=1)

    def earliest(
        self, occasion: Occasion, to: Hearer, at: datetime, zone: tzinfo, unasked: Sequence[datetime] = ()
    ) -> datetime:
        """The earliest moment from `at` on at which a line of this occasion may go out to them.

        `unasked` is when else something that nobody asked for was, or will be, said in that group.
        """
        if occasion in _AT_ONCE:
            return at
        said = [one.astimezone(zone).date() for one in unasked]
        for _ in range(_STEPS):
            later = self._later(occasion, to, at, zone, said)
            if later is None:
                break
            at = max(later, at + timedelta(minutes=1)).astimezone(UTC)  # clocks that are put back
        return at

    def at_night(self, at: datetime, zone: tzinfo) -> bool:
        """Whether people sleep: an answer is as short as can be."""
        return _inside(self.night, at.astimezone(zone).time())

    def _later(
        self, occasion: Occasion, to: Hearer, at: datetime, zone: tzinfo, said: Sequence[date]
    ) -> datetime | None:
        """The end of the quiet day or hours that this is in; None where it is in none."""
        local = at.astimezone(zone)
        day, clock = local.date(), local.time()
        if self._quiet_day(occasion, to, day, said):
            return datetime.combine(day + _DAY, time(), zone)
        for begin, end in self._hours(to):
            if _inside(((begin, end),), clock):
                return datetime.combine(day if clock < end else day + _DAY, end, zone)
        return None

    def _hours(self, to: Hearer) -> Hours:
        usual = self.insiders if to.insider else self.residents
        return usual if to.hours is None else to.hours

    def _quiet_day(self, occasion: Occasion, to: Hearer, day: date, said: Sequence[date]) -> bool:
        if day in self.days and not to.insider:
            return True
        if occasion is not Occasion.UNASKED:
            return False
        return not self.works_on(day) or (to.group and self._full(day, said))

    def _full(self, day: date, said: Sequence[date]) -> bool:
        """Whether as much as may be has been said that day, or that week."""
        week = [one for one in said if one.isocalendar()[:2] == day.isocalendar()[:2]]
        return week.count(day) >= self.per_day or len(week) >= self.per_week
