"""What ledgers and reports are written from: tickets page by page, own actions, what comes back."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.action import Action
from domain.figures import Cell, Reading, Scope, Stretch
from domain.ids import GroupId, MemberId, MessageId, TicketNo
from domain.paper import LedgerLine, Publicity, Struck
from domain.people import Role
from domain.query import Metric
from domain.records import OwnAction
from domain.state import OPEN
from domain.ticket import Ticket
from storage.cases import SOURCES, extended, reworked
from storage.connection import AsyncConnection
from storage.figures import conditions, statement
from storage.rows import Row, ticket_from_row
from storage.schema import (
    checkins,
    history,
    members,
    patrols,
    referrals,
    satisfactions,
    strikes,
    tickets,
    told_cards,
)

_PAGE = 500
"""Tickets that are read at once: a ledger of any length takes no more room than so many."""
_STEPS = (
    Action.DISPATCH, Action.ACCEPT, Action.PROGRESS, Action.RESOLVE, Action.EXTEND, Action.SUSPEND,
    Action.TRANSFER, Action.REJECT, Action.VOID, Action.VERIFY,
)  # fmt: skip
_SPOKEN = frozenset({Role.OFFICER.value, Role.COMMUNITY.value, Role.PROPERTY.value, Role.SUPERVISOR.value})
"""Whose words a ledger may have: a resident's step is on record without a person, and stays there."""


class LedgerRows:
    """Ledgers and reports of one look. Fits `handlers.ports.Ledger`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lines(
        self, period: Stretch, communities: frozenset[str] | None, categories: frozenset[str] | None = None
    ) -> AsyncIterator[Sequence[LedgerLine]]:
        """The tickets taken on in a period, oldest first, some hundred at a time."""
        table, last = tickets.c, (period.begin, "")
        here = _here(table.community, communities, table.category, categories)
        while True:
            at, no = last
            after = and_(table.opened_at >= at, or_(table.opened_at > at, table.no > no))
            query = select(tickets).where(after, table.opened_at < period.end, *here)
            query = query.order_by(table.opened_at, table.no).limit(_PAGE)
            rows = list((await self._connection.execute(query)).mappings())
            if rows:
                yield await self._page(rows)
                last = rows[-1]["opened_at"], rows[-1]["no"]
            if len(rows) < _PAGE:
                return

    async def count(self, period: Stretch, communities: frozenset[str] | None) -> int:
        """How many tickets were taken on in a period, void ones among them."""
        table = tickets.c
        inside = and_(table.opened_at >= period.begin, table.opened_at < period.end)
        query = select(func.count()).select_from(tickets).where(inside, *_here(table.community, communities))
        return int((await self._connection.execute(query)).scalar_one())

    async def _page(self, rows: Sequence[Row]) -> list[LedgerLine]:
        numbers = [row["no"] for row in rows]
        steps: dict[str, list[Row]] = defaultdict(list)
        scores: dict[str, int] = {}
        struck: dict[str, Struck] = {}
        query = select(history).where(history.c.ticket_no.in_(numbers), history.c.action.in_(_STEPS))
        for row in (await self._connection.execute(query.order_by(history.c.seq))).mappings():
            steps[row["ticket_no"]].append(row)
        query = select(satisfactions).where(satisfactions.c.ticket_no.in_(numbers))
        for row in (await self._connection.execute(query)).mappings():
            scores[row["ticket_no"]] = row["score"]
        query = select(strikes).where(strikes.c.ticket_no.in_(numbers))
        for row in (await self._connection.execute(query)).mappings():
            struck[row["ticket_no"]] = Struck(row["at"], MemberId(row["member_id"]), row["note"])
        return [
            _line(ticket_from_row(row), steps[row["no"]], scores.get(row["no"]), struck.get(row["no"]))
            for row in rows
        ]

    async def open_in(self, communities: frozenset[str] | None) -> Sequence[Ticket]:
        """The tickets that are open there now, by number."""
        query = select(tickets).where(tickets.c.state.in_(sorted(OPEN)))
        query = query.where(*_here(tickets.c.community, communities)).order_by(tickets.c.no)
        return [ticket_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def actions(self, period: Stretch, communities: frozenset[str] | None) -> Sequence[OwnAction]:
        """What officers stopped of their own accord in a period, oldest first."""
        here = patrols.c
        inside = and_(here.at >= period.begin, here.at < period.end, ~here.void)
        query = select(patrols).where(inside, *_here(here.community, communities))
        rows = (await self._connection.execute(query.order_by(here.at, here.id))).mappings()
        return [
            OwnAction(
                MessageId(row["message_id"]), MemberId(row["officer"]), row["community"], row["category"],
                row["count"], row["place"], row["at"], row["id"],
            )
            for row in rows
        ]  # fmt: skip

    async def residents(self, group: GroupId) -> Sequence[str]:
        """What the members of a group are called there."""
        query = select(members.c.name).where(members.c.group_id == group)
        return list((await self._connection.execute(query)).scalars())

    async def moments(self, reading: Reading) -> Sequence[datetime]:
        """When each case of a metric was that counts by the moment."""
        source = SOURCES[reading.metric](reading)
        query = select(source.at).select_from(source.table).where(*conditions(reading, source))
        return list((await self._connection.execute(query)).scalars())

    async def private(self, reading: Reading) -> int:
        """How many of the tickets that are taken on were told to the bot alone."""
        source = SOURCES[Metric.TICKETS](reading)
        query = select(func.count()).where(*conditions(reading, source), tickets.c.private)
        return int((await self._connection.execute(query.select_from(tickets))).scalar_one())

    async def shares(self, scope: Scope, period: Stretch, now: datetime) -> Mapping[str, Cell]:
        """Of what was to be dealt with: how much was extended, how much had to be done again."""
        reading = Reading(Metric.ON_TIME_RATE, scope, now, period)
        found = {}
        for name, source in (("extended", extended(reading)), ("reworked", reworked(reading))):
            row = (await self._connection.execute(statement(reading, source))).one()
            found[name] = Cell(row.part, row.cases)
        return found

    async def referred(self, period: Stretch, groups: Iterable[GroupId] | None) -> int:
        """How often somebody was pointed to another body, in these groups; None: anywhere."""
        inside = and_(referrals.c.at >= period.begin, referrals.c.at < period.end)
        query = select(func.count()).select_from(referrals).where(inside)
        if groups is not None:
            query = query.where(referrals.c.chat.in_(sorted(groups)))
        return int((await self._connection.execute(query)).scalar_one())

    async def publicity(
        self, period: Stretch, groups: Iterable[GroupId], communities: frozenset[str] | None
    ) -> Publicity:
        """How often the rules were told in these groups, and how many people heard of them at check-ins."""
        told = and_(told_cards.c.at >= period.begin, told_cards.c.at < period.end)
        cards = select(func.count()).select_from(told_cards)
        cards = cards.where(told, told_cards.c.chat.in_(sorted(groups)))
        met = and_(checkins.c.day >= period.since, checkins.c.day <= period.until)
        people = select(func.coalesce(func.sum(checkins.c.publicity), 0)).where(met)
        people = people.where(*_here(checkins.c.community, communities))
        return Publicity(
            int((await self._connection.execute(cards)).scalar_one()),
            int((await self._connection.execute(people)).scalar_one()),
        )

    async def strike(self, no: TicketNo, struck: Struck) -> None:
        """Strike an item off the list; again where it had come back."""
        values = {"member_id": struck.by, "note": struck.note, "at": struck.at}
        statement = upsert(strikes).values(ticket_no=no, **values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["ticket_no"], set_=values)
        )

    async def struck(self, no: TicketNo) -> Struck | None:
        """When and by whom an item was struck off."""
        row = (await self._connection.execute(select(strikes).where(strikes.c.ticket_no == no))).first()
        return Struck(row.at, MemberId(row.member_id), row.note) if row else None

    async def unstrike(self, no: TicketNo) -> None:
        """It was not to be struck off."""
        await self._connection.execute(delete(strikes).where(strikes.c.ticket_no == no))


def _here(
    community: ColumnElement[Any],
    communities: frozenset[str] | None,
    category: ColumnElement[Any] | None = None,
    categories: frozenset[str] | None = None,
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if communities is not None:
        found.append(community.in_(sorted(communities)))
    if category is not None and categories is not None:
        found.append(category.in_(sorted(categories)))
    return found


def _line(ticket: Ticket, steps: Sequence[Row], score: int | None, struck: Struck | None) -> LedgerLine:
    first: dict[Action, datetime] = {}
    notes: dict[Action, str] = {}
    for row in steps:
        action = Action(row["action"])
        first.setdefault(action, row["at"])
        if row["note"] and row["role"] in _SPOKEN:
            notes[action] = row["note"]
    return LedgerLine(ticket, first, notes, score, struck)
