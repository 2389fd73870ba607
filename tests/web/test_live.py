"""The live stream: the scene at once, then only what is new in it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, cast

import pytest

from tests.web.fake import BOT, LI, SUNSHINE, ZHOU, FakeRoom
from web.live import LINES, Told, events
from web.room import Draft, RoomError, Scene

GROUP = SUNSHINE.id


async def news(stream: AsyncIterator[str]) -> dict[str, Any]:
    """The next piece of news, sign of life and preliminaries left out."""
    async with asyncio.timeout(5):
        async for chunk in stream:
            if chunk.startswith("event: scene\ndata: "):
                return cast("dict[str, Any]", json.loads(chunk.partition("data: ")[2]))
    raise AssertionError("the stream ended")


def following(room: FakeRoom, heartbeat: float = 20) -> "aclosing[Any]":
    return aclosing(cast("Any", events(room, GROUP, LI.id, heartbeat)))


async def test_the_first_news_is_everything(room: FakeRoom) -> None:
    room.tell(GROUP, ZHOU, Draft("楼下又冒烟了"))
    async with following(room) as stream:
        assert await anext(stream) == "retry: 1500\n\n"
        first = await news(stream)
    assert first["order"] == ["g1-m1"]
    assert first["tickets"] == []
    assert first["lines"][0] | {"at": None} == {
        "id": "g1-m1", "sender": "r2", "name": "一楼老周", "role": "resident", "at": None, "kind": "text",
        "text": "楼下又冒烟了", "mentions": [], "quoted": "", "picture": None, "file": None, "private": False, "recalled": False,
    }  # fmt: skip
    assert first["lines"][0]["at"] == "2026-05-11T19:31:00+08:00"


async def test_later_news_is_only_what_changed(room: FakeRoom) -> None:
    said = room.tell(GROUP, LI, Draft("说错了"))
    async with following(room) as stream:
        await news(stream)
        room.tell(GROUP, ZHOU, Draft("什么"))
        later = await news(stream)
        assert (later["order"], [line["text"] for line in later["lines"]]) == (["g1-m1", "g1-m2"], ["什么"])
        assert later["tickets"] is None
        await room.recall(GROUP, LI.id, said)
        recalled = await news(stream)
        assert [(line["id"], line["text"], line["recalled"]) for line in recalled["lines"]] == [
            ("g1-m1", "", True)
        ]
        room.raise_ticket(GROUP)
        moved = await news(stream)
        assert (moved["lines"], moved["tickets"][0]["no"]) == ([], "20260511-001")


async def test_private_lines_reach_only_their_person(room: FakeRoom) -> None:
    room.tell(GROUP, BOT, Draft("只给老周", private=True), only=ZHOU.id)
    room.tell(GROUP, ZHOU, Draft("给大家"))
    async with following(room) as stream:
        assert [line["text"] for line in (await news(stream))["lines"]] == ["给大家"]


async def test_a_recalled_line_tells_nothing_of_what_it_said(room: FakeRoom) -> None:
    scene = await _scene_with_recalled(room)
    told = Told().news(scene)
    assert "秘密" not in json.dumps(told, ensure_ascii=False)


async def _scene_with_recalled(room: FakeRoom) -> Scene:
    said = room.tell(GROUP, LI, Draft("秘密", mentions=[BOT.id]))
    await room.recall(GROUP, LI.id, said)
    return await room.scene(GROUP, LI.id)


async def test_a_page_gets_the_latest_lines_only(room: FakeRoom) -> None:
    for count in range(LINES + 5):
        room.tell(GROUP, ZHOU, Draft(f"第{count}句"))
    told = Told()
    first = told.news(await room.scene(GROUP, LI.id))
    assert first is not None
    order = cast("list[str]", first["order"])
    assert (len(order), order[0]) == (LINES, "g1-m6")
    assert told.news(await room.scene(GROUP, LI.id)) is None


async def test_quiet_is_filled_with_signs_of_life_and_loses_nothing(room: FakeRoom) -> None:
    async with following(room, heartbeat=0.01) as stream:
        await news(stream)
        assert await anext(stream) == ": still here\n\n"
        assert await anext(stream) == ": still here\n\n"
        room.tell(GROUP, ZHOU, Draft("来了"))
        assert [line["text"] for line in (await news(stream))["lines"]] == ["来了"]


async def test_the_stream_ends_with_the_program(room: FakeRoom) -> None:
    async with following(room) as stream:
        await news(stream)
        room.stop()
        assert [chunk async for chunk in stream] == []
    assert room.followers == 0


async def test_a_page_that_leaves_is_forgotten(room: FakeRoom) -> None:
    async with following(room) as stream:
        await news(stream)
        assert room.followers == 1
    await asyncio.sleep(0.05)
    assert room.followers == 0


async def test_the_stream_ends_where_the_group_goes_away(room: FakeRoom) -> None:
    async with following(room) as stream:
        await news(stream)
        room.tell(GROUP, ZHOU, Draft("再见"))
        room.cards.clear()
        assert [chunk async for chunk in stream] == []
    with pytest.raises(RoomError):
        await room.scene(GROUP, LI.id)
