"""What the pages about tickets show, from the database as it is at that moment. Fits `web.board.Board`."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from bot.clock import Clock
from bot.settings import Settings
from domain.access import Visitor
from handlers.board.case import Case, case, has_photo
from handlers.board.community import CommunityPage, Street, communities, community_page
from handlers.board.listing import Listing, listing
from handlers.board.looker import Looker
from handlers.board.start import Nothing, Start, start
from storage.database import Database
from storage.media import MediaStore


class BoardDesk:
    """Looks beside whoever writes; nothing is changed here."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._policy = settings.policy
        self._media = MediaStore(settings.media)
        self._clock = clock

    async def start(self, visitor: Visitor, params: Mapping[str, str]) -> Start | Nothing:
        """The first page."""
        async with self._looking(visitor) as looker:
            return await start(params, looker)

    async def listing(self, visitor: Visitor, params: Mapping[str, str]) -> Listing:
        """The list of tickets that an address wants."""
        async with self._looking(visitor) as looker:
            return await listing(params, looker)

    async def case(self, visitor: Visitor, no: str) -> Case | None:
        """One ticket."""
        async with self._looking(visitor) as looker:
            return await case(no, looker)

    async def photo(self, visitor: Visitor, no: str, sha256: str) -> bytes | None:
        """A picture of a ticket."""
        async with self._looking(visitor) as looker:
            theirs = await has_photo(no, sha256, looker)
        return self._media.read(sha256) if theirs else None

    async def communities(self, visitor: Visitor) -> Sequence[Street]:
        """All communities."""
        async with self._looking(visitor) as looker:
            return await communities(looker)

    async def community(self, visitor: Visitor, name: str) -> CommunityPage | None:
        """One community."""
        async with self._looking(visitor) as looker:
            return await community_page(name, looker)

    @asynccontextmanager
    async def _looking(self, visitor: Visitor) -> AsyncIterator[Looker]:
        async with self._database.look() as work:
            yield Looker(visitor, await work.roster(), work, self._policy, self._clock.now())
