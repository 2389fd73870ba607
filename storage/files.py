"""What surrounds a message: the tickets of its communities, each with its words, messages and people.

It is asked for with every message, and remembered until one of them changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Executable, Select, bindparam, or_, select, union_all

from domain.action import HANDLING
from domain.ids import MemberId, MessageId
from domain.records import CaseFile
from domain.state import OPEN
from storage.connection import AsyncConnection
from storage.memory import Memory, There
from storage.prepared import often
from storage.rows import Row, ticket_from_row
from storage.schema import history, messages, outbox, reporters, supporters, ticket_messages, tickets

REPORT = "report"
"""What a message is to a ticket of whose report it is a part."""

_NUMBERS: BindParameter[str] = bindparam("numbers", expanding=True)
_HANDLERS = select(history.c.ticket_no, history.c.person).where(
    history.c.ticket_no.in_(_NUMBERS), history.c.action.in_(HANDLING), history.c.person.is_not(None)
)
_SAID = (
    select(ticket_messages.c.ticket_no, ticket_messages.c.message_id, ticket_messages.c.part, messages.c.text)
    .join(messages, messages.c.id == ticket_messages.c.message_id)
    .where(ticket_messages.c.ticket_no.in_(_NUMBERS))
    .order_by(messages.c.seq)
)
_BY = (
    select(reporters.c.ticket_no, reporters.c.member_id, messages.c.sender_name)
    .join(history, (history.c.ticket_no == reporters.c.ticket_no) & (history.c.seq == 1))
    .outerjoin(messages, messages.c.id == history.c.message_id)
    .where(reporters.c.ticket_no.in_(_NUMBERS))
)
_JOINED = select(supporters.c.ticket_no, supporters.c.member_id).where(supporters.c.ticket_no.in_(_NUMBERS))
_WITH_LINE = select(outbox.c.id).where(outbox.c.platform_id == bindparam("line"))
_TOLD_OF = often(
    select(outbox.c.ticket_no).where(
        or_(outbox.c.platform_id == bindparam("line"), outbox.c.merged_into.in_(_WITH_LINE)),
        outbox.c.ticket_no.is_not(None),
    )
)


def _lately(there: ColumnElement[bool]) -> Select[Any]:
    """The tickets there that are open or ended lately."""
    numbers, open_now = select(tickets.c.no), or_(*(tickets.c.state == state for state in sorted(OPEN)))
    ended = tickets.c.ended_at >= bindparam("since")
    which = union_all(numbers.where(there, open_now), numbers.where(there, ended))
    return select(tickets).where(tickets.c.no.in_(which)).order_by(tickets.c.no)


ONE = often(select(tickets).where(tickets.c.no == bindparam("number")))
_IN_ONE = often(_lately(tickets.c.community == bindparam("name")))
_IN_MANY = _lately(tickets.c.community.in_(bindparam("names", expanding=True)))
"""Built once: to build a statement takes several times as long as to run it."""


class FileRows:
    """The case files of one unit of work."""

    def __init__(self, connection: AsyncConnection, memory: Memory) -> None:
        self._connection = connection
        self._memory = memory

    async def of_communities(
        self, names: Sequence[str], since: datetime, quoted: MessageId | None = None
    ) -> Sequence[CaseFile]:
        """The open tickets of these communities and those that ended after `since`, oldest first.

        Where `quoted` is a line of the bot's, it is among what is about the tickets that it told of.
        """
        found: list[CaseFile] = []
        for name, there in (await self._there(names, since)).items():
            if there.changed:
                await self._read_again(name, there)
            found += there.lately(since)
        files = sorted(found, key=lambda file: file.ticket.no)
        told = await self._told_of(quoted) if quoted else ()
        return [replace(f, about=(*f.about, quoted)) if quoted and f.ticket.no in told else f for f in files]

    async def _there(self, names: Sequence[str], since: datetime) -> dict[str, There]:
        """The tickets of each of these communities, all of them read where they are not remembered."""
        there = {name: known for name in names if (known := self._memory.there(name, since))}
        if unknown := [name for name in names if name not in there]:
            one = len(unknown) == 1
            query, which = (_IN_ONE, {"name": unknown[0]}) if one else (_IN_MANY, {"names": unknown})
            found = await self._connection.execute(query, which | {"since": since})
            there |= {name: There(since) for name in unknown}
            for file in await self._files(list(found.mappings())):
                there[file.ticket.community].files[file.ticket.no] = file
            for name in unknown:
                self._memory.keep_there(name, there[name])
        return there

    async def _read_again(self, name: str, there: There) -> None:
        """Read what has changed of the tickets there."""
        numbers = sorted(there.changed)
        found = [await self._connection.execute(ONE, {"number": number}) for number in numbers]
        rows = [row for one in found if (row := one.mappings().first()) and row["community"] == name]
        there.replace(numbers, await self._files(rows))

    async def _told_of(self, line: MessageId) -> frozenset[str]:
        """The tickets that a line of the bot's told of, or that were said with it in one message."""
        return frozenset((await self._connection.execute(_TOLD_OF, {"line": line})).scalars())

    async def _files(self, rows: Sequence[Row]) -> list[CaseFile]:
        """The tickets of these rows, with what is kept beside them."""
        if not rows:
            return []
        numbers = [row["no"] for row in rows]
        handlers, said = await handlers_of(self._connection, numbers), await self._grouped(_SAID, numbers)
        by, joined = await self._grouped(_BY, numbers), await self._grouped(_JOINED, numbers)
        return [
            _file(row, handlers.get(no, frozenset()), said[no], by[no], joined[no])
            for no, row in zip(numbers, rows, strict=True)
        ]

    async def _grouped(self, query: Executable, numbers: list[str]) -> defaultdict[str, list[Any]]:
        """What there is about each of these tickets: rows that begin with its number."""
        found: defaultdict[str, list[Any]] = defaultdict(list)
        for row in await self._connection.execute(query, {"numbers": numbers}):
            found[row[0]].append(row)
        return found


async def handlers_of(connection: AsyncConnection, numbers: list[str]) -> dict[str, frozenset[MemberId]]:
    """Who has had each of these tickets in hand."""
    found: dict[str, frozenset[MemberId]] = defaultdict(frozenset)
    for row in await connection.execute(_HANDLERS, {"numbers": numbers}):
        found[row.ticket_no] |= {row.person}
    return found


def _file(
    row: Row,
    handlers: frozenset[MemberId],
    said: Sequence[tuple[str, str, str, str]],
    by: Sequence[tuple[str, str, str | None]],
    joined: Iterable[tuple[str, str]],
) -> CaseFile:
    report = [(message, text) for _, message, part, text in said if part == REPORT]
    return CaseFile(
        ticket=ticket_from_row(row, handlers),
        text=" ".join(text for _, text in report if text),
        report=tuple(MessageId(message) for message, _ in report),
        about=tuple(MessageId(message) for _, message, _, _ in said),
        reporter=MemberId(by[0][1]) if by else None,
        reporter_name=(by[0][2] or "") if by else "",
        supporters=tuple(MemberId(member) for _, member in joined),
        last_at=row["last_at"],
    )
