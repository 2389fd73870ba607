"""How wide words are, and where a line ends."""

import pytest

from reports.words import width, wrapped


@pytest.mark.parametrize(("text", "wide"), [("", 0), ("幸福里", 3), ("，", 1), ("12", 1.12), ("12 件", 2.68)])
def test_a_letter_is_narrower_than_a_character(text: str, wide: float) -> None:
    assert width(text) == pytest.approx(wide)


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 5, [""]),
        ("一二三四五", 5, ["一二三四五"]),
        ("一二三四五六", 5, ["一二三四五", "六"]),
        ("一二三四五。六", 5, ["一二三四五。", "六"]),
        ("一二三四 五六", 4, ["一二三四", "五六"]),
        ("一二", 0.5, ["一", "二"]),
    ],
)
def test_lines_end_where_they_are_full_and_no_mark_begins_one(
    text: str, most: float, lines: list[str]
) -> None:
    assert wrapped(text, most) == lines
