"""What a question keeps of the one before: a fragment all of it, a question of its own nothing."""

from datetime import date

import pytest

from bot.working_days import holiday
from domain.query import Compare, Filters, Group, Metric, Order, Query
from tests.understanding.bureau import MONDAY, NAMES, asked
from understanding.questions import Doubt, Why, ask, doubt


def why(text: str, before: Query | None = None) -> Doubt | None:
    assert ask(text, MONDAY, before, NAMES, holiday) is None
    return doubt(text, MONDAY, before, NAMES, holiday)


@pytest.mark.parametrize(
    "first", ["上周队员办结排名", "石桥村九月油烟投诉多少", "九月各街道办结率从低到高", "南门口超期几件"]
)
@pytest.mark.parametrize(
    "text", ["今天接了多少投诉", "九月办结率多少", "柳溪街道上周几件投诉", "昨天油烟投诉几起", "上周对接几次"]
)
def test_a_question_that_says_what_and_when_keeps_nothing(first: str, text: str) -> None:
    assert asked(text, asked(first)) == asked(text)


@pytest.mark.parametrize("text", ["现在超期几件", "现在还有几件超期"])
def test_how_many_now_is_one_number_after_a_row(text: str) -> None:
    query = asked(text, asked("上周谁办得最多"))
    assert (query.metric, query.group_by, query.since) == (Metric.OVERDUE, None, None)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("那上个月呢", date(2026, 9, 1)),
        ("那八月办结几件呢", date(2026, 8, 1)),
        ("也看看本月办结多少", date(2026, 10, 1)),
        ("八月", date(2026, 8, 1)),
        ("上上周", date(2026, 9, 28)),
    ],
)
def test_a_fragment_keeps_place_and_group(text: str, since: date) -> None:
    query = asked(text, asked("柳溪街道上周各社区办结排名"))
    assert (query.metric, query.group_by, query.order) == (Metric.RESOLVED, Group.COMMUNITY, Order.DESC)
    assert (query.filters, query.since) == (Filters(street="柳溪街道"), since)


@pytest.mark.parametrize("first", ["上周各街道投诉排名", "上周各社区投诉前三", "上周哪个社区投诉最多"])
def test_a_place_named_after_a_row_of_places_leaves_the_row(first: str) -> None:
    query = asked("南门口呢", asked(first))
    assert (query.filters, query.group_by, query.order) == (Filters(community="南门口社区"), None, None)


@pytest.mark.parametrize(
    ("text", "group"),
    [("街道呢", Group.STREET), ("那按类别呢", Group.CATEGORY), ("队员的也要", Group.OFFICER)],
)
def test_a_bare_word_for_what_to_tell_apart_is_enough(text: str, group: Group) -> None:
    assert asked(text, asked("上周各社区投诉排名")).group_by is group


def test_a_row_can_be_turned_round_cut_short_and_added_up() -> None:
    row = asked("上周各社区投诉排名")
    assert asked("倒过来", row).order is Order.ASC
    assert asked("倒过来", asked("倒过来", row)).order is Order.DESC
    assert (asked("取前三就够", row).limit, asked("我只要头两名", row).limit) == (3, 2)
    assert asked("第一名是谁", row).order is Order.DESC
    assert asked("拢共多少", row).group_by is None


def test_everywhere_is_no_place_any_more() -> None:
    assert asked("全区呢", asked("石桥村上周油烟几件")).filters == Filters(category="油烟污染")


def test_from_the_other_side_is_a_comparison() -> None:
    first = asked("石桥村九月平均多久办结")
    assert asked("比八月是快了还是慢了", first).compare is Compare.PREVIOUS
    assert asked("昨天和前天一共接了多少").compare is None


@pytest.mark.parametrize("text", ["他们那边超期几件", "那他们家办结几件"])
def test_whoever_came_first_in_the_answer_is_not_known_here(text: str) -> None:
    assert why(text, asked("上周哪个街道投诉最多")) == Doubt(Why.SEVERAL)
    assert asked(text, asked("石桥镇上周投诉多少")).filters == Filters(street="石桥镇")


def test_a_part_of_the_answer_or_another_beside_it_is_asked_back() -> None:
    assert why("最差的那个街道里哪个社区最差", asked("九月各街道办结率")) == Doubt(Why.SEVERAL)
    assert why("和江丽比呢", asked("石永强九月办结几件")) == Doubt(Why.TWO)
    assert asked("具体到社区", asked("九月各街道办结率")).metric is Metric.CLOSE_RATE


def test_a_name_that_is_nobodys_is_asked_back_after_a_question_too() -> None:
    assert why("锦绣花园呢", asked("上周投诉多少")) == Doubt(Why.UNKNOWN, "锦绣花园")
    assert why("锦绣花园上周几件") == Doubt(Why.UNKNOWN, "锦绣花园")
    assert why("花都上周几件") == Doubt(Why.UNKNOWN, "花都")
    assert why("石河镇上周几件") == Doubt(Why.UNKNOWN, "石河镇")
    assert asked("镇上上周几件").filters == Filters(street="石桥镇")
    assert why("全市今年受理多少") == Doubt(Why.UNKNOWN, "全市")
    assert why("张三上周办了多少") == Doubt(Why.UNKNOWN, "张三")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("上周投诉里有多少是重复的", "重复"),
        ("匿名投诉多少件", "匿名"),
        ("上周白天接了多少", "白天"),
        ("学校周边的上周几件", "周边的"),
        ("多少个社区有超期的", "多少个社区"),
        ("今天到期的有几件", "到期"),
        ("上周没有投诉的社区", "没有投诉"),
        ("除了石桥镇上周几件投诉", "除了…"),
        ("上周同一天投诉多少", "同一天"),
    ],
)
def test_a_narrowing_that_nobody_keeps_is_no_figure_for_all(text: str, word: str) -> None:
    assert why(text) == Doubt(Why.NOT_KEPT, word)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("上周油烟比烧烤多多少", Why.TWO),
        ("制止店外多少违建多少", Why.TWO),
        ("石永强本月办掉几件，平均多久一件", Why.TWO),
        ("长假七天接了多少投诉，哪类最多", Why.TWO),
        ("九月办结率不达标的是哪些街道", Why.NOT_KEPT),
        ("前三季度每季度受理多少", Why.NOT_KEPT),
        ("昨天情况怎么样", Why.WHAT),
        ("上月数据", Why.WHAT),
        ("汛期受理多少", Why.NO_DAYS),
    ],
)
def test_two_things_or_none_are_asked_back(text: str, reason: Why) -> None:
    found = why(text)
    assert found is not None
    assert found.why is reason


@pytest.mark.parametrize(
    ("text", "metric", "order"),
    [
        ("九月处理效率最高的街道", Metric.MEDIAN_HOURS, Order.ASC),
        ("九月处理效率最低的街道", Metric.MEDIAN_HOURS, Order.DESC),
        ("九月差评最多的社区", Metric.SATISFACTION, Order.ASC),
        ("九月居民最不满意的社区", Metric.SATISFACTION, Order.ASC),
        ("九月投诉最凶的社区", Metric.TICKETS, Order.DESC),
        ("九月投诉靠前的五个社区", Metric.TICKETS, Order.DESC),
        ("九月投诉少的社区", Metric.TICKETS, Order.ASC),
        ("九月按期率最末的街道", Metric.ON_TIME_RATE, Order.ASC),
        ("九月各社区处理时长，慢的在前", Metric.MEDIAN_HOURS, Order.DESC),
        ("九月各社区办结率，差的在前", Metric.CLOSE_RATE, Order.ASC),
    ],
)
def test_the_end_that_is_meant_goes_with_what_is_measured(text: str, metric: Metric, order: Order) -> None:
    query = asked(text)
    assert (query.metric, query.order) == (metric, order)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("上周有没有人去过石桥村", Metric.CHECKINS),
        ("石桥村本月去了几回", Metric.CHECKINS),
        ("柳溪街道上周漏了几个", Metric.MISSED_CHECKINS),
        ("从受理到办结平均多长", Metric.MEDIAN_HOURS),
        ("一件投诉要办几天", Metric.MEDIAN_HOURS),
        ("按时办结的上周多少件", Metric.ON_TIME_RATE),
    ],
)
def test_what_is_counted_is_not_the_first_word_that_sounds_like_it(text: str, metric: Metric) -> None:
    assert asked(text).metric is metric


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("国庆前一周", date(2026, 9, 24), date(2026, 9, 30)),
        ("五一前两周", date(2026, 4, 17), date(2026, 4, 30)),
        ("八月最后一周", date(2026, 8, 25), date(2026, 8, 31)),
        ("上周一整周", date(2026, 10, 5), date(2026, 10, 11)),
        ("八月十五号到月底", date(2026, 8, 15), date(2026, 8, 31)),
        ("本月五号到月底", date(2026, 10, 5), date(2026, 10, 12)),
        ("上两周", date(2026, 9, 28), date(2026, 10, 11)),
        ("昨天早上到现在", date(2026, 10, 11), date(2026, 10, 12)),
        ("七八两月", date(2026, 7, 1), date(2026, 8, 31)),
        ("截止到九月底累计", date(2026, 1, 1), date(2026, 9, 30)),
    ],
)
def test_still_more_ways_to_say_when(said: str, since: date, until: date) -> None:
    query = asked(f"{said}受理多少件")
    assert (query.since, query.until) == (since, until)
