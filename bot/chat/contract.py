"""What every connection does; one contract suite in the tests runs on all of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ids import MessageId
from domain.message import Message, Reply

Receive = Callable[[Message], Awaitable[bool]]
"""Takes what comes in; whether it was new."""


class SendFailed(Exception):
    """The platform did not take a line; `permanent` where trying again is useless."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class ConnectionRefused(Exception):
    """The platform does not let the bot in, and the settings say to stop then; in Chinese."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with a platform, for the maintainer.

    `words` are Chinese; `code` is what a QR code to log in with holds, "" where nobody has to.
    """

    words: str
    well: bool = True
    since: datetime | None = None
    code: str = ""


class Connection(Protocol):
    """A chat platform. What comes in goes to `Inbox.receive`, in order within each group."""

    async def send(self, reply: Reply, number: int) -> MessageId:
        """Say it; the platform's id of what was said. `number` is the line's own, the same at each attempt.

        It is one message: words, or the `file` of a reply without words. Raises SendFailed.
        """

    async def unsay(self, message: MessageId, said_at: datetime) -> bool:
        """Take back a line of the bot's; False where it is too late for that, or the platform cannot."""

    def standing(self) -> Standing:
        """How things stand now."""
