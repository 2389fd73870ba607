"""Who speaks to the bot alone: a complaint is heard, the place asked for, and one's own ticket spoken of."""

import pytest

from domain.state import State
from tests.chat import Chat

COMPLAINTS = [
    "我不敢在群里讲，楼下那家棋牌室天天打到三点",
    "隔壁的烧烤店老板是我亲戚，我不好出面，他那个烟真的太大了",
    "半夜有人在我们后面卸钢筋，我不敢说，怕被报复",
    "我们楼上有人开麻将馆，吵得要命",
    "我想反映个事，别说是我说的，门口那个修车铺把路都占完了",
    "我悄悄说一声，6栋后头有人种菜",
    "你好，12栋垃圾没人收",
]


@pytest.mark.parametrize("words", COMPLAINTS)
async def test_a_complaint_told_to_the_bot_alone_is_a_ticket(chat: Chat, words: str) -> None:
    assert any("已登记" in line for line in await chat.say("李姐", words, private=True))


@pytest.mark.parametrize("words", ["你好", "在吗", "谢谢你啊", "哈哈哈你是机器人吗", "我家小孩今天考试"])
async def test_a_greeting_to_the_bot_alone_is_none(chat: Chat, words: str) -> None:
    await chat.say("李姐", words, private=True)
    assert await chat.tickets() == []


@pytest.mark.parametrize(
    "words",
    [
        "楼下那家棋牌室天天打到三点",
        "我们楼道里有人养了十几只鸽子，臭死了",
        "隔壁工地半夜打桩睡不着",
    ],
)
async def test_a_place_that_only_the_speaker_knows_is_asked_for_there_too(chat: Chat, words: str) -> None:
    (said,) = await chat.say("李姐", words, private=True)
    assert "位置" in said


SMOKE = "3栋楼下烧烤摊烟大，求匿名"


@pytest.mark.parametrize(
    "words",
    [
        "怎么还没人来",
        "处理了吗",
        "有结果没",
        "什么情况了",
        "到现在都没看到人",
        "催一下",
        "进度怎么样了",
        "啷个还冇看到人来哦",
        "还在烤",
    ],
)
async def test_who_asks_alone_how_far_it_is_hears_and_the_officers_are_reminded(
    chat: Chat, words: str
) -> None:
    await chat.say("李姐", SMOKE, private=True)
    await chat.wait(days=1)
    assert await chat.say("李姐", words, private=True) != []
    assert (await chat.ticket()).urges == 1
    assert chat.in_group() == []


@pytest.mark.parametrize(
    "words", ["还是有烟", "今天晚上又在烤", "烟还是往上窜", "老样子", "没变化", "跟原来一样，还在烤"]
)
async def test_who_says_alone_that_it_goes_on_has_it_done_again(chat: Chat, words: str) -> None:
    await chat.say("李姐", SMOKE, private=True)
    await chat.say("城管-李四", "001 已处理", private=True)
    await chat.say("李姐", words, private=True)
    assert (await chat.ticket()).state is State.REWORK


@pytest.mark.parametrize("words", ["谢谢，又麻烦你们了", "好了，谢谢", "嗯嗯收到", "我还有个事想问"])
async def test_thanks_to_the_bot_alone_have_nothing_done_again(chat: Chat, words: str) -> None:
    await chat.say("李姐", SMOKE, private=True)
    await chat.say("城管-李四", "001 已处理", private=True)
    await chat.say("李姐", words, private=True)
    assert (await chat.ticket()).state in {State.REPORTED, State.CLOSED}


async def test_another_matter_told_alone_is_no_word_about_the_first(chat: Chat) -> None:
    await chat.say("李姐", SMOKE, private=True)
    await chat.say("李姐", "12栋垃圾还是没人收", private=True)
    assert [ticket.urges for ticket in await chat.tickets()] == [0, 0]


async def test_who_asks_alone_of_what_was_told_in_the_group_is_answered_alone(chat: Chat) -> None:
    await chat.say("李姐", "3栋楼下烧烤摊烟大")
    await chat.wait(hours=2)
    before = len(chat.in_group())
    assert await chat.say("李姐", "处理了吗", private=True) != []
    assert len(chat.in_group()) <= before


@pytest.mark.parametrize(
    ("who", "words", "to"),
    [
        ("李姐", "001 到哪了", "bot"),
        ("李姐", "001 现在什么进度", "bot"),
        ("李姐", "20260511-001 办了吗", "bot"),
        ("小万", "001 到哪了", "bot"),
        ("李姐", "001 怎么还没人来", None),
        ("老涂", "001处理得怎么样了", None),
    ],
)
async def test_who_asks_by_number_hears_how_far_it_is_and_the_place_stays(
    chat: Chat, who: str, words: str, to: str | None
) -> None:
    await chat.say("李姐", "3栋楼下烧烤摊烟大")
    await chat.wait(minutes=40)
    assert any("20260511-001" in line for line in await chat.say(who, words, to=to))
    ticket = await chat.ticket()
    assert (ticket.location, ticket.urges) == ("3栋楼下", 1)
