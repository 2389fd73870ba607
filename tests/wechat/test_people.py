"""Who is who in WeChat: accounts bound by one-time codes, rooms that change, strangers kept out."""

from datetime import timedelta

import pytest

from bot.clock import WallClock
from domain.ids import GroupId, MemberId
from domain.people import Role, Roster
from domain.records import Seat
from handlers.binding import GUESSES, digest
from storage.roster import members_of, save_roster
from tests.wechat.bot import GROUP, ROSTER, Bot, until
from tests.wechat.gateway import Gateway, needs_node

pytestmark = needs_node

NEW = "20002@chatroom"
OFFICER = Seat("梅湖社区", Role.OFFICER, "赵六")
COMMUNITY = Seat(None, None, "梅湖社区")


def with_meihu() -> Roster:
    """The roster with a second community, of which no account is known."""
    (first,) = ROSTER.communities
    officers = tuple(type(p)(None, name) for p, name in zip(first.officers, ("赵六", "孙七"), strict=True))
    second = type(first)(name="梅湖社区", street="青云谱镇", officers=officers)
    return Roster((first, second), ROSTER.supervisors)


async def issue(bot: Bot, seat: Seat, code: str, days: float = 7) -> None:
    """The maintainer's command."""
    now = WallClock().now()
    async with bot.database.begin() as work:
        await save_roster(work.connection, with_meihu())
        await work.bindings.issue(seat, digest(code), now, now + timedelta(days=days))


async def roster(bot: Bot) -> Roster:
    """The roster now."""
    async with bot.database.begin() as work:
        return await work.roster()


async def told(bot: Bot, words: str) -> None:
    """Wait until the maintainer is told something with these words."""

    async def look() -> bool:
        return any(words in one for one in bot.wechat.notices.told)

    await until(look, words)


async def test_a_group_is_bound_by_a_code_said_in_it(bot: Bot, gateway: Gateway) -> None:
    await issue(bot, COMMUNITY, "ABCD2345")
    await gateway.do("enter", room=NEW, topic="梅湖居民群", members={"wxid_tu": ""}, by="wxid_tu")
    await told(bot, "还不知道是哪个社区的")
    await bot.say("wxid_tu", "绑定 abcd2345", room=NEW)
    await bot.hears("已绑定：本群是梅湖社区的居民群", to=NEW)
    assert (await roster(bot)).of_group(GroupId(NEW)) == (await roster(bot)).named("梅湖社区")
    await bot.say("wxid_tu", "绑定 ABCD2345", room=NEW)
    await bot.hears("用过了", to=NEW)


async def test_an_officer_is_bound_by_a_code_said_privately(bot: Bot) -> None:
    await issue(bot, OFFICER, "EFGH2345")
    await bot.tell("wxid_tu", "绑定 EFGH2345")
    await bot.hears("已绑定：您是梅湖社区城管队员 赵六", to="wxid_tu")
    assert (await roster(bot)).named("梅湖社区").officers[0].id == "wxid_tu"  # type: ignore[union-attr]  # it is there
    async with bot.database.begin() as work:  # the sheet is imported again, still without the account
        await save_roster(work.connection, with_meihu())
    assert (await roster(bot)).served_by(MemberId("wxid_tu"))[0][1] is Role.OFFICER


async def test_a_personal_code_said_in_a_group_is_void(bot: Bot) -> None:
    await issue(bot, OFFICER, "EFGH2345")
    await bot.say("wxid_tu", "绑定 EFGH2345")
    await bot.hears("已作废")
    await bot.tell("wxid_tu", "绑定 EFGH2345")
    await bot.hears("绑定码不对", to="wxid_tu")
    assert not (await roster(bot)).served_by(MemberId("wxid_tu"))


async def test_a_code_expires(bot: Bot) -> None:
    await issue(bot, OFFICER, "EFGH2345", days=-1)
    await bot.tell("wxid_tu", "绑定 EFGH2345")
    await bot.hears("过期", to="wxid_tu")


async def test_guessing_is_limited(bot: Bot) -> None:
    await issue(bot, OFFICER, "EFGH2345")
    for number in range(GUESSES):
        await bot.tell("wxid_tu", f"绑定 ZZZZ222{number + 2}")
    await bot.tell("wxid_tu", "绑定 EFGH2345")
    await bot.settled(GUESSES + 1)
    assert not (await roster(bot)).served_by(MemberId("wxid_tu"))


@pytest.mark.parametrize("hello", ["绑定 EFGH2345", "EFGH2345"])
async def test_a_new_friend_with_a_code_is_accepted_and_bound(bot: Bot, gateway: Gateway, hello: str) -> None:
    await issue(bot, OFFICER, "EFGH2345")
    await gateway.do("befriend", **{"from": "wxid_zhao"}, id="f1", name="赵六", hello=hello)
    await bot.hears("已绑定", to="wxid_zhao")
    assert await gateway.do("taken") == ["f1"]


async def test_a_new_friend_without_a_code_is_not(bot: Bot, gateway: Gateway) -> None:
    await gateway.do("befriend", **{"from": "wxid_x"}, id="f2", name="某某", hello="我是城管局的")
    await told(bot, "没有通过")
    assert await gateway.do("taken") == []


async def test_only_people_of_the_roster_invite_the_bot(bot: Bot, gateway: Gateway) -> None:
    await gateway.do("invite", id="i1", by="wxid_x", topic="优惠群")
    await told(bot, "没有接受")
    await gateway.do("invite", id="i2", by="wxid_li", topic="梅湖居民群")

    async def look() -> bool:
        return bool(await gateway.do("taken") == ["i2"])

    await until(look, "accepted")


async def test_a_room_is_renamed_and_stays_the_communitys(bot: Bot, gateway: Gateway) -> None:
    await gateway.do("rename", room=GROUP, topic="幸福里大家庭", by="wxid_tu")

    async def look() -> bool:
        return (await roster(bot)).communities[0].group_name == "幸福里大家庭"

    await until(look, "renamed")
    await bot.say("wxid_jie", "3栋楼下烧烤店油烟直往家里灌")
    await bot.hears("已登记")


async def test_who_joins_and_leaves_is_known(bot: Bot, gateway: Gateway) -> None:
    async def members() -> set[str]:
        async with bot.database.begin() as work:
            return set(await members_of(work.connection, GroupId(GROUP)))

    async def all_there() -> bool:
        return {"wxid_jie", "wxid_tu", "wxid_li", "wxid_chen", "wxid_liu"} == await members()

    await until(all_there, "everybody, although nobody has spoken")
    await gateway.do("join", room=GROUP, who="wxid_zhang", by="wxid_li")
    await gateway.do("leave", room=GROUP, who="wxid_tu")

    async def changed() -> bool:
        there = await members()
        return "wxid_zhang" in there and "wxid_tu" not in there

    await until(changed, "one came, one went")


async def test_the_bot_is_removed(bot: Bot, gateway: Gateway) -> None:
    await bot.say("wxid_jie", "3栋楼下烧烤店油烟直往家里灌")
    await bot.hears("已登记")
    await gateway.do("expel", room=GROUP, by="wxid_tu")
    await told(bot, "被移出了幸福里社区的群")
    no = (await bot.tickets())[0].no
    await bot.tell("wxid_li", f"{no} 已处理")
    await bot.hears("反馈", to="wxid_li")

    async def look() -> bool:
        async with bot.database.begin() as work:
            return [line.reply.to for line in await work.outbox.of_status("failed")] == [GROUP]

    await until(look, "what the group cannot be told is shown as failed")
