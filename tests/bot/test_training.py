"""A maintainer trains the reader from the bureau's own labelled lines."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.settings import Settings, SettingsError
from bot.training import take_reader
from understanding.language.model import adopt, models
from understanding.train.fingerprint import PACKAGE
from understanding.train.local import NothingToLearn, local_rows

LABELS = frozenset({"chatter", "油烟污染", "referral:物业"})


def file(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "local.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def train(*words: object) -> Result:
    return CliRunner().invoke(app, ["train", *map(str, words)])


def test_good_lines_teach_and_bad_ones_are_named(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        {"text": "三栋楼下一股油烟", "label": "油烟污染", "location": ["三栋楼下"], "urgent": False},
        "这不是 JSON",
        {"text": "谁家的猫", "label": "chatter"},
        {"text": "谁家的狗", "label": "闲聊"},
        {"text": "楼下有烟", "label": "油烟污染", "location": ["五栋"]},
        {"label": "chatter"},
        [],
    )
    rows, faults = local_rows(path, LABELS)
    assert [row["text"] for row in rows] == ["三栋楼下一股油烟", "谁家的猫"]
    assert [fault.split("：")[0].rsplit(" ", 3)[-2] for fault in faults] == ["2", "4", "5", "6", "7"]
    assert "闲聊" in faults[1]
    assert "location" in faults[2]


@pytest.mark.parametrize("lines", [(), ("{}",)])
def test_a_file_with_nothing_to_learn_is_said(tmp_path: Path, lines: tuple[str, ...]) -> None:
    path = file(tmp_path, *lines)
    with pytest.raises(NothingToLearn, match="没有可以用的标注"):
        local_rows(path, LABELS)
    result = train("--with", path, "--out", tmp_path / "out.npz")
    assert result.exit_code == 1
    assert "没有可以用的标注" in result.output
    assert not (tmp_path / "out.npz").exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "nowhere.jsonl" in train("--with", tmp_path / "nowhere.jsonl").output


def test_the_reader_that_the_settings_name_is_used() -> None:
    before = models()
    take_reader(Settings(_env_file=None, reader=PACKAGE / "model.npz"))
    try:
        assert models() is not before
    finally:
        adopt(before)


def test_a_reader_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    for content in (b"", b"not a model"):
        (tmp_path / "bad.npz").write_bytes(content)
        with pytest.raises(SettingsError, match="WANGGE_READER"):
            take_reader(Settings(_env_file=None, reader=tmp_path / "bad.npz"))
    np.savez(tmp_path / "other.npz", a=np.zeros(1))
    with pytest.raises(SettingsError, match="WANGGE_READER"):
        take_reader(Settings(_env_file=None, reader=tmp_path / "other.npz"))
    with pytest.raises(SettingsError, match="WANGGE_READER"):
        take_reader(Settings(_env_file=None, reader=tmp_path / "absent.npz"))
