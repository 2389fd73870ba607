"""The migrations make just the tables of the schema, keep a copy before they touch a file, and guard the record."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine
from sqlalchemy.schema import SchemaItem

import storage.migrate
from storage.database import sync_engine
from storage.migrate import DatabaseUnusable, migrate
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


def go_back(database_file: Path, revision: str) -> None:
    """Make it a database of an earlier edition."""
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrate.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    engine = sync_engine(f"sqlite:///{database_file}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()


def test_what_was_said_before_files_went_out_is_kept(database_file: Path) -> None:
    go_back(database_file, "0003")
    with sqlite3.connect(database_file) as connection:
        connection.execute(
            "INSERT INTO outbox (position, recipient, in_group, text, mentions, status, attempts, created_at, due_at)"
            " VALUES (0, 'g', 1, '已登记', '[]', 'waiting', 0, '2026-05-11', '2026-05-11')"
        )
    connection.close()
    assert migrate(f"sqlite:///{database_file}")
    with sqlite3.connect(database_file) as connection:
        row = connection.execute("SELECT text, media, takes_back, taken_back_at FROM outbox").fetchone()
    connection.close()
    assert row == ("已登记", None, None, None)


def test_who_had_stopped_the_daily_report_has_still_stopped_it(database_file: Path) -> None:
    go_back(database_file, "0009")
    with sqlite3.connect(database_file) as connection:
        connection.execute("INSERT INTO no_dailies VALUES ('张科长', '2026-05-11')")
    connection.close()
    assert migrate(f"sqlite:///{database_file}")
    with sqlite3.connect(database_file) as connection:
        rows = connection.execute("SELECT * FROM unwanted_papers").fetchall()
    connection.close()
    assert rows == [("张科长", "daily", "2026-05-11")]
    go_back(database_file, "0009")
    with sqlite3.connect(database_file) as connection:
        assert connection.execute("SELECT member_id FROM no_dailies").fetchall() == [("张科长",)]
    connection.close()


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


@pytest.mark.parametrize("address", ["wangge.db", "sqlite:////no/such/folder/x.db", "oracle+nothing://x/y"])
def test_a_database_that_cannot_be_used_is_said_so(address: str) -> None:
    with pytest.raises(DatabaseUnusable):
        migrate(address)


def test_two_starts_at_once_make_one_database(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        f"from storage.migrate import DatabaseUnusable, migrate; migrate('sqlite:///{tmp_path}/x.db')",
    ]
    starts = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(3)]
    assert [start.wait() for start in starts] == [0, 0, 0]
    assert migrate(f"sqlite:///{tmp_path}/x.db") is None


def test_a_first_migration_that_was_cut_off_is_made_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{tmp_path}/x.db"
    create = Operations.create_table

    def cut_off(self: Operations, name: str, *columns: SchemaItem, **options: bool) -> object:
        if name == "tickets":
            raise KeyboardInterrupt
        return create(self, name, *columns, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Operations, "create_table", cut_off)
        with pytest.raises(KeyboardInterrupt):
            migrate(address)
    migrate(address)
    assert migrate(address) is None
