"""From "there is a message" to the message in the inbox: each once, in the order of its room, none lost.

The id is kept in the database before anything else is done, so that a crash loses nothing; contents are
fetched side by side, and handed on one at a time in each room, in the order in which they were announced.
"""

import asyncio
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from bot.chat.contract import Receive
from bot.chat.wechat.link import Link
from bot.chat.wechat.puppet import DISCONNECTED, REFUSED, GatewayPuppet
from bot.clock import Clock
from domain.ids import MessageId
from domain.message import Message
from storage.database import Database

log = structlog.get_logger()

Payload = Any
"""A message as the gateway gives it."""
Read = Callable[[Payload], Awaitable[Message | None]]

_BATCH = 200
_AHEAD = 64
_PAUSES = (0.0, 0.5, 2.0, 5.0)
_LOST_LINKS = 10
_HEAD_WAITS = 5.0
_TIDY = 2.0
_FETCH_AGAIN = timedelta(days=2)


class Intake:
    """The messages that come in from a gateway."""

    def __init__(
        self,
        database: Database,
        puppet: GatewayPuppet,
        link: Link,
        clock: Clock,
        read: Read,
        receive: Receive,
    ) -> None:
        self._database = database
        self._puppet = puppet
        self._link = link
        self._clock = clock
        self._read = read
        self._receive = receive
        self._inflow: asyncio.Queue[MessageId] = asyncio.Queue()
        self._ordered: asyncio.Queue[tuple[MessageId, asyncio.Task[Payload | None]]] = asyncio.Queue(_AHEAD)
        self._rooms: dict[str, deque[tuple[MessageId, Payload]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._flying: set[MessageId] = set()
        self._finished: list[MessageId] = []

    def put(self, message: MessageId) -> None:
        """There is a message."""
        self._inflow.put_nowait(message)

    async def run(self) -> None:
        """Run until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._record())
                group.create_task(self._sort())
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def recover(self) -> int:
        """Fetch what was announced and never kept: after a crash, or because it could not be had then."""
        async with self._database.begin() as work:
            left = await work.arrivals.left(self._clock.now() - _FETCH_AGAIN)
        again = [message for message in left if message not in self._flying]
        for message in again:
            await self._fly(message)
        return len(again)

    async def _record(self) -> None:
        while True:
            arrived = await self._arrived()
            try:
                new = await self._note(arrived)
            except Exception:
                log.exception("arrivals not noted", messages=len(arrived))
                for message in arrived:
                    self._inflow.put_nowait(message)
                await asyncio.sleep(_TIDY)
                continue
            for message in new:
                await self._fly(message)

    async def _arrived(self) -> Sequence[MessageId]:
        """What has been announced; nothing, where for a while nothing was."""
        ids: list[MessageId] = []
        try:
            async with asyncio.timeout(_TIDY):
                ids.append(await self._inflow.get())
        except TimeoutError:
            return ids
        while len(ids) < _BATCH and not self._inflow.empty():
            ids.append(self._inflow.get_nowait())
        return ids

    async def _note(self, ids: Sequence[MessageId]) -> Sequence[MessageId]:
        finished, self._finished = self._finished, []
        if not ids and not finished:
            return ()
        async with self._database.begin() as work:
            if finished:
                await work.arrivals.done(finished)
            return await work.arrivals.note(ids, self._clock.now()) if ids else ()

    async def _fly(self, message: MessageId) -> None:
        self._flying.add(message)
        await self._ordered.put((message, asyncio.create_task(self._fetch(message))))

    async def _sort(self) -> None:
        """Hand contents to their rooms in order; one that keeps everybody waiting comes later."""
        while True:
            message, fetching = await self._ordered.get()
            done, _ = await asyncio.wait({fetching}, timeout=_HEAD_WAITS)
            if done:
                self._place(message, fetching)
            else:
                fetching.add_done_callback(partial(self._place, message))

    def _place(self, message: MessageId, fetching: asyncio.Task[Payload | None]) -> None:
        payload = None
        if not fetching.cancelled() and (error := fetching.exception()):
            log.error("message not fetched", message=message, exc_info=error)
        elif not fetching.cancelled():
            payload = fetching.result()
        if payload is None:
            self._flying.discard(message)
            return
        room = payload.room_id or payload.from_id
        if room in self._rooms:
            self._rooms[room].append((message, payload))
            return
        self._rooms[room] = deque([(message, payload)])
        task = asyncio.create_task(self._serve(room))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, room: str) -> None:
        """Deal with what a room has, one after the other."""
        waiting = self._rooms[room]
        try:
            while waiting:
                await self._take(*waiting.popleft())
        finally:
            del self._rooms[room]

    async def _take(self, key: MessageId, payload: Payload) -> None:
        try:
            message = await self._read(payload)
            if message is not None:
                await self._receive(message)
        except Exception:
            log.exception("message not taken", message=key)
            await self._keep_as_failed(key, traceback.format_exc(limit=-8))
        else:
            self._finished.append(key)
        self._flying.discard(key)

    async def _fetch(self, message: MessageId) -> Payload | None:
        """The content; None where the gateway has been asked several times and does not give it."""
        refusals, losses, reason = 0, 0, ""
        while refusals < len(_PAUSES) and losses < _LOST_LINKS:
            await asyncio.sleep(_PAUSES[refusals])
            await self._link.ready.wait()
            try:
                return await self._puppet.gateway.message_payload(id=message)
            except DISCONNECTED as error:
                losses, reason = losses + 1, repr(error)
            except REFUSED as error:
                refusals, reason = refusals + 1, repr(error)
        log.warning("message not to be had", message=message, reason=reason)
        await self._keep_as_failed(message, reason)
        return None

    async def _keep_as_failed(self, message: MessageId, reason: str) -> None:
        async with self._database.begin() as work:
            await work.arrivals.failed(message, reason)
