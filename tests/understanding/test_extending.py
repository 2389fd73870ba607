"""An officer's words that ask for more time: 延期, and why."""

import pytest

from domain.ids import MemberId
from domain.people import Role
from understanding import Said
from understanding.officers.extending import asks_for_time, says_why


def asks(text: str, *, private: bool) -> bool:
    return asks_for_time(Said(text, MemberId("o1"), role=Role.OFFICER, private=private))


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        *(
            "延期，环卫车坏了",
            "延期 环卫车坏了",
            "延期：等配件",
            "延期等环卫车",
            "延期因为环卫车坏了",
            "延其，车坏了",
        ),
        *(
            "申请延期，等环卫车",
            "我想延期到周五 配件没到",
            "这单延期，车坏了",
            "再延两天，还没好",
            "延到周五，业主不在家",
        ),
        *("001 延期 环卫车坏了", "延期001 环卫车坏了", "20260511-001 延期到明天，环卫车坏了"),
        *(
            "来不及了，延期，车坏了",
            "环卫车坏了，申请延期",
            "能不能延期两天，车坏了",
            "申请再延期两天，环卫车还没好",
        ),
    ],
)
def test_more_time_is_asked_for_and_why_is_said(text: str, *, private: bool) -> None:
    assert asks(text, private=private)
    assert says_why(text)


@pytest.mark.parametrize(
    "text",
    [
        *("延期", "申请延期", "延期两天", "延期到明天", "001 延期", "再延两天吧", "延期一下", "延期到6.1"),
        *("来不及，申请延期一天", "延期，请领导批准", "@网格管家 延期"),
    ],
)
def test_more_time_is_asked_for_without_a_reason(text: str) -> None:
    assert asks(text, private=True)
    assert not says_why(text)


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        *("不用延期", "不延期了", "没必要延期", "已延期", "他说要延期，我没同意", "店主申请延期"),
        *("延期到什么时候？", "延期吗", "延期？", "延期批了没有", "延期的单子有几件", "能延期吗"),
        *("延期开会", "今天的会延期了", "培训延期到周五", "延长线拉好了", "延误了，已处理"),
    ],
)
def test_words_with_more_time_in_them_ask_for_none(text: str, *, private: bool) -> None:
    assert not asks(text, private=private)


@pytest.mark.parametrize("text", ["会议取消，延期到周五", "老师有事，延期两天"])
def test_in_a_group_more_time_after_something_else_may_be_anybodys(text: str) -> None:
    assert not asks(text, private=False)
