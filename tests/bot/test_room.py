"""The chat room behind the pages, on a real database: who sees what, and who may do what."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.chat.browser import Changes, Recorded
from bot.clock import VirtualClock
from bot.demo import furnish
from bot.room import ChatRoom
from bot.serve import STORIES
from bot.settings import Settings
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Kind, Reply
from domain.people import Role
from storage.database import Database
from storage.media import MediaStore
from tests.chat import START
from web.room import Draft, Line, RoomError, Upload

HERE = GroupId("demo-g0")
RESIDENT, NEIGHBOUR = MemberId("demo-r0-0"), MemberId("demo-r0-1")
OFFICER, WORKER = MemberId("demo-o0"), MemberId("demo-c0")
SHOP = "3栋2单元601楼下李记烧烤店油烟好大，天天呛得我们开不了窗"


class Visit:
    """A chat room and the program behind it, with a clock that stands still."""

    def __init__(self, address: str, folder: Path) -> None:
        self.database = Database(address)
        self.changes = Changes()
        clock = VirtualClock(START)
        settings = Settings(_env_file=None, pace_seconds=0)
        recorded = Recorded()
        self.app = App(settings, self.database, recorded, clock, self.changes.notify)
        media = MediaStore(folder / "media")
        self.room = ChatRoom(self.app, self.changes, media, clock, STORIES, recorded.links)

    async def say(self, who: MemberId, text: str, *, private: bool = False) -> MessageId:
        message = await self.room.say(HERE, who, Draft(text, private=private))
        await self.app.outbox.flush()
        return message

    async def lines(self, who: MemberId) -> list[Line]:
        return list((await self.room.scene(HERE, who)).lines)


@pytest.fixture
async def visit(database_file: Path, tmp_path: Path) -> AsyncIterator[Visit]:
    visit = Visit(f"sqlite:///{database_file}", tmp_path)
    await furnish(visit.database)
    yield visit
    await visit.room.close()
    await visit.database.close()


async def test_every_community_can_be_entered_as_anybody(visit: Visit) -> None:
    groups = await visit.room.groups()
    assert len(groups) == 75
    roles = {member.role for member in groups[0].members}
    assert roles == {"resident", "officer", "community", "property", "supervisor", "bot"}
    assert all("示例" in group.name for group in groups)


async def test_what_is_private_stays_between_two(visit: Visit) -> None:
    await visit.say(RESIDENT, SHOP, private=True)
    assert any(line.private and line.text == SHOP for line in await visit.lines(RESIDENT))
    for other in (NEIGHBOUR, WORKER):
        assert not any(SHOP in line.text for line in await visit.lines(other))
    assert (await visit.room.scene(HERE, NEIGHBOUR)).tickets == []
    assert len((await visit.room.scene(HERE, RESIDENT)).tickets) == 1
    assert len((await visit.room.scene(HERE, WORKER)).tickets) == 1


async def test_a_link_into_the_pages_is_shown_to_whom_it_is_for(visit: Visit) -> None:
    boss = MemberId("demo-s1")
    await visit.say(boss, "看板", private=True)
    *_, line = await visit.lines(boss)
    assert "http://127.0.0.1:8310/login/" in line.text
    assert line.private
    for other in (RESIDENT, OFFICER, WORKER):
        assert not any("/login/" in line.text for line in await visit.lines(other))


async def test_a_hundred_links_are_remembered() -> None:
    recorded = Recorded()
    for number in range(150):
        await recorded.send(Reply(MemberId("x"), f"link {number}", in_group=False, login=True), number)
        await recorded.send(Reply(MemberId("x"), "words", in_group=False), 1000 + number)
    assert list(recorded.links.values()) == [f"link {number}" for number in range(50, 150)]


async def test_a_resident_sees_of_a_place_what_may_be_said(visit: Visit) -> None:
    await visit.say(RESIDENT, SHOP)
    (seen,) = (await visit.room.scene(HERE, NEIGHBOUR)).tickets
    (known,) = (await visit.room.scene(HERE, OFFICER)).tickets
    assert "李记" not in seen.location
    assert "601" not in seen.location
    assert "李记" in known.location
    assert [step.what for step in known.steps] == ["受理登记", "派遣"]


async def test_a_file_is_kept_with_its_hash(visit: Visit) -> None:
    await visit.room.say(HERE, RESIDENT, Draft(upload=Upload("a.png", "image/png", b"\x89PNG")))
    (line,) = await visit.lines(RESIDENT)
    assert line.kind is Kind.IMAGE
    assert line.picture is not None
    found = await visit.room.picture(line.picture)
    assert found is not None
    assert found.content == b"\x89PNG"


async def test_what_is_taken_back_is_gone_and_only_by_who_said_it(visit: Visit) -> None:
    said = await visit.say(RESIDENT, SHOP)
    with pytest.raises(RoomError):
        await visit.room.recall(HERE, NEIGHBOUR, said)
    await visit.room.recall(HERE, RESIDENT, said)
    (line,) = [one for one in await visit.lines(RESIDENT) if one.id == said]
    assert (line.recalled, line.text) == (True, "")


@pytest.mark.parametrize(
    ("group", "who", "draft"),
    [
        ("nowhere", RESIDENT, Draft("早")),
        (HERE, MemberId("nobody"), Draft("早")),
        (HERE, MemberId("bot"), Draft("早")),
        (HERE, RESIDENT, Draft("  ")),
        (HERE, RESIDENT, Draft("长" * 5001)),
    ],
)
async def test_what_cannot_be_said_is_answered(
    visit: Visit, group: GroupId, who: MemberId, draft: Draft
) -> None:
    with pytest.raises(RoomError):
        await visit.room.say(group, who, draft)


async def test_a_story_is_watched_not_spoken_in(visit: Visit) -> None:
    stories = await visit.room.stories()
    group = await visit.room.play(stories[0][0], 5)
    card = next(card for card in await visit.room.groups() if card.id == group)
    assert card.playing
    watcher = card.members[0].id
    following = visit.room.changes(group, watcher)
    while (scene := await visit.room.scene(group, watcher)).progress != 1.0:
        await anext(following)
    assert scene.tickets
    with pytest.raises(RoomError):
        await visit.room.say(group, watcher, Draft("早"))
    with pytest.raises(RoomError):
        await visit.room.play("../secret", 5)


async def test_files_of_the_bots_are_shown_to_those_they_are_for(visit: Visit, tmp_path: Path) -> None:
    media = MediaStore(tmp_path / "media")
    chart = media.keep("本周.png", "image/png", b"a chart")
    table = media.keep("工单.xlsx", "application/vnd.ms-excel", b"a table")
    async with visit.database.begin() as work:
        replies = [Reply(HERE, "本周简报", file=chart), Reply(OFFICER, in_group=False, file=table)]
        await work.outbox.put(replies, None, START)
    await visit.app.outbox.flush()
    group = [(Kind.TEXT, "本周简报", None), (Kind.IMAGE, "本周.png", chart.sha256)]
    assert [(line.kind, line.text, line.picture) for line in await visit.lines(RESIDENT)] == group
    assert [(line.kind, line.text) for line in await visit.lines(OFFICER)] == [
        *[(kind, text) for kind, text, _ in group],
        (Kind.FILE, "工单.xlsx"),
    ]
    shown = await visit.room.picture(str(chart.sha256))
    assert shown
    assert shown.content == b"a chart"
    saved = await visit.room.file(HERE, OFFICER, str(table.sha256))
    assert saved
    assert (saved.name, saved.content) == ("工单.xlsx", b"a table")
    assert await visit.room.file(HERE, RESIDENT, str(table.sha256)) is None
    assert await visit.room.file(HERE, RESIDENT, str(chart.sha256)) is not None


async def test_what_was_registered_by_mistake_is_shown_as_taken_back(visit: Visit) -> None:
    await visit.say(RESIDENT, SHOP)
    await visit.say(WORKER, "误报")
    own = [line for line in await visit.lines(NEIGHBOUR) if line.role is Role.BOT]
    assert [line.recalled for line in own] == [True, False]
    assert "登记有误" in own[1].text
