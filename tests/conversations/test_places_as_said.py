"""Places as people say them: confirmed to a neighbour, put right, beside the speaker, with a second one."""

import pytest

from tests.chat import Chat

GRUMBLE = "那家烧烤店油烟太大了，呛死人，天天这样"


@pytest.mark.parametrize(
    ("report", "question", "answer", "place"),
    [
        ("那家店的喇叭从早喊到晚，脑壳都炸了", "是不是5栋楼下那家超市？", "对对就是它", "5栋"),
        ("那个人又在绿化带里倒洗拖把水", "是13栋前面吗", "是的", "13栋"),
        ("有人把旧床垫扔路边", "你说的是不是东门配电房那里", "嗯嗯", "东门"),
        (GRUMBLE, "8栋那家吗", "对", "8栋"),
        (GRUMBLE, "是3栋楼下的吧？", "没错就那家", "3栋"),
    ],
)
async def test_a_neighbour_names_the_place_and_the_reporter_says_yes(
    chat: Chat, report: str, question: str, answer: str, place: str
) -> None:
    await chat.say("李姐", report)
    await chat.say("小万", question)
    await chat.say("李姐", answer)
    assert place in (await chat.ticket()).location


@pytest.mark.parametrize("answer", ["不是", "不是那家", "哪里哦", "没有", "不晓得"])
async def test_a_neighbour_names_the_place_and_the_reporter_does_not_say_yes(chat: Chat, answer: str) -> None:
    await chat.say("李姐", GRUMBLE)
    await chat.say("小万", "是不是5栋楼下那家")
    await chat.say("李姐", answer)
    assert "5栋" not in (await chat.ticket()).location


RUBBLE = "6栋后面堆了一大堆碎砖"


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("*9栋", "9栋"),
        ("＊16栋", "16栋"),
        ("哦哦是16栋，打少个1", "16栋"),
        ("打漏了一个字，是16栋", "16栋"),
        ("位置不对，是13栋", "13栋"),
        ("地方错了，13栋", "13栋"),
        ("楼号写错了 13栋", "13栋"),
    ],
)
@pytest.mark.parametrize("quoting", [True, False])
async def test_an_everyday_slip_of_the_number_is_put_right(
    chat: Chat, words: str, place: str, *, quoting: bool
) -> None:
    await chat.say("李姐", RUBBLE)
    quote = await chat.line_about((await chat.ticket()).no) if quoting else None
    await chat.say("李姐", words, quote=quote)
    assert (await chat.ticket()).location.startswith(place)


@pytest.mark.parametrize(
    "words",
    [
        "更正一下是7栋，另外8栋后面也有一堆",
        "说错了是7栋，还有8栋后面也堆了",
        "不是6栋是7栋，8栋后面也有",
        "打错了，7栋。8栋也是这样",
    ],
)
async def test_a_place_put_right_with_the_like_elsewhere_is_two_places(chat: Chat, words: str) -> None:
    await chat.say("李姐", RUBBLE)
    await chat.say("李姐", words)
    one, other = await chat.tickets()
    assert one.location.startswith("7栋")
    assert "8栋" not in one.location
    assert other.location.startswith("8栋")


@pytest.mark.parametrize(
    "words",
    [
        "隔壁工地灰好大",
        "工地又在打桩 睡不着",
        "后面工地灰大得要命，窗台一层土",
        "对面饭店的油烟又来了",
        "前面路口那个坑谁来填下，昨天我摔了一跤",
        "楼下那家饭店油烟大得很",
    ],
)
async def test_what_stands_beside_the_speaker_is_asked_about(chat: Chat, words: str) -> None:
    (said,) = await chat.say("老涂", words)
    assert "位置" in said


@pytest.mark.parametrize("words", ["12栋旁边工地灰好大", "菜场门口垃圾堆成山了", "幸福里对面饭店油烟大得很"])
async def test_what_can_be_found_is_not_asked_about(chat: Chat, words: str) -> None:
    (said,) = await chat.say("老涂", words)
    assert "位置" not in said


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (
            "反映三个事情\n1、1栋后面下水道冒黑水\n2、9栋旁边工地渣土车一路掉泥\n3、南门口小广告贴满了公交站",
            ("1栋", "9栋", "南门"),
        ),
        ("另外12栋垃圾满出来了", ("12栋",)),
        ("顺便说下，还有5栋路灯坏了", ("5栋",)),
    ],
)
async def test_a_place_begins_with_the_place(chat: Chat, words: str, places: tuple[str, ...]) -> None:
    await chat.say("李姐", words)
    found = [ticket.location for ticket in await chat.tickets()]
    assert [location.startswith(place) for location, place in zip(found, places, strict=True)] == [
        True for _ in places
    ]


@pytest.mark.parametrize(
    "words", ["靠围墙那边，有个蓝水桶的", "最里面那一块，竹篱笆围的", "就两个老人家种的"]
)
@pytest.mark.parametrize("question", ["具体在8栋哪边", "种了多大一块？", "什么样子的"])
async def test_what_the_reporter_answers_an_officer_reaches_the_officers(
    chat: Chat, question: str, words: str
) -> None:
    await chat.say("李姐", "8栋有人占绿地种菜")
    await chat.say("城管-李四", question)
    await chat.say("李姐", words)
    assert any(words[:2] in line for line in chat.told("城管-李四"))
    assert len(await chat.tickets()) == 1


@pytest.mark.parametrize(("place", "words"), [("3栋", "楼下又在烤羊肉串"), ("10栋", "门口垃圾堆成山了")])
@pytest.mark.parametrize("to", ["bot", None])
async def test_a_place_said_just_before_is_the_place(
    chat: Chat, place: str, words: str, to: str | None
) -> None:
    await chat.say("老涂", place, to=to)
    await chat.say("老涂", words)
    assert place in (await chat.ticket()).location
