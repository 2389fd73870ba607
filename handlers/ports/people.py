"""What handlers need of people: codes that bind them, their leave, what supervisors are asked to allow."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from domain.ids import GroupId, MemberId, MessageId, TicketNo
from domain.people import Absence
from domain.records import Approval, Seat


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

    async def all_waiting(self) -> Sequence[Approval]:
        """What is asked about tickets that have not ended, and not answered yet: of each the first."""

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
