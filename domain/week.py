"""The week in which a community is visited (每周对接): its working days, and what is when in it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from domain.worktime import WorkingTime

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_LAST_TWO = 2
_MONTHS = 3
"""In a quarter of a year."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """What a bureau decides about its weekly check-ins.

    On the week's first working day residents are invited (`invite_at`); on its second-last one the officers
    get a card (`card_at`), on its last two a reminder (`remind_at`). A check-in can be made up until
    `make_up_until` on the `make_up_days`-th working day of the next week; supervisors hear of what is missing
    on the next first working day after that (`summary_at`). A week of `exempt_days` working days or fewer is
    none. So many missed weeks in a row make a line of their own (`own_line`) or a request to talk
    (`talk_row`); so does `talk_quarter` in a quarter. A supervisor
    can free communities from the check-ins (豁免) of this week and of `free_ahead` weeks after it.

    Groups hear a law card on weekday `law_day` (1 is Monday; 0: never) or the week's next working day.
    Residents' answers are gathered for `gather` after the invitation; a photo belongs to an officer's own
    action within `photo` of it. Of more than `most_at_once` of a kind in one message, they are asked.
    """

    invite_at: time = time(9)
    card_at: time = time(9, 30)
    remind_at: time = time(16)
    make_up_days: int = 2
    make_up_until: time = time(18)
    summary_at: time = time(9)
    exempt_days: int = 2
    own_line: int = 2
    talk_row: int = 4
    talk_quarter: int = 4
    free_ahead: int = 4
    law_day: int = 0
    law_at: time = time(10)
    gather: timedelta = timedelta(hours=2)
    photo: timedelta = timedelta(minutes=10)
    most_at_once: int = 100


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday, on the working calendar. Moments are in UTC."""

    monday: date
    office: WorkingTime
    rules: Weekly

    @classmethod
    def of(cls, day: date, office: WorkingTime, rules: Weekly) -> "Week":
        """The week of a day."""
        return cls(day - day.weekday() * _DAY, office, rules)

    @property
    def key(self) -> str:
        """The week as a duty's slot."""
        return self.monday.isoformat()

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + _WEEK - _DAY

    @property
    def days(self) -> tuple[date, ...]:
        """Its working days."""
        week = (self.monday + number * _DAY for number in range(7))
        return tuple(day for day in week if self.office.works_on(day))

    @property
    def exempt(self) -> bool:
        """Whether it has too few working days for a check-in."""
        return len(self.days) <= self.rules.exempt_days

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return self.at(self.monday, time())

    @property
    def ends(self) -> datetime:
        """The first moment of the next one."""
        return self.at(self.monday + _WEEK, time())

    @property
    def next(self) -> "Week":
        """The week after it."""
        return replace(self, monday=self.monday + _WEEK)

    @property
    def before(self) -> "Week":
        """The week before it."""
        return replace(self, monday=self.monday - _WEEK)

    @property
    def invite_at(self) -> datetime:
        """When residents are invited."""
        return self.at(self.days[0], self.rules.invite_at)

    @property
    def reminders(self) -> tuple[date, ...]:
        """The days on which officers are reminded: the last two working days; on the first comes the card."""
        return self.days[-_LAST_TWO:]

    @property
    def law_at(self) -> datetime | None:
        """When groups hear a law card; None where they hear none."""
        if not self.rules.law_day:
            return None
        wanted = self.monday + (self.rules.law_day - 1) * _DAY
        day = next((day for day in self.days if day >= wanted), None)
        return self.at(day, self.rules.law_at) if day else None

    @property
    def make_up_until(self) -> datetime:
        """Until when a check-in can be made up."""
        day = self.office.next_working_day(self.sunday, count=self.rules.make_up_days)
        return self.at(day, self.rules.make_up_until)

    @property
    def summary_at(self) -> datetime:
        """When supervisors hear of it: on the first working day of the week after it can be made up."""
        decided = self.make_up_until.astimezone(self.office.zone).date()
        monday = decided - decided.weekday() * _DAY + _WEEK
        return self.at(self.office.next_working_day(monday - _DAY), self.rules.summary_at)

    @property
    def quarter(self) -> tuple[int, int]:
        """The year and quarter it counts for: those of its Monday."""
        return self.monday.year, (self.monday.month - 1) // _MONTHS

    def at(self, day: date, clock: time) -> datetime:
        """A moment, by the clocks of the office."""
        return datetime.combine(day, clock, self.office.zone).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The first moment of the next day."""
        return self.at(day + _DAY, time())


def open_weeks(week: Week, at: datetime) -> tuple[Week, ...]:
    """The weeks for which a check-in counts at a moment of `week`: itself, and those still to be made up."""
    found = [week]
    while (earlier := found[-1].before).make_up_until > at:
        found.append(earlier)
    return tuple(found)


def in_a_row(week: Week, missed: frozenset[date], free: frozenset[date] = frozenset()) -> int:
    """How many weeks up to this one were missed without one between that was not.

    Exempt weeks are none, and so are the `free` ones.
    """
    count = 0
    while week.monday in missed:
        count += 1
        week = week.before
        while (week.exempt or week.monday in free) and week.monday not in missed:
            week = week.before
    return count


def in_quarter(week: Week, missed: frozenset[date]) -> int:
    """How many weeks of its quarter were missed up to this one."""
    return sum(
        monday <= week.monday and replace(week, monday=monday).quarter == week.quarter for monday in missed
    )
