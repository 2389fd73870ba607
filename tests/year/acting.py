"""What becomes of a ticket by what people say about it."""

from datetime import datetime

from domain.action import Action
from tests.year.case import Case
from tests.year.office import day_of, spoken
from tests.year.script import Event

OVER = frozenset({"closed", "ended"})


def _accept(case: Case, event: Event) -> None:
    if case.state == "waiting":
        case.state = "working"
    del event


def _resolve(case: Case, event: Event) -> None:
    if case.state in {"waiting", "working"}:
        case.stop(event.at, "reported")
        case.reported = event.at
        case.confirm_asked(event)


def _urge(case: Case, event: Event) -> None:
    if case.state not in OVER:
        case.tell("有人催", at=event.at)


def _support(case: Case, event: Event) -> None:
    if case.state not in OVER and event.who not in case.households:
        case.households.append(event.who)


_ENDS = {Action.CONFIRM: "closed", Action.TRANSFER: "transferred", Action.WITHDRAW: "ended"}


def _end(case: Case, event: Event) -> None:
    if case.state not in {"closed", "ended"}:
        case.stop(event.at, _ENDS[event.action] if event.action else "")


def _dispute(case: Case, event: Event) -> None:
    case.overtaken(event.at)
    if case.state in {"reported", "closed", "ended"}:
        case.state, case.paused = "working", None
        case.deadline(case.after(event.at, case.hours[1] * 1800), event.at)
        seats = case.district.seats(case.place, day_of(event.at))
        if seats and set(seats) != set(case.officers):
            case.officers = list(seats)
        assert case.due
        case.tell("【返工】", "有人说没解决", f"{spoken(case.due, event.at)}前", at=event.at)


def _extend(case: Case, event: Event) -> None:
    if case.state not in {"waiting", "working"} or case.extensions >= 2 or (case.due and event.at > case.due):
        return
    if case.extensions:
        case.asked = case.asked or event
    else:
        longer(case, event.at)


def longer(case: Case, at: datetime) -> None:
    """The limit once more, after the deadline."""
    assert case.due
    case.overtaken(at)
    case.state, case.extensions = "working", case.extensions + 1
    case.deadline(case.after(case.due, case.hours[1] * 3600), at)


_ACTIONS = {
    Action.ACCEPT: _accept,
    Action.SUPPORT: _support,
    Action.URGE: _urge,
    Action.RESOLVE: _resolve,
    Action.TRANSFER: _end,
    Action.WITHDRAW: _end,
    Action.CONFIRM: _end,
    Action.DISPUTE: _dispute,
    Action.EXTEND: _extend,
}


def act(case: Case, event: Event) -> None:
    """Somebody does something with a ticket by what they say."""
    if event.action in _ACTIONS:
        _ACTIONS[event.action](case, event)
