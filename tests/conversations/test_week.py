"""The week (每周对接): the invitation, what residents answer, the officers' card, reminders, and what was missed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot import law_file
from bot.app import App
from bot.clock import VirtualClock
from bot.settings import Settings
from domain.action import Action
from domain.ids import MemberId, MessageId
from domain.law import shipped
from domain.message import Occasion, Reply
from domain.people import Absence, Person, Roster, Supervisor
from domain.records import CheckIn
from domain.state import State
from handlers.weekly import ensure
from storage.database import Database
from storage.roster import save_roster
from tests.chat import GROUP, NO_REPORTS, OTHER_GROUP, ROSTER, Chat, Heard
from tests.conversations.meanings import does, report
from understanding import Reading

HAPPY, LAKE = "幸福里社区", "梅湖社区"
OFFICER, SECOND = "城管-李四", "城管陈五"


@pytest.fixture
async def week(database_file: Path, tmp_path: Path) -> AsyncIterator[Chat]:
    """The group on a Monday at 8:00, and its week is planned."""
    async with starting("2026-05-11 08:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        yield chat


def starting(local: str, database_file: Path, tmp_path: Path) -> Chat:
    at = datetime.fromisoformat(f"{local}+08:00").astimezone(UTC)
    return Chat(f"sqlite:///{database_file}", tmp_path / "media", start=at)


async def met(chat: Chat, monday: str = "2026-05-11") -> list[CheckIn]:
    async with chat.database.begin() as work:
        return list(await work.checkins.of_week(date.fromisoformat(monday)))


async def missed(chat: Chat) -> list[tuple[str, str]]:
    async with chat.database.begin() as work:
        return [(name, f"{week:%m-%d}") for name, week in await work.checkins.missed(date.min)]


def to(lines: list[Reply], who: str) -> list[str]:
    return [line.text for line in lines if line.to == who]


def in_groups(lines: list[Reply]) -> list[Reply]:
    return [line for line in lines if line.in_group]


# --- the invitation -------------------------------------------------------------------------------


async def test_residents_are_invited_on_monday_at_nine(week: Chat) -> None:
    assert await week.until("2026-05-11 08:59") == []
    here, there = await week.until("2026-05-11 09:01")
    assert (here.to, there.to) == (GROUP, OTHER_GROUP)
    assert here.text == (
        "大家好，本社区的城管队员是城管-李四、城管陈五。这周想请他们看看哪里，在群里说一句就行。"
    )
    assert here.occasion is Occasion.UNASKED
    assert here.expires_at == datetime(2026, 5, 11, 16, tzinfo=UTC)
    assert here.mentions == ()
    assert in_groups(await week.until("2026-05-18 08:59")) == []
    assert len(in_groups(await week.until("2026-05-18 09:01"))) == 2


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-06-14 12:00", "2026-06-15"),  # Friday is off
        ("2026-04-05 12:00", "2026-04-07"),  # Monday is off
        ("2026-10-04 12:00", "2026-10-08"),  # off until Wednesday
    ],
)
async def test_the_weeks_first_working_day_it_is(
    database_file: Path, tmp_path: Path, start: str, day: str
) -> None:
    async with starting(start, database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        assert await chat.until(f"{day} 08:59") == []
        assert len(in_groups(await chat.until(f"{day} 09:01"))) == 2


async def test_the_week_of_the_new_year_is_exempt(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-02-15 08:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        assert await chat.until("2026-02-23 23:59") == []  # a week of holidays, and one that begins with two
        assert len(in_groups(await chat.until("2026-02-24 09:01"))) == 2


async def test_a_week_of_three_working_days_is_none_that_is_exempt(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-09-27 08:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        assert len(in_groups(await chat.until("2026-09-28 09:01"))) == 2
        assert to(await chat.until("2026-09-29 09:31"), OFFICER)  # the card, on Tuesday of three days
        assert len(to(await chat.until("2026-09-30 17:00"), OFFICER)) == 2
        assert await chat.until("2026-10-07 23:00") == []
        await chat.say(OFFICER, "1", private=True)  # made up on 9 October until 18:00
        assert [one.community for one in await met(chat, "2026-09-28")] == [HAPPY]
        await chat.until("2026-10-09 18:01")
        assert await missed(chat) == [(LAKE, "09-28")]


async def test_how_many_days_are_too_few_is_the_bureaus_to_say(database_file: Path, tmp_path: Path) -> None:
    chat = starting("2026-09-27 08:00", database_file, tmp_path)
    settings = Settings(_env_file=None, database=chat.settings.database, week_exempt_days=3, **NO_REPORTS)
    chat.app = App(settings, chat.database, chat.platform, chat.clock)
    async with chat:
        await chat.app.plan_ahead()
        assert await chat.until("2026-10-11 23:00") == []


async def test_who_starts_in_the_middle_of_a_week_invites_nobody_for_its_monday(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-13 10:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        lines = await chat.until("2026-05-15 23:00")
        assert in_groups(lines) == []
        assert len(to(lines, OFFICER)) == 3


async def test_who_starts_when_all_is_over_misses_nothing(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-05-15 17:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        await chat.until("2026-05-19 19:00")
        assert await missed(chat) == []


@pytest.mark.parametrize(
    ("back", "said"), [("2026-05-11 20:00", 2), ("2026-05-11 23:59", 0), ("2026-05-12 00:01", 0)]
)
async def test_a_program_that_was_away_still_invites_on_the_day_but_not_after(
    week: Chat, back: str, said: int
) -> None:
    week.clock.advance(datetime.fromisoformat(f"{back}+08:00").astimezone(UTC))
    await week.wait(hours=10)
    assert len(in_groups(week.platform.lines)) == said


async def test_weeks_away_are_not_caught_up(week: Chat) -> None:
    week.clock.advance(datetime.fromisoformat("2026-06-08T08:30+08:00").astimezone(UTC))
    assert in_groups(await week.until("2026-06-08 08:45")) == []
    assert len(in_groups(await week.until("2026-06-08 09:01"))) == 2


@pytest.mark.parametrize(
    ("at", "heard_by"),
    [
        ("2026-05-11 09:01", [GROUP, OTHER_GROUP]),
        ("2026-05-14 09:31", [OFFICER, SECOND, "城管-赵六", "城管孙七"]),
    ],
)
async def test_two_programs_on_one_database_say_it_once(week: Chat, at: str, heard_by: list[str]) -> None:
    other = Database(week.settings.database)
    clock, heard = VirtualClock(week.clock.now()), Heard()
    twin = App(week.settings, other, heard, clock)
    await twin.plan_ahead()
    for one in (week.clock, clock):
        one.advance(datetime.fromisoformat(f"{at}+08:00").astimezone(UTC))
    await asyncio.gather(week.app.jobs.tick(), twin.jobs.tick())
    await asyncio.gather(week.app.outbox.flush(), twin.outbox.flush())
    await other.close()
    assert sorted(line.to for line in (*week.platform.lines, *heard.lines)) == sorted(heard_by)


async def test_a_community_without_officers_or_without_a_group_is_not_invited(week: Chat) -> None:
    first, second = ROSTER.communities
    async with week.database.begin() as work:
        bare = (
            type(first)(first.name, first.street, first.group),
            type(second)(second.name, second.street, officers=second.officers),
        )
        await save_roster(work.connection, Roster(bare, ROSTER.supervisors))
    assert await week.until("2026-05-11 12:00") == []


async def test_a_new_community_has_its_week_from_when_the_roster_names_it(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-10 08:00", database_file, tmp_path) as chat:
        async with chat.database.begin() as work:
            await save_roster(work.connection, Roster(ROSTER.communities[:1], ROSTER.supervisors))
        await chat.app.plan_ahead()
        await chat.until("2026-05-12 08:00")
        async with chat.database.begin() as work:
            await save_roster(work.connection, ROSTER)
            await ensure(work, chat.settings.policy, chat.clock.now())
        lines = await chat.until("2026-05-14 10:00")
        assert in_groups(lines) == []
        assert to(lines, "城管-赵六")


# --- what residents answer ------------------------------------------------------------------------


async def card(chat: Chat, who: str = OFFICER) -> str:
    lines = to(await chat.until("2026-05-14 09:31"), who)
    (text,) = [text for text in lines if text.startswith("本周社区对接")]
    return text


async def invited(chat: Chat) -> None:
    await chat.until("2026-05-11 09:05")


async def test_a_wish_reaches_the_officers_without_who_said_it(week: Chat) -> None:
    await invited(week)
    said = await week.say("李姐", "希望多来转转南门，我是3栋2单元502的李姐，电话13812345678")
    assert said == []
    text = await card(week)
    assert "居民想请看看：“希望多来转转南门" in text
    assert not any(secret in text for secret in ("李姐", "502", "13812345678"))


@pytest.mark.parametrize(("minutes", "kept"), [(110, True), (125, False)])
async def test_a_wish_to_everybody_counts_for_two_hours(week: Chat, minutes: int, kept: bool) -> None:
    await invited(week)
    await week.wait(minutes=minutes)
    assert await week.say("李姐", "希望多来转转南门") == []
    assert ("多来转转南门" in await card(week)) is kept


async def test_before_the_invitation_it_is_talk(week: Chat) -> None:
    await week.say("李姐", "希望多来转转南门")
    assert "南门" not in await card(week)


@pytest.mark.parametrize("words", ["好的", "谢谢", "早上好", "有人拼单吗"])
async def test_talk_is_no_wish(week: Chat, words: str) -> None:
    await invited(week)
    await week.say("李姐", words)
    assert "居民" not in await card(week)


async def test_a_line_to_the_bot_counts_all_week_and_is_not_answered(week: Chat) -> None:
    await invited(week)
    await week.until("2026-05-13 15:00")
    assert await week.say("老涂", "@网格管家 凉亭那边看看", to="bot") == []
    assert "“凉亭那边看看”" in await card(week)


async def test_a_question_to_the_bot_is_answered_as_ever(week: Chat) -> None:
    await invited(week)
    (said,) = await week.say("老涂", "@网格管家 你们几点上班", to="bot")
    assert said.startswith("我只管城管的事")
    assert "几点" not in await card(week)


async def test_a_one_said_before_the_card_and_heard_after_it_is_no_answer(week: Chat) -> None:
    await card(week)
    await week.say(OFFICER, "1", private=True, late=1)
    assert await met(week) == []


async def test_without_an_invitation_the_bot_answers_as_ever(week: Chat) -> None:
    (said,) = await week.say("老涂", "@网格管家 凉亭那边看看", to="bot")
    assert said.startswith("我只管城管的事")


@pytest.mark.parametrize("days", [2, 8])
async def test_a_quote_of_the_invitation_counts_for_the_week_in_which_it_is_said(
    week: Chat, days: int
) -> None:
    await invited(week)
    async with week.database.begin() as work:
        line = next(one for one in await work.outbox.of_status("sent") if one.reply.to == GROUP)
    await week.wait(days=days)
    await week.say("小万", "凉亭那边", quote=MessageId(f"bot-{line.id}"))
    async with week.database.begin() as work:
        wishes = await work.checkins.wishes(HAPPY, date(2026, 5, 11 if days < 7 else 18))
    assert [one.text for one in wishes] == ["凉亭那边"]


async def test_a_report_is_a_report_and_no_wish(week: Chat, meaning: dict[str, Reading]) -> None:
    await invited(week)
    meaning["希望管管油烟"] = report()
    await week.say("李姐", "希望管管油烟")
    assert len(await week.tickets()) == 1
    assert "居民想请" not in await card(week)


async def test_a_wish_that_was_taken_back_is_on_no_card(week: Chat) -> None:
    await invited(week)
    await week.say("李姐", "希望多来转转南门")
    await week.say("李姐", recall=week.last)
    assert "南门" not in await card(week)


async def test_officers_and_workers_wish_nothing(week: Chat) -> None:
    await invited(week)
    for who in (OFFICER, "社区小刘", "物业王姐"):
        await week.say(who, "希望多来转转南门")
    assert "南门" not in await card(week)


async def test_the_card_shows_three_wishes_and_how_many_there_are(week: Chat) -> None:
    await invited(week)
    for number, who in enumerate(("李姐", "老涂", "小万", "胖丁妈妈"), start=1):
        await week.say(who, f"希望多来转转{number}号门")
    text = await card(week)
    assert "3号门”等4条" in text
    assert "4号门" not in text


# --- the card and the check-in --------------------------------------------------------------------


async def test_the_card_is_filled_in_from_the_weeks_work(week: Chat, meaning: dict[str, Reading]) -> None:
    meaning["油烟"], meaning["垃圾"] = report("3栋"), report("5栋", "暴露垃圾")
    await week.say("李姐", "油烟")
    await week.say("老涂", "垃圾")
    first, _ = await week.tickets()
    meaning["弄好了"] = does(Action.RESOLVE, first.no)
    await week.say(OFFICER, "弄好了")
    await week.say(SECOND, "制止店外经营 2起 洪都中大道", private=True)
    assert (await week.tickets())[0].state is State.REPORTED
    text = await card(week)
    assert text.splitlines() == [
        "本周社区对接（5月11日–5月17日），已按这周的工作填好：",
        f"{HAPPY}：受理2件（暴露垃圾1、油烟污染1），办好1件，在办1件；主动制止店外经营2起",
        "到社区对接过了回 1；不一样的用一句话更正，如“电话联系了书记”。",
    ]


async def test_one_character_confirms_it(week: Chat) -> None:
    await card(week)
    (said,) = await week.say(OFFICER, "1", private=True)
    assert said == f"已记：{HAPPY} 5月14日到访 社区小刘。"
    (one,) = await met(week)
    assert (one.community, one.officer, one.means, one.whom) == (HAPPY, OFFICER, "visit", "社区小刘")
    assert one.day == date(2026, 5, 14)


async def test_it_counts_for_the_community_and_the_other_officer_hears_no_more_of_it(week: Chat) -> None:
    await card(week)
    await week.say(OFFICER, "1", private=True)
    assert to(await week.until("2026-05-19 19:00"), SECOND) == []
    assert await missed(week) == [(LAKE, "05-11")]
    await week.until("2026-05-14 10:00")


async def test_what_is_confirmed_already_is_said_so(week: Chat) -> None:
    await card(week)
    await week.say(SECOND, "1", private=True)
    assert await week.say(OFFICER, "1", private=True) == ["这周的对接都有记录了，谢谢。"]
    assert len(await met(week)) == 1


async def test_without_a_card_one_is_no_answer(week: Chat) -> None:
    assert await week.say(OFFICER, "1", private=True) == []
    assert await met(week) == []


async def test_a_later_question_has_the_first_claim_on_one(week: Chat, meaning: dict[str, Reading]) -> None:
    await card(week)
    meaning["油烟"], meaning["垃圾"] = report("3栋"), report("5栋", "暴露垃圾")
    await week.say("李姐", "油烟")
    await week.say("老涂", "垃圾")
    first, second = await week.tickets()
    meaning["弄好了"] = does(Action.RESOLVE, None, first.no, second.no)
    await week.say(OFFICER, "弄好了")
    await week.say(OFFICER, "1", private=True)
    assert (await week.tickets())[0].state is State.REPORTED
    assert await met(week) == []
    await week.say(OFFICER, "1", private=True)
    assert len(await met(week)) == 1


async def test_one_card_for_all_communities_of_an_officer(week: Chat) -> None:
    first, second = ROSTER.communities
    both = type(second)(
        second.name, second.street, second.group, officers=first.officers[:1], workers=second.workers
    )
    async with week.database.begin() as work:
        await save_roster(work.connection, Roster((first, both), ROSTER.supervisors))
    text = await card(week)
    assert f"1）{HAPPY}：" in text
    assert f"2）{LAKE}：" in text
    (said,) = await week.say(OFFICER, "1", private=True)
    assert said == f"已记：{HAPPY}、{LAKE} 5月14日到访。"
    assert [(one.community, one.whom) for one in await met(week)] == [(HAPPY, "社区小刘"), (LAKE, "社区小美")]


@pytest.mark.parametrize(
    ("words", "means", "whom", "day"),
    [
        ("去了幸福里社区，见了社区小刘，没什么事", "visit", "社区小刘", 12),
        ("电话联系了书记，没问题", "call", "书记", 12),
        ("昨天到幸福里社区走访，跟刘书记聊了聊", "visit", "刘书记", 11),
        ("参加了幸福里社区联席会，普法20人次", "meeting", "社区小刘", 12),
    ],
)
async def test_a_sentence_counts_at_any_time_of_the_week(
    week: Chat, words: str, means: str, whom: str, day: int
) -> None:
    await week.until("2026-05-12 10:00")
    (said,) = await week.say(OFFICER, words, private=True)
    assert said.startswith(f"已记：{HAPPY} 5月{day}日")
    (one,) = await met(week)
    assert (one.means, one.whom, one.day.day) == (means, whom, day)
    assert to(await week.until("2026-05-19 19:00"), OFFICER) == []


async def test_publicity_that_was_told_is_kept(week: Chat) -> None:
    await week.say(OFFICER, "到幸福里社区跟书记碰头，普法20人次", private=True)
    assert [one.publicity for one in await met(week)] == [20]


@pytest.mark.parametrize(
    "words", ["在群里跟社区小刘说了一声", "明天去幸福里社区见社区小刘", "幸福里社区要去吗？"]
)
async def test_the_group_chat_or_a_plan_does_not_count(week: Chat, words: str) -> None:
    await week.say(OFFICER, words, private=True)
    assert await met(week) == []


async def test_in_the_group_an_officers_line_is_no_check_in(week: Chat) -> None:
    await week.say(OFFICER, "去了幸福里社区，见了社区小刘，没什么事")
    assert await met(week) == []


async def test_another_officers_community_is_refused(week: Chat) -> None:
    (said,) = await week.say(OFFICER, "去了梅湖社区，见了书记，没什么事", private=True)
    assert said == f"{LAKE}不是您负责的社区，没有记。"
    assert await met(week) == []


async def test_an_officer_of_two_communities_is_asked_which(week: Chat) -> None:
    first, second = ROSTER.communities
    mine = (*second.officers, *first.officers[:1])
    both = type(second)(second.name, second.street, second.group, officers=mine, workers=second.workers)
    async with week.database.begin() as work:
        await save_roster(work.connection, Roster((first, both), ROSTER.supervisors))
    (said,) = await week.say(OFFICER, "到社区跟书记碰头了，没啥事", private=True)
    assert said.startswith("是哪个社区")
    assert await met(week) == []
    await week.say(OFFICER, "去了幸福里和梅湖社区，跟书记碰头了，没啥事", private=True)
    assert [one.community for one in await met(week)] == [HAPPY, LAKE]


async def test_a_check_in_that_was_taken_back_does_not_count(week: Chat) -> None:
    await week.say(OFFICER, "去了幸福里社区，见了社区小刘，没什么事", private=True)
    await week.say(OFFICER, private=True, recall=week.last)
    assert await met(week) == []


# --- reminders and leave --------------------------------------------------------------------------


async def test_thursday_and_friday_at_four_one_reminder_each(week: Chat) -> None:
    await week.until("2026-05-14 15:59")
    lines = await week.until("2026-05-14 16:01")
    assert sorted(line.to for line in lines) == sorted([OFFICER, SECOND, "城管-赵六", "城管孙七"])
    assert to(lines, OFFICER) == [f"{HAPPY}这周的对接还没有记录：去过了回 1，或说一句，如“电话联系了书记”。"]
    assert await week.until("2026-05-15 15:59") == []
    await week.say("城管-赵六", "1", private=True)
    assert sorted(line.to for line in await week.until("2026-05-15 16:01")) == sorted([OFFICER, SECOND])
    rest = await week.until("2026-05-19 18:01")
    assert [line for line in rest if not line.in_group] == []


async def test_a_program_back_on_thursday_evening_asks_once(week: Chat) -> None:
    await week.until("2026-05-14 09:00")
    week.clock.advance(datetime.fromisoformat("2026-05-14T17:00+08:00").astimezone(UTC))
    lines = await week.until("2026-05-14 23:00")
    assert len(to(lines, OFFICER)) == 1
    assert to(lines, OFFICER)[0].startswith("本周社区对接")


async def away(chat: Chat, who: str, stand_in: str | None = None) -> None:
    await chat.say(who, "我先说一声", private=True)
    absence = Absence(
        MemberId(who), date(2026, 5, 11), date(2026, 5, 17), MemberId(stand_in) if stand_in else None
    )
    async with chat.database.begin() as work:
        await work.leaves.take(absence, MessageId(str(chat.last)), chat.clock.now())


async def test_who_is_on_leave_is_not_asked(week: Chat) -> None:
    await away(week, OFFICER)
    lines = await week.until("2026-05-15 17:00")
    assert to(lines, OFFICER) == []
    assert len(to(lines, SECOND)) == 3
    assert to(lines, "张科长") == []


async def test_where_all_are_on_leave_the_squad_leader_finds_somebody(week: Chat) -> None:
    await away(week, OFFICER)
    await away(week, SECOND)
    lines = await week.until("2026-05-15 17:00")
    assert to(lines, OFFICER) + to(lines, SECOND) == []
    assert to(lines, "张科长") == [f"{HAPPY}的队员都请假了，这周的社区对接请安排人替。"]


async def test_a_stand_in_is_asked_and_counts(week: Chat) -> None:
    await away(week, OFFICER, "城管-赵六")
    await away(week, SECOND)
    (text,) = to(await week.until("2026-05-14 09:31"), "城管-赵六")
    assert f"1）{HAPPY}：" in text
    await week.say("城管-赵六", "1", private=True)
    assert [one.community for one in await met(week)] == [HAPPY, LAKE]


# --- made up, and missed --------------------------------------------------------------------------


@pytest.mark.parametrize(("clock", "counts"), [("17:59", True), ("18:01", False)])
async def test_it_can_be_made_up_until_tuesday_at_six(week: Chat, clock: str, counts: bool) -> None:
    await week.until(f"2026-05-19 {clock}")
    said = await week.say(OFFICER, "1", private=True)
    if counts:
        assert said == [f"已补录：{HAPPY} 5月15日到访 社区小刘。"]
    await week.until("2026-05-19 18:05")
    assert ((HAPPY, "05-11") not in await missed(week)) is counts
    assert bool(await met(week)) is counts


@pytest.mark.parametrize(
    ("words", "day"),
    [("上周五去了幸福里社区，见了社区小刘，没什么事", 15), ("补录：去了幸福里社区，见了社区小刘", 15)],
)
async def test_a_sentence_about_last_week_makes_it_up(week: Chat, words: str, day: int) -> None:
    await week.until("2026-05-18 10:00")
    (said,) = await week.say(OFFICER, words, private=True)
    assert said == f"已补录：{HAPPY} 5月{day}日到访 社区小刘。"
    assert len(await met(week)) == 1


async def test_too_late_is_said(week: Chat) -> None:
    await week.until("2026-05-20 10:00")
    words = "上周五去了幸福里社区，见了社区小刘，没什么事"
    assert await week.say(OFFICER, words, private=True) == ["那一周过了补录的时间，没有记。"]


async def test_a_message_that_was_said_in_time_and_heard_late_counts(week: Chat) -> None:
    await week.until("2026-05-19 19:00")
    assert (HAPPY, "05-11") in await missed(week)
    await week.say(OFFICER, "1", private=True, late=1.5)
    assert await missed(week) == [(LAKE, "05-11")]


async def test_one_missed_week_is_a_number_to_who_leads_and_nobody_else(week: Chat) -> None:
    await week.until("2026-05-14 10:00")
    await week.say("城管-赵六", "1", private=True)
    await week.until("2026-05-25 08:59")
    lines = [line for line in await week.until("2026-05-25 09:01") if not line.in_group]
    number = "5月11日–5月17日这一周，1个社区没有对接记录。"
    assert {(line.to, line.text) for line in lines} == {("张科长", number), ("王局", number)}
    assert {line.occasion for line in lines} == {Occasion.NEWS}


async def test_who_leads_elsewhere_hears_nothing_and_all_is_well_is_not_said(week: Chat) -> None:
    await week.until("2026-05-14 10:00")
    await week.say(OFFICER, "1", private=True)
    lines = await week.until("2026-05-25 09:01")
    assert to(lines, "张科长") == []
    assert len(to(lines, "王局")) == 1


async def summaries(chat: Chat, *days: str) -> list[list[str]]:
    """What the squad leader and the leader in charge hear on these mornings, where 赵六 always checks in."""
    found = []
    for day in days:
        lines = await chat.until(f"{day} 09:01")
        found.append([*to(lines, "张科长"), *to(lines, "王局")])
        await chat.say("城管-赵六", "去了梅湖社区，见了书记，没什么事", private=True)
    return found


async def test_two_in_a_row_have_a_line_of_their_own_and_four_a_talk(week: Chat) -> None:
    assert (await summaries(week, "2026-05-11", "2026-05-18"))[1] == []
    one, two, three, four, five = await summaries(
        week, "2026-05-25", "2026-06-01", "2026-06-08", "2026-06-15", "2026-06-22"
    )
    assert len(one) == 2
    assert "\n" not in one[0] + one[1]
    for said, weeks in ((two, 2), (three, 3)):
        again = f"{HAPPY}连续{weeks}周没有对接记录，请了解一下有什么难处。"
        assert [line.splitlines()[1:] for line in said] == [[again], [again]]
    squad, leader = four
    assert squad.splitlines()[1:] == [f"{HAPPY}连续4周没有对接记录，请了解一下有什么难处。"]
    assert leader.splitlines()[1:] == [f"{HAPPY}连续4周没有对接记录，请您当面和中队聊一次。"]
    assert "当面" not in five[1]


async def test_four_in_a_quarter_ask_for_a_talk_too(week: Chat) -> None:
    """Every other week is missed: 5-11, 5-25, 6-8 and 6-22."""
    said = []
    for number, day in enumerate(
        ("05-11", "05-18", "05-25", "06-01", "06-08", "06-15", "06-22", "06-29", "07-06")
    ):
        said += to(await week.until(f"2026-{day} 09:01"), "王局")
        await week.say("城管-赵六", "去了梅湖社区，见了书记，没什么事", private=True)
        if number % 2:
            await week.say(OFFICER, "去了幸福里社区，见了社区小刘，没什么事", private=True)
    assert [line.splitlines()[1:] for line in said] == [
        [],
        [],
        [],
        [f"{HAPPY}这个季度有4周没有对接记录，请您当面和中队聊一次。"],
    ]


async def test_without_a_squad_leader_the_leader_in_charge_hears_it(week: Chat) -> None:
    boss = Supervisor(Person(MemberId("王局"), "王局"))
    async with week.database.begin() as work:
        await save_roster(work.connection, Roster(ROSTER.communities, (boss,)))
    lines = await week.until("2026-05-25 09:01")
    assert to(lines, "王局") == ["5月11日–5月17日这一周，2个社区没有对接记录。"]


async def test_in_groups_nothing_is_ever_said_but_the_invitation_and_no_officer_is_named(week: Chat) -> None:
    await week.until("2026-07-01 12:00")
    lines = week.platform.lines
    assert {line.to for line in in_groups(lines)} == {GROUP, OTHER_GROUP}
    assert all(line.text.endswith("在群里说一句就行。") for line in in_groups(lines))
    assert len(in_groups(lines)) == 2 * 8
    about_missed = [line.text for line in lines if line.to in {"张科长", "王局"}]
    assert about_missed
    assert not any(name in text for text in about_missed for name in (OFFICER, SECOND, "赵六", "孙七"))


# --- a law card a week ----------------------------------------------------------------------------


async def with_cards(chat: Chat, tmp_path: Path, *, day: int, verified: str = "王科") -> None:
    old = shipped().get("P36")
    assert old is not None
    cells = {"核验人": verified, "核验日期": "2026-05-01" if verified else "", "条号": "第三十六条"}
    law_file.write(tmp_path / "law.csv", [law_file.row(old) | cells])
    settings = Settings(
        _env_file=None, database=chat.settings.database, law_card_day=day, law_cards=tmp_path / "law.csv"
    )
    chat.app = App(settings, chat.database, chat.platform, chat.clock)
    await chat.app.plan_ahead()


async def test_groups_hear_a_law_card_once_a_week_where_the_bureau_wants_it(
    database_file: Path, tmp_path: Path
) -> None:
    async with starting("2026-05-12 08:00", database_file, tmp_path) as chat:
        await with_cards(chat, tmp_path, day=3)
        assert in_groups(await chat.until("2026-05-13 09:59")) == []
        said = in_groups(await chat.until("2026-05-13 10:01"))
        assert {line.to for line in said} == {GROUP, OTHER_GROUP}
        assert all(line.text.startswith("普法：") and line.occasion is Occasion.UNASKED for line in said)
        assert in_groups(await chat.until("2026-05-18 08:00")) == []
        assert "普法1条" in to(chat.platform.lines + await chat.until("2026-05-18 08:01"), OFFICER)[0]


@pytest.mark.parametrize(("day", "verified"), [(0, "王科"), (3, "")])
async def test_without_the_bureaus_wish_or_its_word_they_hear_none(
    database_file: Path, tmp_path: Path, day: int, verified: str
) -> None:
    async with starting("2026-05-12 08:00", database_file, tmp_path) as chat:
        await with_cards(chat, tmp_path, day=day, verified=verified)
        assert in_groups(await chat.until("2026-05-17 10:01")) == []
