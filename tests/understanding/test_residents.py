"""Residents: reports, what belongs to them, what is said about known tickets, and chatter."""

import pytest

from domain.message import Kind
from domain.state import State
from tests.understanding.scenes import Stage, done
from understanding import Intent


@pytest.mark.parametrize(
    ("text", "category", "place"),
    [
        ("6栋楼下烧烤摊又在路边烤串 烟全飘到我家阳台", "露天烧烤", "6栋楼下"),
        ("西门外面人行道上全是摆摊的 三轮车卖菜把路堵死了", "占道经营", "西门"),
        ("11栋2单元楼道里贴满了开锁通下水的小广告", "乱贴小广告", "11栋2单元"),
        ("半夜十二点了对面工地还在打桩 吵得睡不着", "施工噪声", "对面工地"),
    ],
)
def test_a_complaint_opens_a_ticket_with_kind_and_place(text: str, category: str, place: str) -> None:
    problem = Stage().read("阿良", text).problems[0]
    assert problem.category == category
    assert place in problem.location


@pytest.mark.parametrize(
    "text",
    [
        "今天食堂的红烧肉不错",
        "请问有谁知道附近哪里可以配眼镜",
        "开锁换锁 24小时上门 电话微信同号",
        "小时候我们巷口全是卖馄饨的担子 热闹得很",
        "听说上海那边广场舞都戴耳机跳",
    ],
)
def test_chatter_opens_nothing(text: str) -> None:
    assert Stage().read("阿良", text).intent is Intent.CHATTER


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("我同事住的小区楼下烧烤摊天天在路边烤串，现在烟全飘到家里，熏得要命", False),
        ("前几年我家楼下饭店油烟天天往家里灌，现在还是熏得要命", False),
        ("楼下饭店油烟天天往家里灌，现在还是熏得要命", True),
    ],
)
def test_a_story_of_long_ago_or_elsewhere_opens_nothing(text: str, opens: bool) -> None:
    assert bool(Stage().read("阿良", text).problems) is opens


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("我们这栋电梯又坏了 物业打电话没人接 老人爬十几楼", "物业"),
        ("家里从早上停水到现在一滴都没有 什么时候来水", "供水"),
    ],
)
def test_what_is_not_ours_goes_to_the_body_whose_it_is(text: str, body: str) -> None:
    reading = Stage().read("阿良", text)
    assert (reading.intent, reading.referral) == (Intent.REFERRAL, body)


def test_two_problems_of_different_kinds_in_one_message_are_two() -> None:
    text = "2栋门口烧烤摊天天在路边烤串烟熏火燎的；还有9栋后面垃圾桶满了三天没人清运苍蝇乱飞"
    found = Stage().read("阿良", text).problems
    assert [p.category for p in found] == ["露天烧烤", "暴露垃圾"]
    assert "2栋" in found[0].location
    assert "9栋" in found[1].location


def test_a_photo_before_the_words_is_gathered() -> None:
    stage = Stage()
    photo = stage.heard("阿良", "", kind=Kind.IMAGE)
    assert stage.read("阿良", "5栋旁边垃圾堆成山了 苍蝇到处飞 没人清").gathers == (photo,)


def test_a_photo_of_somebody_else_is_not_gathered() -> None:
    stage = Stage()
    stage.heard("阿敏", "", kind=Kind.IMAGE)
    assert stage.read("阿良", "5栋旁边垃圾堆成山了 苍蝇到处飞 没人清").gathers == ()


def test_a_photo_right_after_the_words_continues_them() -> None:
    stage = Stage()
    no = stage.ticket("阿良", "暴露垃圾", "5栋旁边", "5栋旁边垃圾没人清", ago=1)
    assert stage.read("阿良", "", Kind.IMAGE).continues == no


def test_a_photo_hours_after_the_words_continues_nothing() -> None:
    stage = Stage()
    stage.ticket("阿良", "暴露垃圾", "5栋旁边", "5栋旁边垃圾没人清", ago=120)
    assert stage.read("阿良", "", Kind.IMAGE).continues is None


def test_a_photo_that_quotes_a_ticket_adds_to_it() -> None:
    stage = Stage()
    no = stage.ticket("阿良", "暴露垃圾", "5栋旁边", "5栋旁边垃圾没人清", ago=120)
    assert done(stage.read("阿敏", "", Kind.IMAGE, quotes="report-1")) == [("supplement", no)]
    assert not stage.read("阿敏", "", Kind.IMAGE).acts


def test_the_reporter_answers_the_question_for_the_place() -> None:
    stage = Stage()
    no = stage.ticket("阿良", "油烟污染", "", "楼下饭店油烟呛死人", ago=12)
    reading = stage.read("阿良", "8栋2单元门口")
    assert reading.continues == no
    assert "8栋2单元" in reading.location


def test_somebody_elses_place_is_no_answer() -> None:
    stage = Stage()
    stage.ticket("阿良", "油烟污染", "", "楼下饭店油烟呛死人", ago=12)
    assert stage.read("阿敏", "8栋2单元门口").continues is None


@pytest.mark.parametrize("text", ["我家也是 天天被熏 窗户都不敢开", "+1 我们也受不了"])
def test_me_too_supports_the_ticket_just_reported(text: str) -> None:
    stage = Stage()
    no = stage.ticket("阿良", "油烟污染", "8栋楼下饭店", "8栋楼下饭店油烟直排 呛死人", ago=2)
    assert done(stage.read("阿敏", text)) == [("support", no)]


@pytest.mark.parametrize("text", ["+1", "我要两份"])
def test_a_plus_one_in_a_group_purchase_supports_nothing(text: str) -> None:
    stage = Stage()
    stage.ticket("阿良", "油烟污染", "8栋楼下饭店", "8栋楼下饭店油烟直排 呛死人", ago=40)
    stage.heard("团长", "橙子团购 一箱三十 要的接龙")
    assert not stage.read("阿敏", text).acts


def test_the_same_problem_told_by_another_supports_and_opens_nothing() -> None:
    stage = Stage()
    no = stage.ticket("阿良", "暴露垃圾", "5栋垃圾桶", "5栋垃圾桶满了没人清运 苍蝇乱飞", ago=50)
    reading = stage.read("阿敏", "5栋垃圾桶那里垃圾满出来一地 没人清 臭死了")
    assert done(reading) == [("support", no)]
    assert not reading.problems


def test_the_same_kind_at_another_building_is_another_ticket() -> None:
    stage = Stage()
    stage.ticket("阿良", "暴露垃圾", "5栋垃圾桶", "5栋垃圾桶满了没人清运 苍蝇乱飞", ago=50)
    reading = stage.read("阿敏", "12栋垃圾桶那里垃圾满出来一地 没人清 臭死了")
    assert [p.category for p in reading.problems] == ["暴露垃圾"]


@pytest.mark.parametrize("text", ["清干净了 谢谢程队", "好了 辛苦各位"])
def test_the_reporter_confirms_what_was_reported_done(text: str) -> None:
    stage = Stage()
    no = stage.ticket("阿良", "暴露垃圾", "5栋垃圾桶", "5栋垃圾桶满了没人清运", State.REPORTED, ago=90)
    stage.heard("程队", "5栋垃圾清完了", tickets=(no,), intent=Intent.ACTION)
    assert done(stage.read("阿良", text)) == [("confirm", no)]


@pytest.mark.parametrize("text", ["哪里清了？还是一大堆 根本没动", "骗人的吧 垃圾还在那里"])
def test_not_done_after_the_officers_word_disputes(text: str) -> None:
    stage = Stage()
    no = stage.ticket("阿良", "暴露垃圾", "5栋垃圾桶", "5栋垃圾桶满了没人清运", State.REPORTED, ago=90)
    stage.heard("程队", "5栋垃圾清完了", tickets=(no,), intent=Intent.ACTION)
    assert done(stage.read("阿良", text)) == [("dispute", no)]


@pytest.mark.parametrize("text", ["怎么还没人来？都等了两天了", "有没有进展啊 到底管不管"])
def test_hurry_before_any_answer_urges(text: str) -> None:
    stage = Stage()
    no = stage.ticket("阿良", "暴露垃圾", "5栋垃圾桶", "5栋垃圾桶满了没人清运", ago=90)
    assert done(stage.read("阿良", text)) == [("urge", no)]


@pytest.mark.parametrize("text", ["搞错了 不好意思 这单撤了吧", "不用来了 他们自己搬走了 撤销吧"])
def test_only_the_reporter_withdraws(text: str) -> None:
    stage = Stage()
    no = stage.ticket("阿良", "乱堆物料", "3栋楼道", "3栋楼道堆满了纸箱子", ago=20)
    assert done(stage.read("阿良", text)) == [("withdraw", no)]
    assert ("withdraw", no) not in done(stage.read("阿敏", text))


def test_a_quote_says_which_ticket_is_meant() -> None:
    stage = Stage()
    first = stage.ticket("阿良", "暴露垃圾", "5栋垃圾桶", "5栋垃圾桶满了没人清运", ago=90)
    stage.ticket("阿敏", "露天烧烤", "西门", "西门烧烤摊冒烟", ago=5)
    assert done(stage.read("阿芳", "我家也是 味道好大", quotes="bot-1")) == [("support", first)]


def test_a_question_to_the_bot_is_a_question() -> None:
    assert Stage().read("阿良", "请问周末几点上班？", to_bot=True).intent is Intent.QUESTION
    assert Stage().read("阿良", "请问周末几点上班？").intent is Intent.CHATTER


@pytest.mark.parametrize("text", ["", "   ", "👍", "！！！"])
def test_wordless_texts_are_chatter(text: str) -> None:
    assert Stage().read("阿良", text).intent is Intent.CHATTER
