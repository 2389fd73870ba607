"""Law cards as data: what is no card, what may be quoted, and which comes next."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from domain.category import categories
from domain.law import BadCard, LawCard, LawCards, next_card, parsed, shipped

DAY = date(2026, 5, 11)
ROW: dict[str, Any] = {
    "id": "X1",
    "question": "能不能",
    "answer": "能。",
    "law": "《条例》",
    "article": "第3条",
}


def card(key: str, category: str = "", **changes: object) -> LawCard:
    verified = {"verified_by": "法制科", "verified_on": "2026-05-01", "category": category}
    return parsed(ROW | verified | {"id": key} | changes)


def test_the_shipped_cards_are_whole_and_verified_by_nobody() -> None:
    cards = shipped().all
    assert len(cards) == 36
    assert len({one.id for one in cards}) == 36
    assert not any(one.verified_by or one.verified_on for one in cards)
    assert not any(one.quotable(DAY) for one in cards)
    assert all(one.words and len(one.asks) >= 9 for one in cards)


def test_an_answer_is_short_and_says_no_article_and_no_money() -> None:
    for one in shipped().all:
        assert len(one.answer) <= 60, one.id
        assert not re.search(r"第\d+条|\d元|罚款", one.answer), one.id


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": " "}, "缺编号"),
        ({"answer": ""}, "缺短答"),
        ({"law": None}, "缺出处"),
        ({"valid_to": "2026-02-30"}, "失效日期“2026-02-30”不是日期"),
        ({"verified_by": "张三", "verified_on": "昨天"}, "核验日期“昨天”不是日期"),
        ({"valid_from": "2026-05-02", "valid_to": "2026-05-01"}, "失效日期早于施行日期"),
        ({"verified_by": "张三"}, "核验人和核验日期要一起填"),
        ({"verified_on": "2026-05-01"}, "核验人和核验日期要一起填"),
        ({"verified_by": "张三", "verified_on": "2026-05-01", "article": ""}, "要填条号"),
        ({"category": "修仙"}, "没有“修仙”这个类别"),
    ],
)
def test_a_row_that_is_no_card_is_named(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadCard, match=reason):
        parsed(ROW | changes)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(BadCard) as error:
        parsed({"valid_to": "x"})
    assert len(error.value.reasons) == 5


@pytest.mark.parametrize(
    ("changes", "quotable"),
    [
        ({}, True),
        ({"valid_from": "2026-05-11", "valid_to": "2026-05-11"}, True),
        ({"valid_from": "2026-05-12"}, False),
        ({"valid_to": "2026-05-10"}, False),
        ({"verified_on": "2026-05-11"}, True),
        ({"verified_on": "2026-05-12"}, False),
        ({"verified_by": "", "verified_on": ""}, False),
    ],
)
def test_an_article_may_be_quoted_while_verified_and_in_force(
    changes: dict[str, Any], quotable: bool
) -> None:
    assert card("X1", **changes).quotable(DAY) is quotable


def test_the_weekly_card_goes_round() -> None:
    cards = LawCards((card("A"), card("B"), card("C")))
    told: dict[str, date] = {}
    said = []
    for week in range(5):
        day = DAY + timedelta(weeks=week)
        one = next_card(cards, told, day)
        assert one is not None
        told[one.id] = day
        said.append(one.id)
    assert said == ["A", "B", "C", "A", "B"]


def test_what_was_complained_about_most_comes_first_among_equals() -> None:
    fumes, noise = list(categories())[10], list(categories())[14]
    cards = LawCards((card("A"), card("B", fumes), card("C", noise)))
    one = next_card(cards, {}, DAY, [fumes, noise, noise])
    assert one
    assert one.id == "C"
    one = next_card(cards, {"C": DAY}, DAY, [noise])
    assert one
    assert one.id == "A"


def test_no_card_goes_out_unasked_that_is_not_verified_or_not_in_force() -> None:
    assert next_card(shipped(), {}, DAY) is None
    ended = card("A", valid_to="2026-05-10")
    assert next_card(LawCards((ended,)), {}, DAY) is None
    one = next_card(LawCards((ended, card("B"))), {"B": DAY}, DAY)
    assert one
    assert one.id == "B"
