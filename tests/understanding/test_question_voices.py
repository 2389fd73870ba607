"""Office language, notes of a few words, dialect: the same questions, each said as its people say them."""

from datetime import date

import pytest

from bot.working_days import holiday
from domain.query import Compare, Filters, Group, Metric, Order
from tests.understanding.bureau import MONDAY, NAMES, asked
from understanding.questions import ask


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("请提供9月份石桥镇在无证施工专项整治中的受理件数。", "9月石桥镇无证施工整治受理几件"),
        ("请告知本周石桥村在办件数。", "本周石桥村在办几件"),
        ("烦请核算9月份平均处置时长。", "9月平均处置时长"),
        ("请将9月1日以来的受理量按日列出。", "9月1日以来受理量按日"),
        ("请列明上月未开展对接的社区。", "上月没对接的社区"),
        ("请帮忙核对一下9月份柳溪街道的满意率。", "9月柳溪街道满意率"),
    ],
)
def test_a_polite_request_is_a_question(text: str, meant: str) -> None:
    assert asked(text) == asked(meant)


@pytest.mark.parametrize(
    ("text", "group", "limit"),
    [
        ("名单太长了，只保留前六名就可以。", Group.COMMUNITY, 6),
        ("还是太长 只留前三", Group.COMMUNITY, 3),
        ("社区太细了，请改为按街道汇总。", Group.STREET, None),
        ("太碎了 按街道归一下", Group.STREET, None),
        ("人头太多 不分了 报总数", None, None),
    ],
)
def test_a_remark_on_the_answer_changes_what_is_shown(
    text: str, group: Group | None, limit: int | None
) -> None:
    query = asked(text, asked("上周各社区投诉排名"))
    assert (query.group_by, query.limit, query.metric) == (group, limit, Metric.TICKETS)


def test_the_same_again_of_another_place_keeps_the_rest() -> None:
    first = asked("9月1日至15日柳溪街道店外经营受理，按社区")
    again = asked("同样的口径，请把石桥镇的也列一份。", first)
    assert again.filters == Filters(street="石桥镇", category="店外经营")
    assert (again.group_by, again.since) == (first.group_by, first.since)


@pytest.mark.parametrize("text", ["没去的是哪几个社区", "冒去的是哪几个社区", "漏掉的有哪些社区"])
def test_after_visits_who_was_not_there_means_missed_ones(text: str) -> None:
    query = asked(text, asked("本月对接几次"))
    assert (query.metric, query.group_by) == (Metric.MISSED_CHECKINS, Group.COMMUNITY)
    assert asked("哪个队员跑得最多", query).metric is Metric.CHECKINS


@pytest.mark.parametrize(
    "text", ["路灯还没修好的几件", "违建没拆掉的还有几起", "小广告没清理掉的几处", "渣土没清完的几起"]
)
def test_what_is_not_mended_is_open(text: str) -> None:
    assert asked(text).metric is Metric.OPEN


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("石桥村这个月有冇人去对接啊", Metric.CHECKINS),
        ("石桥村这个礼拜有没有人去", Metric.CHECKINS),
        ("石桥村上周冒人去啵", Metric.MISSED_CHECKINS),
        ("还有冒办完的几多件", Metric.OPEN),
        ("石桥村这周去过没有", Metric.CHECKINS),
        ("这礼拜哪些地方没跑到", Metric.MISSED_CHECKINS),
    ],
)
def test_whether_there_is_one_is_no_denial(text: str, metric: Metric) -> None:
    assert asked(text).metric is metric


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("8月31日至9月6日这一周没有对接的社区", date(2026, 8, 31), date(2026, 9, 6)),
        ("上周一到周三这三天投诉多少", date(2026, 10, 5), date(2026, 10, 7)),
        ("从3月到6月每个月的按时率", date(2026, 3, 1), date(2026, 6, 30)),
        ("7月下旬跟中旬比 投诉", date(2026, 7, 21), date(2026, 7, 31)),
        ("礼拜一到礼拜五办结几件", date(2026, 10, 5), date(2026, 10, 9)),
        ("夏天烧烤几起", date(2026, 6, 1), date(2026, 8, 31)),
        ("昨今两天受理", date(2026, 10, 11), date(2026, 10, 12)),
        ("近7日办结", date(2026, 10, 6), date(2026, 10, 12)),
        ("上月最后三天受理", date(2026, 9, 28), date(2026, 9, 30)),
        ("中秋前一周受理", date(2026, 9, 18), date(2026, 9, 24)),
        ("上各月受理几件", date(2026, 9, 1), date(2026, 9, 30)),
        ("上个里拜受理几件", date(2026, 10, 5), date(2026, 10, 11)),
        ("一年下来办结几件", date(2026, 1, 1), date(2026, 10, 12)),
    ],
)
def test_days_that_are_said_twice_or_halfway(text: str, since: date, until: date) -> None:
    query = asked(text)
    assert (query.since, query.until) == (since, until)


@pytest.mark.parametrize(
    "text", ["跟再前头一个礼拜比咧", "比再上一个礼拜呢", "对比一下前一周", "跟上上个礼拜比起来咧"]
)
def test_the_week_before_by_any_name_is_one_to_compare_with(text: str) -> None:
    query = asked(text, asked("柳溪街道上周办结几件"))
    assert (query.compare, query.group_by, query.since) == (Compare.PREVIOUS, None, date(2026, 10, 5))


@pytest.mark.parametrize(
    ("text", "group", "order", "limit"),
    [
        ("9月五大整治 哪项最多", Group.CAMPAIGN, Order.DESC, 1),
        ("三个社区哪个投诉最多 9月", Group.COMMUNITY, Order.DESC, 1),
        ("9月 最多 类别", Group.CATEGORY, Order.DESC, 1),
        ("9月 主动制止 前五 队员", Group.OFFICER, Order.DESC, 5),
        ("9月 受理 月度", Group.MONTH, None, None),
        ("队员里对接次数最少的五个 9月", Group.OFFICER, Order.ASC, 5),
        ("下去社区最多的前三个队员 9月", Group.OFFICER, Order.DESC, 3),
        ("零对接社区 上周", Group.COMMUNITY, None, None),
        ("9月满意率低于全区平均的社区", Group.COMMUNITY, Order.ASC, None),
        ("9月办结率未达到90%的社区", Group.COMMUNITY, Order.ASC, None),
        ("上周受理 分街到", Group.STREET, None, None),
        ("分射区 上周受理", Group.COMMUNITY, None, None),
    ],
)
def test_a_note_of_a_few_words_names_its_row(
    text: str, group: Group, order: Order | None, limit: int | None
) -> None:
    query = asked(text)
    assert (query.group_by, query.order, query.limit) == (group, order, limit)


@pytest.mark.parametrize(
    "text",
    [
        "这个月趋势向好",
        "这个月投诉降了不少",
        "超期件数比上周少了，说明抓得对",
        "超期也不能怪队员 落了十几天雨",
        "办结率这个月要冲到98",
        "下周一前各街道把超期清零",
        "本周五前要把积压的全部办完",
        "办结率低于九十的街道 月底约谈",
        "满意率后三名的写检查",
        "一年投诉一百件算多吗",
        "没评价的默认满意吗",
        "按期率和办结率有什么不一样",
        "数据多久更新一次",
        "今天星期几",
        "谁有空去一趟石桥村",
        "昨天石桥村那件油烟现在怎样了",
    ],
)
def test_what_is_told_or_ordered_gets_no_figure(text: str) -> None:
    assert ask(text, MONDAY, None, NAMES, holiday) is None
    assert ask(text, MONDAY, asked("上周各社区投诉排名"), NAMES, holiday) is None
