"""Which rows each figure counts, and what of them: the rules of `docs/figures.md`.

A ticket that is void (作废: 误报, 退回, 撤回) counts nowhere, by the state that it is in: one that is
taken up again counts again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    and_,
    case,
    exists,
    extract,
    func,
    literal,
    null,
    select,
    true,
    union_all,
)

from domain.figures import Reading
from domain.query import Metric
from domain.state import OPEN, State
from storage.schema import (
    Moment,
    checkins,
    communities,
    exemptions,
    missed_weeks,
    patrols,
    satisfactions,
    tickets,
)

Condition = ColumnElement[bool]
_VOID = (State.REJECTED, State.WITHDRAWN)
_NOT_OURS = (*_VOID, State.TRANSFERRED)
_EXCUSED = (*_NOT_OURS, State.SUSPENDED)
_ALIVE = tickets.c.state.not_in(_VOID)
_HOUR = 3600


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
    hours: ColumnElement[Any] | None = None


NONE: ColumnElement[Any] = null()
"""In place of a column that a metric does not have."""
_COUNT = func.count()
_ANSWERED = case(
    (
        tickets.c.state.in_((State.REPORTED, State.CLOSED)),
        func.coalesce(tickets.c.reported_at, tickets.c.ended_at),
    ),
    else_=tickets.c.ended_at,
)


def _late(now: datetime) -> Condition:
    """As `Ticket.overdue` has it."""
    return func.coalesce(_ANSWERED, tickets.c.paused_at, literal(now, Moment())) > tickets.c.resolve_by


def _ticket(at: ColumnElement[Any], where: Condition, part: ColumnElement[Any] = _COUNT) -> Source:
    return Source(
        tickets, at, tickets.c.community, tickets.c.main, tickets.c.category, where, part, cases=_COUNT
    )


def _registered(_: Reading) -> Source:
    return _ticket(tickets.c.opened_at, _ALIVE)


def _resolved(_: Reading) -> Source:
    return _ticket(tickets.c.ended_at, tickets.c.state == State.CLOSED)


def _open(_: Reading) -> Source:
    return _ticket(tickets.c.opened_at, tickets.c.state.in_(sorted(OPEN)))


def _overdue(reading: Reading) -> Source:
    """Now: what is open and late; of a period: what ran over in it."""
    late = _late(reading.now)
    if reading.period is None:
        return _ticket(tickets.c.resolve_by, and_(tickets.c.state.in_(sorted(OPEN)), late))
    return _ticket(tickets.c.resolve_by, and_(tickets.c.state.not_in(_NOT_OURS), late))


def _due(reading: Reading, part: Condition) -> Source:
    """What was to be dealt with (应处置): due in the period, and answered, or late."""
    due = and_(tickets.c.state.not_in(_EXCUSED), _ANSWERED.is_not(None) | _late(reading.now))
    return _ticket(tickets.c.resolve_by, due, func.sum(case((part, 1), else_=0)))


def _on_time(reading: Reading) -> Source:
    return _due(reading, and_(_ANSWERED.is_not(None), ~_late(reading.now)))


def _closed(reading: Reading) -> Source:
    return _due(reading, tickets.c.state == State.CLOSED)


def _taken(_: Reading) -> Source:
    """Hours until the officers said done, of what was closed in the period."""
    done = func.coalesce(tickets.c.reported_at, tickets.c.ended_at)
    seconds = extract("epoch", done) - extract("epoch", tickets.c.opened_at)
    closed = tickets.c.state == State.CLOSED
    return Source(
        tickets,
        tickets.c.ended_at,
        tickets.c.community,
        tickets.c.main,
        tickets.c.category,
        closed,
        _COUNT,
        _COUNT,
        hours=seconds / float(_HOUR),
    )


def _satisfied(_: Reading) -> Source:
    """Words of reporters, by when they were said."""
    both = satisfactions.join(tickets, tickets.c.no == satisfactions.c.ticket_no)
    pleased = func.sum(case((satisfactions.c.score == 1, 1), else_=0))
    mine = _ticket(satisfactions.c.at, _ALIVE, pleased)
    return Source(both, mine.at, mine.community, mine.officer, mine.category, _ALIVE, pleased, _COUNT)


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
