"""A complaint in plain words is heard: after small talk, with slips, beside a number, in halves, of the like."""

import pytest

from domain.message import Kind
from tests.chat import Chat

SMALL_TALK = [
    "今天降温了，多穿点",
    "都少说两句吧",
    "大家有什么问题可以在群里说",
    "谁家的猫跑出来了",
    "早上好",
]
PLAIN = [
    ("12栋垃圾满了", "暴露垃圾"),
    ("南门垃圾满了", "暴露垃圾"),
    ("4栋垃圾房爆满", "暴露垃圾"),
    ("9栋垃圾没人收", "暴露垃圾"),
    ("3栋有人养鸡", "其他"),
    ("2栋有人养鸽子", "其他"),
    ("6栋路灯不亮", "市政设施损坏"),
    ("5栋下水道堵了", "污水排放"),
    ("东门摆摊的占了人行道", "占道经营"),
    ("8栋麻将馆吵死人", "生活噪声"),
    ("10栋有人种菜", "毁绿占绿"),
    ("7栋楼道贴满小广告", "乱贴小广告"),
]


@pytest.mark.parametrize("before", SMALL_TALK)
@pytest.mark.parametrize(("words", "category"), PLAIN)
async def test_what_others_said_before_swallows_no_plain_complaint(
    chat: Chat, before: str, words: str, category: str
) -> None:
    await chat.say("小万", before)
    await chat.say("李姐", words)
    assert (await chat.ticket()).category == category


@pytest.mark.parametrize(
    "words",
    [
        "12栋垃圾清走了，干净多了",
        "听说12栋垃圾满了",
        "12栋有没有人养鸡的，想买几个土鸡蛋",
        "6栋路灯修好了",
        "能不能在3栋种菜",
        "9栋垃圾满了吗",
        "专业疏通下水道堵塞，东门进来第二家",
        "记得小时候3栋有人养鸡",
        "3栋准备装路灯了",
        "谢谢师傅，10栋种菜的铲了",
    ],
)
async def test_what_only_names_the_thing_is_no_plain_complaint(chat: Chat, words: str) -> None:
    await chat.say("小万", "早上好")
    await chat.say("李姐", words)
    assert await chat.tickets() == []


async def test_a_plain_complaint_of_what_is_known_opens_nothing_new(chat: Chat) -> None:
    await chat.say("李姐", "12栋垃圾满了")
    await chat.say("老涂", "12栋垃圾没人收")
    assert len(await chat.tickets()) == 1


@pytest.mark.parametrize(
    "words",
    [
        "3栋楼下污水直流，我电话13870001234，来之前打给我",
        "4栋楼顶在加盖房子，联系电话 0791-88123456 王女士",
        "9栋路灯坏了，微信号 abc_9988 加我发视频",
        "12栋垃圾没人收，13870001234",
    ],
)
async def test_a_complaint_beside_a_number_to_call_is_a_ticket_without_it(chat: Chat, words: str) -> None:
    await chat.say("老涂", words)
    ticket = await chat.ticket()
    assert "1387" not in ticket.location
    assert "0791" not in ticket.location


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("8动底下有人再绿化代种彩", "8栋"),
        ("三洞楼下绿化带有人再种采", "三栋"),
        ("刘栋楼下少烤摊烟好大", "6栋"),
        ("楼顶再搭违减 4洞", "4栋"),
        ("12冻后面拉圾满了", "12栋"),
        ("吴栋门口路登坏了", "5栋"),
        ("9动楼下电频车乱停", "9栋"),
    ],
)
async def test_slips_of_the_ear_are_understood_and_the_place_is_written_right(
    chat: Chat, words: str, place: str
) -> None:
    await chat.say("老涂", words)
    assert place in (await chat.ticket()).location


@pytest.mark.parametrize("words", ["一动不动的", "别种彩色的", "老刘栋哥好", "桥有三洞", "有人再说一句试试"])
async def test_words_that_sound_like_slips_open_nothing(chat: Chat, words: str) -> None:
    await chat.say("老涂", words)
    assert await chat.tickets() == []


@pytest.mark.parametrize(
    ("first", "words", "category"),
    [
        ("6栋楼下卖水果的把筐子全摆到盲道上", "我们22栋也一样", None),
        ("5栋下水道往外冒黑水", "我们11栋一样的", "污水排放"),
        ("5栋下水道往外冒黑水", "11栋楼下也在冒", "污水排放"),
        ("3栋楼道贴满开锁广告", "9栋也有", "乱贴小广告"),
        ("10栋路灯坏了两个", "14栋也是", "市政设施损坏"),
        ("12栋垃圾满出来了", "15栋那边也是这样", "暴露垃圾"),
    ],
)
async def test_the_same_at_another_building_is_a_ticket_there(
    chat: Chat, first: str, words: str, category: str | None
) -> None:
    await chat.say("李姐", first)
    await chat.say("老涂", words)
    one, other = await chat.tickets()
    assert other.category == (category or one.category)
    assert "栋" in other.location
    assert other.location not in one.location


@pytest.mark.parametrize("words", ["我们11栋也一样", "我们11栋也是", "11栋一样吵"])
async def test_noise_that_is_heard_at_another_building_is_a_household_more(chat: Chat, words: str) -> None:
    await chat.say("李姐", "8栋后面工地打桩吵死了")
    await chat.say("老涂", words)
    assert (await chat.ticket()).households == 2


async def test_who_quotes_a_report_from_another_building_does_not_move_it(chat: Chat) -> None:
    await chat.say("老涂", "10栋路灯坏了两个")
    await chat.say("李姐", "我们11栋这边也是黑的", quote=chat.last)
    one, other = await chat.tickets()
    assert (one.location, "11栋" in other.location) == ("10栋", True)


@pytest.mark.parametrize("words", ["5栋楼下烧烤摊也冒烟", "还有5栋楼下也有个烧烤摊在冒烟"])
async def test_the_like_at_a_second_building_by_the_same_person_is_a_second_ticket(
    chat: Chat, words: str
) -> None:
    await chat.say("李姐", "3栋楼下烧烤摊烟大")
    await chat.say("李姐", words)
    assert ["3栋" in ticket.location for ticket in await chat.tickets()] == [True, False]


NOTHING = [
    "自己看 9栋后面",
    "5栋这样子",
    "恶心 14栋旁边",
    "有人管吗",
    "没人管",
    "3栋楼下 城管管不管",
    "天天这样 8栋",
]


@pytest.mark.parametrize("words", NOTHING)
@pytest.mark.parametrize("photo", [True, False])
async def test_of_words_of_nothing_no_category_is_invented(chat: Chat, words: str, *, photo: bool) -> None:
    if photo:
        await chat.say("李姐", kind=Kind.IMAGE)
    assert await chat.say("李姐", words) == []
    assert await chat.tickets() == []


async def test_of_a_photo_beside_words_of_nothing_who_knows_the_place_is_asked(chat: Chat) -> None:
    await chat.say("李姐", kind=Kind.IMAGE)
    await chat.say("李姐", "有人管吗 9栋后面")
    assert "其他" in chat.told("社区小刘")[0]


async def test_a_photo_that_is_shown_to_the_bot_alone_is_a_report_of_no_category(chat: Chat) -> None:
    await chat.say("李姐", kind=Kind.IMAGE, private=True)
    await chat.say("李姐", "9栋后面 没人管", private=True)
    assert (await chat.ticket()).category == "其他"


@pytest.mark.parametrize(
    ("lines", "categories"),
    [
        (("6栋那边", "有人把三轮车", "停在绿化带里", "压坏一大片"), {"毁绿占绿"}),
        (("9栋后面", "有个人", "推了一车", "装修垃圾倒在草上"), {"暴露垃圾", "毁绿占绿"}),
        (("门口那个卖水果的", "又开始了", "喇叭放一天", "12栋"), {"生活噪声"}),
        (("诶你们看17栋那个卖卤菜的", "冰柜灶台全架到过道上来了"), {"店外经营"}),
    ],
)
async def test_half_a_sentence_is_read_with_its_end(
    chat: Chat, lines: tuple[str, ...], categories: set[str]
) -> None:
    for line in lines:
        await chat.say("胖丁妈妈", line)
    assert (await chat.ticket()).category in categories


@pytest.mark.parametrize("first", ["17栋那个卖卤菜的", "有人把三轮车", "南门那帮跳舞的"])
@pytest.mark.parametrize("then", ["今天人真多，排队排到花坛边", "我老公认识", "你们认得啵"])
async def test_half_a_sentence_that_ends_in_talk_opens_nothing(chat: Chat, first: str, then: str) -> None:
    await chat.say("老涂", first)
    await chat.say("老涂", then)
    assert await chat.tickets() == []


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("3栋9楼窗户玻璃裂了，往下掉渣渣", "其他"),
        ("12栋楼道里电线裸在外面，孩子一伸手就摸到", "其他"),
        ("12栋二楼把窗户凿成门了，准备开店", "违章搭建"),
        ("7栋一楼破墙开店", "违章搭建"),
    ],
)
async def test_what_the_words_leave_no_doubt_of_is_the_category(
    chat: Chat, words: str, category: str
) -> None:
    await chat.say("小万", words)
    assert {ticket.category for ticket in await chat.tickets()} == {category}


@pytest.mark.parametrize("words", ["北门那个坑还没补呢，上个礼拜就说了", "3栋油烟还是老样子，年初就反映过"])
async def test_what_was_said_long_before_and_has_no_ticket_gets_one(chat: Chat, words: str) -> None:
    await chat.say("胖丁妈妈", words)
    assert len(await chat.tickets()) == 1


async def test_who_asks_why_nobody_looks_after_a_building_names_no_matter(chat: Chat) -> None:
    await chat.say("李姐", "3栋楼下烧烤摊烟大")
    await chat.wait(hours=2)
    await chat.say("李姐", "5栋的怎么没人管")
    assert len(await chat.tickets()) == 1
