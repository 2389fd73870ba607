"""The browser as a chat platform: what is said is shown by the pages, straight from the database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from bot.chat.contract import Standing
from domain.ids import MessageId
from domain.message import Reply

_LINKS = 100
"""So many lines with a link are remembered: they are good for minutes."""


class Changes:
    """Wakes everybody who looks at a chat when there is something new in it."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def notify(self) -> None:
        """Something is new."""
        self._next.set()
        self._next = asyncio.Event()

    async def follow(self) -> AsyncIterator[None]:
        """Yield at once, and after every change."""
        while True:
            coming = self._next
            yield
            await coming.wait()


class Recorded:
    """A connection without a platform: a line is said as soon as it stands in the outbox as sent.

    `links` are the words of the latest lines that went out with a link into the pages, by their names: no
    database has those.
    """

    def __init__(self) -> None:
        self.links: dict[MessageId, str] = {}

    async def send(self, reply: Reply, number: int) -> MessageId:
        """Take it as said."""
        name = MessageId(f"bot-{number}")
        if reply.login:
            self.links[name] = reply.text
        if len(self.links) > _LINKS:
            del self.links[next(iter(self.links))]
        return name

    async def unsay(self, message: MessageId, said_at: datetime) -> bool:
        """It is gone as soon as it is marked as taken back."""
        del message, said_at
        return True

    def standing(self) -> Standing:
        """There is nothing that could be away."""
        return Standing("没有接微信，群在网页里。")
