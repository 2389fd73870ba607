"""What every test may use: an up-to-date database file, and the chat of a group with the bot in it."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine

from storage.migrate import migrate
from tests.chat import Chat
from understanding import Reading, Said, Surroundings, read

os.environ["COLUMNS"] = "220"  # noqa: TID251  (rich reads the terminal's width when a console is made, at import)


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """What SQLAlchemy has compiled serves every test: it keeps it by engine, and each test has engines of its own."""
    first: list[Engine] = []

    def made(*given: Any, **named: Any) -> Engine:  # noqa: ANN401 - what create_engine takes
        engine = create_engine(*given, **named)
        if engine.dialect.name == "sqlite":
            if not first:
                first.append(engine)
            engine.dialect, engine._compiled_cache = first[0].dialect, first[0]._compiled_cache  # noqa: SLF001
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.database.create_engine", made)
        yield


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with every table and nothing in them."""
    file = tmp_path_factory.mktemp("database") / "empty.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def database_file(empty_database: Path, tmp_path: Path) -> Path:
    """A database of the test's own."""
    return Path(shutil.copyfile(empty_database, tmp_path / "wangge.db"))


@pytest.fixture
async def chat(database_file: Path, tmp_path: Path) -> AsyncIterator[Chat]:
    """幸福里居民群, on a Monday at 18:00."""
    async with Chat(f"sqlite:///{database_file}", tmp_path / "media") as chat:
        yield chat


@pytest.fixture
def meaning(monkeypatch: pytest.MonkeyPatch) -> dict[str, Reading]:
    """What words mean, where a test is not about reading them; everything else is read as usual."""
    readings: dict[str, Reading] = {}

    def look_up(message: Said, around: Surroundings) -> Reading:
        return readings.get(message.text) or read(message, around)

    monkeypatch.setattr("handlers.respond.read", look_up)
    return readings
