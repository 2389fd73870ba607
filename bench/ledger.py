"""How long a ledger takes, how much room, and what it costs who is waiting meanwhile: `./dev bench ledger`.

Each size is a database of its own and a fresh process. The bot's own event loop runs beside the making and
wakes up every few milliseconds: how late it is at most is how long somebody in a group would wait for it.
"""

import argparse
import asyncio
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.demo import sample_roster
from bot.paper_maker import Maker, of
from bot.settings import Settings
from domain.action import Action
from domain.category import TimeLimits, categories
from domain.ids import TicketNo
from domain.paper import PaperKind, Wanted
from domain.people import Community, Person, Role, Supervisor
from domain.state import Outcome, State
from domain.ticket import Ticket, ticket_no
from storage.database import Database
from storage.migrate import migrate
from storage.roster import save_roster
from storage.rows import ticket_to_row
from storage.schema import history, messages, patrols, satisfactions, tickets

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_YEAR = timedelta(days=365)
_CHUNK = 2_000
_ROADS = ("洪都中大道", "井冈山大道", "迎宾大道", "何坊西路", "京山北路", "施尧路")
_NOTES = (
    "到场劝导，物品已归店",
    "已清理干净",
    "已责令停工，当事人同意自行拆除",
    "设备已加装净化器",
    "=已处理",
    "",
)
_WAKE, _IDLE = 0.005, 5.0
_RATED = 0.3
"""So many of the closed ones somebody has rated."""
_USUAL, _HOT = 0.1, 10
"""So many of all are of one kind, in one place of so many communities: where it keeps coming back."""
_SAID = 3
"""From this step on the officers say something."""


class Fill:
    """Tickets of a year, as they might have been: most are closed, some late, some still open."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.count = count
        self.chance = random.Random(seed)  # noqa: S311  (no secret)
        self.roster = sample_roster()
        self.kinds = list(categories())

    async def into(self, database: Database) -> None:
        """Fill an empty database."""
        async with database.begin() as work:
            await save_roster(work.connection, self.roster)
            await work.connection.execute(insert(messages), [_message()])
        rows = self._rows()
        while True:
            chunk = list(islice(rows, _CHUNK))
            if not chunk:
                return
            async with database.begin() as work:
                await work.connection.execute(insert(tickets), [ticket for ticket, _ in chunk])
                await work.connection.execute(insert(history), [step for _, steps in chunk for step in steps])
                scores = [
                    {
                        "ticket_no": ticket["no"],
                        "score": self.chance.choice((1, 1, 1, 2, 3)),
                        "at": ticket["ended_at"],
                    }
                    for ticket, _ in chunk
                    if ticket["state"] is State.CLOSED and self.chance.random() < _RATED
                ]
                if scores:
                    await work.connection.execute(insert(satisfactions), scores)
                await work.connection.execute(insert(patrols), [self._patrol() for _ in chunk[::20]])

    def _rows(self) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
        a_day: dict[Any, int] = {}
        for number in range(self.count):
            opened = NOW - _YEAR + _YEAR * number / self.count
            day = opened.date()
            a_day[day] = a_day.get(day, 0) + 1
            ticket = self._ticket(ticket_no(day, a_day[day]), opened)
            row = ticket_to_row(ticket) | {"last_at": ticket.ended_at or ticket.opened_at}
            yield row, list(self._steps(ticket))

    def _ticket(self, no: TicketNo, opened: datetime) -> Ticket:
        chance, community = self.chance, self.chance.choice(self.roster.communities)
        kind = chance.choices(self.kinds, weights=range(len(self.kinds), 0, -1))[0]
        place = chance.choice(
            (
                "",
                f"{chance.choice(_ROADS)}{chance.randrange(1, 90)}号",
                f"{chance.randrange(1, 30)}栋楼下",
                chance.choice(_ROADS),
            )
        )
        if chance.random() < _USUAL:
            community, kind, place = chance.choice(self.roster.communities[:_HOT]), self.kinds[0], "菜场东门"
        limit = TimeLimits().limits(kind).resolve
        reported = opened + timedelta(hours=chance.expovariate(1 / 20))
        state = chance.choices(list(State), weights=_weights(NOW - opened))[0]
        ended = None if state in _STILL else reported + timedelta(hours=chance.expovariate(1 / 30))
        ticket = Ticket(
            no, community.name, community.group, kind, place, urgent=False, opened_at=opened, state=state,
            main=community.officers[0].id, assisting=community.officers[1].id,
            households=chance.choice((1, 1, 1, 2, 3)), resolve_limit=str(limit),
            arrive_by=opened + timedelta(hours=4),
            resolve_by=opened + timedelta(hours=chance.choice((8, 24, 72))),
            ended_at=ended,
        )  # fmt: skip
        if state in {State.CLOSED, State.REPORTED}:
            ticket.reported_at = reported
        if state is State.CLOSED:
            ticket.outcome = chance.choice(list(Outcome))
        if state is State.SUSPENDED:
            ticket.paused_at, ticket.suspended_until = reported, NOW.date() + timedelta(days=60)
        if state is State.TRANSFERRED:
            ticket.transferred_to = "市政"
        if state is State.EXTENDED:
            ticket.extensions, ticket.extended_until = 1, NOW.date()
        return ticket

    def _steps(self, ticket: Ticket) -> Iterator[dict[str, Any]]:
        last = ticket.reported_at or ticket.ended_at or ticket.opened_at + timedelta(hours=2)
        span = last - ticket.opened_at
        steps = [Action.REGISTER, Action.DISPATCH, Action.ACCEPT, Action.PROGRESS]
        steps += [Action.RESOLVE] if ticket.reported_at else []
        steps += [Action.SUSPEND] if ticket.state is State.SUSPENDED else []
        for number, action in enumerate(steps):
            by_officer = number > 1
            yield {
                "ticket_no": ticket.no, "seq": number + 1, "action": action, "before": None,
                "at": ticket.opened_at + span * number / max(len(steps) - 1, 1), "after": ticket.state,
                "outcome": None, "role": Role.OFFICER if by_officer else Role.BOT,
                "person": ticket.main if by_officer else None, "message_id": None,
                "note": self.chance.choice(_NOTES) if number >= _SAID else "", "previous": "", "hash": "",
            }  # fmt: skip

    def _patrol(self) -> dict[str, Any]:
        community: Community = self.chance.choice(self.roster.communities)
        return {
            "message_id": "m", "officer": community.officers[0].id, "community": community.name,
            "category": self.chance.choice(("店外经营", "违章搭建", "占道经营")),
            "count": self.chance.randrange(1, 5), "place": self.chance.choice(_ROADS),
            "at": NOW - _YEAR * self.chance.random(), "void": False,
        }  # fmt: skip


_STILL = frozenset(
    {
        State.REGISTERED,
        State.DISPATCHED,
        State.ACCEPTED,
        State.HANDLING,
        State.EXTENDED,
        State.REPORTED,
        State.REWORK,
        State.SUSPENDED,
    }
)


def _weights(age: timedelta) -> list[float]:
    """Most of what is a week old is closed."""
    done = {State.CLOSED: 90.0, State.TRANSFERRED: 4, State.REJECTED: 3, State.WITHDRAWN: 1}
    if age > timedelta(days=7):
        return [done.get(state, 0.05) for state in State]
    return [done.get(state, 20) for state in State]


def _message() -> dict[str, Any]:
    return {
        "id": "m", "group_id": None, "sender": "x", "sender_name": "x", "sent_at": NOW, "kind": "text",
        "text": "", "mentions": [], "to_bot": False, "quotes": None, "recalls": None, "media": None,
        "role": "officer", "intent": "action", "recalled": False, "status": "done", "error": None,
    }  # fmt: skip


async def filled(address: str, count: int) -> None:
    """A new database with so many tickets."""
    migrate(address)
    database = Database(address)
    await Fill(count).into(database)
    await database.close()


async def measured(address: str) -> tuple[float, ...]:
    """Seconds, of the processor, MiB on top, how late the loop woke up at most in ms, and idle; bytes."""
    settings = Settings(_env_file=None, database=address)
    few = settings.policy.few_cases  # read once, before it counts
    assert few  # noqa: S101 - as above
    everybody = Supervisor(Person(None, ""))
    day = NOW.date()
    latest = 0.0

    async def beat() -> None:
        nonlocal latest
        while True:
            at = time.perf_counter()
            await asyncio.sleep(_WAKE)
            latest = max(latest, time.perf_counter() - at - _WAKE)

    heart = asyncio.create_task(beat())
    await asyncio.sleep(_IDLE)
    idle, latest = latest, 0.0
    before, started, worked = _room(), time.perf_counter(), time.process_time()
    wanted = Wanted(PaperKind.LEDGER, day - _YEAR, day)
    made = await Maker(settings, settings.database).make(wanted, of(lambda _: everybody, None), NOW)
    spent = time.perf_counter() - started, time.process_time() - worked
    heart.cancel()
    return *spent, _room() - before, latest * 1000, idle * 1000, len(made.content)


def _room() -> float:
    """The most room that this process has taken so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--of", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.of:
        print(*asyncio.run(measured(given.of)))
        return
    heads = ("tickets", "seconds", "of cpu", "MiB more", "late, ms", "idle, ms")
    print(*(f"{head:>9}" for head in heads), f"{'MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            address = f"sqlite:///{Path(folder) / f'{size}.db'}"
            asyncio.run(filled(address, size))
            command = [sys.executable, "-m", "bench.ledger", "--of", address]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
            spent, cpu, room, late, idle, length = map(float, done.stdout.split())
            row = (spent, cpu, room, late, idle)
            print(f"{size:>9}", *(f"{one:>9.1f}" for one in row), f"{length / 1e6:>6.1f}")


if __name__ == "__main__":
    main()
