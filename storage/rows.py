"""Rows to domain objects and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from sys import intern
from typing import Any

from domain.action import Action
from domain.history import Entry
from domain.ids import GroupId, MemberId, MessageId, TicketNo
from domain.message import Kind, Media, Message
from domain.people import Role
from domain.place import spot
from domain.state import Outcome, State
from domain.ticket import Ticket

Row = Mapping[Any, Any]

_TICKET = tuple(field.name for field in fields(Ticket) if field.name not in {"group", "handled_by"})
_ALIKE = ("community", "category", "category_version", "main", "assisting", "arrive_limit", "resolve_limit")


def message_to_row(message: Message) -> dict[str, Any]:
    """The columns of `messages` that the message itself fills."""
    row = {field.name: getattr(message, field.name) for field in fields(message)}
    row["group_id"] = row.pop("group")
    row["mentions"] = list(message.mentions)
    row["media"] = asdict(message.media) if message.media else None
    return row


def message_from_row(row: Row) -> Message:
    """A message as it came in."""
    return Message(
        id=MessageId(row["id"]),
        group=GroupId(row["group_id"]) if row["group_id"] is not None else None,
        sender=MemberId(row["sender"]),
        sender_name=row["sender_name"],
        sent_at=row["sent_at"],
        kind=Kind(row["kind"]),
        text=row["text"],
        mentions=tuple(MemberId(m) for m in row["mentions"]),
        to_bot=row["to_bot"],
        quotes=row["quotes"],
        recalls=row["recalls"],
        media=Media(**row["media"]) if row["media"] else None,
    )


def ticket_to_row(ticket: Ticket) -> dict[str, Any]:
    """The columns of `tickets` that the ticket itself fills."""
    row = {name: getattr(ticket, name) for name in _TICKET}
    return row | {"group_id": ticket.group, "spot": spot(ticket.location)}


def ticket_from_row(row: Row, handled_by: frozenset[MemberId] = frozenset()) -> Ticket:
    """A ticket as it stands. What many tickets say alike, as whose they are and where, is kept once."""
    values = {name: row[name] for name in _TICKET}
    values |= {name: intern(values[name]) for name in _ALIKE if values[name]}
    values["state"] = State(row["state"])
    values["outcome"] = Outcome(row["outcome"]) if row["outcome"] else None
    return Ticket(**values, group=row["group_id"], handled_by=handled_by)


def entry_to_row(entry: Entry) -> dict[str, Any]:
    """One row of `history`."""
    row = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return row | {"ticket_no": row.pop("ticket"), "message_id": row.pop("message")}


def entry_from_row(row: Row) -> Entry:
    """One entry of the record."""
    return Entry(
        ticket=TicketNo(row["ticket_no"]),
        seq=row["seq"],
        at=row["at"],
        action=Action(row["action"]),
        before=State(row["before"]) if row["before"] else None,
        after=State(row["after"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        role=Role(row["role"]),
        person=row["person"],
        message=row["message_id"],
        note=row["note"],
        previous=row["previous"],
        hash=row["hash"],
    )
