"""People are reminded of a ticket in time, higher and higher up, once, and never in the group."""

import asyncio
from datetime import timedelta

import pytest

from bot.app import App
from bot.clock import VirtualClock
from domain.action import Action
from storage.database import Database
from tests.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.hearing import heard, told_since
from tests.conversations.limits import LEADER, MAIN, OTHER, SQUAD, Meaning, at, opened
from tests.conversations.meanings import does, report


async def test_the_ladder_goes_up_and_never_into_the_group(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "乱堆物料")
    meaning["收到"] = does(Action.ACCEPT, no)
    await chat.say(MAIN, "收到")
    assert await heard(chat, **at(chat, 14, 59)) == {}
    half = await heard(chat, **at(chat, 15))
    assert {who: len(lines) for who, lines in half.items()} == {MAIN: 1}
    assert "过半" in half[MAIN][0]
    assert await heard(chat, **at(chat, 17, 22)) == {}
    fifth = await heard(chat, **at(chat, 17, 25))
    assert set(fifth) == {MAIN, OTHER}
    assert "快到时限：5月13日(周三)9:00前" in fifth[OTHER][0]
    due = await heard(chat, **at(chat, 9, 1, days=1))
    assert {who: len(lines) for who, lines in due.items()} == {MAIN: 1, OTHER: 1, SQUAD: 1}
    assert "主办城管-李四" in due[SQUAD][0]
    double = await heard(chat, **at(chat, 9, 1, days=1))
    assert {who: len(lines) for who, lines in double.items()} == {LEADER: 1}
    assert "一倍" in double[LEADER][0]
    assert await heard(chat, days=30) == {}


@pytest.mark.parametrize("leads_both", [True, False])
async def test_that_twice_the_time_is_over_is_said_beside_that_nobody_accepts_it(
    chat: Chat, meaning: Meaning, *, leads_both: bool
) -> None:
    """Both fall on Friday at 18:00, where the main officer of the second half is away from Friday on."""
    main, other = ("城管-赵六", "城管孙七") if leads_both else (MAIN, OTHER)
    group = OTHER_GROUP if leads_both else GROUP
    await chat.say(other, "请假 5月15日", private=True)
    meaning["有事"] = report("3栋", "垃圾分类")
    await chat.say("李姐", "有事", group=group)
    early = await heard(chat, **at(chat, 17, 59, days=4))
    assert len([line for line in early.get(main, []) if "主办没签收" in line or "改由" in line]) == 1
    last = await heard(chat, **at(chat, 18, 1))
    silent, double = "没人签收", "已超过一倍时限"
    if leads_both:
        assert [silent in line or double in line for line in last[LEADER]] == [True, True]
        assert [double in line for line in last[LEADER]] == [False, True]
    else:
        assert [silent in line for line in last[SQUAD]] == [True]
        assert [double in line for line in last[LEADER]] == [True]


async def test_what_was_missed_while_the_program_was_away_is_said_once(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning)
    meaning["收到"] = does(Action.ACCEPT, no)
    await chat.say(MAIN, "收到")
    before = len(chat.platform.lines)
    chat.clock.advance(chat.clock.now() + timedelta(hours=3))
    await chat.wait(minutes=1)
    told = told_since(chat, before)
    assert {who: len(lines) for who, lines in told.items()} == {MAIN: 1, OTHER: 1, SQUAD: 1}
    assert all("超期" in lines[0] for lines in told.values())
    before = len(chat.platform.lines)
    chat.clock.advance(chat.clock.now() + timedelta(days=7))
    await chat.wait(minutes=1)
    assert set(told_since(chat, before)) == {LEADER}


@pytest.mark.parametrize("action", [Action.RESOLVE, Action.TRANSFER, Action.REJECT])
async def test_nobody_is_reminded_of_what_is_done(chat: Chat, meaning: Meaning, action: Action) -> None:
    no = await opened(chat, meaning)
    meaning["这件有结果了"] = does(action, no)
    await chat.say(MAIN, "这件有结果了")
    assert not set(await heard(chat, days=2)) - {"李姐"}


async def test_a_danger_is_reminded_of_at_any_hour(chat: Chat, meaning: Meaning) -> None:
    meaning["要塌了"] = report("3栋", "违章搭建", urgent=True)
    await chat.say("李姐", "要塌了")
    line = next(line for line in chat.platform.lines if line.to == MAIN)
    assert line.text.startswith("【紧急】")
    before = len(chat.platform.lines)
    await chat.wait(days=14)
    assert {line.occasion for line in chat.platform.lines[before:]} == {"danger"}


async def test_a_silent_main_officer_hands_over_once(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning)
    told = await heard(chat, **at(chat, 10, 0))
    assert "改由您主办" in told[OTHER][0]
    assert "您协办" in told[MAIN][0]
    assert {who: len(lines) for who, lines in told.items()} == {MAIN: 1, OTHER: 1}
    ticket = await chat.ticket()
    assert ticket.officers == (OTHER, MAIN)
    assert await chat.actions(no) == ["register", "dispatch", "dispatch"]
    await heard(chat, days=3)
    assert (await chat.ticket()).officers == (OTHER, MAIN)


async def test_who_accepts_in_time_keeps_it(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning)
    meaning["收到"] = does(Action.ACCEPT, no)
    await chat.say(MAIN, "收到")
    await heard(chat, **at(chat, 10, 5))
    assert (await chat.ticket()).officers == (MAIN, OTHER)


# --- programs and clocks ---------------------------------------------------------------------------


async def test_two_programs_remind_once(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning)
    meaning["收到"] = does(Action.ACCEPT, no)
    await chat.say(MAIN, "收到")
    before = len(chat.platform.lines)
    chat.clock.advance(chat.clock.now() + timedelta(hours=1, minutes=5))
    second = Database(chat.settings.database)
    other = App(chat.settings, second, chat.platform, chat.clock)
    await asyncio.gather(chat.app.jobs.tick(), other.jobs.tick())
    await chat.wait(minutes=1)
    await second.close()
    assert {who: len(lines) for who, lines in told_since(chat, before).items()} == {MAIN: 1}


async def test_a_program_that_dies_reminding_reminds_when_it_is_back(
    chat: Chat, meaning: Meaning, monkeypatch: pytest.MonkeyPatch
) -> None:
    no = await opened(chat, meaning)
    meaning["收到"] = does(Action.ACCEPT, no)
    await chat.say(MAIN, "收到")
    before = len(chat.platform.lines)
    with monkeypatch.context() as patched:
        patched.setattr("storage.outbox.OutboxRows.put", killed)
        await chat.wait(hours=1, minutes=1)
    assert told_since(chat, before) == {}
    await chat.wait(minutes=59)
    told = told_since(chat, before)
    assert {who: len(lines) for who, lines in told.items()} == {MAIN: 1, OTHER: 1, SQUAD: 1}


async def killed(*_: object) -> None:
    raise RuntimeError("killed")


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(minutes=30)])
async def test_a_clock_that_is_put_back_reminds_nobody_twice(
    chat: Chat, meaning: Meaning, back: timedelta
) -> None:
    no = await opened(chat, meaning)
    meaning["收到"] = does(Action.ACCEPT, no)
    await chat.say(MAIN, "收到")
    await chat.wait(**at(chat, 10, 1))
    before = len(chat.platform.lines)
    chat.clock = VirtualClock(chat.clock.now() - back)
    chat.app = App(chat.settings, chat.database, chat.platform, chat.clock)
    await chat.wait(**at(chat, 10, 35))
    assert told_since(chat, before) == {}
    await chat.wait(**at(chat, 10, 37))
    assert set(told_since(chat, before)) == {MAIN, OTHER}


async def test_no_reminder_tells_who_reported(chat: Chat, meaning: Meaning) -> None:
    await opened(chat, meaning)
    before = len(chat.platform.lines)
    await chat.wait(days=2)
    lines = chat.platform.lines[before:]
    assert len(lines) >= 5
    assert all("李姐" not in line.text and not line.in_group for line in lines)
