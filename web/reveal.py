"""Showing who reported a ticket: to a supervisor of its area, with a reason that stays on record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Protocol, TypeAlias

from fastapi import APIRouter, Path, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.access import Visitor
from domain.ids import TicketNo
from web.frame import Frame
from web.session import Forbidden

REASON_LIMIT = 200
"""Characters in a reason."""

Number: TypeAlias = Annotated[str, Path(pattern=r"^\d{8}-\d{3,}$")]


@dataclass(frozen=True, slots=True)
class RevealLine:
    """That a reporter was shown: when (in the installation's zone), to whom, why; never who it is."""

    at: datetime
    who: str
    why: str


class Reveals(Protocol):
    """What the page needs of the program."""

    @property
    def least(self) -> int:
        """So many characters are the least that a reason has."""

    async def lines(self, visitor: Visitor, no: TicketNo) -> Sequence[RevealLine] | None:
        """Who had this ticket's reporter shown, oldest first; None where the ticket is not theirs to see."""

    async def reveal(self, visitor: Visitor, no: TicketNo, why: str) -> str | None:
        """Put it on record and give the reporter's name, "" where none is known; None where they may not."""


@dataclass(frozen=True, slots=True)
class Revealing:
    """The address that shows a reporter, once, in the answer to a form."""

    frame: Frame
    reveals: Reveals

    def router(self) -> APIRouter:
        """Its address."""
        router = APIRouter()
        router.add_api_route("/tickets/{no}/reveal", self.page, response_model=None)
        router.add_api_route("/tickets/{no}/reveal", self.show, methods=["POST"], response_model=None)
        return router

    async def page(self, request: Request, no: Number) -> Response:
        """The form, and who had it shown before."""
        visitor = await self.frame.door.visitor(request)
        return await self._answer(request, visitor, TicketNo(no), HTTPStatus.OK)

    async def show(self, request: Request, no: Number) -> Response:
        """The name, where the reason says something."""
        posted = await self.frame.door.form(request)
        why, number = " ".join(posted.fields.get("why", "").split()), TicketNo(no)
        if not self._says_why(why):
            return await self._answer(
                request, posted.visitor, number, HTTPStatus.UNPROCESSABLE_ENTITY, why=why
            )
        name = await self.reveals.reveal(posted.visitor, number, why)
        return await self._answer(request, posted.visitor, number, HTTPStatus.OK, name=name)

    def _says_why(self, why: str) -> bool:
        return self.reveals.least <= len(re.sub(r"[\W\d_]", "", why)) and len(why) <= REASON_LIMIT

    async def _answer(
        self, request: Request, visitor: Visitor, no: TicketNo, status: HTTPStatus, **more: str | None
    ) -> Response:
        lines = await self.reveals.lines(visitor, no)
        if lines is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        if not visitor.may_reveal:
            raise Forbidden
        context: dict[str, object] = {"here": "tickets", "no": no, "reveals": lines, "name": None, "why": ""}
        context |= {"wrong": status != HTTPStatus.OK, "least": self.reveals.least, "limit": REASON_LIMIT}
        return self.frame.page(request, visitor, "reveal.html", context | more, status)
