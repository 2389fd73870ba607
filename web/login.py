"""Logging in and out: the one-time link that the bot sends, and the way back out."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Path, Request
from starlette.responses import RedirectResponse, Response

from web.frame import Frame
from web.rates import caller
from web.session import held, hold, let_go

Link: TypeAlias = Annotated[str, Path(pattern="^[0-9A-Za-z_-]{1,100}$")]


@dataclass(frozen=True, slots=True)
class Login:
    """The addresses /login and /logout.

    A link is used by the button on its page, not by opening it: chat programs open links, too, to show
    what is behind them.
    """

    frame: Frame

    def router(self) -> APIRouter:
        """Its addresses."""
        router = APIRouter()
        router.add_api_route("/login", self.how, response_model=None)
        router.add_api_route("/login/{link}", self.page, response_model=None)
        router.add_api_route("/login/{link}", self.enter, methods=["POST"], response_model=None)
        router.add_api_route("/logout", self.leave, methods=["POST"], response_model=None)
        return router

    async def how(self, request: Request) -> Response:
        """How to get in."""
        return self.frame.outside(request, "how", HTTPStatus.OK)

    async def page(self, request: Request, link: Link) -> Response:
        """The page with the button, for whoever the link is for."""
        door = self.frame.door
        door.rates.login.check(caller(request))
        visitor = await door.entrance.expects(link)
        if visitor is None:
            door.tried(request)
            return self.frame.outside(request, "gone", HTTPStatus.NOT_FOUND)
        return self.frame.outside(request, "enter", HTTPStatus.OK, visitor)

    async def enter(self, request: Request, link: Link) -> Response:
        """Use the link up; whoever was there before in this browser is out."""
        door = self.frame.door
        door.rates.login.check(caller(request))
        session = await door.entrance.enter(link)
        if session is None:
            door.tried(request)
            return self.frame.outside(request, "gone", HTTPStatus.NOT_FOUND)
        if before := held(request):
            await door.entrance.leave(before, everywhere=False)
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        hold(request, answer, session)
        return answer

    async def leave(self, request: Request) -> Response:
        """Out, here or on every device."""
        posted = await self.frame.door.form(request)
        await self.frame.door.entrance.leave(held(request), everywhere="everywhere" in posted.fields)
        answer = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
        let_go(request, answer)
        return answer
