"""A transcript is read as a whole, or refused in one clear line that names file and line."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.transcript import TranscriptError, load

GROUP: dict[str, Any] = {
    "type": "group",
    "id": "g1",
    "community": "幸福里社区",
    "members": [
        {"id": "r1", "name": "李姐", "role": "resident"},
        {"id": "bot", "name": "管家", "role": "bot"},
    ],
}
MESSAGE: dict[str, Any] = {
    "type": "message",
    "id": "m1",
    "at": "2026-05-11T19:32:05+08:00",
    "from": "r1",
    "kind": "text",
    "text": "早",
}


def written(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "a.chat.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_one(tmp_path: Path) -> None:
    transcript = load(written(tmp_path, GROUP, MESSAGE, "", MESSAGE | {"id": "m2", "kind": "image"}))
    assert transcript.name == "a"
    assert [message.id for message in transcript.messages] == ["m1", "m2"]
    assert transcript.start.utcoffset() is not None


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "null",
        '"m1"',
        "NaN",
        MESSAGE | {"at": "yesterday"},
        MESSAGE | {"at": "2026-05-11T19:32:05"},
        MESSAGE | {"at": 5},
        MESSAGE | {"from": "nobody"},
        MESSAGE | {"from": 7},
        MESSAGE | {"kind": "telepathy"},
        MESSAGE | {"text": ["早"]},
        MESSAGE | {"mentions": "bot"},
        MESSAGE | {"id": ""},
        MESSAGE | {"private": "yes"},
        {key: value for key, value in MESSAGE.items() if key != "id"},
        MESSAGE | {"id": "m0"},
        MESSAGE | {"at": "2026-05-11T19:00:00+08:00"},
        "[" * 5000,
        '{"type": "message", "id": "\\ud800"}',
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: object) -> None:
    path = written(tmp_path, GROUP, MESSAGE | {"id": "m0"}, line)
    with pytest.raises(TranscriptError, match=r"a\.chat\.jsonl 第 3 行：") as error:
        load(path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", b'{"type": "message"}'])
def test_a_file_that_is_no_transcript(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.chat.jsonl"
    path.write_bytes(content)
    with pytest.raises(TranscriptError, match=r"a\.chat\.jsonl"):
        load(path)
