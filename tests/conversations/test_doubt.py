"""Between certain and nothing: who knows the place is asked; a mistake is undone with one word."""

from dataclasses import replace

import pytest

from domain.people import Person, Strength
from domain.state import State
from storage.roster import save_roster
from tests.chat import OTHER_GROUP, ROSTER, Chat
from tests.conversations.meanings import report
from understanding import Intent, Problem, Reading

Meaning = dict[str, Reading]
WORDS = "这味道也太冲了吧 3栋这边"
PERHAPS = Reading(Intent.CHATTER, 0.5, doubtful=(Problem("油烟污染", "3栋", urgent=False, confidence=0.4),))


async def labels(chat: Chat) -> list[tuple[str, str]]:
    async with chat.database.begin() as work:
        return [(message, label) for message, label, _, _ in await work.desk.labelled()]


async def strength(chat: Chat, value: Strength) -> None:
    here, there = ROSTER.communities
    async with chat.database.begin() as work:
        new = replace(ROSTER, communities=(replace(here, strength=value), there))
        await save_roster(work.connection, new)


async def test_yes_opens_the_ticket_of_who_said_it(chat: Chat, meaning: Meaning) -> None:
    meaning[WORDS] = PERHAPS
    assert await chat.say("李姐", WORDS) == []
    (asked,) = chat.told("社区小刘")
    assert WORDS in asked
    assert "李姐" not in asked
    await chat.say("社区小刘", "1", private=True)
    ticket = await chat.ticket()
    assert ticket.no in chat.in_group()[0]
    assert ticket.category == "油烟污染"
    async with chat.database.begin() as work:
        assert await work.tickets.reporter(ticket.no) == "李姐"
    assert await labels(chat) == [("m1", "油烟污染")]


async def test_no_opens_nothing_and_is_remembered(chat: Chat, meaning: Meaning) -> None:
    meaning[WORDS] = PERHAPS
    await chat.say("李姐", WORDS)
    (said,) = await chat.say("社区小刘", "0", private=True)
    assert "不登记" in said
    assert await chat.tickets() == []
    assert await labels(chat) == [("m1", "chatter")]
    await chat.say("社区小刘", "1", private=True)
    assert await chat.tickets() == []


async def test_one_question_at_a_time_and_none_for_ever(chat: Chat, meaning: Meaning) -> None:
    meaning[WORDS] = PERHAPS
    await chat.say("李姐", WORDS)
    await chat.say("老涂", WORDS)
    assert chat.told("社区小刘") == []
    await chat.wait(hours=25)
    await chat.say("小万", WORDS)
    assert len(chat.told("社区小刘")) == 1
    await chat.say("社区小刘", "1", private=True)
    async with chat.database.begin() as work:
        assert await work.tickets.reporter((await work.tickets.all())[0].no) == "小万"


async def test_where_there_is_no_worker_the_main_officer_is_asked(chat: Chat, meaning: Meaning) -> None:
    here, there = ROSTER.communities
    async with chat.database.begin() as work:
        unbound = replace(here, workers=(Person(None, "小刘"),))
        await save_roster(work.connection, replace(ROSTER, communities=(unbound, there)))
    meaning[WORDS] = PERHAPS
    await chat.say("李姐", WORDS)
    assert len(chat.told("城管-李四")) == 1
    await chat.say("城管-李四", "1", private=True)
    assert (await chat.ticket()).state is State.DISPATCHED


@pytest.mark.parametrize(
    ("value", "confidence", "to", "tickets", "asked"),
    [
        (Strength.QUIET, 0.9, None, 0, 0),
        (Strength.QUIET, 0.96, None, 1, 0),
        (Strength.QUIET, 0.7, "bot", 1, 0),
        (Strength.NORMAL, 0.7, None, 1, 0),
        (Strength.NORMAL, None, None, 0, 1),
        (Strength.EAGER, None, None, 1, 0),
        (Strength.QUIET, None, None, 0, 0),
    ],
)
async def test_how_readily_a_group_wants_it(  # noqa: PLR0913, PLR0917 - a row of the table
    chat: Chat,
    meaning: Meaning,
    value: Strength,
    confidence: float | None,
    to: str | None,
    tickets: int,
    asked: int,
) -> None:
    await strength(chat, value)
    sure = (Problem("油烟污染", "3栋", urgent=False, confidence=confidence or 0.0),)
    meaning[WORDS] = PERHAPS if confidence is None else replace(report(), problems=sure)
    await chat.say("李姐", WORDS, to=to)
    assert len(await chat.tickets()) == tickets
    assert len(chat.told("社区小刘")) == asked


@pytest.mark.parametrize("who", ["城管陈五", "社区小刘", "物业王姐"])
async def test_a_mistake_is_undone_with_one_word(chat: Chat, meaning: Meaning, who: str) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟")
    ticket = await chat.ticket()
    (said,) = await chat.say(who, "误报", quote=await chat.line_about(ticket.no))
    assert said == f"{ticket.no} 登记有误，已撤销。"
    assert (await chat.ticket()).state is State.REJECTED
    assert await labels(chat) == [("m1", "chatter")]


async def test_a_mistake_leaves_nothing_in_the_group(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"], meaning["垃圾"] = report("3栋"), report("5栋", "暴露垃圾")
    await chat.say("李姐", "油烟")
    await chat.say("老涂", "垃圾")
    first, second = [await chat.line_about(ticket.no) for ticket in await chat.tickets()]
    await chat.say("城管-李四", "误报", quote=first)
    assert chat.platform.gone == [first]
    await chat.say("城管-李四", "误报", private=True, quote=second)
    assert chat.platform.gone == [first, second]
    assert len(chat.in_group()) == 1  # that it was a mistake is still said


async def test_what_cannot_be_taken_back_bothers_nobody(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟")
    chat.platform.forgetful = False
    (said,) = await chat.say("城管-李四", "误报")
    assert "登记有误" in said
    async with chat.database.begin() as work:
        assert await work.outbox.of_status("waiting", "claimed", "failed") == []


async def test_a_platform_that_fails_to_take_back_is_not_asked_again(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟")
    chat.platform.broken = OSError("no network")
    await chat.say("城管-李四", "误报")
    chat.platform.broken = None
    await chat.wait(hours=1)
    assert chat.platform.gone == []
    assert "登记有误" in chat.platform.lines[-1].text


async def test_of_a_private_report_the_group_has_nothing_to_forget(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟", private=True)
    await chat.say("城管-李四", f"{(await chat.ticket()).no} 误报", private=True)
    assert chat.platform.gone == []
    assert (await chat.ticket()).state is State.REJECTED


@pytest.mark.parametrize("who", ["老涂", "张科长", "城管-赵六"])
async def test_not_everybody_undoes(chat: Chat, meaning: Meaning, who: str) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟")
    await chat.say(who, "误报", quote=await chat.line_about((await chat.ticket()).no))
    assert (await chat.ticket()).open


async def test_which_mistake_is_meant(chat: Chat, meaning: Meaning) -> None:
    meaning["油烟"], meaning["垃圾"] = report("3栋"), report("5栋", "暴露垃圾")
    await chat.say("李姐", "油烟")
    await chat.say("老涂", "垃圾")
    first, second = await chat.tickets()
    await chat.say("城管-李四", f"{first.no} 误报", private=True)
    assert [t.open for t in await chat.tickets()] == [False, True]
    await chat.say("城管-李四", "误报")
    assert [t.open for t in await chat.tickets()] == [False, False]
    assert second.open
    (said,) = await chat.say("城管-李四", "误报", private=True)
    assert "没有查到" in said


async def test_a_private_yes_of_somebody_not_asked_is_nothing(chat: Chat, meaning: Meaning) -> None:
    meaning[WORDS] = PERHAPS
    await chat.say("李姐", WORDS)
    for who in ("物业王姐", "老涂"):
        await chat.say(who, "1", private=True)
    await chat.say("社区小刘", "1", group=OTHER_GROUP)
    await chat.say("社区小刘", "1")
    assert await chat.tickets() == []
