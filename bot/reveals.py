"""Who had a reporter shown: for the pages (fits `web.reveal.Reveals`) and for the maintainer's commands."""

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from bot.clock import Clock
from bot.scene import people
from bot.settings import Settings
from domain.access import Visitor
from domain.ids import TicketNo
from domain.people import Roster
from handlers.texts.board import GONE
from storage.database import Database, Work
from storage.reveals import Revealed
from web.reveal import RevealLine


class RevealDesk:
    """Shows a reporter to a supervisor of the ticket's area, and keeps that it did."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._zone = settings.timezone
        self._clock = clock
        self.least = settings.reveal_reason

    async def lines(self, visitor: Visitor, no: TicketNo) -> Sequence[RevealLine] | None:
        """Who had this ticket's reporter shown, oldest first; None where the ticket is not theirs to see."""
        async with self._database.look() as work:
            if not await _sees(work, visitor, no):
                return None
            return reveal_lines(await work.reveals.of(no), await work.roster(), self._zone, GONE)

    async def reveal(self, visitor: Visitor, no: TicketNo, why: str) -> str | None:
        """Put it on record and give the reporter's name, "" where none is known; None where they may not."""
        async with self._database.begin() as work:
            if not visitor.may_reveal or not await _sees(work, visitor, no):
                return None
            return await work.reveals.reveal(Revealed(no, visitor.member, why, self._clock.now()))


def reveal_lines(found: Iterable[Revealed], roster: Roster, zone: tzinfo, gone: str = "") -> list[RevealLine]:
    """What is kept, in words; `gone` is who the roster does not name any more, "" for their account."""
    names = people(roster)
    return [
        RevealLine(one.at.astimezone(zone), names.get(one.member) or gone or one.member, one.reason)
        for one in found
    ]


async def _sees(work: Work, visitor: Visitor, no: TicketNo) -> bool:
    ticket = await work.tickets.get(no)
    return ticket is not None and visitor.sees(ticket.community)
