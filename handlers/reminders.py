"""The ladder of reminders of a ticket whose time runs out: half, a fifth, due, double. Always privately.

A main officer who does not accept a ticket in time hands it to the assisting one. What was passed while the
program was away is said once, at the highest step.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from domain import deadlines
from domain.history import Entry
from domain.ids import MemberId
from domain.message import Occasion, Reply
from domain.people import Community, Roster
from domain.policy import Policy
from domain.ticket import Ticket
from handlers import texts
from handlers.ports import Store


class Case(NamedTuple):
    """A ticket at a moment, with the roster of that day."""

    ticket: Ticket
    roster: Roster
    policy: Policy
    now: datetime

    @property
    def community(self) -> Community:
        """The ticket's community; one that is not in the roster any more has nobody."""
        return self.roster.named(self.ticket.community) or Community(self.ticket.community, "")

    @property
    def there(self) -> list[MemberId]:
        """The ticket's officers, without those who are on leave."""
        away = {person.id for person in self.community.away}
        return [officer for officer in self.ticket.officers if officer not in away]

    def line(self, to: MemberId, text: str, expires_at: datetime | None = None) -> Reply:
        """A private line about the ticket; of a danger, at any hour."""
        occasion = Occasion.DANGER if self.ticket.urgent else Occasion.NEWS
        no = self.ticket.no
        return Reply(to, text, in_group=False, ticket=no, occasion=occasion, expires_at=expires_at)


async def remind(ticket: Ticket, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """Say what is due about this ticket by `now`, and note when the next thing is."""
    case = Case(ticket, (await store.roster()).on(policy.day(now)), policy, now)
    passed = deadlines.rungs_passed(ticket, policy, now)
    entries, replies = _hand_over(case) if deadlines.silent(ticket, now) else ([], [])
    told = {reply.to for reply in replies}
    if passed:
        told -= _must_know(case, passed)
        ticket.rung = passed[-1] + 1
        replies += [line for line in _climb(case, passed) if line.to not in told]
    deadlines.schedule(ticket, policy, now)
    await store.tickets.save(ticket, *entries)
    return replies


def _must_know(case: Case, passed: Sequence[int]) -> set[MemberId]:
    """Who hears that twice the time is over, whatever else they hear of the ticket at that moment."""
    return set(case.roster.leaders(case.community)) if _LEADER in passed else set()


def _climb(case: Case, passed: Sequence[int]) -> Iterator[Reply]:
    """One line to each whom one of these steps concerns, about the highest of them."""
    rung, ticket = passed[-1], case.ticket
    told = max((_OFFICERS[step] for step in passed if step < len(_OFFICERS)), default=0)
    text = texts.REMINDERS[rung](ticket, case.policy.office, case.now)
    for officer in case.there[:told]:
        yield case.line(officer, text, _stale_at(case, rung))
    squad = case.roster.squad_leaders(case.community) if _SQUAD in passed else ()
    leaders = case.roster.leaders(case.community) if _LEADER in passed else ()
    main = case.roster.name_of(ticket.main) if ticket.main else None
    text = texts.overdue_report(ticket, main, case.policy.zone, case.now, double=rung == _LEADER)
    for boss in dict.fromkeys((*squad, *leaders)):
        yield case.line(boss, text)


_OFFICERS = (1, 2, 2)
"""How many of the officers are reminded at each step: at half the main one, from a fifth on both."""
_SQUAD, _LEADER = 2, 3
"""The steps at which the squad leader, and the leader in charge, are told."""


def _stale_at(case: Case, rung: int) -> datetime | None:
    """When another step has overtaken this one; the last that officers hear of is overtaken by none."""
    last = rung + 1 >= len(_OFFICERS)
    return None if last else deadlines.rung_at(case.ticket, case.policy, case.now, rung + 1)


def _hand_over(case: Case) -> tuple[list[Entry], list[Reply]]:
    """The assisting officer takes the main one's place; where there is none, the squad leader is told."""
    ticket, old = case.ticket, case.ticket.main
    deadlines.hand_over(ticket, case.policy, case.now)
    if old is None or ticket.assisting not in case.there:
        text = texts.nobody_accepts(ticket)
        return [], [case.line(boss, text) for boss in case.roster.squad_leaders(case.community)]
    entry = ticket.dispatch(ticket.assisting, old, case.now, texts.HANDED_OVER)
    when = texts.deadline(ticket, case.policy.office, case.now)
    new = ticket.officers[0]
    return [entry], [
        case.line(new, texts.now_yours(ticket, when)),
        case.line(old, texts.not_yours(ticket, case.roster.name_of(new) or texts.THE_OTHER)),
    ]
