"""A gateway, and the bot connected to it."""

import copy
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.wechat.bot import WORLD, Bot
from tests.wechat.gateway import Gateway

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A second process, and outages that take real seconds, on machines that may be busy."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(240))


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    """A gateway that is running."""
    gateway = await Gateway(copy.deepcopy(WORLD)).start()
    yield gateway
    await gateway.stop()


@pytest.fixture
async def bot(gateway: Gateway, database_file: Path, tmp_path: Path) -> AsyncIterator[Bot]:
    """The bot, connected."""
    async with Bot(gateway, tmp_path, database_file) as bot:
        await bot.ready()
        yield bot
