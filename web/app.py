"""The web application: the pages behind their guard, ready to be served."""

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from web.chat import Chat, WrongFileError
from web.guard import Guard
from web.room import Room, RoomError
from web.status import StatusPage, Watch

HERE = Path(__file__).parent
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The names under which only this machine reaches the pages."""

UPLOAD_LIMIT = 20 * 1024 * 1024


def create_app(
    room: Room,
    watch: Watch | None = None,
    *,
    key: str | None = None,
    hosts: Sequence[str] = LOOPBACK,
    upload_limit: int = UPLOAD_LIMIT,
) -> FastAPI:
    """The pages for `room` and, with a `watch`, for the maintainer; reached under the names `hosts`.

    With a `key`, only by who has it.
    Open `/chat?key=…` once: the browser keeps a proof of it from then on. Files may weigh up to
    `upload_limit` bytes.
    """
    pages = _Pages()
    app = FastAPI(title="wangge", docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(Chat(room, pages.templates, upload_limit).router())
    pages.templates.env.globals["watched"] = watch is not None
    if watch:
        app.include_router(StatusPage(watch, pages.templates).router())
    app.add_api_route("/", _home, response_model=None)
    app.add_api_route("/healthz", _health, response_model=None)
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    app.add_exception_handler(RoomError, pages.impossible)
    app.add_exception_handler(WrongFileError, pages.wrong_file)
    app.add_exception_handler(RequestValidationError, pages.malformed)
    app.add_exception_handler(HTTPException, pages.failed)
    known = frozenset(host.lower() for host in hosts)
    app.add_middleware(Guard, refuse=pages.refuse, hosts=known, key=key, limit=upload_limit)
    return app


class _Pages:
    """The templates, and the page or the JSON that says why something was refused."""

    def __init__(self) -> None:
        loader = FileSystemLoader(HERE / "templates")
        self.templates = Jinja2Templates(
            env=Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
        )

    def refuse(self, request: Request, status: int, code: str, text: str = "") -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            return JSONResponse({"error": code, "text": text}, status)
        context = {"code": code, "text": text, "again": _address(request)}
        return self.templates.TemplateResponse(request, "refused.html", context, status)

    async def impossible(self, request: Request, error: Exception) -> Response:
        return self.refuse(request, HTTPStatus.CONFLICT, "room", str(error))

    async def wrong_file(self, request: Request, error: Exception) -> Response:
        return self.refuse(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error))

    async def malformed(self, request: Request, _: Exception) -> Response:
        return self.refuse(request, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_request")

    async def failed(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return self.refuse(request, status, "not_found" if status == HTTPStatus.NOT_FOUND else "bad_request")


def _address(request: Request) -> str:
    """The address asked for, without a key that did not fit."""
    url = request.url.remove_query_params("key")
    return "/" + url.path.lstrip("/") + (f"?{url.query}" if url.query else "")


async def _home() -> Response:
    return RedirectResponse("/chat", HTTPStatus.SEE_OTHER)


async def _health() -> Response:
    return PlainTextResponse("ok\n")
