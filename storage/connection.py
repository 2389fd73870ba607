"""A connection to SQLite that runs the driver where it is called, without a thread.

A statement of ours takes SQLite microseconds; handing it to a thread and back takes a hundred times as long.
Other databases keep SQLAlchemy's own AsyncConnection, of which storage uses what stands in the Protocol.
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from sqlalchemy import CursorResult, Executable
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.prepared import is_often, run_often

_BUSY_WAIT = 30.0
"""Seconds to wait for another process that writes."""
_LOOK_AGAIN = 0.01
_PAGES_KIB = 4 << 10
"""So much of the database the connection that writes keeps in memory."""


Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


class AsyncConnection(Protocol):
    """What storage uses of SQLAlchemy's AsyncConnection."""

    async def execute(self, statement: Executable, parameters: Parameters = None, /) -> CursorResult[Any]:
        """Run a statement."""

    async def exec_driver_sql(self, statement: str, /) -> CursorResult[Any]:
        """Run a statement in the database's own words."""


class Inline:
    """Fits AsyncConnection; nothing in here ever waits."""

    def __init__(self, connection: Connection, version: int | None = None) -> None:
        self.sync_connection = connection
        self.version = version
        """Changes when another process has written; None where nobody asked."""
        self._driver = _driver(connection)

    async def execute(self, statement: Executable, parameters: Parameters = None, /) -> CursorResult[Any]:
        """Run a statement; one that is run often goes straight to the driver."""
        if is_often(statement) and (parameters is None or isinstance(parameters, Mapping)):
            return run_often(self._driver, self.sync_connection.dialect, statement, parameters or {})
        return self.sync_connection.execute(statement, parameters)

    async def exec_driver_sql(self, statement: str, /) -> CursorResult[Any]:
        """Run a statement in the database's own words."""
        return self.sync_connection.exec_driver_sql(statement)


class InlineEngine:
    """What `storage.database` uses of SQLAlchemy's AsyncEngine, for SQLite."""

    def __init__(self, engine: Engine) -> None:
        self.sync_engine = engine
        self._writer: Connection | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Inline]:
        """A transaction that may write, one at a time: kept at the end, or not where anything is raised."""
        await asyncio.sleep(0)  # nothing else in a unit of work lets others run
        connection = self._writer or self._connected()
        driver = _driver(connection)
        await _begun(driver)
        try:
            version = driver.execute("PRAGMA data_version").fetchone()[0]
            yield Inline(connection, version)
            if connection.in_transaction():
                connection.commit()
            driver.commit()  # where SQLAlchemy was asked nothing
        except BaseException:
            self._rollback(connection)
            raise

    def _connected(self) -> Connection:
        self._writer = self.sync_engine.connect()
        driver = _driver(self._writer)
        driver.execute("PRAGMA busy_timeout=0")  # `_begun` waits, and lets others run
        driver.execute("PRAGMA mmap_size=0")  # nobody else here writes, so that its own pages stay good
        driver.execute(f"PRAGMA cache_size=-{_PAGES_KIB}")
        return self._writer

    def _rollback(self, connection: Connection) -> None:
        """Keep nothing; a connection that cannot even do that is given up."""
        try:
            connection.rollback()
            _driver(connection).rollback()
        except (sqlite3.Error, SQLAlchemyError):
            connection.invalidate()
            self._let_go()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Inline]:
        """A look at what is there at this moment, beside whoever writes; it cannot write."""
        await asyncio.sleep(0)
        with self.sync_engine.connect() as connection:
            driver = _driver(connection)
            driver.execute("PRAGMA query_only=ON")
            driver.execute("BEGIN")
            try:
                yield Inline(connection)
            finally:
                driver.rollback()
                driver.execute("PRAGMA query_only=OFF")

    async def dispose(self) -> None:
        """Let go of the file."""
        self._let_go()
        self.sync_engine.dispose()

    def _let_go(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None


async def _begun(driver: sqlite3.Connection) -> None:
    """Begin, waiting for other processes that write without keeping anybody here from going on."""
    last = time.monotonic() + _BUSY_WAIT
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
            await asyncio.sleep(_LOOK_AGAIN)
        else:
            return


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("not SQLite")
    return driver
