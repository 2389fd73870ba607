"""The migrations make just the tables of the schema, keep a copy before they touch a file, and guard the record."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from storage.migrate import migrate
from storage.schema import metadata


def test_migrations_and_schema_agree(database_file: Path) -> None:
    engine = create_engine(f"sqlite:///{database_file}")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert differences == []


def test_an_up_to_date_file_is_left_alone(database_file: Path) -> None:
    assert migrate(f"sqlite:///{database_file}") is None
    assert list(database_file.parent.glob("*.bak")) == []


def test_a_copy_is_kept_before_an_upgrade(database_file: Path) -> None:
    with sqlite3.connect(database_file) as connection:
        connection.execute("INSERT INTO meta VALUES ('kept', 'yes')")
        connection.execute("UPDATE alembic_version SET version_num = 'before'")
    connection.close()
    with pytest.raises(Exception, match="before"):  # no such revision: but the copy is there
        migrate(f"sqlite:///{database_file}")
    with sqlite3.connect(f"{database_file}.before-before.bak") as copy:
        assert copy.execute("SELECT value FROM meta").fetchall() == [("yes",)]
    copy.close()


@pytest.mark.parametrize("statement", ["UPDATE history SET note = 'x'", "DELETE FROM history"])
def test_the_record_cannot_be_changed(database_file: Path, statement: str) -> None:
    connection = sqlite3.connect(database_file)
    connection.execute(
        "INSERT INTO history VALUES ('20260511-001', 1, '2026-05-11', 'register', NULL, 'registered', NULL, "
        "'resident', NULL, NULL, '', '0', '1')"
    )
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()
