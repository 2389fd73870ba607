"""The page for the maintainer: whether the bot is connected, what to scan, what waits and what has failed.

The program gives a `Watch`; the page knows nothing else of it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import qrcode
from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

_BORDER = 4
"""Empty squares around a QR code, as the standard wants them."""


@dataclass(frozen=True, slots=True)
class Status:
    """How the installation is; times are aware, in its own zone.

    `code` is what a QR code must hold for somebody to log in by scanning it, "" where nobody has to.
    """

    at: datetime
    connection: str
    well: bool
    since: datetime
    code: str
    waiting: int
    unsent: int
    failed: int
    unfetched: int
    next_due: datetime | None


class Watch(Protocol):
    """Looks after the installation."""

    async def status(self) -> Status:
        """How it is now."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: how many squares it is wide, and the dark ones as the path of a drawing."""

    size: int
    path: str


def drawn(text: str) -> Code:
    """The QR code that holds `text`."""
    code = qrcode.QRCode(border=_BORDER)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, square in enumerate(row) if square]
    return Code(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The page at /status."""

    watch: Watch
    templates: Jinja2Templates

    def router(self) -> APIRouter:
        """Its address."""
        router = APIRouter()
        router.add_api_route("/status", self.page, response_model=None)
        return router

    async def page(self, request: Request) -> Response:
        """The page, as things are now; its script opens it anew every few seconds."""
        status = await self.watch.status()
        context = {"status": status, "code": drawn(status.code) if status.code else None}
        return self.templates.TemplateResponse(request, "status.html", context)
