"""A ticket's time: the card says until when, and by the rules it stands, runs and begins anew."""

from datetime import datetime, timedelta

import pytest

from bot.app import App
from bot.clock import VirtualClock
from domain.action import Action
from tests.chat import Chat
from tests.conversations.hearing import heard
from tests.conversations.limits import LEADER, MAIN, OTHER, SQUAD, Meaning, at, opened
from tests.conversations.meanings import does, report
from understanding import Intent, Reading


@pytest.mark.parametrize(
    ("category", "hours", "said"),
    [
        ("店外经营", 0, "时限：2紧急工作时，今天20:00前。"),
        ("店外经营", 13, "时限：2紧急工作时，今天9:00前。"),
        ("暴露垃圾", 0, "时限：4工作时，从5月12日(周二)8:00算，5月12日(周二)12:00前。"),
        ("暴露垃圾", 15, "时限：4工作时，今天15:00前。"),
        ("油烟污染", 15, "时限：5工作日，5月19日(周二)9:00前。"),
        ("暴露垃圾", 24 * 5, "时限：4工作时，从5月18日(周一)8:00算，5月18日(周一)12:00前。"),
    ],
)
async def test_the_card_says_until_when(
    chat: Chat, meaning: Meaning, category: str, hours: float, said: str
) -> None:
    await chat.wait(hours=max(0, hours - 20 / 3600))
    meaning["有事"] = report("3栋", category)
    await chat.say("李姐", "有事")
    (card,) = chat.told(MAIN)
    assert said in card


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("8栋顶楼正在搭彩钢棚", "2紧急工作日"),
        ("8栋顶楼的彩钢棚搭了好几年", "15工作日"),
        ("4栋楼顶有人在扎钢筋支模板", "2紧急工作日"),
        ("7栋露台装了玻璃顶，住进去了", "15工作日"),
    ],
)
async def test_what_is_being_built_is_urgent_for_the_clock_and_no_danger(
    chat: Chat, meaning: Meaning, words: str, limit: str
) -> None:
    meaning[words] = report("8栋", "违章搭建")
    await chat.say("李姐", words)
    (card,) = chat.told(MAIN)
    assert f"时限：{limit}" in card
    assert card.startswith("【新单】")
    assert not (await chat.ticket()).urgent


async def test_later_words_can_say_that_it_is_being_built(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "违章搭建")
    meaning["今天又在焊架子"] = does(Action.SUPPLEMENT, no)
    await chat.say("李姐", "今天又在焊架子")
    assert any(line.startswith("【在建】") and "5月14日(周四)9:00前" in line for line in chat.told(OTHER))
    await chat.say("李姐", "今天又在焊架子")
    assert not any(line.startswith("【在建】") for line in chat.told(OTHER))


async def test_the_clock_stands_while_the_place_is_awaited(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, location="那家店")
    assert "等位置清楚了再算" in chat.told(MAIN)[0]
    assert await heard(chat, hours=5) == {}
    meaning["5栋楼下"] = Reading(Intent.REPORT, 1.0, continues=no, location="5栋")
    await chat.say("李姐", "5栋楼下")
    (known,) = chat.told(MAIN)
    assert "5栋" in known
    assert "今天16:00前" in known
    told = await heard(chat, **at(chat, 16, 1))
    assert SQUAD in told


async def test_no_place_for_a_day_is_told_to_the_officers_and_still_not_counted(
    chat: Chat, meaning: Meaning
) -> None:
    await opened(chat, meaning, location="")
    told = await heard(chat, hours=24)
    assert {who: len(lines) for who, lines in told.items()} == {MAIN: 1, OTHER: 1}
    assert "先不计时" in told[MAIN][0]
    assert await heard(chat, days=9) == {}
    assert not (await chat.ticket()).overdue(chat.clock.now())


async def test_whoever_is_there_has_found_the_place(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, location="")
    meaning["到现场了"] = does(Action.PROGRESS, no)
    await chat.say(MAIN, "到现场了")
    assert (await chat.ticket()).remind_at is not None


async def test_a_danger_without_a_place_is_not_put_off(chat: Chat, meaning: Meaning) -> None:
    meaning["要塌了"] = report("", "违章搭建", urgent=True)
    await chat.say("李姐", "要塌了")
    assert (await chat.ticket()).paused_at is None


async def test_a_dispute_has_less_time(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning)
    meaning["弄好了"], meaning["没好"] = does(Action.RESOLVE, no), does(Action.DISPUTE, no)
    await chat.say(MAIN, "弄好了")
    await chat.wait(**at(chat, 13))
    await chat.say("李姐", "没好")
    assert any("今天14:00前" in line for line in chat.told(MAIN))
    told = await heard(chat, **at(chat, 14, 1))
    assert SQUAD in told


@pytest.mark.parametrize(
    ("start", "category", "until"),
    [
        ("2027-12-31T01:00:00+00:00", "乱堆物料", "2028年1月3日(周一)9:00前"),
        ("2028-02-28T09:00:00+00:00", "暴露垃圾", "2月29日(周二)11:00前"),
        ("2026-02-13T09:00:00+00:00", "乱堆物料", "2月14日(周六)17:00前"),
    ],
)
async def test_new_year_a_leap_day_and_a_make_up_day(
    chat: Chat, meaning: Meaning, start: str, category: str, until: str
) -> None:
    chat.clock = VirtualClock(datetime.fromisoformat(start) - timedelta(seconds=20))
    chat.app = App(chat.settings, chat.database, chat.platform, chat.clock)
    meaning["有事"] = report("3栋", category)
    await chat.say("李姐", "有事")
    assert until in chat.told(MAIN)[0]


async def test_the_list_of_an_officer_says_until_when(chat: Chat, meaning: Meaning) -> None:
    await opened(chat, meaning)
    (said,) = await chat.say(MAIN, "我的", private=True)
    assert said.endswith("已派遣，今天11:00前")
    await chat.wait(**at(chat, 11, 1))
    (said,) = await chat.say(LEADER, "在办", private=True)
    assert said.endswith("已派遣，已超期")
