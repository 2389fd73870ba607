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


ANOTHER = [
    ("2栋外墙的招牌要掉下来了，风一吹晃得很", "东门口电线掉地上了，滋滋冒火花", "东门"),
    ("菜场门口那棵树倒了砸到人了", "井盖没了，小孩差点掉进去，就在2栋门口", "2栋"),
    ("菜场门口全是摆摊的，路都堵了", "我在三店西路，我们那边垃圾没人收", "三店西路"),
    ("菜场门口全是摆摊的，路都堵了", "还有5栋路灯也坏了，黑漆漆的", "5栋"),
    ("3栋楼下垃圾桶满了三天没人收，臭死了", "洪都中大道井盖没了，有人差点掉下去", "洪都中大道"),
    ("8栋后面有人烧垃圾，烟好大", "西门口工地半夜还在打桩，吵得睡不着", "西门"),
    ("5栋楼下路灯坏了好几天，晚上黑漆漆的", "幼儿园门口有人摆摊烤串，烟熏死人", "幼儿园"),
]


@pytest.mark.parametrize(("first", "second", "there"), ANOTHER)
@pytest.mark.parametrize("private", [True, False])
async def test_a_second_matter_elsewhere_is_not_put_into_the_ticket_of_the_first(
    chat: Chat, first: str, second: str, there: str, *, private: bool
) -> None:
    await chat.say("李姐", first, private=private)
    await chat.wait(minutes=2)
    await chat.say("李姐", second, private=private)
    assert there not in (await chat.tickets())[0].location
    async with chat.database.begin() as work:
        files = await work.tickets.of_communities(["幸福里社区"], chat.clock.now().replace(day=1))
    assert chat.last not in files[0].report


@pytest.mark.parametrize(
    ("first", "second"), [(row[0], row[1]) for row in (ANOTHER[1], ANOTHER[3], ANOTHER[4])]
)
async def test_a_second_matter_that_is_plain_is_a_ticket_of_its_own(
    chat: Chat, first: str, second: str
) -> None:
    await chat.say("李姐", first)
    await chat.say("李姐", second)
    one, two = await chat.tickets()
    assert one.category != two.category


async def test_of_a_second_matter_that_is_not_plain_who_knows_the_place_is_asked(chat: Chat) -> None:
    await chat.say("李姐", ANOTHER[2][0])
    await chat.say("李姐", ANOTHER[2][1])
    assert len(await chat.tickets()) == 1
    assert any("垃圾" in line for line in chat.told("社区小刘"))


async def test_a_second_matter_is_no_answer_to_where_the_first_is(chat: Chat) -> None:
    await chat.say("李姐", "那家烧烤店油烟太大了，呛死人，天天这样")
    await chat.say("李姐", "3栋楼下垃圾桶满了三天没人收")
    one, two = await chat.tickets()
    assert one.location == ""
    assert "3栋" in two.location


MORE = [
    ("3栋楼下烧烤店油烟太大了", "就在菜场门口那里"),
    ("3栋楼下烧烤店油烟太大了", "对着幼儿园门口，小孩天天咳"),
    ("3栋楼下垃圾桶满了三天没人收，臭死了", "一直堆到单元门口，苍蝇乱飞"),
    ("那家烧烤店油烟太大了，呛死人，天天这样", "在3栋楼下，垃圾也堆在门口"),
]


@pytest.mark.parametrize(("first", "second"), MORE)
async def test_more_of_the_same_matter_stays_with_it(chat: Chat, first: str, second: str) -> None:
    await chat.say("李姐", first)
    await chat.say("李姐", second)
    assert len(await chat.tickets()) == 1
    assert chat.told("社区小刘") == []


@pytest.mark.parametrize(
    "words",
    [
        "井盖没了，小孩差点掉进去，就在2栋门口",
        "东门口电线掉地上了，滋滋冒火花",
        "5栋外墙的砖往下掉，差点砸到人",
    ],
)
async def test_a_danger_is_warned_of_though_the_same_person_has_just_reported_something(
    chat: Chat, words: str
) -> None:
    await chat.say("李姐", "菜场门口全是摆摊的，路都堵了")
    await chat.wait(minutes=3)
    said = await chat.say("李姐", words)
    assert any("远离" in line or "119" in line for line in said)
