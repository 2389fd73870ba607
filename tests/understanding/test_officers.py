"""Officers: which ticket, which action, until when, to whom."""

from datetime import date

import pytest

from domain.message import Kind
from domain.state import State
from tests.understanding.scenes import Stage, done
from understanding import Intent


def two_tickets() -> Stage:
    stage = Stage()
    stage.ticket("阿良", "暴露垃圾", "5栋垃圾桶", "5栋垃圾桶满了没人清运", ago=300)
    stage.ticket("阿敏", "露天烧烤", "西门路边", "西门路边烧烤摊烟好大", ago=30)
    return stage


@pytest.mark.parametrize("text", ["收到，马上过去", "好的 我去看看"])
def test_a_bare_word_takes_the_ticket_opened_last(text: str) -> None:
    assert done(two_tickets().read("程队", text)) == [("accept", "20260513-002")]


@pytest.mark.parametrize("text", ["5栋的垃圾已经清完了，地也冲干净了", "垃圾桶那边环卫拉走了，处理完毕"])
def test_words_beat_recency(text: str) -> None:
    assert done(two_tickets().read("程队", text)) == [("resolve", "20260513-001")]


@pytest.mark.parametrize(
    "text", ["20260513-001 已经清理干净了", "001 清理干净了", "阿良反映的那个清理干净了"]
)
def test_number_tail_or_reporter_name_the_ticket(text: str) -> None:
    assert done(two_tickets().read("程队", text)) == [("resolve", "20260513-001")]


def test_a_number_nobody_knows_means_no_ticket() -> None:
    assert not two_tickets().read("程队", "20240101-777 已经清理干净了").acts


def test_a_quote_names_the_ticket() -> None:
    assert done(two_tickets().read("程队", "搞定了，人已经劝走", quotes="bot-2")) == [
        ("resolve", "20260513-002")
    ]


def test_clauses_about_different_tickets_are_different_acts() -> None:
    reading = two_tickets().read("程队", "5栋垃圾清运走了；西门烧烤摊我现在过去")
    assert sorted(done(reading)) == [("accept", "20260513-002"), ("resolve", "20260513-001")]


@pytest.mark.parametrize("text", ["两个我一起去", "两单都去看看"])
def test_a_count_of_tickets_means_that_many(text: str) -> None:
    assert sorted(no or "" for _, no in done(two_tickets().read("程队", text))) == [
        "20260513-001",
        "20260513-002",
    ]


@pytest.mark.parametrize(
    ("text", "until"),
    [("5栋垃圾要等大车，宽到下周三", date(2026, 5, 20)), ("5栋这个再给两天", date(2026, 5, 15))],
)
def test_an_extension_carries_its_day(text: str, until: date) -> None:
    reading = two_tickets().read("程队", text)
    assert done(reading) == [("extend", "20260513-001")]
    assert reading.until == until


@pytest.mark.parametrize(
    ("text", "unit"),
    [("路灯这个已转给路灯所，后续他们处理", "路灯所"), ("灯的事不归我们，移交市政了", "市政")],
)
def test_a_transfer_carries_its_unit(text: str, unit: str) -> None:
    stage = Stage()
    no = stage.ticket("阿良", "市政设施损坏", "3栋前面路灯", "3栋前面路灯不亮好几天了", ago=300)
    reading = stage.read("程队", text)
    assert done(reading) == [("transfer", no)]
    assert reading.unit == unit


@pytest.mark.parametrize("text", ["去现场看了，没有发现烧烤，情况不属实", "有合法手续，不属于违章，不予受理"])
def test_not_so_is_rejected(text: str) -> None:
    stage = Stage()
    no = stage.ticket("阿敏", "露天烧烤", "西门路边", "西门路边烧烤摊烟好大", State.ACCEPTED, ago=60)
    assert done(stage.read("程队", text)) == [("reject", no)]


@pytest.mark.parametrize("text", ["今晚食堂吃什么", "祝大家节日快乐"])
def test_an_officers_small_talk_is_chatter(text: str) -> None:
    assert two_tickets().read("程队", text).intent is Intent.CHATTER


def test_without_tickets_an_officer_does_nothing() -> None:
    assert not Stage().read("程队", "收到，马上过去").acts
    assert not two_tickets().read("程队", "", Kind.IMAGE).acts


def test_a_resident_who_calls_himself_an_officer_is_none() -> None:
    assert ("resolve", "20260513-001") not in done(two_tickets().read("城管老程", "5栋的垃圾已经清完了"))


@pytest.mark.parametrize("text", ["5栋垃圾我们物业已经安排保洁去清了", "5栋垃圾在催环卫来车了"])
def test_property_and_community_report_progress(text: str) -> None:
    assert done(two_tickets().read("物业", text)) == [("progress", "20260513-001")]


@pytest.mark.parametrize("text", ["5栋的桶清完了，西门的烧烤摊也收了", "5栋和西门两边都处理完了，照片晚点发"])
def test_two_places_named_together_are_two_tickets(text: str) -> None:
    acts = done(two_tickets().read("程队", text))
    assert sorted(acts) == [("resolve", "20260513-001"), ("resolve", "20260513-002")]


@pytest.mark.parametrize("text", ["西门的烧烤摊收了，炉子也拖走了", "5栋的垃圾和旁边的纸壳都清完了"])
def test_one_place_named_with_two_things_is_one_ticket(text: str) -> None:
    assert len(done(two_tickets().read("程队", text))) == 1


@pytest.mark.parametrize("text", ["001那个是哪个门进去？", "西门烧烤的投诉人电话多少？"])
def test_an_officer_who_asks_has_done_nothing(text: str) -> None:
    assert not two_tickets().read("程队", text).acts


def one_ticket() -> Stage:
    stage = Stage()
    stage.ticket("阿敏", "露天烧烤", "西门路边", "西门路边烧烤摊烟好大", State.ACCEPTED, ago=60)
    return stage


@pytest.mark.parametrize(
    "text",
    [
        *("已处理，去店里看过了", "已处理，明天再来看看", "处理好了。老板不在也没关系", "弄好了 东西没收了"),
        *("收到，已处理", "到了，已经处理好了", "收到 昨天就处理好了", "已处理，收到"),
    ],
)
def test_what_the_first_words_say_is_over_is_done_whatever_is_told_of_it(text: str) -> None:
    assert [action for action, _ in done(one_ticket().read("程队", text))] == ["resolve"]


@pytest.mark.parametrize(
    "text",
    [
        "已处理，但还没完",
        "已处理，还差一点",
        "处理了，没处理干净",
        "搞定了一半",
        "已处理，又摆出来了",
        "弄好了，正在收尾",
    ],
)
def test_what_is_taken_back_in_the_same_breath_is_not_done(text: str) -> None:
    assert "resolve" not in [action for action, _ in done(one_ticket().read("程队", text))]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        *(("收到，这就赶过去", "accept"), ("收到，晚上去看看", "accept"), ("到了，老板不在", "progress")),
        *(("收到，不归我们管", "reject"), ("已处理，不归我们管", "reject"), ("去了，没有发现烧烤", "reject")),
        *(
            ("收到，申请延期三天", "extend"),
            ("收到，已转给市政", "transfer"),
            ("转走了，电话也打了", "transfer"),
        ),
    ],
)
def test_words_that_only_begin_leave_it_to_the_rest(text: str, action: str) -> None:
    assert [act for act, _ in done(one_ticket().read("程队", text))] == [action]


@pytest.mark.parametrize(
    "text", ["收到，周五的安全学习我参加", "收到，星期六的比赛我报名", "好的，下周二例会准时到"]
)
def test_a_bare_received_about_something_else_accepts_nothing(text: str) -> None:
    assert not one_ticket().read("程队", text).acts


@pytest.mark.parametrize(
    "text",
    [
        *(
            "西门那个是谁反映的",
            "谁报的这个烧烤",
            "西门烧烤是哪家的",
            "西门烤的什么东西，烟大不大",
            "具体在西门哪边",
        ),
        *("是西门还是北门，在哪个位置", "这个是谁投诉的啊", "烧烤摊是几栋的"),
    ],
)
@pytest.mark.parametrize("private", [True, False])
def test_an_officers_question_without_its_mark_moves_nothing(text: str, *, private: bool) -> None:
    stage = one_ticket()
    assert not stage.read("程队", text, quotes="bot-1" if private else None).acts


def test_an_officer_who_goes_to_find_out_whose_it_is_has_accepted_it() -> None:
    assert done(two_tickets().read("程队", "西门烧烤我去看看是哪家的")) == [("accept", "20260513-002")]


@pytest.mark.parametrize(
    "text",
    [
        "这个是12栋的不是3栋",
        "是12栋吧，3栋没有烧烤",
        "不是3栋，是12栋",
        "3栋没烧烤啊，是不是12栋",
        "应该是12栋不是3栋",
    ],
)
def test_an_officer_who_says_that_it_is_another_building_rejects_nothing(text: str) -> None:
    stage = Stage()
    stage.ticket("阿敏", "露天烧烤", "3栋楼下", "3栋楼下烧烤摊烟好大", State.ACCEPTED, ago=60)
    assert "reject" not in [action for action, _ in done(stage.read("程队", text))]


@pytest.mark.parametrize("who", ["网格员", "物业"])
@pytest.mark.parametrize(
    "text",
    [
        *(
            "5栋垃圾是谁家的",
            "5栋垃圾是哪一户扔的啊",
            "谁家堆的，自己来认一下",
            "5栋扔垃圾的业主请到物业来一下",
        ),
        *(
            "5栋垃圾谁扔的",
            "5栋堆垃圾的住户麻烦自己来认领",
            "垃圾房有许可证，公示在门口",
            "那是环卫临时放的，有手续的",
        ),
        *("我们物业劝了好几次了，没用", "垃圾桶这块我们管不了"),
    ],
)
def test_who_asks_or_tells_what_is_known_has_made_no_step(who: str, text: str) -> None:
    assert "progress" not in [action for action, _ in done(two_tickets().read(who, text))]


@pytest.mark.parametrize("text", ["5栋垃圾我去问问是谁家的", "5栋的垃圾在查是哪户扔的，先叫保洁扫了"])
def test_who_goes_to_find_out_has_made_one(text: str) -> None:
    assert done(two_tickets().read("物业", text)) == [("progress", "20260513-001")]
