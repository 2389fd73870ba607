"""The language of offices, slips of typing, and figures that are told: what is asked, and what is not."""

import pytest

from bot.working_days import holiday
from domain.query import Compare, Filters, Group, Metric, Order
from tests.understanding.bureau import MONDAY, NAMES, asked
from understanding.questions import CommunityNames, Doubt, Names, StreetNames, Why, ask, doubt


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("石桥镇单独出一份，格式不变", "石桥镇呢"),
        ("柳溪街道另出一份，样式同上", "柳溪街道呢"),
        ("请按同一格式再出一份石桥镇的", "石桥镇呢"),
        ("其余格式不变，改成上上周", "上上周呢"),
        ("篇幅有限，保留前五", "前五"),
        ("一页放不下，保留前三", "前三"),
        ("受篇幅限制，列前四", "前四"),
        ("考虑到篇幅，保留后三名", "后三名"),
        ("石桥村的也想看一看，不知是否方便", "石桥村呢"),
        ("倘若方便，南门口社区的也劳您看看", "南门口社区呢"),
        ("较去年同期增减", "同比"),
        ("与上年同期相比变动情况", "同比"),
        ("环比增幅", "环比"),
        ("附上同比升降", "同比"),
    ],
)
def test_office_language_after_an_answer_only_reshapes_it(text: str, meant: str) -> None:
    first = asked("上周各类别受理多少，从高到低")
    assert asked(text, first) == asked(meant, first) != first


@pytest.mark.parametrize("text", ["格式不对，重做", "图上的格式太乱了", "不知是否方便", "篇幅不要超过两页"])
def test_of_a_remark_about_the_form_nothing_is_asked(text: str) -> None:
    assert ask(text, MONDAY, asked("上周各社区受理多少"), NAMES, holiday) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("上周各社区受理拍个名", "上周各社区受理排个名"),
        ("上周各队员办结牌个序", "上周各队员办结排个序"),
        ("上个月柳溪街道准时律", "上个月柳溪街道准时率"),
        ("上个月各街道满一度", "上个月各街道满意度"),
        ("昨天那个队员办结的最多", "昨天哪个队员办结的最多"),
        ("上周那个街道垫底", "上周哪个街道垫底"),
        ("上个月那几个社区没对接", "上个月哪几个社区没对接"),
        ("上个月那天接的最多", "上个月哪天接的最多"),
        ("咯礼拜柳溪街道有没有人克对接", "这个礼拜柳溪街道有没有人去对接"),
        ("咯周各街道接了几件", "这周各街道接了几件"),
        ("上个月哪个社区冇人克", "上个月哪个社区没人去"),
    ],
)
def test_slips_of_typing_and_dialect_are_put_right(text: str, meant: str) -> None:
    assert asked(text) == asked(meant)


def test_a_name_with_a_character_that_looks_and_sounds_alike_is_that_officer() -> None:
    assert asked("方大痛上周办结几件").filters == Filters(officer="方大同")
    assert asked("石勇强上周办结几件").filters == Filters(officer="石永强")
    assert doubt("万建群上周办结几件", MONDAY, None, NAMES, holiday) == Doubt(Why.UNKNOWN, "万建群")
    assert doubt("方大东上周办结几件", MONDAY, None, NAMES, holiday) == Doubt(Why.UNKNOWN, "方大东")


def test_of_two_whose_names_look_and_sound_alike_neither_is_taken_for_granted() -> None:
    sea = CommunityNames("柳溪社区", ("龚海波",))
    one = Names((StreetNames("柳溪街道", (sea,)),))
    query = ask("龚海坡上周准时律", MONDAY, None, one, holiday)
    assert query is not None
    assert (query.metric, query.filters) == (Metric.ON_TIME_RATE, Filters(officer="龚海波"))
    both = Names((StreetNames("柳溪街道", (sea, CommunityNames("石桥村", ("龚海拨",)))),))
    assert ask("龚海坡上周准时率", MONDAY, None, both, holiday) is None
    assert ask("龚海玻上周准时率", MONDAY, None, both, holiday) is None


def test_a_number_of_places_of_which_each_is_asked_is_a_row() -> None:
    assert asked("两个街道上周各超期几个") == asked("各街道上周超期几个")
    assert asked("三个社区，上个月各办结几件") == asked("各社区上个月办结几件")
    assert asked("柳溪街道咯两个社区 上周各接了几件").group_by is Group.COMMUNITY
    assert asked("上周三个社区对接了几次").group_by is None


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("柳溪社区上个月的满意度，领导下去走访之前想先看一眼", Metric.SATISFACTION),
        ("对接会上要用，各社区上周受理排名", Metric.TICKETS),
        ("走访时用，柳溪社区上个月办结率", Metric.CLOSE_RATE),
        ("明天去社区走访用，柳溪社区上个月办结情况", Metric.RESOLVED),
        ("对接前三的社区", Metric.CHECKINS),
        ("上个月走访次数", Metric.CHECKINS),
    ],
)
def test_what_one_is_about_to_do_is_not_what_is_counted(text: str, metric: Metric) -> None:
    assert asked(text).metric is metric


@pytest.mark.parametrize(
    "text",
    [
        "总结定稿：全年投诉量同比下降12%，满意率96%以上，不再改动",
        "上周受理比前一周下降了12%",
        "各社区满意率都在90%以上",
        "全年按期率不低于95%",
        "满意率百分之九十六以上，就这么写",
        "统计受理件数的时候，重复投诉是剔除的还是照算的",
        "一天去两趟对接是算一次还是算两次",
        "超期是按自然日算的还是按工作日算的",
    ],
)
def test_a_figure_that_is_told_and_how_one_is_counted_get_no_answer(text: str) -> None:
    assert ask(text, MONDAY, None, NAMES, holiday) is None
    assert doubt(text, MONDAY, None, NAMES, holiday) is None


def test_who_is_above_a_mark_is_still_asked() -> None:
    above = asked("上个月满意率96%以上的社区")
    assert (above.group_by, above.order) == (Group.COMMUNITY, Order.DESC)
    below = asked("上个月按期率低于90%的街道列出来")
    assert (below.group_by, below.order) == (Group.STREET, Order.ASC)


def test_more_or_less_is_a_comparison() -> None:
    assert asked("上周超期是增加的还是减少的").compare is Compare.PREVIOUS
    assert asked("8月受理量较去年同期增减").compare is Compare.LAST_YEAR


def test_a_place_of_which_nobody_has_spoken_is_asked_back() -> None:
    for text in ("上周那个社区接了几件", "那个队员上周办结几件"):
        assert ask(text, MONDAY, None, NAMES, holiday) is None
        assert doubt(text, MONDAY, None, NAMES, holiday) == Doubt(Why.SEVERAL)
    first = asked("上周石桥村受理多少")
    assert asked("那个社区上周超期几件", first) == asked("上周石桥村超期几件")
