"""What the pages need from outside; `handlers.ports.Store` has it as its `board`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.board import Recurring, Seen, Selection
from domain.ids import TicketNo
from domain.records import CheckIn, OwnAction
from domain.ticket import Ticket


class Board(Protocol):
    """Tickets by a selection, spots that come back, and what stands beside a ticket."""

    async def late(self, chosen: Selection, now: datetime, limit: int) -> Sequence[Ticket]:
        """The open tickets of a selection that are over their deadline, the longest over first."""

    async def due(self, chosen: Selection, now: datetime, limit: int) -> Sequence[Ticket]:
        """The tickets of a selection, the next deadline first."""

    async def newest(
        self, chosen: Selection, now: datetime, limit: int, after: Ticket | None = None
    ) -> Sequence[Ticket]:
        """The tickets of a selection, the newest first; those that come `after` one in this order."""

    async def count(self, chosen: Selection, now: datetime, most: int) -> int:
        """How many there are in a selection; not counted beyond `most`."""

    async def recurring(
        self, chosen: Selection, now: datetime, least: int, limit: int
    ) -> Sequence[Recurring]:
        """The spots from which at least so many tickets of a kind came; first those from which most did."""

    async def seen(self, ticket: Ticket, limit: int) -> Seen:
        """What stands beside a ticket."""

    async def has_photo(self, no: TicketNo, sha256: str) -> bool:
        """Whether this picture belongs to the ticket."""

    async def checkins(self, community: str, since: date) -> Sequence[CheckIn]:
        """The check-ins of the weeks since this Monday, the latest first."""

    async def missed(self, community: str, since: date) -> frozenset[date]:
        """The Mondays of weeks since this one that were missed."""

    async def met(self, week: date) -> frozenset[str]:
        """The communities with a check-in in this week."""

    async def actions(self, community: str, since: datetime, limit: int) -> Sequence[OwnAction]:
        """What officers stopped there of their own accord since then, the latest first."""

    async def wishes(self, community: str, since: date) -> Mapping[date, int]:
        """How many wishes residents had in each week since this Monday; not what they took back."""
