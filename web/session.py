"""Who is at the pages: the door that every page asks first.

A page says `visitor = await door.visitor(request)`, a form's receiver `posted = await door.form(request)`;
whoever may not come in is answered by the handlers that `web.app` has for what these raise.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from domain.access import Visitor
from web.rates import Rates, TooMany, caller

FORM_FIELD = "form_token"
"""The hidden field of every form; `frame.html` has a macro for it."""

_FORM = b"wangge form"


class NotLoggedIn(Exception):
    """Nobody known is at the page: it says how to get in (401)."""


class Forbidden(Exception):
    """They are known and may not do this (403); `why` is a word that `refused.html` has a sentence for.

    Of what they may not know to exist say 404 instead: `raise HTTPException(404)`.
    """

    def __init__(self, why: str = "forbidden") -> None:
        super().__init__(why)
        self.why = why


class Entrance(Protocol):
    """Who may come in, as the program knows it. Links and sessions are what people hold: it keeps digests."""

    async def expects(self, link: str) -> Visitor | None:
        """Whom this one-time link lets in, which stays good; None where it is none, used, or too old."""

    async def enter(self, link: str) -> str | None:
        """Use the link up: a new session; None where it is none, used, or too old."""

    async def who(self, session: str) -> Visitor | None:
        """Whose session this is, as the roster has them now; None where it is over, or they are gone."""

    async def leave(self, session: str, *, everywhere: bool) -> None:
        """This session is over; with `everywhere` all of the same person."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that came from one of our own pages: who sent it, and its fields."""

    visitor: Visitor
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Door:
    """Lets in who has a session."""

    entrance: Entrance
    rates: Rates

    async def visitor(self, request: Request) -> Visitor:
        """Who is there. Raises NotLoggedIn; TooMany where they call too often."""
        session = held(request)
        found = await self.entrance.who(session) if session else None
        if found is None:
            raise NotLoggedIn
        self.rates.session.take(found.member)
        return found

    async def form(self, request: Request) -> Posted:
        """A form, and who sent it. Raises NotLoggedIn; Forbidden where it is not from a page of theirs."""
        visitor = await self.visitor(request)
        async with request.form(max_files=0) as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
        if not hmac.compare_digest(fields.get(FORM_FIELD, "").encode(), form_token(held(request)).encode()):
            raise Forbidden("stale")
        return Posted(visitor, fields)

    def tried(self, request: Request) -> None:
        """Note that somebody tried to log in with what is no link."""
        try:
            self.rates.login.take(caller(request))
        except TooMany:
            return  # the next one is refused


def form_token(session: str) -> str:
    """What a form of this session carries, and another site's page cannot know."""
    return hmac.new(session.encode(), _FORM, hashlib.sha256).hexdigest()


def held(request: Request) -> str:
    """The session that the browser holds; "" where there is none."""
    return request.cookies.get(_cookie(request), "")


def hold(request: Request, answer: Response, session: str) -> None:
    """Have the browser hold this session, until it is closed.

    Lax: whoever follows a link in another app or on another site arrives logged in; what such a site sends
    by itself, and every form, comes without the cookie.
    """
    secure = request.url.scheme == "https"
    answer.set_cookie(_cookie(request), session, path="/", httponly=True, samesite="lax", secure=secure)


def let_go(request: Request, answer: Response) -> None:
    """Have the browser forget its session."""
    secure = request.url.scheme == "https"
    answer.delete_cookie(_cookie(request), path="/", httponly=True, samesite="lax", secure=secure)


def _cookie(request: Request) -> str:
    """The cookie's name; over https one that browsers let nobody else set."""
    return "__Host-wangge_session" if request.url.scheme == "https" else "wangge_session"
