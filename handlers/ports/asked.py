"""What handlers need for those who ask: figures, links into the pages, what is read outside."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from domain.figures import Counted, Reading
from domain.ids import MemberId, TicketNo
from domain.paper import PaperKind
from domain.query import Query
from domain.state import State
from domain.ticket import Ticket


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

    async def stop_paper(self, member: MemberId, kind: PaperKind, at: datetime) -> None:
        """This supervisor does not want to be sent this report."""

    async def start_paper(self, member: MemberId, kind: PaperKind) -> None:
        """They want it again."""

    async def wants_paper(self, member: MemberId, kind: PaperKind) -> bool:
        """Whether they have not said that they do not want it."""


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
