"""The pages behind the login: who gets in, what a form needs, and how often one may call."""

from collections.abc import Mapping

import httpx
import pytest
from starlette.requests import Request

from handlers.texts import too_often
from tests.web.fake import FakeRoom
from tests.web.fake_entrance import HOUR, LI, WANG, ZHANG, FakeEntrance, Ticking, desks, rates
from web.app import Desks, create_app
from web.rates import Limit, TooMany, caller
from web.session import form_token

HOME = "http://127.0.0.1"
HTML = {"Accept": "text/html"}
FORM = HTML | {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
"""What a browser sends with a form of ours."""


@pytest.fixture
def entrance() -> FakeEntrance:
    return FakeEntrance()


def calling(
    entrance: FakeEntrance, *, behind: Desks | None = None, key: str | None = None, home: str = HOME
) -> httpx.AsyncClient:
    app = create_app(
        FakeRoom(), None, behind or desks(entrance), key=key, hosts=["127.0.0.1", "w.example.cn"]
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=home, headers=HTML)


def token(client: httpx.AsyncClient) -> str:
    """What a form of the session that this client holds carries."""
    return form_token(client.cookies["wangge_session"])


async def test_without_a_session_the_page_says_how_to_get_in(entrance: FakeEntrance) -> None:
    async with calling(entrance) as client:
        page = await client.get("/?from=2026-05-01")
        call = await client.get("/", headers={"Accept": "application/json"})
    assert (page.status_code, call.status_code) == (401, 401)
    assert "怎么进来" in page.text
    assert 'href="/?from=2026-05-01"' in page.text  # to come back to it
    assert call.json() == {"error": "not_logged_in", "text": ""}


async def test_no_page_of_the_program_opens_without_a_key_or_a_session(entrance: FakeEntrance) -> None:
    app = create_app(FakeRoom(), None, desks(entrance), key="sesame")
    open_to_all = {"/healthz", "/login", "/login/{link}"}
    paths: dict[str, dict[str, object]] = app.openapi()["paths"]
    assert {"/", "/logout", "/tickets/{no}/reveal", "/chat/say"} <= set(paths)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOME) as client:
        for path, methods in paths.items():
            place = path.replace("{no}", "20260511-001").replace("{sha256}", "0" * 64)
            for method in methods if path not in open_to_all else ():
                answer = await client.request(method, place, headers=FORM, data={"a": "b"})
                assert answer.status_code == 401, (method, path, answer.status_code)


async def test_the_link_is_used_by_its_button_and_not_by_looking_at_it(entrance: FakeEntrance) -> None:
    entrance.links["abc"] = ZHANG
    async with calling(entrance) as client:
        for _ in range(3):  # a chat program shows what is behind a link, and so it opens it
            assert "set-cookie" not in (await client.get("/login/abc")).headers
        shown = await client.get("/login/abc")
        assert "<b>张科长</b>" in shown.text
        entered = await client.post("/login/abc", headers=FORM)
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        home = await client.get("/")
        again = await client.post("/login/abc", headers=FORM)
    assert home.status_code == 200
    assert "张科长" in home.text
    assert "洪都街道" in home.text
    assert again.status_code == 404
    assert "这个链接用不了了" in again.text


async def test_where_a_link_stands_in_the_address_it_is_passed_on_to_nobody(entrance: FakeEntrance) -> None:
    entrance.links["abc"] = ZHANG
    async with calling(entrance) as client:
        for answer in (await client.get("/login/abc"), await client.get("/login/x")):
            assert answer.headers["referrer-policy"] == "strict-origin"
        assert (await client.get("/login")).headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("link", ["abc", "a" * 43, "a" * 101, "不是", "a/b"])
async def test_what_is_no_link_lets_nobody_in(entrance: FakeEntrance, link: str) -> None:
    async with calling(entrance) as client:
        shown = await client.get(f"/login/{link}")
        entered = await client.post(f"/login/{link}", headers=FORM)
    for answer in (shown, entered):
        assert answer.status_code in {404, 422}
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("home", "name", "secure"),
    [
        (HOME, "wangge_session", False),
        ("https://w.example.cn", "__Host-wangge_session", True),
    ],
)
async def test_the_cookie_is_for_this_site_alone(
    entrance: FakeEntrance, home: str, name: str, secure: bool
) -> None:
    entrance.links["abc"] = ZHANG
    async with calling(entrance, home=home) as client:
        entered = await client.post("/login/abc", headers=FORM | {"Origin": home})
        page = await client.get("/")
    cookie = entered.headers["set-cookie"]
    assert cookie.startswith(f"{name}=session-of-s1;")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert ("Secure" in cookie) is secure
    assert page.status_code == 200
    assert page.headers.get("strict-transport-security") == ("max-age=31536000" if secure else None)


async def test_the_old_session_of_a_browser_ends_with_a_new_login(entrance: FakeEntrance) -> None:
    old = entrance.let_in(WANG)
    entrance.links["abc"] = ZHANG
    async with calling(entrance) as client:
        client.cookies.update(old)
        await client.post("/login/abc", headers=FORM)
    assert set(entrance.sessions) == {"session-of-s1"}


async def test_no_page_of_a_person_is_kept_by_anybody(entrance: FakeEntrance) -> None:
    entrance.links["abc"] = ZHANG
    async with calling(entrance) as client:
        assert (await client.get("/login/abc")).headers["cache-control"] == "no-store"
        client.cookies.update(entrance.let_in(LI))
        assert (await client.get("/")).headers["cache-control"] == "no-store"


async def test_the_way_out_is_a_form_of_their_own(entrance: FakeEntrance) -> None:
    cookies = entrance.let_in(ZHANG)
    async with calling(entrance) as client:
        client.cookies.update(cookies)
        assert (await client.get("/logout")).status_code == 405
        left = await client.post("/logout", headers=FORM, data={"form_token": token(client)})
        assert (left.status_code, left.headers["location"]) == (303, "/login")
        assert 'wangge_session=""' in left.headers["set-cookie"]
        client.cookies.update(cookies)  # whoever kept the cookie has nothing
        assert (await client.get("/")).status_code == 401


async def test_everywhere_is_everywhere(entrance: FakeEntrance) -> None:
    cookies, other = entrance.let_in(ZHANG), entrance.let_in(LI)
    entrance.sessions["at home"] = ZHANG
    async with calling(entrance) as client:
        client.cookies.update(cookies)
        await client.post("/logout", headers=FORM, data={"form_token": token(client), "everywhere": "1"})
    assert list(entrance.sessions) == list(other.values())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-site", "Origin": HOME},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
        {"X-Wangge": "1"},
    ],
)
async def test_a_form_of_another_site_does_nothing(
    entrance: FakeEntrance, headers: Mapping[str, str]
) -> None:
    entrance.links["abc"] = ZHANG
    async with calling(entrance) as client:
        client.cookies.update(entrance.let_in(WANG))
        out = await client.post("/logout", headers=headers, data={"form_token": token(client)})
        entered = await client.post("/login/abc", headers=headers)
    assert (out.status_code, entered.status_code) == (403, 403)
    assert "session-of-s2" in entrance.sessions
    assert "abc" in entrance.links


@pytest.mark.parametrize("headers", [{"Origin": HOME}, {"Sec-Fetch-Site": "same-origin"}])
async def test_a_browser_may_say_it_in_either_way(entrance: FakeEntrance, headers: Mapping[str, str]) -> None:
    entrance.links["abc"] = ZHANG
    async with calling(entrance) as client:
        assert (await client.post("/login/abc", headers=headers)).status_code == 303


@pytest.mark.parametrize("wrong", ["", "0" * 64, "of another"])
async def test_a_form_without_the_sessions_own_token_does_nothing(entrance: FakeEntrance, wrong: str) -> None:
    async with calling(entrance) as client:
        client.cookies.update(entrance.let_in(WANG))
        if wrong == "of another":
            wrong = token(client)
            client.cookies.update(entrance.let_in(ZHANG))
        answer = await client.post("/logout", headers=FORM, data={"form_token": wrong})
    assert answer.status_code == 403
    assert "没有做成" in answer.text
    assert {"session-of-s2"} <= set(entrance.sessions)


async def test_a_form_that_is_too_long_or_none_at_all_is_refused(entrance: FakeEntrance) -> None:
    async with calling(entrance) as client:
        client.cookies.update(entrance.let_in(WANG))
        long = await client.post("/logout", headers=FORM, data={"a": "b" * 70_000})
        files = await client.post("/logout", headers=FORM, files={"form_token": b"x"})
        json = await client.post("/logout", headers=FORM, json={"form_token": token(client)})
    assert (long.status_code, files.status_code, json.status_code) == (413, 400, 403)
    assert entrance.sessions


async def test_the_key_of_the_chat_room_is_none_for_the_pages_and_the_other_way_round(
    entrance: FakeEntrance,
) -> None:
    async with calling(entrance, key="sesame") as client:
        assert (await client.get("/chat?key=sesame")).status_code == 303
        assert (await client.get("/chat")).status_code == 200
        assert (await client.get("/")).status_code == 401
    async with calling(entrance, key="sesame") as client:
        client.cookies.update(entrance.let_in(WANG))
        assert (await client.get("/")).status_code == 200
        for path in ("/chat", "/chat/", "/%63hat", "/chat/picture/" + "0" * 64, "/status"):
            assert (await client.get(path)).status_code == 401, path


async def test_only_a_demonstration_points_to_the_chat_room(entrance: FakeEntrance) -> None:
    async with calling(entrance) as client:
        assert 'href="/chat"' in (await client.get("/login")).text
        assert 'href="/login"' in (await client.get("/chat")).text
    async with calling(entrance, key="sesame") as client:
        assert "/chat" not in (await client.get("/login")).text


async def test_one_session_may_not_call_without_end(entrance: FakeEntrance) -> None:
    clock = Ticking()
    behind = Desks(entrance, rates(clock, session=3))
    async with calling(entrance, behind=behind) as client:
        client.cookies.update(entrance.let_in(ZHANG))
        assert [(await client.get("/")).status_code for _ in range(4)] == [200, 200, 200, 429]
        page = await client.get("/")
        wait = int(page.headers["retry-after"])
        assert wait == 1200
        assert "请过 20 分钟再试" in page.text
        call = await client.get("/", headers={"Accept": "*/*"})
        assert call.json()["error"] == "too_many"
        client.cookies.update(entrance.let_in(LI))  # everybody has their own
        assert (await client.get("/")).status_code == 200
        client.cookies.update(entrance.let_in(ZHANG))
        clock.pass_(wait - 2)
        assert (await client.get("/")).status_code == 429
        clock.pass_(2)
        assert (await client.get("/")).status_code == 200


async def test_one_address_may_not_call_without_end(entrance: FakeEntrance) -> None:
    behind = Desks(entrance, rates(address=2))
    async with calling(entrance, behind=behind) as client:
        assert [(await client.get("/login")).status_code for _ in range(3)] == [200, 200, 429]
        chat = await client.get("/chat", headers={"Accept": "*/*"})
        assert (chat.status_code, chat.headers["retry-after"]) == (429, "1800")
        assert chat.json()["text"] == "操作得太频繁了，请过 30 分钟再试。"
        assert (await client.get("/static/frame.css")).status_code == 200
        assert (await client.get("/healthz")).status_code == 200
    app = create_app(FakeRoom(), None, behind)
    for address, status in (("10.0.0.1", 200), ("127.0.0.1", 429)):
        there = httpx.ASGITransport(app, client=(address, 1))
        async with httpx.AsyncClient(transport=there, base_url=HOME) as client:
            assert (await client.get("/login")).status_code == status


async def test_links_cannot_be_guessed_without_end(entrance: FakeEntrance) -> None:
    entrance.links["abc"] = ZHANG
    behind = Desks(entrance, rates(login=3))
    async with calling(entrance, behind=behind) as client:
        assert (await client.get("/login/abc")).status_code == 200
        assert [(await client.get(f"/login/x{n}")).status_code for n in range(2)] == [404, 404]
        assert (await client.post("/login/x3", headers=FORM)).status_code == 404
        assert (await client.get("/login/x4")).status_code == 429
        assert (await client.post("/login/abc", headers=FORM)).status_code == 429
        assert (await client.get("/login")).status_code == 200
    assert "abc" in entrance.links


def test_a_limit_gives_back_evenly_what_was_used_and_forgets_who_is_gone() -> None:
    clock = Ticking()
    limit = Limit(4, HOUR, clock.now)
    for _ in range(4):
        limit.take("a")
    with pytest.raises(TooMany) as caught:
        limit.take("a")
    assert caught.value.seconds == 15 * 60
    clock.pass_(15 * 60)
    limit.take("a")
    with pytest.raises(TooMany):
        limit.take("a")
    for number in range(20_001):
        clock.pass_(1)
        limit.take(f"caller {number}")
    assert limit.remembered < 15_000


def test_addresses_of_one_network_are_one_caller() -> None:
    def calls(host: str) -> str:
        return caller(Request({"type": "http", "client": (host, 1), "headers": []}))

    assert calls("2001:db8:1:2::3") == calls("2001:db8:1:2:ffff::9")
    assert calls("2001:db8:1:2::3") != calls("2001:db8:1:3::3")
    assert calls("10.0.0.1") != calls("10.0.0.2")


@pytest.mark.parametrize(
    ("seconds", "said"), [(1, "1 秒"), (120, "120 秒"), (121, "3 分钟"), (180, "3 分钟"), (181, "4 分钟")]
)
def test_a_long_wait_is_said_in_minutes(seconds: int, said: str) -> None:
    assert too_often(seconds) == f"操作得太频繁了，请过 {said}再试。"
