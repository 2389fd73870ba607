"""One contract for every connection: the same talk leads to the same answers, tickets and ids, wherever it is held."""

import copy
import hashlib
import json
import re
import shutil
from collections.abc import Awaitable, Callable, Sequence
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
from domain.message import Kind, Reply
from reports.picture import draw
from storage.chatroom import shown_lines
from storage.database import Database
from storage.media import MediaStore
from storage.roster import join_group, save_roster
from tests.chat import NEVER_QUIET
from tests.reports.samples import PARTS
from tests.wechat.bot import GROUP, ROSTER, WORLD, Bot, until
from tests.wechat.gateway import Gateway, needs_node
from tests.wecom import bot as wecom_bot
from tests.wecom.server import WeCom
from web.room import Draft

CHATTER = "今天排骨多少钱一斤"
TALK = (
    ("wxid_jie", "3栋楼下烧烤店油烟直往家里灌，窗户都不敢开", False),
    ("wxid_tu", CHATTER, False),
    ("wxid_li", "收到，我过去看看", False),
    ("wxid_zhang", "在办", True),
    ("wxid_li", "已处理", False),
    ("wxid_jie", "好了，谢谢", False),
)
"""Who says what, and whether to the bot alone."""
MISTAKE = (
    ("wxid_jie", "3栋楼下烧烤店油烟直往家里灌，窗户都不敢开", False),
    ("wxid_liu", "误报", False),
)
CHART, TABLE = b"\x89PNG\r\n\x1a\n a chart", b"PK a table"
EXPECTED = {"本周.png": hashlib.sha256(CHART).hexdigest(), "工单.xlsx": hashlib.sha256(TABLE).hexdigest()}
DRAWN = "五大整治受理.png"
"""A picture that is not there before it is sent."""
Talk = Sequence[tuple[str, str, bool]]
Prepare = Callable[[Database, MediaStore], Awaitable[None]]


class Outcome(NamedTuple):
    """What came of a talk: what the bot said to whom, calling whom; the steps of the tickets; what is gone."""

    said: list[tuple[str, str, tuple[str, ...]]]
    steps: list[str]
    gone: list[str]


async def nothing(database: Database, media: MediaStore) -> None:
    """Nothing is to be said before the talk."""
    del database, media


async def files(database: Database, media: MediaStore) -> None:
    """A picture for the group, with words, and a file for an officer."""
    chart = media.keep("本周.png", "image/png", CHART)
    table = media.keep("工单.xlsx", "application/vnd.ms-excel", TABLE)
    replies = [
        Reply(GroupId(GROUP), "本周简报", file=chart),
        Reply(MemberId("wxid_li"), in_group=False, file=table),
        Reply(MemberId("wxid_zhang"), "各整治的数", in_group=False, chart=PARTS),
    ]
    EXPECTED[DRAWN] = hashlib.sha256(draw(PARTS)).hexdigest()
    async with database.begin() as work:
        await work.outbox.put(replies, None, datetime(2026, 5, 11, 9, tzinfo=UTC))


def without_day(text: str) -> str:
    """Numbers without their day, and without until when, which hangs on the day, too."""
    return re.sub(r"，从\S+?算|(?:今天|\d+月\d+日\(周.\))\d+:\d+前", "", re.sub(r"\d{8}-", "", text))


async def outcome(database: Database) -> Outcome:
    """Read it from the database."""
    async with database.begin() as work:
        lines = [line for line in await work.outbox.of_status("sent") if line.takes_back is None]
        shown = await shown_lines(work, GroupId(GROUP), MemberId("wxid_li"), 100)
        steps = [s.action.value for t in await work.tickets.all() for s in await work.tickets.record(t.no)]
        ids = [await work.outbox.latest_about(t.no) for t in await work.tickets.all()]
    assert all(ids)  # a quote of what was said finds its ticket
    replies = [line.reply for line in lines]
    said = [
        (str(one.to), one.file.name if one.file else without_day(one.text), one.mentions) for one in replies
    ]
    gone = [without_day(line.text) for line in shown if line.recalled and line.sender is None]
    return Outcome(sorted(said), steps, gone)


async def in_the_browser(file: Path, folder: Path, talk: Talk, prepare: Prepare) -> Outcome:
    address = f"sqlite:///{file}"
    settings = Settings(_env_file=None, database=address, media=folder, pace_seconds=0, **NEVER_QUIET)
    database = Database(settings.database)
    async with database.begin() as work:
        await save_roster(work.connection, ROSTER)
        people = {MemberId(key): name for key, name in WORLD["contacts"].items()}
        await join_group(work.connection, GroupId(GROUP), people)
    app = App(settings, database, Recorded(), WallClock())
    room = ChatRoom(app, Changes(), MediaStore(folder), WallClock(), None)
    await prepare(database, MediaStore(folder))
    await app.outbox.flush()
    for who, text, private in talk:
        await room.say(GroupId(GROUP), MemberId(who), Draft(text=text, private=private))
        await app.outbox.flush()
    result = await outcome(database)
    await database.close()
    return result


async def in_a_replay(file: Path, folder: Path, talk: Talk, prepare: Prepare) -> Outcome:
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
    for number, (who, text, private) in enumerate(talk):
        sent = (at + timedelta(minutes=number)).isoformat()
        line = {"type": "message", "id": f"m{number}", "at": sent, "from": who, "kind": "text", "text": text}
        lines.append({**line, "private": private})
    chat = folder / "talk.chat.jsonl"
    chat.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    database = Database(f"sqlite:///{file}")
    address = f"sqlite:///{file}"
    settings = Settings(_env_file=None, database=address, media=folder, pace_seconds=0, **NEVER_QUIET)
    await prepare(database, MediaStore(folder))
    replay = Replay(load(chat), settings, database)
    async for _ in replay.run():
        pass
    result = await outcome(database)
    written = await replay.result()
    assert len([row for row in written if row["type"] == "recall"]) == len(result.gone)
    hashes = {row["file"]["name"]: row["file"]["sha256"] for row in written if "file" in row}
    assert hashes == {name: EXPECTED[name] for _, name, _ in result.said if name in EXPECTED}
    await database.close()
    return result


async def in_wechat(file: Path, folder: Path, talk: Talk, prepare: Prepare) -> Outcome:
    gateway = await Gateway(copy.deepcopy(WORLD)).start()
    async with Bot(gateway, folder, file) as bot:
        await bot.ready()
        await prepare(bot.database, MediaStore(bot.settings.media))
        for number, (who, text, private) in enumerate(talk, start=1):
            await gateway.do("say", **{"from": who, "text": text, "room": None if private else GROUP})
            await bot.settled(number)

            async def all_out() -> bool:
                async with bot.database.begin() as work:
                    return not await work.outbox.of_status("waiting", "claimed")

            await until(all_out, "everything is said")
        result = await outcome(bot.database)
        heard = await gateway.do("said")
        there = sorted((line["to"], tuple(line.get("mentions", ()))) for line in heard if "to" in line)
        assert there == sorted((to, mentions) for to, _, mentions in result.said)
        hashes = {line["name"]: line["sha256"] for line in heard if "name" in line}
        assert hashes == {name: EXPECTED[name] for _, name, _ in result.said if name in EXPECTED}
        gone = {line["recalled"] for line in heard if "recalled" in line}
        assert [without_day(line["text"]) for line in heard if line.get("id") in gone] == [
            "@城管-李四\u2005@城管陈五\u2005" + text for text in result.gone
        ]
    await gateway.stop()
    return result


async def in_wecom(file: Path, folder: Path, talk: Talk, prepare: Prepare) -> Outcome:
    server = await WeCom().start()
    server.talks |= {GROUP, *WORLD["contacts"]}  # everybody has said something to it before
    async with wecom_bot.Bot(server, folder, file) as bot:
        await bot.ready()
        await prepare(bot.database, MediaStore(bot.settings.media))
        heard = 0
        for who, text, private in talk:
            if text == CHATTER:  # among neighbours nobody calls the bot, and then it does not hear
                assert not await server.send(who, GROUP, msgtype="text", text={"content": text})
                continue
            await server.say(who, text, None if private else GROUP)
            heard += 1
            await bot.settled(heard)

            async def all_out() -> bool:
                async with bot.database.begin() as work:
                    return not await work.outbox.of_status("waiting", "claimed")

            await until(all_out, "everything is said")
        result = await outcome(bot.database)
        assert sorted(one["chatid"] for one in server.said) == [to for to, _, _ in result.said]
        hashes = {one.name: hashlib.sha256(one.content).hexdigest() for one in server.shown()}
        assert hashes == {name: EXPECTED[name] for _, name, _ in result.said if name in EXPECTED}
    await server.kill()
    return result


PLACES = [
    pytest.param(in_a_replay, id="replay"),
    pytest.param(in_wechat, id="wechat", marks=needs_node),
    pytest.param(in_wecom, id="wecom"),
]
TAKING_BACK, NOT_TAKING_BACK = PLACES[:2], PLACES[2:]

Hold = Callable[[Path, Path, Talk, Prepare], Awaitable[Outcome]]


@pytest.fixture
def databases(empty_database: Path, tmp_path: Path) -> tuple[Path, Path]:
    """One for the talk in the browser, one for the same talk elsewhere."""
    browser, other = tmp_path / "browser.db", tmp_path / "other.db"
    for file in (browser, other):
        shutil.copyfile(empty_database, file)
    return browser, other


@pytest.mark.parametrize("hold", PLACES)
async def test_the_same_talk_comes_to_the_same(
    hold: Hold, databases: tuple[Path, Path], tmp_path: Path
) -> None:
    expected = await in_the_browser(databases[0], tmp_path / "media", TALK, nothing)
    assert expected.steps == ["register", "dispatch", "accept", "resolve", "confirm"]
    assert await hold(databases[1], tmp_path, TALK, nothing) == expected


@pytest.mark.parametrize("hold", TAKING_BACK)
async def test_what_was_registered_by_mistake_is_taken_back(
    hold: Hold, databases: tuple[Path, Path], tmp_path: Path
) -> None:
    expected = await in_the_browser(databases[0], tmp_path / "media", MISTAKE, nothing)
    assert expected.steps == ["register", "dispatch", "void"]
    (gone,) = expected.gone
    assert gone.startswith("已登记：001")
    assert await hold(databases[1], tmp_path, MISTAKE, nothing) == expected


@pytest.mark.parametrize("hold", NOT_TAKING_BACK)
async def test_where_nothing_can_be_taken_back_it_stays_and_all_else_is_the_same(
    hold: Hold, databases: tuple[Path, Path], tmp_path: Path
) -> None:
    expected = await in_the_browser(databases[0], tmp_path / "media", MISTAKE, nothing)
    assert expected.gone
    assert await hold(databases[1], tmp_path, MISTAKE, nothing) == expected._replace(gone=[])


@pytest.mark.parametrize("hold", PLACES)
async def test_files_go_out_words_first(hold: Hold, databases: tuple[Path, Path], tmp_path: Path) -> None:
    talk = TALK[:2]
    expected = await in_the_browser(databases[0], tmp_path / "media", talk, files)
    assert {(GROUP, "本周简报", ()), (GROUP, "本周.png", ()), ("wxid_li", "工单.xlsx", ())} <= set(
        expected.said
    )
    assert {("wxid_zhang", "各整治的数", ()), ("wxid_zhang", DRAWN, ())} <= set(expected.said)
    assert await hold(databases[1], tmp_path, talk, files) == expected
    database = Database(f"sqlite:///{databases[1]}")
    async with database.begin() as work:
        officer = await shown_lines(work, GroupId(GROUP), MemberId("wxid_li"), 100)
        boss = await shown_lines(work, GroupId(GROUP), MemberId("wxid_zhang"), 100)
        resident = await shown_lines(work, GroupId(GROUP), MemberId("wxid_tu"), 100)
    await database.close()
    own = [(line.kind, line.text, line.private) for line in officer if line.sender is None]
    words, chart = [(Kind.TEXT, "本周简报", False), (Kind.IMAGE, "本周.png", False)]
    assert [line for line in own if line in {words, chart}] == [words, chart]
    assert (Kind.FILE, "工单.xlsx", True) in own
    assert [line.text for line in boss if line.kind is Kind.IMAGE and line.private] == [DRAWN]
    assert all(line.text != "工单.xlsx" for line in resident)
