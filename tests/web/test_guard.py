"""Who may come in, and what every answer carries."""

from collections.abc import Mapping

import httpx
import pytest

from tests.web.conftest import OURS
from tests.web.fake import FakeRoom
from tests.web.reading import HOME
from web.app import create_app

HTML = {"Accept": "text/html"}


def calling(room: FakeRoom, base_url: str = HOME, *, key: str | None = None) -> httpx.AsyncClient:
    app = create_app(room, key=key, hosts=["localhost", "127.0.0.1", "[::1]", "Wangge.example.cn"])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base_url)


@pytest.mark.parametrize(
    "path",
    ["/", "/chat", "/chat?group=g1&as=r1", "/healthz", "/static/chat.js", "/nowhere", "/chat/picture/x"],
)
async def test_every_answer_forbids_what_the_pages_do_not_need(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    form = path in {"/", "/nowhere"}  # where a page may have a form, its Origin must not become "null"
    assert headers["referrer-policy"] == ("same-origin" if form else "no-referrer")
    assert ("form-action 'self'" if form else "form-action 'none'") in policy
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST", "wangge.example.cn"]
)
async def test_the_named_hosts_are_served(room: FakeRoom, host: str) -> None:
    async with calling(room) as client:
        answer = await client.get("/healthz", headers={"Host": host})
    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[::2]", "localhost.", ""])
async def test_another_name_for_this_machine_is_refused(room: FakeRoom, host: str) -> None:
    async with calling(room) as client:
        answer = await client.get("/chat", headers={"Host": host})
    assert answer.status_code == 421
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Wangge": "1", "Origin": "http://evil.example"},
        {"X-Wangge": "1", "Origin": "null"},
        {"X-Wangge": "1", "Origin": "http://127.0.0.1:9999"},
        {"X-Wangge": "1", "Sec-Fetch-Site": "cross-site"},
        {"X-Wangge": "1", "Sec-Fetch-Site": "same-site", "Origin": HOME},
        {"Origin": HOME, "Sec-Fetch-Site": "same-origin"},
    ],
)
async def test_what_another_site_sends_changes_nothing(room: FakeRoom, headers: Mapping[str, str]) -> None:
    async with calling(room) as client:
        answer = await client.post("/chat/say?group=g1&as=r1", json={"text": "你好"}, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (403, "foreign")
    assert room.drafts == []


async def test_a_bug_is_answered_under_the_same_headers(
    room: FakeRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(room, "groups", broken)
    transport = httpx.ASGITransport(create_app(room), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
        page = await client.get("/chat", headers=HTML)
    assert page.status_code == 500
    assert "程序出了点问题" in page.text
    assert "ZeroDivisionError" not in page.text
    assert "content-security-policy" in page.headers
    async with calling(room) as client:
        with pytest.raises(ZeroDivisionError):
            await client.get("/chat")


async def test_what_our_page_or_a_program_sends_is_taken(room: FakeRoom) -> None:
    async with calling(room) as client:
        for headers in (OURS, {"X-Wangge": "1"}):
            answer = await client.post("/chat/say?group=g1&as=r1", json={"text": "你好"}, headers=headers)
            assert answer.status_code == 200
    assert len(room.drafts) == 2


async def test_a_body_that_does_not_say_its_length_is_refused(room: FakeRoom) -> None:
    async def pieces() -> object:
        yield b"{}"

    async with calling(room) as client:
        answer = await client.post("/chat/say?group=g1&as=r1", content=pieces(), headers=OURS)  # type: ignore[arg-type]
    assert answer.status_code == 411


@pytest.mark.parametrize(
    "path", ["/chat", "/chat?key=wrong", "/chat?group=g1&as=r1&key=", "/chat/nowhere", "/status"]
)
async def test_without_the_key_no_page_opens(room: FakeRoom, path: str) -> None:
    async with calling(room, key="sesame-密") as client:
        page = await client.get(path, headers=HTML)
        call = await client.get(path)
    assert (page.status_code, call.status_code) == (401, 401)
    assert "需要钥匙" in page.text
    assert "阳光花园" not in page.text
    assert "wrong" not in page.text
    assert call.json()["error"] == "locked"


async def test_without_the_key_no_call_is_answered(room: FakeRoom) -> None:
    async with calling(room, key="sesame") as client:
        for path in ("/chat/say?group=g1&as=r1", "/chat/say?group=g1&as=r1&key=sesame"):
            answer = await client.post(path, json={"text": "你好"}, headers=OURS)
            assert answer.status_code == 401
        events = await client.get("/chat/events?group=g1&as=r1", headers={"Cookie": "wangge_key=sesame"})
    assert events.status_code == 401
    assert room.drafts == []


async def test_the_key_opens_once_and_leaves_the_address(room: FakeRoom) -> None:
    async with calling(room, key="sesame-密") as client:
        entered = await client.get("/chat", params={"group": "g1", "as": "r1", "key": "sesame-密"})
        assert (entered.status_code, entered.headers["location"]) == (303, "/chat?group=g1&as=r1")
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "Secure" not in cookie
        assert "sesame" not in cookie
        page = await client.get("/chat?group=g1&as=r1")
        said = await client.post("/chat/say?group=g1&as=r1", json={"text": "你好"}, headers=OURS)
    assert (page.status_code, said.status_code) == (200, 200)


async def test_over_https_the_cookie_is_secure(room: FakeRoom) -> None:
    async with calling(room, "https://wangge.example.cn", key="sesame") as client:
        entered = await client.get("/chat?key=sesame")
    assert "Secure" in entered.headers["set-cookie"]


async def test_the_key_does_not_send_one_to_another_site(room: FakeRoom) -> None:
    async with calling(room, key="sesame") as client:
        entered = await client.get(f"{HOME}/chat//evil.example/?key=sesame")
        elsewhere = await client.get(f"{HOME}//evil.example/?key=sesame")
    assert entered.headers["location"] == "/chat//evil.example/"
    assert elsewhere.status_code == 404


async def test_health_and_styles_need_no_key(room: FakeRoom) -> None:
    async with calling(room, key="sesame") as client:
        answers = [await client.get(path) for path in ("/healthz", "/static/base.css")]
    assert [answer.status_code for answer in answers] == [200, 200]
