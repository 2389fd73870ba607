"""The next question follows the last one; what asks nothing gets no answer, and what has none is told why."""

import pytest

from tests.chat import OTHER_GROUP, Chat
from tests.conversations.complaints import CHIEF
from tests.conversations.figures import ask, complain

pytestmark = pytest.mark.usefixtures("complaints")


async def test_the_next_question_follows_the_last_one_for_half_an_hour(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 1, group=OTHER_GROUP)
    await ask(chat, "今天幸福里社区接了多少投诉")
    assert (await ask(chat, "那梅湖呢"))[0] == "5月11日，梅湖社区，受理：1 件。"
    await chat.wait(minutes=29)
    assert (await ask(chat, "幸福里呢"))[0] == "5月11日，幸福里社区，受理：2 件。"
    assert await ask(chat, "那梅湖呢", CHIEF) == []
    await chat.wait(minutes=31)
    assert await ask(chat, "那梅湖呢") == []


async def test_a_question_of_its_own_after_a_row_gets_the_whole(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 1, group=OTHER_GROUP)
    assert "梅湖社区" in "".join(await ask(chat, "今天各社区投诉排名"))
    assert (await ask(chat, "今天接了多少投诉"))[0] == "5月11日，受理：3 件。"
    await ask(chat, "今天各社区投诉排名")
    assert (await ask(chat, "梅湖呢"))[0] == "5月11日，梅湖社区，受理：1 件。"


@pytest.mark.parametrize(
    "words", ["好的，谢谢", "辛苦了", "明天九点开会", "三项制度要抓紧落实", "这三项工作抓紧"]
)
async def test_what_asks_nothing_gets_no_answer(chat: Chat, words: str) -> None:
    await complain(chat, 1)
    assert await ask(chat, words) == []


async def test_what_has_no_answer_is_said(chat: Chat) -> None:
    assert await ask(chat, "今天接了多少投诉") == ["系统里还没有记录，没有数可查。"]
    await complain(chat, 1)
    assert await ask(chat, "上个月接了多少投诉") == ["系统5月11日才开始登记，那之前没有数。"]
    (said,) = await ask(chat, "今天店外经营对接了几次")
    assert said.startswith("对接不分类别")
    assert said.count("；") == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("火星社区今天接了几件投诉", "名册里没有“火星社区”，没法查。"),
        ("老黄今天办结几件", "名册里没有“老黄”，没法查。"),
        ("返工率多少", "系统里没有“返工率”这样的数。"),
        ("受理多少，办结多少，今天", "一次只能查一样，请分开问。"),
    ],
)
async def test_what_cannot_be_told_is_said_with_two_questions_that_can(
    chat: Chat, words: str, why: str
) -> None:
    await complain(chat, 1)
    await chat.wait(hours=24 * 7)
    [answer] = await ask(chat, words)
    assert answer.startswith(why)
    examples = answer.removeprefix(why).removeprefix("可以这样问：").removesuffix("。").split("；")
    assert len(examples) == 2
    for example in examples:
        assert "合计" in "".join(await ask(chat, example))
    assert await ask(chat, words, "李姐") == []


async def test_after_a_whole_question_without_a_figure_nothing_older_is_followed(chat: Chat) -> None:
    await complain(chat, 2)
    assert (await ask(chat, "今天接了多少投诉"))[0] == "5月11日，受理：2 件。"
    assert (await ask(chat, "火星社区这个月办结几件"))[0].startswith("名册里没有“火星社区”")
    assert await ask(chat, "按街道") == []
    assert (await ask(chat, "今天接了多少投诉"))[0] == "5月11日，受理：2 件。"
    assert (await ask(chat, "那火星社区呢"))[0].startswith("名册里没有“火星社区”")
    assert len(await ask(chat, "按街道")) > 1
