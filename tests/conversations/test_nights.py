"""What waits for the morning is said in the morning, if it is still so, and by nobody's change of plan lost."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.action import Action
from tests.chat import Chat, starting
from tests.conversations.hearing import told_since
from tests.conversations.limits import LEADER, MAIN, OTHER, SQUAD, Meaning, at
from tests.conversations.meanings import does, report
from tests.conversations.weeks import HAPPY, OFFICER, met
from understanding import Intent, Reading


async def late(chat: Chat, meaning: Meaning, hour: int = 21) -> str:
    """A ticket of two hours, accepted, on Monday evening; its number."""
    await chat.wait(**at(chat, hour, 29))
    meaning["有事"] = report("3栋", "店外经营")
    await chat.say("李姐", "有事")
    no = (await chat.ticket()).no
    meaning["收到"], meaning["弄好了"] = does(Action.ACCEPT, no), does(Action.RESOLVE, no)
    await chat.say(MAIN, "收到")
    return no


async def test_who_sleeps_through_the_deadline_hears_in_the_morning_that_it_is_over(
    chat: Chat, meaning: Meaning
) -> None:
    await late(chat, meaning)
    before = len(chat.platform.lines)
    await chat.wait(**at(chat, 7, 59, days=1))
    assert told_since(chat, before) == {}
    await chat.wait(**at(chat, 8, 1))
    told = told_since(chat, before)
    assert {who: len(lines) for who, lines in told.items()} == {MAIN: 1, OTHER: 1, SQUAD: 1, LEADER: 1}
    assert "到时限还没反馈，已告诉中队长" in told[OTHER][0]


@pytest.mark.parametrize("hour", [0, 7])
async def test_what_is_settled_in_the_night_is_reported_to_nobody_in_the_morning(
    chat: Chat, meaning: Meaning, hour: int
) -> None:
    await late(chat, meaning)
    before = len(chat.platform.lines)
    await chat.wait(**at(chat, hour, 30, days=1))
    await chat.say(MAIN, "弄好了")
    await chat.wait(**at(chat, 9))
    assert told_since(chat, before) == {}


async def test_a_change_of_officers_at_midnight_leaves_the_squad_leader_his_report(
    chat: Chat, meaning: Meaning
) -> None:
    await late(chat, meaning)
    await chat.say(MAIN, "请假 5月12日-5月13日", private=True)
    before = len(chat.platform.lines)
    await chat.wait(**at(chat, 9, days=1))
    told = told_since(chat, before)
    assert MAIN not in told
    assert "到时限还没反馈" in told[SQUAD][0]
    assert "一倍" in told[LEADER][0]


async def test_a_change_of_officers_at_midnight_leaves_the_reporter_her_question(
    chat: Chat, meaning: Meaning
) -> None:
    meaning["有事"] = report("3栋", "店外经营")
    await chat.say("李姐", "有事", private=True)
    meaning["弄好了"] = does(Action.RESOLVE, (await chat.ticket()).no)
    await chat.say(MAIN, "请假 5月12日-5月13日", private=True)
    await chat.wait(**at(chat, 22))
    await chat.say(OTHER, "弄好了", private=True)
    before = len(chat.platform.lines)
    await chat.wait(**at(chat, 9, days=1))
    (asked,) = told_since(chat, before)["李姐"]
    assert "您反映的店外经营" in asked


async def test_a_place_that_comes_in_the_night_is_not_missed_in_the_morning(
    chat: Chat, meaning: Meaning
) -> None:
    await chat.wait(**at(chat, 23))
    meaning["有事"] = report("", "暴露垃圾")
    await chat.say("李姐", "有事")
    no = (await chat.ticket()).no
    meaning["5栋楼下"] = Reading(Intent.REPORT, 1.0, continues=no, location="5栋")
    await chat.wait(**at(chat, 7, days=2))
    before = len(chat.platform.lines)
    await chat.say("李姐", "5栋楼下")
    await chat.wait(**at(chat, 8, 1))
    told = told_since(chat, before)
    assert "5栋" in told[MAIN][0]
    assert not any("还没等到位置" in line for lines in told.values() for line in lines)


async def test_no_supervisor_is_woken_where_nobody_is_in_danger(chat: Chat, meaning: Meaning) -> None:
    await chat.wait(**at(chat, 23))
    meaning["有事"] = report("3栋", "店外经营")
    await chat.say("李姐", "有事")
    assert chat.told(MAIN) != []
    before = len(chat.platform.lines)
    no = (await chat.ticket()).no
    await chat.say(MAIN, f"挂账 {no} 到6月1日，等产权", private=True)
    assert set(told_since(chat, before)) == {MAIN}
    before = len(chat.platform.lines)
    await chat.wait(hours=8)
    assert told_since(chat, before) == {}
    await chat.wait(hours=1, minutes=1)
    assert {SQUAD, LEADER} <= set(told_since(chat, before))


@pytest.mark.parametrize("words", ["补录：去了幸福里社区，见了书记", "上周去了幸福里，见了书记"])
async def test_the_week_to_make_up_is_the_one_before_the_holidays(
    database_file: Path, tmp_path: Path, words: str
) -> None:
    async with starting("2026-02-08 08:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        await chat.until("2026-02-25 10:00")
        (said,) = await chat.say(OFFICER, words, private=True)
        assert said.startswith("已补录")
        assert [(one.community, one.day - timedelta(days=5)) for one in await met(chat, "2026-02-09")] == [
            (HAPPY, (await met(chat, "2026-02-09"))[0].week)
        ]
        assert await met(chat, "2026-02-16") == []
