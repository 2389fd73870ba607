"""What nobody asked for: how much of it a group hears, and when."""

from datetime import timedelta

from domain.message import Occasion, Reply
from storage.outgoing import CANCELLED
from tests.chat import OTHER_GROUP, START, Chat
from tests.conversations.outgoing import news, put, status_of, unasked, words


async def test_one_unasked_line_a_day_and_three_a_week(chat: Chat) -> None:
    await put(chat, *(unasked(str(n)) for n in range(5)))
    days = [(day, words(await chat.until(f"2026-05-{day + 1} 00:00"))) for day in range(11, 19)]
    assert days[:3] == [(11, []), (12, ["1"]), (13, ["2"])]
    assert days[3:] == [(14, []), (15, []), (16, []), (17, []), (18, ["3"])]
    assert words(await chat.until("2026-05-19 23:00")) == ["4"]
    assert words(chat.platform.lines)[0] == "0"


async def test_each_group_has_its_own_measure(chat: Chat) -> None:
    await put(chat, unasked("一"), Reply(OTHER_GROUP, "二", occasion=Occasion.UNASKED))
    assert words(chat.platform.lines) == ["一", "二"]


async def test_what_finds_no_room_in_time_is_not_said(chat: Chat) -> None:
    tonight = START + timedelta(hours=2)
    await put(chat, unasked("一"), unasked("二", expires_at=tonight))
    await chat.until("2026-05-15 00:00")
    assert words(chat.platform.lines) == ["一"]
    assert await status_of(chat, CANCELLED) == ["二"]


async def test_nobody_is_bothered_unasked_at_the_weekend(chat: Chat) -> None:
    await chat.until("2026-05-15 21:00")
    await put(chat, unasked("一"), news("二"))
    assert words(await chat.until("2026-05-16 08:01")) == ["二"]
    assert words(await chat.until("2026-05-18 08:01")) == ["一"]
