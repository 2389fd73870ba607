"""The whole bot on a WeCom of our own, for tests."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any, Self

from bot.app import App
from bot.chat.presence import State
from bot.chat.wecom.connection import WeCom as Connection
from bot.clock import WallClock
from bot.settings import Settings
from domain.ids import MessageId
from domain.message import Message
from domain.ticket import Ticket
from storage.database import Database
from storage.roster import save_roster
from tests.chat import NEVER_QUIET
from tests.wechat.bot import GROUP, PATIENCE, ROSTER, until
from tests.wecom.server import ROBOT, SECRET, WeCom


class Bot:
    """The bot and its WeCom."""

    def __init__(self, server: WeCom, folder: Path, database: Path, **settings: object) -> None:
        self.server = server
        self.settings = Settings(
            _env_file=None,
            **{  # type: ignore[arg-type]  # pydantic checks the values
                "database": f"sqlite:///{database}",
                "media": folder / "media",
                "pace_seconds": 0,
                "wecom_address": server.address,
                "wecom_bot_id": ROBOT,
                "wecom_secret": SECRET,
                **NEVER_QUIET,
                **settings,
            },
        )
        self.database = Database(self.settings.database)
        self.wecom = Connection(self.settings, self.database, WallClock())
        self.app = App(self.settings, self.database, self.wecom, WallClock())
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        async with self.database.begin() as work:
            if not (await work.roster()).communities:
                await save_roster(work.connection, ROSTER)
        await self.app.catch_up()
        receive = self.app.inbox.receive
        self._tasks = [asyncio.create_task(self.wecom.run(receive)), asyncio.create_task(self.app.run())]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self.database.close()

    async def ready(self) -> None:
        """Wait until it is connected."""
        await asyncio.wait_for(self.wecom.link.ready.wait(), PATIENCE)

    async def becomes(self, state: State) -> None:
        """Wait until things stand like this."""

        async def look() -> bool:
            return self.wecom.link.state is state

        await until(look, state)

    async def say(self, who: str, text: str, **more: object) -> str:
        """Somebody says something to the bot in the group; its id."""
        return await self.server.say(who, text, GROUP, **more)

    async def said(self, to: str = GROUP) -> list[str]:
        """What the bot has said there, in words."""
        there = [one for one in self.server.said if one["chatid"] == to]
        return [one["markdown"]["content"] for one in there if one["msgtype"] == "markdown"]

    async def hears(self, words: str, to: str = GROUP) -> str:
        """Wait until the bot says something with these words."""

        async def look() -> str | None:
            found = [line for line in await self.said(to) if words in line]
            return found[-1] if found else None

        return await until(look, words)

    async def got(self, key: str) -> Message:
        """The message, once it has been dealt with."""

        async def look() -> Message | None:
            async with self.database.begin() as work:
                if await work.messages.undone(MessageId(key)):
                    return None
                return await work.messages.get(MessageId(key))

        return await until(look, key)

    async def settled(self, count: int) -> list[Any]:
        """Wait until so many messages have been dealt with."""

        async def look() -> list[Any] | None:
            async with self.database.begin() as work:
                done = list(await work.messages.waiting("done"))
                return done if len(done) >= count else None

        return await until(look, f"{count} messages")

    async def tickets(self) -> list[Ticket]:
        """All tickets."""
        async with self.database.begin() as work:
            return list(await work.tickets.all())
