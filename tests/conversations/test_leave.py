"""Officers on leave, and who stands in for them."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.replay import pass_time
from domain.action import Action
from domain.state import State
from handlers.leave import is_called
from storage.database import Database
from tests.chat import OTHER_GROUP, Chat
from tests.conversations.hearing import heard
from tests.conversations.meanings import does, report
from understanding import Reading

Meaning = dict[str, Reading]
MAIN, OTHER, STAND_IN, SQUAD = "城管-李四", "城管陈五", "城管-赵六", "张科长"


async def ticket(chat: Chat, meaning: Meaning, words: str = "油烟") -> None:
    meaning[words] = report()
    await chat.say("李姐", words)


async def test_cards_go_to_the_stand_in_on_those_days_and_back_after_them(
    chat: Chat, meaning: Meaning
) -> None:
    await ticket(chat, meaning)
    (said,) = await chat.say(MAIN, "请假 5月13日-5月14日 替班 小赵", private=True)
    assert said == "已记：您5月13日到5月14日请假，替班城管-赵六。"
    assert "幸福里社区" in chat.told(STAND_IN)[0]
    assert (await chat.ticket()).main == MAIN
    told = await heard(chat, hours=29, minutes=58)
    assert STAND_IN not in told
    told = await heard(chat, hours=10)
    assert told[STAND_IN][0].startswith("【新单】20260511-001")
    assert (await chat.ticket()).officers == (STAND_IN, OTHER)
    meaning["又来了"] = report("5栋", "暴露垃圾")
    await chat.say("老涂", "又来了")
    assert chat.told(MAIN) == []
    assert chat.told(STAND_IN) != []
    assert chat.mentioned() == [STAND_IN, OTHER]
    told = await heard(chat, days=2)
    assert any(line.startswith("【新单】20260511-001") for line in told[MAIN])
    assert [t.officers for t in await chat.tickets()] == [(MAIN, OTHER), (MAIN, OTHER)]


@pytest.mark.parametrize(("days", "hours"), [("5月13日-5月14日", 31), ("5月12日-5月15日", 7)])
async def test_whoever_stands_in_has_time_to_accept_it_but_none_more_to_settle_it(
    chat: Chat, meaning: Meaning, days: str, hours: int
) -> None:
    await ticket(chat, meaning)
    before = await chat.ticket()
    await chat.say(MAIN, f"请假 {days} 替班 小赵", private=True)
    await heard(chat, hours=hours)
    after = await chat.ticket()
    assert after.main == STAND_IN
    assert after.resolve_by == before.resolve_by
    assert after.arrive_by
    assert before.arrive_by
    assert after.arrive_by >= max(before.arrive_by, chat.clock.now())


async def test_a_stand_in_has_an_officers_authority_there_on_those_days_alone(
    chat: Chat, meaning: Meaning
) -> None:
    await ticket(chat, meaning)
    no = (await chat.ticket()).no
    meaning["弄好了"] = does(Action.RESOLVE, no)
    await chat.say(STAND_IN, "弄好了")
    assert (await chat.ticket()).state is State.DISPATCHED
    await chat.say(MAIN, "今天明天请假，小赵替班", private=True)
    (said,) = await chat.say(STAND_IN, "我的", private=True)
    assert no in said
    await chat.say(STAND_IN, "弄好了")
    assert (await chat.ticket()).state is State.REPORTED
    await chat.wait(days=2)
    (said,) = await chat.say(STAND_IN, "我的", private=True)
    assert no not in said


async def test_who_is_away_may_still_do_something(chat: Chat, meaning: Meaning) -> None:
    await ticket(chat, meaning)
    await chat.say(MAIN, "今天请假 替班 小赵", private=True)
    meaning["弄好了"] = does(Action.RESOLVE, (await chat.ticket()).no)
    await chat.say(MAIN, "弄好了")
    assert (await chat.ticket()).state is State.REPORTED


async def test_without_a_stand_in_the_other_officer_is_alone(chat: Chat, meaning: Meaning) -> None:
    await chat.say(MAIN, "今天请假", private=True)
    await ticket(chat, meaning)
    assert (await chat.ticket()).officers == (OTHER,)
    assert chat.told(SQUAD) == []


async def test_both_away_is_told_to_the_squad_leader(chat: Chat, meaning: Meaning) -> None:
    await chat.say(MAIN, "请假 5月12日-5月14日", private=True)
    assert chat.told(SQUAD) == []
    await chat.say(OTHER, "请假 5月13日-5月15日", private=True)
    assert chat.told(SQUAD) == ["幸福里社区5月13日起没有队员在岗，也没有替班，请安排。"]
    await chat.wait(days=2)
    await ticket(chat, meaning)
    assert "没有配队员" in chat.told(SQUAD)[0]
    told = await heard(chat, days=1, hours=15)
    assert (await chat.ticket()).officers == (MAIN,)
    assert any("【新单】" in line for line in told[MAIN])


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("请假 5月13日-5月14日 替班 小周", "没有叫“小周”的队员"),
        ("请假 5月13日-5月14日 替班 小李", "没有叫“小李”的队员"),
        ("请假 5月14日-5月13日", "前后反了"),
        ("请假 5月1日-5月3日", "已经过去"),
        ("销假", "没有记着"),
    ],
)
async def test_what_is_not_clear_is_asked_back(chat: Chat, words: str, part: str) -> None:
    (said,) = await chat.say(MAIN, words, private=True)
    assert part in said
    async with chat.database.begin() as work:
        assert (await work.roster()).absences == ()


async def test_a_stand_in_who_is_away_too_is_none(chat: Chat) -> None:
    await chat.say(STAND_IN, "请假 5月14日-5月20日", private=True)
    (said,) = await chat.say(MAIN, "请假 5月13日-5月14日 替班 小赵", private=True)
    assert "也请假" in said
    (said,) = await chat.say(MAIN, "请假 5月12日-5月13日 替班 小赵", private=True)
    assert "替班城管-赵六" in said


async def test_back_early(chat: Chat, meaning: Meaning) -> None:
    await ticket(chat, meaning)
    await chat.say(MAIN, "请假 5月11日-5月20日 替班 小赵", private=True)
    assert (await chat.ticket()).main == STAND_IN
    await chat.wait(hours=16)
    (said, *_) = await chat.say(MAIN, "销假", private=True)
    assert "已销假" in said
    assert (await chat.ticket()).main == MAIN


async def test_a_leave_that_has_not_begun_is_taken_back(chat: Chat) -> None:
    await chat.say(MAIN, "请假 5月13日-5月14日 替班 小赵", private=True)
    await chat.say(MAIN, "销假", private=True)
    async with chat.database.begin() as work:
        assert (await work.roster()).absences == ()


async def test_a_residents_leave_is_nobodys_business(chat: Chat) -> None:
    assert await chat.say("李姐", "请假 5月13日-5月14日 替班 小赵", private=True) == []
    await chat.say(MAIN, "请假 5月13日-5月14日 替班 小赵")
    assert chat.in_group() == []
    async with chat.database.begin() as work:
        assert (await work.roster()).absences == ()


async def test_an_officer_of_elsewhere_on_leave_changes_nothing_here(chat: Chat, meaning: Meaning) -> None:
    await chat.say(STAND_IN, "今天请假 替班 小李", private=True)
    await ticket(chat, meaning)
    assert (await chat.ticket()).officers == (MAIN, OTHER)
    meaning["垃圾"] = report("5栋", "暴露垃圾")
    await chat.say("小万", "垃圾", group=OTHER_GROUP)
    assert (await chat.tickets())[1].officers == (MAIN, "城管孙七")


async def test_another_program_on_the_database_knows_of_the_leave(chat: Chat, meaning: Meaning) -> None:
    await ticket(chat, meaning)
    await chat.say(MAIN, "请假 5月12日-5月14日 替班 小赵", private=True)
    await chat.tickets()  # the first program has read the roster
    database = Database(chat.settings.database)
    other = App(chat.settings, database, chat.platform, chat.clock)
    await pass_time(other, chat.clock, chat.clock.now() + timedelta(hours=16))
    await database.close()
    assert (await chat.ticket()).main == STAND_IN
    assert len([line for line in chat.platform.lines if line.to == STAND_IN and "【新单】" in line.text]) == 1


@pytest.mark.parametrize(
    ("name", "said", "meant"),
    [
        ("城管陈五", "小陈", True),
        ("城管-陈建国", "陈队", True),
        ("陈建国", "建国", True),
        ("陈建国", "陈建国", True),
        ("陈建国", "国", False),
        ("陈建国", "小建", False),
        ("陈建国", "老李", False),
    ],
)
def test_who_may_be_meant(name: str, said: str, meant: bool) -> None:
    assert is_called(name, said) is meant


@pytest.mark.parametrize(("number", "away"), [(True, False), (False, True)])
async def test_what_is_about_a_ticket_is_no_leave(
    chat: Chat, meaning: Meaning, number: bool, away: bool
) -> None:
    await ticket(chat, meaning)
    no = (await chat.ticket()).no if number else ""
    await chat.say(MAIN, f"{no} 今天请假，明天再去看", private=True)
    async with chat.database.begin() as work:
        assert bool((await work.roster()).absences) is away


@pytest.mark.parametrize(
    "words", ["请假 2月30日", "请假 5月32日到6月2日", "6月31号请假", "请假到2月30日 替班 陈五"]
)
async def test_a_leave_to_a_day_that_is_none_is_asked_again(chat: Chat, words: str) -> None:
    (said,) = await chat.say("城管-李四", words, private=True)
    assert said.startswith("没有这一天")
    async with chat.database.begin() as work:
        assert (await work.roster()).absences == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("请假 3月1日", "已记：您2027年3月1日请假，没有替班。"),
        ("请假 明年1月4日-1月6日", "已记：您2027年1月4日到1月6日请假，没有替班。"),
        ("请假 2025年6月1日", "这几天已经过去了，请再看看日期。"),
        ("请假 5月10日", "这几天已经过去了，请再看看日期。"),
    ],
)
async def test_a_leave_of_another_year_is_told_with_its_year(chat: Chat, words: str, said: str) -> None:
    assert await chat.say("城管-李四", words, private=True) == [said]


@pytest.mark.parametrize(
    "words",
    [
        "取消请假",
        "请假取消",
        "假不请了",
        "不请假了",
        "撤销刚才的请假",
        "请的假作废",
        "5月13日到5月15日的请假取消",
    ],
)
async def test_leave_is_taken_back_in_plain_words(chat: Chat, words: str) -> None:
    await chat.say(MAIN, "请假5月13日到5月15日 替班 小赵", private=True)
    (said, *_) = await chat.say(MAIN, words, private=True)
    assert "已销假" in said
    async with chat.database.begin() as work:
        assert (await work.roster()).absences == ()
    assert await chat.say(MAIN, words, private=True) == ["没有记着您请假。"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("改到5月16日", "请假是从哪天到哪天"),
        ("请假改成5月14日到5月16日", "已记：您5月14日到5月16日请假，替班城管-赵六。"),
        ("改成5月12日-5月13日 替班 孙七", "已记：您5月12日到5月13日请假，替班城管孙七。"),
        ("请假延到5月18日", "已记：您5月13日到5月18日请假，替班城管-赵六。"),
    ],
)
async def test_leave_is_put_on_other_days(chat: Chat, meaning: Meaning, words: str, said: str) -> None:
    await ticket(chat, meaning)
    await chat.say(MAIN, "请假5月13日到5月15日 替班 小赵", private=True)
    (answer, *_) = await chat.say(MAIN, words, private=True)
    assert answer.startswith(said)
    assert (await chat.ticket()).state is State.DISPATCHED
    async with chat.database.begin() as work:
        assert len((await work.roster()).absences) == 1


@pytest.mark.parametrize("words", ["延期十天 师傅回老家了", "老板做手术去了，过三天再看", "焊工明天请假"])
async def test_somebody_elses_absence_is_no_officers_leave(chat: Chat, words: str) -> None:
    await chat.say(MAIN, words, private=True)
    async with chat.database.begin() as work:
        assert (await work.roster()).absences == ()


@pytest.mark.parametrize("words", ["请半天假", "今天下午请假", "明天上午请假"])
async def test_who_is_away_for_half_a_day_hears_that_it_is_kept_as_a_whole_one(
    chat: Chat, words: str
) -> None:
    said = await chat.say(MAIN, words, private=True)
    assert said[0].startswith("已记：您5月1")
    assert said[-1].startswith("请假按整天记")
