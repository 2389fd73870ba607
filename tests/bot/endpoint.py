"""A language model's server for tests: real HTTP on this machine, and it answers as the test wants."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

NOTHING: dict[str, Any] = {
    "intent": "chatter",
    "confidence": 0.95,
    "problems": [],
    "continues": None,
    "location": "",
    "urgent": False,
    "gathers": [],
    "acts": [],
    "until": None,
    "unit": None,
    "referral": None,
    "danger": None,
}
"""An answer that says that a message is chatter."""


def reports(category: str, location: str) -> dict[str, Any]:
    """An answer that finds one problem."""
    problem = {"category": category, "location": location, "urgent": False, "confidence": 0.9}
    return NOTHING | {"intent": "report", "problems": [problem]}


def acts(action: str, *tickets: str) -> dict[str, Any]:
    """An answer that finds an action on each of these tickets."""
    each = [{"action": action, "ticket": no, "candidates": [], "confidence": 0.9} for no in tickets]
    return NOTHING | {"intent": "action", "acts": each}


@dataclass
class Asked:
    """A request as it came over the wire."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def question(self) -> dict[str, Any]:
        """The body, read."""
        question: dict[str, Any] = json.loads(self.body)
        return question

    @property
    def facts(self) -> dict[str, Any]:
        """The chat as the model is shown it."""
        facts: dict[str, Any] = json.loads(self.question["messages"][1]["content"])
        return facts


Script = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """What the server does, and what it was asked; a test changes `does` as it goes."""

    does: Script
    asked: list[Asked] = field(default_factory=list)
    address: str = ""
    _answering: set[asyncio.Task[None]] = field(default_factory=set)

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Somebody has something to ask."""
        task = asyncio.create_task(self._serve(reader, writer))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def stop(self) -> None:
        """Let go of whoever is still being answered."""
        for task in (left := list(self._answering)):
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            body = await reader.readexactly(int(headers["content-length"]))
            asked = Asked(first.split()[1], headers, body.decode())
            self.asked.append(asked)
            await self.does(asked, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


@asynccontextmanager
async def serving(does: Script) -> AsyncIterator[Server]:
    """Serve on a free port of this machine."""
    server = Server(does)
    listening = await asyncio.start_server(server.connected, "127.0.0.1", 0)
    server.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    try:
        yield server
    finally:
        listening.close()
        await server.stop()
        await listening.wait_closed()


async def send(writer: asyncio.StreamWriter, body: bytes, status: str = "200 OK") -> None:
    """A whole HTTP response."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
    await writer.drain()


def completion(content: object) -> bytes:
    """A chat completion with this content."""
    message = {"role": "assistant", "content": content}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    return json.dumps({"object": "chat.completion", "choices": choices}).encode()


def says(answer: dict[str, Any] | str) -> Script:
    """Answer with this Reading, or with these very words."""
    words = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)

    async def script(_: Asked, writer: asyncio.StreamWriter) -> None:
        await send(writer, completion(words))

    return script


def sends(body: bytes, status: str = "200 OK") -> Script:
    """Answer with these bytes."""

    async def script(_: Asked, writer: asyncio.StreamWriter) -> None:
        await send(writer, body, status)

    return script


def takes(seconds: float, then: Script) -> Script:
    """Wait before answering."""

    async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await then(asked, writer)

    return script


def streams(part: bytes, parts: int, pause: float = 0.0) -> Script:
    """Answer in parts, without end where there are many of them."""

    async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
        del asked
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(parts):
            writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            await writer.drain()
            await asyncio.sleep(pause)
        writer.write(b"0\r\n\r\n")

    return script


async def hangs_up(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Answer nothing and close the connection."""
    writer.close()


def in_turn(*scripts: Script) -> Script:
    """Do one after the other, the last one from then on."""
    left = list(scripts)

    async def script(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(asked, writer)

    return script
