"""A person's turn to speak: the message, who they are, what it means, and what the handlers may use."""

import re
from dataclasses import dataclass
from datetime import datetime

from domain.ids import MemberId, TicketNo
from domain.message import Message, Reply
from domain.people import Community, Person, Role, Roster
from domain.policy import Policy
from domain.records import CaseFile, Pending
from domain.ticket import Ticket
from handlers.ports import Store
from understanding import Reading

_PHONE_OR_ID = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
_NUMBER = re.compile(r"(?<!\d)\d{8}-\d{3,}(?!\d)")
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything that a handler looks at. `files` are the tickets that the speaker can mean.

    `asked` is the question that the bot has put to this officer and that is not answered yet.
    """

    message: Message
    role: Role
    communities: tuple[Community, ...]
    roster: Roster
    files: tuple[CaseFile, ...]
    reading: Reading
    store: Store
    policy: Policy
    asked: Pending | None = None

    @property
    def now(self) -> datetime:
        """When it was said."""
        return self.message.sent_at

    @property
    def private(self) -> bool:
        """Whether it was said to the bot alone."""
        return self.message.group is None

    @property
    def community(self) -> Community:
        """The community it is said in, or (privately) the first one the speaker belongs to."""
        return self.communities[0]

    @property
    def explicit(self) -> bool:
        """Whether the bot was meant: so that a wrong move deserves an answer."""
        said = self.message
        return self.private or said.to_bot or bool(said.quotes) or bool(_NUMBER.search(said.text))

    def file(self, no: TicketNo) -> CaseFile | None:
        """The ticket of this number, where the speaker can mean it."""
        return next((f for f in self.files if f.ticket.no == no), None)

    def community_of(self, ticket: Ticket) -> Community:
        """The community of a ticket."""
        return self.roster.named(ticket.community) or self.community

    def number_said(self) -> str | None:
        """A full ticket number in the words."""
        found = _NUMBER.search(self.message.text)
        return found.group() if found else None

    def aside(self, text: str, ticket: Ticket | None = None) -> Reply:
        """An answer to the speaker alone."""
        return privately(self.message.sender, text, ticket)

    def aloud(self, text: str, ticket: Ticket | None = None, mention: tuple[Person, ...] = ()) -> Reply:
        """An answer where it was said: in the group, or privately."""
        if self.message.group is None:
            return self.aside(text, ticket)
        ids = tuple(person.id for person in mention if person.id)
        return Reply(self.message.group, text, mentions=ids, ticket=ticket.no if ticket else None)


def privately(to: MemberId, text: str, ticket: Ticket | None = None) -> Reply:
    """A line to one member."""
    return Reply(to, text, in_group=False, ticket=ticket.no if ticket else None)


def to_officers(ticket: Ticket, text: str) -> list[Reply]:
    """A line to both officers of a ticket, privately."""
    return [privately(officer, text, ticket) for officer in ticket.officers]


def quotable(turn: Turn) -> str:
    """The speaker's words as an officer may read them: no private talk, no phone or identity number."""
    if turn.private:
        return ""
    words = _PHONE_OR_ID.sub("＊＊＊", " ".join(turn.message.text.split()))
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
