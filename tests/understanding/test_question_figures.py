"""How many of the labelled questions are understood, guarded with a margin; `evaluation/questions.py` says more."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from evaluation.questions import QUERIES, answers, read_lines, read_names, right

ROSTERS = {"own-other.jsonl": "roster-other.json"}


@pytest.mark.parametrize(
    ("file", "since", "asked", "silent"),
    [
        ("stats.jsonl", date(2026, 1, 1), 0.88, 0.93),
        ("stats.jsonl", date(2026, 7, 1), 0.83, 0.90),
        ("own.jsonl", date(2026, 1, 1), 0.97, 0),
        ("own-other.jsonl", date(2026, 1, 1), 0.95, 0.95),
        ("own-none.jsonl", date(2026, 1, 1), 0, 0.97),
        ("voices.jsonl", date(2026, 1, 1), 0.97, 0.75),
        ("voices-none.jsonl", date(2026, 1, 1), 0, 0.97),
        ("asked.jsonl", date(2026, 1, 1), 0.97, 0.95),
        ("siblings.jsonl", date(2026, 1, 1), 0.97, 0.95),
        ("siblings-none.jsonl", date(2026, 1, 1), 0, 0.97),
    ],
)
def test_labelled_questions_are_understood(file: str, since: date, asked: float, silent: float) -> None:
    names = read_names(QUERIES / ROSTERS.get(file, "roster.json"))
    good, questions, quiet, others = right(list(answers(read_lines(QUERIES / file, since), names)))
    assert good >= asked * questions
    assert quiet >= silent * others
    assert questions + others > 50


def test_so_are_those_with_the_names_of_another_roster() -> None:
    names = read_names(QUERIES / "roster-other.json")
    good, questions, _, _ = right(list(answers(read_lines(QUERIES / "voices-other.jsonl"), names)))
    assert good >= 13
    assert questions == 15


def wangge(*given: str) -> tuple[int, str, str]:
    shown = CliRunner().invoke(app, ["ask", "--roster", str(QUERIES / "roster.json"), *given])
    return shown.exit_code, shown.stdout, shown.stderr


def test_a_question_in_the_terminal_is_said_back_with_its_definition(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said, _ = wangge("三家店街道上周各社区投诉排名", "--at", "2026-06-22T09:00", "--explain")
    assert code == 0
    assert said.splitlines() == [
        "指标：受理（登记受理的工单数，作废的不算）",
        "时段：2026-06-15 至 2026-06-21",
        "范围：三家店街道",
        "分组：各社区，从高到低",
        "系统里还没有记录，没有数可查。",
    ]
    assert wangge("现在超期几件")[1] == "系统里还没有记录，没有数可查。\n"
    code, _, complaint = wangge("好的，谢谢")
    assert code == 1
    assert complaint.count("；") == 1


def test_a_file_of_questions_gives_a_line_each(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    at = "2026-06-22T09:00:00+08:00"
    rows = [
        {"id": "a", "at": at, "text": "上周各社区投诉排名"},
        {"id": "b", "at": at, "after": "a", "text": "好的"},
        {"id": "c", "at": at, "after": "b", "text": "前三个"},
    ]
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)) + "\nno json\n", encoding="utf-8")
    code, said, complaint = wangge("--batch", str(file))
    found = [json.loads(line) for line in said.splitlines()]
    assert [one["id"] for one in found] == ["a", "b", "c"]
    assert found[1]["query"] is None
    assert (found[2]["query"]["limit"], found[2]["query"]["from"]) == (3, "2026-06-15")
    assert code == 1
    assert "第 4 行" in complaint


def test_lines_that_are_none_do_not_stop_the_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    at = "2026-06-22T09:00:00+08:00"
    rows: list[object] = [
        {"id": 1, "at": at, "text": "上周投诉多少"},
        ["no object"],
        {"id": 3, "at": "some day", "text": "上周投诉多少"},
        {"id": 4, "at": at, "text": None},
        {"id": 5, "at": at},
        {"id": 6, "at": at, "text": "油烟的呢", "after": 1},
        {"id": 7, "at": at, "text": "上周投诉\u2028多少", "after": "nobody"},
        {"id": 8, "at": at, "text": "火星社区上周投诉多少", "after": None},
        {"id": 9, "at": "2026-06-22 09:00", "text": "三店呢", "after": 6},
    ]
    file = tmp_path / "lines.jsonl"
    file.write_text("\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8-sig")
    code, said, complaint = wangge("--batch", str(file))
    found = {one["id"]: one["query"] for one in map(json.loads, said.splitlines())}
    assert list(found) == [1, 6, 7, 8, 9]
    assert found[6]["filters"] == {"category": "油烟污染"}
    assert found[7] == found[1]
    assert found[8] is None
    assert found[9]["filters"] == {"category": "油烟污染", "community": "三店社区"}
    assert re.findall("^第 (\\d) 行", complaint, re.MULTILINE) == ["2", "3", "4", "5"]
    assert code == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("火星社区上周几件投诉", "名册里没有“火星社区”，没法查。"),
        ("返工率多少", "系统里没有“返工率”这样的数。"),
        ("入汛以来受理多少", "不知道“入汛以来”是哪几天，请说日期。"),
        ("本月受理多少，办结多少", "一次只能查一样，请分开问。"),
        ("老熊上周办结几件", "没听出是哪一个（对得上好几个）。"),
    ],
)
def test_the_terminal_says_why_there_is_no_figure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said, complaint = wangge(words, "--at", "2026-06-22T09:00")
    assert (code, said) == (1, "")
    assert complaint.startswith(why)
    assert complaint.count("；") == 1
