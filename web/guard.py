"""Who may come in: every request passes here before any page, and leaves with the same headers."""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.rates import Limit, TooMany, caller

Refuse = Callable[[Request, int, str], Response]
"""Makes the answer to a request that is refused: the request, the status and a word for why."""

Hurried = Callable[[Request, TooMany], Response]
"""Makes the answer to a request that comes too soon."""

HEADER = "x-wangge"
"""A header that our own scripts set; another site's page cannot, unless we allowed it to."""

COOKIE = "wangge_key"
COOKIE_AGE = 30 * 24 * 3600
ENVELOPE = 64 * 1024
"""What a form may weigh beyond the file in it."""

_READS = frozenset({"GET", "HEAD"})
_ASSETS = "/static/"
_OPEN = ("/healthz", _ASSETS)
_KEYED = re.compile(r"/(?:chat|status)(?:/|$)")
"""The maintainer's addresses: they want the key, and their scripts the header; the others want a login."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action {forms}; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY.format(forms="'none'"),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_PAGE_HEADERS = _HEADERS | {
    "content-security-policy": _POLICY.format(forms="'self'"),
    "referrer-policy": "same-origin",  # without a referrer, a form's Origin is "null"
}
_LINK = "/login/"
_LINK_HEADERS = _PAGE_HEADERS | {"referrer-policy": "strict-origin"}
"""The address of a page with a link is told to nobody, not even to ourselves, where a log might keep it."""
_HSTS = {"strict-transport-security": "max-age=31536000"}


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets in what names one of `hosts`, has the key, and comes from our own pages if it changes something.

    A request for another host is a rebound name (DNS rebinding); `limit` is the most bytes one may carry,
    `rate` how often one address may call.
    """

    app: ASGIApp
    refuse: Refuse
    hurried: Hurried
    hosts: frozenset[str]
    key: str | None
    limit: int
    rate: Limit | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                headers.update(_headers(scope["path"]))
                headers.update(_HSTS if scope["scheme"] == "https" else {})
                asset = scope["path"].startswith(_ASSETS)
                headers.setdefault("cache-control", "no-cache" if asset else "no-store")
            await send(message)

        request = Request(scope)
        try:
            await (self._stop(request) or self.app)(scope, receive, send_guarded)
        except Exception:
            if not begun:
                await self.refuse(request, 500, "unknown")(scope, receive, send_guarded)
            raise  # a bug: the server logs it with its traceback

    def _stop(self, request: Request) -> Response | None:
        if _host(request) not in self.hosts:
            return PlainTextResponse("unknown host\n", 421)
        path = request.scope["path"]  # what the router goes by, too
        if path.startswith(_OPEN):
            return None
        if refused := self._too_often(request):
            return refused
        if maintained(path):
            return self._locked(request) or self._foreign(request)
        return self._forged(request)

    def _too_often(self, request: Request) -> Response | None:
        try:
            if self.rate:
                self.rate.take(caller(request))
        except TooMany as error:
            return self.hurried(request, error)
        return None

    def _locked(self, request: Request) -> Response | None:
        if self.key is None:
            return None
        given = request.query_params.get("key")
        if given is not None and request.method in _READS and _same(given, self.key):
            return _entered(request, self.key)
        if _same(request.cookies.get(COOKIE, ""), _token(self.key)):
            return None
        return self.refuse(request, 401, "locked")

    def _foreign(self, request: Request) -> Response | None:
        if request.method in _READS:
            return None
        if HEADER not in request.headers or not _same_origin(request):
            return self.refuse(request, 403, "foreign")
        return self._too_long(request, self.limit + ENVELOPE)

    def _forged(self, request: Request) -> Response | None:
        """What a form sends comes from a page of ours, and says so; its token is the door's to look at."""
        if request.method in _READS:
            return None
        if not (_says_origin(request) and _same_origin(request)):
            return self.refuse(request, 403, "foreign")
        return self._too_long(request, ENVELOPE)

    def _too_long(self, request: Request, most: int) -> Response | None:
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or "transfer-encoding" in request.headers:
            return self.refuse(request, 411, "bad_request")
        return self.refuse(request, 413, "too_large") if int(length) > most else None


def _headers(path: str) -> Mapping[str, str]:
    if maintained(path) or path.startswith(_OPEN):
        return _HEADERS
    return _LINK_HEADERS if path.startswith(_LINK) else _PAGE_HEADERS


def maintained(path: str) -> bool:
    """Whether this is one of the maintainer's addresses."""
    return bool(_KEYED.match(path))


def _host(request: Request) -> str:
    host = request.headers.get("host", "").lower()
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def _same_origin(request: Request) -> bool:
    """Whether a page of ours sent this; a program that is no browser says nothing and has no cookie."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    ours = origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    return site == "same-origin" and ours


def _says_origin(request: Request) -> bool:
    """Whether the browser says at all where a request comes from: those that matter do."""
    return not {"origin", "sec-fetch-site"}.isdisjoint(request.headers)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def _token(key: str) -> str:
    """What the cookie holds: proof of the key, not the key."""
    return hmac.new(key.encode(), b"wangge web", hashlib.sha256).hexdigest()


def _entered(request: Request, key: str) -> Response:
    """The same address again without the key, which must not stay in the address bar and the history."""
    clean = request.url.remove_query_params("key")
    path = "/" + clean.path.lstrip("/")  # "//elsewhere" would lead to another site
    answer = RedirectResponse(path + (f"?{clean.query}" if clean.query else ""), 303)
    answer.set_cookie(
        COOKIE,
        _token(key),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer
