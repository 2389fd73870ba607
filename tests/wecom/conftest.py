"""A WeCom of our own, and the bot connected to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.wecom.bot import Bot
from tests.wecom.server import WeCom

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Outages that take real seconds, on machines that may be busy."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(240))


@pytest.fixture
async def server() -> AsyncIterator[WeCom]:
    """WeCom, as it is published."""
    server = await WeCom().start()
    yield server
    await server.kill()


@pytest.fixture
async def bot(server: WeCom, database_file: Path, tmp_path: Path) -> AsyncIterator[Bot]:
    """The bot, connected."""
    async with Bot(server, tmp_path, database_file) as bot:
        await bot.ready()
        yield bot
