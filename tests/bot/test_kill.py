"""Killed at any moment and started again: the same tickets, none twice, none lost."""

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.serve import STORIES
from tests.bot import kill_replay

KILLS = 10
STORY = STORIES / "01-yeyan-yeshi.chat.jsonl"


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", range(5))
def test_fifty_random_moments(empty_database: Path, tmp_path: Path, seed: int) -> None:
    whole, killed = (shutil.copyfile(empty_database, tmp_path / name) for name in ("whole.db", "killed.db"))
    expected = json.loads(asyncio.run(kill_replay.replay(STORY, f"sqlite:///{whole}")))
    command = [sys.executable, kill_replay.__file__, str(STORY), f"sqlite:///{killed}", str(KILLS), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=STORIES.parents[1])
    struck, result = done.stdout.splitlines()
    assert int(struck) == KILLS
    assert json.loads(result) == expected
    assert any(row["type"] == "ticket" for row in expected)
