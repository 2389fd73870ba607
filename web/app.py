"""The web application: the pages behind their guard, ready to be served."""

from collections.abc import Sequence
from dataclasses import dataclass
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

from handlers import texts
from web import charts
from web.chat import Chat, WrongFileError
from web.frame import Frame
from web.guard import Guard, maintained
from web.home import Home
from web.login import Login
from web.rates import Rates, TooMany
from web.reveal import Revealing, Reveals
from web.room import Room, RoomError
from web.session import Door, Entrance, Forbidden, NotLoggedIn
from web.status import StatusPage, Watch

HERE = Path(__file__).parent
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The names under which only this machine reaches the pages."""

UPLOAD_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Desks:
    """What the program puts behind the pages for whom the roster names; where one is None, its page is not.

    `address` is the one under which people open them, without a "/" at its end.
    """

    entrance: Entrance
    rates: Rates
    address: str = ""
    reveals: Reveals | None = None


def create_app(
    room: Room,
    watch: Watch | None = None,
    desks: Desks | None = None,
    *,
    key: str | None = None,
    hosts: Sequence[str] = LOOPBACK,
    upload_limit: int = UPLOAD_LIMIT,
) -> FastAPI:
    """The pages: for `room` and with a `watch` for the maintainer, with `desks` for whom the roster names.

    They are reached under the names `hosts`. With a `key`, the chat room and the maintainer's page open only
    for who has it: open `/chat?key=…` once, and the browser keeps a proof of it from then on. The other
    pages want a login. Files may weigh up to `upload_limit` bytes.
    """
    pages = _Pages()
    app = FastAPI(title="wangge", docs_url=None, redoc_url=None, openapi_url=None)
    address = desks.address if desks else ""
    app.include_router(Chat(room, pages.templates, upload_limit, address).router())
    pages.templates.env.globals["watched"] = watch is not None
    if watch:
        app.include_router(StatusPage(watch, pages.templates).router())
    pages.templates.env.globals |= {"trial": key is None, "framed": desks is not None}
    if desks:
        frame = Frame(Door(desks.entrance, desks.rates), pages.templates)
        _add_pages(app, frame, desks)
    else:
        app.add_api_route("/", _to_the_chat, response_model=None)
    app.add_api_route("/healthz", _health, response_model=None)
    app.mount(charts.ADDRESS, charts.asset())
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    _answer_errors(app, pages)
    known = frozenset(host.lower() for host in hosts)
    rate = desks.rates.address if desks else None
    app.add_middleware(
        Guard,
        refuse=pages.refuse,
        hurried=pages.hurried,
        hosts=known,
        key=key,
        limit=upload_limit,
        rate=rate,
    )
    return app


def _add_pages(app: FastAPI, frame: Frame, desks: Desks) -> None:
    """The pages behind the login, each in the frame; `desks` is what they get their contents from."""
    app.include_router(Login(frame).router())
    if desks.reveals:
        app.include_router(Revealing(frame, desks.reveals).router())
    app.include_router(Home(frame).router())


def _answer_errors(app: FastAPI, pages: "_Pages") -> None:
    """What is raised on the way of a request, and who answers it."""
    app.add_exception_handler(RoomError, pages.impossible)
    app.add_exception_handler(WrongFileError, pages.wrong_file)
    app.add_exception_handler(RequestValidationError, pages.malformed)
    app.add_exception_handler(HTTPException, pages.failed)
    app.add_exception_handler(NotLoggedIn, pages.nobody)
    app.add_exception_handler(Forbidden, pages.forbidden)
    app.add_exception_handler(TooMany, pages.too_many)


class _Pages:
    """The templates, and the page or the JSON that says why something was refused."""

    def __init__(self) -> None:
        loader = FileSystemLoader(HERE / "templates")
        self.templates = Jinja2Templates(
            env=Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
        )
        charts.make_known(self.templates.env)

    def refuse(self, request: Request, status: int, code: str, text: str = "") -> Response:
        if not _wants_page(request):
            return JSONResponse({"error": code, "text": text}, status)
        home = "/chat" if maintained(request.scope["path"]) else "/"
        context = {"code": code, "text": text, "again": _address(request), "home": home}
        return self.templates.TemplateResponse(request, "refused.html", context, status)

    async def impossible(self, request: Request, error: Exception) -> Response:
        return self.refuse(request, HTTPStatus.CONFLICT, "room", str(error))

    async def wrong_file(self, request: Request, error: Exception) -> Response:
        return self.refuse(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error))

    async def malformed(self, request: Request, _: Exception) -> Response:
        return self.refuse(request, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_request")

    async def nobody(self, request: Request, _: Exception) -> Response:
        if not _wants_page(request):
            return self.refuse(request, HTTPStatus.UNAUTHORIZED, "not_logged_in")
        context = {"what": "how", "visitor": None, "again": _address(request)}
        return self.templates.TemplateResponse(request, "login.html", context, HTTPStatus.UNAUTHORIZED)

    async def forbidden(self, request: Request, error: Exception) -> Response:
        return self.refuse(
            request, HTTPStatus.FORBIDDEN, error.why if isinstance(error, Forbidden) else "forbidden"
        )

    async def too_many(self, request: Request, error: Exception) -> Response:
        return self.hurried(request, error if isinstance(error, TooMany) else TooMany(1))

    def hurried(self, request: Request, error: TooMany) -> Response:
        answer = self.refuse(
            request, HTTPStatus.TOO_MANY_REQUESTS, "too_many", texts.too_often(error.seconds)
        )
        answer.headers["retry-after"] = str(error.seconds)
        return answer

    async def failed(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return self.refuse(request, status, "not_found" if status == HTTPStatus.NOT_FOUND else "bad_request")


def _wants_page(request: Request) -> bool:
    """Whether a person looks at the answer, and not a script or a program."""
    return "text/html" in request.headers.get("accept", "")


def _address(request: Request) -> str:
    """The address asked for, without a key that did not fit."""
    url = request.url.remove_query_params("key")
    return "/" + url.path.lstrip("/") + (f"?{url.query}" if url.query else "")


async def _to_the_chat() -> Response:
    return RedirectResponse("/chat", HTTPStatus.SEE_OTHER)


async def _health() -> Response:
    return PlainTextResponse("ok\n")
