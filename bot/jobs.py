"""What happens because time passes: due times stand in the database, `tick` does what is due.

A unit of due work is one unit of work in the database: it is done and noted as done together, so that two
programs, or one that was killed, do it once. Where it raises, its time is put forward before anything else.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from domain.action import Action
from domain.policy import Policy
from domain.records import Duty
from domain.ticket import BOT, Ticket
from handlers import timetable
from handlers.quiet import timed
from handlers.reminders import remind
from storage.database import Database, Work

log = structlog.get_logger()

_AGAIN = timedelta(hours=1)
"""After which a piece of work that raised is tried again."""


class Jobs:
    """The due work of one installation; APScheduler, or a replay's clock, only calls it."""

    def __init__(self, database: Database, policy: Policy, clock: Clock, changed: Callable[[], None]) -> None:
        self._database = database
        self._policy = policy
        self._clock = clock
        self._changed = changed

    async def tick(self) -> int:
        """Do everything that is due; how many units that were."""
        done = 0
        for one in (self._lapse_one, self._remind_one, self._duty_one, self._forget):
            while await one():
                done += 1
        return done

    async def next_at(self, work: Work) -> datetime | None:
        """When there will be something to do."""
        times = [await work.tickets.next_due(column) for column in ("lapse_at", "remind_at")]
        times += [await work.duties.next_at(), await work.sessions.next_expiry()]
        return min((time for time in times if time is not None), default=None)

    async def _lapse_one(self) -> bool:
        """Close a ticket to which nobody objected, as 'no answer'; False where there is none."""
        now = self._clock.now()
        ticket: Ticket | None = None

        async def work_on(work: Work) -> None:
            nonlocal ticket
            if ticket := await work.tickets.due("lapse_at", now):
                await work.tickets.save(ticket, ticket.apply(Action.LAPSE, BOT, now))

        async def put_off(work: Work) -> None:
            if ticket and (again := await work.tickets.get(ticket.no)):
                again.lapse_at = now + _AGAIN
                await work.tickets.save(again)

        await self._unit(work_on, put_off)
        return self._noted(ticket is not None)

    async def _remind_one(self) -> bool:
        """Remind of a ticket whose time runs out; False where there is none."""
        now = self._clock.now()
        ticket: Ticket | None = None

        async def work_on(work: Work) -> None:
            nonlocal ticket
            if ticket := await work.tickets.due("remind_at", now):
                await work.outbox.put(await remind(ticket, work, self._policy, now), None, now)

        async def put_off(work: Work) -> None:
            if ticket and (again := await work.tickets.get(ticket.no)):
                again.remind_at = now + _AGAIN
                await work.tickets.save(again)

        await self._unit(work_on, put_off)
        return self._noted(ticket is not None)

    async def _duty_one(self) -> bool:
        """Do what the calendar wants done; False where nothing is due."""
        now = self._clock.now()
        duty: Duty | None = None

        async def work_on(work: Work) -> None:
            nonlocal duty
            if duty := await work.duties.take(now):
                replies = await timetable.do(duty, work, self._policy, now)
                await work.outbox.put(await timed(replies, work, self._policy, now), None, now)

        async def put_off(work: Work) -> None:
            if duty:
                await work.duties.put_off(duty, now + _AGAIN)

        await self._unit(work_on, put_off)
        return self._noted(duty is not None)

    async def _forget(self) -> bool:
        """Delete the sessions and links that are over; False where there are none."""
        gone = 0

        async def work_on(work: Work) -> None:
            nonlocal gone
            gone = await work.sessions.forget(self._clock.now())

        await self._unit(work_on, _let_be)
        return gone > 0

    def _noted(self, done: bool) -> bool:  # noqa: FBT001  (hands it through)
        if done:
            self._changed()
        return done

    async def _unit(
        self, work_on: Callable[[Work], Awaitable[None]], put_off: Callable[[Work], Awaitable[None]]
    ) -> None:
        """One unit of work; where it raises, nothing of it is kept and it is put off."""
        try:
            async with self._database.begin() as work:
                await work_on(work)
        except Exception:
            log.exception("due work failed")
            async with self._database.begin() as work:
                await put_off(work)


async def _let_be(_: Work) -> None:
    """It is looked at again with the next tick."""
