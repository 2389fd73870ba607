"""What the pages look at: the installation's own database, or that of a story being played."""

import asyncio
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.chat.browser import Changes
from bot.replay import Replay
from bot.settings import Settings
from bot.transcript import Transcript
from storage.database import Database
from storage.migrate import migrate

log = structlog.get_logger()


@dataclass(eq=False, slots=True)
class Stage:
    """A database with the chats in it, and who is told when they change."""

    database: Database
    changes: Changes = field(default_factory=Changes)
    playing: bool = False
    progress: float | None = None


class Story(Stage):
    """A transcript played by the real bot on a virtual clock, in a database that is thrown away."""

    __slots__ = ("_folder", "_task")

    def __init__(self, database: Database, folder: Path) -> None:
        super().__init__(database, playing=True, progress=0.0)
        self._folder = folder
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def start(cls, transcript: Transcript, settings: Settings, seconds: float) -> "Story":
        """Begin to play so that the whole takes about `seconds`."""
        folder = Path(tempfile.mkdtemp(prefix="wangge-story-"))
        address = f"sqlite:///{folder / 'story.db'}"
        await asyncio.to_thread(migrate, address)
        story = cls(Database(address), folder)
        replay = Replay(transcript, settings, story.database)
        await replay.set_up()
        story._task = asyncio.create_task(story._play(replay, len(transcript.messages), seconds))
        return story

    async def _play(self, replay: Replay, messages: int, seconds: float) -> None:
        said = 0
        try:
            async for _ in replay.run():
                self.progress = said / messages
                said += 1
                self.changes.notify()
                await asyncio.sleep(seconds / messages)
        except Exception:
            log.exception("story")
        self.progress = 1.0
        self.changes.notify()

    async def stop(self) -> None:
        """Stop it and let go of its files."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])
        await self.database.close()
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
