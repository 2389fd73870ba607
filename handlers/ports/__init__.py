"""What handlers need from outside, as Protocols; `storage` fits them and `bot` joins the two."""

from collections.abc import Sequence
from typing import Protocol

from domain.ids import GroupId, MemberId
from domain.people import Roster
from handlers.ports.asked import Figures, Logins, Published, Questions
from handlers.ports.board import Board
from handlers.ports.cases import Desk, Messages, Moods, Tickets
from handlers.ports.papers import Ledger
from handlers.ports.people import Approvals, Bindings, Leaves
from handlers.ports.week import CheckIns, Duties, Exemptions, Patrols


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
