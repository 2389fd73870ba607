"""The database, and one unit of work on it: a transaction in which everything is kept or nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy import create_engine, event, func, select
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from domain.ids import GroupId, MemberId
from domain.people import Roster
from storage import schema
from storage.approvals import ApprovalRows
from storage.arrivals import ArrivalRows
from storage.bindings import BindingRows
from storage.board import BoardRows
from storage.checkins import CheckInRows
from storage.connection import AsyncConnection, Inline, InlineEngine
from storage.desk import DeskRows
from storage.duties import DutyRows
from storage.exemptions import ExemptionRows
from storage.figures import FigureRows
from storage.leaves import LeaveRows
from storage.ledger import LedgerRows
from storage.logins import LoginRows, SessionRows
from storage.memory import Memory
from storage.messages import MessageRows
from storage.moods import MoodRows
from storage.outbox import OutboxRows
from storage.patrols import PatrolRows
from storage.published import PublishedRows
from storage.questions import QuestionRows
from storage.reveals import RevealRows
from storage.roster import load_roster, roster_version
from storage.tickets import TicketRows

R = TypeVar("R")
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    f"mmap_size={2 << 30}",  # pages are read where the system has them; its own cache a write throws away
)


def sqlite_file(address: str) -> Path | None:
    """The file of an SQLite address; None for memory and for other databases."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def sync_engine(address: str) -> Engine:
    """The same database without asyncio, for migrations."""
    url = make_url(address)
    engine = create_engine(
        url.set(drivername=url.get_backend_name()) if "aiosqlite" in url.drivername else url
    )
    if engine.dialect.name == "sqlite":
        prepare_sqlite(engine)
    return engine


def prepare_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, and BEGIN IMMEDIATE: SQLite's own default loses updates silently."""
    _set_pragmas(engine)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _set_pragmas(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.cursor().execute(f"PRAGMA {pragma}")


class _Rows(Generic[R]):
    """The rows of one kind, made when a unit of work first asks for them: no message needs all kinds."""

    def __init__(self, kind: Callable[[AsyncConnection], R]) -> None:
        self._kind = kind

    def __set_name__(self, owner: type[object], name: str) -> None:
        self._name = name

    def __get__(self, work: "Work", owner: type[object]) -> R:
        rows = self._kind(work.connection)
        vars(work)[self._name] = rows
        return rows


class Work:
    """One unit of work. Fits `handlers.ports.Store`."""

    desk = _Rows(DeskRows)
    outbox = _Rows(OutboxRows)
    arrivals = _Rows(ArrivalRows)
    bindings = _Rows(BindingRows)
    board = _Rows(BoardRows)
    duties = _Rows(DutyRows)
    moods = _Rows(MoodRows)
    patrols = _Rows(PatrolRows)
    checkins = _Rows(CheckInRows)
    exemptions = _Rows(ExemptionRows)
    approvals = _Rows(ApprovalRows)
    leaves = _Rows(LeaveRows)
    figures = _Rows(FigureRows)
    questions = _Rows(QuestionRows)
    ledger = _Rows(LedgerRows)
    published = _Rows(PublishedRows)
    logins = _Rows(LoginRows)
    sessions = _Rows(SessionRows)
    reveals = _Rows(RevealRows)

    def __init__(self, connection: AsyncConnection, memory: Memory) -> None:
        self.connection = connection
        self._memory = memory
        self.tickets = TicketRows(connection, memory)
        self.messages = MessageRows(connection, memory)

    async def roster(self) -> Roster:
        """Everybody the bureau has named; read again only where an import has changed it."""
        version = await roster_version(self.connection)
        if self._memory.roster is None or self._memory.roster[0] != version:
            self._memory.roster = (version, await load_roster(self.connection))
        return self._memory.roster[1]

    async def groups_of(self, member: MemberId) -> Sequence[GroupId]:
        """The groups this member is in, the one they spoke in last first."""
        joined, said = schema.members, schema.messages
        spoke = (
            select(func.max(said.c.seq))
            .where(said.c.sender == member, said.c.group_id == joined.c.group_id)
            .scalar_subquery()
        )
        query = select(joined.c.group_id).where(joined.c.member_id == member)
        latest = query.order_by(func.coalesce(spoke, 0).desc(), joined.c.group_id)
        return [GroupId(group) for group in (await self.connection.execute(latest)).scalars()]


class Database:
    """The installation's database; `begin` and `look` are the only ways in.

    Its errors never show what was to be kept. `address` opens it once more, for another thread.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        url = make_url(address)
        self._memory = Memory()
        self._turns: AbstractAsyncContextManager[object] = nullcontext()
        self._kept: AsyncEngine | InlineEngine
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url.set(drivername="sqlite"), hide_parameters=True)
            _set_pragmas(engine)
            self._kept = InlineEngine(engine)
            self._turns = asyncio.Lock()  # SQLite has one writer: queue here, in order, not in its busy loop
        else:
            self._kept = create_async_engine(url, hide_parameters=True)
        self.engine = self._kept.sync_engine
        self._holder: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Work]:
        """A unit of work: committed at the end, rolled back where anything is raised."""
        task = asyncio.current_task()
        if task is self._holder:
            raise RuntimeError("a unit of work within a unit of work would wait for itself")
        async with self._turns:
            self._holder = task
            try:
                async with self._kept.begin() as connection:
                    self._memory.at(connection.version if isinstance(connection, Inline) else None)
                    yield Work(connection, self._memory)
            except BaseException:
                self._memory.clear()  # what was read in it may never be so
                raise
            finally:
                self._holder = None

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Work]:
        """What is there at this moment, beside whoever has a unit of work; nothing can be kept in it."""
        async with self._kept.connect() as connection:
            yield Work(connection, Memory())

    async def close(self) -> None:
        """Let go of the file or the server."""
        await self._kept.dispose()
