"""Labelled lines from a bureau's own groups (`wangge labels --out FILE`), checked before they teach."""

import json
from collections.abc import Set as AbstractSet
from pathlib import Path

from understanding.train.corpus import Row

_NEEDED = "要有 text（文字）和 label（类别、chatter，或 referral:单位）"


class NothingToLearn(Exception):
    """The file has no line that can be used; the text says why, in Chinese."""


def local_rows(path: Path, labels: AbstractSet[str]) -> tuple[list[Row], list[str]]:
    """The lines of the file that can be used, and for each other one what is wrong with it, in Chinese.

    `labels` are those that there are.

    Raises NothingToLearn.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise NothingToLearn(f"{path}：读不了（{error.strerror}）") from None
    except UnicodeDecodeError:
        raise NothingToLearn(f"{path}：不是 UTF-8 编码的文字") from None
    rows, faults = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line), labels))
        except ValueError as error:
            reason = "不是一个 JSON 对象" if isinstance(error, json.JSONDecodeError) else str(error)
            faults.append(f"{path} 第 {number} 行：{reason}，这一行没有用")
    if not rows:
        raise NothingToLearn("\n".join([*faults, f"{path}：没有可以用的标注"]))
    return rows, faults


def _row(found: object, labels: AbstractSet[str]) -> Row:
    if not isinstance(found, dict) or not isinstance(found.get("text"), str) or not found["text"].strip():
        raise ValueError(_NEEDED)
    if found.get("label") not in labels:
        raise ValueError(f"label 不认识：{found.get('label')}，{_NEEDED}")
    text = found["text"]
    places = found.get("location") or []
    if not isinstance(places, list) or not all(isinstance(p, str) and p in text for p in places):
        raise ValueError("location 应是 text 里原样的地点，放在 [] 里")
    urgent = found.get("urgent") is True
    return {"text": text, "label": found["label"], "location": places, "urgent": urgent, "file": "local"}
