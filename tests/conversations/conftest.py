"""What the conversations share: a week that is planned, and words that are complaints."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat import Chat, starting
from tests.conversations.meanings import report
from understanding import Reading

_KINDS = {"摆到外面": "店外经营", "在搭棚子": "违章搭建", "冒油烟": "油烟污染", "垃圾成堆": "暴露垃圾"}


@pytest.fixture
async def week(database_file: Path, tmp_path: Path) -> AsyncIterator[Chat]:
    """The group on a Monday at 8:00, and its week is planned."""
    async with starting("2026-05-11 08:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        yield chat


@pytest.fixture
def complaints(meaning: dict[str, Reading]) -> None:
    """Words that are complaints, and of what: 摆到外面0 is one of 店外经营 in 0栋."""
    for words, category in _KINDS.items():
        for number in range(30):
            meaning[f"{words}{number}"] = report(f"{number}栋", category)
