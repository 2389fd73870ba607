"""The gateway is not there, goes away, hangs, refuses: the bot stays, says so, and comes back."""

import asyncio
import contextlib
import copy
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.contract import ConnectionRefused
from bot.chat.presence import State
from bot.chat.wechat.alone import Alone
from bot.chat.wechat.link import SAID
from bot.clock import WallClock
from tests.wechat.bot import PATIENCE, WORLD, Bot, start, until
from tests.wechat.gateway import Gateway, needs_node

pytestmark = needs_node


async def becomes(bot: Bot, state: State) -> None:
    """Wait until things stand like this."""

    async def look() -> bool:
        return bot.wechat.link.state is state

    await until(look, state)


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.presence._GRACE", 0.2)


@pytest.mark.usefixtures("_at_once")
async def test_a_gateway_that_is_absent_at_the_start_is_waited_for(
    database_file: Path, tmp_path: Path
) -> None:
    gateway = Gateway(WORLD)
    async with Bot(gateway, tmp_path, database_file) as bot:
        await becomes(bot, State.ABSENT)
        await asyncio.sleep(1)
        await gateway.start()
        await bot.ready()
        await bot.say("wxid_jie", "3栋楼下烧烤店油烟直往家里灌")
        await bot.hears("已登记")
        assert bot.wechat.notices.told == [SAID[State.ABSENT], SAID[State.READY]]
    await gateway.stop()


async def test_killed_and_started_again_it_is_back(
    bot: Bot, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.presence._GRACE", PATIENCE)  # however slowly a busy machine starts it
    for number in range(3):
        await gateway.kill()
        await becomes(bot, State.ABSENT)
        await gateway.start()
        await bot.ready()
        await bot.say("wxid_tu", f"今天天气不错 {number}")
        await bot.settled(number + 1)
    assert bot.wechat.notices.told == [SAID[State.READY]]  # the maintainer is spared what passes quickly


async def test_a_frozen_gateway_is_noticed(bot: Bot, gateway: Gateway) -> None:
    gateway.freeze()
    await becomes(bot, State.ABSENT)
    gateway.thaw()
    await bot.ready()
    await bot.say("wxid_tu", "又好了")
    await bot.settled(1)


async def test_a_line_waits_while_the_gateway_is_away(bot: Bot, gateway: Gateway) -> None:
    await bot.say("wxid_jie", "3栋楼下烧烤店油烟直往家里灌")
    await bot.hears("已登记")
    await gateway.kill()
    await becomes(bot, State.ABSENT)
    async with bot.database.begin() as work:
        no = (await work.tickets.all())[0].no
    await gateway.start()
    await bot.ready()
    await bot.tell("wxid_zhang", f"进度 {no}")
    await bot.hears("油烟污染", to="wxid_zhang")


async def test_a_line_whose_answer_was_lost_with_the_gateway_is_not_said_again(
    database_file: Path, tmp_path: Path
) -> None:
    gateway = await Gateway(copy.deepcopy(WORLD) | {"store": str(tmp_path / "wechat.jsonl")}).start()
    async with Bot(gateway, tmp_path, database_file) as bot:
        await bot.ready()
        await gateway.do("set", mute=True)
        await bot.say("wxid_jie", "3栋楼下烧烤店油烟直往家里灌")
        line = await bot.hears("已登记")
        await bot.settled(1)
        await gateway.kill()
        await gateway.start()

        async def all_out() -> bool:
            async with bot.database.begin() as work:
                return not await work.outbox.of_status("waiting", "claimed")

        await until(all_out, "everything is said")
        assert [said["id"] for said in await bot.said()] == [line["id"]]
        async with bot.database.begin() as work:
            assert await work.outbox.latest_about((await work.tickets.all())[0].no) == line["id"]
    await gateway.stop()


async def test_a_wrong_token_is_told_apart_and_the_bot_keeps_running(
    gateway: Gateway, database_file: Path, tmp_path: Path
) -> None:
    async with Bot(gateway, tmp_path, database_file, wechat_token=f"not-{gateway.token}") as bot:
        await becomes(bot, State.REFUSED)
        await asyncio.sleep(1)
        assert bot.wechat.notices.told == [SAID[State.REFUSED]]


async def test_a_wrong_token_ends_the_bot_where_the_settings_say_so(
    gateway: Gateway, database_file: Path, tmp_path: Path
) -> None:
    bot = Bot(
        gateway, tmp_path, database_file, wechat_token=f"not-{gateway.token}", wechat_stop_on_wrong_token=True
    )
    with pytest.raises(ConnectionRefused, match="令牌不对"):
        await asyncio.wait_for(bot.wechat.run(bot.app.inbox.receive), PATIENCE)
    await bot.database.close()


async def test_a_second_bot_on_another_machine_waits_and_says_so(
    bot: Bot, gateway: Gateway, database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.wechat.alone._NAME", "wangge-elsewhere")
    async with Bot(gateway, tmp_path, database_file) as second:
        await becomes(second, State.TAKEN)
        await bot.say("wxid_tu", "我还在")
        await bot.settled(1)


async def test_a_second_bot_on_this_machine_stays_away_until_the_first_one_ends(
    gateway: Gateway, database_file: Path, tmp_path: Path
) -> None:
    first = await start(gateway, database_file, tmp_path)  # `wangge run`, as a process of its own

    async def held() -> bool:
        probe = Alone(gateway.token)
        try:
            return not probe.take()
        finally:
            probe.leave()

    await until(held, "the first one has the token")
    async with Bot(gateway, tmp_path, database_file) as second:
        await becomes(second, State.SECOND)
        assert second.wechat.notices.told == [SAID[State.SECOND]]
        first.kill()
        await first.wait()
        await second.ready()
        await second.say("wxid_tu", "我还在")
        await second.settled(1)


async def test_another_token_is_another_matter() -> None:
    one, same, other = Alone("一"), Alone("一"), Alone("二")
    assert [one.take(), one.take(), same.take(), other.take()] == [True, True, False, True]
    one.leave()
    assert same.take()
    same.leave()
    other.leave()


async def test_logged_out_and_a_code_to_scan(bot: Bot, gateway: Gateway) -> None:
    await gateway.do("signOut")
    await becomes(bot, State.LOGGED_OUT)
    await gateway.do("scan", qrcode="weixin://code-1")

    async def look() -> bool:
        return any("weixin://code-1" in told for told in bot.wechat.notices.told)

    await until(look, "the code")
    standing = bot.wechat.standing()
    assert (standing.words, standing.well, standing.code) == (
        SAID[State.LOGGED_OUT],
        False,
        "weixin://code-1",
    )
    assert standing.since
    assert timedelta(0) <= WallClock().now() - standing.since < timedelta(seconds=PATIENCE)
    assert not bot.wechat.link.ready.is_set()
    await gateway.do("signIn")
    await bot.ready()

    async def well() -> bool:
        return bot.wechat.standing().well and not bot.wechat.standing().code

    await until(well, "all is well")


async def test_an_error_event_is_only_logged(bot: Bot, gateway: Gateway) -> None:
    await gateway.do("fail", text="something went wrong over there")
    await bot.say("wxid_tu", "没事")
    await bot.settled(1)


async def test_after_a_long_outage_the_maintainer_hears_how_long_it_was(
    gateway: Gateway, database_file: Path, tmp_path: Path
) -> None:
    bot = Bot(gateway, tmp_path, database_file)
    async with bot.database.begin() as work:
        await work.arrivals.heard(WallClock().now() - timedelta(minutes=90))
    async with bot:
        await bot.ready()

        async def look() -> bool:
            return any("约 90 分钟" in told for told in bot.wechat.notices.told)

        await until(look, "how long")


async def test_nothing_is_left_in_the_working_directory(
    gateway: Gateway, database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    async with Bot(gateway, tmp_path, database_file) as bot:
        await bot.ready()
    with contextlib.suppress(FileNotFoundError):
        assert list((tmp_path / "here").iterdir()) == []
