"""The week on the working calendar: its days, the moments in it, and how often it was missed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.working_days import WorkingDays
from domain.week import Week, Weekly, in_a_row, in_quarter, open_weeks
from domain.worktime import WorkingTime

ZONE = ZoneInfo("Asia/Shanghai")
OFFICE = WorkingTime(ZONE, ((time(8), time(12)), (time(14), time(18))), WorkingDays().works_on)


def week(day: str, **rules: object) -> Week:
    return Week.of(date.fromisoformat(day), OFFICE, replace(Weekly(), **rules))  # type: ignore[arg-type]


def local(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("monday", "days"),
    [
        ("2026-02-09", 6),
        ("2026-02-16", 0),
        ("2026-02-23", 5),
        ("2026-04-06", 4),
        ("2026-04-27", 4),
        ("2026-05-04", 4),
        ("2026-05-11", 5),
        ("2026-06-15", 4),
        ("2026-09-14", 6),
        ("2026-09-21", 4),
        ("2026-09-28", 3),
        ("2026-10-05", 3),
    ],
)
def test_the_weeks_of_2026_that_are_odd(monday: str, days: int) -> None:
    assert len(week(monday).days) == days
    assert week(monday).exempt is (days <= 2)


@pytest.mark.parametrize(("exempt_days", "exempt"), [(2, False), (3, True)])
def test_how_many_days_make_a_week_is_a_setting(exempt_days: int, exempt: bool) -> None:
    assert week("2026-09-28", exempt_days=exempt_days).exempt is exempt


@pytest.mark.parametrize("day", ["2026-05-11", "2026-05-14", "2026-05-17"])
def test_every_day_of_a_week_is_of_the_same_week(day: str) -> None:
    assert week(day).key == "2026-05-11"


@pytest.mark.parametrize(
    ("day", "invited", "reminded", "made_up", "told"),
    [
        ("2026-05-11", "05-11 09:00", ["05-14", "05-15"], "05-19 18:00", "05-25 09:00"),
        ("2026-04-06", "04-07 09:00", ["04-09", "04-10"], "04-14 18:00", "04-20 09:00"),
        ("2026-09-28", "09-28 09:00", ["09-29", "09-30"], "10-09 18:00", "10-12 09:00"),
        ("2026-09-14", "09-14 09:00", ["09-18", "09-20"], "09-22 18:00", "09-28 09:00"),
        ("2026-02-09", "02-09 09:00", ["02-13", "02-14"], "02-25 18:00", "03-02 09:00"),
    ],
)
def test_what_is_when(day: str, invited: str, reminded: list[str], made_up: str, told: str) -> None:
    one = week(day)
    assert local(one.invite_at) == invited
    assert [f"{on:%m-%d}" for on in one.reminders] == reminded
    assert (local(one.make_up_until), local(one.summary_at)) == (made_up, told)


@pytest.mark.parametrize(
    ("day", "law_day", "at"),
    [
        ("2026-05-11", 3, "05-13 10:00"),
        ("2026-10-05", 3, "10-08 10:00"),
        ("2026-09-28", 4, None),
        ("2026-05-11", 0, None),
    ],
)
def test_a_law_card_comes_on_its_day_or_the_next_working_day(day: str, law_day: int, at: str | None) -> None:
    found = week(day, law_day=law_day).law_at
    assert (local(found) if found else None) == at


@pytest.mark.parametrize(
    ("said", "weeks"),
    [
        ("2026-05-19 17:59", ["2026-05-18", "2026-05-11"]),
        ("2026-05-19 18:00", ["2026-05-18"]),
        ("2026-02-24 09:00", ["2026-02-23", "2026-02-16", "2026-02-09"]),
    ],
)
def test_a_check_in_counts_for_the_weeks_that_can_still_be_made_up(said: str, weeks: list[str]) -> None:
    at = datetime.fromisoformat(said).replace(tzinfo=ZONE).astimezone(UTC)
    assert [one.key for one in open_weeks(week(said[:10]), at)] == weeks


def days(*written: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(one) for one in written)


@pytest.mark.parametrize(
    ("missed", "row"),
    [
        (days(), 0),
        (days("2026-03-02"), 1),
        (days("2026-03-02", "2026-02-23"), 2),
        (days("2026-03-02", "2026-02-23", "2026-02-09"), 3),  # the week between is exempt
        (days("2026-03-02", "2026-02-09"), 1),
    ],
)
def test_weeks_in_a_row(missed: frozenset[date], row: int) -> None:
    assert in_a_row(week("2026-03-02"), missed) == row


def test_a_quarter_counts_its_own_weeks_up_to_this_one() -> None:
    missed = days("2026-03-30", "2026-04-06", "2026-04-20", "2026-06-29", "2026-07-06")
    assert [in_quarter(week(day), missed) for day in ("2026-03-30", "2026-04-20", "2026-06-29")] == [1, 2, 3]


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_a_week_goes_in_order(day: date) -> None:
    one = Week.of(day, OFFICE, Weekly())
    assert one.begins < one.ends == one.next.begins
    assert one.ends - one.begins == timedelta(days=7)
    assert one.next.before == one
    assert one.ends < one.make_up_until < one.summary_at
    if not one.exempt:
        first, last = one.reminders
        assert one.begins < one.invite_at < one.at(last, time(16)) < one.ends
        assert first < last
