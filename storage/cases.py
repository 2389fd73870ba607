"""Which rows each figure counts, and what of them: the rules of `docs/figures.md`.

A ticket that is void (作废: 误报, 退回, 撤回) counts nowhere, by the state that it is in: one that is
taken up again counts again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
    union_all,
)

from domain.action import Action
from domain.figures import Reading
from domain.query import Metric
from domain.state import OPEN, State
from storage.schema import (
    Moment,
    checkins,
    communities,
    exemptions,
    history,
    missed_weeks,
    patrols,
    satisfactions,
    tickets,
)

Condition = ColumnElement[bool]
VOID = (State.REJECTED, State.WITHDRAWN)
"""States of a ticket that counts nowhere."""
_NOT_OURS = (*VOID, State.TRANSFERRED)
_EXCUSED = (*_NOT_OURS, State.SUSPENDED)


def _literally(*states: State) -> list[ColumnElement[str]]:
    """States as they stand in the statement: only so does an index of part of the tickets serve it."""
    return [literal_column(f"'{state.value}'", String) for state in states]


_ALIVE = tickets.c.state.not_in(_literally(*VOID))
_CLOSED = tickets.c.state == _literally(State.CLOSED)[0]
_STANDING = tickets.c.ended_at.is_(None)
"""Of a ticket that is open; in the words of the index of these."""
_DONE = (State.REPORTED, State.CLOSED)
"""States in which the officers have said that it is done."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the cases of a metric are, and what of each is looked at. `at` is a moment or a day."""

    table: FromClause
    at: ColumnElement[Any]
    community: ColumnElement[str]
    officer: ColumnElement[Any]
    category: ColumnElement[Any]
    where: Condition
    part: ColumnElement[Any]
    cases: ColumnElement[Any]
    seconds: ColumnElement[Any] | None = None


NONE: ColumnElement[Any] = null()
"""In place of a column that a metric does not have."""
_COUNT = func.count()
ANSWERED = case(
    (
        tickets.c.state.in_((State.REPORTED, State.CLOSED)),
        func.coalesce(tickets.c.reported_at, tickets.c.ended_at),
    ),
    else_=tickets.c.ended_at,
)
"""When the officers' part was over."""


def late(now: datetime) -> Condition:
    """As `Ticket.overdue` has it."""
    return func.coalesce(ANSWERED, tickets.c.paused_at, literal(now, Moment())) > tickets.c.resolve_by


def _ticket(at: ColumnElement[Any], where: Condition, part: ColumnElement[Any] = _COUNT) -> Source:
    return Source(
        tickets, at, tickets.c.community, tickets.c.main, tickets.c.category, where, part, cases=_COUNT
    )


def _registered(_: Reading) -> Source:
    return _ticket(tickets.c.opened_at, _ALIVE)


def _resolved(_: Reading) -> Source:
    return _ticket(tickets.c.ended_at, _CLOSED)


def _open(_: Reading) -> Source:
    return _ticket(tickets.c.opened_at, and_(_STANDING, tickets.c.state.in_(sorted(OPEN))))


def _overdue(reading: Reading) -> Source:
    """Now: what is open and late; of a period: what ran over in it."""
    over = late(reading.now)
    if reading.period is None:
        return _ticket(tickets.c.resolve_by, and_(_STANDING, tickets.c.state.in_(sorted(OPEN)), over))
    return _ticket(tickets.c.resolve_by, and_(tickets.c.state.not_in(_NOT_OURS), over))


def _due(reading: Reading, part: Condition) -> Source:
    """What was to be dealt with (应处置): due in the period, and answered, or late."""
    due = and_(tickets.c.state.not_in(_EXCUSED), ANSWERED.is_not(None) | late(reading.now))
    return _ticket(tickets.c.resolve_by, due, func.sum(case((part, 1), else_=0)))


def _on_time(reading: Reading) -> Source:
    return _due(reading, and_(ANSWERED.is_not(None), ~late(reading.now)))


def _closed(reading: Reading) -> Source:
    return _due(reading, tickets.c.state == State.CLOSED)


def extended(reading: Reading) -> Source:
    """Of what was to be dealt with, what was extended (延期率)."""
    return _due(reading, tickets.c.extensions > 0)


def reworked(reading: Reading) -> Source:
    """Of what was to be dealt with, what had to be done again (返工率)."""
    again = (history.c.ticket_no == tickets.c.no) & (history.c.action == Action.DISPUTE)
    disputed = select(history.c.seq).where(
        again, history.c.before.in_(_DONE), history.c.after == State.REWORK
    )
    return _due(reading, disputed.exists())


def unanswered(reading: Reading) -> Source | None:
    """Of the cases of a metric those that have no answer yet and are late by now; None where it has none."""
    silent = and_(_STANDING, ANSWERED.is_(None), late(reading.now))
    if reading.metric is Metric.OVERDUE:
        return _ticket(tickets.c.resolve_by, and_(silent, tickets.c.state.not_in(_NOT_OURS)))
    if reading.metric in (Metric.ON_TIME_RATE, Metric.CLOSE_RATE):
        return _ticket(tickets.c.resolve_by, and_(silent, tickets.c.state.not_in(_EXCUSED)), literal(0))
    return None


def _taken(_: Reading) -> Source:
    """Seconds until the officers said done, of what was closed in the period."""
    return replace(_ticket(tickets.c.ended_at, _CLOSED), seconds=tickets.c.took)


def _satisfied(_: Reading) -> Source:
    """Words of reporters, by when they were said: the tickets are looked up for the words."""
    both = satisfactions.join(tickets, tickets.c.no == satisfactions.c.ticket_no)
    pleased = func.sum(case((satisfactions.c.score == 1, 1), else_=0))
    community, kind = (func.coalesce(one, "") for one in (tickets.c.community, tickets.c.category))
    return Source(both, satisfactions.c.at, community, tickets.c.main, kind, _ALIVE, pleased, _COUNT)


def _met(_: Reading) -> Source:
    here = checkins.c
    return Source(checkins, here.day, here.community, here.officer, NONE, true(), _COUNT, _COUNT)


def _free(week: date) -> ColumnElement[bool]:
    """Whether a supervisor has freed the community from this week's check-in."""
    here = (exemptions.c.community == communities.c.name) & (exemptions.c.week == week)
    return exists().where(here, exemptions.c.ended_at.is_(None))


def _missed(reading: Reading) -> Source:
    """Weeks that were missed for good, and communities that are still without in weeks that are not over."""
    known = select(missed_weeks.c.community, missed_weeks.c.week)
    without = [
        select(communities.c.name, literal(week, Date()).label("week"))
        .select_from(
            communities.outerjoin(
                checkins, and_(checkins.c.community == communities.c.name, checkins.c.week == week)
            )
        )
        .where(checkins.c.id.is_(None), ~_free(week))
        for week in reading.scope.weeks
    ]
    all_of_them = union_all(known, *without).subquery("missed")
    at, name = all_of_them.c.week, all_of_them.c.community
    return Source(all_of_them, at, name, NONE, NONE, true(), _COUNT, _COUNT)


def _stopped(_: Reading) -> Source:
    here = patrols.c
    total = func.sum(here.count)
    return Source(patrols, here.at, here.community, here.officer, here.category, ~here.void, total, total)


SOURCES: dict[Metric, Callable[[Reading], Source]] = {
    Metric.TICKETS: _registered,
    Metric.RESOLVED: _resolved,
    Metric.OPEN: _open,
    Metric.OVERDUE: _overdue,
    Metric.ON_TIME_RATE: _on_time,
    Metric.CLOSE_RATE: _closed,
    Metric.MEDIAN_HOURS: _taken,
    Metric.SATISFACTION: _satisfied,
    Metric.CHECKINS: _met,
    Metric.MISSED_CHECKINS: _missed,
    Metric.ACTIONS: _stopped,
}
"""Where the cases of each metric are."""
