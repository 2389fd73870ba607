"""Bring a database up to date: a backup copy of the file first, then Alembic."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import ArgumentError, OperationalError

from storage.database import sqlite_file, sync_engine


class DatabaseUnusable(Exception):
    """The database of the settings cannot be used; the text says why, in Chinese."""


def migrate(address: str) -> Path | None:
    """Run the migrations that are missing; the backup made before, or None where none was needed."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    head = ScriptDirectory.from_config(config).get_current_head()
    try:
        file, engine = sqlite_file(address), sync_engine(address)
    except (ArgumentError, ImportError) as error:
        raise DatabaseUnusable(f"不认识这个数据库地址：{error}") from None
    try:
        with engine.begin() as connection:  # one at a time: on SQLite this waits for another start
            now = MigrationContext.configure(connection).get_current_revision()
            if now == head:
                return None
            saved = _backup(file, now) if file and now else None
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        raise DatabaseUnusable(f"数据库打不开：{error.orig}") from None
    finally:
        engine.dispose()
    return saved


def _backup(file: Path, revision: str) -> Path:
    """A consistent copy beside the file, named after the revision that it holds."""
    copy = file.with_name(f"{file.name}.before-{revision}.bak")
    source, target = sqlite3.connect(file), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    return copy
