"""Officers' own work is read as well as `evaluation/officers/README.md` says, within a margin."""

import pytest

from evaluation import duties


@pytest.mark.parametrize(
    ("name", "least"), [("actions", 0.84), ("visits", 0.94), ("leaves", 0.91), ("corrections", 0.9)]
)
def test_enough_lines_are_read_wholly_right(name: str, least: float) -> None:
    assert duties.right(name).value >= least


@pytest.mark.parametrize("name", list(duties.FALSE))
def test_few_other_lines_are_taken_for_own_work(name: str) -> None:
    assert duties.false(name).value <= 0.015


def test_a_place_may_lack_or_add_two_characters_at_an_end() -> None:
    assert duties.same_place("北湖", "北湖边")
    assert not duties.same_place("北湖", "北湖公园里")
    assert not duties.same_place("", "北湖")


def test_no_line_stands_in_both_halves() -> None:
    for name in (*duties.RIGHT, "none"):
        first, second = ({(line["text"], line["at"]) for line in duties.lines(name, half)} for half in "ab")
        assert not first & second
