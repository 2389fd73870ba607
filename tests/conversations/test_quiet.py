"""When the bot keeps quiet, and what it says all the same."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.chat.contract import SendFailed
from bot.settings import Settings
from domain.action import Action
from domain.ids import MemberId, MessageId, TicketNo
from domain.message import Message, Occasion, Reply
from domain.quiet import hours
from domain.state import State
from storage.outgoing import CANCELLED, FAILED, SENT, WAITING
from storage.quotes import find_quoted
from storage.roster import save_roster
from tests.chat import GROUP, OTHER_GROUP, ROSTER, START, Chat
from tests.conversations.meanings import does, report
from tests.conversations.test_main_story import FUMES, STALLS
from understanding import Act, Intent, Reading

ZONE = ZoneInfo("Asia/Shanghai")
LEAD = MemberId("城管-李四")


async def until(chat: Chat, when: str) -> list[Reply]:
    """Let time pass until `12 07:59`, the day and hour in Nanchang; what the bot says meanwhile."""
    day, clock = when.split()
    hour, minute = clock.split(":")
    month = START.replace(day=int(day)) if int(day) >= START.day else START.replace(month=6, day=int(day))
    to = month.astimezone(ZONE).replace(day=int(day), hour=int(hour), minute=int(minute))
    before = len(chat.platform.lines)
    await chat.wait(seconds=(to - chat.clock.now()).total_seconds())
    return chat.platform.lines[before:]


async def put(chat: Chat, *replies: Reply) -> None:
    """Something is to be said that follows from nobody's words."""
    async with chat.database.begin() as work:
        await work.outbox.put(replies, None, chat.clock.now())
    await chat.wait(seconds=30)


def news(text: str, no: str | None = None) -> Reply:
    return Reply(GROUP, text, ticket=TicketNo(no) if no else None, occasion=Occasion.NEWS)


def unasked(text: str, expires_at: datetime | None = None) -> Reply:
    return Reply(GROUP, text, occasion=Occasion.UNASKED, expires_at=expires_at)


def words(lines: list[Reply]) -> list[str]:
    return [line.text for line in lines]


async def status_of(chat: Chat, *status: str) -> list[str]:
    async with chat.database.begin() as work:
        return [line.reply.text for line in await work.outbox.of_status(*status)]


# --- the hours -----------------------------------------------------------------------------------


async def test_what_an_officer_says_privately_at_night_reaches_the_group_in_the_morning(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await until(chat, "11 20:35")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    assert chat.in_group() == []
    assert await until(chat, "12 07:59") == []
    (line,) = [line for line in await until(chat, "12 08:01") if line.in_group]
    assert line.text.startswith(no)


async def test_at_noon_it_waits_until_two(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await until(chat, "12 12:00")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    assert [line for line in await until(chat, "12 13:59") if line.in_group] == []
    assert len([line for line in await until(chat, "12 14:01") if line.in_group]) == 1


async def test_said_in_the_group_just_now_it_is_answered_there_at_any_hour(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await until(chat, "11 23:00")
    (said,) = await chat.say("城管-李四", "已处理")
    assert said.startswith((await chat.ticket()).no)


async def test_a_resident_is_answered_at_night_in_few_words_and_nobody_is_called(chat: Chat) -> None:
    (by_day,) = await chat.say("李姐", "3栋楼道外墙上贴满了小广告，太难看了")
    assert "已告诉两位队员" in by_day
    await until(chat, "11 22:30")
    (at_night,) = await chat.say("老涂", "5栋楼下垃圾桶旁边堆了好多建筑垃圾没人清")
    ticket = (await chat.tickets())[-1]
    assert at_night == f"已登记：{ticket.no} {ticket.category}，5栋楼下。"
    assert chat.mentioned() == []
    assert chat.told("城管-李四") == []
    morning = await until(chat, "12 08:01")
    assert any(line.to == LEAD and ticket.no in line.text for line in morning)


async def test_a_card_whose_limit_runs_through_the_night_goes_out_at_once(chat: Chat) -> None:
    await until(chat, "11 23:00")
    (said,) = await chat.say("李姐", STALLS)
    ticket = await chat.ticket()
    assert "已告诉值班队员" in said
    assert ticket.no in chat.told("城管-李四")[0]
    await chat.wait(minutes=40)
    (urged,) = await chat.say("李姐", "摆摊的事怎么还没人来管", quote=await chat.line_about(ticket.no))
    assert "稍后提醒队员" in urged
    assert chat.told("城管-李四") == []
    assert any("有人催" in line.text for line in await until(chat, "12 08:01") if line.to == LEAD)


async def test_danger_knows_no_hour(chat: Chat, meaning: dict[str, Reading]) -> None:
    await until(chat, "12 03:00")
    said = await chat.say("李姐", "3栋楼道里好大的煤气味，有人闻到吗，头都晕了")
    assert any("119" in line for line in said)
    meaning[FUMES] = report(category="市政设施损坏", urgent=True)
    await chat.say("老涂", FUMES)
    assert "紧急" in chat.told("城管-李四")[0]
    assert chat.mentioned() == ["城管-李四", "城管陈五"]


async def test_what_is_not_urgent_waits_for_the_morning(chat: Chat, meaning: dict[str, Reading]) -> None:
    await until(chat, "12 03:00")
    meaning[FUMES] = report(category="市政设施损坏")
    await chat.say("老涂", FUMES)
    assert chat.told("城管-李四") == []
    await until(chat, "12 07:59")
    assert chat.told("城管-李四") == []
    await until(chat, "12 08:01")
    assert len(chat.told("城管-李四")) == 1


async def test_on_exam_days_the_group_hears_answers_only(chat: Chat) -> None:
    days = frozenset({date(2026, 5, 12), date(2026, 5, 13)})
    restart(chat, Settings(_env_file=None, quiet_days=days))
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await until(chat, "12 09:00")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    assert chat.in_group() == []
    assert await chat.say("老涂", STALLS) != []
    assert [line for line in await until(chat, "14 07:59") if line.in_group] == []
    assert len([line for line in await until(chat, "14 08:01") if line.in_group]) == 1


def restart(chat: Chat, settings: Settings | None = None) -> None:
    """The program starts anew."""
    chat.app = App(settings or chat.settings, chat.database, chat.platform, chat.clock)


async def test_what_is_not_due_yet_is_in_nobodys_way_and_order_is_kept(chat: Chat) -> None:
    await until(chat, "11 21:00")
    await put(chat, news("一"), news("二"))
    (receipt,) = await chat.say("李姐", FUMES)
    assert receipt.startswith("已登记")
    assert words(await until(chat, "12 08:01")) == ["一\n二"]


# --- one message ---------------------------------------------------------------------------------


async def test_what_waited_is_one_message_and_a_quote_of_it_finds_its_tickets(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.say("老涂", STALLS)
    first, second = [ticket.no for ticket in await chat.tickets()]
    await until(chat, "11 21:00")
    await chat.say("城管-李四", f"{first} 已处理", private=True)
    await chat.say("城管-李四", f"{second} 已处理", private=True)
    (line,) = [line for line in await until(chat, "12 08:01") if line.in_group]
    assert first in line.text
    assert second in line.text
    quoted = await chat.line_about(second)
    assert quoted == await chat.line_about(first)
    async with chat.database.begin() as work:
        files = await work.tickets.of_communities(["幸福里社区"], START, quoted)
    assert [quoted in file.about for file in files] == [True, True]
    await chat.say("老涂", "没好", quote=quoted)
    assert [ticket.state for ticket in await chat.tickets()] == [State.REPORTED, State.REWORK]
    await chat.say("李姐", "好了，谢谢", quote=quoted)
    assert [ticket.state for ticket in await chat.tickets()] == [State.CLOSED, State.REWORK]


async def test_an_officer_who_quotes_a_message_of_several_accepts_all_and_else_is_asked_which(
    chat: Chat,
) -> None:
    await until(chat, "11 22:10")
    await chat.say("李姐", "3栋楼道外墙上贴满了小广告，太难看了")
    await chat.say("老涂", "5栋楼下垃圾桶旁边堆了好多建筑垃圾没人清")
    first, second = await chat.tickets()
    (line,) = [line for line in await until(chat, "12 08:01") if line.to == LEAD]
    assert first.no in line.text
    assert second.no in line.text
    async with chat.database.begin() as work:
        quoted = await find_quoted(work, LEAD, "", line.text, chat.clock.now())
    await chat.say("城管-李四", "收到", quote=quoted, private=True)
    assert [ticket.state for ticket in await chat.tickets()] == [State.ACCEPTED, State.ACCEPTED]
    (asks,) = await chat.say("城管-李四", "已处理", quote=quoted, private=True)
    assert "哪一件" in asks
    await chat.say("城管-李四", "2", private=True)
    assert [ticket.state for ticket in await chat.tickets()] == [State.ACCEPTED, State.REPORTED]


async def test_in_the_daytime_two_lines_stay_two(chat: Chat) -> None:
    before = len(chat.platform.lines)
    await put(chat, news("一"), news("二"))
    assert words(chat.platform.lines[before:]) == ["一", "二"]


@pytest.mark.parametrize(("count", "length", "messages"), [(10, 5, 1), (11, 5, 2), (5, 99, 1), (6, 99, 2)])
async def test_a_message_has_ten_lines_and_five_hundred_characters_at_most(
    chat: Chat, count: int, length: int, messages: int
) -> None:
    await until(chat, "11 21:00")
    await put(chat, *(news(f"{n:0{length}}") for n in range(count)))
    lines = words(await until(chat, "12 08:02"))
    assert len(lines) == messages
    assert "\n".join(lines) == "\n".join(f"{n:0{length}}" for n in range(count))


async def test_those_who_are_called_are_all_called(chat: Chat) -> None:
    await until(chat, "11 21:00")
    one, two = MemberId("李姐"), MemberId("老涂")
    await put(
        chat,
        Reply(GROUP, "一", mentions=(one,), occasion=Occasion.NEWS),
        Reply(GROUP, "二", mentions=(two, one), occasion=Occasion.NEWS),
    )
    (line,) = await until(chat, "12 08:01")
    assert line.mentions == (one, two)


async def test_what_is_taken_back_before_morning_is_not_said(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await until(chat, "11 21:00")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    await put(chat, news("别的"))
    await chat.say("李姐", f"{no} 没好，还是老样子")
    assert words([line for line in await until(chat, "12 08:01") if line.in_group]) == ["别的"]


async def test_a_message_of_several_that_does_not_go_out_is_tried_again_as_a_whole(chat: Chat) -> None:
    await until(chat, "11 21:00")
    await put(chat, news("一"), news("二"))
    chat.platform.broken = SendFailed("no network")
    await until(chat, "12 08:00")
    chat.platform.broken = None
    assert words(await until(chat, "12 08:05")) == ["一\n二"]
    assert await status_of(chat, SENT) == ["一", "二"]


async def test_a_message_of_several_that_cannot_go_out_is_shown_line_by_line(chat: Chat) -> None:
    await until(chat, "11 21:00")
    await put(chat, news("一"), news("二"))
    chat.platform.broken = SendFailed("removed", permanent=True)
    await until(chat, "12 08:05")
    assert await status_of(chat, FAILED) == ["一", "二"]


async def test_a_program_that_died_while_sending_several_sends_them_again_as_one(chat: Chat) -> None:
    await until(chat, "11 21:00")
    await put(chat, news("一"), news("二"))
    chat.clock.advance(datetime(2026, 5, 12, 0, 0, tzinfo=UTC))
    async with chat.database.begin() as work:
        line = await work.outbox.claim(chat.clock.now(), timedelta(0))
        assert line is not None
        await work.outbox.merge(line, await work.outbox.alike(line, chat.clock.now()), chat.clock.now())
    assert words(await until(chat, "12 08:01")) == []
    assert words(await until(chat, "12 08:10")) == ["一\n二"]


# --- what nobody asked for -----------------------------------------------------------------------


async def test_one_unasked_line_a_day_and_three_a_week(chat: Chat) -> None:
    await put(chat, *(unasked(str(n)) for n in range(5)))
    days = [(day, words(await until(chat, f"{day + 1} 00:00"))) for day in range(11, 19)]
    assert days[:3] == [(11, []), (12, ["1"]), (13, ["2"])]
    assert days[3:] == [(14, []), (15, []), (16, []), (17, []), (18, ["3"])]
    assert words(await until(chat, "19 23:00")) == ["4"]
    assert words(chat.platform.lines)[0] == "0"


async def test_each_group_has_its_own_measure(chat: Chat) -> None:
    await put(chat, unasked("一"), Reply(OTHER_GROUP, "二", occasion=Occasion.UNASKED))
    assert words(chat.platform.lines) == ["一", "二"]


async def test_what_finds_no_room_in_time_is_not_said(chat: Chat) -> None:
    tonight = START + timedelta(hours=2)
    await put(chat, unasked("一"), unasked("二", expires_at=tonight))
    await until(chat, "15 00:00")
    assert words(chat.platform.lines) == ["一"]
    assert await status_of(chat, CANCELLED) == ["二"]


async def test_nobody_is_bothered_unasked_at_the_weekend(chat: Chat) -> None:
    await until(chat, "15 21:00")
    await put(chat, unasked("一"), news("二"))
    assert words(await until(chat, "16 08:01")) == ["二"]
    assert words(await until(chat, "18 08:01")) == ["一"]


# --- catching up ---------------------------------------------------------------------------------


async def test_after_days_of_downtime_nothing_is_stale_or_said_twice(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await until(chat, "11 21:00")
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
    lines = [line for line in await until(chat, "15 08:05") if line.in_group]
    assert words(lines) == ["一\n二\n三"]
    assert "旧" in await status_of(chat, CANCELLED)
    assert words([line for line in await until(chat, "18 09:00") if line.in_group]) == ["四"]
    assert await status_of(chat, WAITING) == []


async def test_an_answer_that_could_not_go_out_for_hours_is_not_given_at_night(chat: Chat) -> None:
    await until(chat, "11 19:00")
    private = Message(MessageId("p"), None, MemberId("李姐"), "李姐", chat.clock.now(), text=FUMES)
    await chat.app.inbox.receive(private)
    chat.clock.advance(chat.clock.now() + timedelta(hours=5))
    restart(chat)
    assert [line for line in await until(chat, "12 07:59") if line.to == "李姐"] == []
    assert len([line for line in await until(chat, "12 08:05") if line.to == "李姐"]) == 1


async def test_a_short_break_costs_no_answer(chat: Chat) -> None:
    await until(chat, "11 22:00")
    said = Message(MessageId("p"), GROUP, MemberId("李姐"), "李姐", chat.clock.now(), text=FUMES)
    await chat.app.inbox.receive(said)
    chat.clock.advance(chat.clock.now() + timedelta(minutes=14))
    restart(chat)
    assert [line.to for line in await until(chat, "11 22:15") if line.in_group] == [GROUP]


# --- tempers -------------------------------------------------------------------------------------

ANGRY = ("你们城管就是一群饭桶", "物业不要脸", "滚，别在群里装好人")


async def rage(chat: Chat, people: tuple[str, ...] = ("李姐", "老涂", "小万"), pause: float = 1) -> None:
    for who, text in zip(people, ANGRY, strict=False):
        await chat.say(who, text)
        await chat.wait(minutes=pause)


async def test_three_heated_people_and_the_bot_steps_back_and_tells_the_worker(chat: Chat) -> None:
    await rage(chat)
    (told,) = [line for line in chat.platform.lines if line.to == "社区小刘"]
    assert not told.in_group
    assert not any(name in told.text for name in ("李姐", "老涂", "小万"))
    assert await chat.say("胖丁妈妈", FUMES) == []
    assert (await chat.ticket()).no in chat.told("城管-李四")[0]
    await chat.wait(minutes=50)
    assert await chat.say("小万", "5栋楼下垃圾桶旁边堆了好多建筑垃圾没人清") == []
    await chat.wait(minutes=10)
    assert await chat.say("老涂", STALLS) != []


@pytest.mark.parametrize(
    ("people", "pause"),
    [(("李姐", "老涂"), 1), (("李姐", "老涂", "李姐"), 1), (("李姐", "老涂", "小万"), 5)],
)
async def test_two_people_or_a_longer_time_are_no_rage(
    chat: Chat, people: tuple[str, ...], pause: float
) -> None:
    await rage(chat, people, pause)
    assert [line for line in chat.platform.lines if line.to == "社区小刘"] == []
    assert await chat.say("胖丁妈妈", FUMES) != []


async def test_the_worker_is_told_once_an_hour(chat: Chat) -> None:
    await rage(chat)
    await rage(chat)
    assert len([line for line in chat.platform.lines if line.to == "社区小刘"]) == 1
    await chat.wait(minutes=56)
    await rage(chat)
    assert len([line for line in chat.platform.lines if line.to == "社区小刘"]) == 2


async def test_danger_is_said_in_a_heated_group_and_another_group_is_as_before(chat: Chat) -> None:
    await rage(chat)
    said = await chat.say("胖丁妈妈", "3栋楼道里好大的煤气味，头都晕了")
    assert len(said) == 1
    assert "119" in said[0]
    assert await chat.say("小万", FUMES, group=OTHER_GROUP) != []


async def test_news_waits_until_the_bot_is_back(chat: Chat) -> None:
    await chat.say("胖丁妈妈", FUMES)
    no = (await chat.ticket()).no
    await rage(chat)
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    assert chat.in_group() == []
    assert [line for line in await chat.wait(minutes=50) if no in line] == []
    assert len([line for line in await chat.wait(minutes=15) if no in line]) == 1


@pytest.mark.parametrize(
    ("neighbours", "households"), [(("胖丁妈妈",), 2), (("胖丁妈妈", "老涂", "小万"), 4)]
)
async def test_how_many_have_joined_meanwhile_is_said_once_when_the_bot_is_back(
    chat: Chat, meaning: dict[str, Reading], neighbours: tuple[str, ...], households: int
) -> None:
    await chat.say("李姐", FUMES)
    meaning["我家也是"] = does(Action.SUPPORT, (await chat.ticket()).no)
    await rage(chat)
    before = len(chat.platform.lines)
    for who in neighbours:
        await chat.say(who, "我家也是")
        await chat.wait(minutes=12)
    assert [line for line in chat.platform.lines[before:] if line.in_group] == []
    await chat.wait(minutes=60)
    (line,) = [line for line in chat.platform.lines[before:] if line.in_group]
    assert line.text.endswith(f"目前 {households} 户反映。")


async def test_how_many_have_joined_is_not_said_any_more_of_what_is_done_meanwhile(
    chat: Chat, meaning: dict[str, Reading]
) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    meaning["我家也是"] = does(Action.SUPPORT, no)
    await rage(chat)
    await chat.say("胖丁妈妈", "我家也是")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    before = len(chat.platform.lines)
    await chat.wait(minutes=65)
    (line,) = [line for line in chat.platform.lines[before:] if line.in_group]
    assert "反映的 2 户邻居看一下" in line.text
    assert "目前" not in line.text


# --- bursts --------------------------------------------------------------------------------------


async def test_three_neighbours_at_once_are_one_line_that_counts_them_all(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    await chat.wait(minutes=1)
    before = len(chat.platform.lines)
    for number, who in enumerate(("老涂", "小万", "胖丁妈妈")):
        at = chat.clock.now() + timedelta(seconds=number)
        text = "我家也是，天天闻油烟"
        await chat.app.inbox.receive(
            Message(MessageId(f"n{number}"), GROUP, MemberId(who), who, at, text=text)
        )
    await chat.wait(minutes=9)
    (line,) = [line for line in chat.platform.lines[before:] if line.in_group]
    assert "4 户" in line.text


@pytest.mark.parametrize(
    ("neighbours", "several"), [((), ""), (("老涂",), " 2 户"), (("老涂", "小万"), " 3 户")]
)
async def test_who_joined_after_the_answer_is_counted_in_the_next_line_about_it(
    chat: Chat, meaning: dict[str, Reading], neighbours: tuple[str, ...], several: str
) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    meaning["我家也是"], meaning["还没来吗"] = does(Action.SUPPORT, no), does(Action.URGE, no)
    answers = [line for who in neighbours for line in await chat.say(who, "我家也是")]
    assert len(answers) == bool(neighbours)
    (urged,) = await chat.say("李姐", "还没来吗")
    assert urged.startswith(f"{no}（{several.strip()}反映） " if several else f"{no} ")
    await chat.say("城管-李四", f"{no} 已处理", private=True)
    assert f"反映的{several}邻居看一下" in chat.in_group()[0]


async def test_two_who_say_it_is_not_solved_are_answered_once_and_the_officers_hear_both(chat: Chat) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    await chat.say("城管-李四", "已处理")
    assert len(await chat.say("李姐", f"{no} 没好，还是老样子")) == 1
    assert await chat.say("李姐", f"{no} 根本没解决") == []
    assert len(chat.told("城管-李四")) == 1
    await chat.wait(minutes=11)
    assert len(await chat.say("李姐", f"{no} 还是没解决")) == 1


async def test_on_a_day_off_one_hears_from_when_the_time_runs(chat: Chat) -> None:
    await until(chat, "16 10:00")
    (said,) = await chat.say("李姐", FUMES)
    assert "工作时限从5月18日起算" in said
    (said,) = await chat.say("老涂", STALLS)
    assert "起算" not in said
    await until(chat, "18 10:00")
    (said,) = await chat.say("小万", "5栋楼下垃圾桶旁边堆了好多建筑垃圾没人清")
    assert "起算" not in said


async def test_two_programs_say_each_line_once(chat: Chat) -> None:
    await until(chat, "11 21:00")
    await put(chat, news("一"), news("二"), unasked("三"))
    other = App(chat.settings, chat.database, chat.platform, chat.clock)
    before = len(chat.platform.lines)
    chat.clock.advance(datetime(2026, 5, 12, 0, 1, tzinfo=UTC))
    for _ in range(3):
        await asyncio.gather(*(app.outbox.flush() for app in (chat.app, other)))
    await chat.wait(hours=2)
    assert words(chat.platform.lines[before:]) == ["一\n二\n三"]


async def test_a_group_has_the_quiet_hours_that_the_roster_gives_it(chat: Chat) -> None:
    first, *others = ROSTER.communities
    mine = replace(first, quiet=hours("19:00-07:00"))
    async with chat.database.begin() as work:
        await save_roster(work.connection, replace(ROSTER, communities=(mine, *others)))
    await until(chat, "11 19:10")
    await put(chat, news("一"), Reply(OTHER_GROUP, "二", occasion=Occasion.NEWS))
    assert words(chat.platform.lines) == ["二"]
    assert words(await until(chat, "12 06:59")) == []
    assert words(await until(chat, "12 07:01")) == ["一"]
    async with chat.database.begin() as work:
        await save_roster(work.connection, ROSTER)


@pytest.mark.parametrize(
    ("sure", "outright", "answered"),
    [
        (0.92, True, True),
        (0.7, True, False),
        (0.92, False, False),
        (0.97, False, False),
        (0.99, False, True),
    ],
)
async def test_what_is_only_implied_needs_more_to_be_answered(
    chat: Chat,
    meaning: dict[str, Reading],
    sure: float,
    outright: bool,
    answered: bool,
) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    act = Act(Action.SUPPORT, no, sure, outright=outright)
    meaning["窗帘都是味"] = Reading(Intent.ACTION, sure, acts=(act,))
    assert bool(await chat.say("老涂", "窗帘都是味")) is answered
    assert (await chat.ticket()).households == 2


@pytest.mark.parametrize(("sure", "answered"), [(0.7, True), (0.5, False)])
async def test_a_quote_alone_is_answered_where_it_is_likelier_meant_than_not(
    chat: Chat,
    meaning: dict[str, Reading],
    sure: float,
    answered: bool,
) -> None:
    await chat.say("李姐", FUMES)
    no = (await chat.ticket()).no
    meaning["骑手也有爸妈"] = Reading(Intent.ACTION, sure, acts=(Act(Action.SUPPORT, no, sure),))
    assert bool(await chat.say("老涂", "骑手也有爸妈", quote=await chat.line_about(no))) is answered
