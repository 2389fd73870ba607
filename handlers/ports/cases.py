"""What handlers need of the tickets and of the talk about them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.action import Action
from domain.history import Entry
from domain.ids import GroupId, MemberId, MessageId, TicketNo
from domain.message import Message
from domain.records import CaseFile, Doubted, Pending, Spoken
from domain.ticket import Ticket


class Tickets(Protocol):
    """The tickets, their records, and what is kept beside them."""

    async def next_no(self, day: date) -> TicketNo:
        """The next free number of this day."""

    async def get(self, no: TicketNo) -> Ticket | None:
        """The ticket of this number."""

    async def record(self, no: TicketNo) -> Sequence[Entry]:
        """Its record, in order."""

    async def add(self, ticket: Ticket, reporter: MemberId, entries: Sequence[Entry]) -> None:
        """Keep a new ticket, its reporter apart from it, and the first entries of its record."""

    async def save(self, ticket: Ticket, *entries: Entry) -> None:
        """Keep what has changed, and add to the record."""

    async def attach(self, no: TicketNo, message: MessageId, part: str) -> None:
        """Note that a message is part of the `report` or made an `action`; twice is once."""

    async def times(self, no: TicketNo, action: Action, since: datetime) -> int:
        """How often this was done to the ticket since then."""

    async def support(self, no: TicketNo, member: MemberId) -> bool:
        """Note that this member says the same; False where they had said so, or reported it, already."""

    async def take_back_support(self, message: MessageId, member: MemberId) -> Sequence[TicketNo]:
        """Forget that this member said the same, where only this message of theirs did; the tickets."""

    async def reporter(self, no: TicketNo) -> MemberId | None:
        """Who reported: to decide what they may do and to write to them privately, never to be shown."""

    async def of_communities(
        self, names: Sequence[str], since: datetime, quoted: MessageId | None = None
    ) -> Sequence[CaseFile]:
        """The open tickets of these communities and those that ended after `since`, oldest first.

        Where `quoted` is a line of the bot's, it is among what is about the tickets that it told of.
        """

    async def open_in(self, names: Sequence[str]) -> Sequence[Ticket]:
        """The open tickets of these communities, by number."""

    async def opened_by(self, message: MessageId) -> Sequence[TicketNo]:
        """The tickets whose record this message began."""


class Messages(Protocol):
    """The chat so far."""

    async def get(self, message: MessageId) -> Message | None:
        """A message that came in."""

    async def recent(self, message: Message, limit: int) -> Sequence[Spoken]:
        """The lines before `message` in its group, or in its sender's private talk, oldest first."""

    async def wrote_privately(self, member: MemberId) -> bool:
        """Whether this member has ever written to the bot alone, and so can be written to."""


class Desk(Protocol):
    """Everything else that is kept: referrals, questions put to officers, what the bot has said."""

    async def refer(self, message: Message, target: str) -> bool:
        """Note a referral; False where the same body was named in this chat within a day."""

    async def tell_card(self, chat: str, card: str, at: datetime) -> bool:
        """Note that a law card is said; False where it was said in this chat within a day."""

    async def cards_told(self, chat: str) -> Mapping[str, datetime]:
        """When each law card was last said in this chat."""

    async def heard_of(self, no: TicketNo) -> frozenset[str]:
        """The groups and members to whom the bot has said something about this ticket."""

    async def unsay(self, no: TicketNo, *, aloud_only: bool = True) -> None:
        """Cancel what is waiting to be said about this ticket, in the group or also to single members."""

    async def reword(self, no: TicketNo, before: str, after: str) -> bool:
        """What is waiting to be said about this ticket in these words is said in others; whether any is."""

    async def unasked(self, group: GroupId, since: datetime, before: int | None = None) -> Sequence[datetime]:
        """When lines that nobody asked for were said in this group since then, or will be."""

    async def unsay_news(self, no: TicketNo, to: Collection[str] | None = None) -> frozenset[str]:
        """Cancel reminders of this ticket that are waiting to be said (`to` these alone): of no use any more.

        Gives those who would have heard one.
        """

    async def unsay_words(self, no: TicketNo, text: str) -> None:
        """Cancel what is waiting to be said about this ticket in these words: it is not so any more."""

    async def rate(self, no: TicketNo, score: int, at: datetime) -> None:
        """Keep how satisfied the reporter is: 1 满意, 2 一般, 3 不满意; the last word counts."""

    async def doubt(self, question: Doubted) -> None:
        """Keep that a message that may be a report is put to somebody."""

    async def doubted(self, member: MemberId, since: datetime) -> Doubted | None:
        """What this member was asked since then and has not answered."""

    async def settle(self, message: MessageId, *, report: bool) -> None:
        """Keep what somebody said of a doubtful message."""

    async def label(
        self, message: MessageId, label: str, at: datetime, *, location: str = "", urgent: bool = False
    ) -> None:
        """Keep what a person says a message is; the last word counts."""

    async def ask(self, question: Pending) -> None:
        """Keep the question that is being put to an officer, in place of an earlier one."""

    async def pending(self, member: MemberId) -> Pending | None:
        """The question this officer has not answered."""

    async def answered(self, member: MemberId) -> None:
        """The question is answered, or no longer of interest."""


class Moods(Protocol):
    """Groups in which tempers ran high."""

    async def back_at(self, group: GroupId) -> datetime | None:
        """When the bot speaks, or spoke, in this group again; None where it never kept out of it."""

    async def step_back(self, group: GroupId, until: datetime) -> None:
        """Keep out of this group until then."""
