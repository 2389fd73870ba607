"""An officer's words about his own affairs: the week, leave, a list wanted. They move no ticket."""

import pytest

from domain.state import State
from tests.chat import Chat

MAIN = "城管-李四"
SMOKE = "1号楼底下炒粉店油烟灌到屋里头来了"


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize(
    "words",
    [
        *("取消请假", "请假取消了", "假不请了", "不休假了", "我明天请假", "请假5月13日到5月15日"),
        *("对接", "还没对接", "这周没时间去社区", "明天去社区对接", "幸福里还没去对接", "改天再去居委会"),
        *("撤销", "作废", "刚才那条作废", "删了吧"),
    ],
)
async def test_words_about_the_week_and_leave_move_no_ticket(
    chat: Chat, words: str, *, private: bool
) -> None:
    await chat.say("李姐", SMOKE)
    await chat.say(MAIN, words, private=private)
    assert (await chat.ticket()).state is State.DISPATCHED
    assert chat.in_group() == []


@pytest.mark.parametrize(
    "words", ["我的单子", "看看我手上的单子", "我还有哪些工单", "我的任务有哪些？", "帮我查一下我的待办"]
)
async def test_who_wants_a_list_gets_one(chat: Chat, words: str) -> None:
    await chat.say("李姐", SMOKE)
    (said,) = await chat.say(MAIN, words, private=True)
    assert (await chat.ticket()).no in said
    assert (await chat.ticket()).state is State.DISPATCHED


@pytest.mark.parametrize("words", ["撤销", "取消吧", "把刚才那条删了"])
async def test_who_takes_back_what_is_not_there_hears_so(chat: Chat, words: str) -> None:
    (said,) = await chat.say(MAIN, words, private=True)
    assert said.startswith("没有刚记下的")


@pytest.mark.parametrize("words", ["我请假了你去吧", "请个假", "我想请假"])
async def test_leave_without_a_day_is_asked_again(chat: Chat, words: str) -> None:
    await chat.say("李姐", SMOKE)
    (said,) = await chat.say(MAIN, words, private=True)
    assert said.startswith("请假是从哪天到哪天")
    assert (await chat.ticket()).state is State.DISPATCHED


@pytest.mark.parametrize("words", ["到社区了", "已处理，明天休假", "明天休假，油烟已处理好了"])
async def test_what_is_said_of_a_ticket_beside_it_counts(chat: Chat, words: str) -> None:
    await chat.say("李姐", SMOKE)
    await chat.say(MAIN, words)
    assert (await chat.ticket()).state is not State.DISPATCHED


@pytest.mark.parametrize(("words", "count"), [("2000起", 2000), ("101起", 101), ("100起", 100)])
async def test_more_than_can_well_be_is_asked_about(chat: Chat, words: str, count: int) -> None:
    (said,) = await chat.say(MAIN, f"制止店外经营{words} 洪都中大道", private=True)
    kept = await chat.database_rows("SELECT count FROM patrols")
    assert kept == ([(count,)] if count <= chat.settings.own_actions_most else [])
    assert ("先没有记" in said) is not bool(kept)


async def test_nothing_is_put_right_to_more_than_can_well_be(chat: Chat) -> None:
    await chat.say(MAIN, "制止店外经营2起 洪都中大道", private=True)
    (said,) = await chat.say(MAIN, "是3000起", private=True)
    assert "先没有记" in said
    assert await chat.database_rows("SELECT count FROM patrols") == [(2,)]
