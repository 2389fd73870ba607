"""What happens because time passes: due times stand in the database, `tick` does what is due."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from domain.action import Action
from domain.ids import TicketNo
from domain.ticket import BOT
from storage.database import Database

log = structlog.get_logger()

_AGAIN = timedelta(hours=1)
"""After which a piece of work that raised is tried again: its time is put forward before it is tried."""


class Jobs:
    """The due work of one installation; APScheduler, or a replay's clock, only calls it."""

    def __init__(self, database: Database, clock: Clock, changed: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._changed = changed

    async def tick(self) -> int:
        """Do everything that is due; how many units that were."""
        done = 0
        while await self._lapse_one():
            done += 1
        return done

    async def _lapse_one(self) -> bool:
        """Close a ticket to which nobody objected, as 'no answer'; False where there is none."""
        now = self._clock.now()
        async with self._database.begin() as work:
            ticket = await work.tickets.lapsed(now)
            if ticket is None:
                return False
            ticket.lapse_at = now + _AGAIN
            await work.tickets.save(ticket)
        try:
            await self._lapse(ticket.no, now)
        except Exception:
            log.exception("not closed", ticket=ticket.no)
            return True
        self._changed()
        log.info("closed without an answer", ticket=ticket.no)
        return True

    async def _lapse(self, no: TicketNo, now: datetime) -> None:
        async with self._database.begin() as work:
            ticket = await work.tickets.get(no)
            if ticket and ticket.lapse_at:
                await work.tickets.save(ticket, ticket.apply(Action.LAPSE, BOT, now))
