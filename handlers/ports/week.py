"""What handlers need of the week: what is planned, officers' own work and visits."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Message
from domain.records import CheckIn, Duty, Exemption, OwnAction, WorkDone


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
