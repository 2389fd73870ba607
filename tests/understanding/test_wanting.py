"""What people want of a ticket in plain words: to join it, hear of it, hurry it, call it off."""

import pytest

from domain.state import State
from tests.understanding.scenes import Stage, done

SMOKE = "3栋楼下烧烤摊烟大"


def opened(ago: int = 2, state: State = State.DISPATCHED) -> Stage:
    stage = Stage()
    stage.ticket("阿良", "露天烧烤", "3栋楼下", SMOKE, state, ago=ago)
    return stage


NO = "20260513-001"


@pytest.mark.parametrize(
    "words",
    [
        *(
            "顶",
            "顶一个",
            "顶起来",
            "严重同意",
            "强烈同意",
            "双手赞成",
            "俺家也遭殃",
            "俺屋里也是呛得很",
            "我家也被熏死了",
        ),
        *("我们也受不了", "我屋里也跟着遭罪", "我家也呛得要死", "顶！"),
    ],
)
def test_the_same_for_me_in_words_of_every_day_is_support(words: str) -> None:
    assert done(opened().read("阿敏", words)) == [("support", NO)]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "闻着还蛮香，我都想下去吃两串",
            "挺香的啊，天天闻着下饭",
            "味道蛮好闻的",
            "烤串好吃，馋死我了",
            "香得我流口水",
        ),
        *("我就是那个摆摊的，马上收", "是我家的摊，马上收", "我们店里的，等下就收", "我的车，马上挪"),
        *("取消吧", "撤了吧", "不用管了"),
    ],
)
def test_who_likes_it_owns_it_or_wants_it_off_is_no_household(words: str) -> None:
    assert "support" not in [action for action, _ in done(opened().read("阿敏", words))]
    assert "support" not in [action for action, _ in done(opened().read("阿敏", words, quotes="bot-1"))]


URGES = [
    *("啷个还冇看到人来哦", "冇得人来哦", "城管来了没", "这都一个半小时了，队员到底来不来啊", "怎么还没人来"),
    *(
        "都两天了还没人来",
        "城管人呢",
        "什么时候来人啊",
        "催一下",
        "半天了没见人影",
        "队员什么时候到",
        "到现在都冇人管",
    ),
]


@pytest.mark.parametrize("words", URGES)
@pytest.mark.parametrize("who", ["阿良", "阿敏"])
def test_plain_urging_is_of_ones_own_or_of_the_only_ticket(who: str, words: str) -> None:
    assert done(opened(90).read(who, words)) == [("urge", NO)]


@pytest.mark.parametrize("words", URGES)
def test_plain_urging_with_nothing_open_is_nothing(words: str) -> None:
    assert not Stage().read("阿敏", words).acts


@pytest.mark.parametrize("words", ["城管来了没", "催一下"])
def test_of_several_ones_own_is_meant_and_of_others_the_one_talked_of(words: str) -> None:
    stage = opened(300)
    stage.ticket("阿芳", "暴露垃圾", "5栋", "5栋垃圾桶满了", ago=90)
    assert done(stage.read("阿良", words)) == [("urge", NO)]
    assert done(stage.read("阿敏", words)) == [("urge", "20260513-002")]


ASKS = [
    *(
        "多久能解决",
        "进度",
        "我的单子呢",
        "到哪了",
        "现在什么进度",
        "办了吗",
        "有结果没",
        "什么情况了",
        "处理得怎么样了",
    ),
    *("我上次报的那个怎么样了", "还要多久", "有消息了吗", "请问进展如何", "什么时候能处理好"),
]


@pytest.mark.parametrize("words", ASKS)
def test_the_reporter_who_asks_the_bot_how_far_it_is_asks_of_the_ticket(words: str) -> None:
    assert done(opened(90).read("阿良", words, to_bot=True)) == [("urge", NO)]


@pytest.mark.parametrize("words", ["001 到哪了", "20260513-001 办了吗", "001 现在什么进度"])
@pytest.mark.parametrize("who", ["阿良", "阿敏"])
def test_a_number_says_which_and_is_no_place(who: str, words: str) -> None:
    full = words.replace("001", NO) if not words.startswith("2026") else words
    reading = opened(90).read(who, full, to_bot=True)
    assert done(reading) == [("urge", NO)]
    assert reading.location == ""


@pytest.mark.parametrize("words", ["进度", "多久能解决", "来了"])
def test_who_has_reported_nothing_asks_of_no_ticket(words: str) -> None:
    assert not opened(90).read("阿敏", words, to_bot=True).acts


MISTAKES = [
    *("搞错了搞错了，是在补漏", "弄错了，是燃气公司抢修", "看岔了，人家早走了", "哦那是我看错", "哦哦误会了"),
    *("不好意思看错了", "虚惊一场", "误会误会", "那没事了", "原来是我搞错了"),
]
OFF = ["取消吧", "不用登记了", "撤销", "撤了吧", "那就取消吧，谢谢", "不用来了", "撤单", "别记了"]


@pytest.mark.parametrize("words", MISTAKES + OFF)
def test_who_owns_up_or_calls_it_off_at_once_has_taken_it_back(words: str) -> None:
    assert done(opened().read("阿良", words)) == [("withdraw", NO)]
    assert "withdraw" not in [action for action, _ in done(opened().read("阿敏", words))]


@pytest.mark.parametrize("words", OFF)
def test_who_quotes_the_receipt_and_calls_it_off_has_taken_it_back_however_late(words: str) -> None:
    assert done(opened(600).read("阿良", words, quotes="bot-1")) == [("withdraw", NO)]
    assert not opened(600).read("阿敏", words, quotes="bot-1").acts


@pytest.mark.parametrize(
    "words",
    ["搞错群了", "你们搞错了吧", "说错了，是8栋", "搞错了，是8栋楼下", "城管弄错地方了", "看错车了没坐上"],
)
def test_another_mistake_takes_nothing_back(words: str) -> None:
    assert "withdraw" not in [action for action, _ in done(opened().read("阿良", words))]


@pytest.mark.parametrize("words", ["搞错了", "那没事了", "取消吧"])
def test_long_after_it_takes_nothing_back_by_itself(words: str) -> None:
    stage = opened(600)
    stage.heard("阿良", "周末去钓鱼", ago=30)
    assert not stage.read("阿良", words).acts
