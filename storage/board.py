"""What the pages show: tickets by a selection, spots that come back, and what stands beside a ticket."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    extract,
    func,
    literal,
    or_,
    select,
)

from domain.board import Photo, Recurring, Seen, Selection
from domain.ids import TicketNo
from domain.message import Kind
from domain.people import Role
from domain.records import CheckIn, OwnAction
from domain.state import OPEN, WAITING, WORKING
from domain.ticket import Ticket
from storage.cases import ANSWERED, VOID, late
from storage.checkins import checkin_from_row
from storage.connection import AsyncConnection
from storage.patrols import action_from_row
from storage.rows import ticket_from_row
from storage.schema import (
    Moment,
    checkins,
    messages,
    missed_weeks,
    patrols,
    satisfactions,
    ticket_messages,
    tickets,
    wishes,
)

_RUNNING = sorted(WAITING | WORKING)
Condition = ColumnElement[bool]


class BoardRows:
    """What the pages show of one look. Fits `handlers.board.ports.Rows`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def late(self, chosen: Selection, now: datetime, limit: int) -> Sequence[Ticket]:
        """The open tickets of a selection that are over their deadline, the longest over first."""
        stopped = func.coalesce(ANSWERED, tickets.c.paused_at, literal(now, Moment()))
        over = extract("epoch", stopped) - extract("epoch", tickets.c.resolve_by)
        query = select(tickets).where(*_chosen(chosen, now), tickets.c.state.in_(sorted(OPEN)), late(now))
        return await self._tickets(query.order_by(over.desc(), tickets.c.no).limit(limit))

    async def due(self, chosen: Selection, now: datetime, limit: int) -> Sequence[Ticket]:
        """The tickets of a selection, the next deadline first."""
        query = select(tickets).where(*_chosen(chosen, now))
        return await self._tickets(query.order_by(tickets.c.resolve_by, tickets.c.no).limit(limit))

    async def newest(
        self, chosen: Selection, now: datetime, limit: int, after: Ticket | None = None
    ) -> Sequence[Ticket]:
        """The tickets of a selection, the newest first; those that come `after` one in this order."""
        query = select(tickets).where(*_chosen(chosen, now))
        if after is not None:
            same = and_(tickets.c.opened_at == after.opened_at, tickets.c.no < after.no)
            query = query.where(tickets.c.opened_at <= after.opened_at)
            query = query.where(or_(tickets.c.opened_at < after.opened_at, same))
        return await self._tickets(
            query.order_by(tickets.c.opened_at.desc(), tickets.c.no.desc()).limit(limit)
        )

    async def count(self, chosen: Selection, now: datetime, most: int) -> int:
        """How many there are in a selection; not counted beyond `most`."""
        some = select(tickets.c.no).where(*_chosen(chosen, now)).limit(most).subquery()
        return int((await self._connection.execute(select(func.count()).select_from(some))).scalar_one())

    async def recurring(
        self, chosen: Selection, now: datetime, least: int, limit: int
    ) -> Sequence[Recurring]:
        """The spots from which at least so many tickets of a kind came; first those from which most did."""
        table, total = tickets.c, func.count().label("total")
        still = func.sum(case((table.state.in_(sorted(OPEN)), 1), else_=0)).label("open")
        last = func.max(table.no).label("last")
        known = and_(table.spot != "", table.state.not_in(VOID))
        query = select(total, still, last).where(*_chosen(chosen, now), known)
        query = query.group_by(table.community, table.category, table.spot).having(total >= least)
        rows = (await self._connection.execute(query.order_by(total.desc(), last.desc()).limit(limit))).all()
        latest = await self._by_number([row.last for row in rows])
        return [Recurring(row.total, row.open, latest[row.last]) for row in rows]

    async def seen(self, ticket: Ticket, limit: int) -> Seen:
        """What stands beside a ticket."""
        query = select(satisfactions.c.score).where(satisfactions.c.ticket_no == ticket.no)
        score = (await self._connection.execute(query)).scalar()
        return Seen(tuple(await self._photos(ticket.no)), score, tuple(await self._nearby(ticket, limit)))

    async def has_photo(self, no: TicketNo, sha256: str) -> bool:
        """Whether this picture belongs to the ticket."""
        query = _photos(no).where(messages.c.media["sha256"].as_string() == sha256)
        return (await self._connection.execute(query.limit(1))).first() is not None

    async def _photos(self, no: TicketNo) -> list[Photo]:
        rows = await self._connection.execute(_photos(no).order_by(messages.c.seq))
        found = [Photo(row.media["sha256"], row.sent_at, Role(row.role or Role.RESIDENT)) for row in rows]
        return list({photo.sha256: photo for photo in found}.values())

    async def _nearby(self, ticket: Ticket, limit: int) -> Sequence[Ticket]:
        """The latest other tickets of the same spot."""
        table = tickets.c
        mine = select(table.spot).where(table.no == ticket.no).scalar_subquery()
        there = and_(table.community == ticket.community, table.spot == mine, table.spot != "")
        query = select(tickets).where(there, table.no != ticket.no)
        return await self._tickets(query.order_by(table.opened_at.desc(), table.no.desc()).limit(limit))

    async def checkins(self, community: str, since: date) -> Sequence[CheckIn]:
        """The check-ins of the weeks since this Monday, the latest first."""
        here = (checkins.c.community == community) & (checkins.c.week >= since)
        rows = await self._connection.execute(select(checkins).where(here).order_by(checkins.c.at.desc()))
        return [checkin_from_row(row) for row in rows.mappings()]

    async def missed(self, community: str, since: date) -> frozenset[date]:
        """The Mondays of weeks since this one that were missed."""
        here = (missed_weeks.c.community == community) & (missed_weeks.c.week >= since)
        return frozenset((await self._connection.execute(select(missed_weeks.c.week).where(here))).scalars())

    async def met(self, week: date) -> frozenset[str]:
        """The communities with a check-in in this week."""
        query = select(checkins.c.community).where(checkins.c.week == week).distinct()
        return frozenset((await self._connection.execute(query)).scalars())

    async def actions(self, community: str, since: datetime, limit: int) -> Sequence[OwnAction]:
        """What officers stopped there of their own accord since then, the latest first."""
        here = and_(patrols.c.community == community, patrols.c.at >= since, ~patrols.c.void)
        query = select(patrols).where(here).order_by(patrols.c.at.desc(), patrols.c.id.desc()).limit(limit)
        return [action_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def wishes(self, community: str, since: date) -> Mapping[date, int]:
        """How many wishes residents had in each week since this Monday; not what they took back."""
        query = select(wishes.c.week, func.count().label("total")).select_from(
            wishes.join(messages, messages.c.id == wishes.c.message_id)
        )
        here = and_(wishes.c.community == community, wishes.c.week >= since, ~messages.c.recalled)
        rows = await self._connection.execute(query.where(here).group_by(wishes.c.week))
        return {row.week: row.total for row in rows}

    async def _by_number(self, numbers: Sequence[str]) -> dict[str, Ticket]:
        if not numbers:
            return {}
        return {one.no: one for one in await self._tickets(select(tickets).where(tickets.c.no.in_(numbers)))}

    async def _tickets(self, query: Select[Any]) -> Sequence[Ticket]:
        return [ticket_from_row(row) for row in (await self._connection.execute(query)).mappings()]


def _photos(no: TicketNo) -> Select[Any]:
    """The pictures of a ticket that were not taken back."""
    part = ticket_messages
    query = select(messages.c.media, messages.c.sent_at, messages.c.role)
    query = query.select_from(part.join(messages, messages.c.id == part.c.message_id))
    kept = and_(messages.c.kind == Kind.IMAGE, messages.c.media.is_not(None), ~messages.c.recalled)
    return query.where(part.c.ticket_no == no, kept)


def _like(no: TicketNo) -> list[Condition]:
    """Of the kind of this ticket, at its place; none where its place is not known."""
    table, one = tickets.c, tickets.alias("one")
    same = [
        mine == select(theirs).where(one.c.no == no).scalar_subquery()
        for mine, theirs in (
            (table.community, one.c.community),
            (table.category, one.c.category),
            (table.spot, one.c.spot),
        )
    ]
    return [*same, table.spot != ""]


def _chosen(chosen: Selection, now: datetime) -> list[Condition]:
    table = tickets.c
    found: list[Condition] = [
        column.in_(sorted(wanted))
        for column, wanted in (
            (table.community, chosen.communities),
            (table.category, chosen.categories),
            (table.state, chosen.states),
            (table.main, chosen.main),
        )
        if wanted is not None
    ]
    for at, (begin, end) in ((table.opened_at, chosen.opened), (table.ended_at, chosen.ended)):
        found += [at >= begin] if begin else []
        found += [at < end] if end else []
    if chosen.spot:
        found += _like(chosen.spot)
    if chosen.late:
        found += [table.state.in_(sorted(OPEN)), late(now)]
    if chosen.due:
        first, last = chosen.due
        found += [table.state.in_(_RUNNING), table.paused_at.is_(None)]
        found += [table.resolve_by >= first, table.resolve_by < last]
    if chosen.words:
        found.append(table.location.contains(chosen.words, autoescape=True))
        found += [~table.private] if chosen.aloud else []
    return found
