"""What the tests of the pages share: a room in memory, a caller without a browser, and one browser."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.web.browser import chromium
from tests.web.fake import FakeRoom
from web.app import create_app

HOME = "http://127.0.0.1"
OURS = {"X-Wangge": "1", "Origin": HOME, "Sec-Fetch-Site": "same-origin"}
"""What our own scripts send along."""


@pytest.fixture
def room() -> FakeRoom:
    return FakeRoom()


@pytest.fixture
async def client(room: FakeRoom) -> AsyncIterator[httpx.AsyncClient]:
    """Calls as our own scripts make them; files may weigh 1000 bytes."""
    transport = httpx.ASGITransport(create_app(room, upload_limit=1000))
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=OURS) as client:
        yield client


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser
