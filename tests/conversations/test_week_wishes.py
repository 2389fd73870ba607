"""What residents answer to the week's invitation, and what of it stands on the officers' card."""

from datetime import date

import pytest

from domain.ids import MessageId
from tests.chat import GROUP, Chat
from tests.conversations.meanings import report
from tests.conversations.weeks import HAPPY, OFFICER, card, met
from understanding import Reading


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
