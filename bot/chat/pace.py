"""How fast the bot speaks: as a person would, because accounts are banned for less."""

import asyncio
import random
from collections import deque

_MINUTE = 60.0


class Pace:
    """At most so many lines a minute over all chats, each after a moment that is never the same."""

    def __init__(self, per_minute: int, jitter: float) -> None:
        self._sent: deque[float] = deque(maxlen=per_minute)
        self._jitter = jitter

    async def turn(self) -> None:
        """Wait until a line may be said."""
        loop = asyncio.get_running_loop()
        wait = random.uniform(0, self._jitter)  # noqa: S311 - not a secret
        if len(self._sent) == self._sent.maxlen:
            wait = max(wait, self._sent[0] + _MINUTE - loop.time())
        await asyncio.sleep(wait)
        self._sent.append(loop.time())
