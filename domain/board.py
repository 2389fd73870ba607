"""What the pages look at: which tickets, which spots, what pictures."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import MemberId, TicketNo
from domain.people import Role
from domain.state import State
from domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Selection:
    """Which tickets are listed; None and False narrow nothing.

    `communities` are those of the visitor, or some of them; `main` are main officers; `late` those that are
    open and over their deadline, `due` the moments between which a running deadline lies, `opened` those
    between which a ticket was taken on, `ended` those between which it came to its end, the second ones not
    included. `spot` is a ticket: wanted are those of its kind at its place. `words` stand in the place; with
    `aloud` not in that of a ticket that was told to the bot alone.
    """

    communities: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    states: frozenset[State] | None = None
    main: frozenset[MemberId] | None = None
    late: bool = False
    due: tuple[datetime, datetime] | None = None
    opened: tuple[datetime | None, datetime | None] = (None, None)
    ended: tuple[datetime | None, datetime | None] = (None, None)
    spot: TicketNo | None = None
    words: str = ""
    aloud: bool = False


@dataclass(frozen=True, slots=True)
class Recurring:
    """A spot that comes back: so many tickets of one kind at one place, so many of them open; the latest."""

    total: int
    open: int
    latest: Ticket


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that belongs to a ticket: by what it is kept, when it was sent, and in what role."""

    sha256: str
    at: datetime
    role: Role


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands beside a ticket on its page: pictures, the reporter's satisfaction, tickets of the spot."""

    photos: tuple[Photo, ...]
    score: int | None
    nearby: tuple[Ticket, ...]
