"""The whole bot on a real gateway, for tests: residents speak through the gateway, and hear its answers there."""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.app import App
from bot.chat.wechat.connection import WeChat
from bot.clock import WallClock
from bot.settings import Settings
from domain.ids import GroupId, MemberId
from domain.people import Community, Person, Roster, Supervisor
from domain.ticket import Ticket
from storage.database import Database
from storage.roster import save_roster
from tests.chat import NEVER_QUIET
from tests.wechat.gateway import Gateway, free_port

GROUP = "20001@chatroom"
PATIENCE = 120.0
"""Seconds after which a test stops waiting, on a machine that has much else to do."""
Found = TypeVar("Found")
WORLD: dict[str, Any] = {
    "contacts": {
        "wxid_li": "城管-李四",
        "wxid_chen": "城管陈五",
        "wxid_liu": "社区小刘",
        "wxid_zhang": "张科长",
        "wxid_jie": "李姐",
        "wxid_tu": "老涂",
    },
    "rooms": {
        GROUP: {
            "topic": "幸福里居民群",
            "members": {
                "wxid_li": "",
                "wxid_chen": "",
                "wxid_liu": "",
                "wxid_jie": "3栋李姐",
                "wxid_tu": "",
            },
        }
    },
}


def _person(account: str | None, name: str) -> Person:
    return Person(MemberId(account) if account else None, name)


ROSTER = Roster(
    (
        Community(
            name="幸福里社区",
            street="洪都街道",
            group=GroupId(GROUP),
            group_name="幸福里居民群",
            places=("幸福里", "洪都中大道"),
            officers=(_person("wxid_li", "李四"), _person("wxid_chen", "陈五")),
            workers=(_person("wxid_liu", "小刘"),),
        ),
    ),
    (Supervisor(_person("wxid_zhang", "张科长"), "洪都街道"),),
)


class Bot:
    """The bot and its gateway."""

    def __init__(self, gateway: Gateway, folder: Path, database: Path, **settings: object) -> None:
        self.gateway = gateway
        self.settings = Settings(
            _env_file=None,
            **{  # type: ignore[arg-type]  # pydantic checks the values
                "database": f"sqlite:///{database}",
                "media": folder / "media",
                "pace_seconds": 0,
                "wechat_endpoint": gateway.endpoint,
                "wechat_token": gateway.token,
                "wechat_jitter_seconds": 0,
                "wechat_per_minute": 100_000,
                **NEVER_QUIET,
                **settings,
            },
        )
        self.database = Database(self.settings.database)
        self.wechat = WeChat(self.settings, self.database, WallClock())
        self.app = App(self.settings, self.database, self.wechat, WallClock())
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        async with self.database.begin() as work:
            if not (await work.roster()).communities:
                await save_roster(work.connection, ROSTER)
        await self.app.catch_up()
        receive = self.app.inbox.receive
        self._tasks = [asyncio.create_task(self.wechat.run(receive)), asyncio.create_task(self.app.run())]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self.database.close()

    async def ready(self) -> None:
        """Wait until it is connected and logged in."""
        await asyncio.wait_for(self.wechat.link.ready.wait(), PATIENCE)

    async def say(self, who: str, text: str = "", **what: object) -> str:
        """Somebody says something in the group; its id."""
        key = await self.gateway.do("say", **{"from": who, "room": GROUP, "text": text, **what})
        return str(key)

    async def tell(self, who: str, text: str, **what: object) -> str:
        """Somebody says something to the bot alone."""
        return str(await self.gateway.do("say", **{"from": who, "text": text, **what}))

    async def said(self, to: str = GROUP) -> list[dict[str, Any]]:
        """What the bot has said there."""
        return [line for line in await self.gateway.do("said") if line.get("to") == to]

    async def hears(self, words: str, to: str = GROUP) -> dict[str, Any]:
        """Wait until the bot says something with these words."""

        async def look() -> dict[str, Any] | None:
            found = [line for line in await self.said(to) if words in line.get("text", "")]
            return found[-1] if found else None

        return await until(look, words)

    async def tickets(self) -> list[Ticket]:
        """All tickets."""
        async with self.database.begin() as work:
            return list(await work.tickets.all())

    async def settled(self, count: int) -> None:
        """Wait until so many messages have been dealt with."""

        async def look() -> bool:
            async with self.database.begin() as work:
                return len(await work.messages.waiting("done")) >= count

        await until(look, f"{count} messages")


async def start(gateway: Gateway, database: Path, folder: Path) -> Process:
    """`wangge run` as a process of its own."""
    settings = {
        "WANGGE_DATABASE": f"sqlite:///{database}",
        "WANGGE_MEDIA": str(folder / "media"),
        "WANGGE_HTTP": f"127.0.0.1:{free_port()}",
        "WANGGE_PACE_SECONDS": "0",
        "WANGGE_WECHAT_ENDPOINT": gateway.endpoint,
        "WANGGE_WECHAT_TOKEN": gateway.token,
        "WANGGE_WECHAT_JITTER_SECONDS": "0",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()", "run"),
        env={**os.environ, **settings},  # noqa: TID251 - the program's own, and its settings
        cwd=folder,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def until(look: Callable[[], Awaitable[Found | None]], what: str) -> Found:
    """Wait until there is something to be seen."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while not (found := await look()):
        assert asyncio.get_running_loop().time() < deadline, f"not within {PATIENCE} s: {what}"
        await asyncio.sleep(0.05)
    return found
