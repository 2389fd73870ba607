"""What a question leaves out, and strangers' names: no figure for something else than was asked."""

import pytest

from bot.working_days import holiday
from domain.query import Filters, Group, Metric
from tests.understanding.bureau import MONDAY, NAMES, asked
from understanding.questions import Doubt, Why, ask, doubt


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("上月受理多少件，不含垃圾分类", "不含…"),
        ("噪声除外 上月多少件", "…除外"),
        ("除占道经营外 上周受理多少", "除…"),
        ("柳溪以外的街道上周几件", "…以外"),
        ("把油烟剔除 上月总共几件", "把…剔除"),
        ("扣掉重复的 上周接了多少", "扣掉重复的"),
        ("不包括节假日 平均几小时办结", "不包括节假日"),
        ("超期的不算 上月办结几件", "超期的不算"),
    ],
)
def test_what_would_have_to_be_left_out_is_said(text: str, word: str) -> None:
    assert ask(text, MONDAY, None, NAMES, holiday) is None
    assert doubt(text, MONDAY, None, NAMES, holiday) == Doubt(Why.NOT_KEPT, word)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("自己巡查的不算 上周接了几件", "上周接了几件"),
        ("上周主动制止几起 投诉来的不算", "上周主动制止几起"),
        ("上周油烟几件，烧烤的不算", "上周油烟几件"),
        ("上周噪声投诉几件 不含施工的", "上周噪声投诉几件"),
        ("上周受理几件 办结先不要", "上周受理几件"),
        ("去掉社区 上周受理只要总数", "上周受理总数"),
    ],
)
def test_what_was_never_in_is_left_out_without_a_word(text: str, meant: str) -> None:
    assert asked(text) == asked(meant)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("和平社区上周几件", "和平社区"),
        ("上海路社区上个月受理多少", "上海路社区"),
        ("三里庙社区这个月投诉多少", "三里庙社区"),
        ("八一街道上周受理几件", "八一街道"),
        ("五家村上周超期几件", "五家村"),
        ("新村社区上周多少", "新村社区"),
        ("十字街上周接了几件", "十字街"),
        ("张家塘那边上周几件投诉", "张家塘"),
    ],
)
def test_a_name_may_begin_like_a_number_or_a_word(text: str, name: str) -> None:
    assert doubt(text, MONDAY, None, NAMES, holiday) == Doubt(Why.UNKNOWN, name)


def test_a_stranger_is_told_after_a_question_as_well() -> None:
    first = asked("上周各社区投诉")
    assert doubt("那火星社区呢", MONDAY, first, NAMES, holiday) == Doubt(Why.UNKNOWN, "火星社区")
    assert doubt("红旗街道呢", MONDAY, first, NAMES, holiday) == Doubt(Why.UNKNOWN, "红旗街道")


@pytest.mark.parametrize("text", ["四个社区上周受理排名", "十四个社区上周受理排名", "辖区内社区上周受理排名"])
def test_how_many_places_there_are_is_no_name(text: str) -> None:
    query = asked(text)
    assert (query.group_by, query.filters) == (Group.COMMUNITY, Filters())


def test_who_says_who_he_is_asks_for_his_place_not_for_himself() -> None:
    query = asked("我是柳溪街道的方大同，我们街道这个月接了几件")
    assert query.filters == Filters(street="柳溪街道")
    other = asked("这里是石桥村的石永强，上周办结几件")
    assert (other.metric, other.filters) == (Metric.RESOLVED, Filters(community="石桥村"))
