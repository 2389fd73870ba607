"""Others' programs at the database: fits `web.open311.Published`."""

from collections.abc import Sequence

from bot.clock import Clock
from bot.settings import Settings
from handlers.open311 import ServiceRequest, Wanted, requests
from storage.database import Database


class Open311Desk:
    """Reads tickets for others' programs."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._policy = settings.policy
        self._clock = clock
        self.bureau = settings.policy.reporting.bureau
        self.zone = settings.timezone
        self.keys = frozenset(key.get_secret_value() for key in settings.open311_keys)
        self.public = settings.open311_public

    async def requests(self, wanted: Wanted) -> Sequence[ServiceRequest]:
        """The tickets, the latest first. Raises NotToBeAnswered."""
        async with self._database.look() as work:
            return await requests(work, self._policy, self._clock.now(), wanted)
