"""What is another body's business by its words alone, and what only sounds like it."""

from pathlib import Path

import pytest

from tests.chat import Chat

GAMBLING = [
    *("9栋有人聚众打牌赌钱，一晚上输赢好几万", "5栋棋牌室赌钱赌得凶", "7栋有人开棋牌室赌博，赌得很大"),
    *(
        "三单元有人炸金花，一晚上输好几千",
        "地下室里有个赌场，还有人放哨",
        "麻将馆天天吵到半夜，还是赌钱的，3栋楼下",
    ),
]
HOUSEHOLDS = [
    *("我们楼下住户炒菜油烟往我家灌，6栋2单元", "对门做饭的油烟全从烟道返到我家厨房"),
    *("隔壁天天炒辣椒，油烟飘我家，2栋3楼那户", "302炒菜的油烟全跑到我屋里来了", "楼道里有人抽烟，臭死了"),
    *("楼上那家做饭的味道从烟道灌下来，呛死", "电梯里天天有人抽烟", "有人在楼梯间抽烟，烟味全飘进来了"),
]
OFFICERS = [
    *("城管队员昨天收摊子把人家秤摔了，态度恶劣我要投诉", "我要举报你们那个姓李的城管收烟"),
    *("投诉一下昨天来的那个城管，说话像骂人一样", "昨天来的城管态度太差了", "城管把老太太的菜筐都踢了"),
    *("举报城管队员吃拿卡要", "执法的那个人说话好难听，一点素质都没有"),
]


@pytest.mark.parametrize("words", GAMBLING)
async def test_gambling_is_for_the_police(chat: Chat, words: str) -> None:
    assert any("110" in line for line in await chat.say("小万", words))


async def test_a_noisy_room_where_people_gamble_is_both(chat: Chat) -> None:
    said = await chat.say("小万", "3栋棋牌室打麻将吵到半夜，睡都睡不着，还赌钱")
    assert (await chat.ticket()).category == "生活噪声"
    assert any("110" in line for line in said)


@pytest.mark.parametrize(
    "words", ["打牌五毛一块的不算赌吧哈哈", "我跟你打赌，他今天不来", "听说隔壁小区抓了一窝赌博的"]
)
async def test_a_bet_is_no_gambling(chat: Chat, words: str) -> None:
    assert await chat.say("小万", words) == []


@pytest.mark.parametrize("words", HOUSEHOLDS)
async def test_smoke_of_a_household_is_for_the_property_company(chat: Chat, words: str) -> None:
    (said,) = await chat.say("小万", words)
    assert "物业" in said
    assert await chat.tickets() == []


@pytest.mark.parametrize(
    "words", ["隔壁餐馆炒菜油烟熏死人，3栋楼下", "5栋楼下那家粉店天天炒粉，油烟味进我家"]
)
async def test_smoke_of_a_kitchen_that_sells_is_a_ticket(chat: Chat, words: str) -> None:
    await chat.say("小万", words)
    assert (await chat.ticket()).category == "油烟污染"


@pytest.mark.parametrize("words", ["谁家炒辣椒啊 馋死我了", "我老公躲在阳台抽烟"])
async def test_who_only_smells_it_complains_of_nothing(chat: Chat, words: str) -> None:
    assert await chat.say("小万", words) == []


@pytest.mark.parametrize("words", OFFICERS)
async def test_who_complains_of_an_officer_hears_privately_where_to_go(chat: Chat, words: str) -> None:
    await chat.say("小万", words)
    (said,) = chat.told("小万")
    assert "12345" in said
    assert await chat.tickets() == []
    assert not chat.told("社区小刘")
    assert not chat.told("城管-李四")


@pytest.mark.parametrize(
    "words",
    [
        "上次那个队员小哥态度真好，给他点个赞",
        "城管来了老板还骂人，态度恶劣",
        "我弟在无锡做城管，他天天被人骂",
        "听说外地有个城管打人",
    ],
)
async def test_who_praises_or_pities_officers_complains_of_none(chat: Chat, words: str) -> None:
    await chat.say("小万", words)
    assert chat.told("小万") == []


async def test_the_channel_is_the_bureaus_own(database_file: Path, tmp_path: Path) -> None:
    settings = {"oversight": "局督察 0791-00000000"}
    async with Chat(f"sqlite:///{database_file}", tmp_path / "media", settings=settings) as chat:
        await chat.say("李姐", "昨天来的城管骂人，我要投诉")
        (said,) = chat.told("李姐")
        assert "局督察 0791-00000000" in said
