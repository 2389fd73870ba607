"""When a line may go out, by the clock and the calendar alone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.message import Occasion
from domain.quiet import BadHours, Hearer, Quiet, hours, weekdays, written

ZONE = ZoneInfo("Asia/Shanghai")
GROUP = Hearer(group=True)
RESIDENT = Hearer(group=False)
OFFICER = Hearer(group=False, insider=True)
QUIET = Quiet()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def earliest(quiet: Quiet, occasion: Occasion, to: Hearer, when: str, *said: str) -> str:
    found = quiet.earliest(occasion, to, at(when), ZONE, [at(one) for one in said])
    return f"{found.astimezone(ZONE):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("when", "goes"),
    [
        ("2026-05-11 18:00", "05-11 18:00"),
        ("2026-05-11 20:29", "05-11 20:29"),
        ("2026-05-11 20:30", "05-12 08:00"),
        ("2026-05-11 23:59", "05-12 08:00"),
        ("2026-05-12 00:00", "05-12 08:00"),
        ("2026-05-12 07:59", "05-12 08:00"),
        ("2026-05-12 08:00", "05-12 08:00"),
        ("2026-05-12 11:59", "05-12 11:59"),
        ("2026-05-12 12:00", "05-12 14:00"),
        ("2026-05-12 13:59", "05-12 14:00"),
        ("2026-05-16 21:00", "05-17 08:00"),
    ],
)
def test_news_waits_for_the_end_of_quiet_hours(when: str, goes: str) -> None:
    assert earliest(QUIET, Occasion.NEWS, GROUP, when) == goes
    assert earliest(QUIET, Occasion.NEWS, RESIDENT, when) == goes


@pytest.mark.parametrize(
    ("when", "goes"),
    [
        ("2026-05-11 21:59", "05-11 21:59"),
        ("2026-05-11 22:00", "05-12 08:00"),
        ("2026-05-12 12:30", "05-12 12:30"),
        ("2026-05-12 07:00", "05-12 08:00"),
    ],
)
def test_officers_have_quiet_hours_of_their_own(when: str, goes: str) -> None:
    assert earliest(QUIET, Occasion.NEWS, OFFICER, when) == goes


@pytest.mark.parametrize("occasion", [Occasion.ANSWER, Occasion.DANGER])
@pytest.mark.parametrize("when", ["2026-05-11 03:00", "2026-05-16 12:30"])
def test_answers_and_dangers_wait_for_nothing(occasion: Occasion, when: str) -> None:
    quiet = Quiet(days=frozenset({at(when).date()}))
    assert quiet.earliest(occasion, GROUP, at(when), ZONE) == at(when)


def test_what_nobody_asked_for_waits_for_a_working_day() -> None:
    assert earliest(QUIET, Occasion.UNASKED, GROUP, "2026-05-15 20:00") == "05-15 20:00"
    assert earliest(QUIET, Occasion.UNASKED, GROUP, "2026-05-15 20:30") == "05-18 08:00"
    assert earliest(QUIET, Occasion.UNASKED, OFFICER, "2026-05-16 10:00") == "05-18 08:00"
    holiday = Quiet(works_on=lambda day: weekdays(day) and day != date(2026, 5, 18))
    assert earliest(holiday, Occasion.UNASKED, GROUP, "2026-05-16 10:00") == "05-19 08:00"


def test_on_days_of_exams_groups_hear_no_news_and_officers_do() -> None:
    quiet = Quiet(days=frozenset({date(2026, 6, 7), date(2026, 6, 8)}))
    assert earliest(quiet, Occasion.NEWS, GROUP, "2026-06-07 10:00") == "06-09 08:00"
    assert earliest(quiet, Occasion.NEWS, RESIDENT, "2026-06-08 15:00") == "06-09 08:00"
    assert earliest(quiet, Occasion.NEWS, OFFICER, "2026-06-07 10:00") == "06-07 10:00"


def test_one_unasked_line_a_day_and_three_a_week() -> None:
    monday, wednesday = "2026-05-11 09:00", "2026-05-13 09:00"
    assert earliest(QUIET, Occasion.UNASKED, GROUP, "2026-05-11 10:00", monday) == "05-12 08:00"
    assert earliest(QUIET, Occasion.UNASKED, GROUP, "2026-05-12 10:00", monday, wednesday) == "05-12 10:00"
    three = (monday, "2026-05-12 09:00", wednesday)
    assert earliest(QUIET, Occasion.UNASKED, GROUP, "2026-05-14 10:00", *three) == "05-18 08:00"
    more = Quiet(per_day=2, per_week=4)
    assert earliest(more, Occasion.UNASKED, GROUP, "2026-05-11 10:00", monday) == "05-11 10:00"
    assert earliest(more, Occasion.UNASKED, GROUP, "2026-05-14 10:00", *three) == "05-14 10:00"


def test_the_week_of_the_caps_begins_on_monday_also_at_new_year() -> None:
    week = ("2026-12-28 09:00", "2026-12-29 09:00", "2026-12-30 09:00")
    assert earliest(QUIET, Occasion.UNASKED, GROUP, "2026-12-31 09:00", *week) == "01-04 08:00"
    assert earliest(QUIET, Occasion.UNASKED, GROUP, "2027-01-04 09:00", *week) == "01-04 09:00"


def test_a_group_may_have_quiet_hours_of_its_own() -> None:
    early = Hearer(group=True, hours=hours("19:00-07:00"))
    assert earliest(QUIET, Occasion.NEWS, early, "2026-05-11 19:00") == "05-12 07:00"
    assert earliest(QUIET, Occasion.NEWS, early, "2026-05-11 12:30") == "05-11 12:30"
    assert earliest(QUIET, Occasion.NEWS, Hearer(group=True, hours=()), "2026-05-11 23:00") == "05-11 23:00"


def test_the_night_is_shorter_than_the_quiet_hours() -> None:
    assert QUIET.at_night(at("2026-05-11 22:00"), ZONE)
    assert QUIET.at_night(at("2026-05-11 05:59"), ZONE)
    assert not QUIET.at_night(at("2026-05-11 21:59"), ZONE)
    assert not QUIET.at_night(at("2026-05-11 06:00"), ZONE)


@pytest.mark.parametrize("text", ["20:30-08:00,12:00-14:00", "22:00-00:00", ""])
def test_hours_are_written_as_they_were_read(text: str) -> None:
    assert written(hours(text)) == text


def test_hours_are_read_as_people_write_them() -> None:
    assert hours("20：30～8:00、12:00至14:00") == ((time(20, 30), time(8)), (time(12), time(14)))
    assert hours("20:00-24:00") == ((time(20), time(0)),)


@pytest.mark.parametrize(
    "text", ["20:30", "8-9", "25:00-08:00", "24:30-08:00", "08:00-08:00", "00:00-12:00,12:00-24:00"]
)
def test_hours_that_cannot_be_meant_are_refused(text: str) -> None:
    with pytest.raises(BadHours):
        hours(text)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001  (Hypothesis wants bounds without a zone)
ZONES = st.sampled_from([ZONE, ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns"), UTC])
HEARERS = st.sampled_from([GROUP, RESIDENT, OFFICER])


@given(MOMENTS, ZONES, HEARERS, st.sampled_from(Occasion), st.lists(MOMENTS, max_size=4))
def test_nothing_goes_out_earlier_or_when_it_should_be_quiet(
    when: datetime, zone: ZoneInfo, to: Hearer, occasion: Occasion, said: list[datetime]
) -> None:
    goes = QUIET.earliest(occasion, to, when, zone, said)
    assert goes >= when
    assert QUIET.earliest(occasion, to, goes, zone, said) == goes
    if occasion in {Occasion.NEWS, Occasion.UNASKED}:
        clock = goes.astimezone(zone).time()
        early, late = (8, 22) if to.insider else (8, 20.5)
        assert early <= clock.hour + clock.minute / 60 < late


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=9)), HEARERS, st.sampled_from(Occasion))
def test_what_is_ready_later_never_goes_out_earlier(
    when: datetime, later: timedelta, to: Hearer, occasion: Occasion
) -> None:
    first = QUIET.earliest(occasion, to, when, ZONE)
    assert first <= QUIET.earliest(occasion, to, when + later, ZONE)
