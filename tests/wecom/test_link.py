"""WeCom is not there, goes away, hangs, refuses: the bot stays, says so, and comes back."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.presence import State
from bot.chat.wecom.link import SAID
from bot.clock import WallClock
from bot.logs import configure
from tests.wechat.bot import PATIENCE, until
from tests.wecom.bot import Bot
from tests.wecom.server import ROBOT, SECRET, WeCom


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that a test can wait for."""
    monkeypatch.setattr("bot.chat.wecom.link._FIRST", 0.1)
    monkeypatch.setattr("bot.chat.wecom.link._LONGEST", 0.5)


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.presence._GRACE", 0.1)


@pytest.mark.usefixtures("_at_once")
async def test_a_wecom_that_is_absent_at_the_start_is_waited_for(
    server: WeCom, database_file: Path, tmp_path: Path
) -> None:
    await server.kill()
    async with Bot(server, tmp_path, database_file) as bot:
        await bot.becomes(State.ABSENT)
        await asyncio.sleep(1)
        await server.start()
        await bot.ready()
        await bot.say("wxid_jie", "3栋楼下烧烤店油烟直往家里灌")
        await bot.hears("已登记")
        assert bot.wecom.notices.told[:2] == [SAID[State.ABSENT], SAID[State.READY]]


@pytest.mark.parametrize("farewell", [None, 1000, 1001])
async def test_killed_and_started_again_it_is_back(
    bot: Bot, server: WeCom, farewell: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.presence._GRACE", PATIENCE)  # however slowly a busy machine starts it
    for number in range(3):
        await server.kill(farewell)
        await bot.becomes(State.ABSENT)
        await server.start()
        await bot.ready()
        await bot.say("wxid_tu", f"你好 {number}")
        await bot.settled(number + 1)
    assert bot.wecom.notices.told == [SAID[State.READY]]  # the maintainer is spared what passes quickly


async def test_a_wecom_that_hangs_is_noticed(
    bot: Bot, server: WeCom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.wecom.link._BEAT", 0.1)
    monkeypatch.setattr("bot.chat.wecom.link._DEADLINE", 0.3)
    await server.kill()
    await server.start()
    await bot.ready()
    server.silent = True
    await bot.becomes(State.ABSENT)
    server.silent = False
    await bot.ready()
    await bot.say("wxid_tu", "又好了")
    await bot.settled(1)
    assert [one for one in server.frames if one["cmd"] == "ping"]


async def test_a_line_waits_while_wecom_is_away(bot: Bot, server: WeCom) -> None:
    await bot.say("wxid_jie", "3栋楼下烧烤店油烟直往家里灌")
    await bot.hears("已登记")
    await server.say("wxid_zhang", "你好")
    await bot.settled(2)
    await server.kill()
    await bot.becomes(State.ABSENT)
    async with bot.database.begin() as work:
        no = (await work.tickets.all())[0].no
    await server.start()
    await bot.ready()
    await server.say("wxid_zhang", f"进度 {no}")
    await bot.hears("油烟污染", to="wxid_zhang")


async def test_a_wrong_secret_is_told_apart_and_is_never_in_a_log(
    server: WeCom,
    database_file: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    configure(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    server.secret = "another"
    async with Bot(server, tmp_path, database_file) as bot:
        await bot.becomes(State.REFUSED)
        await until(lambda: _connected_again(server, 3), "tries on")
        assert bot.wecom.notices.told == [SAID[State.REFUSED]]
        server.secret = SECRET
        await bot.ready()
    shown = capfd.readouterr()
    logged = shown.out + shown.err + caplog.text
    assert "WANGGE_WECOM_SECRET" in logged
    assert SECRET not in logged
    assert "aibot_subscribe" not in logged


async def _connected_again(server: WeCom, times: int) -> bool:
    return server.connections >= times


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize(
    ("code", "state"), [(853006, State.DENIED), (-1, State.ABSENT), (45009, State.ABSENT)]
)
async def test_another_refusal_is_not_taken_for_a_wrong_secret(
    server: WeCom, database_file: Path, tmp_path: Path, code: int, state: State
) -> None:
    server.answer = code
    async with Bot(server, tmp_path, database_file) as bot:
        await bot.becomes(state)
        server.answer = 0
        await bot.ready()
        assert SAID[State.REFUSED] not in bot.wecom.notices.told


async def test_two_robots_with_one_name_do_not_put_each_other_off_for_ever(
    bot: Bot, server: WeCom, database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.wecom.link._LONGEST_REFUSED", 8.0)
    async with Bot(server, tmp_path, database_file) as second:
        await bot.becomes(State.TAKEN)
        await second.say("wxid_tu", "我还在")
        await second.settled(1)
        await asyncio.sleep(1)
        assert server.connections == 2
        assert bot.wecom.notices.told == [SAID[State.READY], SAID[State.TAKEN]]
    await bot.ready()
    await bot.say("wxid_tu", "我又在")
    await bot.settled(2)


async def test_after_a_long_outage_the_maintainer_hears_how_long_it_was(
    server: WeCom, database_file: Path, tmp_path: Path
) -> None:
    bot = Bot(server, tmp_path, database_file)
    async with bot.database.begin() as work:
        await work.arrivals.heard(WallClock().now() - timedelta(minutes=90))
    async with bot:
        await bot.ready()

        async def look() -> bool:
            return any("约 90 分钟" in told for told in bot.wecom.notices.told)

        await until(look, "how long")


async def test_the_subscription_is_as_published(bot: Bot) -> None:
    (frame,) = bot.server.frames
    assert frame["headers"].pop("req_id")
    assert frame == {
        "cmd": "aibot_subscribe",
        "headers": {},
        "body": {"bot_id": ROBOT, "secret": bot.server.secret},
    }
