"""A script through the real bot, on a virtual clock; the program may be killed at any step, and is started again."""

import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot import law_file
from bot.app import App
from bot.chat.contract import Standing
from bot.clock import VirtualClock
from bot.replay import pass_time
from bot.settings import Settings
from domain.ids import GroupId, MemberId, MessageId, TicketNo
from domain.law import shipped
from domain.message import Message, Reply
from handlers import respond
from storage.connection import Inline
from storage.database import Database, Work
from storage.roster import join_group, save_roster
from tests.chat import NO_REPORTS
from tests.year.people import RESIDENTS, District
from tests.year.script import Event, Script
from understanding import Act, Intent, Problem, Reading, Said, Surroundings, read

_NUMBER = "select ticket_no from history where seq = 1 and message_id = ?"


class Killed(BaseException):
    """The program is no more; nothing in it may catch this."""


@dataclass
class Fate:
    """At which steps the program dies: a statement, a commit, a line on its way to the platform."""

    at: frozenset[int] = frozenset()
    steps: int = 0
    died: int = 0

    def step(self, connection: Inline | None = None) -> None:
        """One more step; the last one, perhaps. The system closes the file, and nobody tidies up."""
        self.steps += 1
        if self.steps in self.at:
            self.died += 1
            if connection is not None:
                driver = connection.sync_connection.connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                driver.rollback()  # as the system does; a statement that is still held would keep the lock
                driver.close()
            raise Killed

    @classmethod
    def of(cls, steps: int, kills: int, seed: int = 1) -> "Fate":
        """To die so many times on a way of so many steps."""
        chance = random.Random(seed)  # noqa: S311  (the same every time)
        return cls(frozenset(chance.sample(range(1, steps), min(kills, steps - 1))))


@dataclass(frozen=True)
class Spoken:
    """A message of the bot's on the platform: the number of its line in the outbox."""

    at: datetime
    number: int
    reply: Reply


@dataclass
class Platform:
    """Takes every line, and remembers when; it may be the last that the program does."""

    clock: VirtualClock
    fate: Fate
    said: list[Spoken] = field(default_factory=list)

    async def send(self, reply: Reply, number: int) -> MessageId:
        """Take a line."""
        self.fate.step()
        self.said.append(Spoken(self.clock.now(), number, reply))
        self.fate.step()
        return MessageId(f"bot-{number}")

    async def unsay(self, message: MessageId, said_at: datetime) -> bool:
        """Nothing is taken back."""
        del message, said_at
        return False

    def standing(self) -> Standing:
        """Well."""
        return Standing("很好", well=True)


class Mortal(Database):
    """A database whose program may die in the middle of a unit of work, and around its end."""

    def __init__(self, address: str, fate: Fate) -> None:
        super().__init__(address)
        self._fate = fate

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """A unit of work."""
        async with super().begin() as work:
            yield work
            assert isinstance(work.connection, Inline)
            self._fate.step(work.connection)
        self._fate.step()


@contextmanager
def mortal(fate: Fate) -> Iterator[None]:
    """Each statement may be the last one."""
    execute = Inline.execute

    async def watched(self: Inline, statement: Any, parameters: Any = None) -> Any:  # noqa: ANN401  (hands through)
        if self.version is not None:
            fate.step(self)
        return await execute(self, statement, parameters)

    with patch.object(Inline, "execute", watched):
        yield


@dataclass
class World:
    """The district with the bot in it. `programs` run side by side on the database, the first one takes messages."""

    script: Script
    folder: Path
    fate: Fate = field(default_factory=Fate)
    settings: dict[str, Any] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    numbers: dict[str, TicketNo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set the clock."""
        self.address = f"sqlite:///{self.folder / 'wangge.db'}"
        self.clock = VirtualClock(self.script.begins)
        self.platform = Platform(self.clock, self.fate)
        self.app = self._born()

    def _born(self) -> App:
        chosen = NO_REPORTS | self.settings
        settings = Settings(_env_file=None, database=self.address, media=self.folder / "media", **chosen)
        return App(settings, Mortal(self.address, self.fate), self.platform, self.clock)

    async def live(self, passed: Callable[[datetime], None] = lambda _: None) -> None:
        """Everything that is said, and the time between."""
        await self._furnish(self.script.district)
        with patch.object(respond, "read", self._read), mortal(self.fate):
            await self._alive(self._start)
            for event in self.script.events:
                await self._alive(partial(self._wait, event.at))
                await self._alive(partial(self._hear, await self._message(event)))
                passed(event.at)
            await self._alive(partial(self._wait, self.script.ends))
        await self.app.database.close()

    async def _start(self) -> None:
        await self.app.catch_up()

    async def _wait(self, until: datetime) -> None:
        await pass_time(self.app, self.clock, until)

    async def _hear(self, message: Message) -> None:
        await self.app.inbox.receive(message)
        await self.app.outbox.flush()

    async def _alive(self, does: Callable[[], Awaitable[object]]) -> None:
        """Do it; where the program dies of it, start it again and have it done: the platform tells it again."""
        while True:
            try:
                await does()
            except Killed:
                self.app = self._born()
                does = self._after_start(does)
            else:
                return

    def _after_start(self, does: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
        async def again() -> None:
            await self.app.catch_up()
            await does()

        return again

    async def _furnish(self, district: District) -> None:
        database = Database(self.address)
        async with database.begin() as work:
            await save_roster(work.connection, district.roster())
            for place in district.places:
                people = {MemberId(place.resident(n)): f"邻居{n}" for n in range(RESIDENTS)}
                await join_group(work.connection, GroupId(place.group), people)
        await database.close()

    async def _message(self, event: Event) -> Message:
        text, no = event.text, self._number(event)
        if no:
            text = text.replace("no", no)
        if not event.read:
            self.readings[event.key] = _reading(event, no)
        return Message(
            id=MessageId(event.key),
            group=GroupId(event.group) if event.group else None,
            sender=MemberId(event.who),
            sender_name=event.who,
            sent_at=event.at,
            text=text,
        )

    def _number(self, event: Event) -> TicketNo | None:
        if event.about and event.about not in self.numbers:
            with closing(sqlite3.connect(self.folder / "wangge.db")) as look:
                row = look.execute(_NUMBER, (event.about,)).fetchone()
            assert row, f"nothing was registered for {event.about}"
            self.numbers[event.about] = TicketNo(row[0])
        return self.numbers.get(event.about)

    def _read(self, message: Said, around: Surroundings) -> Reading:
        return self.readings.get(message.id or "") or read(message, around)


def _reading(event: Event, no: TicketNo | None) -> Reading:
    if no and event.action:
        return Reading(Intent.ACTION, 1.0, acts=(Act(event.action, no, 1.0, outright=True),))
    if no and event.location:
        return Reading(Intent.REPORT, 1.0, continues=no, location=event.location)
    if event.category:
        return Reading(
            Intent.REPORT, 1.0, problems=(Problem(event.category, event.location, event.urgent, 1.0),)
        )
    return Reading(Intent.CHATTER, 1.0)


def verified(folder: Path) -> Path:
    """A file in which a law card has been verified: it can be said every week."""
    path, card = folder / "law.csv", shipped().get("P36")
    assert card
    law_file.write(
        path, [law_file.row(card) | {"核验人": "法制科", "核验日期": "2025-12-01", "条号": "第三十六条"}]
    )
    return path
