"""The weekly check-ins (每周对接): who met whom, what was missed, and what residents wish."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.action import Action
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Message
from domain.records import CheckIn, WorkDone
from domain.state import OPEN
from storage.connection import AsyncConnection
from storage.outgoing import SENT
from storage.rows import Row, message_from_row
from storage.schema import checkins, history, messages, missed_weeks, outbox, patrols, tickets, wishes


class CheckInRows:
    """The check-ins of one unit of work. Fits `handlers.ports.CheckIns`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, checkin: CheckIn) -> None:
        """Keep a check-in; a week that had been missed is missed no more."""
        row = {name: getattr(checkin, name) for name in CheckIn.__slots__ if name != "message"}
        await self._connection.execute(insert(checkins), [row | {"message_id": checkin.message}])
        which = (missed_weeks.c.community == checkin.community) & (missed_weeks.c.week == checkin.week)
        await self._connection.execute(delete(missed_weeks).where(which))

    async def take_back(self, message: MessageId) -> None:
        """The message that told of check-ins was taken back."""
        await self._connection.execute(delete(checkins).where(checkins.c.message_id == message))

    async def of_week(self, week: date) -> Sequence[CheckIn]:
        """The check-ins of a week, oldest first."""
        query = select(checkins).where(checkins.c.week == week).order_by(checkins.c.at, checkins.c.id)
        return [checkin_from_row(row) for row in (await self._connection.execute(query)).mappings()]

    async def miss(self, community: str, week: date) -> None:
        """Nobody checked in with this community in that week."""
        row = {"community": community, "week": week}
        await self._connection.execute(upsert(missed_weeks).values(row).on_conflict_do_nothing())

    async def missed(self, since: date) -> Sequence[tuple[str, date]]:
        """The communities and weeks that were missed since then."""
        query = select(missed_weeks).where(missed_weeks.c.week >= since)
        rows = await self._connection.execute(query.order_by(missed_weeks.c.community, missed_weeks.c.week))
        return [(row.community, row.week) for row in rows]

    async def work(self, community: str, since: datetime, until: datetime) -> WorkDone:
        """What was done in a community."""
        ours = tickets.c.community == community
        opened = select(tickets.c.category, func.count().label("total")).where(
            ours, tickets.c.opened_at >= since, tickets.c.opened_at < until
        )
        stopped = select(patrols.c.category, func.sum(patrols.c.count).label("total")).where(
            patrols.c.community == community, ~patrols.c.void, patrols.c.at >= since, patrols.c.at < until
        )
        handled = (
            select(func.count(history.c.ticket_no.distinct()))
            .join(tickets, tickets.c.no == history.c.ticket_no)
            .where(ours, tickets.c.last_at >= since)  # of others no record need be looked at
            .where(history.c.action == Action.RESOLVE, history.c.at >= since, history.c.at < until)
        )
        still = select(func.count()).select_from(tickets).where(ours, tickets.c.state.in_(OPEN))
        return WorkDone(
            opened=await self._by_category(opened, tickets.c.category),
            handled=(await self._connection.execute(handled)).scalar() or 0,
            open=(await self._connection.execute(still)).scalar() or 0,
            stopped=await self._by_category(stopped, patrols.c.category),
        )

    async def _by_category(self, query: Select[Any], category: ColumnElement[str]) -> dict[str, int]:
        rows = await self._connection.execute(query.group_by(category).order_by(category))
        return {row.category: row.total for row in rows}

    async def wish(self, message: MessageId, community: str, week: date) -> None:
        """Keep that a resident's message is a wish for the officers."""
        row = {"message_id": message, "community": community, "week": week}
        await self._connection.execute(upsert(wishes).values(row).on_conflict_do_nothing())

    async def wishes(self, community: str, week: date) -> Sequence[Message]:
        """What residents wished that week, oldest first; not what they took back."""
        query = select(messages).join(wishes, wishes.c.message_id == messages.c.id)
        query = query.where(wishes.c.community == community, wishes.c.week == week, ~messages.c.recalled)
        rows = await self._connection.execute(query.order_by(messages.c.seq))
        return [message_from_row(row) for row in rows.mappings()]

    async def invited(self, group: GroupId, words: str, since: datetime) -> datetime | None:
        """When a line with these words was last said in the group since then."""
        there = (outbox.c.recipient == group) & (outbox.c.status == SENT) & (outbox.c.sent_at >= since)
        query = select(func.max(outbox.c.sent_at)).where(
            there, outbox.c.text.contains(words, autoescape=True)
        )
        return (await self._connection.execute(query)).scalar()

    async def is_said(self, line: MessageId, words: str) -> bool:
        """Whether this is a line of the bot's with these words."""
        first = select(outbox.c.id).where(outbox.c.platform_id == line)
        one = or_(outbox.c.platform_id == line, outbox.c.merged_into.in_(first))
        query = select(outbox.c.id).where(one, outbox.c.text.contains(words, autoescape=True)).limit(1)
        return (await self._connection.execute(query)).first() is not None


def checkin_from_row(row: Row) -> CheckIn:
    return CheckIn(
        community=row["community"],
        week=row["week"],
        officer=MemberId(row["officer"]),
        means=row["means"],
        whom=row["whom"],
        day=row["day"],
        message=MessageId(row["message_id"]),
        at=row["at"],
        note=row["note"],
        publicity=row["publicity"],
    )
