"""From WeCom's message to ours: one callback is one message, or several where words and pictures mix."""

import re
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.chat.wecom.files import Files
from bot.clock import Clock
from bot.settings import Settings
from domain.ids import GroupId, MemberId, MessageId
from domain.message import MEDIA, Kind, Message
from storage.database import Database
from storage.quotes import find_quoted

log = structlog.get_logger()

Body = Mapping[str, Any]
"""The body of an `aibot_msg_callback`."""
Part = tuple[Kind, str, dict[str, Any]]
"""A kind, its words, and where its file is."""

_FILES = {"image": Kind.IMAGE, "file": Kind.FILE, "video": Kind.VIDEO}
_SHOWN = {"image": "[图片]", "video": "[视频]"}
_CALLED = re.compile(r"^(?:<@[^>]*>\s*)+")


class Reader:
    """Reads what is said to one robot."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._files = Files(settings)
        self._clock = clock

    async def messages(self, body: Body) -> AsyncIterator[Message]:
        """The messages, words first, each file fetched when its turn comes; none of an unknown kind."""
        key, sender = str(body.get("msgid") or ""), sender_of(body)
        nowhere = body.get("chattype") == "group" and not group_of(body)  # never taken for a private talk
        parts = _parts(body) if key and sender and not nowhere else []
        if not parts:
            log.info("nothing to read", message=key, kind=str(body.get("msgtype")))
        sent_at, quoted = self._time(body.get("create_time")), await self._quoted(body, sender)
        for number, (kind, text, where) in enumerate(parts):
            id_ = MessageId(f"{key}#{number}" if number else key)
            media = await self._files.keep(id_, kind, where) if kind in MEDIA and where else None
            yield Message(
                id=id_,
                group=group_of(body),
                sender=MemberId(sender),
                sender_name=sender,  # WeCom gives no names
                sent_at=sent_at,
                kind=kind,
                text=media.name if media and kind is Kind.FILE else text,
                to_bot=not number and group_of(body) is not None,
                quotes=None if number else quoted,
                media=media,
            )

    def _time(self, stamp: object) -> datetime:
        """When it was sent, as far as WeCom says so; never later than now."""
        now = self._clock.now()
        try:
            return min(datetime.fromtimestamp(int(str(stamp)), UTC), now) if stamp else now
        except (ValueError, OverflowError, OSError):
            return now

    async def _quoted(self, body: Body, sender: str) -> MessageId | None:
        """The message that is quoted: WeCom gives its words, and no id."""
        quote = body.get("quote")
        words = _CALLED.sub("", _words(quote)) if isinstance(quote, dict) else ""
        if not words.strip():
            return None
        place = group_of(body) or MemberId(sender)
        async with self._database.begin() as work:
            return await find_quoted(work, place, "", words, self._time(body.get("create_time")))


def group_of(body: Body) -> GroupId | None:
    """The group it was said in; None where it was said to the bot alone."""
    return GroupId(str(body["chatid"])) if body.get("chatid") and body.get("chattype") != "single" else None


def sender_of(body: Body) -> str:
    """Who said it: the userid; "" where WeCom does not say."""
    return str(_inner(body, "from").get("userid") or "")


def _parts(body: Body) -> list[Part]:
    """What a message is made of, its words first."""
    kind = str(body.get("msgtype"))
    if kind == "mixed":
        pictures = [(Kind.IMAGE, "", _inner(item, "image")) for item in _items(body) if "image" in item]
        words = _words(body)
        return [*([(Kind.TEXT, words, {})] if words else []), *pictures]
    if kind in _FILES:
        return [(_FILES[kind], "", _inner(body, kind))]
    if kind == "voice":
        words = _words(body)
        return [(Kind.TEXT if words else Kind.VOICE, words, {})]
    return [(Kind.TEXT, _words(body), {})] if kind == "text" else []


def _words(body: Body) -> str:
    """The words of a message, or of what is quoted; a voice's are what WeCom understood."""
    kind = str(body.get("msgtype"))
    if kind == "mixed":
        return "\n".join(_content(_inner(item, "text")) for item in _items(body) if "text" in item).strip()
    return _SHOWN.get(kind) or _content(_inner(body, kind))


def _content(of: Mapping[str, Any]) -> str:
    return str(of.get("content") or "").strip()


def _items(body: Body) -> list[dict[str, Any]]:
    items = _inner(body, "mixed").get("msg_item")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _inner(of: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = of.get(key)
    return found if isinstance(found, dict) else {}
