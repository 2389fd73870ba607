"""wechaty's ding-dong bot as it is, for `bench.wechat`: only what keeps wechaty from starting is cured.

    python -m bench.beside.stock ENDPOINT TOKEN

Prints "ready" once the account is logged in, and then how many messages it has had.
"""

import asyncio
import socket
import sys
from importlib import import_module
from typing import Any

from bench.beside.counting import Counter
from bot.chat.wechat.compat import PuppetOptions, PuppetService, Wechaty, WechatyOptions


class Telnet:
    """What wechaty pings its gateway with; gone from Python 3.13."""

    def open(self, host: str, port: int, timeout: float = 10) -> None:
        """Connect, once."""
        socket.create_connection((host, port), timeout=timeout).close()

    def close(self) -> None:
        """Nothing is open any more."""


class DingDong(Wechaty):  # type: ignore[misc]  # wechaty comes without types
    """Says dong to whoever says ding."""

    counter = Counter()

    async def on_login(self, contact: Any) -> None:  # noqa: ANN401 - as above
        """The account is there."""
        del contact
        self.counter.ready()

    async def on_message(self, msg: Any) -> None:  # noqa: ANN401 - as above
        """A message, with its sender and its room."""
        if msg.text() == "ding":
            await msg.say("dong")
        self.counter.one()


def main() -> None:
    for name in ("wechaty_puppet_service.utils", "wechaty.plugin"):
        import_module(name).Telnet = Telnet  # type: ignore[attr-defined]  # it comes without types
    options = PuppetOptions()
    options.end_point, options.token = sys.argv[1:]
    asyncio.run(DingDong(WechatyOptions(puppet=PuppetService(options))).start())


if __name__ == "__main__":
    main()
