"""The week of each community (每周对接): an invitation, cards, reminders, and what was missed; each once.

In a group the invitation is all that is ever said. What is missing goes to the officers themselves, then to
supervisors, privately, by community and never by person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.ids import MemberId
from domain.law import next_card
from domain.message import Occasion, Reply
from domain.paper import PaperKind
from domain.people import Community, Roster
from domain.policy import Policy
from domain.records import Duty, Exemption
from domain.week import Week, in_a_row, in_quarter
from handlers import texts
from handlers.papers import schedule
from handlers.papers.schedule import Useful
from handlers.ports import Store
from handlers.turn import privately
from handlers.wishes import unsigned

PLAN, INVITE, CLOSE, SUMMARY = "week.plan", "week.invite", "week.close", "week.summary"
LAW = "week.law"
CARDS, CARD = "week.cards", "week.card"
REMIND, REMINDER = "week.remind", "week.reminder"
ASKED = (CARD, REMINDER)
"""Duties after which an officer may answer with one character."""

_TOO_SOON = timedelta(hours=3)
"""A reminder does not come so soon after the card, where a program that was away does both at once."""
_LATELY = timedelta(days=30)
"""How far back what residents complained of decides which rule a group hears of."""
_LOOK_BACK = timedelta(days=400)
"""How far back missed weeks are looked at."""


async def ensure(store: Store, policy: Policy, now: datetime) -> None:
    """See to it that this week is planned, also for who has come into the roster meanwhile.

    Of what comes before now nothing is planned: who starts on a Wednesday invites nobody for Monday.
    """
    week = policy.week(now)
    await _plan(store, policy, week, lambda at, _: at > now)


async def plan(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """A week begins: plan what is to be done in it, as far as that is of use still, and the next one."""
    await _plan(store, policy, _week(duty, policy), lambda _, until: until > now)
    return []


async def _plan(store: Store, policy: Policy, week: Week, useful: Useful) -> None:
    await store.duties.plan(Duty(PLAN, "", week.next.key, week.ends))
    for duty in schedule.of_week(week, policy.reporting, useful):
        await store.duties.plan(duty)
    if week.exempt:
        return
    names = [community.name for community in (await store.roster()).communities]
    for duty in _duties(week, names, useful):
        await store.duties.plan(duty)


def _duties(week: Week, names: Sequence[str], useful: Useful) -> Iterable[Duty]:
    """What is to be done in a week; it counts for a community where its officers hear of it in time."""
    first, last = week.days[0], week.days[-1]
    if useful(week.invite_at, week.end_of(first)):
        yield from (Duty(INVITE, name, week.key, week.invite_at) for name in names)
    if week.law_at and useful(week.law_at, week.end_of(week.law_at.astimezone(week.office.zone).date())):
        yield from (Duty(LAW, name, week.key, week.law_at) for name in names)
    card_at = week.at(week.reminders[0], week.rules.card_at)
    if useful(card_at, week.end_of(last)):
        yield Duty(CARDS, "", week.key, card_at)
    for day in week.reminders:
        at = week.at(day, week.rules.remind_at)
        if useful(at, week.end_of(day)):
            yield Duty(REMIND, "", day.isoformat(), at)
            if day == last:
                yield from (Duty(CLOSE, name, week.key, week.make_up_until) for name in names)
                yield Duty(SUMMARY, "", week.key, week.summary_at)


def _week(duty: Duty, policy: Policy) -> Week:
    return policy.week_of(date.fromisoformat(duty.slot))


async def _roster(store: Store, policy: Policy, now: datetime) -> Roster:
    """The roster of this day, with stand-ins in the seats of those on leave."""
    return (await store.roster()).on(policy.day(now))


async def invite(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """Tell residents who their officers are and ask what they would like them to look at."""
    week = _week(duty, policy)
    until = week.end_of(week.days[0]) if week.days else now
    community = (await _roster(store, policy, now)).named(duty.subject)
    if community is None or community.group is None or not community.officers or now >= until:
        return []
    if community.name in await free(store, week):
        return []
    text = texts.invitation([person.name for person in community.officers[:2]])
    return [Reply(community.group, text, occasion=Occasion.UNASKED, expires_at=until)]


async def law_card(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """Tell the group of a rule, where the maintainer wants it: one that has not been told for longest."""
    community = (await store.roster()).named(duty.subject)
    week, day = _week(duty, policy), policy.day(now)
    at = week.law_at
    if community is None or community.group is None or at is None or now >= week.end_of(policy.day(at)):
        return []
    told = {card: policy.day(said) for card, said in (await store.desk.cards_told(community.group)).items()}
    lately = (await store.checkins.work(community.name, now - _LATELY, now)).opened
    of_late = [category for category, count in lately.items() for _ in range(count)]
    chosen = next_card(policy.law, told, day, of_late)
    if chosen is None or not await store.desk.tell_card(community.group, chosen.id, now):
        return []
    text = texts.law_of_the_week(chosen, day)
    return [Reply(community.group, text, occasion=Occasion.UNASKED, expires_at=week.end_of(policy.day(at)))]


async def missing(store: Store, week: Week, roster: Roster) -> list[Community]:
    """The communities with which nobody has checked in that week, though they were not freed from it."""
    met = {checkin.community for checkin in await store.checkins.of_week(week.monday)}
    met |= await free(store, week)
    return [community for community in roster.communities if community.name not in met]


async def free(store: Store, week: Week) -> set[str]:
    """The communities that a supervisor has freed from that week's check-in."""
    return {one.community for one in await store.exemptions.of(week.monday)}


async def cards(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """A card for each officer of a community with which nobody has checked in yet."""
    await _for_each(CARD, duty, store, policy, now)
    return []


async def remind(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """A reminder for each of them; where all are on leave, their squad leader is told, once."""
    await _for_each(REMINDER, duty, store, policy, now)
    week = _week(duty, policy)
    if duty.slot != week.reminders[0].isoformat():
        return []
    roster = await _roster(store, policy, now)
    empty = [c for c in await missing(store, week, roster) if c.away and not c.officers]
    told = {
        boss: [c.name for c in empty if boss in roster.squad_leaders(c)] for boss in _bosses(roster, empty)
    }
    return [privately(boss, texts.week_all_away(names), None, Occasion.NEWS) for boss, names in told.items()]


def _bosses(roster: Roster, communities: Iterable[Community]) -> list[MemberId]:
    return list(dict.fromkeys(boss for c in communities for boss in roster.squad_leaders(c)))


async def _for_each(kind: str, duty: Duty, store: Store, policy: Policy, now: datetime) -> None:
    roster = await _roster(store, policy, now)
    late = await missing(store, _week(duty, policy), roster)
    for officer in dict.fromkeys(person.id for c in late for person in c.officers if person.id):
        await store.duties.plan(Duty(kind, officer, duty.slot, now))


async def _theirs(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Community]:
    """Of the communities of this duty's officer, those with which nobody has checked in yet."""
    late = await missing(store, _week(duty, policy), await _roster(store, policy, now))
    return [c for c in late if any(person.id == duty.subject for person in c.officers)]


async def card(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """The week as it is on record, to an officer, to be confirmed or corrected; one for all communities."""
    week, theirs = _week(duty, policy), await _theirs(duty, store, policy, now)
    until = week.end_of(week.days[-1]) if week.days else now
    if not theirs or now >= until:
        return []
    lines = [await _line(community, week, store, now) for community in theirs]
    return [_news(MemberId(duty.subject), texts.week_card(week, lines), until)]


async def _line(community: Community, week: Week, store: Store, now: datetime) -> str:
    work = await store.checkins.work(community.name, week.begins, now)
    wishes = await store.checkins.wishes(community.name, week.monday)
    told = await store.desk.cards_told(community.group) if community.group else {}
    publicity = sum(at >= week.begins for at in told.values())
    return texts.week_line(community.name, work, [unsigned(one, community) for one in wishes], publicity)


async def reminder(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """One short line to an officer where nobody has checked in."""
    week, theirs = _week(duty, policy), await _theirs(duty, store, policy, now)
    until = week.end_of(date.fromisoformat(duty.slot))
    asked = await store.duties.done_at([CARD], duty.subject, [week.key], now)
    if not theirs or now >= until or (asked and now - asked < _TOO_SOON):
        return []
    return [_news(MemberId(duty.subject), texts.week_reminder([c.name for c in theirs]), until)]


def _news(to: MemberId, text: str, until: datetime) -> Reply:
    return Reply(to, text, in_group=False, occasion=Occasion.NEWS, expires_at=until)


async def close(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """It cannot be made up any more: a week in which nobody checked in is missed."""
    del now
    week, roster = _week(duty, policy), await store.roster()
    if any(community.name == duty.subject for community in await missing(store, week, roster)):
        await store.checkins.miss(duty.subject, week.monday)
    return []


@dataclass(frozen=True, slots=True)
class _Missed:
    """A community that was missed, how often lately, and who leads it."""

    community: Community
    row: int
    quarter: int


async def summary(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """What was missed that week, to who leads; nothing to those whose weekly report says it."""
    del now
    told = await missed_lines(_week(duty, policy), store)
    if policy.reporting.weekly_at is not None:
        for boss in list(told):
            if await store.questions.wants_paper(boss, PaperKind.WEEKLY):
                del told[boss]
    return [privately(boss, "\n".join(lines), None, Occasion.NEWS) for boss, lines in told.items()]


async def missed_lines(week: Week, store: Store) -> dict[MemberId, list[str]]:
    """What was missed that week: a number to who leads, a line of its own where it was missed before."""
    roster = await store.roster()
    known = await store.checkins.missed(week.monday - _LOOK_BACK)
    freed = await store.exemptions.since(week.monday - _LOOK_BACK)
    missed = []
    for community in roster.communities:
        weeks = frozenset(monday for name, monday in known if name == community.name)
        none = frozenset(one.week for one in freed if one.community == community.name)
        if week.monday in weeks:
            missed.append(_Missed(community, in_a_row(week, weeks, none), in_quarter(week, weeks)))
    told = _lines(week, roster, missed)
    for boss, ones in _freed(roster, [one for one in freed if one.week == week.monday]).items():
        told.setdefault(boss, []).append(texts.freed_number(week, ones))
    return told


def _freed(roster: Roster, freed: Iterable[Exemption]) -> dict[MemberId, list[Exemption]]:
    """What the leaders in charge hear of exemptions that others have granted."""
    heard: dict[MemberId, list[Exemption]] = {}
    for one in freed:
        community = roster.named(one.community)
        for boss in roster.leaders(community) if community else ():
            if boss != one.by:
                heard.setdefault(boss, []).append(one)
    return heard


def _lines(week: Week, roster: Roster, missed: Sequence[_Missed]) -> dict[MemberId, list[str]]:
    """What each supervisor hears of it."""
    told: dict[MemberId, list[str]] = {}
    heard: dict[MemberId, list[_Missed]] = {}
    for one in missed:
        both = (*roster.squad_leaders(one.community), *roster.leaders(one.community))
        for boss in dict.fromkeys(both):
            heard.setdefault(boss, []).append(one)
    for boss, ones in heard.items():
        told[boss] = [texts.missed_number(week, len(ones))]
        for one in ones:
            leads = boss in roster.leaders(one.community)
            told[boss] += [text] if (text := _again(week, one, leads=leads)) else []
    return told


def _again(week: Week, one: _Missed, *, leads: bool) -> str:
    """The line of its own of a community that was missed before; "" where it was not."""
    rules, name = week.rules, one.community.name
    if leads and one.row == rules.talk_row:
        return texts.missed_talk_row(name, one.row)
    if leads and one.quarter == rules.talk_quarter:
        return texts.missed_talk_quarter(name, one.quarter)
    return texts.missed_in_a_row(one.row, name) if one.row >= rules.own_line else ""
