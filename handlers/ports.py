"""What handlers need from outside, as Protocols; `storage` fits them and `bot` joins the two."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.action import Action
from domain.figures import Counted, Reading
from domain.history import Entry
from domain.ids import GroupId, MemberId, MessageId, TicketNo
from domain.message import Message
from domain.people import Absence, Roster
from domain.query import Query
from domain.records import (
    Approval,
    CaseFile,
    CheckIn,
    Doubted,
    Duty,
    Exemption,
    OwnAction,
    Pending,
    Seat,
    Spoken,
    WorkDone,
)
from domain.state import State
from domain.ticket import Ticket
from handlers.board_ports import Board
from handlers.paper_ports import Ledger


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

    async def reporter(self, no: TicketNo) -> MemberId | None:
        """Who reported: to decide what they may do and to write to them privately, never to be shown."""

    async def of_communities(self, names: Sequence[str], since: datetime) -> Sequence[CaseFile]:
        """The open tickets of these communities and those that ended after `since`, oldest first."""

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


class Bindings(Protocol):
    """The one-time codes that bind accounts to the roster."""

    async def seat(self, digest: str, now: datetime) -> Seat | None:
        """What this code is for; None where it is none, or no longer one."""

    async def use(self, digest: str, seat: Seat, account: GroupId | MemberId | None, now: datetime) -> None:
        """The code is used up; `account` takes the seat, or nobody where it is None."""

    async def guessed(self, member: MemberId, now: datetime) -> None:
        """Somebody said a code that is none."""

    async def guesses(self, member: MemberId, since: datetime) -> int:
        """How often they did since then."""


class Approvals(Protocol):
    """What officers have asked supervisors to allow."""

    async def ask(self, approval: Approval) -> None:
        """Keep that this is asked."""

    async def waiting(self, no: TicketNo) -> Approval | None:
        """What is asked about this ticket and not answered yet; the first, where there are several."""

    async def answer(self, approval: Approval, by: MemberId | None, now: datetime, *, granted: bool) -> None:
        """It is answered by this supervisor; by nobody where it is of no use any more."""


class Leaves(Protocol):
    """Officers' leave."""

    async def take(self, absence: Absence, message: MessageId, now: datetime) -> None:
        """An officer is away on these days."""

    async def of(self, member: MemberId, since: date) -> Sequence[Absence]:
        """The leaves of this officer that end on that day or later, in their order."""

    async def end(self, absence: Absence, last: date) -> None:
        """This leave is over after that day; one that would not have begun is none."""


class Duties(Protocol):
    """What is to be done at times that the calendar gives."""

    async def plan(self, duty: Duty) -> bool:
        """Keep that this is to be done; False where it was planned, or done, before."""

    async def drop(self, kind: str, subject: str) -> None:
        """What is not done yet of this kind about this subject need not be done."""

    async def done_at(
        self, kinds: Collection[str], subject: str, slots: Collection[str], until: datetime
    ) -> datetime | None:
        """When one of these was done last up to then; None where none was."""


class Patrols(Protocol):
    """What officers stopped of their own accord."""

    async def add(self, actions: Sequence[OwnAction]) -> None:
        """Keep what one message tells of."""

    async def latest(self, officer: MemberId) -> Sequence[OwnAction]:
        """What the officer's latest message that told of any told of, as it stands now."""

    async def change(self, action: OwnAction, message: MessageId, at: datetime) -> None:
        """Keep an action as it is now, and beside it what it was before this message."""

    async def take_back(self, message: MessageId, at: datetime) -> None:
        """The message was taken back, and all that it told of."""

    async def of_officer(self, officer: MemberId, since: datetime) -> Sequence[OwnAction]:
        """What is on record for an officer since then, oldest first."""

    async def attach(self, photo: MessageId, message: MessageId) -> bool:
        """Note that a picture belongs to what a message told of; False where it belongs to another."""


class CheckIns(Protocol):
    """The weekly check-ins, and what residents wish the officers to look at."""

    async def add(self, checkin: CheckIn) -> None:
        """Keep a check-in; a week that had been missed is missed no more."""

    async def take_back(self, message: MessageId) -> None:
        """The message that told of check-ins was taken back."""

    async def of_week(self, week: date) -> Sequence[CheckIn]:
        """The check-ins of a week, oldest first."""

    async def miss(self, community: str, week: date) -> None:
        """Nobody checked in with this community in that week."""

    async def missed(self, since: date) -> Sequence[tuple[str, date]]:
        """The communities and weeks that were missed since then."""

    async def work(self, community: str, since: datetime, until: datetime) -> WorkDone:
        """What was done in a community."""

    async def wish(self, message: MessageId, community: str, week: date) -> None:
        """Keep that a resident's message is a wish for the officers."""

    async def wishes(self, community: str, week: date) -> Sequence[Message]:
        """What residents wished that week, oldest first; not what they took back."""

    async def invited(self, group: GroupId, words: str, since: datetime) -> datetime | None:
        """When a line with these words was last said in the group since then."""

    async def is_said(self, line: MessageId, words: str) -> bool:
        """Whether this is a line of the bot's with these words."""


class Exemptions(Protocol):
    """Weeks in which supervisors have freed communities from their check-ins."""

    async def add(self, exemption: Exemption) -> None:
        """Free a community from a week's check-in; a week that had been missed is missed no more."""

    async def end(self, communities: Collection[str], week: date, at: datetime) -> Sequence[str]:
        """The week counts again for these communities; those that had been freed from it."""

    async def of(self, week: date) -> Sequence[Exemption]:
        """The exemptions from a week, by community."""

    async def since(self, week: date) -> Sequence[Exemption]:
        """The exemptions from a week and those after it, by community."""


class Figures(Protocol):
    """What supervisors ask for."""

    async def read(self, reading: Reading) -> Counted:
        """The figure of all, and of each group that has cases.

        Raises LookupError where the metric knows no such group or filter.
        """

    async def first_at(self) -> datetime | None:
        """When the first ticket came in, or the first own action or check-in; None where nothing has."""


class Questions(Protocol):
    """What supervisors asked last."""

    async def last(self, member: MemberId, since: datetime) -> Query | None:
        """What this member asked last, where that was since then."""

    async def keep(self, member: MemberId, query: Query, at: datetime) -> None:
        """This is what they asked last."""

    async def forget(self, member: MemberId) -> None:
        """What they ask next follows nothing."""

    async def stop_daily(self, member: MemberId, at: datetime) -> None:
        """This supervisor wants no daily report."""

    async def start_daily(self, member: MemberId) -> None:
        """They want it again."""

    async def wants_daily(self, member: MemberId) -> bool:
        """Whether they have not said that they want none."""


class Logins(Protocol):
    """One-time links into the pages."""

    async def asked(self, member: MemberId, since: datetime) -> Sequence[datetime]:
        """When this member asked for a link in the chat since then, oldest first."""


class Published(Protocol):
    """What may be read outside: tickets that were not told to the bot alone, each with its last change."""

    async def of(self, numbers: Sequence[TicketNo]) -> Sequence[tuple[Ticket, datetime]]:
        """Those of these numbers that there are, the latest first."""

    async def newest(
        self,
        since: datetime,
        until: datetime,
        kinds: Collection[str] | None,
        states: Collection[State] | None,
        limit: int,
    ) -> Sequence[tuple[Ticket, datetime]]:
        """Those taken on between these moments (not at the second one), the latest first; None is all."""


class Moods(Protocol):
    """Groups in which tempers ran high."""

    async def back_at(self, group: GroupId) -> datetime | None:
        """When the bot speaks, or spoke, in this group again; None where it never kept out of it."""

    async def step_back(self, group: GroupId, until: datetime) -> None:
        """Keep out of this group until then."""


class Store(Protocol):
    """One unit of work: all of it is kept, or nothing."""

    @property
    def tickets(self) -> Tickets:
        """The tickets."""

    @property
    def messages(self) -> Messages:
        """The chat so far."""

    @property
    def desk(self) -> Desk:
        """Referrals, questions, what was said."""

    @property
    def bindings(self) -> Bindings:
        """The codes that bind accounts to the roster."""

    @property
    def leaves(self) -> Leaves:
        """Officers' leave."""

    @property
    def approvals(self) -> Approvals:
        """What officers have asked supervisors to allow."""

    @property
    def duties(self) -> Duties:
        """What the calendar wants done."""

    @property
    def moods(self) -> Moods:
        """Tempers."""

    @property
    def patrols(self) -> Patrols:
        """What officers stopped of their own accord."""

    @property
    def checkins(self) -> CheckIns:
        """The weekly check-ins."""

    @property
    def exemptions(self) -> Exemptions:
        """Weeks without a check-in."""

    @property
    def figures(self) -> Figures:
        """Figures for supervisors."""

    @property
    def questions(self) -> Questions:
        """What supervisors asked last."""

    @property
    def ledger(self) -> Ledger:
        """What ledgers and reports are written from."""

    @property
    def board(self) -> Board:
        """What the pages show."""

    @property
    def published(self) -> Published:
        """What may be read outside."""

    @property
    def logins(self) -> Logins:
        """Links into the pages."""

    async def roster(self) -> Roster:
        """Everybody the bureau has named."""

    async def groups_of(self, member: MemberId) -> Sequence[GroupId]:
        """The groups this member is in, the one they spoke in last first."""
