"""Files that the bot sends over WeCom: uploaded in pieces, within what WeCom takes, shown once."""

import hashlib
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.contract import SendFailed
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Media, Reply
from storage.media import MediaStore
from tests.wechat.bot import GROUP, until
from tests.wecom.bot import Bot

PNG, JPG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"
MEBIBYTE = 1 << 20


def kept(bot: Bot, content: bytes, name: str = "本周.png") -> Media:
    """A file that may be sent."""
    return MediaStore(bot.settings.media).keep(name, "application/octet-stream", content)


async def send(bot: Bot, file: Media, to: str = "wxid_li") -> MessageId:
    """Send it to somebody, as the outbox does."""
    bot.server.talks.add(to)
    return await bot.wecom.send(Reply(MemberId(to), in_group=False, file=file), 7)


def pieces(bot: Bot) -> list[int]:
    """Which pieces have come in, in order."""
    chunks = [one["body"] for one in bot.server.frames if one["cmd"] == "aibot_upload_media_chunk"]
    return [one["chunk_index"] for one in chunks]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("本周.png", PNG + b"chart", "image"),
        ("现场.jpg", JPG + b"photo", "image"),
        ("动图.gif", b"GIF89a and so on", "file"),
        ("工单.xlsx", b"PK a table", "file"),
        ("假的.png", b"no picture at all", "file"),
    ],
)
async def test_pictures_go_out_as_pictures_and_all_else_as_files(
    bot: Bot, name: str, content: bytes, kind: str
) -> None:
    assert await send(bot, kept(bot, content, name)) == "wecom-7"
    assert bot.server.shown() == [(kind, name, content)]
    (said,) = bot.server.said
    assert (said["chatid"], said["chat_type"], said["msgtype"]) == ("wxid_li", 1, kind)


async def test_a_file_goes_to_a_group(bot: Bot) -> None:
    bot.server.talks.add(GROUP)
    await bot.wecom.send(Reply(GroupId(GROUP), file=kept(bot, PNG)), 1)
    assert [(one["chatid"], one["chat_type"]) for one in bot.server.said] == [(GROUP, 2)]


@pytest.mark.parametrize(
    ("size", "kind", "count"),
    [
        (6, "image", 1),
        (256 << 10, "image", 1),
        ((256 << 10) + 1, "image", 2),
        (10 * MEBIBYTE, "image", 40),
        (10 * MEBIBYTE + 1, "file", 41),
        (20 * MEBIBYTE, "file", 80),
    ],
)
async def test_what_wecom_still_takes(bot: Bot, size: int, kind: str, count: int) -> None:
    content = PNG.ljust(size, b"x")[:size]
    await send(bot, kept(bot, content))
    (shown,) = bot.server.shown()
    assert shown.kind == kind
    assert hashlib.sha256(shown.content).digest() == hashlib.sha256(content).digest()
    assert pieces(bot) == list(range(count))


@pytest.mark.parametrize(
    ("size", "words"), [(5, "smaller than 6"), (20 * MEBIBYTE + 1, "larger than 20971520")]
)
async def test_what_wecom_no_longer_takes_is_given_up_at_once(bot: Bot, size: int, words: str) -> None:
    with pytest.raises(SendFailed, match=words) as given_up:
        await send(bot, kept(bot, b"x" * size))
    assert given_up.value.permanent
    assert [one["cmd"] for one in bot.server.frames] == ["aibot_subscribe"]


async def test_a_file_that_is_gone_is_given_up_at_once(bot: Bot) -> None:
    file = kept(bot, PNG)
    assert file.sha256
    MediaStore(bot.settings.media).discard(file.sha256)
    for lost in (file, Media(None, "本周.png", "image/png", 0)):
        with pytest.raises(SendFailed, match="no longer there") as given_up:
            await send(bot, lost)
        assert given_up.value.permanent


async def test_a_file_for_somebody_who_never_spoke_to_the_robot_is_given_up(bot: Bot) -> None:
    with pytest.raises(SendFailed, match="93006") as given_up:
        await bot.wecom.send(Reply(MemberId("wxid_li"), in_group=False, file=kept(bot, PNG)), 1)
    assert given_up.value.permanent


async def test_an_upload_that_breaks_off_begins_again_and_the_file_is_shown_once(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.wecom.link._FIRST", 0.1)
    monkeypatch.setattr("bot.outbox._FIRST_WAIT", timedelta(0))
    content = PNG + bytes(range(256)) * 4096
    bot.server.talks.add(GROUP)
    bot.server.breaks_at = 3
    async with bot.database.begin() as work:
        lines = [Reply(GroupId(GROUP), "本周简报", file=kept(bot, content))]
        await work.outbox.put(lines, None, datetime.now(UTC))  # noqa: TID251 - real time, on a real connection

    async def look() -> bool:
        async with bot.database.begin() as work:
            return not await work.outbox.of_status("waiting", "claimed")

    await until(look, "everything is said")
    assert [one["msgtype"] for one in bot.server.said] == ["markdown", "image"]
    assert [one.content for one in bot.server.shown()] == [content]
    assert pieces(bot) == [0, 1, 2, 3, 0, 1, 2, 3, 4]


async def test_no_more_files_a_minute_than_wecom_takes(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.chat.pace._MINUTE", 2.0)
    file, began = kept(bot, PNG), time.monotonic()
    for number in range(29):
        await send(bot, file, to=f"wxid_{number}")
    assert time.monotonic() - began > 1.5


async def test_wecom_takes_nothing_back(bot: Bot) -> None:
    key = await send(bot, kept(bot, PNG))
    assert not await bot.wecom.unsay(key, datetime.now(UTC))  # noqa: TID251 - real time, on a real connection
