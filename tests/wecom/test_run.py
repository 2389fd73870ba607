"""`wangge run` with the settings of WeCom."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.serve import serve
from bot.settings import Settings, SettingsError
from storage.database import Database
from storage.roster import save_roster
from tests.wechat.bot import GROUP, ROSTER, until
from tests.wechat.gateway import free_port
from tests.wecom.server import ROBOT, SECRET, WeCom


async def test_the_program_is_connected(server: WeCom, database_file: Path, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{database_file}")
    async with database.begin() as work:
        await save_roster(work.connection, ROSTER)
    await database.close()
    settings = {
        "WANGGE_DATABASE": f"sqlite:///{database_file}",
        "WANGGE_MEDIA": str(tmp_path / "media"),
        "WANGGE_HTTP": f"127.0.0.1:{free_port()}",
        "WANGGE_WECOM_ADDRESS": server.address,
        "WANGGE_WECOM_BOT_ID": ROBOT,
        "WANGGE_WECOM_SECRET": SECRET,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", "run"),
        env={**os.environ, **settings},  # noqa: TID251 - the program's own, and its settings
        cwd=tmp_path,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:

        async def connected() -> bool:
            return bool(server.frames)

        await until(connected, "connected")
        await server.say("wxid_jie", "3栋楼下烧烤店油烟直往家里灌", GROUP)

        async def heard() -> bool:
            return any("已登记" in one["markdown"]["content"] for one in server.said)

        await until(heard, "registered")
    finally:
        program.kill()
        await program.wait()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"wecom_secret": ""}, "WANGGE_WECOM_SECRET"),
        ({"wechat_endpoint": "127.0.0.1:1", "wechat_token": "x"}, "只能用一个"),
    ],
)
async def test_settings_that_do_not_go_together_are_named(
    database_file: Path, wrong: dict[str, str], words: str
) -> None:
    right = {
        "database": f"sqlite:///{database_file}",
        "http": f"127.0.0.1:{free_port()}",
        "wecom_bot_id": ROBOT,
        "wecom_secret": SECRET,
    }
    with pytest.raises(SettingsError, match=words):
        await serve(Settings(_env_file=None, **{**right, **wrong}), None, lambda _: None)  # type: ignore[arg-type]  # pydantic checks the values
