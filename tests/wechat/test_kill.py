"""kill -9 of the bot: what had been received is neither lost nor answered twice."""

from datetime import UTC, datetime
from pathlib import Path

from domain.ids import MessageId
from storage.database import Database
from storage.roster import save_roster
from tests.wechat.bot import GROUP, ROSTER, start, until
from tests.wechat.gateway import Gateway, needs_node

pytestmark = needs_node

MESSAGES = 100
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


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
