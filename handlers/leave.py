"""Leave: `请假 6月3日-6月7日 替班 小陈`, and `销假`. Cards go to the stand-in on those days, and back."""

import re
from datetime import date, datetime, time, timedelta

from domain.ids import MemberId
from domain.message import Occasion, Reply
from domain.people import Absence, Person, Role, Roster
from domain.policy import Policy
from domain.records import Duty
from handlers import texts
from handlers.assignments import reassign
from handlers.ports import Store
from handlers.turn import Turn, once, privately
from understanding.week.leave import Leave, leave

CHANGE = "leave"
"""The kind of duty: somebody's leave begins, or is over."""

_DAY = timedelta(days=1)
_JUST_BEFORE = timedelta(minutes=30)
"""So soon after words about leave, other days are the leave's."""
_TITLE = re.compile(r"^城管\W*|\W+")
_FAMILIAR = re.compile(r"[小老阿](\w)|(\w)(?:队|哥|姐|工|师傅)")


@once
def said(turn: Turn) -> Leave | None:
    """The leave that an officer's private words take or end; what is about a ticket is about that."""
    message = turn.message
    if turn.role is not Role.OFFICER or not turn.private or turn.number_said() or message.quotes:
        return None
    return taken(turn)


@once
def taken(turn: Turn) -> Leave | None:
    """The same, wherever it is said, and of whatever."""
    before = turn.said_before(_JUST_BEFORE) if turn.private else None
    return leave(turn.as_said(), after_leave=before is not None and leave(before) is not None)


async def away(turn: Turn) -> list[Reply]:
    """Take the leave down, or ask for what is not clear."""
    words = said(turn)
    if words is None:
        return []
    if words.back:
        return await _back(turn, words.back)
    if words.changes:
        return await _change(turn, words)
    if words.first is None or words.last is None or words.backwards:
        return [turn.aside(texts.LEAVE_BACKWARDS if words.first else texts.LEAVE_NO_DAY)]
    return await _taken(turn, words.first, words.last, words)


async def _taken(
    turn: Turn, first: date, last: date, words: Leave, before: Absence | None = None
) -> list[Reply]:
    """These days, in place of a leave `before`, with its stand-in where nobody else is named."""
    if last < turn.policy.day(turn.now):
        return [turn.aside(texts.LEAVE_PAST)]
    roster = await turn.store.roster()
    stand_in = _stand_in(roster, words, turn.message.sender)
    if isinstance(stand_in, str):
        return [turn.aside(stand_in)]
    if before and not stand_in:
        stand_in = next((person for person in roster.officers() if person.id == before.stand_in), None)
    if before:
        await turn.store.leaves.end(before, before.first - _DAY)
        roster = await turn.store.roster()
    absence = Absence(turn.message.sender, first, last, stand_in.id if stand_in else None)
    replies = await _take(turn, roster, absence, stand_in)
    return [*replies, turn.aside(texts.LEAVE_WHOLE_DAYS)] if words.part else replies


async def _change(turn: Turn, words: Leave) -> list[Reply]:
    """Other days for the leave that is going on, or else for the next one."""
    leaves = await turn.store.leaves.of(turn.message.sender, turn.policy.day(turn.now))
    if not leaves:
        return [turn.aside(texts.NO_LEAVE)]
    before = leaves[0]
    first = words.first or before.first
    if words.last is None or words.last < first:
        return [turn.aside(texts.LEAVE_BACKWARDS if words.last else texts.LEAVE_WHICH_DAYS)]
    return await _taken(turn, first, words.last, words, before)


async def _take(turn: Turn, before: Roster, absence: Absence, stand_in: Person | None) -> list[Reply]:
    store, member = turn.store, absence.member
    await store.leaves.take(absence, turn.message.id, turn.said_at)
    await _plan(store, turn.policy, member, absence.first, absence.last + _DAY)
    after = await store.roster()
    today, name = turn.policy.day(turn.said_at), stand_in.name if stand_in else None
    replies = [turn.aside(texts.leave_taken(absence.first, absence.last, name, today))]
    if stand_in and stand_in.id:
        served = [c.name for c in before.communities if any(p.id == member for p in c.officers)]
        who = before.name_of(member) or turn.message.sender_name
        text = texts.stands_in(who, absence.first, absence.last, served, today)
        replies.append(privately(stand_in.id, text, occasion=Occasion.NEWS))
    replies += _nobody_left(before, after, absence, turn.policy.day(turn.now))
    return replies + await reassign(store, after, turn.policy, turn.now)


def _nobody_left(before: Roster, after: Roster, absence: Absence, today: date) -> list[Reply]:
    """To the squad leader of each community that this leave leaves without an officer, and from when."""
    starts = sorted(
        {max(absence.first, today), *(a.first for a in after.absences if absence.covers(a.first))}
    )
    emptied = {day: _staffed(before, day) - _staffed(after, day) for day in starts if day >= today}
    replies: list[Reply] = []
    for community in after.communities:
        day = next((day for day, names in emptied.items() if community.name in names), None)
        if day:
            text = texts.nobody_left(community.name, day)
            bosses = after.squad_leaders(community)
            replies += [privately(boss, text, occasion=Occasion.NEWS) for boss in bosses]
    return replies


def _staffed(roster: Roster, day: date) -> frozenset[str]:
    """The communities with an officer on this day."""
    return frozenset(community.name for community in roster.on(day).communities if community.officers)


async def _back(turn: Turn, back: date) -> list[Reply]:
    """The leave that is going on, or else the next one, ends before this day."""
    store, member = turn.store, turn.message.sender
    leaves = await store.leaves.of(member, back)
    if not leaves:
        return [turn.aside(texts.NO_LEAVE)]
    await store.leaves.end(leaves[0], back - _DAY)
    await _plan(store, turn.policy, member, back)
    cards = await reassign(store, await store.roster(), turn.policy, turn.now)
    return [turn.aside(texts.leave_ended(back)), *cards]


async def _plan(store: Store, policy: Policy, member: MemberId, *days: date) -> None:
    """Tickets are handed on at the beginning of these days."""
    for day in days:
        at = datetime.combine(day, time(), policy.zone)
        await store.duties.plan(Duty(CHANGE, member, day.isoformat(), at))


async def change(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """Somebody's leave begins, or is over: open tickets go to who is there today."""
    del duty
    return await reassign(store, await store.roster(), policy, now)


def _stand_in(roster: Roster, words: Leave, member: MemberId) -> Person | str | None:
    """The officer who is meant; what to ask, where that is not clear; None where none is said."""
    if not words.stand_in:
        return None
    others = [person for person in roster.officers() if person.id != member]
    meant = [person for person in others if is_called(person.name, words.stand_in)]
    exact = [person for person in meant if _bare(person.name) == _bare(words.stand_in)]
    meant = exact or meant
    if len(meant) != 1:
        return texts.who_stands_in(words.stand_in, [p.name for p in meant or others], known=bool(meant))
    one = meant[0]
    if one.id is None:
        return texts.stand_in_unbound(one.name)
    gone = [a for a in roster.absences if a.member == one.id]
    if any(a.first <= (words.last or a.first) and a.last >= (words.first or a.last) for a in gone):
        return texts.stand_in_away(one.name)
    return one


def is_called(name: str, said: str) -> bool:
    """Whether somebody of this name may be meant by a name as said: 陈建国 by 陈建国, 建国, 小陈, 陈队."""
    name, said = _bare(name), _bare(said)
    familiar = _FAMILIAR.fullmatch(said)
    if familiar and name.startswith(familiar[1] or familiar[2]):
        return True
    return name == said or (len(said) > 1 and name.endswith(said))


def _bare(name: str) -> str:
    return _TITLE.sub("", name)
