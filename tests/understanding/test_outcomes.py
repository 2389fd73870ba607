"""How a matter came out: what settles it, what does not, what says the contrary."""

import pytest

from domain.state import State
from tests.understanding.scenes import Stage, done
from understanding import Intent
from understanding.language.outcomes import doubted, settled

SETTLED = [
    *(
        "好了谢谢",
        "没味道了，谢谢",
        "烟没了，窗户敢开了",
        "灯修好了，辛苦师傅",
        "都清干净了",
        "安静了，能睡着了",
    ),
    *(
        "拖走了，谢谢小李",
        "坑填平了",
        "不吵了，多谢",
        "好了，没声音了",
        "水通了",
        "闻不到了，给力",
        "冇味道哩，谢谢",
    ),
    *("摊子撤了，路通了", "恢复正常了", "嗯嗯，处理好了", "两个都好了 谢谢", "全部搞定，给力"),
]


@pytest.mark.parametrize("words", SETTLED)
def test_what_is_settled_is_said_in_so_many_words(words: str) -> None:
    assert settled(words)


NOT_SETTLED = [
    *(
        "烧烤摊没收，收了个寂寞",
        "不烤了，改炒了",
        "好了伤疤忘了疼",
        "处理了一下下",
        "满意个鬼",
        "解决不了就别说解决了",
    ),
    *(
        "倒是清了",
        "垃圾没了，苍蝇还多",
        "人走了，车还在",
        "亮是亮了，一闪一闪的",
        "好什么好",
        "现在是没了，晚上再看",
    ),
    *(
        "谢谢，不过今天又开烤了",
        "辛苦了，可是味道还在",
        "感谢，人一走又摆出来",
        "谢谢跑一趟，但是没啥用",
        "好是好了点",
    ),
    *(
        "清是清了，路还是堵的",
        "好了一天又来了",
        "修好了？",
        "搞定了没",
        "没啥变化",
        "冇得变化",
        "跟以前一样",
        "没什么效果",
    ),
    *(
        "呵呵，处理得真好",
        "处理得太好了，我一夜没睡",
        "好得很，烟比昨天还大",
        "假的吧",
        "糊弄鬼呢",
        "走过场，搞定了个寂寞",
    ),
    *(
        "好像好了",
        "应该好了吧",
        "好了，我等晚上再看看",
        "我出差，过两天回来看",
        "谁来过？没见人",
        "先观察",
        "还没去看呢",
    ),
    *(
        "清了一半，还有一半没清",
        "只剩一半了",
        "换了个地方摆",
        "打桩停了，换挖机了",
        "好多了，但是吵",
        "暂时好了",
        "白处理了",
    ),
    *(
        "好了，我去接娃了",
        "好了好了，开饭了",
        "好了不说了",
        "孩子他爸，酱油买好了",
        "妈，饭做好了叫我",
        "老婆 快递拿好了",
    ),
]


@pytest.mark.parametrize("words", NOT_SETTLED)
def test_whoever_goes_on_doubts_asks_or_speaks_of_something_else_settles_nothing(words: str) -> None:
    assert not settled(words)


@pytest.mark.parametrize("words", ["亮了，能看见路了", "又能走人了", "窗台干净，没灰了", "总算不堵了，谢谢"])
def test_what_is_only_good_news_is_no_doubt(words: str) -> None:
    assert not doubted(words)


def reported() -> Stage:
    stage = Stage()
    no = stage.ticket("阿良", "露天烧烤", "3栋楼下", "3栋楼下烧烤摊烟大", State.REPORTED, ago=90)
    stage.heard("程队", "已处理", tickets=(no,), intent=Intent.ACTION)
    return stage


DISPUTES = [
    *(
        "又烤了",
        "还在冒烟",
        "还是呛",
        "没走",
        "臭味还有",
        "味道还大得很",
        "还烤",
        "照样烤",
        "又来了啊",
        "没停啊",
        "又冒烟了",
    ),
    *(
        "烟还是大",
        "3栋楼下烧烤摊烟还是大",
        "今晚又在烤",
        "烧烤还在摆",
        "烟照样往家里灌",
        "还是有烟",
        "烟跟原来一个样",
    ),
    *(
        "没啥变化",
        "冇得变化",
        "老样子啊",
        "一点用都没有，烟更大了",
        "清了一半，还有一半没清",
        "辛苦是辛苦了，就是没啥用",
    ),
    *(
        "假的吧，我就站在这，正冒烟",
        "糊弄鬼呢",
        "你说处理就处理了？",
        "骗人的，炉子火正旺",
        "处理了？你自己来看看",
    ),
    *(
        "哪里处理了，人还在",
        "瞎说，刚刚还在烤",
        "走过场",
        "处理个鬼",
        "@程队 敷衍谁呢",
        "说处理就处理了啊",
        "你们又骗人",
    ),
]


@pytest.mark.parametrize("words", DISPUTES)
def test_who_says_that_it_goes_on_or_never_ended_disputes(words: str) -> None:
    assert [action for action, _ in done(reported().read("阿良", words))] == ["dispute"]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "我还在公司",
            "一半一半吧",
            "还有两站到家",
            "晚上再看",
            "先观察两天",
            "过两天回来看",
        ),
        *("孩子他爸，酱油买好了没", "妈，饭做好了叫我", "好像停了，今晚再听听看", "谁看见我的猫了"),
    ],
)
def test_what_is_of_something_else_or_not_looked_at_is_neither(words: str) -> None:
    assert not {action for action, _ in done(reported().read("阿良", words))} & {"confirm", "dispute"}


TALK = [
    *(("阿良，你上次那个快递找到没？", "好了，找到了，谢谢"), ("阿良，你感冒好些了没", "好了，谢谢关心")),
    *(("阿良，你家娃发烧退了没", "已经好了"), ("阿良你家宽带修好没", "没好，还在等师傅")),
    *(
        ("阿良你那边电梯修好了吗", "好了"),
        ("物业把5栋门禁修好了", "太好了，终于修好了"),
        ("停电了来了没", "来电了，好了"),
    ),
    *(
        ("你家热水器弄好了吗", "弄好啦"),
        ("阿良 团购的米到了没", "到了，谢谢"),
        ("作业写完冇", "写完了，好了"),
    ),
]


@pytest.mark.parametrize(("before", "words"), TALK)
def test_what_answers_a_neighbour_about_something_else_is_of_no_ticket(before: str, words: str) -> None:
    stage = reported()
    stage.heard("阿敏", before)
    assert not stage.read("阿良", words).acts


@pytest.mark.parametrize("before", ["好了没", "阿良，烧烤摊处理好了吗", "那边怎么样了", "城管来过了吗"])
def test_what_answers_a_neighbour_about_the_ticket_is_of_it(before: str) -> None:
    stage = reported()
    stage.heard("阿敏", before)
    assert [action for action, _ in done(stage.read("阿良", "好了，谢谢"))] == ["confirm"]


def two(state: State = State.REPORTED) -> Stage:
    stage = Stage()
    stage.ticket("阿良", "露天烧烤", "3栋楼下", "3栋楼下烧烤摊烟大", state, ago=90)
    stage.ticket("阿良", "市政设施损坏", "10栋", "10栋路灯坏了两个", state, ago=80)
    return stage


FIRST, SECOND = "20260513-001", "20260513-002"


@pytest.mark.parametrize(
    ("words", "acts"),
    [
        ("烧烤没了，路灯还是黑的", [("confirm", FIRST), ("dispute", SECOND)]),
        ("路灯亮了，烧烤还在烤", [("confirm", SECOND), ("dispute", FIRST)]),
        ("路灯修好了", [("confirm", SECOND)]),
        ("烧烤摊没有了，谢谢", [("confirm", FIRST)]),
        ("路灯还是不亮", [("dispute", SECOND)]),
        ("路灯修好了，不过又灭了", [("dispute", SECOND)]),
        ("两个都好了 谢谢", [("confirm", FIRST), ("confirm", SECOND)]),
        ("都好了，谢谢啦", [("confirm", FIRST), ("confirm", SECOND)]),
        ("全部搞定，给力", [("confirm", FIRST), ("confirm", SECOND)]),
    ],
)
def test_of_two_matters_each_is_ended_or_disputed_by_its_name(
    words: str, acts: list[tuple[str, str]]
) -> None:
    assert sorted(done(two().read("阿良", words)), key=str) == sorted(acts, key=str)


@pytest.mark.parametrize(
    ("words", "no"),
    [
        ("烧烤那个撤了吧，路灯还要修", FIRST),
        ("烧烤的不用管了，路灯麻烦快点", FIRST),
        ("烧烤摊撤销，路灯保留", FIRST),
        ("路灯那个取消吧，烧烤还要管", SECOND),
        ("路灯不用来修了", SECOND),
    ],
)
def test_of_two_matters_the_one_that_is_named_is_taken_back(words: str, no: str) -> None:
    assert done(two(State.DISPATCHED).read("阿良", words)) == [("withdraw", no)]
