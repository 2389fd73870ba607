"""Looks after the installation, for the page /status: fits `web.status.Watch`."""

from bot.app import App
from bot.chat.contract import Connection
from bot.clock import Clock
from storage.backlog import backlog
from web.status import Status


class Watch:
    """What the connection and the database say of how things are."""

    def __init__(self, app: App, connection: Connection, clock: Clock) -> None:
        self._app = app
        self._connection = connection
        self._clock = clock
        self._started = clock.now()

    async def status(self) -> Status:
        """How things are now."""
        zone = self._app.settings.timezone
        standing = self._connection.standing()
        async with self._app.database.look() as work:
            left = await backlog(work)
        due = await self._app.next_due()
        return Status(
            at=self._clock.now().astimezone(zone),
            connection=standing.words,
            well=standing.well,
            since=(standing.since or self._started).astimezone(zone),
            code=standing.code,
            waiting=left.waiting,
            unsent=left.unsent,
            failed=left.failed,
            unfetched=left.unfetched,
            next_due=due.astimezone(zone) if due else None,
        )
