"""The record is a chain: whatever is changed in it shows, and where."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from domain.action import Action
from domain.history import Entry, first_broken
from domain.ids import MemberId, MessageId
from domain.people import Role
from domain.state import Outcome, State
from domain.ticket import Actor, Ticket
from tests.domain.test_authority import AT, a_ticket


@pytest.fixture
def recorded() -> tuple[Ticket, list[Entry]]:
    ticket = a_ticket(State.REGISTERED)
    reporter = Actor(Role.RESIDENT, MemberId("r1"), reporter=True)
    officer = Actor(Role.OFFICER, MemberId("o1"))
    return ticket, [
        ticket.register(reporter, MessageId("m1")),
        ticket.dispatch(MemberId("o1"), None, AT),
        ticket.apply(Action.ACCEPT, officer, AT, MessageId("m2")),
        ticket.apply(Action.RESOLVE, officer, AT + timedelta(hours=1), MessageId("m3"), "收进去了"),
    ]


def test_an_untouched_record_holds(recorded: tuple[Ticket, list[Entry]]) -> None:
    ticket, entries = recorded
    assert first_broken(entries, ticket.head, ticket.state, ticket.outcome) is None


@pytest.mark.parametrize(
    "change",
    [
        {"note": "没收进去"},
        {"person": "o9"},
        {"at": AT - timedelta(days=1)},
        {"message": None},
        {"role": Role.SUPERVISOR},
        {"action": Action.CONFIRM},
    ],
)
@pytest.mark.parametrize("place", [0, 2, 3])
def test_a_changed_entry_is_named(
    recorded: tuple[Ticket, list[Entry]], place: int, change: dict[str, Any]
) -> None:
    ticket, entries = recorded
    changed = replace(entries[place], **change)
    if changed == entries[place]:
        pytest.skip("this entry has that value already")
    entries[place] = changed
    assert first_broken(entries, ticket.head, ticket.state, ticket.outcome) == (place + 1, "changed")


def test_an_entry_sealed_anew_breaks_the_next_link(recorded: tuple[Ticket, list[Entry]]) -> None:
    ticket, entries = recorded
    entries[1] = replace(entries[1], note="改").sealed()
    assert first_broken(entries, ticket.head, ticket.state, ticket.outcome) == (3, "chain")


def test_a_removed_entry_and_a_cut_end_show(recorded: tuple[Ticket, list[Entry]]) -> None:
    ticket, entries = recorded
    assert first_broken(entries[:1] + entries[2:], ticket.head, ticket.state, ticket.outcome) == (
        2,
        "missing",
    )
    assert first_broken(entries[:3], ticket.head, ticket.state, ticket.outcome) == (4, "cut")


def test_a_ticket_whose_state_was_changed_shows(recorded: tuple[Ticket, list[Entry]]) -> None:
    ticket, entries = recorded
    assert first_broken(entries, ticket.head, State.CLOSED, None) == (5, "cut")


def test_a_ticket_whose_outcome_was_changed_shows(recorded: tuple[Ticket, list[Entry]]) -> None:
    ticket, entries = recorded
    entries.append(ticket.apply(Action.LAPSE, Actor(Role.BOT), AT + timedelta(days=3)))
    assert first_broken(entries, ticket.head, ticket.state, Outcome.NO_ANSWER) is None
    assert first_broken(entries, ticket.head, ticket.state, Outcome.CONFIRMED) == (6, "cut")


def test_the_hash_does_not_depend_on_the_time_zone(recorded: tuple[Ticket, list[Entry]]) -> None:
    entry = recorded[1][0]
    elsewhere = replace(entry, at=entry.at.astimezone(timezone(timedelta(hours=8))))
    assert elsewhere.digest() == entry.hash
    assert replace(entry, at=datetime(2026, 5, 11, 10, tzinfo=UTC)).digest() == entry.hash
