"""What the bot does when the calendar says so: one function for each kind of duty."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from domain.message import Reply
from domain.policy import Policy
from domain.records import Duty
from handlers import leave, more_time, waiting, weekly
from handlers.papers import schedule
from handlers.ports import Store

Does = Callable[[Duty, Store, Policy, datetime], Awaitable[list[Reply]]]
"""Does a duty within a unit of work, at a time; gives what is to be said."""

DUTIES: dict[str, Does] = {
    waiting.PLACE: waiting.place_missing,
    leave.CHANGE: leave.change,
    more_time.RESUME: more_time.resume_on_time,
    weekly.PLAN: weekly.plan,
    weekly.INVITE: weekly.invite,
    weekly.LAW: weekly.law_card,
    weekly.CARDS: weekly.cards,
    weekly.CARD: weekly.card,
    weekly.REMIND: weekly.remind,
    weekly.REMINDER: weekly.reminder,
    weekly.CLOSE: weekly.close,
    weekly.SUMMARY: weekly.summary,
    schedule.DAILY: schedule.for_each,
    schedule.WEEKLY: schedule.for_each,
    schedule.MONTHLY: schedule.for_each,
}
"""The kinds of duties."""


async def do(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """Do what is due. A kind that is not known any more is nobody's."""
    does = DUTIES.get(duty.kind)
    return await does(duty, store, policy, now) if does else []
