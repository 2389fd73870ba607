"""Figures that answer a query: what is to be read, and what came of it."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import DomainError
from domain.ids import MemberId
from domain.query import RATES, Compare, Group, Metric, Query

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_YEAR = 12
_UNITS = (1, 3, 6, _YEAR)
"""Months that a bureau reports on as one: a month, a quarter, half a year, a year."""

Days = tuple[date, date]
"""The first and the last day of a period."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: `part` of `cases`, or the median `hours` over `cases`; a count is all of its cases."""

    part: int = 0
    cases: int = 0
    hours: float | None = None

    def __add__(self, other: "Cell") -> "Cell":
        """Two figures of cases that have nothing in common; medians are not added."""
        return Cell(self.part + other.part, self.cases + other.cases)

    def value(self, metric: Metric) -> float | None:
        """What is compared: the share, the median or the count; None where there is nothing to divide."""
        if metric is Metric.MEDIAN_HOURS:
            return self.hours
        if metric in RATES:
            return self.part / self.cases if self.cases else None
        return self.part


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days in a row; `begin` and `end` are their first moment and the first one after them."""

    since: date
    until: date
    begin: datetime
    end: datetime

    @property
    def after(self) -> date:
        """The first day after them."""
        return self.until + _DAY


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of everything is read, in the words of the database; None means all of it.

    `weeks` are the Mondays of weeks in which a check-in can still be made: a community without one has
    not missed them yet, but is without.
    """

    communities: frozenset[str] | None = None
    officers: frozenset[MemberId] | None = None
    categories: frozenset[str] | None = None
    weeks: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One read: a metric over a period (None: as it is now), told apart by a group.

    For a group of time, `parts` are the stretches that are told apart.
    """

    metric: Metric
    scope: Scope
    now: datetime
    period: Stretch | None = None
    group: Group | None = None
    parts: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """What was read: the whole, and each part that has cases.

    A part goes by its name, or its place among the stretches; officers by account, None for nobody.
    """

    whole: Cell
    parts: Mapping[str | int | None, Cell]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an answer: a name, its figure, and that of the period it is compared with."""

    name: str
    cell: Cell
    before: Cell | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """The answer to a query: the whole, and its parts in their order.

    `query` is what is answered. `ranked` are the parts that rest on enough cases to be put in an order,
    `rest` those that do not, or all where nobody wanted one. `earlier` is the period of comparison, `before`
    its figure, None where the records do not go back to it: they begin on the day `begun`. `closed` is how
    many tickets ended, beside how satisfied people were. `area` is what the supervisor sees of what was
    asked for, where that is not all of it; `whole` that of which a share is asked for.
    """

    query: Query
    total: Cell
    begun: date
    ranked: tuple[Row, ...] = ()
    rest: tuple[Row, ...] = ()
    earlier: Days | None = None
    before: Cell | None = None
    closed: int | None = None
    area: str | None = None
    whole: int | None = None

    @property
    def partly(self) -> bool:
        """Whether the records begin within the period."""
        return self.query.since is not None and self.query.since < self.begun


class Why(StrEnum):
    """Why there is no figure."""

    BEYOND = "beyond"
    NO_KINDS = "no kinds"
    NO_RECORDS = "no records"
    EARLIER = "earlier"


class NoFigure(DomainError):
    """A question that has no answer: it is beyond the area, or before the records begin (`day`)."""

    def __init__(self, why: Why, *, day: date | None = None, area: str | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.day = day
        self.area = area


@dataclass(frozen=True, slots=True)
class Programme:
    """The three figures of the programme; what was stopped, by category: on patrol, and by a ticket.

    `area` is whose figures they are; None: everybody's.
    """

    since: date
    until: date
    area: str | None
    tickets: int
    patrols: Mapping[str, int]
    resolved: Mapping[str, int]


def earlier(since: date, until: date, compare: Compare) -> Days:
    """The period with which one is compared: the same a year ago, or the one before it.

    The one before a running month, quarter or year is as long as it is now; before a week is a week, and
    before a day, or any other days, as many days. ValueError where there is none that early.
    """
    if compare is Compare.LAST_YEAR:
        return _months_back(since, _YEAR), _months_back(until, _YEAR)
    length = until - since + _DAY
    if length in (_DAY, _WEEK):  # a first of the month that is a day or a week, and no running month
        return since - length, until - length
    for months in _UNITS:
        last = _end_of_unit(since, months)
        if last and until <= last:
            before = since - _DAY if until == last else _months_back(until, months)
            return _months_back(since, months), before
    if since.weekday() == 0 and until < since + _WEEK:
        return since - _WEEK, until - _WEEK
    return since - length, until - length


def _end_of_unit(since: date, months: int) -> date | None:
    """The last day of the month, quarter, half or year that begins on this day, or None."""
    if since.day != 1 or (since.month - 1) % months:
        return None
    last = since.month + months - 1
    return date(since.year, last, monthrange(since.year, last)[1])


def _months_back(day: date, months: int) -> date:
    year, month = divmod(day.year * _YEAR + day.month - 1 - months, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def parts(days: Days, group: Group) -> Iterator[Days]:
    """The days, weeks or months of a period, the first and the last cut to it."""
    begin, until = days
    while begin <= until:
        last = min(_last_of(begin, group), until)
        yield begin, last
        begin = last + _DAY


def _last_of(day: date, group: Group) -> date:
    if group is Group.DAY:
        return day
    if group is Group.WEEK:
        return day + (6 - day.weekday()) * _DAY
    return day.replace(day=monthrange(day.year, day.month)[1])
