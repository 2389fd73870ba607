"""Questions that get no figure, or that were put right half-way: what the asker hears, and of what it is about."""

from datetime import date

import pytest

from bot.working_days import holiday
from domain.query import Compare, Filters, Group, Metric, Order, Query
from tests.understanding.bureau import MONDAY, NAMES, asked
from understanding.questions import Doubt, Why, ask, doubt


def surely(text: str, before: Query | None = None) -> Query:
    """What is asked without any doubt."""
    query = asked(text, before)
    assert doubt(text, MONDAY, before, NAMES, holiday) is None
    return query


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("火星社区上周几件投诉", Doubt(Why.UNKNOWN, "火星社区")),
        ("红星村这个月超期几件", Doubt(Why.UNKNOWN, "红星村")),
        ("紫薇苑上周接了几件", Doubt(Why.UNKNOWN, "紫薇苑")),
        ("老李上周办结几件", Doubt(Why.UNKNOWN, "老李")),
        ("曹建军上周办结几件", Doubt(Why.UNKNOWN, "曹建军")),
        ("曹建军手上几件", Doubt(Why.UNKNOWN, "曹建军")),
        ("张三办了几件", Doubt(Why.UNKNOWN, "张三")),
        ("建祥现在超期几件", Doubt(Why.UNKNOWN, "建祥")),
        ("挂账几件", Doubt(Why.NOT_KEPT, "挂账")),
        ("老方上周办结几件", Doubt(Why.SEVERAL)),
        ("返工率多少", Doubt(Why.NOT_KEPT, "返工率")),
        ("超过三天没办的有几件", Doubt(Why.NOT_KEPT, "超过三天")),
        ("入汛以来受理多少", Doubt(Why.NO_DAYS, "入汛以来")),
        ("2035年国庆受理多少", Doubt(Why.NO_DAYS)),
        ("本月受理多少，办结多少", Doubt(Why.TWO)),
        ("一月和三月各多少投诉", Doubt(Why.TWO)),
        ("一季度二季度各多少投诉", Doubt(Why.TWO)),
        ("油烟和烧烤上周几件", Doubt(Why.TWO)),
        ("哪个社区投诉最多哪个最少", Doubt(Why.TWO)),
    ],
)
def test_who_asks_for_what_is_not_there_hears_why(text: str, why: Doubt) -> None:
    assert ask(text, MONDAY, None, NAMES, holiday) is None
    assert doubt(text, MONDAY, None, NAMES, holiday) == why


@pytest.mark.parametrize(
    "text", ["火星社区明天开会", "老李你来一下", "返工的抓紧办", "明天气温怎么样", "好嘞"]
)
def test_what_asks_for_no_figure_is_no_doubt(text: str) -> None:
    assert ask(text, MONDAY, None, NAMES, holiday) is None
    assert doubt(text, MONDAY, None, NAMES, holiday) is None


def test_whom_only_the_answer_has_named_cannot_be_told() -> None:
    first = surely("上周哪个街道投诉最多")
    assert doubt("这个街道下面哪个社区最多", MONDAY, first, NAMES, holiday) == Doubt(Why.SEVERAL)
    named = surely("柳溪街道上周投诉多少")
    assert surely("这个街道里面哪个社区最多", named).filters == Filters(street="柳溪街道")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("上周受理，不对，上周办结几件", "上周办结几件"),
        ("南门口上周投诉... 说错了 石桥村上周投诉", "石桥村上周投诉"),
        ("九月没结的... 不是 现在没结的一共多少", "现在没结的一共多少"),
        ("按周... 算了 上个月按天看投诉", "上个月按天看投诉"),
    ],
)
def test_what_was_missaid_is_taken_back(text: str, meant: str) -> None:
    assert surely(text) == surely(meant)


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("今年夏天", date(2026, 6, 1), date(2026, 8, 31)),
        ("去年冬天", date(2025, 12, 1), date(2026, 2, 28)),
        ("入秋以来", date(2026, 9, 1), date(2026, 10, 12)),
        ("暑假", date(2026, 7, 1), date(2026, 8, 31)),
        ("开学以来", date(2026, 9, 1), date(2026, 10, 12)),
        ("节后", date(2026, 10, 8), date(2026, 10, 12)),
        ("长假期间", date(2026, 10, 1), date(2026, 10, 7)),
        ("国庆前三天", date(2026, 10, 1), date(2026, 10, 3)),
        ("9月第二周", date(2026, 9, 7), date(2026, 9, 13)),
        ("三季度头两周", date(2026, 7, 1), date(2026, 7, 14)),
        ("上月底到现在", date(2026, 9, 30), date(2026, 10, 12)),
        ("从九月中旬到上周日", date(2026, 9, 11), date(2026, 10, 11)),
        ("9月中下旬", date(2026, 9, 11), date(2026, 9, 30)),
        ("七八两个月", date(2026, 7, 1), date(2026, 8, 31)),
        ("近俩月", date(2026, 8, 13), date(2026, 10, 12)),
        ("近一个季度", date(2026, 7, 13), date(2026, 10, 12)),
        ("周一了，上周", date(2026, 10, 5), date(2026, 10, 11)),
    ],
)
def test_more_ways_to_say_when(said: str, since: date, until: date) -> None:
    query = surely(f"{said}受理多少件")
    assert (query.since, query.until) == (since, until)


def test_the_period_before_the_one_asked_about() -> None:
    first = surely("九月第一周受理多少")
    assert surely("再往前一周呢", first).since == date(2026, 8, 24)
    assert surely("后一个月呢", surely("七月受理多少")).since == date(2026, 8, 1)


@pytest.mark.parametrize(
    ("text", "compare", "since"),
    [
        ("三季度投诉同比去年", Compare.LAST_YEAR, date(2026, 7, 1)),
        ("九月办结率同比去年九月", Compare.LAST_YEAR, date(2026, 9, 1)),
        ("八月和九月投诉对比", Compare.PREVIOUS, date(2026, 9, 1)),
        ("去年国庆跟今年国庆投诉对比", Compare.LAST_YEAR, date(2026, 10, 1)),
        ("上周投诉降了没有", Compare.PREVIOUS, date(2026, 10, 5)),
    ],
)
def test_what_stands_beside_a_comparison(text: str, compare: Compare, since: date) -> None:
    query = surely(text)
    assert (query.compare, query.since) == (compare, since)


@pytest.mark.parametrize(
    ("text", "group", "order", "limit"),
    [
        ("八九月份分别受理多少", Group.MONTH, None, None),
        ("昨天接了多少，今天又接了多少", Group.DAY, None, None),
        ("上周日均受理多少", Group.DAY, None, None),
        ("上周投诉超过20件的社区", Group.COMMUNITY, Order.DESC, None),
        ("九月办结率低于80%的街道", Group.STREET, Order.ASC, None),
        ("九月投诉石桥镇排第几", Group.STREET, Order.DESC, None),
        ("九月满意度从好到差，各社区", Group.COMMUNITY, Order.DESC, None),
        ("九月超期从好到差，各社区", Group.COMMUNITY, Order.ASC, None),
        ("九月街道投诉排名，倒数两个", Group.STREET, Order.ASC, 2),
        ("九月哪些社区满意度垫底，给我三个", Group.COMMUNITY, Order.ASC, 3),
        ("上周没对接的社区", Group.COMMUNITY, None, None),
        ("柳溪街道两个社区九月投诉", Group.COMMUNITY, None, None),
    ],
)
def test_more_groups_orders_and_limits(
    text: str, group: Group, order: Order | None, limit: int | None
) -> None:
    query = surely(text)
    assert (query.group_by, query.order, query.limit) == (group, order, limit)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("上周烟的投诉几件", "油烟污染"),
        ("上周棚子几起", "违章搭建"),
        ("上周摆摊的几起", "占道经营"),
        ("上周种菜的几起", "毁绿占绿"),
        ("上周牛皮癣几处", "乱贴小广告"),
        ("上周半夜施工吵的几起", "施工噪声"),
        ("上周广场舞几起", "生活噪声"),
        ("上周垃圾没人收的几起", "暴露垃圾"),
    ],
)
def test_kinds_have_everyday_words(text: str, category: str) -> None:
    assert surely(text).filters.category == category


def test_an_office_is_not_the_beginning_of_a_verb() -> None:
    query = surely("柳溪街道办结几件，上周")
    assert (query.metric, query.filters.street) == (Metric.RESOLVED, "柳溪街道")
    assert surely("柳溪街道办上周受理几件").metric is Metric.TICKETS


@pytest.mark.parametrize(
    "text",
    ["前天的折线图再发一份", "石桥村有几户人家", "南门口是谁带队", "以后每周都要交小结", "昨天下棋了没"],
)
def test_after_a_question_not_everything_is_one(text: str) -> None:
    assert ask(text, MONDAY, surely("上周各社区投诉排名"), NAMES, holiday) is None
