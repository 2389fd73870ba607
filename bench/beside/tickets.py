"""A database of many tickets, as three years of a district leave them: a seeded chance, kept in bulk.

Made in columns and handed to the driver as it keeps them: a million tickets take half a minute.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from alembic import command
from alembic.config import Config
from numpy.typing import NDArray
from sqlalchemy import Table, create_engine, insert
from sqlalchemy.engine import Connection

import storage.migrate
from domain.category import categories
from domain.history import GENESIS
from domain.ids import MemberId
from domain.people import Community, Person, Roster, Supervisor
from domain.state import State
from storage.database import Database, sync_engine
from storage.roster import save_roster
from storage.schema import checkins, messages, missed_weeks, patrols, satisfactions, tickets

QUERIES = Path(__file__).parents[2] / "evaluation" / "queries"
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
COMMUNITIES = 75
PATROLS, VISITS, WORDS = 0.3, 0.01, 0.4
"""For each ticket: own actions, check-ins beyond the one a week, words on how satisfied somebody is."""
BOSS = MemberId("boss")
"""Who sees all of it."""
OPEN, VOID, TRANSFERRED = 0.005, 0.02, 0.02
"""How many tickets stay open for years, turn out to be none, and are handed to others."""

_BEFORE_COUNTS = "0008"
_CHUNK = 50_000
_HOUR = 3600
_DAYS = (LAST - FIRST).days
_WEEKS = _DAYS // 7
_STANDING = [
    s.value for s in (State.DISPATCHED, State.ACCEPTED, State.HANDLING, State.SUSPENDED, State.REPORTED)
]
_SAME: dict[str, Any] = {
    "category_version": "bench", "location": "大门口", "urgent": 0, "private": 0, "households": 1, "urges": 0,
    "ongoing": 0, "clock_seconds": 0, "extensions": 0, "rung": 0, "head": GENESIS, "length": 0,
}  # fmt: skip

Columns = dict[str, Any]
"""The values of each column, or the one of all rows."""
Advance = Callable[[int], None]
"""Is told of so many more tickets that are kept."""
Seconds = NDArray[np.float64]


def roster() -> Roster:
    """The streets and communities of the labelled questions, and more, until there are 75."""
    streets = json.loads((QUERIES / "roster.json").read_text(encoding="utf-8"))["streets"]
    found = [
        Community(one["name"], street["name"], officers=tuple(_person(o["name"]) for o in one["officers"]))
        for street in streets
        for one in street["communities"]
    ]
    for number in range(len(found), COMMUNITIES):
        officers = tuple(_person(f"城管{number}{which}") for which in "甲乙")
        found.append(Community(f"第{number}社区", streets[number % len(streets)]["name"], officers=officers))
    return Roster(tuple(found), (Supervisor(Person(BOSS, "局长")),))


def _person(name: str) -> Person:
    return Person(MemberId(f"id-{name}"), name)


async def fill(address: str, count: int, advance: Advance) -> None:
    """A new database with so many tickets, and with what belongs to them.

    They are there before what keeps count of them is: it is made of them, as where an installation upgrades.
    """
    engine, district = create_engine(address), District(count)
    _migrate(address, _BEFORE_COUNTS)
    with engine.connect() as connection:
        for pragma in ("synchronous=OFF", "cache_size=-1000000"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.commit()
        _keep(connection, tickets, district.tickets(), advance)
        for table, columns in (
            (satisfactions, district.satisfactions()),
            (patrols, district.patrols()),
            (messages, district.messages()),
            (checkins, district.visits()),
            (missed_weeks, district.missed()),
        ):
            _keep(connection, table, columns)
    engine.dispose()
    _migrate(address, "head")
    database = Database(address)
    async with database.begin() as work:
        await save_roster(work.connection, roster())
    await database.close()


def _migrate(address: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrate.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    engine = sync_engine(address)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


class District:
    """What happened in three years; the same each time."""

    def __init__(self, count: int) -> None:
        self._chance = np.random.default_rng(1)
        self._count = count
        self._communities = np.array([one.name for one in roster().communities])
        self._officers = np.array([[p.id for p in one.officers] for one in roster().communities])
        self._opened = np.sort(self._chance.random(count)) * _DAYS * 24 * _HOUR
        self._answered = self._opened + self._chance.exponential(30 * _HOUR, count)
        self._ended = self._answered + self._chance.exponential(40 * _HOUR, count)
        self._states = self._fates()

    def tickets(self) -> Columns:
        """In the order in which they came in."""
        count, state = self._count, self._states
        place = self._chance.triangular(0, 20, COMMUNITIES, count).astype(int)
        mine = (self._chance.random(count) < 0.2).astype(int)  # noqa: PLR2004 - the other officer's
        limits = self._chance.choice([4, 8, 24, 48, 120, 360], count) * _HOUR
        over = np.isin(state, [State.CLOSED, State.REJECTED, State.TRANSFERRED])
        answered = np.isin(state, [State.CLOSED, State.REPORTED])
        opened = _moments(self._opened)
        return _SAME | {
            "no": self._numbers(),
            "community": self._communities[place],
            "category": self._kinds(count),
            "main": self._officers[place, mine],
            "assisting": self._officers[place, 1 - mine],
            "state": state,
            "outcome": _where(state == State.CLOSED, "confirmed"),
            "opened_at": opened,
            "last_at": opened,
            "arrive_by": _moments(self._opened + 4 * _HOUR),
            "resolve_by": _moments(self._opened + limits),
            "reported_at": _where(answered, _moments(self._answered)),
            "ended_at": _where(over, _moments(self._ended)),
            "paused_at": _where(state == State.SUSPENDED, _moments(self._answered)),
        }

    def satisfactions(self) -> Columns:
        """What reporters said of tickets that are closed."""
        said = (self._states == State.CLOSED) & (self._chance.random(self._count) < WORDS)
        scores = self._chance.choice([1, 1, 1, 2, 3], said.sum())
        return {"ticket_no": self._numbers()[said], "score": scores, "at": _moments(self._ended[said])}

    def patrols(self) -> Columns:
        """Own actions."""
        count = int(self._count * PATROLS)
        place = self._chance.integers(0, COMMUNITIES, count)
        at = self._chance.random(count) * _DAYS * 24 * _HOUR
        return {
            "message_id": "m",
            "place": "",
            "void": 0,
            "community": self._communities[place],
            "officer": self._officers[place, self._chance.integers(0, 2, count)],
            "category": self._kinds(count),
            "count": self._chance.integers(1, 5, count),
            "at": _moments(at),
        }

    def visits(self) -> Columns:
        """Check-ins: one a week but for each tenth, and more for each ticket."""
        place, week = np.nonzero(~self._without())
        count = int(self._count * VISITS)
        place = np.append(place, self._chance.integers(0, COMMUNITIES, count))
        week = np.append(week, self._chance.integers(0, _WEEKS, count))
        days = week * 7 + self._chance.integers(0, 5, len(week))
        return {
            "community": self._communities[place],
            "officer": self._officers[place, days % 2],
            "whom": "",
            "note": "",
            "means": "visit",
            "week": _days(week * 7),
            "day": _days(days),
            "at": _moments(np.asarray(days * 24.0 * _HOUR, dtype=np.float64)),
            "message_id": [f"m{number}" for number in range(len(week))],
        }

    def missed(self) -> Columns:
        """The weeks without a check-in."""
        place, week = np.nonzero(self._without())
        return {"community": self._communities[place], "week": _days(week * 7)}

    def messages(self) -> Columns:
        """What check-ins and own actions were told in."""
        count = COMMUNITIES * _WEEKS + int(self._count * VISITS)
        return {
            "id": ["m", *(f"m{number}" for number in range(count))], "sender": "x", "sender_name": "x",
            "sent_at": f"{FIRST} 00:00:00.000000", "kind": "text", "text": "", "mentions": "[]", "to_bot": 0,
            "recalled": 0, "status": "done",
        }  # fmt: skip

    def _without(self) -> NDArray[np.bool_]:
        return np.asarray((np.arange(COMMUNITIES)[:, None] + np.arange(_WEEKS)) % 10 == 0)

    def _fates(self) -> NDArray[Any]:
        """In what state they are: what came in lately is open, and some of what came in long ago."""
        dice = self._chance.random(self._count)
        bounds = np.cumsum([OPEN, VOID, TRANSFERRED])
        over = np.select(
            [dice < bounds[1], dice < bounds[2]],
            [State.REJECTED.value, State.TRANSFERRED.value],
            State.CLOSED.value,
        )
        standing = (dice < OPEN) | (self._ended > _DAYS * 24 * _HOUR)
        return np.where(standing, self._chance.choice(_STANDING, self._count), over)

    def _kinds(self, count: int) -> NDArray[Any]:
        """Categories; the first of the list are the most frequent."""
        names = list(categories())
        often = 1 / np.arange(1, len(names) + 1)
        return np.asarray(self._chance.choice(names, count, p=often / often.sum()))

    def _numbers(self) -> NDArray[Any]:
        """As `ticket_no` has them, a count for each day."""
        days = (self._opened // (24 * _HOUR)).astype(int)
        counts = np.arange(self._count) - np.searchsorted(days, days) + 1
        names = [f"{FIRST + timedelta(days=day):%Y%m%d}" for day in range(_DAYS)]
        return np.array([f"{names[day]}-{count:03d}" for day, count in zip(days, counts, strict=True)])


def _where(condition: NDArray[np.bool_], found: NDArray[Any] | str) -> NDArray[Any]:
    """What was found where the condition holds; None elsewhere."""
    return np.where(condition, found, np.array(None, dtype=object))


def _moments(seconds: Seconds) -> NDArray[Any]:
    """Seconds since the first day, as the database keeps a moment."""
    at = np.datetime64(FIRST, "us") + (seconds * 1e6).astype("timedelta64[us]")
    return np.char.replace(np.datetime_as_string(at, unit="us"), "T", " ")


def _days(days: NDArray[Any]) -> NDArray[Any]:
    return np.datetime_as_string(np.datetime64(FIRST, "D") + days.astype("timedelta64[D]"))


def _keep(connection: Connection, table: Table, columns: Columns, advance: Advance = lambda _: None) -> None:
    """All rows, straight to the driver."""
    count = max(len(one) for one in columns.values() if _many(one))
    statement = insert(table).compile(dialect=connection.dialect, column_keys=list(columns))
    listed = [_listed(columns[name], count) for name in statement.positiontup or ()]
    rows = list(zip(*listed, strict=True))
    for start in range(0, count, _CHUNK):
        with connection.begin():
            connection.exec_driver_sql(str(statement), rows[start : start + _CHUNK])
        advance(min(_CHUNK, count - start))


def _many(values: object) -> bool:
    return isinstance(values, list | np.ndarray)


def _listed(values: Any, count: int) -> Sequence[Any]:  # noqa: ANN401 - of any column
    if isinstance(values, np.ndarray):
        return values.tolist()  # type: ignore[no-any-return]
    return values if isinstance(values, list) else [values] * count
