"""A real Wechaty gateway for tests, with residents who do what a test says. Needs Node; see tests/gateway/."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import uuid
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any, Self

import httpx
import pytest

FOLDER = Path(__file__).parents[1] / "gateway"
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(
    NODE is None or not (FOLDER / "node_modules").is_dir(),
    reason="没有 Node，或没有装好 tests/gateway（./dev test 会装） / no Node, or tests/gateway is not installed",
)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


class Gateway:
    """The gateway's process: may be killed, frozen, started again on the same port."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.world = world
        self.token = f"a-token-of-the-tests-{uuid.uuid4()}"  # tests run side by side on one machine
        self.port = free_port()
        self._process: Process | None = None
        self._control = ""
        once = httpx.Limits(
            max_keepalive_connections=0
        )  # Node closes idle ones, perhaps just as we ask again
        self._client = httpx.AsyncClient(timeout=30, trust_env=False, limits=once)

    @property
    def endpoint(self) -> str:
        """Where a client finds it."""
        return f"127.0.0.1:{self.port}"

    async def start(self) -> Self:
        """Start it, and wait until it listens."""
        setting = {"token": self.token, "port": self.port, "control": 0, "world": self.world}
        self._process = await asyncio.create_subprocess_exec(
            NODE or "node",
            str(FOLDER / "gateway.js"),
            stdout=PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "GATEWAY": json.dumps(setting)},  # noqa: TID251 - Node's own, and the settings
        )
        assert self._process.stdout
        line = await asyncio.wait_for(self._process.stdout.readline(), 30)
        self._control = f"http://127.0.0.1:{json.loads(line)['control']}"
        return self

    async def kill(self) -> None:
        """The machine it runs on is gone."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def freeze(self) -> None:
        """It hangs: the connection stands, nothing is answered."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on."""
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    async def stop(self) -> None:
        """The end of the test."""
        with contextlib.suppress(ProcessLookupError):
            await self.kill()
        await self._client.aclose()

    async def do(self, name: str, /, **what: object) -> Any:  # noqa: ANN401 - whatever is answered
        """A resident, or WeChat itself, does something; see tests/gateway/puppet.js."""
        answer = await self._client.post(self._control, json={"do": name, **what})
        assert answer.status_code == 200, answer.text
        return answer.json()
