"""An office to look at the pages of: the sample district with eight weeks behind it, on a clock that stands."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI

from bot.board_desk import BoardDesk
from bot.clock import VirtualClock
from bot.demo import furnish
from bot.paper_desk import PaperDesk
from bot.reveals import RevealDesk
from bot.settings import Settings
from domain.access import Visitor, visitor
from domain.ids import MemberId
from domain.people import Roster
from storage.database import Database
from tests.web.fake import FakeRoom
from tests.web.fake_entrance import FakeEntrance, rates
from web.app import Desks, create_app

NOW = datetime(2026, 6, 24, 1, 30, tzinfo=UTC)
"""A Wednesday, 9:30 in Nanchang."""
ALL, HONGDU, JINGSHAN = MemberId("demo-s1"), MemberId("demo-s2"), MemberId("demo-s3")
"""Supervisors: of the whole district, of 洪都街道, of 京山街道."""


@dataclass
class Office:
    """The pages on a database, and who is let in."""

    database: Database
    settings: Settings
    clock: VirtualClock
    entrance: FakeEntrance
    app: FastAPI

    async def roster(self) -> Roster:
        """Everybody."""
        async with self.database.look() as work:
            return await work.roster()

    async def enter(self, member: str) -> dict[str, str]:
        """The cookies of somebody who has logged in."""
        return self.entrance.let_in(await self.who(member))

    async def who(self, member: str) -> Visitor:
        """Somebody of the roster, as the pages know them today."""
        roster = (await self.roster()).on(self.settings.policy.day(self.clock.now()))
        found = visitor(MemberId(member), roster)
        assert found
        return found


def office(address: str, media: Path, now: datetime = NOW) -> Office:
    """The pages on this database."""
    settings = Settings(_env_file=None, database=address, media=media)
    database, clock, entrance = Database(address), VirtualClock(now), FakeEntrance()
    desks = Desks(
        entrance,
        rates(),
        reveals=RevealDesk(database, settings, clock),
        board=BoardDesk(database, settings, clock),
        papers=PaperDesk(database, settings, clock),
    )
    return Office(database, settings, clock, entrance, create_app(FakeRoom(), desks=desks))


async def furnished(address: str, now: datetime = NOW) -> None:
    """Put the sample district with its eight weeks into a database that is empty."""
    database = Database(address)
    await furnish(database, Settings(_env_file=None, database=address).policy, now)
    await database.close()


async def much_happened(desk: Office) -> str:
    """The number of the ticket that most has happened to."""
    async with desk.database.look() as work:
        return max(await work.tickets.all(), key=lambda one: one.length).no
