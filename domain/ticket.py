"""A ticket: one problem at one place, and the moves that take it to its honest end."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.action import HANDLING, MAY, NAMED, NEEDS_REASON, Action
from domain.category import version
from domain.errors import IllegalMove, NotAllowed, OwnWork, ReasonMissing
from domain.history import GENESIS, Entry
from domain.ids import GroupId, MemberId, MessageId, TicketNo
from domain.people import Role
from domain.state import ENDED, MOVES, OPEN, OUTCOMES, WAITING, WORKING, Outcome, State


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something to a ticket. A reporter, whoever they are, is on record as a nameless resident.

    `plainly` is whether they say it in so many words: a confirmation that is only implied ends nothing.
    """

    role: Role
    member: MemberId | None = None
    reporter: bool = False
    plainly: bool = True

    @property
    def confirms(self) -> bool:
        """Whether a confirmation of theirs ends a ticket."""
        return self.reporter and self.plainly


BOT = Actor(Role.BOT)


@dataclass(slots=True)
class Ticket:
    """One problem at one place in one community. Who reported it is kept apart (`storage`), never in here.

    `location` is what the resident said, `private` that they said it to the bot alone; `households` counts
    the reporter and everybody who said the same. The law wants two officers (行政处罚法 42).
    `ongoing` is that it is being done right now (在建). `arrive_by` and `resolve_by` are its deadlines under
    the limits beside them, `clock_seconds` how long the last was given, on its own clock; `handed_over_at`
    is when a silent main officer was relieved. `paused_at` is since when the clock stands,
    `suspended_until` the last day of its only 挂账. `rung` counts the reminders given, `remind_at` is when
    the next one is due. `domain/deadlines.py` moves all of these.
    `head` and `length` are the hash and the number of the last entry of its record; `lapse_at` is when
    silence closes it.
    """

    no: TicketNo
    community: str
    group: GroupId | None
    category: str
    location: str
    urgent: bool
    opened_at: datetime
    private: bool = False
    category_version: str = field(default_factory=version)
    state: State = State.REGISTERED
    outcome: Outcome | None = None
    main: MemberId | None = None
    assisting: MemberId | None = None
    households: int = 1
    urges: int = 0
    extended_until: date | None = None
    transferred_to: str | None = None
    ongoing: bool = False
    arrive_limit: str | None = None
    resolve_limit: str | None = None
    arrive_by: datetime | None = None
    resolve_by: datetime | None = None
    clock_seconds: int = 0
    handed_over_at: datetime | None = None
    paused_at: datetime | None = None
    suspended_until: date | None = None
    extensions: int = 0
    rung: int = 0
    remind_at: datetime | None = None
    reported_at: datetime | None = None
    ended_at: datetime | None = None
    lapse_at: datetime | None = None
    handled_by: frozenset[MemberId] = frozenset()
    head: str = GENESIS
    length: int = 0

    @property
    def open(self) -> bool:
        """Whether somebody still has something to do or to say."""
        return self.state in OPEN

    @property
    def officers(self) -> tuple[MemberId, ...]:
        """The main officer first, then the assisting one; those who are known."""
        return tuple(officer for officer in (self.main, self.assisting) if officer)

    @property
    def waits_for_officers(self) -> bool:
        """Whether it is the officers' turn: neither reported, nor ended, nor on 挂账."""
        return self.state in WAITING | WORKING

    def overdue(self, now: datetime) -> bool:
        """Whether it was not reported (or ended) by its deadline; while its clock stands, as it stopped."""
        return self.late_by(now) is not None

    def late_by(self, now: datetime) -> timedelta | None:
        """How long after its deadline it was reported (or ended), or is waiting; None where it is in time."""
        answered = self.reported_at if self.state is State.REPORTED else self.ended_at
        if self.state is State.CLOSED and self.reported_at:
            answered = self.reported_at
        until = answered or self.paused_at or now
        return until - self.resolve_by if self.resolve_by is not None and until > self.resolve_by else None

    def register(self, by: Actor, message: MessageId) -> Entry:
        """The first entry of the record (受理登记): what it was taken for, and where."""
        note = f"{self.category} {self.location}".strip()
        return self._record(Action.REGISTER, by, self.opened_at, message, note, None)

    def dispatch(self, main: MemberId, assisting: MemberId | None, at: datetime, note: str = "") -> Entry:
        """Give the ticket to its two officers (派遣)."""
        self.main, self.assisting = main, assisting
        return self.apply(Action.DISPATCH, BOT, at, note=note)

    def apply(
        self, action: Action, by: Actor, at: datetime, message: MessageId | None = None, note: str = ""
    ) -> Entry:
        """Make a move and give its entry for the record.

        Raises NotAllowed, IllegalMove or ReasonMissing, and then nothing has changed.
        """
        self.check(action, by, note)
        before = self.state
        if not (action is Action.CONFIRM and not by.confirms):
            self.state = MOVES[action][before]
        self._note_consequences(action, by, at, before)
        return self._record(action, by, at, message, note, before)

    def check(self, action: Action, by: Actor, note: str) -> None:
        """Raise what `apply` would: NotAllowed, IllegalMove or ReasonMissing."""
        if action not in MAY[by.role]:
            raise NotAllowed(f"{by.role} may not {action}")
        if self.state not in MOVES[action]:
            raise IllegalMove(f"{action} is not possible while {self.state}")
        if action in {Action.VERIFY, Action.CONFIRM} and by.member in self.handled_by:
            raise OwnWork("who handled a ticket never says that it is well")
        if action is Action.WITHDRAW and not by.reporter:
            raise NotAllowed("only the reporter may withdraw a ticket")
        if action in NEEDS_REASON and not note.strip():
            raise ReasonMissing(f"{action} needs a reason")

    def _note_consequences(self, action: Action, by: Actor, at: datetime, before: State) -> None:
        if action in HANDLING and by.member:
            self.handled_by |= {by.member}
        if action is Action.URGE:
            self.urges += 1
        if action is Action.RESOLVE and before is not State.REPORTED:
            self.reported_at = at
        if self.state is not State.REPORTED:
            self.lapse_at = None
        if self.state not in ENDED:
            self.ended_at = self.outcome = None
        elif self.state is not before:
            self.ended_at = at
        if self.state is State.CLOSED and (action is not Action.CONFIRM or by.confirms):
            self.outcome = OUTCOMES.get(action, self.outcome)

    def _record(
        self,
        action: Action,
        by: Actor,
        at: datetime,
        message: MessageId | None,
        note: str,
        before: State | None,
    ) -> Entry:
        named = action in NAMED or (by.role is not Role.RESIDENT and not by.reporter)
        entry = Entry(
            ticket=self.no,
            seq=self.length + 1,
            at=at,
            action=action,
            before=before,
            after=self.state,
            outcome=self.outcome,
            role=by.role if named else Role.RESIDENT,
            person=by.member if named else None,
            message=message,
            note=note,
            previous=self.head,
        ).sealed()
        self.head, self.length = entry.hash, entry.seq
        return entry


def ticket_no(day: date, count: int) -> TicketNo:
    """The number of the `count`-th ticket of `day`: `20260511-003`, readable aloud."""
    return TicketNo(f"{day:%Y%m%d}-{count:03d}")
