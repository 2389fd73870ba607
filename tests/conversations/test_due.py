"""`wangge due`: what will happen when, and why."""

from bot.due_desk import coming
from domain.action import Action
from tests.chat import Chat
from tests.conversations.meanings import does, report
from understanding import Reading

Meaning = dict[str, Reading]
MAIN, OTHER, SQUAD = "城管-李四", "城管陈五", "张科长"


async def listed(chat: Chat) -> list[tuple[str, str, str]]:
    async with chat.database.begin() as work:
        rows = await coming(work, chat.settings.policy)
    zone = chat.settings.timezone
    return [(f"{row.at.astimezone(zone):%m-%d %H:%M}" if row.at else "", row.what, row.about) for row in rows]


async def test_tickets_duties_and_lines_in_the_order_of_their_times(chat: Chat, meaning: Meaning) -> None:
    assert await listed(chat) == []
    meaning["摊子"], meaning["油烟"], meaning["垃圾"] = (
        report("3栋", "店外经营"),
        report(),
        report("", "暴露垃圾"),
    )
    await chat.say("李姐", "摊子")
    await chat.say("老涂", "油烟")
    await chat.say("小万", "垃圾")
    first, second, third = [ticket.no for ticket in await chat.tickets()]
    meaning["弄好了"], meaning["收到"] = does(Action.RESOLVE, second), does(Action.ACCEPT, first)
    await chat.say(OTHER, "收到")
    await chat.say(MAIN, "弄好了")
    await chat.say(MAIN, "请假 5月13日-5月14日 替班 小赵", private=True)
    assert await listed(chat) == [
        ("05-11 19:00", "时间过半，提醒主办", f"{first} 幸福里社区"),
        ("05-11 20:00", "办理时限", f"{first} 幸福里社区"),
        ("05-12 18:01", "等不到位置就告诉队员", third),
        ("05-13 00:00", "请假开始或结束，转派工单", MAIN),
        ("05-14 18:02", "没人有意见就结案", f"{second} 幸福里社区"),
        ("05-15 00:00", "请假开始或结束，转派工单", MAIN),
        ("", "不计时", f"{third} 幸福里社区"),
    ]


async def test_the_next_reminder_is_named_as_it_will_be(chat: Chat, meaning: Meaning) -> None:
    meaning["摊子"] = report("3栋", "店外经营")
    await chat.say("李姐", "摊子")
    assert (await listed(chat))[0][1] == "主办没签收，改由协办主办"
    await chat.wait(hours=1, minutes=1)
    assert (await listed(chat))[0][1] == "快到时限，提醒两位队员"
    await chat.wait(hours=1)
    assert (await listed(chat))[1][1] == "超过一倍时限，报分管领导"


async def test_a_line_that_waits_names_no_resident(chat: Chat, meaning: Meaning) -> None:
    chat.platform.broken = OSError("no network")
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟", private=True)
    rows = [what for _, what, _ in await listed(chat) if what.startswith("发给")]
    assert sorted(rows) == ["发给城管-李四", "发给城管陈五", "发给居民"]
