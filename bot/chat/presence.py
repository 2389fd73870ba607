"""Whether the platform is there: told to the maintainer, noted in the database, shown on the page."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog

from bot.chat.contract import Standing
from bot.chat.notice import Notices
from bot.clock import Clock
from storage.database import Database

log = structlog.get_logger()

_HEARD_EVERY = 5.0
_GRACE = 10.0
"""Seconds for which a platform may be away without the maintainer being told."""
_AWAY = timedelta(minutes=1)


class State(StrEnum):
    """How things stand with a platform."""

    ABSENT = "absent"
    REFUSED = "refused"
    DENIED = "denied"
    TAKEN = "taken"
    SECOND = "second"
    LOGGED_OUT = "logged out"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Words:
    """What the maintainer is told of a platform, in Chinese; `missed` is what it does not send again."""

    name: str
    connecting: str
    missed: str
    said: Mapping[State, str]


class Presence:
    """Keeps a connection at work, and knows how things stand with its platform."""

    def __init__(self, words: Words, notices: Notices, database: Database, clock: Clock) -> None:
        self._words = words
        self._notices = notices
        self._database = database
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_heard: datetime | None = None
        self._state: State | None = None
        self._since: datetime | None = None
        self._told: State | None = None
        self._turns = 0

    async def run(self, ready: asyncio.Event, *work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do the work until it is cancelled or fails; `ready` is set while the platform is there."""
        async with self._database.begin() as unit:
            self._last_heard = await unit.arrivals.last_heard()
        tasks = [asyncio.create_task(one()) for one in work]
        tasks.append(asyncio.create_task(self._beat(ready)))
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            everything = [*tasks, *self._tasks]
            for task in everything:
                task.cancel()
            await asyncio.gather(*everything, return_exceptions=True)
            await self._notices.close()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done beside the rest; where it fails, the log says so."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def changed(self, state: State) -> None:
        """Take in how things stand now."""
        self._state, self._since = state, self._clock.now()
        log.info("standing", platform=self._words.name, state=state.value)
        if state is State.READY:
            self._say_how_long()
        self.start(self._tell(state))

    def standing(self, code: str = "") -> Standing:
        """How things stand; `code` is what to scan, where somebody has to log in."""
        if self._state is None:
            return Standing(self._words.connecting, well=False)
        shown = code if self._state is State.LOGGED_OUT else ""
        return Standing(self._words.said[self._state], self._state is State.READY, self._since, shown)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("event failed", exc_info=error)

    async def _beat(self, ready: asyncio.Event) -> None:
        """Note now and then that the platform is there, so that the next start knows how long it was not."""
        while True:
            await ready.wait()
            self._last_heard = self._clock.now()
            try:
                async with self._database.begin() as unit:
                    await unit.arrivals.heard(self._last_heard)
            except Exception:
                log.exception("not noted that the platform is there", platform=self._words.name)
            await asyncio.sleep(_HEARD_EVERY)

    async def _tell(self, state: State) -> None:
        """Tell the maintainer how things stand, unless it passes quickly."""
        self._turns += 1
        turn = self._turns
        if state is State.ABSENT:
            await asyncio.sleep(_GRACE)
        if turn == self._turns and state is not self._told:
            self._told = state
            self._notices.tell(self._words.said[state])

    def _say_how_long(self) -> None:
        """How long the platform was away: nobody sends again what was said meanwhile."""
        away = self._clock.now() - self._last_heard if self._last_heard else timedelta(0)
        if away > _AWAY:
            minutes = round(away.total_seconds() / 60)
            self._notices.tell(
                f"断线约 {minutes} 分钟后恢复。这段时间{self._words.missed}平台不会补发，请翻一下群聊。"
            )
