"""Freeing communities from their weekly check-in (豁免对接): by who leads them, with a reason, on record.

Meant for weeks in which everybody is called away (防汛, 创文). Residents are not invited, officers not
reminded, and nothing is missed; the leaders in charge hear of it with the weekly summary.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.message import Reply
from domain.people import Role, Supervisor
from domain.records import Exemption
from domain.week import Week
from handlers import texts
from handlers.turn import Turn, once
from understanding.week.exempting import Exempting, exempting

_WEEK = timedelta(days=7)


@once
def said(turn: Turn) -> Exempting | None:
    """The exemption that somebody of the bureau tells the bot alone of, if any."""
    boss = turn.roster.supervisor(turn.message.sender)
    if not turn.private or (boss is None and turn.role is not Role.OFFICER) or turn.number_said():
        return None
    return exempting(turn.as_said(), [community.name for community in turn.roster.communities])


async def exempt(turn: Turn) -> list[Reply]:
    """Free the communities that the supervisor leads, or those of them that are named; or no more."""
    wanted, boss = said(turn), turn.roster.supervisor(turn.message.sender)
    if wanted is None:
        return []
    if boss is None:
        return [turn.aside(texts.EXEMPT_BY_LEADER)]
    names, others = _whom(turn, boss, wanted)
    if others:
        return [turn.aside(texts.not_your_area(others))]
    return [turn.aside(await (_end if wanted.ends else _begin)(turn, names, wanted))]


async def _begin(turn: Turn, names: Sequence[str], wanted: Exempting) -> str:
    """Free them from the weeks that are meant, where that is possible still and there is a reason."""
    weeks = _weeks(turn, wanted)
    if isinstance(weeks, str):
        return weeks
    if not wanted.reason:
        return texts.EXEMPT_WHY
    for week in weeks:
        await _free(turn, names, week, turn.recordable(wanted.reason))
    return texts.exempted(weeks[0], weeks[-1], names)


def _whom(turn: Turn, boss: Supervisor, wanted: Exempting) -> tuple[list[str], list[str]]:
    """The communities that are meant, and those named that are others' to decide."""
    mine = [community.name for community in turn.roster.communities if boss.oversees(community)]
    others = [name for name in wanted.communities if name not in mine]
    return [name for name in mine if not wanted.communities or name in wanted.communities], others


def _weeks(turn: Turn, wanted: Exempting) -> list[Week] | str:
    """The weeks that are meant and can still be freed; else why they cannot."""
    weeks = [week for week in _said_weeks(turn, wanted) if not week.exempt]
    ahead = turn.policy.weekly.free_ahead
    if not weeks:
        return texts.EXEMPT_ANYWAY
    if weeks[0].summary_at <= turn.now:
        return texts.EXEMPT_TOO_LATE
    if weeks[-1].monday > turn.policy.week(turn.said_at).monday + ahead * _WEEK:
        return texts.exempt_too_far(ahead)
    return weeks


def _said_weeks(turn: Turn, wanted: Exempting) -> list[Week]:
    """Those of the days that are said, at most a year's; else this one."""
    first, last = wanted.days or (turn.policy.day(turn.said_at),) * 2
    week, found = turn.policy.week_of(first), list[Week]()
    while week.monday <= last and len(found) <= _MOST:
        found.append(week)
        week = week.next
    return found


_MOST = 53
"""Weeks that one sentence names, of which most are too far away anyway."""


async def _free(turn: Turn, names: Sequence[str], week: Week, reason: str) -> None:
    """Free them from a week; twice is once, and the first word counts."""
    free = {one.community for one in await turn.store.exemptions.of(week.monday)}
    for name in (name for name in names if name not in free):
        by, at = turn.message.sender, turn.said_at
        await turn.store.exemptions.add(Exemption(name, week.monday, by, reason, turn.message.id, at))


async def _end(turn: Turn, names: Sequence[str], wanted: Exempting) -> str:
    """The weeks that can still be checked in for count again."""
    ended: dict[date, Sequence[str]] = {}
    weeks = {week.monday: week for week in _said_weeks(turn, wanted) if week.make_up_until > turn.now}
    for monday in weeks:
        if found := await turn.store.exemptions.end(names, monday, turn.said_at):
            ended[monday] = found
    if not ended:
        return texts.NOT_EXEMPT
    found = [name for name in names if any(name in one for one in ended.values())]
    return texts.exempted_no_more(weeks[min(ended)], weeks[max(ended)], found)
