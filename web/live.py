"""An open page kept up to date: server-sent events that tell it what in its scene is new."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable

from domain.ids import GroupId, MemberId
from web import mapping
from web.mapping import Json
from web.room import Room, RoomError, Scene

LINES = 300
"""A page holds so many lines of a chat, the latest."""

HEARTBEAT = 20.0
"""Seconds of quiet after which the connection gives a sign of life, so that nothing in between drops it."""

RETRY = 1500
"""Milliseconds after which the browser comes back when the connection broke."""


class Told:
    """What one page has been told so far, so that only news is sent."""

    def __init__(self) -> None:
        self._order: list[str] = []
        self._lines: dict[str, Json] = {}
        self._tickets: list[Json] | None = None
        self._progress: float | None = None

    def news(self, scene: Scene) -> Json | None:
        """Where `scene` differs from what was told; None where it does not. Counts as told from now on."""
        latest = scene.lines[-LINES:]
        order: list[str] = [said.id for said in latest]
        lines = {str(said.id): mapping.line(said) for said in latest}
        fresh = [line for key, line in lines.items() if self._lines.get(key) != line]
        tickets = [mapping.ticket(card) for card in scene.tickets]
        moved = tickets != self._tickets
        if not (fresh or moved or order != self._order or scene.progress != self._progress):
            return None
        self._order, self._lines, self._tickets, self._progress = order, lines, tickets, scene.progress
        return {
            "order": order,
            "lines": fresh,
            "tickets": tickets if moved else None,
            "progress": scene.progress,
        }


async def events(
    room: Room, group: GroupId, viewer: MemberId, heartbeat: float = HEARTBEAT
) -> AsyncIterator[str]:
    """The event stream of one page: the scene at once, then what changes in it, until either side leaves."""
    told = Told()
    yield f"retry: {RETRY}\n\n"
    async for changed in _with_heartbeat(room.changes(group, viewer), heartbeat):
        if not changed:
            yield ": still here\n\n"
            continue
        try:
            news = told.news(await room.scene(group, viewer))
        except RoomError:
            return
        if news:
            yield f"event: scene\ndata: {json.dumps(news, ensure_ascii=False)}\n\n"


async def _with_heartbeat(changes: AsyncIterator[None], every: float) -> AsyncIterator[bool]:
    """True for each change, False after `every` seconds without; the wait itself goes on, unbroken."""
    waiting = _next(changes)
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=every)
            if done and not waiting.result():
                return
            yield bool(done)
            if done:
                waiting = _next(changes)
    finally:
        waiting.cancel()


def _next(changes: AsyncIterator[None]) -> "asyncio.Task[bool]":
    async def more(step: Awaitable[None]) -> bool:
        try:
            await step
        except StopAsyncIteration:
            return False
        return True

    return asyncio.create_task(more(anext(changes)))
