"""A ticket's time: the card says until when, people are reminded in time, and get more time by the rules."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.clock import VirtualClock
from domain.action import Action
from domain.ids import MessageId, TicketNo
from domain.state import State
from storage.database import Database
from tests.chat import GROUP, OTHER_GROUP, Chat
from tests.conversations.hearing import heard, told_since
from tests.conversations.meanings import does, report
from understanding import Intent, Reading

Meaning = dict[str, Reading]
MAIN, OTHER, SQUAD, LEADER = "城管-李四", "城管陈五", "张科长", "王局"


async def opened(chat: Chat, meaning: Meaning, category: str = "店外经营", location: str = "3栋") -> TicketNo:
    """A ticket on Tuesday at 9:00, two officers told."""
    await chat.wait(hours=15 - 20 / 3600)
    meaning["有事"] = report(location, category)
    await chat.say("李姐", "有事")
    return (await chat.tickets())[-1].no


def at(chat: Chat, hour: int, minute: int = 0, days: int = 0) -> dict[str, float]:
    """As long as it is until then, in Nanchang."""
    now = chat.clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    then = now.replace(hour=hour, minute=minute, second=30) + timedelta(days=days)
    return {"seconds": (then - now).total_seconds()}


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
    [("8栋顶楼正在搭彩钢棚", "2紧急工作日"), ("8栋顶楼的彩钢棚搭了好几年", "15工作日")],
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


def extends(no: TicketNo, day: str | None = None) -> Reading:
    reading = does(Action.EXTEND, no)
    until = datetime.fromisoformat(day).date() if day else None
    return Reading(reading.intent, 1.0, acts=reading.acts, until=until)


async def test_the_first_extension_is_the_officers_own_the_second_a_supervisors(
    chat: Chat, meaning: Meaning
) -> None:
    no = await opened(chat, meaning)
    meaning["延期，店主要货车来搬"] = extends(no)
    await chat.say(MAIN, "延期，店主要货车来搬")
    assert "延期到今天13:00前" in chat.told(MAIN)[0]
    meaning["再延到后天，车坏了"] = extends(no, "2026-05-14")
    await chat.say(MAIN, "再延到后天，车坏了")
    assert "已报中队长" in chat.told(MAIN)[0]
    (card,) = chat.told(SQUAD)
    assert "城管-李四申请延期到5月14日" in card
    assert f"同意 {no}" in card
    assert chat.told(LEADER) == []
    (said,) = await chat.say(SQUAD, f"同意 {no}", private=True)
    assert "5月14日(周四)18:00前" in said
    assert said == chat.told(MAIN)[0] == chat.told(OTHER)[0]
    assert ((await chat.ticket()).extensions, (await chat.ticket()).state) == (2, State.EXTENDED)
    meaning["三延，还没好"] = extends(no)
    await chat.say(MAIN, "三延，还没好")
    assert "不能再延" in chat.told(MAIN)[0]
    async with chat.database.begin() as work:
        notes = [entry.note for entry in await work.tickets.record(no) if entry.action is Action.EXTEND]
    assert notes[1] == "再延到后天，车坏了（张科长批准）"


BINS = "3栋楼下垃圾桶满了三天没人收，臭死了"
LAMP = "5栋楼下路灯坏了好几天，晚上黑漆漆的"


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize(
    "words",
    [
        *("延期，环卫车坏了", "申请延期，等环卫车", "来不及，延期，环卫车坏了", "延期001 环卫车坏了"),
        *("20260511-001 延期到明天，环卫车坏了", "环卫车坏了，申请延期一天"),
    ],
)
async def test_an_extension_in_the_words_that_the_reminder_asks_for_is_one(
    chat: Chat, words: str, *, private: bool
) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, words, private=private)
    assert ((await chat.ticket()).extensions, (await chat.ticket()).state) == (1, State.EXTENDED)
    assert "已记" in chat.told(MAIN)[0]


@pytest.mark.parametrize("words", ["延期", "申请延期两天", "001 延期到明天", "来不及了，延期"])
async def test_an_extension_without_a_reason_is_asked_for_one(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    (said,) = await chat.say(MAIN, words, private=True)
    assert "要说一句理由" in said
    assert (await chat.ticket()).state is State.DISPATCHED
    await chat.say(MAIN, f"{words}，环卫车坏了", private=True)
    assert (await chat.ticket()).state is State.EXTENDED


async def test_which_of_several_tickets_is_to_be_extended_is_asked(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say("老涂", LAMP)
    (said,) = await chat.say(MAIN, "延期，环卫车坏了", private=True)
    assert said.startswith("您说的“延期”是哪一件？")
    (said,) = await chat.say(MAIN, "1", private=True)
    assert "20260511-001 延期到" in said
    assert [ticket.extensions for ticket in await chat.tickets()] == [1, 0]
    await chat.say(MAIN, "延期，5栋的灯杆要订货", private=True)
    assert [ticket.extensions for ticket in await chat.tickets()] == [1, 1]


async def test_who_is_reminded_of_one_ticket_and_asks_for_more_time_means_that_one(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say("老涂", LAMP)
    reminded = {line.ticket for line in await chat.until("2026-05-12 11:30") if line.to == MAIN}
    assert reminded == {"20260511-001"}
    (said,) = await chat.say(MAIN, "延期，环卫车坏了", private=True)
    assert "20260511-001 延期到" in said


@pytest.mark.parametrize("words", ["009 延期，环卫车坏了", "延期009，环卫车坏了"])
async def test_an_extension_of_what_is_no_ticket_is_no_other_tickets(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, words, private=True)
    assert (await chat.ticket()).extensions == 0


@pytest.mark.parametrize(
    "words",
    [
        *(
            "延期到5月10日，环卫车坏了",
            "延期到2月30日，环卫车坏了",
            "20260511-001 申请延期到2025年6月1日，等配件",
        ),
        *("延期到上周五，等配件", "001 延期到32号，等配件", "环卫车坏了，申请延期到下周八"),
    ],
)
async def test_an_extension_to_a_day_that_cannot_be_meant_is_asked_again(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    before = (await chat.ticket()).resolve_by
    (said,) = await chat.say(MAIN, words, private=True)
    assert "延期到哪一天没听明白" in said
    ticket = await chat.ticket()
    assert (ticket.extensions, ticket.resolve_by, ticket.state) == (0, before, State.DISPATCHED)


@pytest.mark.parametrize(
    "words", ["挂账到5月1日，等产权", "挂账到2月30日，等产权", "挂账到2025年12月1日，等产权"]
)
async def test_on_the_books_to_a_day_that_cannot_be_meant_is_asked_again(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    (said,) = await chat.say(MAIN, f"20260511-001 {words}", private=True)
    assert "到哪一天" in said
    assert chat.told(SQUAD) == []


async def test_a_day_of_next_year_is_told_with_its_year(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "20260511-001 挂账到明年5月1日，等产权", private=True)
    assert "申请挂账到2027年5月1日：" in chat.told(SQUAD)[0]
    (said,) = await chat.say(SQUAD, "同意 20260511-001", private=True)
    assert "挂账到2027年5月1日" in said


async def test_a_second_extension_of_two_days_is_two_days_more(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "申请延期两天，环卫车坏了", private=True)
    assert "5月13日(周三)" in chat.told(MAIN)[0]
    await chat.say(MAIN, "20260511-001 申请再延期两天，环卫车还没好", private=True)
    assert "申请延期到5月15日" in chat.told(SQUAD)[0]
    await chat.say(SQUAD, "同意 20260511-001", private=True)
    ticket = await chat.ticket()
    assert (ticket.extensions, str(ticket.extended_until)) == (2, "2026-05-15")


async def test_only_the_squad_leader_allows_and_is_asked_once(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    meaning["延期，等配件"] = extends(no)
    await chat.say(MAIN, "延期，等配件")
    await chat.say(MAIN, "延期，等配件")
    await chat.say(OTHER, "延期，等配件")
    assert "还在等" in chat.told(OTHER)[0]
    assert chat.told(SQUAD) == []
    (said,) = await chat.say(LEADER, f"同意 {no}", private=True)
    assert "中队长批" in said
    await chat.say("李姐", f"同意 {no}", private=True)
    await chat.say(SQUAD, f"同意 {no}")
    assert (await chat.ticket()).extensions == 1


async def test_what_is_refused_counts_for_nothing(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    meaning["延期，等配件"] = extends(no)
    await chat.say(MAIN, "延期，等配件")
    await chat.say(MAIN, "延期，等配件")
    before = (await chat.ticket()).resolve_by
    (said,) = await chat.say(SQUAD, f"不同意 {no}，先去看看", private=True)
    assert "没有批准：先去看看" in said
    assert chat.told(MAIN) == [said]
    assert ((await chat.ticket()).resolve_by, (await chat.ticket()).extensions) == (before, 1)
    await chat.say(MAIN, "延期，等配件")
    assert "已报中队长" in chat.told(MAIN)[0]
    (said,) = await chat.say(SQUAD, "同意 20260512-099", private=True)
    assert "没有等您批" in said


@pytest.mark.parametrize(("hour", "refused"), [(10, False), (11, True)])
async def test_no_extension_once_overdue(chat: Chat, meaning: Meaning, hour: int, refused: bool) -> None:
    no = await opened(chat, meaning)
    await chat.wait(**at(chat, hour, 5))
    meaning["延期，没弄完"] = extends(no)
    await chat.say(MAIN, "延期，没弄完")
    assert ("已经超期" in chat.told(MAIN)[0]) is refused
    assert ((await chat.ticket()).state is State.EXTENDED) is not refused
    async with chat.database.begin() as work:
        assert [no for _, no, _ in await work.approvals.in_vain()] == [no] * refused
        assert await work.approvals.waiting(no) is None


async def test_an_approval_that_comes_too_late_is_dropped(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    meaning["延期，等配件"], meaning["弄好了"] = extends(no), does(Action.RESOLVE, no)
    await chat.say(MAIN, "延期，等配件")
    await chat.say(MAIN, "延期，等配件")
    await chat.say(MAIN, "弄好了")
    (said,) = await chat.say(SQUAD, f"同意 {no}", private=True)
    assert "作罢" in said
    assert (await chat.ticket()).state is State.REPORTED


async def test_on_the_books_nothing_runs_and_it_comes_back_by_itself(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    (said,) = await chat.say(MAIN, f"挂账 {no} 到6月1日", private=True)
    assert "理由" in said
    (said,) = await chat.say(MAIN, f"挂账 {no} 等产权", private=True)
    assert "最长一年" in said
    await chat.say(MAIN, f"{no} 挂账到6月1日，等产权", private=True)
    assert "申请挂账到6月1日" in chat.told(SQUAD)[0]
    assert (await chat.ticket()).state is State.DISPATCHED
    await chat.say(SQUAD, f"同意 {no}", private=True)
    assert (await chat.ticket()).state is State.SUSPENDED
    meaning[f"{no} 弄好了"] = does(Action.RESOLVE, no)
    (said,) = await chat.say(MAIN, f"{no} 弄好了", private=True)
    assert "不能" in said
    assert await heard(chat, **at(chat, 23, days=20)) == {}
    back = await heard(chat, hours=24)
    assert "继续办理" in back[MAIN][0]
    ticket = await chat.ticket()
    assert ticket.state is State.HANDLING
    assert ticket.resolve_by is not None
    assert ticket.resolve_by.astimezone(ZoneInfo("Asia/Shanghai")).date().isoformat() == "2026-06-08"
    (said,) = await chat.say(MAIN, f"挂账 {no} 到7月1日，还在等产权", private=True)
    assert "只能挂一次" in said


async def test_an_officer_takes_it_up_again_before_its_day(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    await chat.say(MAIN, f"挂账 {no} 到6月1日，等产权", private=True)
    await chat.say(SQUAD, f"同意 {no}", private=True)
    (said,) = await chat.say(MAIN, f"恢复 {no}", private=True)
    assert "继续办理" in said
    assert (await chat.ticket()).state is State.HANDLING
    assert MAIN in await heard(chat, days=40)


async def test_a_dispute_has_less_time(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning)
    meaning["弄好了"], meaning["没好"] = does(Action.RESOLVE, no), does(Action.DISPUTE, no)
    await chat.say(MAIN, "弄好了")
    await chat.wait(**at(chat, 13))
    await chat.say("李姐", "没好")
    assert any("今天14:00前" in line for line in chat.told(MAIN))
    told = await heard(chat, **at(chat, 14, 1))
    assert SQUAD in told


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


async def test_no_reminder_tells_who_reported(chat: Chat, meaning: Meaning) -> None:
    await opened(chat, meaning)
    before = len(chat.platform.lines)
    await chat.wait(days=2)
    lines = chat.platform.lines[before:]
    assert len(lines) >= 5
    assert all("李姐" not in line.text and not line.in_group for line in lines)


async def test_an_approval_by_quoting_the_card(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    await chat.say(MAIN, f"挂账 {no} 到6月1日，等产权", private=True)
    number = next(n for n, line in enumerate(chat.platform.lines, start=1) if line.to == SQUAD)
    await chat.say(SQUAD, "同意", quote=MessageId(f"bot-{number}"), private=True)
    assert (await chat.ticket()).state is State.SUSPENDED


async def test_a_request_of_before_a_ticket_came_back_waits_for_nobody(chat: Chat, meaning: Meaning) -> None:
    no = await opened(chat, meaning, "油烟污染")
    meaning["弄好了"], meaning["没好"] = does(Action.RESOLVE, no), does(Action.DISPUTE, no)
    await chat.say(MAIN, f"挂账 {no} 到6月1日，等产权", private=True)
    await chat.say(MAIN, "弄好了")
    await chat.say("李姐", "没好")
    (said,) = await chat.say(MAIN, f"挂账 {no} 到7月1日，还是等产权", private=True)
    assert "已报中队长" in said
    await chat.say(SQUAD, f"同意 {no}", private=True)
    assert str((await chat.ticket()).suspended_until) == "2026-07-01"


async def test_the_list_of_an_officer_says_until_when(chat: Chat, meaning: Meaning) -> None:
    await opened(chat, meaning)
    (said,) = await chat.say(MAIN, "我的", private=True)
    assert said.endswith("已派遣，今天11:00前")
    await chat.wait(**at(chat, 11, 1))
    (said,) = await chat.say(LEADER, "在办", private=True)
    assert said.endswith("已派遣，已超期")


@pytest.mark.parametrize(
    "words",
    ["同意", "同意延期", "同意001", "001 同意", "同意，尽快办好", "批准", "同意了", "同意 001号", "准了"],
)
async def test_a_squad_leader_agrees_without_the_full_number_to_the_one_thing_that_waits(
    chat: Chat, words: str
) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "延期，环卫车坏了", private=True)
    await chat.say(MAIN, "再延期两天，环卫车还没好", private=True)
    (said,) = await chat.say(SQUAD, words, private=True)
    assert "20260511-001 延期已批准" in said
    assert (await chat.ticket()).extensions == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [("不同意", ""), ("不同意，先去看看", "：先去看看"), ("不批准001，先去看看", "：先去看看"), ("不批", "")],
)
async def test_a_squad_leader_refuses_without_the_full_number(chat: Chat, words: str, why: str) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "挂账到5月30日，等大修资金", private=True)
    assert await chat.say(SQUAD, words, private=True) == [f"20260511-001 挂账没有批准{why}，照原时限办。"]
    assert await chat.say(SQUAD, "同意", private=True) == ["现在没有等您批的申请。"]


async def test_where_several_things_wait_the_squad_leader_hears_which(chat: Chat) -> None:
    await chat.say("李姐", BINS)
    await chat.say("老涂", LAMP)
    await chat.say(MAIN, "20260511-001 挂账到5月30日，等大修资金", private=True)
    await chat.say(MAIN, "20260511-002 挂账到明年1月30日，等产权", private=True)
    (said,) = await chat.say(SQUAD, "同意", private=True)
    assert said.splitlines() == [
        "等您批的有 2 件，请带单号，如“同意 20260511-001”：",
        "20260511-001 幸福里社区 暴露垃圾，挂账到5月30日",
        "20260511-002 幸福里社区 市政设施损坏，挂账到2027年1月30日",
    ]
    assert {ticket.state for ticket in await chat.tickets()} == {State.DISPATCHED}
    assert await chat.say(SQUAD, "同意009", private=True) == ["009 没有等您批的申请。"]
    await chat.say(SQUAD, "同意002", private=True)
    assert [ticket.state for ticket in await chat.tickets()] == [State.DISPATCHED, State.SUSPENDED]
    await chat.say(SQUAD, "同意", private=True)
    assert {ticket.state for ticket in await chat.tickets()} == {State.SUSPENDED}


@pytest.mark.parametrize("words", ["同意009", "009 同意", "同意延期", "同意延期吗", "同意你的看法", "同意？"])
async def test_nothing_is_allowed_by_words_that_mean_something_else(chat: Chat, words: str) -> None:
    await chat.say("李姐", BINS)
    await chat.say(MAIN, "挂账到5月30日，等大修资金", private=True)
    await chat.say(SQUAD, words, private=True)
    await chat.say(SQUAD, "同意")
    await chat.say(LEADER, "同意", private=True)
    assert (await chat.ticket()).state is State.DISPATCHED


async def test_what_is_of_no_use_any_more_does_not_wait_beside_what_does(
    chat: Chat, meaning: Meaning
) -> None:
    await chat.say("李姐", BINS)
    await chat.say("老涂", LAMP)
    await chat.say(MAIN, "20260511-001 挂账到5月30日，等大修资金", private=True)
    meaning["垃圾清掉了"] = does(Action.RESOLVE, TicketNo("20260511-001"))
    await chat.say(MAIN, "垃圾清掉了", private=True)
    await chat.say(MAIN, "20260511-002 挂账到6月30日，等产权", private=True)
    (said,) = await chat.say(SQUAD, "同意", private=True)
    assert said.startswith("20260511-002 挂账已批准")
