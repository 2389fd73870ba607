"""Anger at people is told from anger at a smell."""

from pathlib import Path

import pytest

from understanding.heat import heated

LINES = Path(__file__).parents[2] / "evaluation" / "heat"


@pytest.mark.parametrize("file", ["lines.tsv", "unseen.tsv"])
def test_nearly_all_that_is_called_heated_is(file: str) -> None:
    rows = [line.split("\t") for line in (LINES / file).read_text(encoding="utf-8").splitlines()]
    called = [label == "1" for label, text in rows if heated(text)]
    angry = sum(label == "1" for label, _ in rows)
    assert sum(called) / len(called) >= 0.9
    assert sum(called) / angry >= 0.9


@pytest.mark.parametrize("text", ["", "好的", "楼上吵死了，烦死了", "他骂我是骗子", "垃圾没人收"])
def test_a_complaint_is_no_heat(text: str) -> None:
    assert not heated(text)


@pytest.mark.parametrize("text", ["滚", "SB", "你们城管就是一群饭桶"])
def test_an_insult_is(text: str) -> None:
    assert heated(text)
