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


GRUMBLE = "那家烧烤店油烟太大了，呛死人，天天这样"
ANSWERS = ["在5栋楼下", "5栋", "就在5栋楼下啊", "5号楼旁边", "是五栋门口那边", "5栋2单元楼下"]


@pytest.mark.parametrize("words", ANSWERS)
@pytest.mark.parametrize("hours", [0.1, 2, 23])
async def test_the_place_that_was_asked_for_is_heard_as_long_as_it_is_awaited(
    chat: Chat, words: str, hours: float
) -> None:
    await chat.say("李姐", GRUMBLE)
    await chat.wait(hours=hours)
    await chat.say("老涂", "晚饭吃什么")
    await chat.say("李姐", words)
    ticket = await chat.ticket()
    assert "5" in ticket.location or "五" in ticket.location
    assert ticket.paused_at is None
    assert "位置" in chat.told("城管-李四")[0]


async def test_the_place_is_heard_while_the_clock_stands_for_it_also_when_the_officers_have_been_told(
    chat: Chat,
) -> None:
    await chat.say("李姐", GRUMBLE, private=True)
    await chat.wait(hours=30)
    await chat.say("李姐", "5栋楼下", private=True)
    ticket = await chat.ticket()
    assert ticket.location == "5栋楼下"
    assert ticket.paused_at is None


@pytest.mark.parametrize(
    "words", ["我去5栋楼下拿快递", "5栋楼下捡到一把钥匙，谁的", "有人在5栋楼下捡到钥匙吗"]
)
async def test_what_says_more_than_a_place_is_no_answer_hours_later(chat: Chat, words: str) -> None:
    await chat.say("李姐", GRUMBLE)
    await chat.wait(hours=2)
    await chat.say("李姐", words)
    assert (await chat.ticket()).location == ""


async def test_whoever_works_on_it_has_found_the_place_and_awaits_no_answer(chat: Chat) -> None:
    await chat.say("李姐", GRUMBLE)
    await chat.say("城管-李四", "到现场了")
    await chat.wait(hours=25)
    await chat.say("李姐", "5栋楼下")
    assert (await chat.ticket()).location == ""


BINS = "3栋楼下垃圾桶满了三天没人收，臭死了"
RIGHT = [
    *(
        "说错了，是8栋",
        "打错了，8栋",
        "更正一下，是8栋不是3栋",
        "不是3栋，是8栋",
        "写错了，应该是8栋",
        "是8栋，不是3栋",
    ),
    *(
        "不好意思打错字了 8栋的",
        "发错了哈，8栋楼下",
        "不对，是8号楼",
        "刚才说错楼号了，8栋",
        "弄错了，在8幢",
        "8栋，说错了",
    ),
]


@pytest.mark.parametrize("words", RIGHT)
@pytest.mark.parametrize("private", [True, False])
async def test_a_place_that_the_reporter_puts_right_is_right_and_the_officers_know(
    chat: Chat, words: str, *, private: bool
) -> None:
    await chat.say("李姐", BINS, private=private)
    await chat.say("李姐", words, private=private)
    ticket = await chat.ticket()
    assert "8" in ticket.location
    assert "3栋" not in ticket.location
    assert "更正" in chat.told("城管-李四")[0]
    assert "8" in chat.told("城管陈五")[0]


@pytest.mark.parametrize(
    ("first", "words", "place"),
    [
        ("菜场东门的摊子把路都堵了", "说错了，是西门", "菜场西门"),
        ("3栋楼下李记烧烤油烟太大了", "打错了，是13栋", "13栋楼下李记烧烤"),
        ("洪都中大道全是摆摊的，路都堵了", "写错了，是三店西路", "三店西路"),
    ],
)
async def test_what_was_not_wrong_about_the_place_stays(
    chat: Chat, first: str, words: str, place: str
) -> None:
    await chat.say("李姐", first)
    await chat.say("李姐", words)
    assert (await chat.ticket()).location == place


async def test_hours_later_the_place_is_put_right_by_naming_the_wrong_one_or_by_quoting(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    no = (await chat.ticket()).no
    await chat.wait(hours=3)
    await chat.say("李姐", "晚饭吃什么")
    await chat.say("李姐", "说错了，8栋")
    assert "3栋" in (await chat.ticket()).location
    await chat.say("李姐", "昨天说的垃圾不是3栋，是8栋")
    assert "8栋" in (await chat.ticket()).location
    await chat.say("李姐", "又说错了，是9栋", quote=await chat.line_about(no))
    assert "9栋" in (await chat.ticket()).location


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("老涂", "不是3栋，是8栋"),
        ("老涂", "说错了吧，8栋"),
        ("李姐", "搞错了，是我自己家的味道，不用来了"),
        ("李姐", "打错了"),
        ("李姐", "应该是楼下烧烤店搞的"),
        ("李姐", "说错话了，你们8栋的别生气吧？"),
    ],
)
async def test_only_the_reporter_puts_the_place_right_and_only_with_a_place(
    chat: Chat, who: str, words: str
) -> None:
    await chat.say("李姐", BINS)
    await chat.say(who, words)
    assert "8栋" not in (await chat.ticket()).location
