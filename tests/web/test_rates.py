"""How often one may call on the pages, and what is said to who calls too often."""

import httpx
import pytest
from starlette.requests import Request

from handlers.texts import too_often
from tests.web.entering import FORM, calling
from tests.web.fake import FakeRoom
from tests.web.fake_board import FakeBoard
from tests.web.fake_entrance import HOUR, LI, ZHANG, FakeEntrance, Ticking, rates
from tests.web.reading import HOME
from web.app import Desks, create_app
from web.rates import Limit, TooMany, caller


async def test_one_session_may_not_call_without_end(entrance: FakeEntrance) -> None:
    clock = Ticking()
    behind = Desks(entrance, rates(clock, session=3), board=FakeBoard())
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
    behind = Desks(entrance, rates(address=2), board=FakeBoard())
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
    behind = Desks(entrance, rates(login=3), board=FakeBoard())
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
