"""Supervisors' questions: what is understood, and what is kept from the question before."""

from datetime import date

import pytest

from bot.working_days import holiday
from domain.query import Compare, Filters, Group, Metric, Order, Query, definitions
from tests.understanding.namesakes import MONDAY, asked
from understanding.questions import CommunityNames, Names, StreetNames, ask


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("上周受理多少件", Metric.TICKETS),
        ("上周办结几件", Metric.RESOLVED),
        ("现在还有几件没办完", Metric.OPEN),
        ("手里积压多少单", Metric.OPEN),
        ("逾期的有几件", Metric.OVERDUE),
        ("没按时办结的有多少", Metric.OVERDUE),
        ("本月按期率", Metric.ON_TIME_RATE),
        ("按时办结的占几成", Metric.ON_TIME_RATE),
        ("本月结案率", Metric.CLOSE_RATE),
        ("油烟平均几个小时办结", Metric.MEDIAN_HOURS),
        ("居民满不满意，上个月", Metric.SATISFACTION),
        ("上周对接几次", Metric.CHECKINS),
        ("有没有人去青松对接", Metric.CHECKINS),
        ("上周哪些社区没去对接", Metric.MISSED_CHECKINS),
        ("这个月主动制止几起", Metric.ACTIONS),
    ],
)
def test_each_metric_is_known_by_its_words(text: str, metric: Metric) -> None:
    assert asked(text).metric is metric


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("今天", date(2026, 6, 22), date(2026, 6, 22)),
        ("前天", date(2026, 6, 20), date(2026, 6, 20)),
        ("上周", date(2026, 6, 15), date(2026, 6, 21)),
        ("上上周", date(2026, 6, 8), date(2026, 6, 14)),
        ("上周一到周三", date(2026, 6, 15), date(2026, 6, 17)),
        ("周末", date(2026, 6, 20), date(2026, 6, 21)),
        ("本月", date(2026, 6, 1), date(2026, 6, 22)),
        ("上个月", date(2026, 5, 1), date(2026, 5, 31)),
        ("五月下旬", date(2026, 5, 21), date(2026, 5, 31)),
        ("2月", date(2026, 2, 1), date(2026, 2, 28)),
        ("11月", date(2025, 11, 1), date(2025, 11, 30)),
        ("去年3月", date(2025, 3, 1), date(2025, 3, 31)),
        ("3到5月", date(2026, 3, 1), date(2026, 5, 31)),
        ("一季度", date(2026, 1, 1), date(2026, 3, 31)),
        ("本季度", date(2026, 4, 1), date(2026, 6, 22)),
        ("上半年", date(2026, 1, 1), date(2026, 6, 22)),
        ("去年下半年", date(2025, 7, 1), date(2025, 12, 31)),
        ("今年以来", date(2026, 1, 1), date(2026, 6, 22)),
        ("去年", date(2025, 1, 1), date(2025, 12, 31)),
        ("近7天", date(2026, 6, 16), date(2026, 6, 22)),
        ("近 7 天", date(2026, 6, 16), date(2026, 6, 22)),
        ("近两周", date(2026, 6, 9), date(2026, 6, 22)),
        ("端午", date(2026, 6, 19), date(2026, 6, 21)),
        ("国庆", date(2025, 10, 1), date(2025, 10, 8)),
        ("五一假期", date(2026, 5, 1), date(2026, 5, 5)),
        ("5月10号到20号", date(2026, 5, 10), date(2026, 5, 20)),
        ("从三月份到现在", date(2026, 3, 1), date(2026, 6, 22)),
        ("截至昨天本月", date(2026, 6, 1), date(2026, 6, 21)),
    ],
)
def test_a_period_is_its_first_and_last_day(said: str, since: date, until: date) -> None:
    query = asked(f"{said}受理多少件")
    assert (query.since, query.until) == (since, until)


def test_without_a_period_it_is_the_running_month_and_now_for_what_is_a_state() -> None:
    assert asked("办结率多少").since == date(2026, 6, 1)
    assert asked("超期几件").since is None
    assert asked("上周超期几件").until == date(2026, 6, 21)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("石桥镇上周几件投诉", Filters(street="石桥镇")),
        ("石桥村上周几件投诉", Filters(community="石桥村")),
        ("柳溪上周几件投诉", Filters(street="柳溪街道")),
        ("柳溪社区上周几件投诉", Filters(community="柳溪社区")),
        ("青松上周几件投诉", Filters(community="青松社区")),
        ("轻松社区上周几件投诉", Filters(community="青松社区")),
        ("南门上周几件投诉", Filters(community="南门口社区")),
        ("白小敏上周办结几件", Filters(officer="白小敏")),
        ("白晓敏上周办结几件", Filters(officer="白小敏")),
        ("老常上周办结几件", Filters(officer="常宁")),
        ("上官上周办结几件", Filters(officer="上官云")),
        ("永强上周办结几件", Filters(officer="石永强")),
        ("南门口的老方上周办结几件", Filters(community="南门口社区", officer="方小军")),
        ("流动摊贩上周几件", Filters(category="占道经营")),
        ("店外金银上周几件", Filters(category="店外经营")),
        ("上周违健几起", Filters(category="违章搭建")),
        ("无证施工上周几件", Filters(category="无证施工")),
        ("无证施工专项上周几件", Filters(campaign="无证施工")),
        ("毁绿占绿那一块上周几件", Filters(campaign="毁绿占绿")),
    ],
)
def test_names_are_known_by_short_names_and_slips(text: str, filters: Filters) -> None:
    assert asked(text).filters == filters


@pytest.mark.parametrize(
    ("text", "group", "order", "limit"),
    [
        ("上周各社区投诉", Group.COMMUNITY, None, None),
        ("上周各社区投诉排名", Group.COMMUNITY, Order.DESC, None),
        ("上周哪个街道投诉最多", Group.STREET, Order.DESC, 1),
        ("上周投诉最少的两个社区", Group.COMMUNITY, Order.ASC, 2),
        ("上月满意度垫底的社区", Group.COMMUNITY, Order.ASC, 1),
        ("上月超期最严重的街道", Group.STREET, Order.DESC, 1),
        ("处理最快的队员是谁", Group.OFFICER, Order.ASC, 1),
        ("哪类处理得最慢", Group.CATEGORY, Order.DESC, 1),
        ("上月各街道结案率从低到高", Group.STREET, Order.ASC, None),
        ("谁办结得最多", Group.OFFICER, Order.DESC, 1),
        ("今年每月受理量", Group.MONTH, None, None),
        ("上个月每周受理量", Group.WEEK, None, None),
        ("近7天投诉走势", Group.DAY, None, None),
        ("五大整治今年各多少件", Group.CAMPAIGN, None, None),
        ("今年投诉前五的类别", Group.CATEGORY, Order.DESC, 5),
    ],
)
def test_groups_orders_and_limits(text: str, group: Group, order: Order | None, limit: int | None) -> None:
    query = asked(text)
    assert (query.group_by, query.order, query.limit) == (group, order, limit)


@pytest.mark.parametrize(
    ("text", "compare", "since"),
    [
        ("上周投诉环比", Compare.PREVIOUS, date(2026, 6, 15)),
        ("上周投诉比上上周多了还是少了", Compare.PREVIOUS, date(2026, 6, 15)),
        ("投诉比上周多吗", Compare.PREVIOUS, date(2026, 6, 22)),
        ("油烟投诉比去年同期多了还是少了", Compare.LAST_YEAR, date(2026, 6, 1)),
        ("今年五一投诉跟去年五一比", Compare.LAST_YEAR, date(2026, 5, 1)),
    ],
)
def test_what_is_compared_is_the_period_asked_about(text: str, compare: Compare, since: date) -> None:
    query = asked(text)
    assert (query.compare, query.since) == (compare, since)


def test_a_follow_up_keeps_what_it_does_not_change() -> None:
    first = asked("上周各社区投诉排名")
    third = asked("前三个", first)
    assert (third.limit, third.order, third.group_by, third.since) == (
        3,
        Order.DESC,
        Group.COMMUNITY,
        first.since,
    )
    assert asked("那上个月呢", third).since == date(2026, 5, 1)
    assert asked("办结的呢", third).metric is Metric.RESOLVED
    assert asked("油烟的", third).filters == Filters(category="油烟污染")
    assert asked("只要总数", third) == Query(Metric.TICKETS, None, first.since, first.until)


def test_a_place_takes_the_place_of_a_place() -> None:
    first = asked("青松本月油烟投诉几件")
    assert asked("石桥村呢", first).filters == Filters(community="石桥村", category="油烟污染")
    assert asked("哪个社区最多", first).filters == Filters(category="油烟污染")
    assert asked("整个柳溪街道呢", first).filters == Filters(street="柳溪街道", category="油烟污染")
    assert asked("占道的呢", first).filters == Filters(community="青松社区", category="占道经营")


def test_a_comparison_is_not_kept() -> None:
    first = asked("本月投诉同比")
    assert asked("办结率呢", first).compare is None


def test_every_metric_has_its_definition() -> None:
    assert definitions().keys() == set(Metric)
    assert all(one.name and one.definition for one in definitions().values())


def test_a_query_with_a_filter_that_does_not_exist_is_refused() -> None:
    row = asked("上周投诉多少").as_json() | {"filters": {"reporter": "r1"}}
    with pytest.raises(ValueError, match="reporter"):
        Query.from_json(row)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("近半天有多少投诉", date(2026, 6, 22)),
        ("过去半日接了几件投诉", date(2026, 6, 22)),
        ("最近半周多少投诉", date(2026, 6, 19)),
        ("最近半个礼拜接了几件投诉", date(2026, 6, 19)),
        ("近半个季度多少投诉", date(2026, 5, 9)),
        ("近半个月多少投诉", date(2026, 6, 8)),
    ],
)
def test_half_of_a_time_is_days_back_from_today(text: str, since: date) -> None:
    assert (asked(text).since, asked(text).until) == (since, MONDAY.date())


def test_officers_are_known_by_name_without_what_the_roster_puts_before_it() -> None:
    names = Names((StreetNames("柳溪街道", (CommunityNames("柳溪社区", ("城管-方大同", "执法上官云")),)),))
    for text, officer in (
        ("方大同手上几件", "城管-方大同"),
        ("老方上周办了几件", "城管-方大同"),
        ("上官云上周办了几件", "执法上官云"),
    ):
        query = ask(text, MONDAY, None, names, holiday)
        assert query is not None, text
        assert query.filters.officer == officer


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("最近30天趋势", date(2026, 5, 24)),
        ("投诉趋势图", date(2026, 6, 1)),
        ("本周走势图发我", date(2026, 6, 22)),
    ],
)
def test_a_trend_alone_is_one_of_complaints(text: str, since: date) -> None:
    query = asked(text)
    assert (query.metric, query.group_by, query.since) == (Metric.TICKETS, Group.DAY, since)
