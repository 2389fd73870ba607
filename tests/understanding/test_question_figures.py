"""How many of the labelled questions are understood, guarded with a margin; `evaluation/questions.py` says more."""

import json
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
    ],
)
def test_labelled_questions_are_understood(file: str, since: date, asked: float, silent: float) -> None:
    names = read_names(QUERIES / ROSTERS.get(file, "roster.json"))
    good, questions, quiet, others = right(list(answers(read_lines(QUERIES / file, since), names)))
    assert good >= asked * questions
    assert quiet >= silent * others
    assert questions + others > 50


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
