"""One contract for every connection: the same talk leads to the same answers, tickets and ids, wherever it is held."""

import copy
import json
import re
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.app import App
from bot.chat.browser import Changes, Recorded
from bot.clock import WallClock
from bot.replay import Replay
from bot.room import ChatRoom
from bot.settings import Settings
from bot.transcript import load
from domain.ids import GroupId, MemberId
from storage.database import Database
from storage.media import MediaStore
from storage.roster import join_group, save_roster
from tests.chat import NEVER_QUIET
from tests.wechat.bot import GROUP, ROSTER, WORLD, Bot, until
from tests.wechat.gateway import Gateway, needs_node
from web.room import Draft

TALK = (
    ("wxid_jie", "3栋楼下烧烤店油烟直往家里灌，窗户都不敢开", False),
    ("wxid_tu", "今天排骨多少钱一斤", False),
    ("wxid_li", "收到，我过去看看", False),
    ("wxid_zhang", "在办", True),
    ("wxid_li", "已处理", False),
    ("wxid_jie", "好了，谢谢", False),
)
"""Who says what, and whether to the bot alone."""


class Outcome(NamedTuple):
    """What came of a talk: what the bot said to whom, calling whom; the steps of the tickets."""

    said: list[tuple[str, str, tuple[str, ...]]]
    steps: list[str]


async def outcome(database: Database) -> Outcome:
    """Read it from the database, numbers without their day."""
    async with database.begin() as work:
        lines = await work.outbox.of_status("sent")
        steps = [s.action.value for t in await work.tickets.all() for s in await work.tickets.record(t.no)]
        ids = [await work.outbox.latest_about(t.no) for t in await work.tickets.all()]
    assert all(ids)  # a quote of what was said finds its ticket
    said = [(str(one.reply.to), re.sub(r"\d{8}-", "", one.reply.text), one.reply.mentions) for one in lines]
    return Outcome(sorted(said), steps)


async def in_the_browser(file: Path, folder: Path) -> Outcome:
    address = f"sqlite:///{file}"
    settings = Settings(_env_file=None, database=address, media=folder, pace_seconds=0, **NEVER_QUIET)
    database = Database(settings.database)
    async with database.begin() as work:
        await save_roster(work.connection, ROSTER)
        people = {MemberId(key): name for key, name in WORLD["contacts"].items()}
        await join_group(work.connection, GroupId(GROUP), people)
    app = App(settings, database, Recorded(), WallClock())
    room = ChatRoom(app, Changes(), MediaStore(folder), WallClock(), None)
    for who, text, private in TALK:
        await room.say(GroupId(GROUP), MemberId(who), Draft(text=text, private=private))
        await app.outbox.flush()
    result = await outcome(database)
    await database.close()
    return result


async def in_a_replay(file: Path, folder: Path) -> Outcome:
    roles = {
        "wxid_li": "officer",
        "wxid_chen": "officer",
        "wxid_liu": "community",
        "wxid_zhang": "supervisor",
    }
    members = [
        {"id": key, "name": name, "role": roles.get(key, "resident")}
        for key, name in WORLD["contacts"].items()
    ]
    lines: list[dict[str, object]] = [
        {
            "type": "group",
            "id": GROUP,
            "community": "幸福里社区",
            "street": "洪都街道",
            "places": ["幸福里", "洪都中大道"],
            "members": members,
        }
    ]
    at = datetime(2026, 5, 11, 10, tzinfo=UTC)
    for number, (who, text, private) in enumerate(TALK):
        sent = (at + timedelta(minutes=number)).isoformat()
        line = {"type": "message", "id": f"m{number}", "at": sent, "from": who, "kind": "text", "text": text}
        lines.append({**line, "private": private})
    chat = folder / "talk.chat.jsonl"
    chat.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    database = Database(f"sqlite:///{file}")
    address = f"sqlite:///{file}"
    settings = Settings(_env_file=None, database=address, media=folder, pace_seconds=0, **NEVER_QUIET)
    async for _ in Replay(load(chat), settings, database).run():
        pass
    result = await outcome(database)
    await database.close()
    return result


async def in_wechat(file: Path, folder: Path) -> Outcome:
    gateway = await Gateway(copy.deepcopy(WORLD)).start()
    async with Bot(gateway, folder, file) as bot:
        await bot.ready()
        for number, (who, text, private) in enumerate(TALK, start=1):
            await gateway.do("say", **{"from": who, "text": text, "room": None if private else GROUP})
            await bot.settled(number)

            async def all_out() -> bool:
                async with bot.database.begin() as work:
                    return not await work.outbox.of_status("waiting", "claimed")

            await until(all_out, "everything is said")
        result = await outcome(bot.database)
        there = sorted((line["to"], tuple(line["mentions"])) for line in await gateway.do("said"))
        assert there == [(to, mentions) for to, _, mentions in result.said]
    await gateway.stop()
    return result


PLACES = [
    pytest.param(in_a_replay, id="replay"),
    pytest.param(in_wechat, id="wechat", marks=needs_node),
]


@pytest.mark.parametrize("hold", PLACES)
async def test_the_same_talk_comes_to_the_same(
    hold: Callable[[Path, Path], Awaitable[Outcome]], empty_database: Path, tmp_path: Path
) -> None:
    files = [tmp_path / "browser.db", tmp_path / "other.db"]
    for file in files:
        shutil.copyfile(empty_database, file)
    expected = await in_the_browser(files[0], tmp_path / "media")
    assert expected.steps == ["register", "dispatch", "accept", "resolve", "confirm"]
    assert await hold(files[1], tmp_path) == expected
