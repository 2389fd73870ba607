"""The rules of the house are held by tools: each, when it is broken, fails."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
PACKAGES = ("bot", "domain", "handlers", "reports", "storage", "understanding", "web")
BESIDE = ("bench", "docs", "evaluation", "tests")
TOOLS = Path(sys.executable).parent

BROKEN_IMPORTS = [
    ("domain/state.py", "import handlers.texts"),
    ("handlers/turn.py", "import storage.rows"),
    ("storage/rows.py", "import understanding.reading"),
    ("understanding/reading.py", "import handlers.texts"),
    ("web/mapping.py", "import bot.clock"),
    ("understanding/language/places.py", "import understanding.residents.rules"),
    ("domain/place.py", "import numpy"),
    ("handlers/turn.py", "import sqlalchemy"),
    ("bot/jobs.py", "import sqlalchemy"),
    ("storage/media.py", "import fastapi"),
    ("bot/app.py", "import wechaty"),
    ("bot/app.py", "import websockets"),
    ("bot/jobs.py", "import chinese_calendar"),
    ("bot/clock.py", "import bot.app"),
]
BROKEN_STYLE = [
    ("domain/broken.py", "from datetime import datetime\n\nNOW = datetime.now()\n", "TID251"),
    ("bot/broken.py", "import time\n\nNOW = time.time()\n", "TID251"),
    ("handlers/broken.py", "import os\n\nHOME = os.environ['HOME']\n", "TID251"),
    ("handlers/broken.py", "NAME = 'c\u0430t'\n", "RUF001"),
    ("handlers/broken.py", "def handle(x):\n    return x\n", "ANN001"),
]
LONGEST = 300
LONGER = {
    "storage/migrations/versions/0001_first.py": 308,  # a schema is one long list
}
"""The files that are longer all the same, and how long they are at most."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages and their rules, to be broken."""
    folder = tmp_path_factory.mktemp("copy")
    for package in PACKAGES:
        shutil.copytree(
            TOP / package,
            folder / package,
            ignore=shutil.ignore_patterns("*.npz", "static", "assets", "fonts"),
        )
    shutil.copy(TOP / "pyproject.toml", folder)
    return folder


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(TOOLS / "lint-imports"), "--no-cache", "--config", "pyproject.toml"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_copy_is_clean(copy: Path) -> None:
    done = lint_imports(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("file", "line"), BROKEN_IMPORTS)
def test_an_import_that_is_not_allowed_fails(copy: Path, file: str, line: str) -> None:
    path = copy / file
    good = path.read_text(encoding="utf-8")
    path.write_text(f"{good}\n{line}\n", encoding="utf-8")
    try:
        assert "BROKEN" in lint_imports(copy).stdout
    finally:
        path.write_text(good, encoding="utf-8")


@pytest.mark.parametrize(("file", "text", "rule"), BROKEN_STYLE)
def test_a_style_rule_that_is_broken_fails(file: str, text: str, rule: str) -> None:
    command = [str(TOOLS / "ruff"), "check", "--no-cache", "--stdin-filename", str(TOP / file), "-"]
    done = subprocess.run(command, cwd=TOP, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert rule in done.stdout


def test_an_untyped_call_fails(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text(
        "def add(a, b):\n    return a + b\n\n\nadd(1, 'x')\n", encoding="utf-8"
    )
    command = [str(TOOLS / "mypy"), "--config-file", str(TOP / "pyproject.toml"), "broken.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no-untyped-def" in done.stdout


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(top: Path) -> list[str]:
    """The Python files beneath a folder that are longer than a file may be, tests included."""
    files = [file for folder in (*PACKAGES, *BESIDE) for file in (top / folder).rglob("*.py")]
    found = {str(file.relative_to(top)): lines_of(file) for file in files if "node_modules" not in file.parts}
    assert found
    return sorted(name for name, count in found.items() if count > LONGER.get(name, LONGEST))


def test_no_file_is_longer_than_a_reader_takes_in() -> None:
    assert too_long(TOP) == []


@pytest.mark.parametrize(
    ("name", "count", "fails"),
    [
        ("tests/test_long.py", 300, False),
        ("tests/test_long.py", 301, True),
        ("domain/long.py", 301, True),
        ("storage/migrations/versions/0001_first.py", 309, True),
        ("tests/node_modules/long.py", 301, False),
    ],
)
def test_a_file_that_is_too_long_fails(tmp_path: Path, name: str, count: int, *, fails: bool) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text("A = 1\n" * count, encoding="utf-8")
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "short.py").write_text("A = 1\n", encoding="utf-8")
    assert too_long(tmp_path) == ([name] if fails else [])
