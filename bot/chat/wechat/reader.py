"""From a gateway's message to ours: its kind, words, file, whom it calls, what it quotes or takes back."""

import mimetypes
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.chat.wechat.link import Link
from bot.chat.wechat.names import Names
from bot.chat.wechat.puppet import DISCONNECTED, REFUSED, GatewayPuppet, TooLarge
from bot.chat.wechat.quotes import Quote, parsed, split
from bot.clock import Clock
from bot.settings import Settings
from domain.ids import GroupId, MemberId, MessageId
from domain.message import MEDIA, Kind, Media, Message
from storage.database import Database
from storage.media import MediaStore
from storage.quotes import find_quoted

log = structlog.get_logger()

_KINDS = {
    1: Kind.FILE,
    2: Kind.VOICE,
    3: Kind.LINK,
    4: Kind.LINK,
    5: Kind.STICKER,
    6: Kind.IMAGE,
    7: Kind.TEXT,
    8: Kind.LOCATION,
    9: Kind.LINK,
    10: Kind.TEXT,
    11: Kind.STICKER,
    12: Kind.STICKER,
    13: Kind.RECALL,
    14: Kind.LINK,
    15: Kind.VIDEO,
    16: Kind.LINK,
}
"""Kinds of message on the wire (a gateway's own numbers); what is not among them says nothing to us."""
_MIMES = {Kind.IMAGE: "image/jpeg", Kind.VIDEO: "video/mp4", Kind.VOICE: "audio/silk"}
_URL = 14
_EVERYBODY = ("@所有人", "@all")
_MILLISECONDS = 10**11
_TRIES = 2
_PATIENCE = 15.0


class Reader:
    """Reads the messages of one account."""

    def __init__(
        self,
        puppet: GatewayPuppet,
        link: Link,
        names: Names,
        database: Database,
        settings: Settings,
        clock: Clock,
    ) -> None:
        self._puppet = puppet
        self._link = link
        self._names = names
        self._database = database
        self._media = MediaStore(settings.media)
        self._limit = settings.upload_mebibytes << 20
        self._bot_name = settings.bot_name
        self._clock = clock

    async def message(self, payload: Any) -> Message | None:  # noqa: ANN401 - wechaty_grpc comes without types
        """The message; None where it is of a kind that says nothing."""
        kind = _KINDS.get(int(payload.type))
        if kind is None or not payload.from_id:
            return None
        group = GroupId(payload.room_id) if payload.room_id else None
        sender = MemberId(payload.from_id)
        sent_at = self._time(payload.timestamp)
        text, quote = split(payload.text) if kind is not Kind.RECALL else ("", None)
        if quote or kind is Kind.TEXT:
            kind = Kind.TEXT
        else:
            text = await self._label(kind, payload)
        called = () if any(word in text for word in _EVERYBODY) else tuple(payload.mention_ids)
        return Message(
            id=MessageId(payload.id),
            group=group,
            sender=sender,
            sender_name=await self._names.of(sender, group),
            sent_at=sent_at,
            kind=kind,
            text=text,
            mentions=tuple(MemberId(one) for one in called if one != self._link.account),
            to_bot=self._link.account in called or f"@{self._bot_name}" in text,
            quotes=await self._quoted(quote, group or sender, sent_at) if quote else None,
            recalls=_recalled(payload.text) if kind is Kind.RECALL else None,
            media=await self._file(payload, kind) if kind in MEDIA else None,
        )

    def _time(self, stamp: int) -> datetime:
        """When it was sent: gateways give seconds or milliseconds; never later than now."""
        now = self._clock.now()
        seconds = stamp / 1000 if stamp > _MILLISECONDS else stamp
        return min(datetime.fromtimestamp(seconds, UTC), now) if stamp else now

    async def _label(self, kind: Kind, payload: Any) -> str:  # noqa: ANN401 - as above
        """The words of what is no text: a place, a title, a file's name."""
        try:
            if kind is Kind.LOCATION:
                return await self._puppet.message_place(payload.id) or _place(payload.text)
            if int(payload.type) == _URL:
                return str((await self._puppet.message_url(payload.id)).title)
        except (*DISCONNECTED, REFUSED):
            return _place(payload.text) if kind is Kind.LOCATION else ""
        return str(payload.filename) if kind is Kind.FILE else ""

    async def _quoted(self, quote: Quote, place: GroupId | MemberId, sent_at: datetime) -> MessageId | None:
        async with self._database.begin() as work:
            if quote.id and await work.messages.known(quote.id):
                return quote.id
            return await find_quoted(work, place, quote.name, quote.content, quote.at or sent_at)

    async def _file(self, payload: Any, kind: Kind) -> Media:  # noqa: ANN401 - as above
        """The file, kept; without content where it cannot be had or is too large: the message stands."""
        name = str(payload.filename)
        mime = mimetypes.guess_type(name)[0] or _MIMES.get(kind, "application/octet-stream")
        for _ in range(_TRIES):
            try:
                given, content = await self._puppet.message_bytes(
                    payload.id, self._limit, image=kind is Kind.IMAGE
                )
            except (TooLarge, TimeoutError) as error:
                log.warning("file not kept", message=payload.id, reason=repr(error))
                break
            except (*DISCONNECTED, REFUSED) as error:
                log.warning("file not to be had", message=payload.id, reason=repr(error))
                await self._link.back(_PATIENCE)
                continue
            if content:
                return self._media.keep(name or given, mime, content)
        return Media(None, name, mime, 0)


def _recalled(text: str) -> MessageId | None:
    """The message that was taken back: its id alone, or WeChat's own XML around it."""
    if "<" not in text:
        return MessageId(text.strip()) if text.strip() else None
    found = parsed(text)
    if found is None:
        return None
    key = found.findtext(".//newmsgid") or found.findtext(".//msgid") or ""
    return MessageId(key.strip()) if key.strip() else None


def _place(text: str) -> str:
    """The label of a location in WeChat's own XML."""
    found = parsed(text)
    spot = found.find(".//location") if found is not None else None
    return "" if spot is None else spot.get("poiname") or spot.get("label") or ""
