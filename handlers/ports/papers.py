"""What ledgers and reports need from outside; `handlers.ports.Store` has it as its `ledger`."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.figures import Cell, Reading, Scope, Stretch
from domain.ids import GroupId, TicketNo
from domain.paper import LedgerLine, Publicity, Struck
from domain.records import OwnAction
from domain.ticket import Ticket


class Ledger(Protocol):
    """What ledgers and reports are written from; None for the communities means all there ever were."""

    def lines(
        self, period: Stretch, communities: frozenset[str] | None, categories: frozenset[str] | None = None
    ) -> AsyncIterator[Sequence[LedgerLine]]:
        """The tickets taken on in a period, oldest first, some hundred at a time."""

    async def count(self, period: Stretch, communities: frozenset[str] | None) -> int:
        """How many tickets were taken on in a period, void ones among them."""

    async def open_in(self, communities: frozenset[str] | None) -> Sequence[Ticket]:
        """The tickets that are open there now, by number."""

    async def actions(self, period: Stretch, communities: frozenset[str] | None) -> Sequence[OwnAction]:
        """What officers stopped of their own accord in a period, oldest first."""

    async def residents(self, group: GroupId) -> Sequence[str]:
        """What the members of a group are called there."""

    async def moments(self, reading: Reading) -> Sequence[datetime]:
        """When each case of a metric was that counts by the moment."""

    async def private(self, reading: Reading) -> int:
        """How many of the tickets that are taken on were told to the bot alone."""

    async def shares(self, scope: Scope, period: Stretch, now: datetime) -> Mapping[str, Cell]:
        """Of what was to be dealt with: how much was `extended`, how much was `reworked`."""

    async def referred(self, period: Stretch, groups: Iterable[GroupId] | None) -> int:
        """How often somebody was pointed to another body, in these groups; None: anywhere."""

    async def publicity(
        self, period: Stretch, groups: Iterable[GroupId], communities: frozenset[str] | None
    ) -> Publicity:
        """How often the rules were told in these groups, and how many people heard of them at check-ins."""

    async def strike(self, no: TicketNo, struck: Struck) -> None:
        """Strike an item off the list; again where it had come back."""

    async def struck(self, no: TicketNo) -> Struck | None:
        """When and by whom an item was struck off."""

    async def unstrike(self, no: TicketNo) -> None:
        """It was not to be struck off."""
