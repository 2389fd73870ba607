"""With which days a period is compared, and how a period is told apart."""

from datetime import date

import pytest

from domain.figures import earlier, parts
from domain.query import Compare, Group


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}" if len(text) == 5 else text)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("06-01 06-30", "05-01 05-31"),
        ("03-01 03-31", "02-01 02-28"),
        ("03-01 03-30", "02-01 02-28"),
        ("06-01 06-23", "05-01 05-23"),
        ("04-01 06-30", "01-01 03-31"),
        ("04-01 05-20", "01-01 02-20"),
        ("07-01 11-20", "01-01 05-20"),
        ("01-01 11-20", "2025-01-01 2025-11-20"),
        ("01-01 01-31", "2025-12-01 2025-12-31"),
        ("06-15 06-21", "06-08 06-14"),
        ("06-15 06-17", "06-08 06-10"),
        ("06-01 06-07", "05-25 05-31"),
        ("06-01 06-01", "05-31 05-31"),
        ("06-15 06-15", "06-14 06-14"),
        ("06-10 06-12", "06-07 06-09"),
        ("05-01 05-05", "04-01 04-05"),
    ],
)
def test_the_period_before_is_as_long_as_a_bureau_means_it(period: str, before: str) -> None:
    since, until = map(day, period.split())
    assert earlier(since, until, Compare.PREVIOUS) == tuple(map(day, before.split()))


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("06-01 06-30", "2025-06-01 2025-06-30"),
        ("2024-02-29 2024-02-29", "2023-02-28 2023-02-28"),
    ],
)
def test_the_same_days_a_year_ago(period: str, before: str) -> None:
    since, until = map(day, period.split())
    assert earlier(since, until, Compare.LAST_YEAR) == tuple(map(day, before.split()))


def test_before_the_first_day_of_all_there_is_nothing() -> None:
    with pytest.raises((ValueError, OverflowError)):
        earlier(date(1, 1, 1), date(1, 1, 31), Compare.LAST_YEAR)


@pytest.mark.parametrize(
    ("group", "first", "last", "count"),
    [
        (Group.DAY, "06-10 06-10", "07-05 07-05", 26),
        (Group.WEEK, "06-10 06-14", "06-29 07-05", 4),
        (Group.MONTH, "06-10 06-30", "07-01 07-05", 2),
    ],
)
def test_weeks_and_months_are_cut_to_the_period(group: Group, first: str, last: str, count: int) -> None:
    found = list(parts((day("06-10"), day("07-05")), group))
    assert len(found) == count
    assert found[0] == tuple(map(day, first.split()))
    assert found[-1] == tuple(map(day, last.split()))
