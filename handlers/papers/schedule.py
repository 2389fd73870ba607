"""When supervisors get which report: planned with the week, one duty for all, then one for each of them.

The one for each is a paper (`bot/papers.py`): it is made beside everything else, and noted as done together
with the line that carries it.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from domain.message import Reply
from domain.paper import DUE, PaperKind, Reporting, Wanted
from domain.policy import Policy
from domain.records import Duty
from domain.week import Week
from handlers.ports import Store

DAILY, WEEKLY, MONTHLY = "report.daily", "report.weekly", "report.monthly"
_KINDS = {DAILY: PaperKind.DAILY, WEEKLY: PaperKind.WEEKLY, MONTHLY: PaperKind.MONTHLY}
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_USE_OF_A_MONTH = timedelta(days=14)
"""So long after its day a monthly report is still sent."""

Useful = Callable[[datetime, datetime], bool]
"""Whether something that is due at a time, and stale at another, is to be planned."""


def of_week(week: Week, rules: Reporting, useful: Useful) -> Iterator[Duty]:
    """The reports that are due in a week: those of its days, of the week before, of the month before."""
    for day in week.days if rules.daily_at else ():
        at = week.at(day, rules.daily_at or week.rules.summary_at)
        if useful(at, week.end_of(day)):
            yield Duty(DAILY, "", day.isoformat(), at)
    if rules.weekly_at:
        at = week.at(report_day(week), rules.weekly_at)
        if useful(at, at + _WEEK):
            yield Duty(WEEKLY, "", week.before.key, at)
    for day in week.days if rules.monthly_at else ():
        at = week.at(day, rules.monthly_at or week.rules.summary_at)
        if _place_in_month(day, week) == rules.monthly_day and useful(at, at + _USE_OF_A_MONTH):
            yield Duty(MONTHLY, "", (day.replace(day=1) - _DAY).replace(day=1).isoformat(), at)


def report_day(week: Week) -> date:
    """The day on which the week before is reported: the first working day of this one, or after it."""
    return week.office.next_working_day(week.monday - _DAY)


def _place_in_month(day: date, week: Week) -> int:
    """Which working day of its month it is."""
    month = (day.replace(day=number) for number in range(1, day.day + 1))
    return sum(week.office.works_on(one) for one in month)


async def for_each(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """One for each supervisor, as the roster has them now."""
    wanted = _wanted(duty)
    rules = policy.reporting
    if {DAILY: rules.daily_at, WEEKLY: rules.weekly_at, MONTHLY: rules.monthly_at}[duty.kind] is None:
        return []
    if now >= useful_until(wanted, policy):
        return []
    for member in dict.fromkeys(boss.person.id for boss in (await store.roster()).supervisors):
        if member and await store.questions.wants_paper(member, wanted.kind):
            await store.duties.plan(Duty(DUE, member, wanted.slot, now))
    return []


def _wanted(duty: Duty) -> Wanted:
    since = date.fromisoformat(duty.slot)
    kind = _KINDS[duty.kind]
    if kind is PaperKind.DAILY:
        return Wanted(kind, since, since)
    return Wanted(kind, since, since + 6 * _DAY if kind is PaperKind.WEEKLY else last_of_month(since))


def last_of_month(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY


def useful_until(wanted: Wanted, policy: Policy) -> datetime:
    """Until when a report that the calendar wants is still sent: later it would only be in the way."""
    week = policy.week_of(wanted.until)
    if wanted.kind is PaperKind.DAILY:
        return week.end_of(wanted.until)
    if wanted.kind is PaperKind.WEEKLY:
        return week.end_of(report_day(week.next)) + _WEEK
    return week.end_of(wanted.until) + 2 * _USE_OF_A_MONTH
