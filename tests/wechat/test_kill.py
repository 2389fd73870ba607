"""kill -9 of the bot: what had been received is neither lost nor answered twice."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from datetime import UTC, datetime
from pathlib import Path

from domain.ids import MessageId
from storage.database import Database
from storage.roster import save_roster
from tests.wechat.bot import GROUP, ROSTER, until
from tests.wechat.gateway import TOKEN, Gateway, free_port, needs_node

pytestmark = needs_node

MESSAGES = 100
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def start(gateway: Gateway, database: Path, folder: Path) -> Process:
    """`wangge run` as a process of its own."""
    settings = {
        "WANGGE_DATABASE": f"sqlite:///{database}",
        "WANGGE_MEDIA": str(folder / "media"),
        "WANGGE_HTTP": f"127.0.0.1:{free_port()}",
        "WANGGE_PACE_SECONDS": "0",
        "WANGGE_QUIET_HOURS": "",
        "WANGGE_OFFICER_QUIET_HOURS": "",
        "WANGGE_NIGHT_HOURS": "",
        "WANGGE_WECHAT_ENDPOINT": gateway.endpoint,
        "WANGGE_WECHAT_TOKEN": TOKEN,
        "WANGGE_WECHAT_JITTER_SECONDS": "0",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", "run"),
        env={**os.environ, **settings},  # noqa: TID251 - the program's own, and its settings
        cwd=folder,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def kept(database: Database) -> tuple[set[MessageId], set[MessageId]]:
    """What has been dealt with, and what has been received at all."""
    async with database.begin() as work:
        done = {message.id for message in await work.messages.waiting("done")}
        new = {message.id for message in await work.messages.waiting()}
        return done, done | new | set(await work.arrivals.left(LONG_AGO))


async def heard_more_than(database: Database, gateway: Gateway, count: int) -> bool:
    """Whether more has been received, now that somebody has said something."""
    await gateway.do("say", **{"from": "wxid_tu"}, room=GROUP, text="早上好")
    return len((await kept(database))[1]) > count


async def test_killed_again_and_again_it_loses_nothing(
    gateway: Gateway, database_file: Path, tmp_path: Path
) -> None:
    database = Database(f"sqlite:///{database_file}")
    async with database.begin() as work:
        await save_roster(work.connection, ROSTER)
    received: set[MessageId] = set()
    for _ in range(2):
        bot = await start(gateway, database_file, tmp_path)
        count = len(received)
        await until(lambda count=count: heard_more_than(database, gateway, count), "connected")  # type: ignore[misc]  # count is bound now
        await gateway.do("many", **{"from": "wxid_jie"}, room=GROUP, text="闲聊", count=MESSAGES)
        bot.kill()
        await bot.wait()
        before, received = received, (await kept(database))[1]
        assert before <= received
    bot = await start(gateway, database_file, tmp_path)

    async def through() -> bool:
        done, there = await kept(database)
        return received <= done == there

    await until(through, "everything is dealt with")
    bot.kill()
    await bot.wait()
    await database.close()
