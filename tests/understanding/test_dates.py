"""The day that is meant by words, from the day on which they are said."""

from datetime import date, timedelta

import pytest

from understanding.language.dates import days_more, misdated, until

WEDNESDAY = date(2026, 5, 13)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("宽到下周三", date(2026, 5, 20)),
        ("礼拜天之前弄完", date(2026, 5, 17)),
        ("再给三天时间", date(2026, 5, 16)),
        ("月底前拆完", date(2026, 5, 31)),
        ("25号之前", date(2026, 5, 25)),
        ("6月2号完工", date(2026, 6, 2)),
        ("后天到货", date(2026, 5, 15)),
        ("5号能弄好", date(2026, 6, 5)),
        ("一周内整改", date(2026, 5, 20)),
        ("等材料到了再说", None),
        ("2月30号", None),
    ],
)
def test_days_count_from_the_day_they_are_said(text: str, day: date | None) -> None:
    assert until(text, WEDNESDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("延期到2026年6月1日，等配件", date(2026, 6, 1)),
        ("延期到26年6月1日", date(2026, 6, 1)),
        ("延期到明年3月1日", date(2027, 3, 1)),
        ("延期到2026-06-01", date(2026, 6, 1)),
        ("延期到6.1，等配件", date(2026, 6, 1)),
        ("延期到6月底", date(2026, 6, 30)),
        ("延期到年底", date(2026, 12, 31)),
        ("配件5月10日才发货，延期到5月20日", date(2026, 5, 20)),
        ("延期两天，5月8日就约了师傅", date(2026, 5, 15)),
        ("20260511-001 延期到明天", date(2026, 5, 14)),
        ("申请延期，5月10日报修的，配件没到", None),
    ],
)
def test_the_day_that_something_runs_to_is_the_one_that_is_said(text: str, day: date | None) -> None:
    assert until(text, WEDNESDAY) == day
    assert not misdated(text, WEDNESDAY)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "延期到5月10日，环卫车坏了",
            "延期到五月十号",
            "5月10日前弄好",
            "延到本月5号",
            "延期到2025年6月1日",
        ),
        *("延期到2月30日", "延到5月32号", "延期到6月31号", "延期到13月1日", "延期到32号", "延期到2月29日"),
        *("延期到昨天", "延期到上周五", "延期到本周一", "延期到下周八", "延期0天", "延期-1天"),
        *("延期到国庆后", "延期到6月，等配件"),
    ],
)
def test_a_day_that_cannot_be_meant_is_never_another_one(text: str) -> None:
    assert misdated(text, WEDNESDAY)
    assert until(text, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("said", "text", "day"),
    [
        (date(2026, 12, 20), "延期到1月5日", date(2027, 1, 5)),
        (date(2026, 5, 28), "延期到3号", date(2026, 6, 3)),
        (date(2027, 12, 20), "延期到2月29日", date(2028, 2, 29)),
        (date(2026, 1, 30), "延期到29号", None),
    ],
)
def test_the_end_of_a_year_or_a_month_runs_into_the_next(said: date, text: str, day: date | None) -> None:
    assert until(text, said) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("延期两天", 2),
        ("再延一周", 7),
        ("延期半个月", 15),
        ("延期到5月20日，要等两天", None),
        ("延期，等配件", None),
    ],
)
def test_for_how_many_days_more_is_asked(text: str, days: int | None) -> None:
    assert days_more(text, WEDNESDAY) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("三天搞不定，要延一个礼拜", 7),
        ("两天弄不完，再延三天", 3),
        ("三天时间太紧，延期十天", 10),
        ("一个礼拜都来不及，再给半个月", 15),
        ("等配件要三天，延五天", 5),
        ("延一个礼拜，三天搞不定", 7),
        ("要等三天，延期", 3),
    ],
)
def test_of_several_lengths_the_one_that_is_asked_for_counts(text: str, days: int) -> None:
    assert days_more(text, WEDNESDAY) == days
    assert until(text, WEDNESDAY) == WEDNESDAY + timedelta(days=days)
