"""Who is reminded of the week, until when it can be made up, and who hears of what was missed."""

from datetime import UTC, date, datetime

import pytest

from domain.ids import MemberId, MessageId
from domain.message import Occasion
from domain.people import Absence, Person, Roster, Supervisor
from storage.roster import save_roster
from tests.chat import GROUP, OTHER_GROUP, ROSTER, Chat
from tests.conversations.hearing import in_groups, to
from tests.conversations.weeks import HAPPY, LAKE, OFFICER, SECOND, met, missed

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
