"""Shares that supervisors ask for, and what is near them and no question for one figure."""

import pytest

from tests.chat import OTHER_GROUP, Chat
from tests.conversations.figures import MEANING, ask, complain

pytestmark = pytest.mark.usefixtures("complaints")


@pytest.mark.parametrize("words", ["今天店外经营占比多少", "今天店外经营占全部投诉的百分之几"])
@pytest.mark.parametrize(
    ("shops", "sheds", "share"), [(9, 3, "全部受理 12 件，占 75%。"), (1, 2, "全部受理 3 件，占 1/3。")]
)
async def test_a_share_of_one_kind_is_said_with_the_whole(
    chat: Chat, words: str, shops: int, sheds: int, share: str
) -> None:
    await complain(chat, shops)
    await complain(chat, sheds, "在搭棚子")
    assert await ask(chat, words) == [f"5月11日，店外经营，受理：{shops} 件。", share, MEANING]


async def test_a_share_within_one_community_is_of_that_community(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 2, "在搭棚子")
    await complain(chat, 5, group=OTHER_GROUP)
    (_, share, *_) = await ask(chat, "今天幸福里社区的投诉占几成")
    assert share == "全部受理 9 件，占 4/9。"
    (_, share, *_) = await ask(chat, "今天幸福里社区店外经营占多大比例")
    assert share == "幸福里社区受理 4 件，占 2/4。"


async def test_of_nothing_there_is_no_share(chat: Chat) -> None:
    await complain(chat, 1)
    await chat.wait(hours=24 * 7)
    (_, share, *_) = await ask(chat, "今天店外经营占比多少")
    assert share == "全部受理 0 件，没有占比。"


async def test_a_share_is_kept_by_the_question_that_follows(chat: Chat) -> None:
    await complain(chat, 2)
    await complain(chat, 1, "在搭棚子")
    await ask(chat, "今天店外经营占比多少")
    (head, share, *_) = await ask(chat, "违章搭建呢")
    assert "违章搭建" in head
    assert share == "全部受理 3 件，占 1/3。"


@pytest.mark.parametrize(
    "words", ["办结之前要先对接吗", "结案前需要跟社区对接吗", "对接要几个人去", "每周要对接几次"]
)
async def test_what_one_has_to_do_is_no_question_for_figures(chat: Chat, words: str) -> None:
    await complain(chat, 1)
    assert not any("口径" in line for line in await ask(chat, words))


@pytest.mark.parametrize(
    "words", ["今天投诉最多的社区哪类最多", "那个最多的社区哪类最多", "今天哪个社区投诉最多，主要是什么问题"]
)
async def test_who_is_first_and_what_is_first_there_are_two_questions(chat: Chat, words: str) -> None:
    await complain(chat, 1)
    (said,) = await ask(chat, words)
    assert said.startswith("一次只能查一样")
