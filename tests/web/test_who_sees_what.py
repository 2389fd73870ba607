"""Every address of the program, with everybody who may call it: each key opens its own, and nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import httpx
import pytest
from fastapi import FastAPI

from bot.serve import desks
from bot.settings import Settings
from domain.ids import MemberId
from domain.people import Person, Supervisor
from storage.roster import save_roster
from tests.chat import ROSTER, Chat
from tests.conversations.meanings import report
from tests.web.conftest import OURS
from tests.web.fake import FakeRoom, FakeWatch
from tests.web.reading import HOME
from understanding import Reading
from web.app import create_app
from web.guard import COOKIE

NO = "20260511-001"
API_KEY = "key-of-the-city-map"
OF_THE_OTHER_STREET = Supervisor(Person(MemberId("梅科长"), "梅科长"), "青云谱镇")
OPENED_BY = {
    "nothing": re.compile(r"/(healthz|login(/.*)?|open311/v2/discovery.*)"),
    "key": re.compile(r"/(chat|status)(/.*)?"),
    "api key": re.compile(r"/open311/.*"),
    "session": re.compile(r"/.*"),
}
VALUES = {"no": NO, "sha256": "0" * 64, "form": "json", "code": "HJ-1", "name": "幸福里社区"}
STREAM = "/chat/events"
"""It has no end."""


@dataclass(frozen=True)
class Caller:
    """Somebody who calls: what that opens, and whether the ticket of 幸福里社区 is theirs to see."""

    has: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    sees: bool = False


@pytest.fixture
async def app(chat: Chat, meaning: dict[str, Reading]) -> FastAPI:
    """The program as it is served, with a ticket of 幸福里社区."""
    meaning["油烟"] = report("3栋")
    await chat.say("李姐", "油烟")
    async with chat.database.begin() as work:
        await save_roster(
            work.connection, replace(ROSTER, supervisors=(*ROSTER.supervisors, OF_THE_OTHER_STREET))
        )
    keys = Settings(_env_file=None, open311_keys=[API_KEY]).open311_keys
    settings = chat.settings.model_copy(update={"open311_keys": keys})
    return create_app(FakeRoom(), FakeWatch(), desks(settings, chat.database, chat.clock), key="sesame")


def client(app: FastAPI, caller: Caller) -> httpx.AsyncClient:
    """A browser, or a program, with what they hold."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url=HOME,
        cookies=dict(caller.cookies),
        params=dict(caller.query),
        headers=OURS,
    )


async def logged_in(chat: Chat, app: FastAPI, who: str, *, sees: bool) -> Caller:
    """Somebody who has asked the bot for a link, and used it."""
    said = "".join(await chat.say(who, "看板", private=True))
    async with client(app, Caller("nothing")) as browser:
        await browser.post(said[said.index("/login/") :].split()[0])
        return Caller("session", dict(browser.cookies), sees=sees)


@pytest.fixture
async def callers(chat: Chat, app: FastAPI) -> dict[str, Caller]:
    """Everybody, by who they are."""
    everybody = {
        who: await logged_in(chat, app, who, sees=sees)
        for who, sees in (
            ("城管-李四", True),
            ("社区小刘", True),
            ("张科长", True),
            ("王局", True),
            ("城管-赵六", False),
            ("社区小美", False),
            ("梅科长", False),
        )
    }
    async with client(app, Caller("nothing")) as browser:
        await browser.get("/chat?key=sesame")
        everybody["the maintainer"] = Caller("key", dict(browser.cookies))
    session, key = everybody["王局"].cookies["wangge_session"], everybody["the maintainer"].cookies[COOKIE]
    return everybody | {
        "a program": Caller("api key", {}, {"api_key": API_KEY}),
        "nobody": Caller("nothing"),
        "who makes a session up": Caller("nothing", {"wangge_session": "x" * 43}),
        "an API key in place of others": Caller(
            "nothing", {"wangge_session": API_KEY, COOKIE: API_KEY}, {"key": API_KEY}
        ),
        "the key in place of others": Caller(
            "nothing", {"wangge_session": key, COOKIE: "sesame"}, {"api_key": "sesame"}
        ),
        "a session in place of others": Caller(
            "nothing", {COOKIE: session}, {"api_key": session, "key": session}
        ),
    }


def opened_by(path: str) -> str:
    """What opens this address."""
    return next(what for what, pattern in OPENED_BY.items() if pattern.fullmatch(path))


def addresses(app: FastAPI) -> list[tuple[str, str]]:
    """Each address of the program, with its method."""
    paths: dict[str, dict[str, object]] = app.openapi()["paths"]
    return [
        (method, re.sub(r"\{(\w+)\}", lambda name: VALUES.get(name[1], "x"), path))
        for path, methods in paths.items()
        for method in methods
    ]


async def test_each_address_opens_for_whom_it_is_for_and_for_nobody_else(
    app: FastAPI, callers: dict[str, Caller]
) -> None:
    everything = addresses(app)
    assert {opened_by(path) for _, path in everything} == set(OPENED_BY)
    for who, caller in callers.items():
        async with client(app, caller) as program:
            for method, path in everything:
                mine = opened_by(path) in {"nothing", caller.has}
                if (path == STREAM and mine) or path == "/logout":
                    continue
                body = {"data": {"a": "b"}} if method == "post" else {}
                answer = await program.request(method, path, **body)  # type: ignore[arg-type]  # a form
                assert answer.status_code < 500, (who, method, path)
                refused = answer.status_code == (403 if opened_by(path) == "api key" else 401)
                assert refused != mine, (who, method, path, answer.status_code)


async def test_a_ticket_is_shown_to_its_own_people_and_to_nobody_else(
    app: FastAPI, callers: dict[str, Caller]
) -> None:
    for who, caller in callers.items():
        async with client(app, caller) as program:
            page = await program.get(f"/tickets/{NO}")
            assert (page.status_code == 200) == caller.sees, who
            shown = [path for method, path in addresses(app) if method == "get" and path != STREAM]
            texts = [(path, (await program.get(path)).text) for path in shown if NO not in path]
        by_session = [path for path, text in texts if NO in text and not path.startswith("/open311/")]
        outside = [path for path, text in texts if NO in text and path.startswith("/open311/")]
        assert bool(by_session) == caller.sees, (who, by_session)
        assert outside == (["/open311/v2/requests.json"] if caller.has == "api key" else []), who


async def test_no_link_into_the_pages_is_given_to_a_resident(chat: Chat, app: FastAPI) -> None:
    del app
    assert "/login/" not in "".join(await chat.say("李姐", "看板", private=True))
