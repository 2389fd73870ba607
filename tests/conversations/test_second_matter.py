"""What the same person says of another matter, and of danger, whatever else they said."""

import pytest

from tests.chat import Chat

AT_ONCE = [
    *("烧烤摊的液化气罐在漏气，闻着味了", "楼道里一股煤气味", "配电箱冒烟了", "电表箱在冒火花，谁来看看"),
    *("火烧起来了，3栋车棚", "有人触电了", "地上有根电线在冒火花，别踩水", "我家煤气味好重咋办"),
]


@pytest.mark.parametrize("words", AT_ONCE)
@pytest.mark.parametrize("private", [True, False])
async def test_gas_fire_and_a_live_wire_are_warned_of_whatever_else_the_words_are(
    chat: Chat, words: str, *, private: bool
) -> None:
    said = await chat.say("李姐", words, private=private)
    assert any("119" in line or "95598" in line or "120" in line for line in said)


FAR = [
    *("昨天看新闻，有个地方煤气爆炸了", "记得小时候隔壁着火了，全村去救", "今晚吃火锅，汤都烧起来了"),
    "电影里那个楼着火那段太假了",
]


@pytest.mark.parametrize("words", FAR)
async def test_what_burns_elsewhere_or_long_ago_is_warned_of_nowhere(chat: Chat, words: str) -> None:
    assert not any("119" in line for line in await chat.say("李姐", words))
