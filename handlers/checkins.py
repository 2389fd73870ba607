"""Check-ins (每周对接): an officer confirms a card with one character, or tells of a visit in a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.ids import MemberId
from domain.message import Reply
from domain.people import Community
from domain.policy import Policy
from domain.records import CheckIn
from domain.ticket import Ticket
from domain.week import Week, open_weeks
from handlers import texts, weekly
from handlers.ports import Store
from handlers.turn import Card, Turn
from understanding.week.visits import VISIT, Amendment, Visit, alongside, amendment, visit


async def asked(store: Store, policy: Policy, officer: MemberId, at: datetime) -> Card | None:
    """The last card or reminder that an officer can answer at a moment, with the week that it is about."""
    for week in open_weeks(policy.week(at), at):
        slots = [week.key, *(day.isoformat() for day in week.reminders)]
        if done := await store.duties.done_at(weekly.ASKED, officer, slots, at):
            return Card(done, week)
    return None


async def confirm(turn: Turn) -> list[Reply]:
    """`1`: the card is right, and the officer has been to each community on it."""
    card = turn.card
    if card is None:
        return []
    theirs = replace(turn.roster, communities=turn.communities)
    late = await weekly.missing(turn.store, card.week, theirs)
    if not late:
        return [turn.aside(texts.NOTHING_TO_CONFIRM)]
    told = Visit((), VISIT)
    return await _keep(turn, [(c, _worker(c)) for c in late], told, _Day.of(turn, card.week))


def _worker(community: Community) -> str:
    return community.workers[0].name if community.workers else texts.SOME_WORKER


@dataclass(frozen=True, slots=True)
class _Day:
    """The day of a talk and the week it counts for."""

    day: date
    week: Week

    @classmethod
    def of(cls, turn: Turn, week: Week) -> "_Day":
        """Today, or the last working day of an earlier week."""
        today = turn.policy.day(turn.said_at)
        return cls(min(today, (week.days or (week.sunday,))[-1]) if today > week.sunday else today, week)


def told(turn: Turn) -> Visit | None:
    """The talk with a community that the words tell of, if any; a community of others' is named, too."""
    return visit(turn.as_said(), *_known(turn))


def wrong(turn: Turn) -> Amendment | None:
    """What the words put right of a talk that was told before, if they do."""
    return amendment(turn.as_said(), *_known(turn))


def _known(turn: Turn) -> tuple[list[str], list[str]]:
    """The names of all communities, and of the people who work in the speaker's."""
    workers = [person.name for community in turn.communities for person in community.workers]
    return [community.name for community in turn.roster.communities], workers


async def last(turn: Turn, within: timedelta) -> list[CheckIn]:
    """What the officer's latest message told of talks, where that is no longer ago."""
    since, week = turn.said_at - within, turn.policy.week(turn.said_at).monday
    weeks = (week, week - timedelta(weeks=1))
    found = [one for monday in weeks for one in await turn.store.checkins.of_week(monday)]
    mine = [one for one in found if one.officer == turn.message.sender and one.at >= since]
    latest = max(mine, key=lambda one: one.at, default=None)
    return [one for one in mine if latest and one.message == latest.message]


async def amend(turn: Turn, right: Amendment, told_last: Sequence[CheckIn]) -> list[Reply]:
    """Put right what was told last."""
    when = _when(turn, right.day) if right.day else None
    if right.day and when is None:
        return [turn.aside(texts.MAKE_UP_OVER)]
    mine = [c.name for c in turn.communities if c.name in right.communities]
    if right.communities and not mine:
        return [turn.aside(texts.not_your_community(right.communities))]
    found = [_amended(one, right, when) for one in told_last]
    if mine:
        found = [replace(found[0], community=name) for name in mine]
    await turn.store.checkins.take_back(told_last[0].message)
    for one in found:
        await turn.store.checkins.add(one)
    return [turn.aside(texts.check_in_corrected(found))]


def _amended(one: CheckIn, right: Amendment, when: _Day | None) -> CheckIn:
    return replace(
        one,
        means=right.means or one.means,
        whom=right.whom or one.whom,
        publicity=one.publicity if right.publicity is None else right.publicity,
        day=when.day if when else one.day,
        week=when.week.monday if when else one.week,
    )


async def take_back(turn: Turn, told_last: Sequence[CheckIn]) -> list[Reply]:
    """It was not so."""
    await turn.store.checkins.take_back(told_last[0].message)
    return [turn.aside(texts.check_in_taken_back(told_last))]


def _when(turn: Turn, said: date | None) -> _Day | None:
    """When it was: the day said, or today; last week where the words say so. None: too late to be kept."""
    today = turn.policy.day(turn.said_at)
    this = turn.policy.week(turn.said_at)
    if said is None and any(word in turn.message.text for word in texts.LAST_WEEK):
        earlier = [week for week in open_weeks(this, turn.said_at)[1:] if not week.exempt]
        return _Day.of(turn, earlier[0]) if earlier else None
    day = said if said and said <= today else today
    week = turn.policy.week_of(day)
    return _Day(day, week) if week in open_weeks(this, turn.said_at) else None


async def tell(turn: Turn, met: Visit) -> list[Reply]:
    """A sentence: for each community named, or for the one that can be meant."""
    mine = [community for community in turn.communities if community.name in met.communities]
    others = [name for name in met.communities if name not in {c.name for c in mine}]
    refused = [turn.aside(texts.not_your_community(others))] if others else []
    if not met.communities:
        mine = _meant(turn, met)
    when = _when(turn, met.day)
    if when is None:
        return [turn.aside(texts.MAKE_UP_OVER)]
    if not mine:
        return refused or [turn.aside(texts.WHICH_COMMUNITY.format(name=turn.community.name))]
    return refused + await _keep(turn, [(c, met.whom or _worker(c)) for c in mine], met, when)


def beside_work(turn: Turn) -> Visit | None:
    """The talk that went with an officer's handling of a ticket and is to count as that week's (兼作对接)."""
    workers = [person.name for community in turn.communities for person in community.workers]
    return alongside(turn.as_said(), workers)


async def count(turn: Turn, met: Visit, ticket: Ticket | None) -> list[Reply]:
    """Count it for the community of the ticket; or ask which one is meant, where there is none."""
    community = turn.roster.named(ticket.community) if ticket else None
    if community is None:
        return [turn.aside(texts.COUNTS_FOR_WHICH)] if turn.private else []
    today = turn.policy.day(turn.said_at)
    when = _Day(today, turn.policy.week_of(today))
    return await _keep(turn, [(community, met.whom or _worker(community))], met, when)


def _meant(turn: Turn, met: Visit) -> list[Community]:
    """The community that is meant without being named: the only one, or that of the worker met."""
    if len(turn.communities) == 1:
        return [turn.community]
    theirs = [c for c in turn.communities if any(person.name in met.whom for person in c.workers)]
    return theirs if len(theirs) == 1 else []


async def _keep(turn: Turn, met: Iterable[tuple[Community, str]], told: Visit, when: _Day) -> list[Reply]:
    found = [
        CheckIn(
            community=community.name,
            week=when.week.monday,
            officer=turn.message.sender,
            means=told.means,
            whom=whom,
            day=when.day,
            message=turn.message.id,
            at=turn.said_at,
            note=turn.recordable(told.problems),
            publicity=told.publicity,
        )
        for community, whom in met
    ]
    for checkin in found:
        await turn.store.checkins.add(checkin)
    return [turn.aside(_answer(found, turn.policy.week(turn.said_at)))]


def _answer(found: Sequence[CheckIn], this: Week) -> str:
    return texts.checked_in(found, made_up=found[0].week != this.monday)
