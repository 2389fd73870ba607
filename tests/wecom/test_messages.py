"""What comes in from WeCom, and what goes out: every kind, once each, in order."""

import hashlib
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.contract import SendFailed
from domain.ids import GroupId, MemberId
from domain.message import Kind, Reply
from domain.state import State
from storage.database import Database
from storage.media import MediaStore
from tests.wechat.bot import GROUP, until
from tests.wecom.bot import Bot
from tests.wecom.server import WeCom

REPORT = "3栋楼下烧烤店油烟直往家里灌，窗户都不敢开"


async def test_a_report_in_the_group_comes_to_its_end(bot: Bot) -> None:
    await bot.say("wxid_jie", REPORT)
    line = await bot.hears("已登记")
    assert line.startswith("@李四 @陈五 ")
    await bot.say("wxid_li", "收到，我过去看看")
    await bot.settled(2)
    await bot.say("wxid_li", "已处理")
    await bot.hears("队员反馈已处理")
    await bot.say("wxid_jie", "好了，谢谢")
    await bot.hears("已结案")
    (ticket,) = await bot.tickets()
    assert ticket.state is State.CLOSED


async def test_a_text_with_its_speaker_place_and_time(bot: Bot) -> None:
    message = await bot.got(await bot.say("wxid_jie", "在吗", create_time=1747000000))
    assert (message.group, message.sender, message.kind) == (GROUP, "wxid_jie", Kind.TEXT)
    assert (message.text, message.to_bot) == ("@网格管家 在吗", True)
    assert message.sent_at == datetime.fromtimestamp(1747000000, UTC)
    private = await bot.got(await bot.server.say("wxid_zhang", "在办", create_time=9999999999))
    assert (private.group, private.sender, private.to_bot) == (None, "wxid_zhang", False)
    assert private.sent_at < datetime.fromtimestamp(9999999999, UTC)


async def test_what_does_not_call_the_robot_does_not_reach_it(bot: Bot) -> None:
    assert not await bot.server.send("wxid_jie", GROUP, msgtype="text", text={"content": REPORT})
    await bot.say("wxid_jie", "在吗")
    assert [one.text for one in await bot.settled(1)] == ["@网格管家 在吗"]


async def test_commands_one_to_one(bot: Bot) -> None:
    await bot.say("wxid_jie", REPORT)
    await bot.hears("已登记")
    await bot.server.say("wxid_li", "我的")
    await bot.hears("您手上在办 1 件", to="wxid_li")
    await bot.server.say("wxid_zhang", "在办")
    await bot.hears("在办 1 件", to="wxid_zhang")
    assert [one["chat_type"] for one in bot.server.said if one["chatid"] == "wxid_li"][-1] == 1


async def test_a_group_is_bound_by_a_code(server: WeCom, database_file: Path, tmp_path: Path) -> None:
    other = "wrkSFfCgAA@chatroom"
    async with Bot(server, tmp_path, database_file) as bot:
        await bot.ready()
        await server.say("wxid_liu", "绑定 ABCD2345", other)
        await bot.hears(
            "码", to=other
        )  # none that was given out: the answer shows that it was read as a code


@pytest.mark.parametrize(
    ("kind", "name", "content", "mime"),
    [
        ("image", "现场.png", b"content", "image/png"),
        ("image", "", b"\x89PNG and so on", "image/png"),
        ("image", "", b"\xff\xd8\xff and so on", "image/jpeg"),
        ("file", "通知 1.pdf", b"x" * 64, "application/pdf"),
        ("video", "a.mp4", b"content", "video/mp4"),
    ],
)
async def test_a_file_is_fetched_and_decrypted(
    bot: Bot, kind: str, name: str, content: bytes, mime: str
) -> None:
    part = bot.server.keep(content, name=name)
    message = await bot.got(await bot.server.send("wxid_li", None, msgtype=kind, **{kind: part}))
    assert message.media
    assert message.kind is Kind(kind)
    assert (message.media.name, message.media.mime, message.media.size) == (name, mime, len(content))
    assert message.media.sha256 == hashlib.sha256(content).hexdigest()
    assert MediaStore(bot.settings.media).read(message.media.sha256) == content
    assert message.text == (name if kind == "file" else "")


async def test_a_voice_is_what_was_understood(bot: Bot) -> None:
    message = await bot.got(
        await bot.server.send("wxid_jie", None, msgtype="voice", voice={"content": REPORT})
    )
    assert (message.kind, message.text) == (Kind.TEXT, REPORT)
    mute = await bot.got(await bot.server.send("wxid_jie", None, msgtype="voice", voice={"content": ""}))
    assert (mute.kind, mute.text, mute.media) == (Kind.VOICE, "", None)


async def test_words_and_pictures_in_one(bot: Bot) -> None:
    items = [
        {"msgtype": "image", "image": bot.server.keep(b"one")},
        {"msgtype": "text", "text": {"content": f"@网格管家 {REPORT}"}},
        {"msgtype": "image", "image": bot.server.keep(b"two")},
    ]
    key = await bot.server.send("wxid_jie", GROUP, msgtype="mixed", mixed={"msg_item": items})
    await bot.hears("已登记")
    words, *pictures = [await bot.got(one) for one in (key, f"{key}#1", f"{key}#2")]
    assert (words.kind, words.text) == (Kind.TEXT, f"@网格管家 {REPORT}")
    assert [(one.kind, one.to_bot, one.media and one.media.size) for one in pictures] == [
        (Kind.IMAGE, False, 3),
        (Kind.IMAGE, False, 3),
    ]
    assert len(await bot.tickets()) == 1


@pytest.mark.parametrize("what", ["away", "too large", "other key", "no key", "no address"])
async def test_a_file_that_cannot_be_had_does_not_cost_the_message(
    server: WeCom, database_file: Path, tmp_path: Path, what: str
) -> None:
    part = server.keep(b"x" * (1 << 20) + b"y" * (what == "too large"))
    if what == "away":
        part["url"] = part["url"].replace("/files/", "/files/no")
    if what == "other key":
        part["aeskey"] = server.keep(b"")["aeskey"]
    if what == "no key":
        del part["aeskey"]
    if what == "no address":
        part["url"] = "nowhere"
    async with Bot(server, tmp_path, database_file, upload_mebibytes=1) as bot:
        await bot.ready()
        message = await bot.got(await server.send("wxid_jie", None, msgtype="image", image=part))
        assert message.media
        assert (message.media.sha256, message.media.size) == (None, 0)


async def test_a_file_of_exactly_the_limit_is_kept(
    server: WeCom, database_file: Path, tmp_path: Path
) -> None:
    part = server.keep(b"x" * (1 << 20))
    async with Bot(server, tmp_path, database_file, upload_mebibytes=1) as bot:
        await bot.ready()
        message = await bot.got(await server.send("wxid_jie", None, msgtype="image", image=part))
        assert message.media
        assert message.media.size == 1 << 20


async def test_a_quote_of_the_bots_line_finds_its_ticket(bot: Bot) -> None:
    await bot.say("wxid_jie", REPORT)
    line = await bot.hears("已登记")
    await bot.say("wxid_jie", "5栋后面野狗成群，小孩不敢走")
    await bot.settled(2)
    quote = {"msgtype": "text", "text": {"content": line}}
    message = await bot.got(await bot.say("wxid_li", "已处理", quote=quote))
    assert message.quotes
    assert message.quotes.startswith("wecom-")
    first = (await bot.tickets())[0]
    assert first.state is State.REPORTED


async def test_a_quote_of_somebodys_words(bot: Bot) -> None:
    key = await bot.say("wxid_jie", "在吗")
    await bot.got(key)
    words = {"msgtype": "text", "text": {"content": "@网格管家 在吗"}}
    assert (await bot.got(await bot.say("wxid_tu", "他问你呢", quote=words))).quotes == key
    unknown = {"msgtype": "text", "text": {"content": "没有人对机器人说过的话"}}
    assert (await bot.got(await bot.say("wxid_tu", "看这个", quote=unknown))).quotes is None


async def test_what_is_delivered_twice_is_answered_once(bot: Bot) -> None:
    body = {
        "msgid": "CAIQtwice",
        "chatid": GROUP,
        "chattype": "group",
        "from": {"userid": "wxid_jie"},
        "msgtype": "text",
        "text": {"content": f"@网格管家 {REPORT}"},
    }
    bot.server.talks.add(GROUP)
    await bot.server.deliver(body)
    await bot.server.deliver(body)
    await bot.hears("已登记")
    await bot.say("wxid_tu", "谢谢网格管家")
    await bot.settled(2)
    assert len(await bot.tickets()) == 1
    assert len([line for line in await bot.said() if "已登记" in line]) == 1


async def test_the_order_in_a_talk_is_kept_and_holds_up_no_other(bot: Bot) -> None:
    slow = bot.server.keep(b"slow", delay=1.5)
    first = await bot.server.send("wxid_jie", None, msgtype="image", image=slow)
    second = await bot.server.say("wxid_jie", "照片发你了")
    other = await bot.server.say("wxid_tu", "你好")
    await bot.got(other)
    async with bot.database.begin() as work:
        assert not [one for one in await work.messages.waiting("done") if one.sender == "wxid_jie"]
    await bot.got(second)
    done = [one.id for one in await bot.settled(3)]
    assert done.index(first) < done.index(second)


async def test_rubbish_hurts_nobody(bot: Bot) -> None:
    for text in ("no json", "[]", "{}", '{"cmd": "aibot_msg_callback"}', '{"headers": 3, "errcode": 0}'):
        await bot.server.raw(text)
    await bot.server.deliver({"msgid": "x", "msgtype": "text"})
    await bot.server.deliver({"msgid": "y", "msgtype": "stranger", "from": {"userid": "wxid_tu"}, "from_": 1})
    nowhere = {
        "chattype": "group",
        "from": {"userid": "wxid_tu"},
        "msgtype": "text",
        "text": {"content": "在吗"},
    }
    await bot.server.deliver({"msgid": "w", **nowhere})
    await bot.server.deliver({"msgid": "z", "msgtype": "mixed", "mixed": [], "from": {"userid": "wxid_tu"}})
    await bot.server.raw('{"cmd": "aibot_event_callback", "body": {"event": {"eventtype": "enter_chat"}}}')
    await bot.say("wxid_tu", "你好")
    assert len(await bot.settled(1)) == 1


async def test_what_markdown_would_take_for_its_marks_is_plain(bot: Bot) -> None:
    bot.server.talks.add("wxid_li")
    await bot.wecom.send(Reply(MemberId("wxid_li"), "<@all> 2*3*4 `x`", in_group=False), 7)
    assert await bot.said("wxid_li") == ["＜@all> 2＊3＊4 \uff40x\uff40"]


async def test_a_line_that_is_too_long_is_cut(bot: Bot) -> None:
    bot.server.talks.add("wxid_li")
    await bot.wecom.send(Reply(MemberId("wxid_li"), "长" * 7000, in_group=False), 1)
    (line,) = await bot.said("wxid_li")
    assert len(line.encode()) <= 20480
    assert line.endswith("长…")


async def failed(database: Database) -> list[str]:
    """Who could not be told."""
    async with database.begin() as work:
        return [line.reply.to for line in await work.outbox.of_status("failed")]


async def test_a_talk_that_is_not_there_is_given_up_at_once(bot: Bot) -> None:
    async with bot.database.begin() as work:
        lines = [Reply(GroupId("nowhere@chatroom"), "你好")]
        await work.outbox.put(lines, None, datetime.now(UTC))  # noqa: TID251 - real time, on a real connection

    async def look() -> list[str]:
        return await failed(bot.database)

    assert await until(look, "given up") == ["nowhere@chatroom"]
    assert len([one for one in bot.server.frames if one["cmd"] == "aibot_send_msg"]) == 1


async def test_the_maintainer_hears_once_that_somebody_must_speak_first(bot: Bot) -> None:
    for who in ("wxid_li", "wxid_chen"):
        with pytest.raises(SendFailed, match="93006") as given_up:
            await bot.wecom.send(Reply(MemberId(who), "新工单", in_group=False), 1)
        assert given_up.value.permanent
    assert len([told for told in bot.wecom.notices.told if "请那位先私聊机器人一句" in told]) == 1


async def test_an_answer_that_got_lost_says_the_line_again(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.wecom.link._DEADLINE", 1.0)
    monkeypatch.setattr("bot.outbox._FIRST_WAIT", timedelta(0))
    bot.server.deaf = 1
    await bot.say("wxid_jie", REPORT)

    async def look() -> bool:
        return len([line for line in await bot.said() if "已登记" in line]) > 1

    await until(look, "twice, since it was never known")
    assert GROUP not in await failed(bot.database)


async def test_no_more_lines_a_minute_than_wecom_takes(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.pace._MINUTE", 2.0)
    bot.server.talks.add("wxid_li")
    began = time.monotonic()
    for number in range(29):
        await bot.wecom.send(Reply(MemberId("wxid_li"), f"第 {number} 句", in_group=False), number)
    assert time.monotonic() - began > 1.5
