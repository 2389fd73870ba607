"""Office time: shifts, holidays, make-up days, clocks that change."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.worktime import NeverOpen, WorkingTime

NANCHANG = ZoneInfo("Asia/Shanghai")
SHIFTS = ((time(8), time(12)), (time(14), time(18)))
FOUR_DAYS = timedelta(days=4)


def office(
    *, rest: set[date] | None = None, work: set[date] | None = None, zone: ZoneInfo = NANCHANG
) -> WorkingTime:
    """Monday to Friday, but for these days."""
    days, extra = rest or set(), work or set()
    return WorkingTime(zone, SHIFTS, lambda day: day in extra or (day.weekday() < 5 and day not in days))


def at(text: str, zone: ZoneInfo = NANCHANG) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "works", "opening"),
    [
        ("2026-11-20 07:59", False, "2026-11-20 08:00"),
        ("2026-11-20 08:00", True, "2026-11-20 08:00"),
        ("2026-11-20 11:59", True, "2026-11-20 11:59"),
        ("2026-11-20 12:00", False, "2026-11-20 14:00"),
        ("2026-11-20 18:00", False, "2026-11-23 08:00"),
        ("2026-11-22 10:00", False, "2026-11-23 08:00"),
    ],
)
def test_when_an_office_is_open(moment: str, works: bool, opening: str) -> None:
    assert office().works_at(at(moment)) is works
    assert office().opening(at(moment)) == at(opening)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-20 08:00", "2026-11-20 18:00", 8),
        ("2026-11-20 11:00", "2026-11-20 15:30", 2.5),
        ("2026-11-20 17:30", "2026-11-23 08:30", 1),
        ("2026-11-21 09:00", "2026-11-22 09:00", 0),
        ("2026-11-23 08:30", "2026-11-20 17:30", 0),
        ("2024-02-28 08:00", "2024-03-01 18:00", 24),
    ],
)
def test_the_office_time_between_two_moments(start: str, end: str, hours: float) -> None:
    assert office().between(at(start), at(end)) == timedelta(hours=hours)


def test_work_ends_as_early_as_it_can() -> None:
    assert office().add(at("2026-11-20 08:00"), timedelta(hours=4)) == at("2026-11-20 12:00")
    assert office().add(at("2026-11-20 08:00"), timedelta(hours=8)) == at("2026-11-20 18:00")
    assert office().add(at("2026-11-21 03:00"), timedelta()) == at("2026-11-21 03:00")


def test_a_holiday_is_no_office_time_and_a_make_up_day_is() -> None:
    golden = office(rest={date(2026, 10, n) for n in range(1, 8)}, work={date(2026, 10, 10)})
    assert golden.add(at("2026-09-30 16:00"), timedelta(hours=8)) == at("2026-10-08 16:00")
    assert golden.add(at("2026-10-09 17:00"), timedelta(hours=4)) == at("2026-10-10 11:00")


def test_the_next_working_days() -> None:
    years_end = office(rest={date(2026, 1, 1), date(2026, 1, 2)}, work={date(2026, 1, 4)})
    assert years_end.next_working_day(date(2025, 12, 31)) == date(2026, 1, 4)
    assert years_end.next_working_day(date(2025, 12, 30), count=3) == date(2026, 1, 5)
    assert office().next_working_day(date(2024, 2, 28)) == date(2024, 2, 29)


def test_an_office_that_never_opens_is_said_so() -> None:
    closed = WorkingTime(NANCHANG, SHIFTS, lambda day: day.year < 2026)
    with pytest.raises(NeverOpen):
        closed.add(at("2026-01-01 08:00"), timedelta(hours=1))
    with pytest.raises(NeverOpen):
        closed.opening(at("2026-01-01 08:00"))
    with pytest.raises(NeverOpen):
        closed.next_working_day(date(2025, 12, 31))
    assert closed.between(at("2025-12-31 17:00"), at("2030-01-01 08:00")) == timedelta(hours=1)


@pytest.mark.parametrize(
    "shifts",
    [
        (),
        ((time(12), time(8)),),
        ((time(8), time(8)),),
        ((time(8), time(13)), (time(12), time(18))),
        ((time(14), time(18)), (time(8), time(12))),
        ((time(14), time()), (time(8), time(12))),
    ],
)
def test_shifts_that_cannot_be_are_refused(shifts: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="in order"):
        WorkingTime(NANCHANG, shifts, lambda _: True)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        office().opening(datetime(2026, 11, 20, 8))  # noqa: DTZ001  (that is what is refused)


def test_round_the_clock() -> None:
    always = WorkingTime(NANCHANG, ((time(), time()),), lambda _: True)
    assert always.whole_day == timedelta(days=1)
    assert always.works_at(at("2026-11-22 00:00"))
    assert always.between(at("2026-11-20 17:30"), at("2026-11-23 08:00")) == timedelta(hours=62.5)


NEW_YORK, APIA, SAO_PAULO = (ZoneInfo(z) for z in ("America/New_York", "Pacific/Apia", "America/Sao_Paulo"))


@pytest.mark.parametrize(
    ("zone", "shift", "day", "hours"),
    [
        (NEW_YORK, (time(0), time(8)), date(2026, 3, 8), 7),
        (NEW_YORK, (time(0), time(8)), date(2026, 3, 9), 8),
        (NEW_YORK, (time(0), time(8)), date(2026, 11, 1), 9),
        (NEW_YORK, (time(2), time(2, 45)), date(2026, 3, 8), 0),
        (NEW_YORK, (time(2, 30), time(3, 30)), date(2026, 3, 8), 0.5),
        (APIA, (time(8), time(18)), date(2011, 12, 30), 0),
        (SAO_PAULO, (time(0), time(2)), date(2018, 11, 4), 1),
    ],
)
def test_where_the_clocks_change_real_time_counts(
    zone: ZoneInfo, shift: tuple[time, time], day: date, hours: float
) -> None:
    local = WorkingTime(zone, (shift,), lambda one: one == day)
    noon = datetime.combine(day, time(12), UTC)
    assert local.between(noon - FOUR_DAYS, noon + FOUR_DAYS) == timedelta(hours=hours)


def test_an_hour_of_yesterday_that_comes_again_after_midnight() -> None:
    saint_johns = ZoneInfo("America/St_Johns")  # at 0:01 on this day its clocks went back to 23:01
    sunday = WorkingTime(saint_johns, ((time(), time(8)),), lambda day: day == date(2010, 11, 7))
    again = datetime(2010, 11, 6, 23, 30, tzinfo=saint_johns, fold=1)
    assert sunday.works_at(again)
    assert not sunday.works_at(again.replace(fold=0))
    assert sunday.between(again - FOUR_DAYS, again) == timedelta(minutes=30)
    assert sunday.opening(again) == again.astimezone(UTC)


# --- any office ---------------------------------------------------------------------------------

ZONES = st.sampled_from(
    ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca",
     "America/St_Johns", "Europe/London", "Asia/Kathmandu", "Pacific/Apia"]
).map(ZoneInfo)  # fmt: skip
TURNS = st.sampled_from(
    [date(2010, 11, 7), date(2011, 12, 30), date(2018, 11, 4), date(2024, 2, 29), date(2026, 3, 8), date(2026, 10, 1), date(2026, 11, 1),
     date(2026, 12, 31)]
)  # fmt: skip
"""Days about which something is odd: a leap day, a new year, clocks that change, a day that was left out."""


@st.composite
def any_shifts(draw: st.DrawFn) -> tuple[tuple[time, time], ...]:
    """One to three shifts, some through the night's hours, some to the end of the day."""
    count = draw(st.integers(1, 3))
    marks = sorted(draw(st.sets(st.integers(0, 96), min_size=2 * count, max_size=2 * count)))
    clocks = [time(mark // 4 % 24, mark % 4 * 15) for mark in marks]
    return tuple(zip(clocks[::2], clocks[1::2], strict=True))


@st.composite
def offices(draw: st.DrawFn) -> tuple[WorkingTime, date]:
    """An office with holidays and make-up days of its own about a day."""
    about = draw(TURNS)
    near = st.integers(-20, 20).map(lambda n: about + timedelta(days=n))
    changed = draw(st.sets(near, max_size=25))
    zone, shifts = draw(ZONES), draw(any_shifts())
    return WorkingTime(zone, shifts, lambda day: (day.weekday() < 5) != (day in changed)), about


@st.composite
def offices_and_moments(draw: st.DrawFn, count: int) -> tuple[WorkingTime, list[datetime]]:
    """An office and moments in order, each of any zone."""
    working, about = draw(offices())
    minutes = sorted(draw(st.lists(st.integers(-20_000, 20_000), min_size=count, max_size=count)))
    zones = draw(st.lists(st.integers(-12, 14), min_size=count, max_size=count))
    noon = datetime.combine(about, time(12), UTC)
    return working, [
        (noon + timedelta(minutes=m)).astimezone(timezone(timedelta(hours=z)))
        for m, z in zip(minutes, zones, strict=True)
    ]


SPANS = st.integers(0, 20_000).map(lambda n: timedelta(minutes=n, microseconds=n % 7))


@settings(deadline=None)
@given(offices_and_moments(1), SPANS)
def test_what_is_added_is_between(given: tuple[WorkingTime, list[datetime]], span: timedelta) -> None:
    working, [start] = given
    end = working.add(start, span)
    assert working.between(start, end) == span
    if span:
        assert working.between(start, end - timedelta(microseconds=1)) < span


@settings(deadline=None)
@given(offices_and_moments(2))
def test_what_is_between_leads_as_far(given: tuple[WorkingTime, list[datetime]]) -> None:
    working, [start, end] = given
    reached = working.add(start, working.between(start, end))
    assert reached <= end or reached == start
    if working.works_at(end):
        assert reached == end or not working.between(start, end)


@settings(deadline=None)
@given(offices_and_moments(3))
def test_office_time_adds_up_and_is_no_longer_than_time(given: tuple[WorkingTime, list[datetime]]) -> None:
    working, [start, middle, end] = given
    whole = working.between(start, end)
    assert whole == working.between(start, middle) + working.between(middle, end)
    assert timedelta() <= whole <= end - start


@settings(deadline=None)
@given(offices_and_moments(1))
def test_an_office_is_open_at_its_opening_and_not_before(given: tuple[WorkingTime, list[datetime]]) -> None:
    working, [moment] = given
    opening = working.opening(moment)
    assert working.works_at(opening)
    assert not working.between(moment, opening)
    assert working.works_at(moment) is (opening == moment)
