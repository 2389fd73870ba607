"""WeCom's end of the long connection for tests, as it is published, with residents who do what a test says.

What it holds a robot to: it must subscribe first; the newest connection puts the older one off; words are
pushed as Markdown, to talks that the robot knows, 30 a minute each; files are pushed by the id of an upload; a
group's message reaches the robot only where it calls the robot; files that it gets are encrypted, each with a
key of its own; nothing is delivered twice by itself.
"""

import asyncio
import base64
import contextlib
import json
import logging
import os
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import quote

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from tests.wecom.uploads import TOO_FAST, Kept, Uploads

ROBOT, SECRET, NAME = "aib-of-the-tests", "a-secret-of-the-tests", "网格管家"
WRONG_SECRET, NO_SUCH_TALK, NO_SUCH_KIND, NO_SUCH_MEDIA, NOT_SUBSCRIBED = 853000, 93006, 40008, 40007, 846609

_quiet = logging.getLogger("wecom-of-the-tests")
_quiet.setLevel(logging.WARNING)  # what is logged in a test is the bot's


def encrypted(content: bytes, key: bytes) -> bytes:
    """As WeCom encrypts a file: AES-256-CBC, padded to 32 bytes, the vector is the key's beginning."""
    padding = 32 - len(content) % 32
    writer = Cipher(AES256(key), CBC(key[:16])).encryptor()
    return writer.update(content + bytes([padding]) * padding) + writer.finalize()


@dataclass
class File:
    """A file that can be fetched; `fails` so many times first, each time after `delay` seconds."""

    content: bytes
    name: str = ""
    fails: int = 0
    delay: float = 0
    asked: int = 0


@dataclass
class WeCom:
    """The server: may be killed and started again at the same port, may fall silent."""

    secret: str = SECRET
    answer: int = 0
    """What a subscription is answered, where the secret is right."""
    silent: bool = False
    """Whether it answers nothing, as a machine that hangs."""
    deaf: int = 0
    """So many pushes are taken and not answered."""
    breaks_at: int | None = None
    """The connection breaks, once, at this piece of a file."""
    uploads: Uploads = field(default_factory=Uploads)
    talks: set[str] = field(default_factory=set)
    said: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of what the robot has pushed."""
    frames: list[dict[str, Any]] = field(default_factory=list)
    """Everything that came in."""
    files: dict[str, File] = field(default_factory=dict)
    connections: int = 0

    def __post_init__(self) -> None:
        self._server: Server | None = None
        self._robot: ServerConnection | None = None
        self._port = 0
        self._number = 0
        self._pushed: dict[str, deque[float]] = {}

    # --- being there -----------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """Where a robot finds it."""
        return f"ws://127.0.0.1:{self._port}"

    async def start(self) -> Self:
        """Listen, at the port of before where there was one."""
        self._server = await serve(
            self._serve,
            "127.0.0.1",
            self._port,
            process_request=self._file,
            ping_interval=None,
            logger=_quiet,
        )
        self._port = next(iter(self._server.sockets)).getsockname()[1]
        return self

    async def kill(self, code: int | None = None) -> None:
        """Gone: without a word, or with this code of farewell."""
        assert self._server
        if self._robot and code is None:
            self._robot.transport.abort()
        elif self._robot:
            await self._robot.close(code or 1000)
        self._robot = None
        self._server.close(code=1001)
        await self._server.wait_closed()

    # --- the protocol ----------------------------------------------------------------------------

    async def _serve(self, socket: ServerConnection) -> None:
        self.connections += 1
        with contextlib.suppress(ConnectionClosed):
            async for text in socket:
                frame = json.loads(text)
                self.frames.append(frame)
                if not self.silent:
                    await self._answer(socket, frame)

    async def _answer(self, socket: ServerConnection, frame: dict[str, Any]) -> None:
        body, command = frame.get("body", {}), frame["cmd"]
        given: dict[str, Any] = {}
        if command == "aibot_subscribe":
            code = await self._subscribe(socket, body)
        elif socket is not self._robot:
            code = NOT_SUBSCRIBED
        elif command.startswith("aibot_upload_media_"):
            if body.get("chunk_index", -1) == self.breaks_at:
                self.breaks_at = None
                socket.transport.abort()
                return
            code, given = self.uploads.take(command, body)
        elif command == "aibot_send_msg":
            code = self._push(body)
            if not code and self.deaf:
                self.deaf -= 1
                return
        else:
            code = 0 if command == "ping" else NO_SUCH_KIND
        words = {0: "ok", WRONG_SECRET: "invalid bot_id or secret, hint: [1], from ip: 127.0.0.1"}
        answer = {"headers": frame["headers"], "errcode": code, "errmsg": words.get(code, "no")}
        await socket.send(json.dumps(answer | ({"body": given} if given else {})))

    async def _subscribe(self, socket: ServerConnection, body: Mapping[str, Any]) -> int:
        if (body.get("bot_id"), body.get("secret")) != (ROBOT, self.secret):
            return WRONG_SECRET
        if self.answer:
            return self.answer
        older, self._robot = self._robot, socket
        if older and older is not socket:
            event = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}, "aibotid": ROBOT}
            with contextlib.suppress(ConnectionClosed):
                await older.send(
                    json.dumps({"cmd": "aibot_event_callback", "headers": {"req_id": "x"}, "body": event})
                )
            await older.close()
        return 0

    def _push(self, body: dict[str, Any]) -> int:
        kind, talk = body.get("msgtype"), str(body.get("chatid"))
        if kind in {"image", "file"}:
            kept = self.uploads.kept.get(body[kind]["media_id"])
            if kept is None or kept.kind != kind:
                return NO_SUCH_MEDIA
        elif kind != "markdown" or not body["markdown"]["content"]:
            return NO_SUCH_KIND
        if talk not in self.talks or body.get("chat_type", 0) not in {
            0,
            2 if talk.endswith("@chatroom") else 1,
        }:
            return NO_SUCH_TALK
        now, before = time.monotonic(), self._pushed.setdefault(talk, deque(maxlen=30))
        if len(before) == before.maxlen and now - before[0] < 60:
            return TOO_FAST
        before.append(now)
        self.said.append(body)
        return 0

    async def _file(self, _: ServerConnection, request: Request) -> Response | None:
        file = self.files.get(request.path.removeprefix("/files/"))
        if file is None:
            return Response(404, "Not Found", Headers()) if request.path.startswith("/files/") else None
        file.asked += 1
        await asyncio.sleep(file.delay)
        if file.fails:
            file.fails -= 1
            return Response(500, "Error", Headers())
        headers = Headers({"Content-Length": str(len(file.content))})
        if file.name:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return Response(200, "OK", headers, file.content)

    def shown(self) -> list[Kept]:
        """The files that the robot has pushed."""
        bodies = [body for body in self.said if body["msgtype"] in body and body["msgtype"] != "markdown"]
        return [self.uploads.kept[body[body["msgtype"]]["media_id"]] for body in bodies]

    # --- residents -------------------------------------------------------------------------------

    def keep(self, content: bytes, **what: object) -> dict[str, str]:
        """A file that somebody sends: where a message says it is, and its key."""
        key, name = os.urandom(32), f"f{len(self.files)}"
        self.files[name] = File(encrypted(content, key), **what)  # type: ignore[arg-type]  # as in File
        address = f"http://127.0.0.1:{self._port}/files/{name}?sign=of-this-file"
        self.files[f"{name}?sign=of-this-file"] = self.files[name]
        return {"url": address, "aeskey": base64.b64encode(key).decode().rstrip("=")}

    async def say(self, who: str, text: str, group: str | None = None, **more: object) -> str:
        """Somebody says something to the robot, in a group by calling it; the message's id."""
        said = f"@{NAME} {text}" if group else text
        return await self.send(who, group, msgtype="text", text={"content": said}, **more)

    async def send(self, who: str, group: str | None, **what: object) -> str:
        """Somebody sends something; the message's id, "" where the robot does not get it."""
        self._number += 1
        said = json.dumps(what, ensure_ascii=False)
        if group and f"@{NAME}" not in said:
            return ""  # what does not call the robot does not reach it
        self.talks.add(group or who)
        body = {
            "msgid": f"CAIQ{self._number}",
            "aibotid": ROBOT,
            **({"chatid": group} if group else {}),
            "chattype": "group" if group else "single",
            "from": {"userid": who},
            "response_url": "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=CODE",
            **what,
        }
        await self.deliver(body)
        return str(body["msgid"])

    async def deliver(self, body: Mapping[str, object]) -> None:
        """Hand a message to the robot."""
        self._number += 1
        await self.raw(
            json.dumps({"cmd": "aibot_msg_callback", "headers": {"req_id": f"r{self._number}"}, "body": body})
        )

    async def raw(self, text: str) -> None:
        """Hand anything to the robot."""
        assert self._robot, "nobody has subscribed"
        await self._robot.send(text)
