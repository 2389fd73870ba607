"""The inbox: each message once, in order within its group, in one unit of work.

A message is kept as it arrives and dealt with after that, so that a crash between the two loses nothing;
one that makes the code raise is kept as failed, can be run again, and costs nobody else anything.
"""

import asyncio
import traceback
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakValueDictionary

import structlog

from bot.clock import Clock
from domain.ids import MessageId
from domain.message import Message
from domain.policy import Policy
from handlers.respond import respond
from storage.database import Database
from storage.messages import FAILED

log = structlog.get_logger()


class Inbox:
    """Takes messages from every connection."""

    def __init__(
        self, database: Database, policy: Policy, clock: Clock, answered: Callable[[], None]
    ) -> None:
        self._database = database
        self._policy = policy
        self._clock = clock
        self._answered = answered
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def receive(self, message: Message) -> bool:
        """Keep a message and deal with it; False where it was here before."""
        message = _storable(message)
        async with self._turn_of(message):
            async with self._database.begin() as work:
                new = await work.messages.receive(message)
            if new:
                await self._deal_with(message)
            return new

    async def recover(self) -> int:
        """Deal with what had arrived when the program last stopped; how many messages that were."""
        async with self._database.begin() as work:
            waiting = await work.messages.waiting()
        for message in waiting:
            async with self._turn_of(message):
                await self._deal_with(message)
        return len(waiting)

    async def retry(self) -> tuple[int, int]:
        """Run the failed messages again, oldest first: how many went well, how many failed again."""
        async with self._database.begin() as work:
            failed = await work.messages.waiting(FAILED)
        good = 0
        for message in failed:
            async with self._turn_of(message):
                good += await self._deal_with(message)
        return good, len(failed) - good

    def _turn_of(self, message: Message) -> asyncio.Lock:
        """The lock of the message's group, or of its sender's private talk."""
        return self._turns.setdefault(message.group or message.sender, asyncio.Lock())

    async def _deal_with(self, message: Message) -> bool:
        try:
            async with self._database.begin() as work:
                response = await respond(message, work, self._policy)
                await work.outbox.put(response.replies, message.id, self._clock.now())
                await work.messages.done(message.id, response.role, response.intent)
        except Exception:
            log.exception("message failed", message=message.id)
            await self._keep_as_failed(message.id, traceback.format_exc(limit=-8))
            return False
        self._answered()
        return True

    async def _keep_as_failed(self, message: MessageId, error: str) -> None:
        """A bug: kept with its traceback, the group told nothing."""
        async with self._database.begin() as work:
            await work.messages.failed(message, error)


def _storable(message: Message) -> Message:
    """The message without what no database takes: halves of characters, and the zero character."""
    return replace(message, text=_clean(message.text), sender_name=_clean(message.sender_name))


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
