"""The tickets, their records, who reported them, and the messages they are made of."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.action import HANDLING, Action
from domain.history import Entry
from domain.ids import MemberId, MessageId, TicketNo
from domain.records import CaseFile
from domain.state import OPEN
from domain.ticket import Ticket, ticket_no
from storage.connection import AsyncConnection, Parameters
from storage.files import ONE, REPORT, FileRows, handlers_of
from storage.memory import Memory
from storage.prepared import often
from storage.rows import entry_from_row, entry_to_row, ticket_from_row, ticket_to_row
from storage.schema import (
    counters,
    history,
    messages,
    reporters,
    supporters,
    ticket_messages,
    tickets,
)

_BY_TIME = {
    column: often(select(tickets).where(tickets.c[column] <= bindparam("now")).order_by(column).limit(1))
    for column in ("lapse_at", "remind_at")
}
_FIRST_TIME = {column: often(select(func.min(tickets.c[column]))) for column in _BY_TIME}
_HANDLED_BY = often(
    select(history.c.person).where(
        history.c.ticket_no == bindparam("number"),
        or_(*(history.c.action == action for action in sorted(HANDLING))),
        history.c.person.is_not(None),
    )
)
_KEEP = often(update(tickets).where(tickets.c.no == bindparam("number")))
_KEEP_MOVED = often(update(tickets).where(tickets.c.no == bindparam("number")))
_ADD = often(insert(history))
_ATTACH = often(upsert(ticket_messages).on_conflict_do_nothing())
_TIMES = often(
    select(func.count())
    .select_from(history)
    .where(history.c.ticket_no == bindparam("number"), history.c.action == bindparam("done"))
    .where(history.c.at > bindparam("since"))
)
_REPORTER = often(select(reporters.c.member_id).where(reporters.c.ticket_no == bindparam("number")))
"""Built once: to build a statement takes several times as long as to run it."""


class TicketRows:
    """The tickets of one unit of work. Fits `handlers.ports.Tickets`."""

    def __init__(self, connection: AsyncConnection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory
        self._files = FileRows(connection, memory)

    async def next_no(self, day: date) -> TicketNo:
        """The next free number of this day."""
        statement = upsert(counters).values(day=day, count=1)
        statement = statement.on_conflict_do_update(
            index_elements=["day"], set_={"count": counters.c.count + 1}
        )
        count = (await self._connection.execute(statement.returning(counters.c.count))).scalar_one()
        return ticket_no(day, count)

    async def get(self, no: TicketNo) -> Ticket | None:
        """The ticket of this number."""
        return await self._load_one(ONE, {"number": no})

    async def add(self, ticket: Ticket, reporter: MemberId, entries: Sequence[Entry]) -> None:
        """Keep a new ticket, its reporter apart from it, and the first entries of its record."""
        self._memory.ticket_changed(ticket.no, ticket.community)
        row = ticket_to_row(ticket) | {"last_at": ticket.opened_at}
        await self._connection.execute(insert(tickets), [row])
        await self._connection.execute(insert(reporters), [{"ticket_no": ticket.no, "member_id": reporter}])
        await self._add(entries)
        for entry in entries:
            if entry.message:
                await self.attach(ticket.no, entry.message, REPORT)

    async def save(self, ticket: Ticket, *entries: Entry) -> None:
        """Keep what has changed, and add to the record."""
        values = ticket_to_row(ticket) | {"number": ticket.no}
        self._memory.ticket_changed(ticket.no, ticket.community)
        if not entries:
            await self._connection.execute(_KEEP, values)
            return
        await self._add(entries)
        await self._connection.execute(_KEEP_MOVED, values | {"last_at": entries[-1].at})

    async def _add(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            await self._connection.execute(_ADD, entry_to_row(entry))

    async def due(self, column: str, now: datetime) -> Ticket | None:
        """The ticket of which this came first (`lapse_at`, `remind_at`), by `now`."""
        return await self._load_one(_BY_TIME[column], {"now": now})

    async def next_due(self, column: str) -> datetime | None:
        """When this comes for the next ticket."""
        return (await self._connection.execute(_FIRST_TIME[column])).scalar()

    async def attach(self, no: TicketNo, message: MessageId, part: str) -> None:
        """Note that a message is part of the `report` or made an `action`; twice is once."""
        self._memory.ticket_changed(no)
        self._memory.talks.told_of(message, no)
        await self._connection.execute(_ATTACH, {"ticket_no": no, "message_id": message, "part": part})

    async def times(self, no: TicketNo, action: Action, since: datetime) -> int:
        """How often this was done to the ticket since then."""
        which = {"number": no, "done": action, "since": since}
        return int((await self._connection.execute(_TIMES, which)).scalar_one())

    async def support(self, no: TicketNo, member: MemberId) -> bool:
        """Note that this member says the same; False where they had said so, or reported it, already."""
        if await self.reporter(no) == member:
            return False
        self._memory.ticket_changed(no)
        statement = upsert(supporters).values(ticket_no=no, member_id=member).on_conflict_do_nothing()
        return (
            await self._connection.execute(statement.returning(supporters.c.member_id))
        ).scalar() is not None

    async def take_back_support(self, message: MessageId, member: MemberId) -> Sequence[TicketNo]:
        """Forget that this member said the same, where only this message of theirs did; the tickets."""
        other, said = history.alias(), messages.alias()
        again = (
            select(other.c.seq)
            .join(said, said.c.id == other.c.message_id)
            .where(other.c.ticket_no == supporters.c.ticket_no, other.c.action == Action.SUPPORT)
            .where(said.c.sender == member, said.c.id != message, ~said.c.recalled)
        )
        its = select(history.c.ticket_no).where(
            history.c.message_id == message, history.c.action == Action.SUPPORT
        )
        gone = delete(supporters).where(
            supporters.c.member_id == member, supporters.c.ticket_no.in_(its), ~again.exists()
        )
        rows = await self._connection.execute(gone.returning(supporters.c.ticket_no))
        found = sorted(TicketNo(no) for no in rows.scalars())
        for no in found:
            self._memory.ticket_changed(no)
        return found

    async def reporter(self, no: TicketNo) -> MemberId | None:
        """Who reported: never to be shown."""
        return (await self._connection.execute(_REPORTER, {"number": no})).scalar()

    async def reported_by(self, message: MessageId) -> Sequence[TicketNo]:
        """The tickets in whose report this message is."""
        part = ticket_messages
        query = select(part.c.ticket_no).where(part.c.message_id == message, part.c.part == REPORT)
        return [
            TicketNo(no) for no in (await self._connection.execute(query.order_by("ticket_no"))).scalars()
        ]

    async def opened_by(self, message: MessageId) -> Sequence[TicketNo]:
        """The tickets whose record this message began."""
        query = select(history.c.ticket_no).where(history.c.seq == 1, history.c.message_id == message)
        return [
            TicketNo(no) for no in (await self._connection.execute(query.order_by("ticket_no"))).scalars()
        ]

    async def record(self, no: TicketNo) -> Sequence[Entry]:
        """The record of a ticket, in order."""
        query = select(history).where(history.c.ticket_no == no).order_by(history.c.seq)
        return [entry_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def actions(self) -> Sequence[tuple[MessageId, TicketNo, Action]]:
        """Every step that a message made on a ticket of whose report it is no part, in order."""
        part = ticket_messages
        its = (part.c.message_id == history.c.message_id) & (part.c.ticket_no == history.c.ticket_no)
        query = (
            select(history.c.message_id, history.c.ticket_no, history.c.action)
            .join(messages, messages.c.id == history.c.message_id)
            .join(part, its & (part.c.part != REPORT))
            .order_by(messages.c.seq, history.c.ticket_no, history.c.seq)
        )
        rows = await self._connection.execute(query)
        return [(MessageId(row.message_id), TicketNo(row.ticket_no), Action(row.action)) for row in rows]

    async def open_in(self, names: Sequence[str]) -> Sequence[Ticket]:
        """The open tickets of these communities, by number."""
        query = select(tickets).where(tickets.c.community.in_(names), tickets.c.state.in_(OPEN))
        return await self._load(query.order_by(tickets.c.no))

    async def all(self, *, open_only: bool = False, community: str | None = None) -> Sequence[Ticket]:
        """Tickets by number; all of them, or those that are open, or a community's."""
        query = select(tickets).order_by(tickets.c.no)
        if open_only:
            query = query.where(tickets.c.state.in_(OPEN))
        if community is not None:
            query = query.where(tickets.c.community == community)
        return await self._load(query)

    async def media(self, no: TicketNo) -> Sequence[dict[str, Any]]:
        """The files of a ticket's report, each with its hash and size at receipt."""
        query = (
            select(messages.c.media)
            .join(ticket_messages, ticket_messages.c.message_id == messages.c.id)
            .where(ticket_messages.c.ticket_no == no, ticket_messages.c.part == REPORT)
            .order_by(messages.c.seq)
        )
        return [media for media in (await self._connection.execute(query)).scalars() if media]

    async def gap(self) -> TicketNo | None:
        """The first number that was given out and whose ticket is not there."""
        there = set((await self._connection.execute(select(tickets.c.no))).scalars())
        given = (await self._connection.execute(select(counters).order_by(counters.c.day))).mappings()
        for row in given:
            for count in range(1, row["count"] + 1):
                if (no := ticket_no(row["day"], count)) not in there:
                    return no
        return None

    async def of_communities(
        self, names: Sequence[str], since: datetime, quoted: MessageId | None = None
    ) -> Sequence[CaseFile]:
        """The open tickets of these communities and those that ended after `since`, oldest first."""
        return await self._files.of_communities(names, since, quoted)

    async def _load_one(self, query: Select[Any], given: Parameters) -> Ticket | None:
        row = (await self._connection.execute(query, given)).mappings().first()
        if row is None:
            return None
        handlers = (await self._connection.execute(_HANDLED_BY, {"number": row["no"]})).scalars()
        return ticket_from_row(row, frozenset(MemberId(person) for person in handlers))

    async def _load(self, query: Select[Any], given: Parameters = None) -> list[Ticket]:
        rows = list((await self._connection.execute(query, given)).mappings())
        if not rows:
            return []
        handlers = await handlers_of(self._connection, [row["no"] for row in rows])
        return [ticket_from_row(row, handlers.get(row["no"], frozenset())) for row in rows]
