"""Time limits as the field writes them, 2紧急工作时 or 5工作日, and the clock that each runs on."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple, Self

from domain.worktime import WorkingTime

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_WHOLE = Fraction(1)
_WRITTEN = re.compile(r"\s*(\d{1,4}(?:\.\d{1,2})?)\s*((?![\d.])\S+|)\s*")


class Unit(StrEnum):
    """What a limit is counted in (GB/T 30428.8 practice): through nights and holidays, or in office time."""

    URGENT_HOURS = "紧急工作时"
    URGENT_DAYS = "紧急工作日"
    HOURS = "工作时"
    DAYS = "工作日"
    CALENDAR_DAYS = "自然日"

    @property
    def runs_on(self) -> bool:
        """Whether its clock runs on through nights, weekends and holidays."""
        return self not in {Unit.HOURS, Unit.DAYS}


class BadLimit(ValueError):
    """Words that are no time limit."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: a number and its unit.

    A 工作日 is one whole day of the office, as long as its shifts together; a 紧急工作日 and a 自然日 are
    24 hours.
    """

    number: Fraction
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """The limit written as `2紧急工作时` or `0.5工作日`. Raises BadLimit, which names what is wrong."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise BadLimit(f"not a number of at most four digits and a unit: {text!r}")
        number = Fraction(found[1])
        if not number:
            raise BadLimit(f"no time at all: {text!r}")
        if found[2] not in set(Unit):
            raise BadLimit(f"unknown unit {found[2]!r}; known: {'、'.join(Unit)}")
        return cls(number, Unit(found[2]))

    def __str__(self) -> str:
        return f"{float(self.number):g}{self.unit}"

    @property
    def runs_on(self) -> bool:
        """Whether its clock runs on through nights, weekends and holidays."""
        return self.unit.runs_on

    def span(self, office: WorkingTime) -> timedelta:
        """How long it is on its own clock: 8 hours for a 工作日 of an office that works 8 hours a day."""
        units = {Unit.URGENT_HOURS: _HOUR, Unit.HOURS: _HOUR, Unit.DAYS: office.whole_day}
        return _part(units.get(self.unit, _DAY), self.number)

    def due(self, start: datetime, office: WorkingTime, *, share: Fraction = _WHOLE) -> datetime:
        """When it is over, begun at `start`; with a `share`, when that part of it is (2: twice the limit)."""
        return self.again(start, _part(self.span(office), share), office)

    def left(self, at: datetime, due: datetime, office: WorkingTime) -> timedelta:
        """The time left until `due` on its own clock; none once that has passed."""
        return self._between(at, due, office)

    def again(self, at: datetime, left: timedelta, office: WorkingTime) -> datetime:
        """When it is due where its clock, which stood still, goes on at `at` with `left` on it."""
        return at.astimezone(UTC) + left if self.runs_on else office.add(at, left)

    def moment(self, start: datetime, due: datetime, share: Fraction, office: WorkingTime) -> datetime:
        """When this share of the time from `start` to `due` has passed on its own clock (2: twice that)."""
        return self.again(start, _part(self._between(start, due, office), share), office)

    def _between(self, start: datetime, end: datetime, office: WorkingTime) -> timedelta:
        if not self.runs_on:
            return office.between(start, end)
        return max(end.astimezone(UTC) - start.astimezone(UTC), timedelta())


class Limits(NamedTuple):
    """How long officers have to accept a ticket and be there, and to settle it."""

    arrive: Limit
    resolve: Limit


def _part(span: timedelta, share: Fraction) -> timedelta:
    """That part of a span, to the microsecond."""
    return span * share.numerator / share.denominator
