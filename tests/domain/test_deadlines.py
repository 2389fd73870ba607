"""A ticket's clock: two examples for every rule, and jumps of the clock."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import deadlines
from domain.action import Action
from domain.errors import NoMoreTime, Refused
from domain.ids import MemberId
from domain.limit import Limit
from domain.people import Role
from domain.state import State
from domain.ticket import Actor, Ticket
from tests.domain.clocks import POLICY, at, local, ticket_of

OFFICER = Actor(Role.OFFICER, MemberId("o1"))


@pytest.mark.parametrize(
    ("category", "start", "arrive", "resolve"),
    [
        ("店外经营", "2026-05-11 09:00", "2026-05-11 10:00", "2026-05-11 11:00"),
        ("店外经营", "2026-05-16 23:30", "2026-05-17 00:30", "2026-05-17 01:30"),
        ("油烟污染", "2026-05-11 09:00", "2026-05-12 09:00", "2026-05-18 09:00"),
        ("暴露垃圾", "2026-05-15 17:30", "2026-05-18 09:30", "2026-05-18 11:30"),
        ("暴露垃圾", "2024-02-28 17:00", "2024-02-29 09:00", "2024-02-29 11:00"),
        ("暴露垃圾", "2026-12-31 17:00", "2027-01-04 09:00", "2027-01-04 11:00"),
        ("店外经营", "2026-12-31 23:00", "2027-01-01 00:00", "2027-01-01 01:00"),
    ],
)
def test_the_deadlines_of_a_category(category: str, start: str, arrive: str, resolve: str) -> None:
    ticket = ticket_of(category, start)
    assert (local(ticket.arrive_by), local(ticket.resolve_by)) == (arrive, resolve)


@pytest.mark.parametrize(("ongoing", "resolve"), [(True, "2026-05-13 20:00"), (False, "2026-06-01 18:00")])
def test_what_is_being_built_is_urgent_and_what_stands_is_not(ongoing: bool, resolve: str) -> None:
    assert local(ticket_of("违章搭建", "2026-05-11 20:00", ongoing=ongoing).resolve_by) == resolve


def test_what_turns_out_to_be_going_on_now_gets_the_shorter_limit_and_no_later_one() -> None:
    ticket = ticket_of("违章搭建", "2026-05-11 09:00")
    deadlines.hurry(ticket, POLICY, at("2026-05-12 09:00"))
    assert local(ticket.resolve_by) == "2026-05-14 09:00"
    late = ticket_of("违章搭建", "2026-05-11 09:00")
    deadlines.hurry(late, POLICY, at("2026-05-31 17:00"))
    assert local(late.resolve_by) == "2026-06-01 09:00"


@pytest.mark.parametrize(
    ("category", "paused", "resumed", "resolve"),
    [
        ("店外经营", "2026-05-11 09:30", "2026-05-11 13:00", "2026-05-11 14:30"),
        ("店外经营", "2026-05-11 09:30", "2026-05-18 09:00", "2026-05-18 10:30"),
        ("暴露垃圾", "2026-05-11 10:00", "2026-05-11 20:00", "2026-05-12 11:00"),
        ("暴露垃圾", "2026-05-11 12:30", "2026-05-11 13:30", "2026-05-11 15:00"),
    ],
)
def test_a_clock_that_stood_goes_on_with_what_was_left(
    category: str, paused: str, resumed: str, resolve: str
) -> None:
    ticket = ticket_of(category, "2026-05-11 09:00")
    deadlines.pause(ticket, at(paused))
    assert ticket.remind_at is None
    deadlines.resume(ticket, POLICY, at(resumed))
    assert local(ticket.resolve_by) == resolve
    assert ticket.remind_at is not None


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=7)])
def test_a_pause_never_shortens_also_where_the_clock_was_put_back(back: timedelta) -> None:
    ticket = ticket_of("店外经营", "2026-05-11 09:00")
    before = ticket.resolve_by
    deadlines.pause(ticket, at("2026-05-11 10:00"))
    deadlines.resume(ticket, POLICY, at("2026-05-11 10:00") - back)
    assert ticket.resolve_by == before


@pytest.mark.parametrize(
    ("category", "moments"),
    [
        ("店外经营", ["2026-05-11 10:00", "2026-05-11 10:36", "2026-05-11 11:00", "2026-05-11 13:00"]),
        ("乱堆物料", ["2026-05-11 15:00", "2026-05-11 17:24", "2026-05-12 09:00", "2026-05-13 09:00"]),
    ],
)
def test_the_ladder(category: str, moments: list[str]) -> None:
    ticket = ticket_of(category, "2026-05-11 09:00")
    start = at("2026-05-11 09:00")
    found = [local(deadlines.rung_at(ticket, POLICY, start, rung)) for rung in range(4)]
    assert found == moments


@pytest.mark.parametrize(
    ("now", "passed"),
    [
        ("2026-05-11 09:59", ()),
        ("2026-05-11 10:00", (0,)),
        ("2026-05-11 10:40", (0, 1)),
        ("2026-05-11 12:59", (0, 1, 2)),
        ("2026-05-18 09:00", (0, 1, 2, 3)),
    ],
)
def test_what_is_missed_is_missed_together(now: str, passed: tuple[int, ...]) -> None:
    assert deadlines.rungs_passed(ticket_of("店外经营", "2026-05-11 09:00"), POLICY, at(now)) == passed


@pytest.mark.parametrize(
    ("state", "runs"),
    [(State.HANDLING, True), (State.REWORK, True), (State.REPORTED, False), (State.TRANSFERRED, False)],
)
def test_nobody_is_reminded_of_what_is_reported_or_ended(state: State, runs: bool) -> None:
    ticket = ticket_of("店外经营", "2026-05-11 09:00")
    ticket.state = state
    deadlines.schedule(ticket, POLICY, at("2026-05-11 09:10"))
    assert (ticket.remind_at is not None) is runs
    assert bool(deadlines.rungs_passed(ticket, POLICY, at("2026-05-11 12:00"))) is runs


@pytest.mark.parametrize(
    ("category", "start", "resolve"),
    [
        ("店外经营", "2026-05-11 20:00", "2026-05-11 21:00"),
        ("油烟污染", "2026-05-15 18:30", "2026-05-20 12:00"),
    ],
)
def test_a_dispute_starts_a_shorter_clock(category: str, start: str, resolve: str) -> None:
    ticket = ticket_of(category, "2026-05-11 09:00")
    ticket.apply(Action.RESOLVE, OFFICER, at("2026-05-11 10:30"))
    reported = ticket.reported_at
    entry = ticket.apply(Action.DISPUTE, Actor(Role.RESIDENT, reporter=True), at(start))
    deadlines.follow(ticket, entry, POLICY, at(start))
    assert (local(ticket.resolve_by), ticket.rung) == (resolve, 0)
    assert ticket.reported_at == reported


def test_a_dispute_before_anything_was_reported_starts_no_clock() -> None:
    ticket = ticket_of("油烟污染", "2026-05-11 09:00")
    before = ticket.resolve_by
    ticket.apply(Action.ACCEPT, OFFICER, at("2026-05-11 10:00"))
    entry = ticket.apply(Action.DISPUTE, Actor(Role.RESIDENT), at("2026-05-12 10:00"))
    deadlines.follow(ticket, entry, POLICY, at("2026-05-12 10:00"))
    assert ticket.resolve_by == before


def _extended(ticket: Ticket, now: str, until: str | None = None) -> str:
    deadlines.check_extension(ticket, POLICY, at(now))
    day = POLICY.day(at(until)) if until else None
    deadlines.extend(ticket, POLICY, at(now), day)
    return local(ticket.resolve_by)


def test_an_extension_is_the_limit_once_more_or_a_day_and_never_less() -> None:
    ticket = ticket_of("店外经营", "2026-05-11 09:00")
    assert _extended(ticket, "2026-05-11 10:00") == "2026-05-11 13:00"
    assert _extended(ticket, "2026-05-11 12:00", "2026-05-13 00:00") == "2026-05-13 18:00"
    with pytest.raises(NoMoreTime) as refused:
        deadlines.check_extension(ticket, POLICY, at("2026-05-12 12:00"))
    assert refused.value.why is Refused.TWICE
    other = ticket_of("油烟污染", "2026-05-11 09:00")
    assert _extended(other, "2026-05-11 10:00") == "2026-05-25 09:00"
    assert _extended(other, "2026-05-11 10:00", "2026-05-12 00:00") == "2026-05-25 09:00"


@pytest.mark.parametrize(("now", "refused"), [("2026-05-11 11:00", False), ("2026-05-11 11:01", True)])
def test_what_is_overdue_is_not_extended(now: str, refused: bool) -> None:
    ticket = ticket_of("店外经营", "2026-05-11 09:00")
    assert ticket.overdue(at(now)) is refused
    if refused:
        with pytest.raises(NoMoreTime):
            deadlines.check_extension(ticket, POLICY, at(now))


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("2026-06-01", None),
        ("2027-05-11", None),
        ("2027-05-12", Refused.NO_DAY),
        ("2026-05-11", Refused.NO_DAY),
    ],
)
def test_a_suspension_lasts_a_year_at_most(until: str, why: Refused | None) -> None:
    ticket, day = ticket_of("违章搭建", "2026-05-11 09:00"), POLICY.day(at(until + " 12:00"))
    if why is None:
        deadlines.check_suspension(ticket, POLICY, at("2026-05-11 10:00"), day)
        deadlines.suspend(ticket, day, at("2026-05-11 10:00"))
        why, day = Refused.BEFORE, POLICY.day(at("2026-05-12 12:00"))
    with pytest.raises(NoMoreTime) as refused:
        deadlines.check_suspension(ticket, POLICY, at("2026-05-11 10:00"), day)
    assert refused.value.why is why


@pytest.mark.parametrize(
    ("reported", "late"),
    [("2026-05-11 10:59", False), ("2026-05-11 11:00", False), ("2026-05-11 11:05", True)],
)
def test_in_time_is_what_was_reported_in_time_however_late_it_is_closed(reported: str, late: bool) -> None:
    ticket = ticket_of("店外经营", "2026-05-11 09:00")
    ticket.apply(Action.RESOLVE, OFFICER, at(reported))
    ticket.apply(Action.RESOLVE, OFFICER, at("2026-05-12 09:00"))
    assert ticket.overdue(at("2026-05-13 09:00")) is late
    ticket.apply(Action.CONFIRM, Actor(Role.RESIDENT, reporter=True), at("2026-05-14 09:00"))
    assert ticket.overdue(at("2026-05-15 09:00")) is late


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=7)])
def test_a_clock_that_jumps_leaves_the_deadline_where_it_is(jump: timedelta) -> None:
    ticket = ticket_of("乱堆物料", "2026-05-11 09:00")
    before, half = ticket.resolve_by, ticket.remind_at
    deadlines.schedule(ticket, POLICY, at("2026-05-11 09:30") + jump)
    assert ticket.resolve_by == before
    deadlines.schedule(ticket, POLICY, at("2026-05-11 09:30"))
    assert ticket.remind_at == half


def test_other_officers_get_the_whole_time() -> None:
    ticket = ticket_of("店外经营", "2026-05-11 09:00")
    ticket.rung = 2
    deadlines.begin(ticket, POLICY, at("2026-05-11 10:45"))
    assert (local(ticket.resolve_by), ticket.rung) == ("2026-05-11 12:45", 0)


@pytest.mark.parametrize(("accepted", "silent"), [(False, True), (True, False)])
def test_silence_is_not_having_accepted_in_time(accepted: bool, silent: bool) -> None:
    ticket = ticket_of("店外经营", "2026-05-11 09:00")
    if accepted:
        ticket.apply(Action.ACCEPT, OFFICER, at("2026-05-11 09:10"))
    assert not deadlines.silent(ticket, at("2026-05-11 09:59"))
    assert deadlines.silent(ticket, at("2026-05-11 10:00")) is silent
    deadlines.hand_over(ticket, POLICY, at("2026-05-11 10:00"))
    assert not deadlines.silent(ticket, at("2026-05-11 12:00"))


_MINUTES = st.integers(min_value=1, max_value=5000)


@settings(max_examples=150, deadline=None)
@given(
    category=st.sampled_from(["店外经营", "暴露垃圾", "油烟污染"]),
    steps=st.lists(st.tuples(_MINUTES, _MINUTES), max_size=5),
)
def test_pauses_never_shorten_and_take_nothing_from_the_time(
    category: str, steps: list[tuple[int, int]]
) -> None:
    ticket = ticket_of(category, "2026-05-11 09:00")
    limit, now, worked = Limit.parse(str(ticket.resolve_limit)), at("2026-05-11 09:00"), timedelta()
    for running, standing in steps:
        if ticket.resolve_by is None or now + timedelta(minutes=running) >= ticket.resolve_by:
            break
        then = now + timedelta(minutes=running)
        worked += limit.left(now, then, POLICY.office)
        before = ticket.resolve_by
        deadlines.pause(ticket, then)
        now = then + timedelta(minutes=standing)
        deadlines.resume(ticket, POLICY, now)
        assert ticket.resolve_by is not None
        assert ticket.resolve_by >= before
        assert worked + limit.left(now, ticket.resolve_by, POLICY.office) == limit.span(POLICY.office)


def test_a_ticket_of_before_there_were_limits_gets_one_with_its_dispute() -> None:
    ticket = replace(ticket_of("店外经营", "2026-05-11 09:00"), resolve_limit=None, resolve_by=None)
    ticket.apply(Action.RESOLVE, OFFICER, at("2026-05-11 10:30"))
    entry = ticket.apply(Action.DISPUTE, Actor(Role.RESIDENT, reporter=True), at("2026-05-11 11:00"))
    deadlines.follow(ticket, entry, POLICY, at("2026-05-11 11:00"))
    assert (local(ticket.resolve_by), ticket.resolve_limit) == ("2026-05-11 12:00", "2紧急工作时")
