"""When the bot keeps quiet, what it says all the same, and how it catches up after a break."""

from dataclasses import replace
from datetime import date, timedelta

from bot.settings import Settings
from domain.ids import MemberId, MessageId
from domain.message import Message, Occasion, Reply
from domain.quiet import hours
from storage.outgoing import CANCELLED, WAITING
from storage.roster import save_roster
from tests.chat import GROUP, OTHER_GROUP, ROSTER, Chat
from tests.conversations.meanings import report
from tests.conversations.outgoing import LEAD, news, put, restart, status_of, unasked, words
from tests.conversations.test_main_story import FUMES, STALLS
from understanding import Reading


async def test_what_an_officer_says_privately_at_night_reaches_the_group_in_the_morning(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await chat.until("2026-05-11 20:35")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    assert chat.in_group() == []
    assert await chat.until("2026-05-12 07:59") == []
    (line,) = [line for line in await chat.until("2026-05-12 08:01") if line.in_group]
    assert line.text.startswith(no)


async def test_at_noon_it_waits_until_two(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await chat.until("2026-05-12 12:00")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    assert [line for line in await chat.until("2026-05-12 13:59") if line.in_group] == []
    assert len([line for line in await chat.until("2026-05-12 14:01") if line.in_group]) == 1


async def test_said_in_the_group_just_now_it_is_answered_there_at_any_hour(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.until("2026-05-11 23:00")
    (said,) = await chat.say("城管-李四", "已处理")
    assert said.startswith((await chat.ticket()).no)


async def test_a_resident_is_answered_at_night_in_few_words_and_nobody_is_called(chat: Chat) -> None:
    (by_day,) = await chat.say("李姐", "3栋楼道外墙上贴满了小广告，太难看了")
    assert "已告诉两位队员" in by_day
    await chat.until("2026-05-11 22:30")
    (at_night,) = await chat.say("老涂", "5栋楼下垃圾桶旁边堆了好多建筑垃圾没人清")
    ticket = (await chat.tickets())[-1]
    assert at_night == f"已登记：{ticket.no} {ticket.category}，5栋楼下。"
    assert chat.mentioned() == []
    assert chat.told("城管-李四") == []
    morning = await chat.until("2026-05-12 08:01")
    assert any(line.to == LEAD and ticket.no in line.text for line in morning)


async def test_a_card_whose_limit_runs_through_the_night_goes_out_at_once(chat: Chat) -> None:
    await chat.until("2026-05-11 23:00")
    (said,) = await chat.say("李姐", STALLS)
    ticket = await chat.ticket()
    assert "已告诉值班队员" in said
    assert ticket.no in chat.told("城管-李四")[0]
    await chat.wait(minutes=40)
    (urged,) = await chat.say("李姐", "摆摊的事怎么还没人来管", quote=await chat.line_about(ticket.no))
    assert "稍后提醒队员" in urged
    assert chat.told("城管-李四") == []
    assert any("有人催" in line.text for line in await chat.until("2026-05-12 08:01") if line.to == LEAD)


async def test_danger_knows_no_hour(chat: Chat, meaning: dict[str, Reading]) -> None:
    await chat.until("2026-05-12 03:00")
    said = await chat.say("李姐", "3栋楼道里好大的煤气味，有人闻到吗，头都晕了")
    assert any("119" in line for line in said)
    meaning[FUMES] = report(category="市政设施损坏", urgent=True)
    await chat.say("老涂", FUMES)
    assert "紧急" in chat.told("城管-李四")[0]
    assert chat.mentioned() == ["城管-李四", "城管陈五"]


async def test_what_is_not_urgent_waits_for_the_morning(chat: Chat, meaning: dict[str, Reading]) -> None:
    await chat.until("2026-05-12 03:00")
    meaning[FUMES] = report(category="市政设施损坏")
    await chat.say("老涂", FUMES)
    assert chat.told("城管-李四") == []
    await chat.until("2026-05-12 07:59")
    assert chat.told("城管-李四") == []
    await chat.until("2026-05-12 08:01")
    assert len(chat.told("城管-李四")) == 1


async def test_on_exam_days_the_group_hears_answers_only(chat: Chat) -> None:
    days = frozenset({date(2026, 5, 12), date(2026, 5, 13)})
    restart(chat, Settings(_env_file=None, quiet_days=days))
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await chat.until("2026-05-12 09:00")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    assert chat.in_group() == []
    assert await chat.say("老涂", STALLS) != []
    assert [line for line in await chat.until("2026-05-14 07:59") if line.in_group] == []
    assert len([line for line in await chat.until("2026-05-14 08:01") if line.in_group]) == 1


async def test_what_is_not_due_yet_is_in_nobodys_way_and_order_is_kept(chat: Chat) -> None:
    await chat.until("2026-05-11 21:00")
    await put(chat, news("一"), news("二"))
    (receipt,) = await chat.say("李姐", FUMES)
    assert receipt.startswith("已登记")
    assert words(await chat.until("2026-05-12 08:01")) == ["一\n二"]


async def test_on_a_day_off_one_hears_from_when_the_time_runs(chat: Chat) -> None:
    await chat.until("2026-05-16 10:00")
    (said,) = await chat.say("李姐", FUMES)
    assert "工作时限从5月18日起算" in said
    (said,) = await chat.say("老涂", STALLS)
    assert "起算" not in said
    await chat.until("2026-05-18 10:00")
    (said,) = await chat.say("小万", "5栋楼下垃圾桶旁边堆了好多建筑垃圾没人清")
    assert "起算" not in said


async def test_a_group_has_the_quiet_hours_that_the_roster_gives_it(chat: Chat) -> None:
    first, *others = ROSTER.communities
    mine = replace(first, quiet=hours("19:00-07:00"))
    async with chat.database.begin() as work:
        await save_roster(work.connection, replace(ROSTER, communities=(mine, *others)))
    await chat.until("2026-05-11 19:10")
    await put(chat, news("一"), Reply(OTHER_GROUP, "二", occasion=Occasion.NEWS))
    assert words(chat.platform.lines) == ["二"]
    assert words(await chat.until("2026-05-12 06:59")) == []
    assert words(await chat.until("2026-05-12 07:01")) == ["一"]
    async with chat.database.begin() as work:
        await save_roster(work.connection, ROSTER)


# --- catching up ---------------------------------------------------------------------------------


async def test_after_days_of_downtime_nothing_is_stale_or_said_twice(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await chat.until("2026-05-11 21:00")
    await put(chat, news("一"), news("二", no), unasked("三"), unasked("四"))
    await put(chat, unasked("旧", expires_at=chat.clock.now() + timedelta(days=1)))
    said = Message(MessageId("late"), GROUP, MemberId("老涂"), "老涂", chat.clock.now(), text=STALLS)
    await chat.app.inbox.receive(said)
    before = len(chat.platform.lines)
    chat.clock.advance(chat.clock.now() + timedelta(days=3))
    restart(chat)
    for _ in range(3):
        await chat.app.jobs.tick()
        await chat.app.outbox.flush()
    assert [line for line in chat.platform.lines[before:] if line.in_group] == []
    lines = [line for line in await chat.until("2026-05-15 08:05") if line.in_group]
    assert words(lines) == ["一\n二\n三"]
    assert "旧" in await status_of(chat, CANCELLED)
    assert words([line for line in await chat.until("2026-05-18 09:00") if line.in_group]) == ["四"]
    assert await status_of(chat, WAITING) == []


async def test_an_answer_that_could_not_go_out_for_hours_is_not_given_at_night(chat: Chat) -> None:
    await chat.until("2026-05-11 19:00")
    private = Message(MessageId("p"), None, MemberId("李姐"), "李姐", chat.clock.now(), text=FUMES)
    await chat.app.inbox.receive(private)
    chat.clock.advance(chat.clock.now() + timedelta(hours=5))
    restart(chat)
    assert [line for line in await chat.until("2026-05-12 07:59") if line.to == "李姐"] == []
    assert len([line for line in await chat.until("2026-05-12 08:05") if line.to == "李姐"]) == 1


async def test_a_short_break_costs_no_answer(chat: Chat) -> None:
    await chat.until("2026-05-11 22:00")
    said = Message(MessageId("p"), GROUP, MemberId("李姐"), "李姐", chat.clock.now(), text=FUMES)
    await chat.app.inbox.receive(said)
    chat.clock.advance(chat.clock.now() + timedelta(minutes=14))
    restart(chat)
    assert [line.to for line in await chat.until("2026-05-11 22:15") if line.in_group] == [GROUP]
