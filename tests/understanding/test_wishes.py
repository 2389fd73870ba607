"""What residents answer to the invitation, and what they say beside it."""

import pytest

from understanding.week.wishes import answers, wishes

WISHES = [
    "希望多来转转南门",
    "多看看菜场后面",
    "能不能管管广场舞",
    "麻烦清理一下楼道的杂物",
    "建议整治一下夜宵摊",
    "想请他们查查地下车库",
    "南门的台阶该修修了",
    "小区东边能不能多巡几次",
    "请关注一下幼儿园门口的摊贩",
    "重点看一下3栋后面",
    "我们这边能来看一下吗",
]
TALK = [
    "好的",
    "谢谢城管同志",
    "我明天去看看鞋子",
    "帮我看看有没有我的药",
    "能不能用医保卡",
    "楼下新开的面馆味道不错",
    "请问电费怎么交",
    "希望" + "路灯" * 40 + "修一下",
]


@pytest.mark.parametrize("words", WISHES)
def test_a_wish(words: str) -> None:
    assert wishes(words)
    assert answers(words)


@pytest.mark.parametrize("words", TALK)
def test_talk(words: str) -> None:
    assert not wishes(words)


@pytest.mark.parametrize(
    ("words", "tells"),
    [("凉亭那边", True), ("凉亭那", False), ("你们几点上班", False), ("凉亭在哪？", False)],
)
def test_what_is_said_to_the_bot_tells_something_or_asks(words: str, tells: bool) -> None:
    assert answers(words) is tells
    assert not wishes(words)
