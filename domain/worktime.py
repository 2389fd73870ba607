"""Office time: when an office works, and how much of it passes between two moments."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_NOTHING = timedelta()
_MIDNIGHT = time()
_LONGEST_REST = 400
"""After so many days without an hour of work, a working day is looked for no further."""


class NeverOpen(Exception):
    """An office that works on no day for more than a year: a calendar that cannot be meant."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When an office works: its shifts, its zone, its days.

    Moments go in as aware datetimes of any zone and come out in UTC, so that what is reckoned with them is
    real elapsed time, also where the clocks change. A shift that ends at 0:00 ends with its day. Local times
    that the clocks skip stand for the moment of the change; of those that come twice, the first counts.
    """

    zone: tzinfo
    shifts: tuple[tuple[time, time], ...]
    works_on: Callable[[date], bool]

    def __post_init__(self) -> None:
        marks = [mark for shift in self._lengths() for mark in shift]
        if not self.shifts or any(begin >= end for begin, end in self._lengths()) or marks != sorted(marks):
            raise ValueError("the shifts of a day are in order and do not overlap")

    @property
    def whole_day(self) -> timedelta:
        """How long the office works on one of its days: the length of its shifts together."""
        return sum((end - begin for begin, end in self._lengths()), _NOTHING)

    def works_at(self, at: datetime) -> bool:
        """Whether the office works at this moment; at the end of a shift it works no more."""
        at = _utc(at)
        first = self._local(at)
        return any(begin <= at < end for day in (first, first + _DAY) for begin, end in self._on(day))

    def add(self, start: datetime, worked: timedelta) -> datetime:
        """The earliest moment at which that much office time has passed; `start` where it is none."""
        at = _utc(start)
        if worked <= _NOTHING:
            return at
        for begin, end in self._from(at):
            begin = max(begin, at)  # noqa: PLW2901  (what is left of a shift that has begun)
            if worked <= end - begin:
                return begin + worked
            worked -= end - begin
        raise NeverOpen

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The office time between two moments; none where `end` is not after `start`."""
        start, end = _utc(start), _utc(end)
        day, last = self._local(start), self._local(end) + _DAY
        worked = _NOTHING
        while day <= last and start < end:
            for begin, finish in self._on(day):
                worked += max(min(finish, end) - max(begin, start), _NOTHING)
            day += _DAY
        return worked

    def opening(self, at: datetime) -> datetime:
        """The moment itself within office hours, else the next start of a shift."""
        at = _utc(at)
        for begin, _ in self._from(at):
            return max(begin, at)
        raise NeverOpen

    def next_working_day(self, day: date, *, count: int = 1) -> date:
        """The `count`-th working day after this one."""
        rested = 0
        while count > 0 and rested < _LONGEST_REST:
            day += _DAY
            works = self.works_on(day)
            rested = 0 if works else rested + 1
            count -= works
        if count > 0:
            raise NeverOpen
        return day

    def _from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The shifts that end after this moment, in order, until the office rests for more than a year."""
        day = self._local(at)
        rested = 0
        while rested < _LONGEST_REST:
            rested += 1
            for begin, end in self._on(day):
                if end > at:
                    rested = 0
                    yield begin, end
            day += _DAY

    def _on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The shifts of a day as moments; a shift that the clocks skip is none."""
        if not self.works_on(day):
            return []
        shifts = [
            (self._moment(day, begin), self._moment(day if end > _MIDNIGHT else day + _DAY, end))
            for begin, end in self.shifts
        ]
        return [(begin, end) for begin, end in shifts if begin < end]

    def _moment(self, day: date, clock: time) -> datetime:
        """When the clocks of the zone first show this time of this day, or a later one."""
        local = datetime.combine(day, clock, self.zone)
        at = local.astimezone(UTC)
        if self._shown(at) == local.replace(tzinfo=None):
            return at
        before, after = (
            local.replace(fold=1).astimezone(UTC).replace(microsecond=0),
            at.replace(microsecond=0),
        )
        while after - before > _SECOND:
            middle = (before + (after - before) / 2).replace(microsecond=0)
            if self._shown(middle) < local.replace(tzinfo=None):
                before = middle
            else:
                after = middle
        return after

    def _shown(self, at: datetime) -> datetime:
        return at.astimezone(self.zone).replace(tzinfo=None, fold=0)

    def _local(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _lengths(self) -> Iterator[tuple[timedelta, timedelta]]:
        for begin, end in self.shifts:
            yield _into_day(begin), _into_day(end, ends=True)


def _into_day(clock: time, *, ends: bool = False) -> timedelta:
    """How far into its day a time is; 0:00 as an end is the whole day."""
    if ends and clock == _MIDNIGHT:
        return _DAY
    return datetime.combine(date.min, clock) - datetime.combine(date.min, _MIDNIGHT)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return at.astimezone(UTC)
