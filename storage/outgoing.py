"""A row of the outbox: as a line to be sent, and what a reply becomes there, a row for each message."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.chart import Chart
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Media, Occasion, Reply
from storage.rows import Row

WAITING, CLAIMED, SENT, FAILED, CANCELLED = "waiting", "claimed", "sent", "failed", "cancelled"

LEASE = timedelta(minutes=2)
"""How long a claimed line is left to whoever claimed it; after that it is taken for not sent."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A line to be sent, or that could not be; or that takes back the line of the number `takes_back`."""

    id: int
    reply: Reply
    attempts: int
    after: MessageId | None
    created_at: datetime
    status: str = CLAIMED
    error: str | None = None
    takes_back: int | None = None
    due_at: datetime | None = None

    def waited(self, now: datetime) -> bool:
        """Whether it has waited for its time, or for the program to come back."""
        put_off = self.due_at is not None and self.due_at > self.created_at
        return put_off or self.created_at <= now - LEASE


def lines_of(reply: Reply, now: datetime) -> list[dict[str, Any]]:
    """The messages of a reply, one a row: the words, after them the file, and the picture."""
    words: dict[str, Any] = {
        "recipient": reply.to,
        "in_group": reply.in_group,
        "text": reply.text,
        **dict.fromkeys(("media", "chart", "takes_back")),
        "mentions": list(reply.mentions),
        "ticket_no": reply.ticket,
        "occasion": reply.occasion,
        "due_at": reply.due_at or now,
        "expires_at": reply.expires_at,
        "login": reply.login,
    }
    alone = words | {"text": "", "mentions": [], "login": False}
    shown = [alone | {"media": asdict(reply.file)}] if reply.file else []
    shown += [alone | {"chart": reply.chart.as_json()}] if reply.chart else []
    return [words, *shown] if reply.text or not shown else shown


def outgoing(row: Row) -> Outgoing:
    """A row as the line that is to go out."""
    in_group = row["in_group"]
    return Outgoing(
        id=row["id"],
        reply=Reply(
            to=GroupId(row["recipient"]) if in_group else MemberId(row["recipient"]),
            text=row["text"],
            in_group=in_group,
            mentions=tuple(MemberId(m) for m in row["mentions"]),
            ticket=row["ticket_no"],
            occasion=Occasion(row["occasion"]),
            expires_at=row["expires_at"],
            login=row["login"],
            file=Media(**row["media"]) if row["media"] else None,
            chart=Chart.from_json(row["chart"]) if row["chart"] else None,
        ),
        attempts=row["attempts"] + 1,
        after=row["after"],
        created_at=row["created_at"],
        status=row["status"],
        error=row["error"],
        takes_back=row["takes_back"],
        due_at=row["due_at"],
    )


def joined(rows: Iterable[Row]) -> list[Row]:
    """Lines that are out, given by their numbers, as they were said: merged ones are one line."""
    said: dict[int, Row] = {}
    for row in rows:
        first = said.get(row["merged_into"]) if row["merged_into"] else None
        if first is None:
            said[row["id"]] = row
            continue
        mentions = list(dict.fromkeys([*first["mentions"], *row["mentions"]]))
        text = f"{first['text']}\n{row['text']}"
        said[first["id"]] = {**first, "text": text, "mentions": mentions}
    return [row for row in said.values() if not row["merged_into"]]
