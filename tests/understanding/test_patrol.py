"""What officers say they stopped of their own accord, and how they correct it."""

from datetime import date

import pytest

from tests.understanding.telling import told
from understanding.language.numbers import least
from understanding.week.corrections import Correction, correction
from understanding.week.patrol import patrols


def read(text: str, *places: str) -> list[tuple[str, int, str]]:
    return [(one.category, one.count, one.place) for one in patrols(told(text), places)]


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("制止店外经营 4起 丹霞路", [("店外经营", 4, "丹霞路")]),
        ("丹霞路 占道经营 2起", [("占道经营", 2, "丹霞路")]),
        ("清了小广告30多张，丹霞新村", [("乱贴小广告", 30, "丹霞新村")]),
        ("拆了一个铁皮棚子，丹霞新村2栋", [("违章搭建", 1, "丹霞新村2栋")]),
        ("在车站路口劝走卖橘子的三个", [("占道经营", 3, "车站路口")]),
    ],
)
def test_kind_count_and_place_are_read(text: str, stopped: list[tuple[str, int, str]]) -> None:
    assert read(text) == stopped


@pytest.mark.parametrize(
    ("text", "stopped"),
    [
        ("店外经营1起，违建2处，都在丹霞路", [("店外经营", 1, "丹霞路"), ("违章搭建", 2, "丹霞路")]),
        ("丹霞路店外经营1起，车站路店外经营3起", [("店外经营", 1, "丹霞路"), ("店外经营", 3, "车站路")]),
        ("丹霞路店外2占道1", [("店外经营", 2, "丹霞路"), ("占道经营", 1, "丹霞路")]),
        ("店外经营2起，违章搭建0起", [("店外经营", 2, "")]),
    ],
)
def test_two_in_one_line_are_two(text: str, stopped: list[tuple[str, int, str]]) -> None:
    assert read(text) == stopped


@pytest.mark.parametrize(
    "text",
    [
        "等下去丹霞路劝摊贩",
        "制止店外经营2起要拍照吗",
        "小罗你去把那两个摊贩劝走",
        "007店外经营已收回",
        "20260514-002 劝走了两个摊贩",
        "丹霞路有3起店外经营没处理",
        "本月制止店外经营多少起",
    ],
)
def test_promises_questions_orders_and_tickets_are_none(text: str) -> None:
    assert read(text) == []


def test_what_may_be_about_a_ticket_is_not_sure() -> None:
    assert [one.sure for one in patrols(told("劝走两个卖橘子的，车站路口"), ())] == [False]
    assert [one.sure for one in patrols(told("自己巡到车站路口，劝走两个卖橘子的"), ())] == [True]
    assert [one.sure for one in patrols(told("制止店外经营2起 车站路口"), ())] == [True]


def test_the_day_is_kept_where_it_is_said() -> None:
    assert patrols(told("昨天制止违建2处 丹霞路"), ())[0].when == date(2026, 5, 13)
    assert patrols(told("上周三制止违建2处 丹霞路"), ())[0].when == date(2026, 5, 6)
    assert patrols(told("制止违建2处 丹霞路"), ())[0].when is None


def test_a_known_place_is_found_without_an_end_that_tells_it() -> None:
    assert read("制止店外经营2起金三角", "金三角") == [("店外经营", 2, "金三角")]


@pytest.mark.parametrize(
    ("said", "number"),
    [("十几", 10), ("二十几", 20), ("几十", 20), ("五六", 5), ("两三", 2), ("仨", 3), ("一百二十", 120), ("上百", 100),
     ("十五六", 15), ("37", 37)],
)  # fmt: skip
def test_of_a_vague_number_the_sure_part_counts(said: str, number: int) -> None:
    assert least(said) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("刚才那个是7起", Correction(count=7)),
        ("不是违建，是店外经营", Correction(category="店外经营")),
        ("地点是丹霞路", Correction(place="丹霞路")),
        ("地点改到车站路口", Correction(place="车站路口")),
        ("刚刚那条记错了，作废", Correction(void=True)),
        ("撤回吧", Correction(void=True)),
        ("是4起，不是7起", Correction(count=4)),
        ("更正：占道经营 4起 车站路", Correction("占道经营", 4, "车站路")),
    ],
)
def test_a_correction_changes_what_it_names(text: str, found: Correction) -> None:
    assert correction(told(text)) == found


@pytest.mark.parametrize(
    "text", ["撤销投诉要怎么弄", "制止店外经营2起 丹霞路", "好的", "地点在哪里", "会议改到四点"]
)
def test_other_lines_correct_nothing(text: str) -> None:
    assert correction(told(text)) is None
