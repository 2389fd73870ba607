"""The first page behind the login."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.frame import Frame


@dataclass(frozen=True, slots=True)
class Home:
    """The page at /."""

    frame: Frame

    def router(self) -> APIRouter:
        """Its address."""
        router = APIRouter()
        router.add_api_route("/", self.page, response_model=None)
        return router

    async def page(self, request: Request) -> Response:
        """The page for whoever is there."""
        visitor = await self.frame.door.visitor(request)
        return self.frame.page(request, visitor, "home.html", {"here": "board"})
