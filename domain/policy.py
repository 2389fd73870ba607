"""The numbers that the rules take from the settings."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from fractions import Fraction

from domain.category import TimeLimits
from domain.ids import GroupId
from domain.law import LawCards, shipped
from domain.paper import Reporting
from domain.quiet import Quiet
from domain.week import Week, Weekly
from domain.worktime import WorkingTime

Holidays = Callable[[str, int], tuple[date, date] | None]


def _none_announced(_: str, __: int) -> None:
    """Of no holiday is it known when it is."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a bureau decides for itself.

    `zone` is where its days begin and end; `close_after` how long a ticket waits for an objection once an
    officer has said done; `reopen` how long after its end a ticket can still be disputed; `late` how old a
    resident's message may be for the group to be answered: later, it is dealt with and the group left alone.
    `law` are the cards from which questions about the rules are answered; `quiet` is when it says nothing.

    `reminders` are the shares of a ticket's time after which somebody is reminded: the main officer, both,
    also the squad leader, the leader in charge. `rework_share` is how much of its limit a disputed ticket
    gets, `extensions` how often it is extended, of these `extensions_free` without a supervisor; `suspension`
    how long 挂账 may last; `place_after` how long a place is awaited until the officers are told.
    `weekly` is what it wants of the weekly check-ins.

    Of fewer than `few_cases` no share in percent is given and nobody is ranked; a question follows the one
    before it within `follow_up`. A picture has at most `chart_bars` bars. `holidays` gives the first and
    last day off of a holiday of a year. A link into the pages is good for `link`; in an hour, a person gets
    `links` of them. `reporting` is which reports supervisors get when. In `supervisor_groups` supervisors are
    answered before each other; with `group_totals` a group of residents hears how many complaints there were.
    `oversight` is where who complains of an officer is sent.
    """

    zone: tzinfo
    close_after: timedelta
    reopen: timedelta
    office: WorkingTime
    limits: TimeLimits
    late: timedelta = timedelta(minutes=15)
    law: LawCards = field(default_factory=shipped)
    quiet: Quiet = field(default_factory=Quiet)
    reminders: tuple[Fraction, ...] = (Fraction(1, 2), Fraction(4, 5), Fraction(1), Fraction(2))
    rework_share: Fraction = Fraction(1, 2)
    extensions: int = 2
    extensions_free: int = 1
    suspension: timedelta = timedelta(days=365)
    place_after: timedelta = timedelta(days=1)
    weekly: Weekly = field(default_factory=Weekly)
    few_cases: int = 10
    follow_up: timedelta = timedelta(minutes=30)
    chart_bars: int = 15
    holidays: Holidays = _none_announced
    reporting: Reporting = field(default_factory=Reporting)
    link: timedelta = timedelta(minutes=10)
    links: int = 5
    supervisor_groups: frozenset[GroupId] = frozenset()
    group_totals: bool = False
    oversight: str = "12345"

    def day(self, at: datetime) -> date:
        """The day it is, where the bureau is."""
        return at.astimezone(self.zone).date()

    def week(self, at: datetime) -> Week:
        """The week of a moment."""
        return self.week_of(self.day(at))

    def week_of(self, day: date) -> Week:
        """The week of a day."""
        return Week.of(day, self.office, self.weekly)
