"""Weeks that a squad leader frees from the check-in (豁免对接): nobody is invited, reminded or missed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.database import Database
from storage.roster import save_roster
from tests.chat import GROUP, OTHER_GROUP, ROSTER, Chat, starting
from tests.conversations.hearing import in_groups, to
from tests.conversations.weeks import HAPPY, LAKE, OFFICER, met, missed

SQUAD, LEADER = "张科长", "王局"
"""Of 洪都街道, where 幸福里社区 is; and of everything."""
OTHER_OFFICER = "城管-赵六"


async def freed(chat: Chat) -> list[tuple[str, str, str]]:
    async with chat.database.begin() as work:
        return [
            (one.community, f"{one.week:%m-%d}", one.reason) for one in await work.exemptions.since(date.min)
        ]


async def test_a_squad_leader_frees_his_communities_and_the_others_go_on(week: Chat) -> None:
    (said,) = await week.say(SQUAD, "本周豁免对接，防汛全员抽调", private=True)
    assert said == "已豁免：5月11日–5月17日，幸福里社区不用对接；原因已留存。"
    assert await freed(week) == [(HAPPY, "05-11", "防汛全员抽调")]
    lines = await week.until("2026-05-17 23:00")
    assert [line.to for line in in_groups(lines)] == [OTHER_GROUP]
    assert to(lines, OFFICER) == []
    assert len(to(lines, OTHER_OFFICER)) == 3
    later = await week.until("2026-05-25 09:01")
    assert await missed(week) == [(LAKE, "05-11")]
    assert len([line for line in in_groups(later) if line.to == GROUP]) == 2  # the next weeks are as before


async def test_the_leader_in_charge_frees_all_of_them_at_once(week: Chat) -> None:
    (said,) = await week.say(LEADER, "这周所有社区豁免对接，创文迎检", private=True)
    assert said == "已豁免：5月11日–5月17日，幸福里社区、梅湖社区不用对接；原因已留存。"
    assert await week.until("2026-05-17 23:00") == []


async def test_those_that_are_named_alone_are_freed(week: Chat) -> None:
    (said,) = await week.say(LEADER, "梅湖本周豁免对接，社区换届", private=True)
    assert "梅湖社区不用对接" in said
    lines = await week.until("2026-05-17 23:00")
    assert [line.to for line in in_groups(lines)] == [GROUP]
    assert to(lines, OTHER_OFFICER) == []


@pytest.mark.parametrize(
    ("who", "text", "answer"),
    [
        (SQUAD, "本周豁免对接", "豁免对接要说一句原因，如“本周豁免对接，防汛全员抽调”。"),
        (SQUAD, "梅湖本周豁免对接，防汛", "梅湖社区不在您管的范围，没有记。"),
        (SQUAD, "上周豁免对接，防汛", "已豁免：5月4日–5月10日，幸福里社区不用对接；原因已留存。"),
        (SQUAD, "4月20日到4月22日豁免对接，防汛", "那一周的对接已经汇总过，不能再豁免。"),
        (SQUAD, "6月8日豁免对接，防汛", "已豁免：6月8日–6月14日，幸福里社区不用对接；原因已留存。"),
        (SQUAD, "6月15日豁免对接，防汛", "对接最多豁免到4周以后，没有记。"),
        (SQUAD, "取消本周豁免", "没有能恢复的豁免。"),
        (OFFICER, "本周豁免对接，防汛", "对接的豁免由中队长说，我没有记。"),
    ],
)
async def test_who_may_when_and_why(week: Chat, who: str, text: str, answer: str) -> None:
    assert await week.say(who, text, private=True) == [answer]


async def test_how_far_ahead_is_the_bureaus_to_say(week: Chat) -> None:
    week.app.inbox._policy = type(week.settings)(_env_file=None, week_free_ahead=1).policy  # noqa: SLF001  (one setting)
    assert await week.say(SQUAD, "5月25日豁免对接，防汛", private=True) == ["对接最多豁免到1周以后，没有记。"]
    assert "已豁免" in (await week.say(SQUAD, "下周豁免对接，防汛", private=True))[0]


async def test_a_week_of_holidays_needs_none(database_file: Path, tmp_path: Path) -> None:
    async with starting("2026-02-10 08:00", database_file, tmp_path) as chat:
        assert await chat.say(SQUAD, "下周豁免对接，春节", private=True) == [
            "那一周工作日太少，本来就不用对接。"
        ]
        (said,) = await chat.say(SQUAD, "2月10日到2月27日豁免对接，防汛", private=True)
        assert said.startswith("已豁免：2月9日–3月1日，")
        assert [week for _, week, _ in await freed(chat)] == ["02-09", "02-23"]


async def test_a_week_that_was_missed_already_is_missed_no_more(week: Chat) -> None:
    await week.until("2026-05-19 18:01")
    assert await missed(week) == [(HAPPY, "05-11"), (LAKE, "05-11")]
    await week.say(SQUAD, "上周豁免对接，防汛", private=True)
    assert await missed(week) == [(LAKE, "05-11")]
    lines = await week.until("2026-05-25 09:01")
    assert to(lines, SQUAD) == []
    assert to(lines, LEADER) == [
        "5月11日–5月17日这一周，1个社区没有对接记录。\n5月11日–5月17日这一周，1个社区由中队长豁免了对接（防汛）。"
    ]


async def test_a_free_week_breaks_no_row_and_is_none(week: Chat) -> None:
    await week.until("2026-05-18 08:00")
    await week.say(SQUAD, "本周豁免对接，防汛", private=True)
    lines = await week.until("2026-06-08 09:01")
    assert [text for text in to(lines, SQUAD) if "连续" in text] == [
        "5月25日–5月31日这一周，1个社区没有对接记录。\n幸福里社区连续2周没有对接记录，请了解一下有什么难处。"
    ]


async def test_it_can_be_taken_back_while_one_can_still_check_in(week: Chat) -> None:
    await week.say(SQUAD, "本周豁免对接，防汛", private=True)
    await week.until("2026-05-13 10:00")
    assert await week.say(SQUAD, "恢复本周对接", private=True) == [
        "已恢复：5月11日–5月17日，幸福里社区照常对接。"
    ]
    assert await freed(week) == []
    assert len(to(await week.until("2026-05-17 23:00"), OFFICER)) == 3
    await week.until("2026-05-19 18:01")
    assert await missed(week) == [(HAPPY, "05-11"), (LAKE, "05-11")]


async def test_it_cannot_be_taken_back_when_nobody_can_check_in_any_more(week: Chat) -> None:
    await week.say(SQUAD, "本周豁免对接，防汛", private=True)
    await week.until("2026-05-19 18:01")
    assert await week.say(SQUAD, "取消上周豁免", private=True) == ["没有能恢复的豁免。"]
    assert [name for name, _, _ in await freed(week)] == [HAPPY]


async def test_who_confirms_a_card_confirms_nothing_of_a_community_that_is_free(week: Chat) -> None:
    happy, lake = ROSTER.communities
    both = replace(ROSTER, communities=(happy, replace(lake, officers=happy.officers)))
    async with week.database.begin() as work:
        await save_roster(work.connection, both)
    await week.say(SQUAD, "本周豁免对接，防汛", private=True)
    (card,) = to(await week.until("2026-05-14 09:31"), OFFICER)
    assert LAKE in card
    assert HAPPY not in card
    await week.say(OFFICER, "1", private=True)
    assert [one.community for one in await met(week)] == [LAKE]
    async with week.database.begin() as work:
        await save_roster(work.connection, ROSTER)


async def test_a_visit_in_a_free_week_is_on_record_all_the_same(week: Chat) -> None:
    await week.say(SQUAD, "本周豁免对接，防汛", private=True)
    await week.say(OFFICER, "去了幸福里，见了社区小刘，没什么事", private=True)
    assert [one.community for one in await met(week)] == [HAPPY]


async def test_who_asks_for_what_is_missed_is_not_told_of_what_is_free(week: Chat) -> None:
    await week.say(OTHER_OFFICER, "制止店外经营 2起 梅湖社区", private=True)
    await week.say(SQUAD, "本周豁免对接，防汛", private=True)
    await week.until("2026-05-15 17:00")
    (said,) = await week.say(LEADER, "本周哪些社区没有对接", private=True)
    assert "梅湖社区" in said
    assert HAPPY not in said


async def test_a_question_about_it_frees_nobody(week: Chat) -> None:
    await week.say(SQUAD, "本周对接能不能豁免？", private=True)
    await week.say("李姐", "本周豁免对接，防汛", private=True)
    assert await freed(week) == []


async def test_twice_is_once_and_the_first_reason_stays(week: Chat, database_file: Path) -> None:
    await week.say(SQUAD, "本周豁免对接，防汛", private=True)
    await week.say(LEADER, "本周豁免对接，创文", private=True)
    database = Database(f"sqlite:///{database_file}")
    async with database.begin() as work:
        found = [(one.community, one.by, one.reason) for one in await work.exemptions.of(date(2026, 5, 11))]
    await database.close()
    assert found == [(HAPPY, SQUAD, "防汛"), (LAKE, LEADER, "创文")]
