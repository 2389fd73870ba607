"""The maintainer's page: whether the bot is connected, what to scan, what waits and what has failed."""

import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.web.browser import DESKTOP, PHONE, SMALL_PHONE, Person, looking
from tests.web.fake import AT, WELL, FakeRoom, FakeWatch
from tests.web.reading import HOME, HTML
from tests.web.serving import serving
from web.app import create_app
from web.status import drawn

LOGGED_OUT = "微信网关连上了，但微信没有登录：请扫码登录。"
LOGIN = "https://login.weixin.qq.com/l/YbU3gLq2Zw=="


@pytest.fixture
def watch() -> FakeWatch:
    return FakeWatch()


def calling(watch: FakeWatch | None, key: str | None = None) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_app(FakeRoom(), watch, key=key))
    return httpx.AsyncClient(transport=transport, base_url=HOME, headers=HTML)


def squares(path: str) -> set[tuple[int, int]]:
    """The dark squares of a drawn code."""
    return {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}


async def test_all_is_well(watch: FakeWatch) -> None:
    async with calling(watch) as client:
        text = (await client.get("/status")).text
    for words in ("正常", "微信已连上。", "5月9日 19:30:05", "没有", "19:30:05</time> 的情况"):
        assert words in text
    assert "is-bad" not in text
    assert "<svg" not in text


async def test_what_waits_and_what_failed_is_counted(watch: FakeWatch) -> None:
    due = AT + timedelta(minutes=7)
    watch.says = replace(WELL, waiting=3, unsent=2, failed=11, unfetched=4, next_due=due)
    async with calling(watch) as client:
        text = (await client.get("/status")).text
    assert re.findall(r"<b>(\d+)</b>", text) == ["3", "2", "11", "4"]
    for words in ("wangge outbox", "wangge retry", "19:37:05"):
        assert words in text


async def test_where_a_login_is_needed_there_is_a_code_to_scan(watch: FakeWatch) -> None:
    watch.says = replace(WELL, connection=LOGGED_OUT, well=False, code=LOGIN)
    async with calling(watch) as client:
        text = (await client.get("/status")).text
    assert "要处理" in text
    assert LOGGED_OUT in text
    found = re.search(r'viewBox="0 0 (\d+) \1".*?<path d="([^"]+)"', text)
    assert found
    assert squares(found[2]) == squares(drawn(LOGIN).path)
    assert LOGIN not in text


def test_a_code_is_one_as_the_standard_draws_it() -> None:
    code = drawn(LOGIN)
    dark = squares(code.path)
    ring = {(x, y) for x in range(7) for y in range(7) if x in {0, 6} or y in {0, 6}}
    eye = ring | {(x, y) for x in range(2, 5) for y in range(2, 5)}
    for left, top in ((4, 4), (code.size - 11, 4), (4, code.size - 11)):
        assert {(x - left, y - top) for x, y in dark if left <= x < left + 7 and top <= y < top + 7} == eye
    assert min(min(square) for square in dark) == 4
    assert drawn(LOGIN + "1").path != code.path


async def test_the_page_has_the_same_key_as_the_others(watch: FakeWatch) -> None:
    async with calling(watch, key="sesame") as client:
        refused = await client.get("/status")
        assert (refused.status_code, "微信已连上" in refused.text) == (401, False)
        entered = await client.get("/status?key=sesame")
        assert (entered.status_code, entered.headers["location"]) == (303, "/status")
        assert "微信已连上" in (await client.get("/status")).text


async def test_the_lobby_leads_there_where_there_is_such_a_page(watch: FakeWatch) -> None:
    async with calling(watch) as client:
        assert 'href="/status"' in (await client.get("/chat")).text
    async with calling(None) as client:
        assert 'href="/status"' not in (await client.get("/chat")).text
        assert (await client.get("/status")).status_code == 404


async def test_the_page_has_no_inline_script_or_style(watch: FakeWatch) -> None:
    watch.says = replace(WELL, code=LOGIN, connection="<b>x</b>")
    async with calling(watch) as client:
        text = (await client.get("/status")).text
    assert "<style" not in text
    assert not re.search(r"\s(style|on\w+)=", text)
    assert "<b>x</b>" not in text


@pytest_asyncio.fixture(loop_scope="session")
async def address(watch: FakeWatch) -> AsyncIterator[str]:
    async with serving(FakeRoom(), watch) as address:
        yield address


class TestInABrowser:
    """The page itself."""

    pytestmark = pytest.mark.asyncio(loop_scope="session")

    @staticmethod
    def window(browser: Browser, address: str, size: tuple[int, int]) -> AbstractAsyncContextManager[Person]:
        return looking(browser, f"{address}/status", size)

    async def test_it_keeps_itself_up_to_date(self, browser: Browser, address: str, watch: FakeWatch) -> None:
        watch.says = replace(WELL, connection=LOGGED_OUT, well=False, code=LOGIN)
        async with self.window(browser, address, PHONE) as person:
            await expect(person.page.get_by_role("img", name="二维码")).to_be_visible()
            watch.says = WELL
            await expect(person.page.get_by_text("微信已连上。")).to_be_visible()
            await expect(person.page.get_by_role("img", name="二维码")).to_have_count(0)

    @pytest.mark.parametrize("size", [SMALL_PHONE, PHONE, DESKTOP])
    async def test_it_fits_the_window(
        self, browser: Browser, address: str, watch: FakeWatch, size: tuple[int, int], tmp_path: Path
    ) -> None:
        watch.says = replace(
            WELL, connection=LOGGED_OUT, well=False, code=LOGIN, waiting=12, unsent=3, failed=1
        )
        async with self.window(browser, address, size) as person:
            code = person.page.get_by_role("img", name="二维码")
            box = await code.bounding_box()
            assert box
            assert 200 <= box["width"] == pytest.approx(box["height"])
            wide = await person.page.evaluate("document.documentElement.scrollWidth")
            assert wide == size[0]
            await person.page.screenshot(path=tmp_path / "status.png", full_page=True)
