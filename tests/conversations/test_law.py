"""Law publicity: who asks what is allowed gets a short answer with its source; nothing else gets one."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from bot import law_file
from domain.law import shipped
from tests.chat import OTHER_GROUP, Chat
from understanding import Intent, Problem, Reading

BALCONY = "我家阳台想封起来，要不要办手续？"
HENS = "请问院坝里养两只母鸡犯不犯法"
SOURCE = "《城市市容和环境卫生管理条例》"
CAUTION = "仅供普法参考，不作为执法结论。"

Opened = Callable[..., AbstractAsyncContextManager[Chat]]


@pytest.fixture
def with_card(database_file: Path, tmp_path: Path) -> Opened:
    """A chat whose bureau has changed one of the cards."""

    @asynccontextmanager
    async def opened(card: str = "P36", **cells: str) -> AsyncIterator[Chat]:
        old = shipped().get(card)
        assert old is not None
        file = tmp_path / "law.csv"
        law_file.write(file, [law_file.row(old) | cells])
        address, media = f"sqlite:///{database_file}", tmp_path / "media"
        async with Chat(address, media, settings={"law_cards": file}) as chat:
            yield chat

    return opened


async def test_a_question_is_answered_with_its_source_and_without_an_article(chat: Chat) -> None:
    (said,) = await chat.say("李姐", BALCONY)
    assert said.startswith("封阳台要符合")
    assert SOURCE in said
    assert "以现行法律为准" in said
    assert said.endswith(CAUTION)
    assert "条、" not in said
    assert "李姐" not in said
    assert chat.mentioned() == []
    assert await chat.tickets() == []


async def test_the_same_card_is_said_once_a_day_in_a_group(chat: Chat) -> None:
    assert await chat.say("李姐", BALCONY)
    assert await chat.say("老涂", "封阳台合法不？") == []
    await chat.wait(hours=23)
    assert await chat.say("小万", BALCONY) == []
    await chat.wait(hours=1)
    assert await chat.say("小万", BALCONY)


async def test_other_cards_and_other_groups_are_answered_the_same_day(chat: Chat) -> None:
    assert await chat.say("李姐", BALCONY)
    (said,) = await chat.say("李姐", HENS)
    assert "家畜家禽" in said
    assert await chat.say("老涂", BALCONY, group=OTHER_GROUP)


async def test_who_asks_privately_is_answered_each_time_and_costs_the_group_nothing(chat: Chat) -> None:
    for _ in range(2):
        (said,) = await chat.say("李姐", BALCONY, private=True)
        assert SOURCE in said
        assert chat.in_group() == []
    assert await chat.say("李姐", BALCONY)


@pytest.mark.parametrize("who", ["城管-李四", "社区小刘", "物业王姐", "张科长"])
@pytest.mark.parametrize("private", [False, True])
async def test_whoever_works_for_the_community_may_ask(chat: Chat, who: str, private: bool) -> None:
    (said,) = await chat.say(who, HENS, private=private)
    assert SOURCE in said


@pytest.mark.parametrize(
    "text",
    [
        "院子里挖口水井违不违法呀",
        "请问邻里共用的院门可以换锁不",
        "你家阳台封了没，花了几多钱",
        "阳台封好了，冬天真暖和",
        "听讲隔壁栋封阳台都要报批了",
        "违法吗？",
    ],
)
async def test_without_a_card_or_a_question_nothing_is_said(chat: Chat, text: str) -> None:
    assert await chat.say("李姐", text) == []


async def test_a_complaint_becomes_a_ticket_and_no_lesson(chat: Chat) -> None:
    said = await chat.say("李姐", "6栋楼顶又有人在搭阳光房，电焊声响了一下午，城管来看看")
    assert (await chat.ticket()).category == "违章搭建"
    assert not any(CAUTION in line for line in said)


async def test_a_report_comes_before_the_card_that_its_words_ask_for(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    text = "楼下那家新开的烧烤店在居民楼里，这允许吗"
    meaning[text] = Reading(Intent.REPORT, 0.9, problems=(Problem("油烟污染", "楼下", False, 0.9),))
    said = await chat.say("李姐", text)
    assert (await chat.ticket()).category == "油烟污染"
    assert not any(CAUTION in line for line in said)


async def test_what_may_be_a_report_as_well_is_answered_and_put_to_the_worker(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    problem = Problem("违章搭建", "", False, 0.5)
    meaning[BALCONY] = Reading(Intent.CHATTER, 0.5, doubtful=(problem,))
    (said,) = await chat.say("李姐", BALCONY)
    assert SOURCE in said
    (question,) = chat.told("社区小刘")
    assert "违章搭建" in question


async def test_a_verified_card_quotes_article_and_day(with_card: Opened) -> None:
    verified = {"核验人": "法制科张三", "核验日期": "2026-05-08", "条号": "第10条"}
    async with with_card(**verified) as chat:
        (said,) = await chat.say("李姐", BALCONY)
        assert f"依据：{SOURCE}，第10条（2026-05-08核验）" in said
        assert "罚则：可予警告" in said
        assert "张三" not in said
        assert "以现行法律为准" not in said
        (unverified,) = await chat.say("李姐", HENS)
        assert "核验" not in unverified


@pytest.mark.parametrize(
    ("since", "until", "answered"),
    [
        ("", "2026-05-10", False),
        ("", "2026-05-11", True),
        ("2026-05-11", "", True),
        ("2026-05-12", "", False),
        ("2026-05-11", "2026-05-11", True),
    ],
)
async def test_a_card_is_used_from_its_first_day_to_its_last(
    with_card: Opened, since: str, until: str, answered: bool
) -> None:
    async with with_card(施行日期=since, 失效日期=until) as chat:
        assert bool(await chat.say("李姐", BALCONY)) is answered


async def test_a_card_that_is_verified_tomorrow_quotes_nothing_today(with_card: Opened) -> None:
    async with with_card(核验人="法制科", 核验日期="2026-05-12") as chat:
        (said,) = await chat.say("李姐", BALCONY)
        assert "条" not in said.replace("条例", "")


async def test_its_day_is_the_day_where_the_bureau_is(with_card: Opened) -> None:
    async with with_card(失效日期="2026-05-11") as chat:  # the chat begins at 18:00 in Nanchang
        await chat.wait(hours=5, minutes=58)
        assert await chat.say("李姐", BALCONY)
        await chat.wait(hours=24)
        assert await chat.say("李姐", BALCONY) == []


async def test_what_was_said_when_is_kept_for_the_weekly_card(chat: Chat) -> None:
    await chat.say("李姐", BALCONY)
    await chat.say("李姐", HENS)
    async with chat.database.begin() as work:
        told = await work.desk.cards_told("20001@chatroom")
        assert {key: at.date() for key, at in told.items()} == {
            "P30": date(2026, 5, 11),
            "P36": date(2026, 5, 11),
        }
        assert await work.desk.cards_told("20002@chatroom") == {}
