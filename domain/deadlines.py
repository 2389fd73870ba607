"""A ticket's clock: when it starts, stands still, goes on, and when whom is to be reminded.

GB/T 30428 practice: it starts with the dispatch, stands while the place is awaited and on 挂账, and is over
with the officer's report (反馈). Other officers have their own time to accept it, none more to settle it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from domain.action import Action
from domain.errors import NoMoreTime, Refused
from domain.history import Entry
from domain.limit import Limit
from domain.policy import Policy
from domain.state import WAITING, WORKING, State
from domain.ticket import Ticket

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_WHOLE = Fraction(1)
_GOES_ON = frozenset({Action.PROGRESS, Action.RESUME})
_REOPENED = frozenset({State.REPORTED, State.REJECTED, State.TRANSFERRED, State.CLOSED})


def begin(ticket: Ticket, policy: Policy, at: datetime) -> None:
    """Start the clock; one that stands goes on standing from now on."""
    limits = policy.limits.limits(ticket.category, ongoing=ticket.ongoing)
    ticket.arrive_limit, ticket.resolve_limit = str(limits.arrive), str(limits.resolve)
    ticket.arrive_by = limits.arrive.due(at, policy.office)
    ticket.handed_over_at = None
    ticket.paused_at = at if ticket.paused_at else None
    _resolve_by(ticket, limits.resolve.due(at, policy.office), policy, at)


def hurry(ticket: Ticket, policy: Policy, at: datetime) -> None:
    """It turns out to be going on right now (在建): the shorter limits count from now, none is put off."""
    arrive_by, resolve_by = ticket.arrive_by, ticket.resolve_by
    ticket.ongoing = True
    begin(ticket, policy, at)
    if arrive_by and ticket.arrive_by:
        ticket.arrive_by = min(arrive_by, ticket.arrive_by)
    if resolve_by and ticket.resolve_by:
        _resolve_by(ticket, min(resolve_by, ticket.resolve_by), policy, at)


def follow(ticket: Ticket, entry: Entry, policy: Policy, now: datetime) -> None:
    """What a move does to the clock; to be called after every one."""
    if entry.action is Action.DISPUTE and entry.before in _REOPENED:
        _begin_again(ticket, policy, now)
    if ticket.paused_at and (entry.action in _GOES_ON or not _has_clock(ticket)):
        resume(ticket, policy, now)
    schedule(ticket, policy, now)


def _begin_again(ticket: Ticket, policy: Policy, at: datetime) -> None:
    """After a dispute: a shorter limit, from now."""
    limit = _limit(ticket, policy)
    ticket.paused_at = None
    _resolve_by(ticket, limit.due(at, policy.office, share=policy.rework_share), policy, at)


def pause(ticket: Ticket, at: datetime) -> None:
    """The clock stands from now on."""
    ticket.paused_at = ticket.paused_at or at
    ticket.remind_at = None


def resume(ticket: Ticket, policy: Policy, at: datetime) -> None:
    """The clock goes on with as much on it as there was when it stopped; the deadline is never earlier."""
    since, ticket.paused_at = ticket.paused_at, None
    if since is not None:
        ticket.arrive_by = _moved(ticket.arrive_by, ticket.arrive_limit, since, max(at, since), policy)
        ticket.resolve_by = _moved(ticket.resolve_by, ticket.resolve_limit, since, max(at, since), policy)
    schedule(ticket, policy, at)


def _moved(
    due: datetime | None, limit: str | None, since: datetime, at: datetime, policy: Policy
) -> datetime | None:
    if due is None or limit is None or due <= since:
        return due
    clock = Limit.parse(limit)
    return max(due, clock.again(at, clock.left(since, due, policy.office), policy.office))


def check_extension(ticket: Ticket, policy: Policy, at: datetime) -> None:
    """Raise NoMoreTime where there is no extension any more: after the second, and once overdue."""
    if ticket.extensions >= policy.extensions:
        raise NoMoreTime(Refused.TWICE)
    if ticket.overdue(at):
        raise NoMoreTime(Refused.OVERDUE)


def extend(ticket: Ticket, policy: Policy, at: datetime, until: date | None) -> None:
    """More time: to the end of office on a day, or the ticket's own limit once more; never less."""
    limit, before = _limit(ticket, policy), ticket.resolve_by or at
    span = limit.span(policy.office)
    due = _end_of_office(until, policy) if until else limit.again(before, span, policy.office)
    ticket.extensions += 1
    _resolve_by(ticket, max(due, before), policy, at)
    ticket.extended_until = policy.day(max(due, before))


def _end_of_office(day: date, policy: Policy) -> datetime:
    end = policy.office.shifts[-1][1]
    day = day + _DAY if end == time() else day
    return datetime.combine(day, end, policy.zone).astimezone(UTC)


def check_suspension(ticket: Ticket, policy: Policy, at: datetime, until: date | None) -> None:
    """Raise NoMoreTime where it cannot be suspended (挂账): once only, to a day, of a year at most."""
    if ticket.suspended_until:
        raise NoMoreTime(Refused.BEFORE)
    if until is None or not policy.day(at) < until <= policy.day(at + policy.suspension):
        raise NoMoreTime(Refused.NO_DAY)


def suspend(ticket: Ticket, until: date, at: datetime) -> None:
    """On the books without being handled, up to and including that day; the clock stands."""
    ticket.suspended_until = until
    pause(ticket, at)


def schedule(ticket: Ticket, policy: Policy, now: datetime) -> None:
    """Note when somebody is to be reminded next; nobody of what is reported, paused or ended."""
    ticket.remind_at = min(_reminders(ticket, policy, now), default=None) if _runs(ticket) else None


def rungs_passed(ticket: Ticket, policy: Policy, now: datetime) -> tuple[int, ...]:
    """The steps of the ladder (0: half …) whose time has come and that nobody was told of yet."""
    rungs = range(ticket.rung, len(policy.reminders)) if _runs(ticket) else range(0)
    return tuple(rung for rung in rungs if rung_at(ticket, policy, now, rung) <= now)


def rung_at(ticket: Ticket, policy: Policy, now: datetime, rung: int) -> datetime:
    """When a step of the ladder is due; some time until `now` where its share of the time has passed."""
    due, share = ticket.resolve_by or now, policy.reminders[rung]
    limit, whole = _limit(ticket, policy), ticket.clock_seconds * _SECOND
    if share > _WHOLE:
        return limit.again(due, _part(whole, share - _WHOLE), policy.office)
    more = limit.left(now, due, policy.office) - _part(whole, _WHOLE - share)
    if share == _WHOLE or due <= now:
        return due
    return limit.again(now, more, policy.office) if more > timedelta() else now


def silent(ticket: Ticket, now: datetime) -> bool:
    """Whether the main officer should have accepted it by now, and it has not been handed over yet."""
    return _awaits(ticket) and ticket.arrive_by is not None and ticket.arrive_by <= now


def hand_to_others(ticket: Ticket, policy: Policy, at: datetime) -> None:
    """Another main officer accepts it in the time that the first one had; nobody waits longer for that."""
    if not ticket.resolve_by:
        begin(ticket, policy, at)
    hand_over(ticket, policy, at)
    ticket.handed_over_at = None
    schedule(ticket, policy, at)


def hand_over(ticket: Ticket, policy: Policy, at: datetime) -> None:
    """The assisting officer has as long to accept it as the main one had; it is handed over once."""
    ticket.handed_over_at = at
    if ticket.arrive_limit:
        ticket.arrive_by = Limit.parse(ticket.arrive_limit).due(at, policy.office)


def _reminders(ticket: Ticket, policy: Policy, now: datetime) -> Iterator[datetime]:
    if ticket.rung < len(policy.reminders):
        yield rung_at(ticket, policy, now, ticket.rung)
    if _awaits(ticket) and ticket.arrive_by:
        yield ticket.arrive_by


def _awaits(ticket: Ticket) -> bool:
    return _runs(ticket) and ticket.state in WAITING and ticket.handed_over_at is None


def _runs(ticket: Ticket) -> bool:
    return _has_clock(ticket) and ticket.paused_at is None


def _has_clock(ticket: Ticket) -> bool:
    return ticket.resolve_by is not None and ticket.state in WAITING | WORKING | {State.SUSPENDED}


def _resolve_by(ticket: Ticket, due: datetime, policy: Policy, at: datetime) -> None:
    """Take a new deadline, with the ladder from its foot."""
    limit = _limit(ticket, policy)
    left = limit.left(ticket.paused_at or at, due, policy.office)
    ticket.resolve_limit = str(limit)
    ticket.resolve_by, ticket.clock_seconds, ticket.rung = due, round(left / _SECOND), 0
    schedule(ticket, policy, at)


def _limit(ticket: Ticket, policy: Policy) -> Limit:
    """The ticket's limit to settle it: its own, or for one from before there were any, that in force."""
    if ticket.resolve_limit:
        return Limit.parse(ticket.resolve_limit)
    return policy.limits.limits(ticket.category, ongoing=ticket.ongoing).resolve


def _part(span: timedelta, share: Fraction) -> timedelta:
    return span * share.numerator / share.denominator
