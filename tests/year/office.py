"""The working calendar, reckoned a second time and in another way than the bot's: as one long line of hours."""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta, timezone

from chinese_calendar import constants

HERE = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
_FRIDAY = 4
_SHIFTS = ((8, 12), (14, 18))


def works(day: date) -> bool:
    """Whether the office works on this day: by the announced lists, else Monday to Friday."""
    return day in constants.workdays or (day.weekday() <= _FRIDAY and day not in constants.holidays)


def local(day: date, clock: time | str = "00:00") -> datetime:
    """A moment where the bureau is, in UTC."""
    clock = time.fromisoformat(clock) if isinstance(clock, str) else clock
    return datetime.combine(day, clock, HERE).astimezone(UTC)


def day_of(at: datetime) -> date:
    """The day it is where the bureau is."""
    return at.astimezone(HERE).date()


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - day.weekday() * DAY


def next_workday(day: date, count: int = 1) -> date:
    """The `count`-th working day after this one."""
    while count:
        day += DAY
        count -= works(day)
    return day


class Clock:
    """Places on a clock, in seconds: of real time, or of office time since some day long ago."""

    def __init__(self, first: date, last: date, *, office: bool) -> None:
        spans = []
        for number in range((last - first).days):
            day = first + number * DAY
            if not office:
                spans.append((local(day).timestamp(), local(day + DAY).timestamp()))
            elif works(day):
                spans += [
                    (local(day, time(a)).timestamp(), local(day, time(b)).timestamp()) for a, b in _SHIFTS
                ]
        self._starts = [begin for begin, _ in spans]
        self._sums = [0.0]
        for begin, end in spans:
            self._sums.append(self._sums[-1] + end - begin)

    def place(self, at: datetime) -> float:
        """How much of this clock's time has passed by then."""
        span = bisect_right(self._starts, at.timestamp()) - 1
        return min(self._sums[span] + at.timestamp() - self._starts[span], self._sums[span + 1])

    def moment(self, place: float) -> datetime:
        """The first moment at which so much has passed."""
        span = max(bisect_left(self._sums, place) - 1, 0)
        return datetime.fromtimestamp(self._starts[span] + place - self._sums[span], UTC)


def open_at(at: datetime, *, insider: bool) -> datetime:
    """When somebody may hear what can wait: now, or when quiet hours are over."""
    when = at.astimezone(HERE)
    clock, today = when.time(), when.date()
    if clock < time(8):
        return local(today, "08:00")
    if insider:
        return local(today + DAY, "08:00") if clock >= time(22) else at
    if clock >= time(20, 30):
        return local(today + DAY, "08:00")
    return local(today, "14:00") if time(12) <= clock < time(14) else at


def spoken(at: datetime, now: datetime) -> str:
    """A moment as the bot would say it at another."""
    here, today = at.astimezone(HERE), day_of(now)
    clock = f"{here.hour}:{here.minute:02d}"
    if here.date() == today:
        return f"今天{clock}"
    year = f"{here.year}年" if here.year != today.year else ""
    return f"{year}{here.month}月{here.day}日(周{'一二三四五六日'[here.weekday()]}){clock}"
