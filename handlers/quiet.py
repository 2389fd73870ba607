"""When a line may go out: why the bot says it, to whom, at what hour; `docs/quiet.md` has the table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.ids import GroupId, MemberId
from domain.limit import Unit
from domain.message import Answer, Message, Occasion, Reply, TakeBack
from domain.people import Role, Roster
from domain.policy import Policy
from domain.quiet import Hearer
from domain.ticket import Ticket
from handlers.ports import Store

_AHEAD = timedelta(days=7)
"""How far back lines count that share a week with one that goes out now."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that waits in the outbox: its number there, since when."""

    reply: Reply
    number: int
    since: datetime


async def timed(
    replies: Sequence[Answer],
    store: Store,
    policy: Policy,
    now: datetime,
    said: tuple[Message, Role] | None = None,
) -> list[Answer]:
    """The replies with why they are said and when they may go out, without those that never may.

    `said` is the message that they answer and who spoke; None where nobody did. To take back is quiet.
    """
    kept: list[Answer] = []
    for reply in replies:
        if isinstance(reply, TakeBack):
            kept.append(reply)
            continue
        meant = _meant(reply, policy, now, said)
        occasion, at = await _when(meant, store, policy, now)
        if at is not None:
            kept.append(replace(meant, occasion=occasion, due_at=at if at > now else None))
    return kept


async def moment(line: Line, store: Store, policy: Policy, now: datetime) -> datetime | None:
    """When a line that is due may go out: now, or later, or (None) never.

    What was an answer is none any more once it has waited too long.
    """
    reply = line.reply
    if reply.occasion is Occasion.ANSWER and now - line.since > policy.late:
        reply = replace(reply, occasion=Occasion.NEWS)
    return (await _when(reply, store, policy, now, line.number))[1]


def awake(policy: Policy, ticket: Ticket, now: datetime, *, new: bool = True) -> bool:
    """Whether the officers hear now of a `new` ticket, or of what becomes of one that they know."""
    if ticket.urgent or (new and _runs_on(ticket, policy)):
        return True
    to = Hearer(group=False, insider=True)
    return policy.quiet.earliest(Occasion.NEWS, to, now, policy.zone) == now


def time_begins(policy: Policy, ticket: Ticket, now: datetime) -> date | None:
    """The day on which the time to settle it begins to run, where it is reported on a day off."""
    if ticket.urgent or _runs_on(ticket, policy) or policy.office.works_on(policy.day(now)):
        return None
    return policy.day(policy.office.opening(now))


def _meant(reply: Reply, policy: Policy, now: datetime, said: tuple[Message, Role] | None) -> Reply:
    """Why it is said: an answer is what goes to where, or to whom, somebody has spoken just now."""
    if reply.occasion is Occasion.ANSWER and not _answers(reply, policy, now, said):
        return replace(reply, occasion=Occasion.NEWS)
    at_once = reply.occasion in {Occasion.ANSWER, Occasion.DANGER}
    if said and reply.in_group and at_once and said[1] is not Role.OFFICER and reply.expires_at is None:
        return replace(reply, expires_at=said[0].sent_at + policy.late)
    return reply


def _answers(reply: Reply, policy: Policy, now: datetime, said: tuple[Message, Role] | None) -> bool:
    if said is None or now - said[0].sent_at > policy.late:
        return False
    return reply.to in {said[0].group, said[0].sender}


async def _when(
    reply: Reply, store: Store, policy: Policy, now: datetime, number: int | None = None
) -> tuple[Occasion, datetime | None]:
    """Why, and when: None where that would be too late, or in a group that the bot keeps out of."""
    occasion = reply.occasion
    stale = reply.expires_at is not None and now > reply.expires_at
    if stale or occasion is Occasion.DANGER:
        return occasion, None if stale else now
    start = await _back_at(reply, store, now)
    if occasion is Occasion.ANSWER:
        return occasion, now if start == now else None
    roster = await store.roster()
    unasked = await _unasked(reply, store, now, number)
    at = policy.quiet.earliest(occasion, _hearer(reply, roster), start, policy.zone, unasked)
    if at > now and (sooner := await _cannot_wait(reply, store, policy, roster)):
        return sooner, now
    return occasion, None if reply.expires_at is not None and at > reply.expires_at else at


async def _back_at(reply: Reply, store: Store, now: datetime) -> datetime:
    """When the bot speaks in the group again; now where it keeps out of nothing."""
    back = await store.moods.back_at(GroupId(reply.to)) if reply.in_group else None
    return max(back, now) if back else now


async def _unasked(reply: Reply, store: Store, now: datetime, number: int | None) -> Sequence[datetime]:
    if reply.occasion is not Occasion.UNASKED or not reply.in_group:
        return ()
    return await store.desk.unasked(GroupId(reply.to), now - _AHEAD, number)


def _hearer(reply: Reply, roster: Roster) -> Hearer:
    if not reply.in_group:
        return Hearer(group=False, insider=roster.inside(MemberId(reply.to)))
    community = roster.of_group(GroupId(reply.to))
    return Hearer(group=True, hours=community.quiet if community else None)


async def _cannot_wait(reply: Reply, store: Store, policy: Policy, roster: Roster) -> Occasion | None:
    """Why this must be heard all the same: somebody is in danger, or time runs on and they know nothing."""
    if reply.in_group or reply.ticket is None or not roster.inside(MemberId(reply.to)):
        return None
    ticket = await store.tickets.get(reply.ticket)
    if ticket is None or not ticket.open:
        return None
    if ticket.urgent:
        return Occasion.DANGER
    new = reply.to in ticket.officers and _runs_on(ticket, policy)
    new = new and reply.to not in await store.desk.heard_of(ticket.no)
    return Occasion.ANSWER if new else None


def _runs_on(ticket: Ticket, policy: Policy) -> bool:
    """Whether the time to settle it runs on through the night."""
    limit = policy.limits.limits(ticket.category, ongoing=ticket.ongoing).resolve
    return limit.unit in {Unit.URGENT_HOURS, Unit.URGENT_DAYS}
