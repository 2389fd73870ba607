"""When officers are away, who stands in, when they are back; and the days that a text names."""

from datetime import date

import pytest

from tests.understanding.telling import THURSDAY, told
from understanding.week.days import day_said, named
from understanding.week.leave import Leave, leave


@pytest.mark.parametrize(
    ("text", "first", "last", "stand_in"),
    [
        ("请假 6月11日-6月13日 替班 小范", date(2026, 6, 11), date(2026, 6, 13), "小范"),
        ("明天请一天假，老秦替我", date(2026, 5, 15), date(2026, 5, 15), "老秦"),
        ("下周二到周四休假，让小范顶一下", date(2026, 5, 19), date(2026, 5, 21), "小范"),
        ("21号到23号年休", date(2026, 5, 21), date(2026, 5, 23), ""),
        ("21-23号年休，秦明代班", date(2026, 5, 21), date(2026, 5, 23), "秦明"),
        ("从后天起请四天假", date(2026, 5, 16), date(2026, 5, 19), ""),
        ("病假三天，小范顶班", date(2026, 5, 14), date(2026, 5, 16), "小范"),
        ("3号到5号请假", date(2026, 6, 3), date(2026, 6, 5), ""),
        ("请假到后天", date(2026, 5, 14), date(2026, 5, 16), ""),
        ("下午请两个小时假", date(2026, 5, 14), date(2026, 5, 14), ""),
        ("下周休假，活交给小范", date(2026, 5, 18), date(2026, 5, 24), "小范"),
    ],
)
def test_from_when_to_when_and_who_stands_in(text: str, first: date, last: date, stand_in: str) -> None:
    assert leave(told(text)) == Leave(first, last, stand_in, part="小时" in text)


@pytest.mark.parametrize(
    ("text", "on", "first", "last"),
    [
        ("请假 12月29日-1月3日", date(2026, 12, 27), date(2026, 12, 29), date(2027, 1, 3)),
        ("1月3号请假", date(2026, 12, 31), date(2027, 1, 3), date(2027, 1, 3)),
        ("29号到2号请假", date(2026, 12, 27), date(2026, 12, 29), date(2027, 1, 2)),
        ("请假 12月29日-1月3日", date(2026, 5, 14), date(2026, 12, 29), date(2027, 1, 3)),
    ],
)
def test_years_roll_over_at_new_year(text: str, on: date, first: date, last: date) -> None:
    assert leave(told(text, on)) == Leave(first, last)


def test_a_leave_that_ends_before_it_begins_says_so() -> None:
    found = leave(told("请假 6月13日-6月11日"))
    assert found is not None
    assert found.backwards
    assert not Leave(date(2026, 6, 11), date(2026, 6, 13)).backwards


@pytest.mark.parametrize(
    ("text", "back"),
    [("我销假", date(2026, 5, 14)), ("提前回来啦", date(2026, 5, 14)), ("后天回来上班", date(2026, 5, 16))],
)
def test_the_end_of_a_leave(text: str, back: date) -> None:
    assert leave(told(text)) == Leave(None, None, back=back)


@pytest.mark.parametrize(
    "text",
    [
        "明天能请假吗",
        "小范明天休息",
        "老板请假回老家了",
        "明天不休息",
        "户主6月11日到6月13日不在家，答应回来拆",
        "端午调休怎么排",
    ],
)
def test_questions_and_others_who_are_away_are_none(text: str) -> None:
    assert leave(told(text)) is None


def test_days_gone_by_are_the_latest_that_fit() -> None:
    assert day_said("周五去的", THURSDAY) == date(2026, 5, 8)
    assert day_said("12月3号去的", THURSDAY) == date(2025, 12, 3)
    assert day_said("20号去的", THURSDAY) == date(2026, 4, 20)
    assert day_said("3号楼后面，5号投放亭", THURSDAY) is None


def test_all_days_are_found_where_they_stand() -> None:
    assert [(day.first, day.start) for day in named("请假18、19号和6月2日", THURSDAY)] == [
        (date(2026, 5, 18), 2),
        (date(2026, 5, 19), 5),
        (date(2026, 6, 2), 9),
    ]


def test_a_day_that_no_month_has_is_none() -> None:
    assert named("2月30日", THURSDAY) == []
    assert [day.first for day in named("2月29日", THURSDAY)] == [date(2028, 2, 29)]
