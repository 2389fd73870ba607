"""The outbox: claims a line, paces, sends, notes the platform's id; retries, and shows what stays failed."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.chat.contract import Connection, SendFailed
from bot.clock import Clock
from bot.entrance import issue
from bot.settings import Settings
from domain.ids import MemberId
from domain.message import Reply
from handlers.quiet import Line, moment
from handlers.texts import with_link
from reports.picture import NotDrawn, draw
from storage.database import Database, Work
from storage.media import MediaStore
from storage.outbox import MERGED
from storage.outgoing import Outgoing

log = structlog.get_logger()

_FIRST_WAIT = timedelta(seconds=5)
_MOST_LINES, _MOST_CHARACTERS = 10, 500
"""What still is one message to read."""
_LOST = "it was never known whether it went out"


class Outbox:
    """Sends what has been committed, through one connection."""

    def __init__(
        self,
        database: Database,
        connection: Connection,
        clock: Clock,
        settings: Settings,
        media: MediaStore,
        changed: Callable[[], None],
    ) -> None:
        self._database = database
        self._connection = connection
        self._clock = clock
        self._settings = settings
        self._policy = settings.policy
        self._media = media
        self._changed = changed

    async def send_one(self) -> bool:
        """Send the next line that is due; False where none is."""
        async with self._database.begin() as work:
            line = await work.outbox.claim(self._clock.now(), self._settings.pace)
            if line is None:
                return False
            if line.takes_back is None:
                line = await self._with_others(work, line) if await self._may_go(work, line) else None
            if line and line.reply.login:
                link = await issue(work, MemberId(line.reply.to), self._settings, self._clock.now())
                line = replace(line, reply=replace(line.reply, text=with_link(line.reply.text, link)))
        if line is None:
            self._changed()
            return True
        if line.takes_back is not None:
            await self._take_back(line, line.takes_back)
            return True
        if line.attempts > self._settings.send_attempts:
            await self._failed(line, SendFailed(_LOST, permanent=True))
            return True
        try:
            reply = await self._with_picture(line)
            platform_id = await self._connection.send(reply, line.id)
        except Exception as error:  # noqa: BLE001 - whatever a platform raises, the line is kept
            await self._failed(line, error)
            return True
        async with self._database.begin() as work:
            await work.outbox.sent(line.id, platform_id, self._clock.now())
        self._changed()
        return True

    async def _with_picture(self, line: Outgoing) -> Reply:
        """The line, its chart drawn and kept; raises SendFailed where it cannot be drawn, now or ever."""
        reply = line.reply
        if reply.chart is None or reply.file is not None:
            return reply
        try:
            content = await asyncio.to_thread(draw, reply.chart)
        except NotDrawn as error:
            raise SendFailed(f"the chart cannot be drawn: {error}", permanent=True) from error
        picture = self._media.keep(reply.chart.file_name, "image/png", content)
        async with self._database.begin() as work:
            await work.outbox.drawn(line.id, picture)
        return replace(reply, file=picture)

    async def _take_back(self, line: Outgoing, number: int) -> None:
        """Have the platform take back what was said; where it does not, that is that."""
        async with self._database.begin() as work:
            said = await work.outbox.said(number)
        gone = False
        if said:
            try:
                gone = await self._connection.unsay(*said)
            except Exception:
                log.exception("not taken back", line=number)
        async with self._database.begin() as work:
            await work.outbox.taken_back(line, self._clock.now(), gone=gone)
        self._changed()

    async def _may_go(self, work: Work, line: Outgoing) -> bool:
        """Whether a line may go out now; else it is put off, or dropped where it is too late for it."""
        now = self._clock.now()
        at = await moment(Line(line.reply, line.id, line.created_at), work, self._policy, now)
        if at is None:
            await work.outbox.drop(line.id)
        elif at > now:
            await work.outbox.hold(line.id, at)
        return at is not None and at <= now

    async def _with_others(self, work: Work, line: Outgoing) -> Outgoing:
        """What has waited goes out as one message: the line with what waited for the same recipient."""
        now = self._clock.now()
        alone = line.reply.occasion not in MERGED or not line.reply.text or line.reply.login
        if alone or not line.waited(now):
            return line
        more: list[Outgoing] = []
        length = len(line.reply.text)
        for other in await work.outbox.alike(line, now):
            if other.reply.login:
                continue
            length += len(other.reply.text) + 1
            if len(more) + 1 >= _MOST_LINES or length > _MOST_CHARACTERS:
                break
            if await self._may_go(work, other):
                more.append(other)
        return await work.outbox.merge(line, more, now) if more else line

    async def flush(self) -> int:
        """Send everything that is due now; how many lines were tried."""
        tried = 0
        while await self.send_one():
            tried += 1
        return tried

    async def _failed(self, line: Outgoing, error: Exception) -> None:
        permanent = isinstance(error, SendFailed) and error.permanent
        reason = str(error) or type(error).__name__
        log.warning("line not sent", line=line.id, attempts=line.attempts, reason=reason, permanent=permanent)
        async with self._database.begin() as work:
            if permanent or line.attempts >= self._settings.send_attempts:
                await work.outbox.gave_up(line.id, reason)
            else:
                wait = _FIRST_WAIT * 2 ** (line.attempts - 1)
                await work.outbox.again(line.id, self._clock.now() + wait, reason)
