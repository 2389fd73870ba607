"""Statements of the way of a message, compiled once and run by SQLite's driver itself.

SQLAlchemy takes several times as long to hand over a small statement as SQLite to run it. A statement that is
built once and named `often` is compiled at its first run; its values are turned into the database's and
back by the very types of its columns.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import BindParameter, ClauseElement, CursorResult, Executable
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import ValuesBase

Turn = Callable[[Any], Any] | None
"""Makes a value the database's, or one of ours again; None where it stays as it is."""
S = TypeVar("S", bound=Executable)
_often: dict[int, Executable] = {}
_compiled: dict[int, "_Compiled"] = {}
"""What of them has been run, for every database of this program: SQLite is one, whatever the file."""


def often(statement: S) -> S:
    """Note that this statement, which is built once, is run for every message: without lists in it."""
    _often[id(statement)] = statement
    return statement


def is_often(statement: Executable) -> bool:
    """Whether it was noted as run often."""
    return id(statement) in _often


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in the database's own words, with what goes into it and what comes out."""

    words: str
    given: tuple[tuple[str, Any, Turn], ...]
    columns: SimpleResultMetaData
    turned: tuple[tuple[int, Callable[[Any], Any]], ...]

    def values(self, parameters: Mapping[str, Any]) -> list[Any]:
        """The values in their order."""
        return [
            turn(parameters.get(name, own)) if turn else parameters.get(name, own)
            for name, own, turn in self.given
        ]

    def rows(self, found: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows with our own values."""
        if not self.turned:
            return list(found)
        rows = []
        for row in found:
            values = list(row)
            for at, turn in self.turned:
                values[at] = turn(values[at])
            rows.append(tuple(values))
        return rows


def run_often(
    driver: sqlite3.Connection, dialect: Dialect, statement: Executable, parameters: Mapping[str, Any]
) -> CursorResult[Any]:
    """Run a statement that was noted; what comes of it is read at once. The dialect is SQLite's."""
    compiled = _compiled.get(id(statement))
    if compiled is None:
        compiled = _compiled[id(statement)] = _compile(dialect, statement, parameters)
    rows = compiled.rows(driver.execute(compiled.words, compiled.values(parameters)))
    return cast("CursorResult[Any]", IteratorResult(compiled.columns, iter(rows)))  # all of it we use


def _compile(dialect: Dialect, statement: Executable, parameters: Mapping[str, Any]) -> _Compiled:
    keys = list(parameters) if isinstance(statement, ValuesBase) else None
    words = cast("ClauseElement", statement).compile(dialect=dialect, column_keys=keys)
    compiled = cast("SQLCompiler", words)
    whole = compiled.construct_expanded_state({**parameters})
    binds = [compiled.binds[name] for name in whole.positiontup or ()]  # of a list in it there is none
    columns = compiled._result_columns  # noqa: SLF001 - nothing else tells their types
    return _Compiled(
        whole.statement,
        tuple((bind.key, bind.effective_value, _into(dialect, bind)) for bind in binds),
        SimpleResultMetaData([column.keyname for column in columns]),
        tuple(
            (at, turn)
            for at, column in enumerate(columns)
            if (turn := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ),
    )


def _into(dialect: Dialect, bind: BindParameter[Any]) -> Turn:
    return bind.type.dialect_impl(dialect).bind_processor(dialect)
