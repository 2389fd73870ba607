"""Times that are not asked about, days before and after others, and places of somebody who was spoken of."""

from datetime import date, datetime

import pytest

from bot.working_days import holiday
from domain.query import Compare, Filters, Group, Metric, Order, Query
from tests.understanding.bureau import CHINA, MONDAY, NAMES, asked
from understanding.questions import Doubt, Why, ask, doubt


def days(text: str, before: Query | None = None, at: datetime = MONDAY) -> tuple[date | None, date | None]:
    query = asked(text, before, at)
    return query.since, query.until


def october(first: int, last: int) -> tuple[date, date]:
    return date(2026, 10, first), date(2026, 10, last)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("下礼拜一要向区里汇报，三季度受理多少", "三季度受理多少"),
        ("下个月5号要交总结，上周受理多少", "上周受理多少"),
        ("周五要开会，上周受理多少", "上周受理多少"),
        ("25号要开会，9月受理多少", "9月受理多少"),
        ("节后第一天碰头会，国庆七天受理多少", "国庆受理多少"),
        ("昨天局长问起，上个月满意度多少", "上个月满意度多少"),
        ("今天周一，上周受理几件", "上周受理几件"),
        ("周四例会用，上周没对接的社区有哪些", "上周没对接的社区有哪些"),
        ("四季度刚开头，三季度受理多少", "三季度受理多少"),
    ],
)
def test_the_time_of_a_meeting_is_not_that_of_the_figure(text: str, meant: str) -> None:
    assert asked(text) == asked(meant)


def test_the_time_of_what_is_asked_stays_though_it_stands_apart() -> None:
    assert days("上周，柳溪街道接了多少") == october(5, 11)
    assert days("国庆期间，柳溪街道接了多少") == october(1, 7)
    assert asked("9月份通报用，各街道超期多少") == asked("9月份各街道超期多少")
    assert asked("9月要考核，各街道办结率多少") == asked("9月各街道办结率多少")


@pytest.mark.parametrize(
    "text", ["周三例会上讲", "节后再看", "10月底考核", "今天周一", "这个月还行", "比上周好点了", "问下老石"]
)
def test_a_remark_about_a_time_is_no_question(text: str) -> None:
    first = asked("上周各社区受理多少")
    assert ask(text, MONDAY, first, NAMES, holiday) is None
    assert doubt(text, MONDAY, first, NAMES, holiday) is None


@pytest.mark.parametrize("text", ["下周一几件", "下周超期的有几件", "明天有几件到期"])
def test_days_to_come_have_no_figure(text: str) -> None:
    assert ask(text, MONDAY, None, NAMES, holiday) is None


@pytest.mark.parametrize(
    "text", ["近14天受理量，跟前一个14天对比", "近14天受理比再往前14天", "近14天受理，与此前14天对比"]
)
def test_so_many_days_are_compared_with_as_many_before(text: str) -> None:
    query = asked(text)
    assert (query.since, query.until) == (date(2026, 9, 29), MONDAY.date())
    assert (query.compare, query.group_by) == (Compare.PREVIOUS, None)


def test_as_many_days_before_are_those_before_what_was_asked() -> None:
    first = asked("近7天受理多少")
    assert days("前一个7天呢", first) == (date(2026, 9, 29), date(2026, 10, 5))
    assert days("再往前3天呢", first) == october(3, 5)
    assert days("前7天呢", first) == (date(2026, 9, 29), date(2026, 10, 5))
    assert doubt("前一个7天受理多少", MONDAY, None, NAMES, holiday) is not None


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("10月8、9号受理多少", date(2026, 10, 8), date(2026, 10, 9)),
        ("6、7、8号受理多少", date(2026, 10, 6), date(2026, 10, 8)),
        ("9月20到10月5受理多少", date(2026, 9, 20), date(2026, 10, 5)),
        ("10/8受理多少", date(2026, 10, 8), date(2026, 10, 8)),
        ("上周六日受理多少", date(2026, 10, 10), date(2026, 10, 11)),
        ("一二季度受理多少", date(2026, 1, 1), date(2026, 6, 30)),
        ("三季度前两个月受理多少", date(2026, 7, 1), date(2026, 8, 31)),
        ("上半年最后一个月受理多少", date(2026, 6, 1), date(2026, 6, 30)),
        ("今年前半年受理多少", date(2026, 1, 1), date(2026, 6, 30)),
        ("国庆当天受理多少", date(2026, 10, 1), date(2026, 10, 1)),
        ("国庆前一天受理多少", date(2026, 9, 30), date(2026, 9, 30)),
        ("节前三天受理多少", date(2026, 9, 28), date(2026, 9, 30)),
        ("国庆后三天受理多少", date(2026, 10, 8), date(2026, 10, 10)),
        ("10月8日后受理多少", date(2026, 10, 8), date(2026, 10, 12)),
        ("去年今天受理多少", date(2025, 10, 12), date(2025, 10, 12)),
        ("上个月今天受理多少", date(2026, 9, 12), date(2026, 9, 12)),
        ("入秋到现在受理多少", date(2026, 9, 1), date(2026, 10, 12)),
        ("下旬受理多少", date(2026, 9, 21), date(2026, 9, 30)),
    ],
)
def test_which_days_a_named_time_means(text: str, since: date, until: date) -> None:
    assert days(text) == (since, until)


def test_a_part_of_a_period_that_is_still_running_ends_today() -> None:
    assert days("四季度前两个月受理多少") == october(1, 12)
    assert days("国庆后一周受理多少") == october(8, 12)
    second = datetime(2026, 10, 2, 9, tzinfo=CHINA)
    assert days("国庆到现在受理多少", at=second) == october(1, 2)


@pytest.mark.parametrize(
    "text", ["10月8号之前受理多少", "国庆前受理多少", "中秋当天几件", "五一前后受理多少"]
)
def test_days_of_which_nobody_knows_the_first_get_no_figure(text: str) -> None:
    found = doubt(text, MONDAY, None, NAMES, holiday)
    assert found is not None
    assert found.why is Why.NO_DAYS


def test_their_community_is_where_the_officer_works() -> None:
    officer = asked("石永强上周受理多少")
    assert asked("他们社区呢", officer).filters == Filters(community="石桥村")
    assert asked("他那个社区受理多少", officer).filters == Filters(community="石桥村")
    assert asked("方小军他们街道上周受理多少").filters == Filters(street="柳溪街道")
    assert asked("他们街道呢", asked("南门口上周受理多少")).filters == Filters(street="柳溪街道")


def test_their_community_is_nobodys_where_nobody_was_spoken_of() -> None:
    assert doubt("他们社区上周受理多少", MONDAY, None, NAMES, holiday) == Doubt(Why.SEVERAL)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("其他街道上周多少", "其他街道"),
        ("别的社区上周几件", "别的社区"),
        ("余下的社区本月受理多少", "余下的社区"),
    ],
)
def test_others_are_beside_one_that_was_spoken_of(text: str, word: str) -> None:
    assert doubt(text, MONDAY, None, NAMES, holiday) == Doubt(Why.SEVERAL, word)
    first = asked("柳溪街道上周受理多少")
    query = asked("其他街道呢", first)
    assert (query.group_by, query.filters) == (Group.STREET, Filters())


@pytest.mark.parametrize(
    "text", ["石队问好", "代我向石队问好", "石队早上好", "石队收到", "石桥村大家好", "老石去哪了"]
)
def test_a_greeting_is_no_question(text: str) -> None:
    assert ask(text, MONDAY, asked("江丽上周按时率"), NAMES, holiday) is None


@pytest.mark.parametrize(
    "text", ["最多的五个都报上来", "最多的五个加进来", "正数五个", "最前头的五个", "从上往下数五个"]
)
def test_an_order_to_send_them_keeps_what_is_counted(text: str) -> None:
    query = asked(text, asked("上个月漏对接最多的是哪个社区"))
    assert (query.metric, query.order, query.limit) == (Metric.MISSED_CHECKINS, Order.DESC, 5)


def test_to_everybodys_name_is_by_officer() -> None:
    first = asked("9月超期多少件")
    assert asked("落到每个队员头上各几件", first).group_by is Group.OFFICER
    assert asked("摊到每个社区头上几件", first).group_by is Group.COMMUNITY
