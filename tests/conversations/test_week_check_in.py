"""The officers' card of the week, and how they check in: with one character, or a sentence at any time."""

from datetime import date

import pytest

from domain.action import Action
from domain.people import Roster
from domain.state import State
from storage.roster import save_roster
from tests.chat import ROSTER, Chat
from tests.conversations.hearing import to
from tests.conversations.meanings import does, report
from tests.conversations.weeks import HAPPY, LAKE, OFFICER, SECOND, card, met, missed
from understanding import Reading


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


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("上周四去过社区了，忘了报", "5月14日"),
        ("上周五下去跑了一趟社区，忘记登了", "5月15日"),
        ("昨天去了趟居委会，忘了说", "5月18日"),
        ("对接了，普法宣传发了30份传单", "5月19日"),
        ("这周已经对接过了", "5月19日"),
    ],
)
async def test_a_talk_told_in_few_words_is_the_only_communitys(week: Chat, words: str, day: str) -> None:
    await week.until("2026-05-19 10:00")
    (said,) = await week.say(OFFICER, words, private=True)
    assert f"{HAPPY} {day}到访" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("说错了，是电话", "5月12日电话 社区小刘"),
        ("是电话联系的", "5月12日电话 社区小刘"),
        ("不是到访，是打的电话", "5月12日电话 社区小刘"),
        ("记错了，昨天去的", "5月11日到访 社区小刘"),
        ("不对，见的是王书记", "5月12日到访 王书记"),
    ],
)
async def test_a_talk_is_put_right_in_a_word(week: Chat, words: str, said: str) -> None:
    await week.until("2026-05-12 10:00")
    await week.say("李姐", "1号楼底下炒粉店油烟灌到屋里头来了")
    await week.say(OFFICER, "去了幸福里，见了社区小刘", private=True)
    assert await week.say(OFFICER, words, private=True) == [f"已改：{HAPPY} {said}。"]
    assert len(await met(week)) == 1
    assert (await week.ticket()).state is State.DISPATCHED


@pytest.mark.parametrize("words", ["撤销", "刚才那条作废"])
async def test_what_was_told_last_is_taken_back_a_talk_or_an_own_action(week: Chat, words: str) -> None:
    await week.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    await week.say(OFFICER, "去了幸福里，见了社区小刘", private=True)
    (said,) = await week.say(OFFICER, words, private=True)
    assert said == f"已撤销：{HAPPY} 5月11日到访 社区小刘。"
    (said,) = await week.say(OFFICER, words, private=True)
    assert said == "已撤销：店外经营 2起（洪都中大道）。"
