"""The inbox: each message once, in order within its group, in one unit of work.

A message is kept as it arrives and dealt with after that, so that a crash between the two loses nothing;
one that makes the code raise is kept as failed, can be run again, and costs nobody else anything.
A second reader, where there is one, is asked between two units of work, never within one.
"""

import asyncio
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

import structlog

from bot.clock import Clock
from bot.model_reader import ModelReader
from domain.ids import MessageId
from domain.message import Message
from domain.policy import Policy
from handlers.quiet import timed
from handlers.respond import Undecided, in_time, respond
from storage.database import Database, Work
from storage.media import MediaStore
from storage.messages import FAILED
from understanding import Reading

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Done:
    """What is left to do about a message that was dealt with.

    `file` is the hash of a file that was taken back with its message; `speaks` whether there are lines.
    """

    file: str | None = None
    speaks: bool = False


class Inbox:
    """Takes messages from every connection."""

    def __init__(
        self,
        database: Database,
        policy: Policy,
        media: MediaStore,
        clock: Clock,
        answered: Callable[[bool], None],
        model: ModelReader | None = None,
    ) -> None:
        self._database = database
        self._policy = policy
        self._media = media
        self._clock = clock
        self._answered = answered
        self._model = model
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def receive(self, message: Message) -> bool:
        """Keep a message and deal with it; False where it was here before."""
        message = _storable(message)
        async with self._turn_of(message):
            async with self._database.begin() as work:
                new = await work.messages.receive(message)
            if new:
                await self._deal_with(message.id)
            return new

    async def recover(self) -> int:
        """Deal with what had arrived when the program last stopped; how many messages that were."""
        async with self._database.begin() as work:
            waiting = await work.messages.waiting()
        for message in waiting:
            async with self._turn_of(message):
                await self._deal_with(message.id)
        return len(waiting)

    async def retry(self) -> tuple[int, int]:
        """Run the failed messages again, oldest first: how many went well, how many failed again."""
        async with self._database.begin() as work:
            failed = await work.messages.waiting(FAILED)
        good = 0
        for message in failed:
            async with self._turn_of(message):
                good += await self._deal_with(message.id)
        return good, len(failed) - good

    def _turn_of(self, message: Message) -> asyncio.Lock:
        """The lock of the message's group, or of its sender's private talk."""
        return self._turns.setdefault(message.group or message.sender, asyncio.Lock())

    async def _deal_with(self, key: MessageId) -> bool:
        try:
            outcome = await self._attempt(key)
            if isinstance(outcome, Undecided):
                outcome = await self._attempt(key, await self._resolved(outcome))
        except Exception:
            log.exception("message failed", message=key)
            await self._keep_as_failed(key, traceback.format_exc(limit=-8))
            return False
        done = outcome if isinstance(outcome, _Done) else _Done()
        if done.file:
            self._media.discard(done.file)
        self._answered(done.speaks)
        return True

    async def _attempt(self, key: MessageId, reading: Reading | None = None) -> _Done | Undecided | None:
        """One unit of work: what `_answer` gives, or nothing where the message has been dealt with."""
        async with self._database.begin() as work:
            message = await work.messages.undone(key)
            return await self._answer(work, message, reading) if message else None

    async def _resolved(self, undecided: Undecided) -> Reading:
        """What the model reads, or what was read without it; the group's turn is held meanwhile."""
        if self._model is None:
            return undecided.reading
        try:
            return await self._model.read(undecided.said, undecided.around) or undecided.reading
        except Exception as error:  # noqa: BLE001 - a bug of the second reader costs nobody the first one
            log.error("model reader failed", error=type(error).__name__)  # noqa: TRY400 - no words in a log
            return undecided.reading

    async def _answer(self, work: Work, message: Message, reading: Reading | None) -> _Done | Undecided:
        """Everything that follows from a message; nothing yet where it gives Undecided."""
        now = self._clock.now()
        wants = self._model.wants if self._model else None
        response = await respond(message, work, self._policy, now, reading=reading, wants=wants)
        if isinstance(response, Undecided):
            return response
        lines = in_time(response, message, self._policy, now)
        lines = await timed(lines, work, self._policy, now, (message, response.role))
        await work.outbox.put(lines, message.id, now)
        await work.messages.done(message.id, response.role, response.intent)
        recalled = message.recalls
        file = await work.messages.forget(recalled, message.sender) if recalled else None
        return _Done(file, speaks=bool(lines))

    async def _keep_as_failed(self, message: MessageId, error: str) -> None:
        """A bug: kept with its traceback, the group told nothing."""
        async with self._database.begin() as work:
            await work.messages.failed(message, error)


def _storable(message: Message) -> Message:
    """The message without what no database takes: halves of characters, and the zero character."""
    return replace(message, text=_clean(message.text), sender_name=_clean(message.sender_name))


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
