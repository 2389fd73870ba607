"""What the tests of the pages share: a room in memory, a caller without a browser, and one browser."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

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


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """`wangge demo` in a folder of its own; gives the address of its chat room. Each test has its own group."""
    folder = tmp_path_factory.mktemp("demo")
    address = f"127.0.0.1:{free_port()}"
    settings = f"WANGGE_HTTP={address}\nWANGGE_PACE_SECONDS=0.2\n"
    (folder / ".env").write_text(settings, encoding="utf-8")
    program = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("wangge"),
        "demo",
        cwd=folder,
        stderr=asyncio.subprocess.PIPE,
    )
    async with httpx.AsyncClient(base_url=f"http://{address}") as client:
        for _ in range(300):
            try:
                if (await client.get("/healthz")).is_success:
                    break
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    yield f"http://{address}/chat"
    program.terminate()
    _, said = await program.communicate()
    assert "Traceback" not in said.decode()
