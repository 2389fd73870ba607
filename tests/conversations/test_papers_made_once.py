"""A report or ledger is made once, whatever breaks; what takes long or cannot be made is said."""

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from domain.records import Duty
from tests.chat import Chat
from tests.conversations.complaints import CHIEF, LEADER
from tests.conversations.papers import ask, files, reporting, told

pytestmark = pytest.mark.usefixtures("complaints")


async def test_after_a_standstill_only_what_is_still_of_use_is_sent_and_once(
    database_file: Path, tmp_path: Path
) -> None:
    async with reporting("2026-05-11 09:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        await chat.say("李姐", "摆到外面1")
        chat.clock.advance(datetime.fromisoformat("2026-05-19 19:00+08:00"))  # nobody was there for a week
        await chat.app.catch_up()
        before = len(chat.platform.lines)
        await chat.wait(minutes=5)
        lines = chat.platform.lines[before:]
        daily = [text for text in told(lines, CHIEF) if text.startswith("日报")]
        assert [text[:8] for text in daily] == ["日报 5月19日"[:8]]
        assert files(lines, CHIEF) == ["周报_2026-05-11至2026-05-17_洪都街道.docx"]
        await chat.app.catch_up()
        assert await chat.wait(minutes=5) == []
        assert len(chat.platform.lines) == before + len(lines)


async def test_two_programs_send_it_once(database_file: Path, tmp_path: Path) -> None:
    async with (
        reporting("2026-05-11 17:00", database_file, tmp_path) as chat,
        reporting("2026-05-11 17:00", database_file, tmp_path) as twin,
    ):
        await chat.app.plan_ahead()
        for one in (chat, twin):
            one.clock.advance(datetime.fromisoformat("2026-05-11 17:31+08:00"))
        await asyncio.gather(chat.app.jobs.tick(), twin.app.jobs.tick())
        await asyncio.gather(chat.app.papers.tick(), twin.app.papers.tick())
        await chat.app.outbox.flush()
        await twin.app.outbox.flush()
        lines = chat.platform.lines + twin.platform.lines
        assert len(told(lines, CHIEF)) == 1
        assert len(told(lines, LEADER)) == 1


async def test_one_that_cannot_be_made_is_tried_again_and_holds_up_nobody_else(
    database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reporting("2026-05-11 17:00", database_file, tmp_path) as chat:
        await chat.app.plan_ahead()
        broken = {CHIEF}
        whole = chat.app.papers._made  # noqa: SLF001  (where a bug would be)

        async def made(duty: Duty) -> object:
            if duty.subject in broken:
                raise RuntimeError("a bug")
            return await whole(duty)

        monkeypatch.setattr(chat.app.papers, "_made", made)
        lines = await chat.until("2026-05-11 17:31")
        assert (len(told(lines, CHIEF)), len(told(lines, LEADER))) == (0, 1)
        broken.clear()
        assert len(told(await chat.until("2026-05-11 18:40"), CHIEF)) == 1


# --- on request ------------------------------------------------------------------------------------


async def test_who_asks_for_a_long_ledger_hears_that_it_takes_a_while(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await chat.say("李姐", f"摆到外面{number}")
    assert "正在生成" not in "".join(told(await ask(chat, "台账"), CHIEF))
    monkeypatch.setattr("handlers.papers.asking._LONG", 2)
    first, second, third = await ask(chat, "台账")
    assert first.text == "正在生成台账（3 件），好了就发给您。"
    assert second.text.startswith("台账（洪都街道")
    assert third.file


async def test_who_asked_hears_where_it_could_not_be_made(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.say("李姐", "摆到外面1")

    async def made(_: Duty) -> object:
        raise RuntimeError("a bug")

    monkeypatch.setattr(chat.app.papers, "_made", made)
    assert told(await ask(chat, "台账"), CHIEF) == ["台账没有做成，已记下来，请告诉管理员。"]
    await chat.wait(hours=3)
    assert len([text for text in told(chat.platform.lines, CHIEF) if "台账" in text]) == 1
