"""A ticket is put on the books (挂账): nothing runs, until its day or until somebody takes it up again."""

from zoneinfo import ZoneInfo

import pytest

from domain.action import Action
from domain.state import State
from tests.chat import Chat
from tests.conversations.hearing import heard
from tests.conversations.limits import BINS, MAIN, SQUAD, Meaning, at, opened
from tests.conversations.meanings import does


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
