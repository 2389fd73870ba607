"""Every address of the program, and everybody who may call it: nobody comes in with another's key."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx
import pytest
from fastapi import FastAPI

from tests.web.conftest import HOME, OURS
from tests.web.fake import FakeRoom, FakeWatch
from tests.web.fake_entrance import API_KEY, LI, LIU, WANG, ZHANG, FakeEntrance, desks
from web.app import create_app
from web.guard import COOKIE

OPEN = re.compile(r"/(healthz|login(/.*)?|open311/v2/discovery.*)")
KEYED = re.compile(r"/(chat|status)(/.*)?")
OTHERS = re.compile(r"/open311/.*")
VALUES = {"no": "20260511-001", "sha256": "0" * 64, "form": "json", "code": "HJ-1", "link": "abc"}
STREAM = "/chat/events"
"""It has no end."""


@dataclass(frozen=True)
class Caller:
    """Somebody who calls, with what they hold; `has` is what that opens."""

    has: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def callers(app: FastAPI, entrance: FakeEntrance) -> dict[str, Caller]:
    """Everybody, by who they are."""
    del app
    sessions = {
        name: Caller("session", entrance.let_in(one))
        for name, one in {"officer": LI, "worker": LIU, "street": ZHANG, "all": WANG}.items()
    }
    return sessions | {
        "nobody": Caller("nothing"),
        "with a session that is over": Caller("nothing", {"wangge_session": "over"}),
        "with the API key": Caller("api key", {}, {"api_key": API_KEY}),
        "with the API key as another": Caller(
            "nothing", {"wangge_session": API_KEY, COOKIE: API_KEY}, {"key": API_KEY}
        ),
        "with the maintainer's key as another": Caller(
            "nothing", {"wangge_session": "sesame", COOKIE: "sesame"}, {"api_key": "sesame"}
        ),
    }


def opens(path: str) -> str:
    """What opens this address."""
    for what, pattern in (("nothing", OPEN), ("key", KEYED), ("api key", OTHERS)):
        if pattern.fullmatch(path):
            return what
    return "session"


@pytest.fixture
def app(entrance: FakeEntrance) -> FastAPI:
    return create_app(FakeRoom(), FakeWatch(), desks(entrance), key="sesame")


@pytest.fixture
def entrance() -> FakeEntrance:
    return FakeEntrance()


def asked(app: FastAPI) -> list[tuple[str, str, str]]:
    """Each address with its method, as it is described and as it is called."""
    paths: dict[str, dict[str, object]] = app.openapi()["paths"]
    return [
        (method, path, re.sub(r"\{(\w+)\}", lambda name: VALUES.get(name[1], "x"), path))
        for path, methods in paths.items()
        for method in methods
    ]


async def maintainer(client: httpx.AsyncClient) -> Caller:
    """Who has opened the room with the key."""
    entered = await client.get("/chat?key=sesame")
    return Caller("key", {COOKIE: entered.cookies[COOKIE]})


async def test_each_address_opens_for_whom_it_is_for_and_for_nobody_else(
    app: FastAPI, entrance: FakeEntrance
) -> None:
    everything = asked(app)
    assert {opens(path) for _, path, _ in everything} == {"nothing", "key", "api key", "session"}
    assert len(everything) > 20
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
        everybody = callers(app, entrance) | {"maintainer": await maintainer(client)}
    for who, caller in everybody.items():
        async with httpx.AsyncClient(
            transport=transport, base_url=HOME, cookies=dict(caller.cookies)
        ) as client:
            for method, path, place in everything:
                mine = opens(path) in {"nothing", caller.has}
                if path == STREAM and mine:
                    continue
                body = {} if method == "get" else {"data": {"a": "b"}}
                answer = await client.request(method, place, params=caller.query, headers=OURS, **body)  # type: ignore[arg-type]  # a form
                assert answer.status_code < 500, (who, method, path)
                refused = answer.status_code == (403 if opens(path) == "api key" else 401)
                assert refused != mine, (who, method, path, answer.status_code)


async def test_a_session_is_no_key_and_a_key_is_no_session(app: FastAPI, entrance: FakeEntrance) -> None:
    """What the walk would not see: nothing is told in the refusals themselves."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=HOME, cookies=entrance.let_in(LI)
    ) as client:
        for path in ("/chat", "/open311/v2/requests.json", "/open311/v2/services.xml"):
            text = (await client.get(path)).text
            assert "阳光花园" not in text
            assert "HJ-1" not in text
