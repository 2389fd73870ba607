"""A ticket's states and its legal moves, as one table (GB/T 30428's seven steps, without its forms)."""

from enum import StrEnum

from domain.action import Action


class State(StrEnum):
    """Where a ticket stands. The glossary in the README gives each its Chinese term."""

    REGISTERED = "registered"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    HANDLING = "handling"
    EXTENDED = "extended"
    REPORTED = "reported"
    REWORK = "rework"
    SUSPENDED = "suspended"
    TRANSFERRED = "transferred"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Outcome(StrEnum):
    """Why a ticket is closed. Silence is 'no answer' and is never counted as 'confirmed'."""

    CONFIRMED = "confirmed"
    VERIFIED = "verified"
    NO_ANSWER = "no_answer"


OUTCOMES = {
    Action.CONFIRM: Outcome.CONFIRMED,
    Action.VERIFY: Outcome.VERIFIED,
    Action.LAPSE: Outcome.NO_ANSWER,
}

WAITING = frozenset({State.REGISTERED, State.DISPATCHED})
WORKING = frozenset({State.ACCEPTED, State.HANDLING, State.EXTENDED, State.REWORK})
OPEN = WAITING | WORKING | {State.REPORTED, State.SUSPENDED}
"""States in which somebody still has something to do or to say."""
ENDED = frozenset(State) - OPEN


def _stay(states: frozenset[State]) -> dict[State, State]:
    return {state: state for state in states}


def _to(target: State, states: frozenset[State]) -> dict[State, State]:
    return dict.fromkeys(states, target)


_HANDS_ON = WAITING | WORKING
_HANDED_OVER = frozenset({State.TRANSFERRED})
_AT_HAND = _HANDS_ON | {State.REPORTED}

MOVES: dict[Action, dict[State, State]] = {
    Action.DISPATCH: {State.REGISTERED: State.DISPATCHED} | _stay(OPEN - {State.REGISTERED}),
    Action.SUPPORT: _stay(OPEN | _HANDED_OVER),
    Action.SUPPLEMENT: _stay(OPEN | _HANDED_OVER),
    Action.URGE: _stay(OPEN | _HANDED_OVER),
    Action.ACCEPT: _to(State.ACCEPTED, WAITING | {State.REWORK})
    | _stay(frozenset({State.ACCEPTED, State.HANDLING, State.EXTENDED, State.REPORTED})),
    Action.PROGRESS: _to(State.HANDLING, _HANDS_ON) | _stay(_HANDED_OVER | {State.REPORTED}),
    Action.RESOLVE: _to(State.REPORTED, _AT_HAND | _HANDED_OVER),
    Action.EXTEND: _to(State.EXTENDED, _HANDS_ON),
    Action.SUSPEND: _to(State.SUSPENDED, _HANDS_ON),
    Action.RESUME: {State.SUSPENDED: State.HANDLING},
    Action.TRANSFER: _to(State.TRANSFERRED, _HANDS_ON | _HANDED_OVER),
    Action.REJECT: _to(State.REJECTED, _AT_HAND | _HANDED_OVER),
    Action.VOID: _to(State.REJECTED, OPEN | _HANDED_OVER),
    Action.CONFIRM: _to(State.CLOSED, OPEN | _HANDED_OVER | {State.CLOSED}),
    Action.VERIFY: {State.REPORTED: State.CLOSED},
    Action.LAPSE: {State.REPORTED: State.CLOSED},
    Action.DISPUTE: _to(State.REWORK, WORKING | _HANDED_OVER | {State.REPORTED, State.REJECTED, State.CLOSED})
    | _stay(WAITING | {State.SUSPENDED}),
    Action.WITHDRAW: _to(State.WITHDRAWN, OPEN | _HANDED_OVER),
}
"""MOVES[action][state] is the state after; an action missing under a state is illegal there."""
