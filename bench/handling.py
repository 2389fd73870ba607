"""How cheap a message is, from its arrival to its answer, beside a named baseline: `./dev bench handling`.

The baseline is the least that a program can do which keeps a message through SQLAlchemy: one insert and one
commit a message, on the async engine for SQLite (aiosqlite), with the same pragmas, and nothing else: no
reading, no answer. The burst goes through the real bot: four groups with roster and ten open tickets each,
everybody talking at once, 90 % chatter, reports, officers' replies. It is run with little and with much kept
(50,000 messages, 2,000 closed tickets). Everything is processor time of the whole program, all its threads.
"""

import argparse
import asyncio
import gc
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import create_async_engine

from bench.beside.talk import GROUPS, PEOPLE, START, Words, group, heard
from bot.app import App
from bot.chat.browser import Recorded
from bot.clock import VirtualClock
from bot.settings import Settings
from domain.action import Action
from domain.ids import MemberId
from domain.message import Message
from domain.people import Community, Person, Role, Roster
from domain.state import State
from domain.ticket import Actor, Ticket
from evaluation.replays import put_before, silent
from storage.database import Database, Work, prepare_sqlite
from storage.migrate import migrate
from storage.outgoing import SENT
from storage.roster import join_group, save_roster
from storage.rows import message_to_row
from storage.schema import messages
from understanding import Reading, Said, Surroundings, read

LONG_AGO = START - timedelta(days=90)
OPEN = 10
KEPT, CLOSED = 50_000, 2_000


def roster() -> Roster:
    """Communities with two officers each."""
    return Roster(
        tuple(
            Community(
                f"第{number}社区",
                "东街",
                group(number),
                officers=tuple(Person(MemberId(f"o{number}-{i}"), f"城管{i}") for i in (1, 2)),
            )
            for number in range(GROUPS)
        )
    )


async def a_ticket(work: Work, words: Words, number: int, at: datetime) -> Ticket:
    """A ticket as a resident opened it, with its officers."""
    which, text = number % GROUPS, words.reports[number % len(words.reports)]
    said = heard(f"t{number}", which, f"p{which}-{number % PEOPLE}", at, text)
    await work.messages.receive(said)
    await work.messages.done(said.id, Role.RESIDENT, "report")
    no = await work.tickets.next_no(at.date())
    ticket = Ticket(no, f"第{which}社区", group(which), "店外经营", f"{number}栋", urgent=False, opened_at=at)
    entries = [ticket.register(Actor(Role.RESIDENT, said.sender, reporter=True), said.id)]
    entries.append(ticket.dispatch(MemberId(f"o{which}-1"), MemberId(f"o{which}-2"), at))
    await work.tickets.add(ticket, said.sender, entries)
    return ticket


def an_old_row(number: int, words: Words) -> dict[str, object]:
    """A line of chatter of long ago, as it is kept."""
    which, text = number % GROUPS, words.chatter[number % 500]
    said = heard(
        f"k{number}", which, f"p{which}-{number % PEOPLE}", LONG_AGO + timedelta(seconds=number), text
    )
    done = {"status": "done", "role": "resident", "intent": "chatter", "recalled": False}
    return message_to_row(said) | done


async def fill(database: Database, words: Words, kept: int, closed: int) -> None:
    """What was there before the burst: the roster, open tickets, and what a long time has left."""
    async with database.begin() as work:
        await save_roster(work.connection, roster())
        for number in range(GROUPS):
            people = {MemberId(f"p{number}-{i}"): f"名p{number}-{i}" for i in range(PEOPLE)}
            await join_group(work.connection, group(number), people)
        if kept:
            await work.connection.execute(insert(messages), [an_old_row(n, words) for n in range(kept)])
        for number in range(OPEN * GROUPS, OPEN * GROUPS + closed):
            ticket = await a_ticket(work, words, number, LONG_AGO)
            officer = Actor(Role.OFFICER, ticket.main)
            await work.tickets.save(ticket, ticket.apply(Action.RESOLVE, officer, LONG_AGO))
            reporter = Actor(Role.RESIDENT, MemberId("x"), reporter=True)
            await work.tickets.save(ticket, ticket.apply(Action.CONFIRM, reporter, LONG_AGO))
            assert ticket.state is State.CLOSED  # noqa: S101 - else something else is measured
        for number in range(OPEN * GROUPS):
            await a_ticket(work, words, number, START - timedelta(hours=5))


@dataclass
class Reader:
    """Stands in front of the reader and says how long it took."""

    seconds: float = 0

    def __call__(self, message: Said, around: Surroundings) -> Reading:
        started = time.thread_time()
        reading = read(message, around)
        self.seconds += time.thread_time() - started
        return reading


@dataclass
class Figures:
    """What a burst cost, in seconds of processor time, and in statements for each of its messages."""

    handling: float
    reading: float
    statements: list[int]
    quiet: list[int]
    sending: float
    sent: int


def opened(database: Database) -> list[sqlite3.Connection]:
    """Every connection that it opens from now on."""
    found: list[sqlite3.Connection] = []

    @event.listens_for(database.engine, "connect")
    def noted(connection: sqlite3.Connection, _record: object) -> None:
        found.append(connection)

    return found


def counted(connections: list[sqlite3.Connection]) -> list[str]:
    """Every statement that reaches SQLite from now on, without what begins and ends a transaction."""
    seen: list[str] = []

    def noted(words: str) -> None:
        if not words.startswith(("BEGIN", "COMMIT", "PRAGMA", "--")):
            seen.append(words)

    for connection in connections:
        connection.set_trace_callback(noted)
    return seen


async def statements(
    app: App, seen: list[str], burst: Sequence[Message], words: Words
) -> tuple[list[int], list[int]]:
    """How many statements each of these messages takes, and each that is chatter."""
    taken = []
    for message in burst:
        before = len(seen)
        await app.inbox.receive(message)
        taken.append(len(seen) - before)
    return taken, [n for n, m in zip(taken, burst, strict=True) if m.text in words.chatter]


async def handling(scratch: Path, size: int, kept: int, closed: int) -> Figures:
    """A burst through the bot."""
    address = f"sqlite:///{scratch}/bot{kept}.db"
    migrate(address)
    database, words, reader = Database(address), Words(random.Random(1)), Reader()  # noqa: S311 - no secrets
    connections = opened(database)
    await fill(database, words, kept, closed)
    put_before(reader)
    settings = Settings(_env_file=None, database=address, media=scratch / "media", pace_seconds=0)
    app = App(settings, database, Recorded(), VirtualClock(START + timedelta(hours=1)))
    burst = [words.say(number) for number in range(size + 200)]
    rooms = [[m for m in burst[100:-100] if m.group == group(number)] for number in range(GROUPS)]

    async def talk(room: Sequence[Message]) -> None:
        for message in room:
            await app.inbox.receive(message)

    for message in burst[:100]:  # everything is loaded and compiled once
        await app.inbox.receive(message)
    reader.seconds = 0
    spent = await cost(lambda: asyncio.gather(*(talk(room) for room in rooms)))
    read_for = reader.seconds
    sending = await cost(app.outbox.flush)
    async with database.begin() as work:
        sent = len(await work.outbox.of_status(SENT))
    seen = counted(connections)
    taken, quiet = await statements(app, seen, burst[-100:], words)
    async with database.begin() as work:
        assert not await work.messages.failures()  # noqa: S101 - as above
    await database.close()
    return Figures(spent / size, read_for / size, taken, quiet, sending / max(sent, 1), sent)


async def cost(work: Callable[[], object]) -> float:
    """The processor time that this takes, with nothing left of what was before."""
    gc.collect()
    started = time.process_time()
    await work()  # type: ignore[misc]  # whatever can be awaited
    return time.process_time() - started


async def baseline(scratch: Path, size: int) -> float:
    """One bare insert and commit a message."""
    address = f"{scratch}/bare.db"
    migrate(f"sqlite:///{address}")
    engine, words = create_async_engine(f"sqlite+aiosqlite:///{address}"), Words(random.Random(1))  # noqa: S311
    prepare_sqlite(engine.sync_engine)
    burst = [words.say(number) for number in range(size)]

    async def keep() -> None:
        for message in burst:
            async with engine.begin() as connection:
                row = message_to_row(message) | {"status": "new", "recalled": False}
                await connection.execute(insert(messages), [row])

    spent = await cost(keep)
    await engine.dispose()
    return spent / size


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=2000, metavar="N", help="a burst of so many")
    size = parser.parse_args().messages
    silent()
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as scratch:
        bare = asyncio.run(baseline(Path(scratch), size))
        little = asyncio.run(handling(Path(scratch), size, 0, 0))
        much = asyncio.run(handling(Path(scratch), size, KEPT, CLOSED))
    print(f"{f'{size} messages':52}{'ms':>8}{'beside one bare insert':>26}")
    for label, seconds in (
        ("one bare SQLAlchemy insert and commit (aiosqlite)", bare),
        ("a message, all in", little.handling),
        ("  of that: reading it", little.reading),
        ("  of that: keeping, finding, answering, marking", little.handling - little.reading),
        (f"a message, with {KEPT} and {CLOSED} closed tickets kept", much.handling),
        ("sending a line of the bot's", little.sending),
    ):
        print(f"{label:52}{1000 * seconds:8.3f}{seconds / bare:26.2f}")
    print(f"{'with much kept beside with little':52}{'':8}{much.handling / little.handling:26.2f}")
    print(f"{'statements for a line of chatter, median':52}{sorted(little.quiet)[len(little.quiet) // 2]:8}")
    print(f"{'statements for any message, mean':52}{sum(little.statements) / len(little.statements):8.1f}")


if __name__ == "__main__":
    main()
