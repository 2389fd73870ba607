"""The ledger (台账): its sheets row by row, so that one of any length takes no more room than a page."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from domain.action import Action
from domain.category import categories
from domain.figures import Stretch
from domain.ids import MemberId
from domain.paper import Cellular, LedgerLine, Struck
from domain.people import Community, Roster
from domain.place import public_place
from domain.policy import Policy
from domain.records import OwnAction
from domain.state import State
from domain.ticket import Ticket
from handlers import texts
from handlers.masking import masked, residents
from handlers.ports import Store
from handlers.texts import papers as words

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
EVER = date(2000, 1, 1)
"""Before any record: no paper begins earlier."""
_NOT_OURS = frozenset({State.REJECTED, State.WITHDRAWN, State.TRANSFERRED})
_REASONS = (Action.REJECT, Action.VOID, Action.TRANSFER, Action.SUSPEND, Action.EXTEND)
_FIRST_STEPS = (Action.DISPATCH, Action.ACCEPT, Action.PROGRESS)
_MEASURES = (Action.RESOLVE, Action.PROGRESS, Action.TRANSFER, Action.SUSPEND)
_ILLEGAL = frozenset(name for name, one in categories().items() if one.campaign == words.ILLEGAL)

Rows = list[Sequence[Cellular]]


@dataclass(slots=True)
class Ledger:
    """A ledger of the tickets taken on from `since` to `until`, of these communities (None: of all).

    `area` is how they are called as a whole. `counts` are the rows of the first three sheets so far.
    """

    since: date
    until: date
    communities: frozenset[str] | None
    area: str
    roster: Roster
    store: Store
    policy: Policy
    now: datetime
    counts: list[int] = field(default_factory=lambda: [0, 0, 0])
    _names: dict[str, re.Pattern[str] | None] = field(default_factory=dict)
    _people: dict[MemberId, str] = field(default_factory=dict)
    _here: dict[str, Community] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The roster by name and by account: it is asked many times for each ticket."""
        people = (*self.roster.officers(), *(boss.person for boss in self.roster.supervisors))
        self._people = {person.id: person.name for person in reversed(people) if person.id}
        self._here = {community.name: community for community in self.roster.communities}

    @property
    def period(self) -> Stretch:
        """The days as moments."""
        return stretch(self.since, self.until, self.policy)

    async def rows(self) -> AsyncIterator[tuple[int, Rows]]:
        """The rows of all sheets, each some hundred at a time with the number of its sheet, in order."""
        async for number, found in self._all():
            self.counts[number] += len(found)
            yield number, found
        made = f"{self._local(self.now):%Y-%m-%d %H:%M}"
        bureau, period = self.policy.reporting.bureau, words.span(self.since, self.until)
        yield 3, list(words.about(bureau, self.area, period, made, self.counts))

    async def _all(self) -> AsyncIterator[tuple[int, Rows]]:
        ledger = self.store.ledger
        async for lines in ledger.lines(self.period, self.communities):
            yield 0, [await self._ticket(line) for line in lines]
        items = 0
        ever = stretch(EVER, self.until, self.policy)
        async for lines in ledger.lines(ever, self.communities, _ILLEGAL):
            kept = [line for line in lines if self._on_the_list(line)]
            yield 1, [[items + n, *await self._item(line)] for n, line in enumerate(kept, start=1)]
            items += len(kept)
        yield 2, [self._action(one) for one in await ledger.actions(self.period, self.communities)]

    # --- a ticket --------------------------------------------------------------------------------

    async def _ticket(self, line: LedgerLine) -> Sequence[Cellular]:
        ticket, first = line.ticket, line.first
        reason = await self._said(line, _REASONS)
        return (
            ticket.no, self._at(ticket.opened_at), ticket.category, _campaign(ticket.category),
            *self._place(ticket), self._unit(ticket), self._name(ticket.main), self._name(ticket.assisting),
            self._at(ticket.arrive_by), self._at(ticket.resolve_by), texts.STATES[ticket.state],
            *self._late(ticket), ticket.extensions or None, ticket.extended_until, ticket.suspended_until,
            reason, *(self._at(first.get(step)) for step in _FIRST_STEPS),
            self._at(ticket.reported_at), self._at(ticket.ended_at), words.result(ticket, reason),
            words.SCORES.get(line.score or 0), ticket.households,
        )  # fmt: skip

    def _late(self, ticket: Ticket) -> tuple[str, float | None]:
        if ticket.state in _NOT_OURS:
            return words.NOT_COUNTED, None
        if ticket.resolve_by is None:
            return "", None
        late = ticket.late_by(self.now)
        return (words.NO, None) if late is None else (words.YES, round(late / _HOUR, 1))

    # --- an item of the list of illegal buildings --------------------------------------------------

    def _on_the_list(self, line: LedgerLine) -> bool:
        """What was taken on in the period; and what was before, and is not struck off."""
        if line.ticket.opened_at >= self.period.begin:
            return True
        return line.ticket.state not in _NOT_OURS and _struck(line) is None

    async def _item(self, line: LedgerLine) -> Sequence[Cellular]:
        ticket = line.ticket
        struck = _struck(line)
        people = "、".join(name for one in ticket.officers if (name := self._name(one)))
        return (
            ticket.no, ticket.category, *self._place(ticket), self._day(ticket.opened_at),
            words.YES if ticket.ongoing else "", self._unit(ticket), people, self._at(ticket.resolve_by),
            await self._said(line, _MEASURES), texts.STATES[ticket.state],
            words.YES if struck else words.NO, self._day(struck.at) if struck else None,
            self._name(struck.by) if struck else "",
            await self._masked(struck.note, ticket) if struck else "",
        )  # fmt: skip

    # --- an own action -----------------------------------------------------------------------------

    def _action(self, one: OwnAction) -> Sequence[Cellular]:
        community = self._here.get(one.community)
        place = public_place(one.place, community.places if community else ())
        return (
            self._at(one.at), one.community, community.street if community else "", one.category,
            _campaign(one.category), one.count, place, self._name(one.officer),
        )  # fmt: skip

    # --- cells -------------------------------------------------------------------------------------

    def _place(self, ticket: Ticket) -> tuple[str, str, str]:
        community = self._here.get(ticket.community)
        street, places = (community.street, community.places) if community else ("", ())
        return ticket.community, street, public_place(ticket.location, places)

    def _unit(self, ticket: Ticket) -> str:
        if ticket.state is State.TRANSFERRED and ticket.transferred_to:
            return ticket.transferred_to
        community = self._here.get(ticket.community)
        unit = self.policy.reporting.unit.replace("{street}", community.street if community else "")
        return unit.replace("{community}", ticket.community)

    def _name(self, member: MemberId | None) -> str:
        return self._people.get(member, words.FORMER) if member else ""

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.policy.zone).replace(tzinfo=None)

    def _at(self, at: datetime | None) -> datetime | None:
        """As the clocks of the bureau show it, to the minute."""
        return self._local(at).replace(second=0, microsecond=0) if at else None

    def _day(self, at: datetime) -> date:
        return self._local(at).date()

    async def _said(self, line: LedgerLine, steps: Sequence[Action]) -> str:
        """The words of the first of these steps that has any, without residents' names."""
        note = next((line.notes[step] for step in steps if line.notes.get(step)), "")
        return await self._masked(note, line.ticket)

    async def _masked(self, note: str, ticket: Ticket) -> str:
        return masked(note, await self._residents(ticket)) if note else ""

    async def _residents(self, ticket: Ticket) -> re.Pattern[str] | None:
        """The names in the ticket's group of those whom the roster does not name."""
        group = ticket.group
        if group is None:
            return None
        if group not in self._names:
            self._names[group] = await residents(group, self.store, self.roster)
        return self._names[group]


def _struck(line: LedgerLine) -> Struck | None:
    return line.struck if line.struck and line.struck.holds(line.ticket) else None


def on_the_list(ticket: Ticket) -> bool:
    """Whether it is an item of the list of illegal buildings."""
    return ticket.category in _ILLEGAL


def stretch(since: date, until: date, policy: Policy) -> Stretch:
    """Days with their first moment and the first one after them."""
    begin, end = (datetime.combine(day, time(), policy.zone).astimezone(UTC) for day in (since, until + _DAY))
    return Stretch(since, until, begin, end)


def _campaign(category: str) -> str:
    known = categories().get(category)
    return known.campaign if known else ""
