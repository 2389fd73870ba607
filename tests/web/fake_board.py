"""A board with nothing on it, for tests of what stands around the pages."""

from collections.abc import Mapping, Sequence

from domain.access import Visitor
from handlers.board.case import Case
from handlers.board.community import CommunityPage, Street
from handlers.board.listing import Listing
from handlers.board.start import Nothing, Start
from handlers.board.view import View


class FakeBoard:
    """Fits `web.board.Board`."""

    async def start(self, visitor: Visitor, params: Mapping[str, str]) -> Start | Nothing:
        del params
        view = View("全区", "", "", "本月", (), ())
        return Nothing("今天18:00", (f"{len(visitor.communities)} 个社区",), view)

    async def listing(self, visitor: Visitor, params: Mapping[str, str]) -> Listing:
        del visitor, params
        raise NotImplementedError

    async def case(self, visitor: Visitor, no: str) -> Case | None:
        del visitor, no
        return None

    async def photo(self, visitor: Visitor, no: str, sha256: str) -> bytes | None:
        del visitor, no, sha256
        return None

    async def communities(self, visitor: Visitor) -> Sequence[Street]:
        del visitor
        return ()

    async def community(self, visitor: Visitor, name: str) -> CommunityPage | None:
        del visitor, name
        return None
