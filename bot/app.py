"""Joins everything: one database, one connection, the inbox, the outbox, and the work that is due."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import law_file
from bot.chat.contract import Connection
from bot.clock import Clock
from bot.inbox import Inbox
from bot.jobs import Jobs
from bot.model_reader import ModelReader
from bot.outbox import Outbox
from bot.settings import Settings
from handlers import weekly
from storage.database import Database
from storage.media import MediaStore

log = structlog.get_logger()

Changed = Callable[[], None]
"""Called whenever there is something new to be seen in the database."""

_TICK = timedelta(seconds=20)
_LOOK_AGAIN = 0.5


def _nothing() -> None:
    """Nobody is looking."""


class App:
    """The program without its pages: the same live, in the browser and on a replayed chat."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        connection: Connection,
        clock: Clock,
        changed: Changed = _nothing,
        model: ModelReader | None = None,
    ) -> None:
        self.settings = settings
        self.database = database
        self._changed = changed
        self._clock = clock
        self._woken = asyncio.Event()
        media = MediaStore(settings.media)
        self.inbox = Inbox(database, settings.policy, media, clock, self._dealt_with, model)
        self.outbox = Outbox(database, connection, clock, settings, media, changed)
        self.jobs = Jobs(database, settings.policy, clock, partial(self._dealt_with, speaks=True))

    def _dealt_with(self, speaks: bool) -> None:  # noqa: FBT001 - what the inbox calls
        if speaks:
            self._woken.set()
        self._changed()

    async def next_due(self) -> datetime | None:
        """When there will be something to do, or to say."""
        async with self.database.look() as work:
            times = (await self.jobs.next_at(work), await work.outbox.next_due(self.settings.pace))
        return min((time for time in times if time is not None), default=None)

    async def plan_ahead(self) -> None:
        """See to it that what the calendar wants of this week is planned; once is enough, twice is once."""
        async with self.database.begin() as work:
            await weekly.ensure(work, self.settings.policy, self._clock.now())

    async def catch_up(self) -> None:
        """Deal with what had arrived when the program last stopped, before anything new is taken."""
        await self.plan_ahead()
        for problem in law_file.in_use(self.settings.law_cards).problems:
            log.warning("law card not used", problem=problem)
        left_over = await self.inbox.recover()
        log.info("started", left_over=left_over)

    async def run(self) -> None:
        """Run until cancelled: due work and sending as they come."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_job(
            self.jobs.tick, "interval", seconds=_TICK.total_seconds(), max_instances=1, coalesce=True
        )
        scheduler.start()
        try:
            await self._send_for_ever()
        finally:
            scheduler.shutdown(wait=False)

    async def _send_for_ever(self) -> None:
        while True:
            try:
                await self.outbox.flush()
            except Exception:
                log.exception("outbox")
            self._woken.clear()
            try:
                async with asyncio.timeout(_LOOK_AGAIN):  # wait_for may swallow being cancelled until 3.12
                    await self._woken.wait()
            except TimeoutError:
                continue
