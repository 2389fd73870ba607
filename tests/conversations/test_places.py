"""Where it is: said by itself, said before the matter, said when asked for, and said wrongly."""

import pytest

from domain.message import Kind
from tests.chat import Chat

PLACES = [
    "3栋楼下",
    "8栋后面",
    "在东门口",
    "就在菜场门口那边",
    "幸福里门口",
    "洪都中大道",
    "5号楼2单元",
    "三栋旁边啊",
]
SIGHS = [
    "又来了",
    "又开始了",
    "怎么又来了啊",
    "烦死了",
    "天天这样",
    "真的受不了了",
    "唉，又来了！",
    "又开始了，气死人",
]


@pytest.mark.parametrize("words", PLACES)
@pytest.mark.parametrize(
    "question", ["我的快递放哪了", "几栋的团长在发货", "羽毛球场在什么位置呀，谁晓得", "老地方在哪集合"]
)
async def test_a_place_that_answers_a_neighbour_opens_no_ticket(
    chat: Chat, words: str, question: str
) -> None:
    await chat.say("老涂", question)
    assert await chat.say("小万", words) == []
    assert await chat.tickets() == []


async def test_a_place_that_answers_a_neighbour_is_no_part_of_ones_own_report(chat: Chat) -> None:
    await chat.say("小万", "那家烧烤店油烟太大了，呛死人，天天这样")
    await chat.say("老涂", "有人晓得我的快递放哪了吗")
    await chat.say("小万", "3栋楼下")
    assert not (await chat.ticket()).location.startswith("3栋")
    await chat.say("老涂", "那烧烤店在哪啊")
    await chat.say("老涂", "哪里？")
    await chat.say("小万", "8栋楼下")
    assert "8栋" in (await chat.ticket()).location


@pytest.mark.parametrize("words", [*SIGHS, *PLACES])
async def test_what_says_of_nothing_yet_opens_no_ticket(chat: Chat, words: str) -> None:
    assert await chat.say("李姐", words) == []
    assert await chat.tickets() == []
    assert chat.told("社区小刘") == []


BEGUN = [
    (("又来了", "3栋楼下烤鱼店的烟对着我们窗户吹，关起窗来吃饭"), "油烟污染", "3栋"),
    (("8栋后面", "垃圾堆了一地没人收"), "暴露垃圾", "8栋后面"),
    (("菜场门口", "又来了", "摆摊的把路都堵了"), "占道经营", "菜场门口"),
    (("唉，又开始了", "在东门口", "广场舞的喇叭吵得人睡不着"), "生活噪声", "东门"),
]


@pytest.mark.parametrize(("lines", "category", "place"), BEGUN)
async def test_what_was_only_begun_is_gathered_when_the_matter_follows(
    chat: Chat, lines: tuple[str, ...], category: str, place: str
) -> None:
    said = []
    for words in lines:
        await chat.say("李姐", words)
        said.append(chat.last)
    ticket = await chat.ticket()
    assert ticket.category == category
    assert place in ticket.location
    async with chat.database.begin() as work:
        (file,) = await work.tickets.of_communities([ticket.community], ticket.opened_at)
    assert list(file.report) == said


async def test_what_begins_with_the_place_alone_gets_the_category_that_is_said_after_it(chat: Chat) -> None:
    for words in ("3栋楼下", "烧烤摊", "烟大得很", "天天这样"):
        await chat.say("胖丁妈妈", words)
    ticket = await chat.ticket()
    assert ticket.category in {"露天烧烤", "油烟污染"}
    assert ticket.location == "3栋楼下"


async def test_the_matter_may_be_long_in_coming_and_the_place_is_then_asked_for(chat: Chat) -> None:
    await chat.say("李姐", "8栋后面")
    await chat.wait(hours=1)
    await chat.say("李姐", kind=Kind.IMAGE)
    await chat.say("李姐", "垃圾堆了一地没人收")
    assert (await chat.ticket()).location == ""
