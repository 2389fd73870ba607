"""A replayed chat lives its weeks as a live one does: the calendar's work is planned before the first message."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.replay import Replay
from bot.settings import Settings
from bot.transcript import load
from storage.database import Database

GROUP = {
    "type": "group",
    "id": "g1",
    "community": "幸福里社区",
    "street": "洪都街道",
    "members": [
        {"id": "r1", "name": "李姐", "role": "resident"},
        {"id": "o1", "name": "城管-李四", "role": "officer"},
        {"id": "o2", "name": "城管陈五", "role": "officer"},
        {"id": "s1", "name": "张科长", "role": "supervisor"},
        {"id": "bot", "name": "管家", "role": "bot"},
    ],
}


async def replayed(
    file: Path, folder: Path, times: Sequence[str], runs: int = 1, text: str = "早上好"
) -> list[dict[str, Any]]:
    """What the bot says in a chat in which a resident says good morning, or this, at these times."""
    lines: list[dict[str, Any]] = [GROUP]
    for number, at in enumerate(times):
        line = {"id": f"m{number}", "at": f"{at}:00+08:00", "from": "r1", "kind": "text", "text": text}
        lines.append({"type": "message"} | line)
    chat = folder / "weeks.chat.jsonl"
    chat.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    rows: list[dict[str, Any]] = []
    for _ in range(runs):
        database = Database(f"sqlite:///{file}")
        replay = Replay(load(chat), Settings(_env_file=None), database)
        async for _line in replay.run():
            pass
        rows = await replay.result()
        await database.close()
    return rows


def invited(rows: list[dict[str, Any]]) -> int:
    return sum(row["to"] == "group" and row["text"].startswith("大家好，本社区的城管队员是") for row in rows)


@pytest.mark.parametrize(
    ("times", "weeks"),
    [
        (("2026-05-11 08:30", "2026-05-11 08:45"), 0),
        (("2026-05-11 08:30", "2026-05-11 09:30"), 1),
        (("2026-05-12 10:00", "2026-05-13 10:00"), 0),
        (("2026-05-12 10:00", "2026-05-26 10:00"), 2),
        (("2026-05-11 08:30", "2026-05-27 10:00"), 3),
        (("2026-02-10 08:30", "2026-02-25 10:00"), 1),  # the week of the Spring Festival is none
    ],
)
async def test_its_residents_are_invited_each_week(
    database_file: Path, tmp_path: Path, times: tuple[str, str], weeks: int
) -> None:
    assert invited(await replayed(database_file, tmp_path, times)) == weeks


async def test_its_officers_get_their_card_and_two_reminders(database_file: Path, tmp_path: Path) -> None:
    rows = await replayed(database_file, tmp_path, ("2026-05-11 08:30", "2026-05-17 10:00"))
    told = [row["text"] for row in rows if row["to"] == "o1"]
    assert ["本周社区对接" in text for text in told] == [True, False, False]
    assert all("这周的对接还没有记录" in text for text in told[1:])
    assert {row["after"] for row in rows} == {None}


async def test_played_twice_on_one_database_it_is_said_once(database_file: Path, tmp_path: Path) -> None:
    times = ("2026-05-11 08:30", "2026-05-27 10:00")
    assert invited(await replayed(database_file, tmp_path, times, runs=2)) == 3


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_its_supervisors_get_reports_of_it_and_of_nothing_else(
    database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = "3栋楼下烧烤摊的烟全往家里飘"
    rows = await replayed(database_file, tmp_path, ("2026-05-13 10:00", "2026-05-18 12:00"), text=words)
    told = [row for row in rows if row.get("to") == "s1"]
    assert [row["file"]["name"][:2] for row in told if row.get("file")] == ["周报"]
    assert any("受理 1 件" in row["text"] for row in told)
    assert names(tmp_path) == {"weeks.chat.jsonl", "wangge.db", "wangge.media"}
