"""Keeps the bot connected to its gateway for ever: connects, notices that it is gone, connects again."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from typing import Any

import structlog

from bot.chat.contract import ConnectionRefused
from bot.chat.presence import State, Words
from bot.chat.wechat.alone import Alone
from bot.chat.wechat.puppet import DISCONNECTED, REFUSED, GatewayPuppet, taken, wrong_token

log = structlog.get_logger()

Heard = Callable[[str, dict[str, Any]], None]
"""Takes an event: its name and what it says."""

_FIRST, _LONGEST, _LONGEST_REFUSED = 0.25, 3.0, 30.0
_ASK_EVERY = 4.0
_DEAF_AFTER = 11.0


SAID = {
    State.ABSENT: "连不上微信网关，会一直重试。",
    State.REFUSED: "微信网关说令牌不对：请核对 WANGGE_WECHAT_TOKEN。",
    State.TAKEN: "这个令牌已经有另一个机器人在用，同一个令牌只能有一个。没有别的机器人的话，请重启网关。",
    State.SECOND: "本机已有另一个网格管家在用这个令牌，这一个没有连接；那一个停了，这一个会自己接上。",
    State.LOGGED_OUT: "微信网关连上了，但微信没有登录：请扫码登录。",
    State.READY: "微信已连上。",
}
"""What the maintainer is told of each."""
WORDS = Words("wechat", "正在连接微信网关。", "群里说的话", SAID)


class Link:
    """One stream of events from one gateway, over and over again."""

    def __init__(
        self,
        puppet: GatewayPuppet,
        alone: Alone,
        heard: Heard,
        changed: Callable[[State], None],
        *,
        stop_on_wrong_token: bool,
    ) -> None:
        self._puppet = puppet
        self._alone = alone
        self._heard = heard
        self._changed = changed
        self._stop = stop_on_wrong_token
        self._last = 0.0
        self._dongs = False
        self.account = ""
        self.state: State | None = None
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Stay connected until cancelled. Raises ConnectionRefused where it is to stop then."""
        try:
            while not self._alone.take():
                self._set(State.SECOND)
                await asyncio.sleep(_LONGEST)
            await self._stay()
        finally:
            self._alone.leave()

    async def _stay(self) -> None:
        pause = _FIRST
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._session()
            except (*DISCONNECTED, REFUSED) as error:
                self._failed(error)
            except Exception:
                log.exception("gateway session")  # a bug of ours or of a library: the bot stays all the same
                self._set(State.ABSENT)
            else:
                self._set(State.ABSENT)
            heard = self._last > began
            longest = _LONGEST if self.state is State.ABSENT else _LONGEST_REFUSED
            pause = _FIRST if heard else min(pause * 2, longest)
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 - so that not all come at once

    async def back(self, within: float) -> bool:
        """Wait until the account is there, but no longer than so many seconds; whether it is."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self.ready.wait()
        return self.ready.is_set()

    async def _session(self) -> None:
        """Connect and listen, as long as the gateway is there."""
        self._puppet.open()
        tasks = []
        try:
            await self._puppet.gateway.start()
            tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._watch())]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            self.ready.clear()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._puppet.close()

    async def _listen(self) -> None:
        async for name, what in self._puppet.events():
            self._last = asyncio.get_running_loop().time()
            if name == "dong":
                self._dongs = True
            elif name == "login":
                self._logged_in(str(what.get("contactId", "")))
            elif name in {"logout", "scan"}:
                self.ready.clear()
                self._set(State.LOGGED_OUT)
            with contextlib.suppress(KeyError):
                self._heard(name, what)

    async def _watch(self) -> None:
        """Ask whether it is there; its answers come over the stream, so silence means a dead stream."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            await asyncio.sleep(_ASK_EVERY)
            await self._puppet.gateway.ding(data="wangge")
            if self._dongs and loop.time() - max(self._last, began) > _DEAF_AFTER:
                raise TimeoutError("the stream is silent")

    def _logged_in(self, account: str) -> None:
        self.account = account
        self._puppet.login_user_id = account
        self._set(State.READY)
        self.ready.set()

    def _failed(self, error: Exception) -> None:
        reason = "" if wrong_token(error) else str(error)[:200]  # the gateway's answer has the token in it
        log.info("gateway lost", error=type(error).__name__, reason=reason)
        if wrong_token(error):
            self._set(State.REFUSED)
            if self._stop:
                raise ConnectionRefused(SAID[State.REFUSED]) from error
        elif taken(error):
            self._set(State.TAKEN)
        else:
            self._set(State.ABSENT)

    def _set(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self._changed(state)
