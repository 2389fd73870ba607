"""Open311 GeoReport v2: tickets to be read by others' programs, as JSON and XML, with a key.

The standard: https://wiki.open311.org/GeoReport_v2/. It is read here and not written: reports come from the
chat. Errors are answered in the standard's form, whoever raises them (`refused`).
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from http import HTTPStatus
from typing import Annotated, Any, Protocol, TypeAlias

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from handlers.open311 import NotToBeAnswered, Service, ServiceRequest, Status, Wanted, services
from handlers.texts import open311 as texts
from web.open311_forms import Form, answer

ADDRESS = "/open311/v2"
_STATUSES: dict[str, Status] = {"open": "open", "closed": "closed"}
_CHANGED = "2026-11-23T00:00:00+08:00"
"""When what stands in the discovery was changed last."""
_STANDARD = "http://wiki.open311.org/GeoReport_v2"
_CODES = {
    HTTPStatus.UNAUTHORIZED: texts.BAD_KEY,
    HTTPStatus.FORBIDDEN: texts.BAD_KEY,
    HTTPStatus.NOT_FOUND: texts.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: texts.NO_SUCH_METHOD,
    HTTPStatus.TOO_MANY_REQUESTS: texts.TOO_OFTEN,
    HTTPStatus.INTERNAL_SERVER_ERROR: texts.WENT_WRONG,
}

Key: TypeAlias = Annotated[str, Query()]
Many: TypeAlias = Annotated[str | None, Query(description="one, or several with commas between them")]
Statuses: TypeAlias = Annotated[
    str | None, Query(json_schema_extra={"pattern": r"^(open|closed)(,(open|closed))*$"})
]
Moment: TypeAlias = Annotated[str | None, Query(json_schema_extra={"format": "date-time"})]


class Published(Protocol):
    """What this needs of the program."""

    @property
    def bureau(self) -> str:
        """Who answers for it; "" where nobody has said."""

    @property
    def zone(self) -> tzinfo:
        """Where moments are meant that do not say it."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys that open it."""

    @property
    def public(self) -> bool:
        """Whether nobody needs a key."""

    async def requests(self, wanted: Wanted) -> Sequence[ServiceRequest]:
        """The tickets, the latest first. Raises NotToBeAnswered."""


class Failure(Exception):
    """A request that is not answered, with the status and the words that say why."""

    def __init__(self, status: int, text: str = "") -> None:
        super().__init__(text)
        self.status, self.text = status, text


@dataclass(frozen=True, slots=True)
class Problem:
    """One of the errors in an answer."""

    code: int
    description: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the face is."""

    specification: str
    url: str
    changeset: str
    type: str
    formats: tuple[str, ...] = ("application/json", "text/xml")


@dataclass(frozen=True, slots=True)
class Discovery:
    """What there is, whom to ask and how to get a key."""

    changeset: str
    contact: str
    key_service: str
    endpoints: tuple[Endpoint, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """What is asked about a service beyond the standard's fields: nothing."""

    service_code: str
    attributes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Open311:
    """The addresses under /open311/v2; `address` is the site's."""

    published: Published
    address: str

    def router(self) -> APIRouter:
        """Its addresses."""
        router = APIRouter(prefix=ADDRESS)
        _add(router, "/discovery.{form}", self.discovery, Discovery)
        _add(router, "/services.{form}", self.services, list[Service])
        _add(router, "/services/{code}.{form}", self.definition, Definition)
        _add(router, "/requests.{form}", self.requests, list[ServiceRequest])
        _add(router, "/requests/{no}.{form}", self.request, list[ServiceRequest])
        return router

    async def discovery(self, form: Form) -> Response:
        """Whom to ask for a key: open to everybody, for that is what it is for."""
        found = Discovery(
            changeset=_CHANGED,
            contact=texts.contact(self.published.bureau),
            key_service=texts.NO_KEY_NEEDED if self.published.public else texts.HOW_TO_GET_A_KEY,
            endpoints=(Endpoint(_STANDARD, self.address + ADDRESS, _CHANGED, "production"),),
        )
        return answer(form, "discovery", found)

    async def services(self, form: Form, api_key: Key = "") -> Response:
        """The kinds of problems."""
        self._let_in(api_key)
        return answer(form, "services", services())

    async def definition(self, form: Form, code: str, api_key: Key = "") -> Response:
        """That there is nothing more to say about a kind."""
        self._let_in(api_key)
        if code not in {one.service_code for one in services()}:
            raise Failure(HTTPStatus.NOT_FOUND)
        return answer(form, "service_definition", Definition(code))

    async def requests(  # noqa: PLR0913 - the standard's parameters
        self,
        *,
        form: Form,
        api_key: Key = "",
        service_request_id: Many = None,
        service_code: Many = None,
        status: Statuses = None,
        start_date: Moment = None,
        end_date: Moment = None,
    ) -> Response:
        """The tickets that fit."""
        self._let_in(api_key)
        wanted = Wanted(
            numbers=_several(service_request_id),
            codes=_several(service_code),
            statuses=_statuses(status),
            since=self._moment("start_date", start_date),
            until=self._moment("end_date", end_date),
        )
        try:
            return answer(form, "service_requests", await self.published.requests(wanted))
        except NotToBeAnswered as error:
            raise Failure(HTTPStatus.BAD_REQUEST, str(error)) from None

    async def request(self, form: Form, no: str, api_key: Key = "") -> Response:
        """One ticket."""
        self._let_in(api_key)
        found = await self.published.requests(Wanted(numbers=(no,)))
        if not found:
            raise Failure(HTTPStatus.NOT_FOUND)
        return answer(form, "service_requests", found)

    def _let_in(self, key: str) -> None:
        fits = [hmac.compare_digest(key.encode(), one.encode()) for one in self.published.keys]
        if not (self.published.public or any(fits)):
            raise Failure(HTTPStatus.FORBIDDEN)

    def _moment(self, name: str, given: str | None) -> datetime | None:
        """A moment as it is written; where a "+" has become a gap on the way, it was a "+"."""
        if not given:
            return None
        try:
            found = datetime.fromisoformat(given.strip().replace(" ", "+") if "T" in given else given)
            found = found if found.tzinfo else found.replace(tzinfo=self.published.zone)
            found.utctimetuple()
        except (ValueError, OverflowError):
            raise Failure(HTTPStatus.BAD_REQUEST, texts.no_moment(name)) from None
        return found


def outside(path: str) -> bool:
    """Whether this is one of the addresses of others' programs."""
    return path.startswith("/open311/")


def refused(request: Request, status: int, text: str = "") -> Response:
    """The answer to a request that is refused, in the form that was asked for."""
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        status = HTTPStatus.BAD_REQUEST
    if request.method not in {"GET", "HEAD"}:  # whatever else would be wrong with it
        status = HTTPStatus.METHOD_NOT_ALLOWED
    form = Form.XML if request.scope["path"].endswith(".xml") else Form.JSON
    problem = Problem(status, text or _CODES.get(HTTPStatus(status), texts.BAD_REQUEST))
    return answer(form, "errors", [problem], status)


async def failed(request: Request, error: Exception) -> Response:
    """The answer to what `Failure` says."""
    if not isinstance(error, Failure):
        raise error
    return refused(request, error.status, error.text)


def _add(router: APIRouter, path: str, endpoint: Callable[..., Any], given: Any) -> None:  # noqa: ANN401 - a type
    both: Mapping[str, Any] = {"content": {"text/xml": {"schema": {"type": "string"}}}}
    wrong = (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
    router.add_api_route(
        path,
        endpoint,
        response_model=None,
        responses={
            200: {"model": given, **both},
            **{int(one): {"model": list[Problem], **both} for one in wrong},
        },
    )


def _several(given: str | None) -> tuple[str, ...] | None:
    """What stands between commas; None where nothing was given."""
    parts = tuple(part.strip() for part in (given or "").split(",") if part.strip())
    return parts or None


def _statuses(given: str | None) -> tuple[Status, ...] | None:
    wanted = _several(given) or ()
    if not set(wanted) <= _STATUSES.keys():
        raise Failure(HTTPStatus.BAD_REQUEST, texts.BAD_STATUS)
    return tuple(_STATUSES[one] for one in wanted) or None
