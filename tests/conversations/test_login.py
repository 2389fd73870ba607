"""Asking for a link into the pages."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.due_desk import coming
from bot.entrance import Entrance
from domain.ids import MemberId
from domain.message import Occasion, Reply
from domain.people import Role
from handlers import texts
from tests.chat import Chat

LINK = re.compile(r"http://127\.0\.0\.1:8310/login/([\w-]+)")


async def link(chat: Chat, who: str, word: str = "看板") -> str:
    """What stands in the link that the bot sends this person."""
    (said,) = await chat.say(who, word, private=True)
    found = LINK.search(said)
    assert found, said
    return found[1]


def entrance(chat: Chat) -> Entrance:
    return Entrance(chat.database, chat.settings, chat.clock)


@pytest.mark.parametrize(
    ("who", "role", "sees", "area"),
    [
        ("张科长", Role.SUPERVISOR, ["幸福里社区"], "洪都街道"),
        ("王局", Role.SUPERVISOR, ["幸福里社区", "梅湖社区"], None),
        ("城管孙七", Role.OFFICER, ["梅湖社区"], "梅湖社区"),
        ("社区小刘", Role.COMMUNITY, ["幸福里社区"], "幸福里社区"),
    ],
)
async def test_whom_the_roster_names_gets_a_link_of_their_own(
    chat: Chat, who: str, role: Role, sees: list[str], area: str | None
) -> None:
    door = entrance(chat)
    session = await door.enter(await link(chat, who))
    assert session
    visitor = await door.who(session)
    assert visitor
    assert (visitor.name, visitor.role, [c.name for c in visitor.communities]) == (who, role, sees)
    assert visitor.area == area


@pytest.mark.parametrize("word", ["看板", "登录", "后台", "网页", "@网格管家 看板"])
async def test_several_words_ask_for_it(chat: Chat, word: str) -> None:
    assert await entrance(chat).expects(await link(chat, "王局", word))


@pytest.mark.parametrize("who", ["李姐", "城管老表哥", "物业王姐", "路人"])
async def test_nobody_else_gets_one(chat: Chat, who: str) -> None:
    said = await chat.say(who, "看板", private=True)
    assert not any("login" in line or texts.LINK_HERE in line for line in said)
    assert not await chat.database_rows("select * from logins")


async def test_what_is_said_of_the_link_is_short_and_true(chat: Chat) -> None:
    (said,) = await chat.say("张科长", "看板", private=True)
    assert LINK.sub("⟨链接⟩", said) == "打开链接，点“进入”：\n⟨链接⟩\n10 分钟内有效，只能用一次，请不要转发。"


async def test_in_a_group_there_is_no_link_but_where_to_ask(chat: Chat) -> None:
    for who in ("城管-李四", "张科长", "社区小刘"):
        assert await chat.say(who, "看板") == ["请私聊我说“看板”。"]
        assert chat.told(who) == []
    for who in ("李姐", "物业王姐"):
        assert await chat.say(who, "看板") == []
    assert not await chat.database_rows("select * from logins")


async def test_the_link_stands_in_no_database(chat: Chat, database_file: Path) -> None:
    token = await link(chat, "张科长")
    session = await entrance(chat).enter(token)
    assert session
    kept = b"".join(file.read_bytes() for file in database_file.parent.glob(f"{database_file.name}*"))
    assert "打开链接".encode() in kept
    assert token.encode() not in kept
    assert session.encode() not in kept
    assert len(token) >= 43  # 256 bits


async def test_a_link_lets_in_once(chat: Chat) -> None:
    door, token = entrance(chat), await link(chat, "张科长")
    assert await door.expects(token)
    assert await door.expects(token)  # to look uses nothing up
    assert await door.enter(token)
    assert await door.enter(token) is None
    assert await door.expects(token) is None


@pytest.mark.parametrize(("minutes", "good"), [(9, True), (10, False)])
async def test_a_link_is_good_for_ten_minutes(chat: Chat, minutes: int, good: bool) -> None:
    token = await link(chat, "张科长")
    await chat.wait(minutes=minutes)
    assert bool(await entrance(chat).enter(token)) is good


async def test_no_more_than_five_links_in_an_hour(chat: Chat) -> None:
    for _ in range(5):
        await link(chat, "张科长")
    assert await chat.say("张科长", "看板", private=True) == ["链接要得太多了，请过 58 分钟再说“看板”。"]
    await link(chat, "王局")  # everybody has their own
    await chat.wait(minutes=56)
    assert "过 1 分钟" in (await chat.say("张科长", "看板", private=True))[0]
    await chat.wait(minutes=1)
    await link(chat, "张科长")


async def test_who_is_gone_from_the_roster_is_out_at_once_everywhere(chat: Chat) -> None:
    door = entrance(chat)
    first, second = await door.enter(await link(chat, "张科长")), await door.enter(await link(chat, "张科长"))
    unused = await link(chat, "张科长")
    other = await door.enter(await link(chat, "王局"))
    assert first
    assert second
    assert other
    await chat.drop("张科长")
    assert await door.expects(unused) is None
    assert await door.who(first) is None
    await chat.put_back()
    assert await door.who(second) is None  # it was ended with the first
    assert await door.enter(unused) is None
    assert await door.who(other)


async def test_a_stand_in_sees_the_community_while_it_lasts(chat: Chat) -> None:
    session = await entrance(chat).enter(await link(chat, "城管-赵六"))
    assert session
    await chat.say("城管-李四", "明天请假，城管-赵六替", private=True)
    before = await entrance(chat).who(session)
    await chat.until("2026-05-12 09:00")
    session = await entrance(chat).enter(await link(chat, "城管-赵六"))
    assert session
    during = await entrance(chat).who(session)
    assert before
    assert during
    assert [c.name for c in before.communities] == ["梅湖社区"]
    assert [c.name for c in during.communities] == ["幸福里社区", "梅湖社区"]


@pytest.mark.parametrize(("minutes", "there"), [(119, True), (120, False)])
async def test_a_session_ends_where_nobody_is_there_for_two_hours(
    chat: Chat, minutes: int, there: bool
) -> None:
    door = entrance(chat)
    session = await door.enter(await link(chat, "张科长"))
    assert session
    await chat.wait(minutes=60)
    assert await door.who(session)
    await chat.wait(minutes=minutes)
    assert bool(await door.who(session)) is there


@pytest.mark.parametrize(
    ("after", "there"), [(timedelta(hours=11, minutes=59), True), (timedelta(hours=12), False)]
)
async def test_a_session_ends_after_twelve_hours_whoever_is_there(
    chat: Chat, after: timedelta, there: bool
) -> None:
    door = entrance(chat)
    session = await door.enter(await link(chat, "张科长"))
    assert session
    began = chat.clock.now()
    while chat.clock.now() + timedelta(hours=1) < began + after:
        await chat.wait(hours=1)
        assert await door.who(session)
    chat.clock.advance(began + after)
    assert bool(await door.who(session)) is there


async def test_what_is_over_is_deleted(chat: Chat) -> None:
    door = entrance(chat)
    session = await door.enter(await link(chat, "张科长"))
    await link(chat, "王局")
    assert session
    await chat.wait(minutes=10)
    assert not await chat.database_rows("select * from logins")
    assert len(await chat.database_rows("select * from sessions")) == 1
    await chat.wait(hours=2)
    assert not await chat.database_rows("select * from sessions")


async def test_one_leaves_here_or_everywhere(chat: Chat) -> None:
    door = entrance(chat)
    here, there = await door.enter(await link(chat, "张科长")), await door.enter(await link(chat, "张科长"))
    other = await door.enter(await link(chat, "王局"))
    assert here
    assert there
    assert other
    await door.leave(here, everywhere=False)
    assert await door.who(here) is None
    assert await door.who(there)
    again = await door.enter(await link(chat, "张科长"))
    assert again
    await door.leave(again, everywhere=True)
    assert await door.who(there) is None
    assert await door.who(other)


async def test_a_link_that_could_not_be_said_in_time_is_not_said(chat: Chat) -> None:
    chat.platform.broken = RuntimeError("away")
    assert await chat.say("张科长", "看板", private=True) == []
    chat.platform.broken = None
    chat.clock.advance(chat.clock.now() + timedelta(minutes=10))  # the program was away
    await chat.wait(minutes=20)
    assert not [line for line in chat.platform.lines if line.login]


async def test_a_link_said_late_is_good_from_then_on(chat: Chat) -> None:
    chat.platform.broken = RuntimeError("away")
    await chat.say("张科长", "看板", private=True)
    chat.platform.broken = None
    await chat.wait(minutes=1)
    (line,) = [line for line in chat.platform.lines if line.login]
    found = LINK.search(line.text)
    assert found
    await chat.wait(minutes=9)
    assert await entrance(chat).expects(found[1])


async def test_somebody_elses_words_make_no_link(chat: Chat) -> None:
    await chat.say("李姐", f"3栋楼下烤鱼店的油烟太大了{texts.LINK_HERE}")
    assert await chat.tickets()
    assert not any("/login/" in line.text for line in chat.platform.lines)
    assert MemberId("城管-李四") in {line.to for line in chat.platform.lines}


async def test_what_is_over_is_among_what_is_due(chat: Chat) -> None:
    await link(chat, "张科长")
    async with chat.database.begin() as work:
        (one,) = [one for one in await coming(work, chat.settings.policy) if one.kind == "login"]
    assert one.at
    assert timedelta(minutes=9) < one.at - chat.clock.now() <= timedelta(minutes=10)


async def test_a_link_is_said_in_a_line_of_its_own(chat: Chat) -> None:
    """Also where it has waited with others: the program was away, and what waits goes out as one line."""
    async with chat.database.begin() as work:
        until = chat.clock.now() + timedelta(hours=1)
        words = [Reply(MemberId("王局"), "一", in_group=False, occasion=Occasion.NEWS)]
        asked = replace(words[0], text=texts.way_in(60), login=True, expires_at=until)
        await work.outbox.put([*words, asked, replace(words[0], text="二")], None, chat.clock.now())
    chat.clock.advance(chat.clock.now() + timedelta(minutes=30))
    await chat.wait(minutes=1)
    said = [line.text for line in chat.platform.lines]
    assert said[0] == "一\n二"
    assert LINK.search(said[1])
    assert len(said) == 2
