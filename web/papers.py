"""The page of reports and ledgers, and the files themselves: each is one visitor's, cut to what they see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.access import Visitor
from domain.paper import PaperKind, Wanted
from domain.people import Role
from web.frame import Frame
from web.session import Forbidden

FILES = {
    "ledger.xlsx": PaperKind.LEDGER, "weekly.docx": PaperKind.WEEKLY, "monthly.docx": PaperKind.MONTHLY,
    "daily.txt": PaperKind.DAILY,
}  # fmt: skip
"""The files under /reports/."""


class NoPaper(Exception):
    """There is no such paper, for a reason that is told, in Chinese."""


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file to be saved."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Choice:
    """A paper that is offered: what it is of, and its days."""

    title: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Offer:
    """What a visitor may have: weeks and months (for supervisors alone), areas, the days of a ledger."""

    weeks: Sequence[Choice]
    months: Sequence[Choice]
    areas: Sequence[str]
    since: date
    until: date


class PaperDesk(Protocol):
    """What the pages need of the program."""

    async def offer(self, visitor: Visitor) -> Offer:
        """What they may have."""

    def days(self, kind: PaperKind, since: date | None, until: date | None) -> tuple[date, date]:
        """The days of a paper, where one or both are not named. Raises NoPaper."""

    async def paper(self, visitor: Visitor, wanted: Wanted) -> PaperFile:
        """The file, cut to what they see. Raises NoPaper."""


@dataclass(frozen=True, slots=True)
class PaperPages:
    """The addresses under /reports."""

    frame: Frame
    desk: PaperDesk

    def router(self) -> APIRouter:
        """Them."""
        router = APIRouter()
        router.add_api_route("/reports", self.page, response_model=None)
        router.add_api_route("/reports/{file}", self.file, response_model=None)
        return router

    async def page(self, request: Request) -> Response:
        """What there is."""
        visitor = await self.frame.door.visitor(request)
        return await self._page(request, visitor, "", HTTPStatus.OK)

    async def file(self, request: Request, file: str) -> Response:
        """A file; where there is none, the page that says why."""
        visitor = await self.frame.door.visitor(request)
        kind = FILES.get(file)
        if kind is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        if kind is not PaperKind.LEDGER and visitor.role is not Role.SUPERVISOR:
            raise Forbidden
        try:
            found = await self.desk.paper(visitor, self._wanted(kind, request))
        except NoPaper as error:
            return await self._page(request, visitor, str(error), HTTPStatus.BAD_REQUEST)
        headers = {
            "content-disposition": f"attachment; filename={file}; filename*=UTF-8''{quote(found.name)}",
            "cache-control": "no-store",
        }
        return Response(found.content, media_type=found.mime, headers=headers)

    def _wanted(self, kind: PaperKind, request: Request) -> Wanted:
        said = request.query_params
        days = self.desk.days(kind, _day(said.get("from", "")), _day(said.get("to", "")))
        return Wanted(kind, *days, said.get("area") or None)

    async def _page(self, request: Request, visitor: Visitor, problem: str, status: int) -> Response:
        offer = await self.desk.offer(visitor)
        context = {
            "here": "reports",
            "offer": offer,
            "problem": problem,
            "reports": visitor.role is Role.SUPERVISOR,
            "since": request.query_params.get("from", "") or offer.since.isoformat(),
            "until": request.query_params.get("to", "") or offer.until.isoformat(),
            "area": request.query_params.get("area", ""),
            "address": _address,
        }
        return self.frame.page(request, visitor, "reports.html", context, status)


def _address(file: str, choice: Choice) -> str:
    """Where a paper is that is offered."""
    return f"/reports/{file}?{urlencode({'from': choice.since, 'to': choice.until})}"


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise NoPaper("日期要写成 2026-06-01 这样。") from None
