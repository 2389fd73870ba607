"""What the tests of the pages share: a room in memory, a caller without a browser, and one browser."""

import asyncio
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from domain.action import Action
from tests.chat import OTHER_GROUP, Chat
from tests.conversations.meanings import does, report
from tests.web.browser import chromium
from tests.web.fake import FakeRoom
from tests.web.fake_entrance import FakeEntrance
from tests.web.office import Office, furnished, office
from tests.web.open311 import TELEPHONE, calling
from tests.web.reading import HOME
from understanding import Reading
from web.app import create_app

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
    always = (
        "WANGGE_QUIET_HOURS=\nWANGGE_OFFICER_QUIET_HOURS=\nWANGGE_NIGHT_HOURS=\n"  # whenever the tests run
    )
    settings = f"WANGGE_HTTP={address}\nWANGGE_PACE_SECONDS=0.2\n{always}"
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


@pytest.fixture(scope="session")
def furnished_file(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """The database of an office with eight weeks behind it; not to be written to."""
    file = Path(shutil.copyfile(empty_database, tmp_path_factory.mktemp("office") / "office.db"))
    asyncio.run(furnished(f"sqlite:///{file}"))
    return file


@pytest.fixture
async def desk(furnished_file: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """The pages of that office, in a copy of the test's own."""
    file = shutil.copyfile(furnished_file, tmp_path / "office.db")
    made = office(f"sqlite:///{file}", tmp_path / "media")
    yield made
    await made.database.close()


@pytest.fixture
async def program(chat: Chat) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(chat) as client:
        yield client


@pytest.fixture
async def three_tickets(chat: Chat, meaning: dict[str, Reading]) -> None:
    """Two tickets of one community, of which one is closed, and a day later one of another."""
    meaning["油烟"] = report("洪都中大道老王烧烤店3栋2单元301室")
    meaning["占道"] = report("东门口", "占道经营")
    meaning["垃圾"] = report("梅湖路", "暴露垃圾")
    await chat.say("李姐", "油烟")
    await chat.say("老涂", "占道")
    await chat.say("城管-李四", "20260511-002 已处理，电话" + TELEPHONE, private=True)
    meaning["好了"] = does(Action.CONFIRM, (await chat.tickets())[1].no)
    await chat.say("老涂", "好了")
    await chat.wait(days=1)
    await chat.say("小万", "垃圾", group=OTHER_GROUP)


@pytest.fixture
def entrance() -> FakeEntrance:
    return FakeEntrance()
