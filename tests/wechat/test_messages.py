"""What comes in from a real gateway, and what goes out: every kind, once each, in order."""

import asyncio
import base64
import hashlib
from datetime import timedelta

import pytest

from bot.chat.contract import SendFailed
from bot.clock import WallClock
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Kind, Message, Reply
from domain.state import State
from storage.media import MediaStore
from tests.wechat.bot import GROUP, Bot, until
from tests.wechat.gateway import Gateway, needs_node

pytestmark = needs_node

REPORT = "3栋楼下烧烤店油烟直往家里灌，窗户都不敢开"


async def got(bot: Bot, key: str) -> Message:
    """The message, once it has been dealt with."""

    async def look() -> Message | None:
        async with bot.database.begin() as work:
            if await work.messages.undone(MessageId(key)):
                return None
            return await work.messages.get(MessageId(key))

    return await until(look, key)


async def test_a_text_with_its_speaker_mentions_and_time(bot: Bot) -> None:
    key = await bot.say("wxid_jie", "@城管-李四 来看看", mentions=["wxid_li"])
    message = await got(bot, key)
    assert (message.group, message.sender, message.sender_name) == (GROUP, "wxid_jie", "3栋李姐")
    assert message.mentions == ("wxid_li",)
    assert not message.to_bot
    assert abs(message.sent_at - WallClock().now()) < timedelta(seconds=10)


async def test_the_bot_is_spoken_to(bot: Bot) -> None:
    first = await got(bot, await bot.say("wxid_jie", "在吗", mentions=["wxid_bot", "wxid_tu"]))
    assert (first.to_bot, first.mentions) == (True, ("wxid_tu",))
    assert (await got(bot, await bot.say("wxid_jie", "@网格管家\u2005在吗"))).to_bot
    everybody = await bot.say("wxid_jie", "@所有人 开会", mentions=["wxid_bot", "wxid_tu"])
    message = await got(bot, everybody)
    assert (message.to_bot, message.mentions) == (False, ())


async def test_one_to_one_commands(bot: Bot) -> None:
    await bot.say("wxid_jie", REPORT)
    await bot.hears("已登记")
    await bot.tell("wxid_li", "我的")
    await bot.hears("您手上在办 1 件", to="wxid_li")
    await bot.tell("wxid_zhang", "在办")
    await bot.hears("在办 1 件", to="wxid_zhang")
    (ticket,) = await bot.tickets()
    await bot.tell("wxid_li", f"{ticket.no} 收到")
    await bot.hears("签收", to="wxid_li")


async def test_every_kind(bot: Bot) -> None:
    text = base64.b64encode(b"content").decode()
    for kind, name, mime in (
        ("image", "a.png", "image/png"),
        ("video", "a.mp4", "video/mp4"),
        ("file", "通知.pdf", "application/pdf"),
        ("voice", "a.sil", "audio/silk"),
    ):
        message = await got(bot, await bot.say("wxid_jie", kind=kind, name=name, content=text))
        assert message.kind is Kind(kind)
        assert message.media
        assert (message.media.name, message.media.mime, message.media.size) == (name, mime, 7)
        assert message.media.sha256 == hashlib.sha256(b"content").hexdigest()
    place = {"name": "菜场东门", "address": "洪都中大道", "latitude": 28.6, "longitude": 115.9, "accuracy": 1}
    message = await got(bot, await bot.say("wxid_jie", kind="location", location=place))
    assert (message.kind, message.text) == (Kind.LOCATION, "菜场东门")
    message = await got(bot, await bot.say("wxid_jie", kind="link", title="停水通知"))
    assert message.kind is Kind.LINK
    assert (await got(bot, await bot.say("wxid_jie", kind="sticker"))).kind is Kind.STICKER


async def test_twenty_mebibytes_each_way(bot: Bot, gateway: Gateway) -> None:
    key = await gateway.do(
        "big", **{"from": "wxid_jie", "room": GROUP, "kind": "video"}, name="v.mp4", size=20 << 20
    )
    message = await got(bot, key)
    assert message.media
    assert message.media.sha256
    assert message.media.size == 20 << 20
    content = MediaStore(bot.settings.media).read(message.media.sha256)
    assert content
    sent = await bot.wechat.send_file(GroupId(GROUP), "v.mp4", content)
    (line,) = await bot.said()
    assert (line["id"], line["size"], line["sha256"]) == (sent, 20 << 20, message.media.sha256)


async def test_a_file_that_is_too_large_or_lost_does_not_cost_the_message(
    bot: Bot, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.wechat.puppet._SILENCE", 1.0)
    big = await gateway.do(
        "big", **{"from": "wxid_jie", "room": GROUP, "kind": "image"}, name="v.jpg", size=(20 << 20) + 1
    )
    lost = await bot.say("wxid_jie", kind="image", name="x.jpg", content="aGk=", lost=True)
    for key in (big, lost):
        message = await got(bot, key)
        assert message.kind is Kind.IMAGE
        assert message.media
        assert message.media.sha256 is None


async def test_a_file_that_is_gone_is_not_tried_for_ever(bot: Bot) -> None:
    file = MediaStore(bot.settings.media).keep("a.png", "image/png", b"a chart")
    MediaStore(bot.settings.media).discard(str(file.sha256))
    async with bot.database.begin() as work:
        await work.outbox.put(
            [Reply(MemberId("wxid_li"), "图", in_group=False, file=file)], None, WallClock().now()
        )
    await bot.hears("图", to="wxid_li")

    async def look() -> bool:
        async with bot.database.begin() as work:
            return [line.error for line in await work.outbox.of_status("failed")] == [
                "the file is no longer there"
            ]

    await until(look, "shown as failed")


async def test_a_file_that_is_too_large_is_given_up_at_once(bot: Bot) -> None:
    store = MediaStore(bot.settings.media)
    most, more = (store.keep("v.mp4", "video/mp4", b"x" * size) for size in (20 << 20, (20 << 20) + 1))
    with pytest.raises(SendFailed, match="larger than 20971520") as given_up:
        await bot.wechat.send(Reply(MemberId("wxid_li"), in_group=False, file=more), 1)
    assert given_up.value.permanent
    await bot.wechat.send(Reply(MemberId("wxid_li"), in_group=False, file=most), 2)
    assert [line["size"] for line in await bot.said("wxid_li")] == [20 << 20]


async def test_a_picture_goes_out(bot: Bot) -> None:
    await bot.wechat.send_file(MemberId("wxid_li"), "chart.png", b"\x89PNG")
    (line,) = await bot.said("wxid_li")
    assert (line["name"], line["size"]) == ("chart.png", 4)


async def test_taken_back(bot: Bot, gateway: Gateway) -> None:
    key = await bot.say("wxid_jie", REPORT)
    await bot.hears("已登记")
    await gateway.do("recall", **{"from": "wxid_jie"}, room=GROUP, id=key)
    await bot.hears("已撤回")
    (ticket,) = await bot.tickets()
    assert ticket.state is State.WITHDRAWN
    async with bot.database.begin() as work:
        message = await work.messages.get(MessageId(key))
    assert message
    assert message.text == ""


async def test_the_bots_own_line_is_taken_back(bot: Bot, gateway: Gateway) -> None:
    await bot.say("wxid_jie", REPORT)
    line = await bot.hears("已登记")
    assert await bot.wechat.unsay(MessageId(line["id"]), WallClock().now())
    assert {"recalled": line["id"]} in await gateway.do("said")


@pytest.mark.parametrize(("seconds", "gone"), [(115, True), (121, False)])
async def test_wechat_is_asked_to_take_back_only_what_it_still_may(
    bot: Bot, gateway: Gateway, seconds: float, gone: bool
) -> None:
    await bot.say("wxid_jie", REPORT)
    line = await bot.hears("已登记")
    said_at = WallClock().now() - timedelta(seconds=seconds)
    assert await bot.wechat.unsay(MessageId(line["id"]), said_at) is gone
    assert ({"recalled": line["id"]} in await gateway.do("said")) is gone


async def test_what_the_gateway_refuses_to_take_back_stays(bot: Bot, gateway: Gateway) -> None:
    await gateway.do("set", recall=False)
    await bot.say("wxid_jie", REPORT)
    await bot.hears("已登记")
    await bot.say("wxid_li", "误报")
    await bot.hears("登记有误")
    async with bot.database.begin() as work:
        assert await work.outbox.of_status("failed") == []
        assert len(await work.outbox.of_status("cancelled")) == 1


async def test_both_forms_of_a_quote_find_what_they_quote(bot: Bot) -> None:
    first = await bot.say("wxid_jie", REPORT)
    line = await bot.hears("已登记")
    await bot.say("wxid_tu", "别的话")
    rule = "- - - - - - - - - - - - - - -"
    one = await got(bot, await bot.say("wxid_tu", f"「3栋李姐：{REPORT}」\n{rule}\n我家也是"))
    assert (one.text, one.quotes) == ("我家也是", first)
    two = await got(bot, await bot.say("wxid_li", f"「网格管家：{line['text']}」\n{rule}\n收到"))
    assert (two.text, two.quotes) == ("收到", line["id"])
    xml = (
        '<?xml version="1.0"?><msg><appmsg appid="" sdkver="0"><title>怎么样了</title><type>57</type><refermsg>'
        f"<type>1</type><svrid>77</svrid><fromusr>{GROUP}</fromusr><chatusr>wxid_jie</chatusr>"
        f"<displayname>3栋李姐</displayname><content>{REPORT}</content></refermsg></appmsg></msg>"
    )
    three = await got(bot, await bot.say("wxid_tu", xml, kind="link"))
    assert (three.kind, three.text, three.quotes) == (Kind.TEXT, "怎么样了", first)
    four = await got(bot, await bot.say("wxid_tu", xml.replace("<svrid>77", f"<svrid>{line['id']}")))
    assert four.quotes == line["id"]


async def test_the_same_message_announced_twice_is_answered_once(bot: Bot, gateway: Gateway) -> None:
    key = await bot.say("wxid_jie", REPORT)
    await gateway.do("again", id=key)
    await bot.hears("已登记")
    await gateway.do("again", id=key)
    await bot.say("wxid_tu", "早上好")
    await bot.settled(2)
    assert len(await bot.tickets()) == 1


async def test_order_within_a_room_is_kept(bot: Bot, gateway: Gateway) -> None:
    keys = await gateway.do("many", **{"from": "wxid_tu", "room": GROUP}, text="闲聊", count=120)
    await bot.settled(120)
    async with bot.database.begin() as work:
        assert [message.id for message in await work.messages.waiting("done")] == keys


async def test_a_message_that_is_not_ready_is_asked_for_again(bot: Bot) -> None:
    key = await bot.say("wxid_jie", REPORT, unready=2)
    assert (await got(bot, key)).text == REPORT


async def test_a_message_that_cannot_be_had_is_kept_as_failed_and_fetched_later(
    bot: Bot, gateway: Gateway
) -> None:
    key = await bot.say("wxid_jie", REPORT, unready=4)

    async def look() -> bool:
        async with bot.database.begin() as work:
            return [failed[0] for failed in await work.arrivals.failures()] == [key]

    await until(look, "kept as failed")
    await gateway.do("signOut")
    await gateway.do("signIn")
    assert (await got(bot, key)).text == REPORT


async def test_a_line_that_is_refused_is_sent_again(bot: Bot, gateway: Gateway) -> None:
    await gateway.do("set", send=1)
    await bot.say("wxid_jie", REPORT)
    await bot.hears("已登记")
    assert len([line for line in await bot.said() if "已登记" in line["text"]]) == 1


async def test_what_came_late_is_dealt_with_and_the_group_left_alone(bot: Bot) -> None:
    before = WallClock().now() - timedelta(hours=2)
    await bot.say("wxid_jie", REPORT, at=round(before.timestamp() * 1000))
    await bot.hears("油烟", to="wxid_li")
    assert len(await bot.tickets()) == 1
    await asyncio.sleep(0.5)
    assert await bot.said() == []


async def test_the_id_of_a_line_comes_with_its_echo_where_sending_gives_none(
    bot: Bot, gateway: Gateway
) -> None:
    await gateway.do("set", ids=False)
    await bot.say("wxid_jie", REPORT)
    line = await bot.hears("已登记")

    async def look() -> bool:
        async with bot.database.begin() as work:
            return await work.messages.known(MessageId(line["id"]))

    await until(look, "the id")
