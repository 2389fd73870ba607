"""The pages about tickets: the first one, the list, a ticket, the communities. Each is one visitor's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Protocol, TypeAlias, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from domain.access import Visitor
from domain.ids import TicketNo
from handlers.board.case import Case
from handlers.board.community import CommunityPage, Street
from handlers.board.listing import Listing
from handlers.board.start import Nothing, Start
from handlers.board.tables import THREE, meanings
from web.frame import Frame
from web.pictures import image_type
from web.reveal import Reveals

T = TypeVar("T")
Number: TypeAlias = Annotated[str, Path(max_length=40)]
Name: TypeAlias = Annotated[str, Path(max_length=200)]
Sha256: TypeAlias = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


class Board(Protocol):
    """What the pages show; None where there is no such thing, or not for this visitor."""

    async def start(self, visitor: Visitor, params: Mapping[str, str]) -> Start | Nothing:
        """The first page, of what an address wants."""

    async def listing(self, visitor: Visitor, params: Mapping[str, str]) -> Listing:
        """The list of tickets that an address wants."""

    async def case(self, visitor: Visitor, no: str) -> Case | None:
        """One ticket."""

    async def photo(self, visitor: Visitor, no: str, sha256: str) -> bytes | None:
        """A picture of a ticket."""

    async def communities(self, visitor: Visitor) -> Sequence[Street]:
        """All communities."""

    async def community(self, visitor: Visitor, name: str) -> CommunityPage | None:
        """One community."""


@dataclass(frozen=True, slots=True)
class BoardPages:
    """The pages at /, /tickets and /communities."""

    frame: Frame
    board: Board
    reveals: Reveals | None = None

    def router(self) -> APIRouter:
        """Their addresses."""
        router = APIRouter()
        for path, page in (
            ("/", self.start),
            ("/tickets", self.tickets),
            ("/tickets/{no}", self.ticket),
            ("/tickets/{no}/photos/{sha256}", self.photo),
            ("/communities", self.communities),
            ("/communities/{name:path}", self.community),
        ):
            router.add_api_route(path, page, response_model=None)
        return router

    async def start(self, request: Request) -> Response:
        """The first page."""
        visitor = await self.frame.door.visitor(request)
        if shorter := _shorter(request):
            return shorter
        shown = await self.board.start(visitor, request.query_params)
        template = "nothing.html" if isinstance(shown, Nothing) else "start.html"
        status = HTTPStatus.BAD_REQUEST if shown.view.problems else HTTPStatus.OK
        return self.frame.page(request, visitor, template, {"here": "board", "shown": shown}, status)

    async def tickets(self, request: Request) -> Response:
        """The list, under the address that names only what is filtered by."""
        visitor = await self.frame.door.visitor(request)
        if shorter := _shorter(request):
            return shorter
        shown = await self.board.listing(visitor, request.query_params)
        status = HTTPStatus.BAD_REQUEST if shown.problems else HTTPStatus.OK
        return self.frame.page(request, visitor, "tickets.html", {"here": "tickets", "shown": shown}, status)

    async def ticket(self, request: Request, no: Number) -> Response:
        """A ticket; for supervisors with who had its reporter shown."""
        visitor = await self.frame.door.visitor(request)
        shown = _there(await self.board.case(visitor, no))
        lines = await self.reveals.lines(visitor, TicketNo(no)) if self.reveals else None
        reveals = (lines or ()) if visitor.may_reveal and self.reveals else None
        context = {"here": "tickets", "shown": shown, "no": no, "reveals": reveals, "asking": False}
        return self.frame.page(request, visitor, "ticket.html", context)

    async def photo(self, request: Request, no: Number, sha256: Sha256) -> Response:
        """A picture: what it is is told from its first bytes."""
        visitor = await self.frame.door.visitor(request)
        content = _there(await self.board.photo(visitor, no, sha256))
        mime = _there(image_type(content))
        return Response(content, media_type=mime, headers={"content-disposition": "inline"})

    async def communities(self, request: Request) -> Response:
        """All communities."""
        visitor = await self.frame.door.visitor(request)
        shown = await self.board.communities(visitor)
        context: dict[str, object] = {"here": "communities", "streets": shown, "meanings": meanings(THREE)}
        return self.frame.page(request, visitor, "communities.html", context)

    async def community(self, request: Request, name: Name) -> Response:
        """One community."""
        visitor = await self.frame.door.visitor(request)
        shown = _there(await self.board.community(visitor, name))
        return self.frame.page(request, visitor, "community.html", {"here": "communities", "shown": shown})


def _shorter(request: Request) -> Response | None:
    """The same page under an address that names only what is chosen; None where it already does."""
    params = dict(request.query_params)
    if "" not in params.values():
        return None
    said, path = {name: value for name, value in params.items() if value}, request.url.path
    return RedirectResponse(f"{path}?{urlencode(said)}" if said else path, HTTPStatus.SEE_OTHER)


def _there(found: T | None) -> T:
    """What was found. Of what they may not see it is said that it is not there."""
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found
