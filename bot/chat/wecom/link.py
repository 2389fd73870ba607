"""Keeps the robot connected to WeCom for ever: subscribes, sends heartbeats, notices silence, connects again.

The protocol is WeCom's own, as published: https://developer.work.weixin.qq.com/document/path/101463
"""

import asyncio
import contextlib
import json
import logging
import random
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from bot.chat.presence import State, Words

log = structlog.get_logger()

Frame = Mapping[str, Any]
"""What travels: `cmd`, `headers.req_id`, `body`; an answer has `errcode` instead of `cmd`."""

DISCONNECTED = (OSError, TimeoutError, WebSocketException)
"""What a call raises where WeCom is not there, does not answer, or goes away."""

WRONG_SECRET = 853000
_BUSY = frozenset({-1, 45009})
"""Answers that pass: the system is busy, too many calls."""
_DEADLINE = 10.0
_BEAT = 30.0
"""Seconds between heartbeats, as published."""
_FIRST, _LONGEST, _LONGEST_REFUSED = 1.0, 30.0, 300.0
_LARGEST = 4 << 20
"""Bytes of a frame; files do not travel in frames that come in."""

_frames = logging.getLogger(f"{__name__}.frames")
_frames.setLevel(logging.WARNING)  # at DEBUG the library would write every frame out, the secret with it


SAID = {
    State.ABSENT: "连不上企业微信，会一直重试。",
    State.REFUSED: "企业微信说 Bot ID 或 Secret 不对：请核对 WANGGE_WECOM_BOT_ID 和 WANGGE_WECOM_SECRET。",
    State.DENIED: "企业微信不让机器人连接，请到管理后台看看机器人是否停用（错误码在日志里）；会继续重试。",
    State.TAKEN: "这个机器人在别处连上了，企业微信只留最后一个。请停掉多余的那个；几分钟后会再连。",
    State.READY: "企业微信已连上。",
}
"""What the maintainer is told of each."""
WORDS = Words("wecom", "正在连接企业微信。", " @ 机器人的话", SAID)


class Refusal(Exception):
    """WeCom is there and says no; `code` is its errcode."""

    def __init__(self, code: int) -> None:
        super().__init__(f"errcode {code}")
        self.code = code


class Link:
    """One long connection of one robot, over and over again."""

    def __init__(
        self,
        address: str,
        robot: str,
        secret: str,
        heard: Callable[[Frame], None],
        changed: Callable[[State], None],
    ) -> None:
        self._address = address
        self._robot = robot
        self._secret = secret
        self._heard = heard
        self._changed = changed
        self._socket: ClientConnection | None = None
        self._waiting: dict[str, asyncio.Future[Frame]] = {}
        self._accepted = False
        self.state: State | None = None
        self.ready = asyncio.Event()

    async def run(self) -> None:
        """Stay connected until cancelled."""
        pause = _FIRST
        while True:
            self._accepted = False
            try:
                await self._session()
            except (*DISCONNECTED, Refusal) as error:
                self._failed(error)
            except Exception:
                log.exception("wecom session")  # a bug of ours or of a library: the bot stays all the same
                self._set(State.ABSENT)
            longest = _LONGEST if self.state is State.ABSENT else _LONGEST_REFUSED
            pause = _FIRST if self._accepted else min(pause * 2, longest)
            if self.state is State.TAKEN:
                pause = _LONGEST_REFUSED  # whoever connects puts the other off: not again and again
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 - so that not all come at once

    async def ask(
        self, command: str, body: Mapping[str, Any] | None = None, within: float | None = None
    ) -> Frame:
        """Send a frame and wait for its answer. Raises DISCONNECTED or Refusal."""
        if self._socket is None:
            raise ConnectionError("not connected")
        key = f"{command}_{uuid4().hex}"
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting[key] = answer
        frame = {"cmd": command, "headers": {"req_id": key}} | ({"body": body} if body else {})
        try:
            async with asyncio.timeout(within or _DEADLINE):
                await self._socket.send(json.dumps(frame, ensure_ascii=False))
                got = await answer
        finally:
            self._waiting.pop(key, None)
        if code := got.get("errcode"):
            raise Refusal(int(code))
        return got

    async def _session(self) -> None:
        """Connect, subscribe and listen, as long as WeCom is there."""
        async with connect(
            self._address,
            open_timeout=_DEADLINE,
            ping_interval=None,  # the protocol has heartbeats of its own
            close_timeout=1,
            max_size=_LARGEST,
            logger=_frames,
        ) as socket:
            self._socket = socket
            tasks = [asyncio.create_task(self._listen(socket)), asyncio.create_task(self._live())]
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
            finally:
                await self._end(tasks)

    async def _end(self, tasks: list[asyncio.Task[None]]) -> None:
        self._socket = None
        self.ready.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(ConnectionError("the connection is gone"))

    async def _live(self) -> None:
        """Subscribe, then ask now and then whether it is there: what is not answered is gone."""
        await self.ask("aibot_subscribe", {"bot_id": self._robot, "secret": self._secret})
        self._accepted = True
        self._set(State.READY)
        self.ready.set()
        while True:
            await asyncio.sleep(_BEAT)
            await self.ask("ping")

    async def _listen(self, socket: ClientConnection) -> None:
        async for text in socket:
            frame = _read(text)
            command, body = frame.get("cmd"), frame.get("body")
            if command == "aibot_msg_callback" and isinstance(body, dict):
                self._heard(body)
            elif command == "aibot_event_callback" and _event(body) == "disconnected_event":
                self._set(State.TAKEN)
                return
            elif (answer := self._waiting.get(_key(frame))) and not answer.done():
                answer.set_result(frame)
        raise ConnectionError("closed by WeCom")

    def _failed(self, error: Exception) -> None:
        code = error.code if isinstance(error, Refusal) else None
        log.info("wecom lost", error=type(error).__name__, code=code)
        if code is None or code in _BUSY:
            self._set(State.ABSENT)
        else:
            self._set(State.REFUSED if code == WRONG_SECRET else State.DENIED)

    def _set(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self._changed(state)


def _read(text: str | bytes) -> Frame:
    """The frame; an empty one where it is none."""
    with contextlib.suppress(ValueError):
        frame: Any = json.loads(text)
        if isinstance(frame, dict):
            return dict(frame)
    log.warning("a frame that is none")
    return {}


def _key(frame: Frame) -> str:
    headers = frame.get("headers")
    return str(headers.get("req_id", "")) if isinstance(headers, dict) else ""


def _event(body: object) -> str:
    """The kind of an event."""
    event = body.get("event") if isinstance(body, dict) else None
    return str(event.get("eventtype", "")) if isinstance(event, dict) else ""
