"""The second reader: a language model, asked where the embedded reader doubts, and believed within limits.

Whatever it does wrong costs the message a few seconds at most and is counted: the reading of the embedded
reader then stands. Neither the words of a message nor the key are ever logged.
"""

import asyncio
import hashlib
import json
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog

from bot.endpoint import Endpoint, NoAnswer, Reason
from bot.settings import ModelSettings, Settings
from understanding.by_model.answer import Malformed, Unusable, understand
from understanding.by_model.mask import Mask
from understanding.by_model.prompt import VERSION, request
from understanding.reading import Reading, Said, Surroundings

log = structlog.get_logger()

AT_ONCE = 4
"""Questions that are asked side by side."""
REST = 60.0
"""Seconds for which an endpoint that is late, gone or broken is left alone; then one message tries it."""
KEPT = 256
"""Answers that are kept, to be used again for the very same question."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often the model's reading was used since the start, and how often not, by reason."""

    model: str
    prompt: str
    used: int
    fallen_back: Mapping[str, int]
    resting: bool


class ModelReader:
    """Asks one endpoint; `monotonic` is the clock that waiting is measured by."""

    def __init__(self, settings: ModelSettings, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._endpoint = Endpoint(settings)
        self._monotonic = monotonic
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._answers: OrderedDict[str, str] = OrderedDict()
        self._used = 0
        self._fallen_back: Counter[str] = Counter()
        self._ill = False
        self._rests_until = -REST

    def wants(self, reading: Reading) -> bool:
        """Whether the model is to be asked. Never in danger: people are told to get away at once."""
        doubtful = reading.confidence < self._settings.doubt or bool(reading.doubtful)
        return (doubtful or self._settings.everything) and reading.danger is None

    def tally(self) -> Tally:
        """What came of it so far."""
        counts = {reason.value: self._fallen_back[reason] for reason in Reason if self._fallen_back[reason]}
        return Tally(self._settings.name, VERSION, self._used, counts, self._resting())

    async def read(self, said: Said, around: Surroundings) -> Reading | None:
        """What the model takes a message for; None where nothing came that can be used: why is counted."""
        try:
            reading = await self._read(said, around)
        except NoAnswer as error:
            self._count(error.reason, str(error), ill=error.ill)
        except Malformed as error:
            self._count(Reason.MALFORMED, str(error))
        except Unusable as error:
            self._count(Reason.UNUSABLE, str(error))
        else:
            self._used += 1
            log.debug("model used", model=self._settings.name, prompt=VERSION)
            return reading
        return None

    async def close(self) -> None:
        """Close the connections."""
        await self._endpoint.close()

    async def _read(self, said: Said, around: Surroundings) -> Reading:
        if self._resting():
            raise NoAnswer(Reason.RESTING)
        mask = Mask(said, around)
        question = request(said, around, mask)
        key = hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()
        answer = self._answers.get(key)
        if answer is None:
            answer = await self._asked(question)
        reading = understand(answer, said, around, mask)
        self._keep(key, answer)
        return reading

    async def _asked(self, question: dict[str, Any]) -> str:
        """The answer, within the time limit, waiting for one's turn included.

        The endpoint is to blame for being late where it had more than half of that time.
        """
        clock, limit = asyncio.get_running_loop().time, self._settings.seconds
        begun = due = clock() + limit
        try:
            async with asyncio.timeout(limit), self._slots:
                if self._resting():
                    raise NoAnswer(Reason.RESTING)
                begun = clock()
                if self._ill:
                    self._rests_until = self._monotonic() + REST  # one tries; the others go on without
                answer = await self._endpoint.ask(question)
        except TimeoutError:
            late = due - begun > limit / 2
            raise NoAnswer(Reason.LATE if late else Reason.BUSY, ill=late) from None
        self._ill = False
        self._rests_until = self._monotonic()
        return answer

    def _keep(self, key: str, answer: str) -> None:
        self._answers[key] = answer
        self._answers.move_to_end(key)
        if len(self._answers) > KEPT:
            self._answers.popitem(last=False)

    def _resting(self) -> bool:
        return self._monotonic() < self._rests_until

    def _count(self, reason: Reason, detail: str, *, ill: bool = False) -> None:
        self._fallen_back[reason] += 1
        if ill:
            self._ill = True
            self._rests_until = self._monotonic() + REST
        tell = log.debug if reason is Reason.RESTING else log.warning
        tell("model not used", reason=reason.value, detail=detail, rests=ill)


@asynccontextmanager
async def model_reader(settings: Settings) -> AsyncIterator[ModelReader | None]:
    """The model reader where one is configured; its figures are logged when it is let go."""
    configured = settings.language_model
    if configured is None:
        yield None
        return
    reader = ModelReader(configured)
    try:
        yield reader
    finally:
        tally = reader.tally()
        log.info("model", model=tally.model, used=tally.used, fallen_back=dict(tally.fallen_back))
        await reader.close()
