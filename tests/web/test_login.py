"""The pages behind the login: who gets in, by what link, with what cookie, and who gets out."""

import httpx
import pytest

from tests.web.entering import FORM, calling, token
from tests.web.fake import FakeRoom
from tests.web.fake_entrance import LI, WANG, ZHANG, FakeEntrance, desks
from tests.web.reading import HOME
from web.app import create_app


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
    open_to_all = {"/healthz", "/login", "/login/{link}", "/open311/v2/discovery.{form}"}
    paths: dict[str, dict[str, object]] = app.openapi()["paths"]
    assert {"/", "/logout", "/tickets/{no}/reveal", "/chat/say"} <= set(paths)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOME) as client:
        for path, methods in paths.items():
            place = (
                path.replace("{no}", "20260511-001").replace("{sha256}", "0" * 64).replace("{form}", "json")
            )
            for method in methods if path not in open_to_all else ():
                answer = await client.request(method, place, headers=FORM, data={"a": "b"})
                status = 403 if path.startswith("/open311/") else 401  # as its standard has it
                assert answer.status_code == status, (method, path, answer.status_code)


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
