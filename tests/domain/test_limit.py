"""Time limits: how they are written, and the clock that each runs on."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.limit import BadLimit, Limit, Unit
from domain.worktime import WorkingTime
from tests.domain.test_worktime import at, office, offices_and_moments

HALF, FIFTH = Fraction(1, 2), Fraction(1, 5)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "number", "unit", "runs_on"),
    [
        ("2紧急工作时", 2, Unit.URGENT_HOURS, True),
        ("1紧急工作日", 1, Unit.URGENT_DAYS, True),
        ("4工作时", 4, Unit.HOURS, False),
        ("15工作日", 15, Unit.DAYS, False),
        ("90自然日", 90, Unit.CALENDAR_DAYS, True),
        ("0.5工作日", HALF, Unit.DAYS, False),
        ("1000.25工作时", Fraction(4001, 4), Unit.HOURS, False),
    ],
)
def test_a_limit_is_read_and_written(text: str, number: Fraction, unit: Unit, runs_on: bool) -> None:
    limit = Limit.parse(text)
    assert (limit.number, limit.unit, limit.runs_on) == (number, unit, runs_on)
    assert f"{limit}" == text


def test_spaces_and_wide_digits_are_the_same_limit() -> None:
    assert str(Limit.parse(" \uff12 工作日 ")) == "2工作日"
    assert str(Limit.parse("2.50工作日")) == "2.5工作日"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "number"),
        ("工作日", "number"),
        ("-1工作日", "number"),
        ("99999工作日", "number"),
        ("两工作日", "number"),
        ("0工作日", "no time"),
        ("0.0工作日", "no time"),
        ("2", "unit ''"),
        ("2小时", "unit '小时'"),
        ("2紧急时", "unit '紧急时'"),
        ("2工作日内", "unit '工作日内'"),
    ],
)
def test_what_is_no_limit_is_named(text: str, wrong: str) -> None:
    with pytest.raises(BadLimit, match=wrong):
        Limit.parse(text)


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2026-11-20 17:30", "4工作时", "2026-11-23 11:30"),
        ("2026-11-20 12:30", "2工作时", "2026-11-20 16:00"),
        ("2026-11-22 10:00", "4工作时", "2026-11-23 12:00"),
        ("2026-11-20 17:30", "1工作日", "2026-11-23 17:30"),
        ("2026-11-20 17:30", "0.5工作日", "2026-11-23 11:30"),
        ("2026-11-20 17:30", "2紧急工作时", "2026-11-20 19:30"),
        ("2026-11-20 17:30", "2紧急工作日", "2026-11-22 17:30"),
        ("2028-02-28 17:30", "2自然日", "2028-03-01 17:30"),
    ],
)
def test_when_a_limit_is_over(start: str, limit: str, due: str) -> None:
    assert Limit.parse(limit).due(at(start), office()) == at(due)


def test_parts_of_a_limit_run_on_its_own_clock() -> None:
    start, limit = at("2026-11-20 16:00"), Limit.parse("1工作日")
    due = limit.due(start, office())
    for share, moment in (
        (HALF, "2026-11-23 10:00"),
        (FIFTH, "2026-11-20 17:36"),
        (Fraction(2), "2026-11-24 16:00"),
    ):
        assert limit.due(start, office(), share=share) == at(moment)
        assert limit.moment(start, due, share, office()) == at(moment)
    urgent = Limit.parse("10紧急工作时")
    assert urgent.moment(start, urgent.due(start, office()), HALF, office()) == at("2026-11-20 21:00")


def test_a_pause_in_and_out_of_office_hours() -> None:
    limit, due = Limit.parse("4工作时"), at("2026-11-23 11:30")
    left = limit.left(at("2026-11-20 17:45"), due, office())
    assert left == 3.75 * HOUR
    assert limit.again(at("2026-11-22 23:00"), left, office()) == at("2026-11-23 11:45")
    assert limit.left(at("2026-11-21 09:00"), due, office()) == 3.5 * HOUR
    assert limit.left(at("2026-11-23 11:31"), due, office()) == timedelta()


def test_a_pause_of_an_urgent_limit() -> None:
    limit, due = Limit.parse("2紧急工作时"), at("2026-11-20 19:30")
    left = limit.left(at("2026-11-20 18:30"), due, office())
    assert left == HOUR
    assert limit.again(at("2026-11-22 23:00"), left, office()) == at("2026-11-23 00:00")
    assert limit.left(at("2026-11-20 19:31"), due, office()) == timedelta()


# --- any limit of any office --------------------------------------------------------------------

LIMITS = st.builds(Limit, st.fractions("1/4", 6, max_denominator=4).filter(bool), st.sampled_from(Unit))
Given = tuple[WorkingTime, list[datetime]]


@settings(deadline=None)
@given(offices_and_moments(2), LIMITS)
def test_a_later_start_is_never_due_earlier(given: Given, limit: Limit) -> None:
    working, [first, later] = given
    assert limit.due(first, working) <= limit.due(later, working)


@settings(deadline=None)
@given(offices_and_moments(3), LIMITS)
def test_a_pause_never_brings_the_due_time_nearer(given: Given, limit: Limit) -> None:
    working, [start, pause, resume] = given
    due = limit.due(start, working)
    assert limit.again(resume, limit.left(pause, due, working), working) >= due


@settings(deadline=None)
@given(offices_and_moments(2), LIMITS)
def test_a_pause_of_no_time_changes_nothing(given: Given, limit: Limit) -> None:
    working, [start, pause] = given
    due = limit.due(start, working)
    again = limit.again(pause, limit.left(pause, due, working), working)
    assert again == max(due, pause)


@settings(deadline=None)
@given(offices_and_moments(1), LIMITS, st.fractions(0, 2, max_denominator=20))
def test_shares_of_a_limit_are_in_order(given: Given, limit: Limit, share: Fraction) -> None:
    working, [start] = given
    due = limit.due(start, working)
    moment = limit.moment(start, due, share, working)
    assert start <= moment
    assert (moment <= due) is (share <= 1)
    assert moment == limit.due(start, working, share=share)
    assert limit.left(start, moment, working) == limit.span(working) * share.numerator / share.denominator


@settings(deadline=None)
@given(LIMITS)
def test_any_limit_is_read_as_it_is_written(limit: Limit) -> None:
    if limit.number.denominator != 3:  # a third has no end in decimals
        assert Limit.parse(str(limit)) == limit
