"""What a form of the pages behind the login needs before it does anything."""

from collections.abc import Mapping

import pytest

from tests.web.entering import FORM, calling, token
from tests.web.fake_entrance import WANG, ZHANG, FakeEntrance
from tests.web.reading import HOME


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
