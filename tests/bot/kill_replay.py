"""Replays a transcript again and again, killing it at a random moment each time (for test_kill.py).

    python kill_replay.py TRANSCRIPT DATABASE KILLS SEED

Prints how many of the kills struck while it was still at work, then the result as one JSON line.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from bot.replay import Replay
from bot.settings import Settings
from bot.transcript import load
from storage.database import Database


async def replay(transcript: Path, address: str) -> str:
    """Replay it on this database, going on where an earlier run stopped; the result."""
    database = Database(address)
    run = Replay(load(transcript), Settings(_env_file=None), database)
    async for _ in run.run():
        pass
    rows = await run.result()
    async with database.begin() as work:
        assert await work.messages.failures() == []
    await database.close()
    return json.dumps(rows, ensure_ascii=False)


def start(transcript: Path, address: str) -> int:
    """A child process that replays."""
    child = os.fork()
    if child == 0:
        asyncio.run(replay(transcript, address))
        os._exit(0)
    return child


def main() -> None:
    """Kill, kill again, and then let it come to its end."""
    transcript, address = Path(sys.argv[1]), sys.argv[2]
    chance = random.Random(int(sys.argv[4]))  # noqa: S311 - moments, not secrets
    struck = 0
    for _ in range(int(sys.argv[3])):
        child = start(transcript, address)
        time.sleep(chance.uniform(0.0, 0.25))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        struck += os.WIFSIGNALED(status)
    sys.stdout.write(f"{struck}\n")
    sys.stdout.write(asyncio.run(replay(transcript, address)) + "\n")


if __name__ == "__main__":
    main()
