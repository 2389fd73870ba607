"""Who tells of a danger hears at once what to do, and nothing is made of it that it is not."""

import pytest

from tests.chat import Chat

DYING = [
    *("有个细伢子掉到景观池里去了 快来人", "快来人啊 我爸在3栋楼下倒了 叫不醒", "快来人啊有小孩被车撞了"),
    *("谁会急救 15栋下面有人抽搐口吐白沫", "6栋的伢崽掉进鱼池了 快来个会游泳的", "有人从6楼掉下来了！！"),
    *("我奶奶喊不应了，脸煞白，哪个帮我打下120", "门口有人拿刀追人，快报警"),
]
GAS = [
    *(
        "煤器味好重，三栋二单元",
        "没汽泄露没汽泄露，二洞楼道里好大味",
        "挖机把煤气管子挖断了，呼呼响，南门外头",
    ),
    *("楼道里一股瓦斯味道，我不敢开灯", "媒气漏了媒气漏了，3单元", "5栋一楼天燃气好大味道"),
]
FALLING = [
    *("9栋12楼有个空调外机歪了，风一吹就晃，要掉下来", "12栋的晾衣架要掉下来了，在14楼吊着"),
    *("10栋的院墙裂了好大口子，往外倒", "8栋外面脚手架歪了好大一截，看着要倒", "小区门口有个井盖冒得了"),
    *("地陷了！4栋前面那条路，下面空的", "7栋外墙瓷砖一块块往下掉", "路边那棵大树歪了，要倒到马路上了"),
]


@pytest.mark.parametrize("words", DYING)
@pytest.mark.parametrize("private", [True, False])
async def test_who_is_dying_is_for_120_and_nobodys_complaint(
    chat: Chat, words: str, *, private: bool
) -> None:
    (said,) = await chat.say("李姐", words, private=private)
    assert "120" in said
    assert await chat.tickets() == []
    assert chat.told("社区小刘") == []


@pytest.mark.parametrize("words", GAS)
async def test_gas_is_left_at_once_however_it_is_spelt(chat: Chat, words: str) -> None:
    (said,) = await chat.say("老涂", words)
    assert "离开" in said
    assert "119" in said
    assert await chat.tickets() == []


@pytest.mark.parametrize("words", FALLING)
async def test_what_may_fall_is_urgent_and_those_below_are_told_to_keep_away(chat: Chat, words: str) -> None:
    said = await chat.say("小万", words)
    assert "远离" in said[0]
    assert (await chat.ticket()).urgent
    assert any("紧急" in line for line in chat.told("城管-李四"))


async def test_what_may_fall_and_is_told_of_twice_is_one_ticket(chat: Chat) -> None:
    await chat.say("小万", "9栋12楼有个空调外机歪了，要掉下来")
    await chat.say("李姐", "9栋那个空调外机要掉下来了，快点")
    assert len(await chat.tickets()) == 1


@pytest.mark.parametrize(
    "words", ["12栋后面垃圾桶在冒烟", "14栋楼下草堆着了，火越来越大", "6栋有台电瓶车自燃了"]
)
async def test_a_fire_is_left_and_119_called(chat: Chat, words: str) -> None:
    said = await chat.say("小万", words)
    assert any("119" in line and "离开" in line for line in said)


@pytest.mark.parametrize("words", ["2栋旁边电线杆倒了，线都在地上", "电缆断了垂在路中间，啪啪打火"])
async def test_a_broken_line_is_kept_away_from(chat: Chat, words: str) -> None:
    (said,) = await chat.say("胖丁妈妈", words)
    assert "远离" in said
    assert "电线" in said


@pytest.mark.parametrize("words", ["4栋也有", "我们8栋这边也闻到了", "9栋楼道里也是"])
async def test_gas_at_another_building_is_gas_and_no_ticket(chat: Chat, words: str) -> None:
    await chat.say("李姐", "5栋有煤气味")
    await chat.say("小万", "啊？")
    assert any("119" in line for line in await chat.say("老涂", words))
    assert await chat.tickets() == []


async def test_the_same_house_is_not_warned_again(chat: Chat) -> None:
    await chat.say("李姐", "5栋有煤气味")
    assert await chat.say("小万", "我家也是") == []


@pytest.mark.parametrize("words", ["4栋也有", "我家也有"])
async def test_there_too_of_nothing_dangerous_is_no_danger(chat: Chat, words: str) -> None:
    await chat.say("李姐", "5栋有只橘猫")
    assert await chat.say("小万", words) == []


@pytest.mark.parametrize(
    "words",
    [
        "我老婆今天火气大，家里快煤气爆炸了哈哈",
        "我家煤气灶打不着火了，有认识修的吗",
        "煤气味一般是什么味道啊",
        "楼上天天咚咚咚跳绳，天花板都要塌了",
        "昨天看新闻有个小孩掉井里，救上来了",
        "老板跳楼价甩卖，羊毛衫三十",
        "万一墙倒了砸到人怎么办",
        "早上喊不醒伢子，天天迟到",
    ],
)
async def test_figures_of_speech_and_stories_are_no_danger(chat: Chat, words: str) -> None:
    said = await chat.say("老涂", words)
    assert not any("离开" in line or "远离" in line or "120" in line for line in said)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("3栋9楼窗户玻璃裂了，往下掉渣渣", "油烟污染"),
        ("隔壁工地围墙歪过来了，快倒了，下面停着车", "渣土扬尘"),
        ("6栋拐角的垃圾桶冒烟了", "暴露垃圾"),
    ],
)
async def test_a_danger_is_no_complaint_of_a_category_that_it_cannot_be(
    chat: Chat, words: str, wrong: str
) -> None:
    await chat.say("小万", words)
    assert wrong not in [ticket.category for ticket in await chat.tickets()]


async def test_of_what_may_fall_indoors_one_hears_whose_it_is_as_well(chat: Chat) -> None:
    said = await chat.say("小万", "10栋2单元六楼楼梯扶手整段掉下去了，老人小孩天天上下")
    assert any("远离" in line for line in said)
    assert any("物业" in line for line in said) or await chat.tickets()
