"""What storage gives back to be looked at: a ticket with what is kept beside it, a line of the chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.action import Action
from domain.ids import MemberId, MessageId, TicketNo
from domain.message import Message
from domain.people import Role
from domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A ticket with what the reader needs to recognise it: its words, messages and people.

    `report` are the messages that make up the report; `about` every message about the ticket, and the line of
    the bot's about it that somebody quotes.
    `reporter` never leaves the program by way of a group, a card, a list, an export or a log.
    """

    ticket: Ticket
    text: str
    report: tuple[MessageId, ...]
    about: tuple[MessageId, ...]
    reporter: MemberId | None
    reporter_name: str
    supporters: tuple[MemberId, ...]
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of the chat, the bot's own included, with what became of it."""

    message: Message
    role: Role
    tickets: tuple[TicketNo, ...] = ()
    intent: str | None = None

    def __hash__(self) -> int:
        """By the message alone: the rest of it costs more than it tells."""
        return hash(self.message.id)


@dataclass(frozen=True, slots=True)
class Seat:
    """What a binding code is for: somebody of the roster, or, without a role, the group of community `name`.

    `community` is None for a supervisor and for a group.
    """

    community: str | None
    role: Role | None
    name: str


@dataclass(frozen=True, slots=True)
class Doubted:
    """A message that may be a report, put to somebody who knows the place."""

    message: MessageId
    asked: MemberId
    category: str
    location: str
    urgent: bool
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Pending:
    """A question put to an officer privately: which ticket did they mean? One at a time each."""

    member: MemberId
    action: Action
    message: MessageId
    candidates: tuple[TicketNo, ...]
    note: str
    asked_at: datetime
    until: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """What an officer asks a supervisor to allow: 延期 or 挂账 of a ticket, perhaps to a day."""

    ticket: TicketNo
    action: Action
    message: MessageId
    asked_by: MemberId
    note: str
    until: date | None
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done at a time: what kind, about whom or what, for which day or week (`slot`)."""

    kind: str
    subject: str
    slot: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnAction:
    """What an officer stopped of their own accord (主动制止): what, how many, where, when.

    `number` is that of its row, 0 before it is kept; one that is `void` was never so.
    """

    message: MessageId
    officer: MemberId
    community: str
    category: str
    count: int
    place: str
    at: datetime
    number: int = 0
    void: bool = False


@dataclass(frozen=True, slots=True)
class CheckIn:
    """An officer met or called a community's people (每周对接). `week` is the Monday it counts for.

    `means` is how they met, `publicity` how many heard of the law, `note` what came up; "" or None: not said.
    """

    community: str
    week: date
    officer: MemberId
    means: str
    whom: str
    day: date
    message: MessageId
    at: datetime
    note: str = ""
    publicity: int | None = None


@dataclass(frozen=True, slots=True)
class Exemption:
    """A supervisor has freed a community from its check-in of a week (豁免). `week` is the Monday."""

    community: str
    week: date
    by: MemberId
    reason: str
    message: MessageId
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkDone:
    """What was done in a community in a span of time, by category: tickets taken on, handled, own actions.

    `open` is how many tickets are still in hand.
    """

    opened: Mapping[str, int] = field(default_factory=dict)
    handled: int = 0
    open: int = 0
    stopped: Mapping[str, int] = field(default_factory=dict)
