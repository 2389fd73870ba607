"""Who may do what: the table of role × action, both verdicts, on a ticket in a state that allows the action."""

from datetime import UTC, datetime

import pytest

from domain.action import Action
from domain.errors import DomainError, IllegalMove, NotAllowed, ReasonMissing
from domain.ids import MemberId, MessageId, TicketNo
from domain.people import Role
from domain.state import MOVES, Outcome, State
from domain.ticket import Actor, Ticket

AT = datetime(2026, 5, 11, 10, tzinfo=UTC)
WORDS = {
    Role.RESIDENT: "register support supplement urge dispute confirm withdraw",
    Role.COMMUNITY: "register support supplement urge dispute confirm withdraw progress verify void",
    Role.PROPERTY: "register support supplement urge dispute confirm withdraw progress verify void",
    Role.OFFICER: "accept progress resolve extend suspend resume transfer reject void",
    Role.SUPERVISOR: "register urge",
    Role.BOT: "dispatch resume lapse",
}
TABLE = [(role, action, action.value in WORDS[role].split()) for role in Role for action in Action]
STARTS = {
    Action.DISPATCH: State.REGISTERED,
    Action.VERIFY: State.REPORTED,
    Action.LAPSE: State.REPORTED,
    Action.RESUME: State.SUSPENDED,
}


def a_ticket(state: State = State.DISPATCHED) -> Ticket:
    return Ticket(
        no=TicketNo("20260511-001"),
        community="幸福里社区",
        group=None,
        category="店外经营",
        location="",
        urgent=False,
        opened_at=AT,
        state=state,
        main=MemberId("o1"),
        assisting=MemberId("o2"),
    )


@pytest.mark.parametrize(("role", "action", "allowed"), TABLE)
def test_who_may_do_what(role: Role, action: Action, allowed: bool) -> None:
    ticket = a_ticket(STARTS.get(action, State.HANDLING))
    actor = Actor(role, MemberId("somebody"), reporter=action is Action.WITHDRAW)
    before = ticket.state
    if action is Action.REGISTER:
        return  # opening a ticket is no move on one; the routes' table has it
    if allowed:
        assert ticket.apply(action, actor, AT, note="因为").after == MOVES[action][before] or (
            action is Action.CONFIRM
        )
    else:
        with pytest.raises(NotAllowed):
            ticket.apply(action, actor, AT, note="因为")
        assert (ticket.state, ticket.length) == (before, 0)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", MOVES)
def test_every_state_allows_just_the_moves_of_the_table(state: State, action: Action) -> None:
    actor = {
        Action.DISPATCH: Actor(Role.BOT),
        Action.LAPSE: Actor(Role.BOT),
        Action.VERIFY: Actor(Role.COMMUNITY, MemberId("c1")),
    }.get(action)
    if actor is None:
        role = Role.OFFICER if action.value in WORDS[Role.OFFICER].split() else Role.RESIDENT
        actor = Actor(role, MemberId("x"), reporter=role is Role.RESIDENT)
    ticket = a_ticket(state)
    if state in MOVES[action]:
        assert ticket.apply(action, actor, AT, note="因为").after is MOVES[action][state]
    else:
        with pytest.raises(IllegalMove):
            ticket.apply(action, actor, AT, note="因为")


def test_a_silent_end_is_never_a_confirmed_one() -> None:
    ticket = a_ticket(State.REPORTED)
    ticket.apply(Action.LAPSE, Actor(Role.BOT), AT)
    assert (ticket.state, ticket.outcome) == (State.CLOSED, Outcome.NO_ANSWER)
    ticket.apply(Action.CONFIRM, Actor(Role.RESIDENT, MemberId("r1"), reporter=True), AT)
    assert ticket.outcome is Outcome.CONFIRMED


def test_a_neighbours_word_closes_nothing() -> None:
    ticket = a_ticket(State.REPORTED)
    ticket.apply(Action.CONFIRM, Actor(Role.RESIDENT, MemberId("r2")), AT)
    assert (ticket.state, ticket.outcome) == (State.REPORTED, None)


@pytest.mark.parametrize(("plainly", "outcome"), [(False, Outcome.NO_ANSWER), (True, Outcome.CONFIRMED)])
def test_what_a_reporter_only_implies_closes_nothing(*, plainly: bool, outcome: Outcome) -> None:
    reporter = Actor(Role.RESIDENT, MemberId("r1"), reporter=True, plainly=plainly)
    ticket = a_ticket(State.REPORTED)
    ticket.apply(Action.CONFIRM, reporter, AT)
    assert (ticket.state is State.CLOSED) is plainly
    if not plainly:
        ticket.apply(Action.LAPSE, Actor(Role.BOT), AT)
        ticket.apply(Action.CONFIRM, reporter, AT)
    assert ticket.outcome is outcome


def test_a_neighbours_word_after_a_silent_end_confirms_nothing() -> None:
    ticket = a_ticket(State.REPORTED)
    ticket.apply(Action.LAPSE, Actor(Role.BOT), AT)
    ticket.apply(Action.CONFIRM, Actor(Role.RESIDENT, MemberId("r2")), AT)
    assert ticket.outcome is Outcome.NO_ANSWER


@pytest.mark.parametrize("role", [Role.COMMUNITY, Role.PROPERTY])
def test_who_handled_a_ticket_never_verifies_it(role: Role) -> None:
    ticket = a_ticket()
    ticket.apply(Action.PROGRESS, Actor(role, MemberId("c1")), AT)
    ticket.apply(Action.RESOLVE, Actor(Role.OFFICER, MemberId("o1")), AT)
    with pytest.raises(NotAllowed):
        ticket.apply(Action.VERIFY, Actor(role, MemberId("c1")), AT)
    ticket.apply(Action.VERIFY, Actor(role, MemberId("c2")), AT)
    assert ticket.outcome is Outcome.VERIFIED


def test_only_the_reporter_withdraws() -> None:
    with pytest.raises(NotAllowed):
        a_ticket().apply(Action.WITHDRAW, Actor(Role.RESIDENT, MemberId("r2")), AT)


@pytest.mark.parametrize("action", [Action.EXTEND, Action.TRANSFER, Action.REJECT])
@pytest.mark.parametrize("note", ["", " \n"])
def test_some_moves_need_a_reason(action: Action, note: str) -> None:
    with pytest.raises(ReasonMissing):
        a_ticket().apply(action, Actor(Role.OFFICER, MemberId("o1")), AT, note=note)


def test_a_dispute_brings_a_closed_ticket_back() -> None:
    ticket = a_ticket(State.REPORTED)
    ticket.apply(Action.CONFIRM, Actor(Role.RESIDENT, MemberId("r1"), reporter=True), AT)
    ticket.apply(Action.DISPUTE, Actor(Role.RESIDENT, MemberId("r1"), reporter=True), AT)
    assert (ticket.state, ticket.outcome, ticket.ended_at) == (State.REWORK, None, None)


def test_the_record_names_officers_and_never_the_reporter() -> None:
    ticket = a_ticket(State.REGISTERED)
    opened = ticket.register(Actor(Role.COMMUNITY, MemberId("c1"), reporter=True), MessageId("m1"))
    told = ticket.dispatch(MemberId("o1"), MemberId("o2"), AT)
    taken = ticket.apply(Action.ACCEPT, Actor(Role.OFFICER, MemberId("o1")), AT)
    urged = ticket.apply(Action.URGE, Actor(Role.RESIDENT, MemberId("r9")), AT)
    assert [e.person for e in (opened, told, taken, urged)] == [None, None, "o1", None]
    assert opened.role is Role.RESIDENT


def test_every_error_is_an_answer_to_a_person() -> None:
    assert all(issubclass(kind, DomainError) for kind in (IllegalMove, NotAllowed, ReasonMissing))
