"""The WeChat connection: one account behind a Wechaty gateway, fits `bot.chat.contract.Connection`."""

import asyncio
import contextlib
import io
import sys
from collections.abc import Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import qrcode
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.chat.contract import Receive, SendFailed, Standing
from bot.chat.notice import Notices
from bot.chat.outgoing import content_of
from bot.chat.pace import Pace
from bot.chat.presence import Presence
from bot.chat.wechat.alone import Alone
from bot.chat.wechat.compat import Wechaty, WechatyOptions
from bot.chat.wechat.intake import Intake
from bot.chat.wechat.line import NotConnected
from bot.chat.wechat.link import WORDS, Link
from bot.chat.wechat.names import Names
from bot.chat.wechat.puppet import DISCONNECTED, EVENTS, REFUSED, GatewayPuppet
from bot.chat.wechat.reader import Reader
from bot.chat.wechat.rooms import Rooms
from bot.clock import Clock
from bot.settings import Settings
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Message, Reply
from storage.database import Database
from storage.media import MediaStore

log = structlog.get_logger()

_AT = "\u2005"
"""The space that WeChat puts after a name that is called."""
_TEXT = 7
"""A text on the wire; what a gateway puts into the text of a file is its own affair."""
_ECHO = 5.0
_NOTICED = 0.5
"""Seconds within which the link knows of a connection that broke."""
RECALLABLE = timedelta(minutes=2)
"""How long WeChat takes back what was said."""


class _Bot(Wechaty):  # type: ignore[misc]  # wechaty comes without types
    """Wechaty with our puppet in it; its own start would end the process where a gateway is away."""

    def __init__(self, puppet: GatewayPuppet) -> None:
        super().__init__(WechatyOptions(puppet=puppet, scheduler=AsyncIOScheduler()))


class WeChat:
    """One account. `run` stays connected until cancelled, and hands on what is said in its chats."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        token = settings.wechat_token.get_secret_value() if settings.wechat_token else ""
        self.puppet = GatewayPuppet(settings.wechat_endpoint, token)
        self.bot = _Bot(self.puppet)
        self.notices = Notices(settings.webhook)
        self.presence = Presence(WORDS, self.notices, database, clock)
        self.link = Link(
            self.puppet,
            Alone(token),
            self._heard,
            self.presence.changed,
            stop_on_wrong_token=settings.wechat_stop_on_wrong_token,
        )
        self.qrcode = ""
        self._names = Names(self.puppet)
        self._receive: Receive | None = None
        self._echoes: dict[tuple[str, str], asyncio.Future[str]] = {}
        self._clock = clock
        self._media = MediaStore(settings.media)
        self._pace = Pace(settings.wechat_per_minute, settings.wechat_jitter_seconds)
        self._reader = Reader(self.puppet, self.link, self._names, database, settings, clock)
        self._intake = Intake(database, self.puppet, self.link, clock, self._read, self._hand_on)
        self.rooms = Rooms(self.puppet, self.link, self._names, database, self.notices, clock)
        self._answers = {"login": self._back, "friendship": self._befriended, **self.rooms.events}
        for name in EVENTS.values():
            self.puppet.on(name, partial(self._happened, name))

    # --- staying connected -----------------------------------------------------------------------

    async def run(self, receive: Receive) -> None:
        """Run until cancelled; messages go to `receive`. Raises ConnectionRefused where it is to stop."""
        self._receive = receive
        await self.bot.init_puppet()
        await self.presence.run(self.link.ready, self.link.run, self._intake.run)

    async def _read(self, payload: Any) -> Message | None:  # noqa: ANN401 - wechaty_grpc comes without types
        if payload.from_id != self.link.account:
            return await self._reader.message(payload)
        words = payload.text if int(payload.type) == _TEXT else ""
        if echo := self._echoes.pop((payload.room_id or payload.to_id, words), None):
            echo.set_result(str(payload.id))
        return None

    async def _hand_on(self, message: Message) -> bool:
        return await self._receive(message) if self._receive else False

    def standing(self) -> Standing:
        """How things stand with the gateway and the account."""
        return self.presence.standing(self.qrcode)

    def _heard(self, name: str, what: dict[str, Any]) -> None:
        self.puppet.tell(name, what)

    def _happened(self, name: str, what: dict[str, Any] | Exception) -> None:
        """An event, from the puppet's own emitter, in the order of the stream."""
        if name == "error" or isinstance(what, Exception):
            log.error("gateway reports an error", reason=str(what)[:500])
        elif name == "message":
            self._intake.put(MessageId(str(what["messageId"])))
        elif name == "scan":
            self._show(str(what.get("qrcode") or ""))
        elif name == "dirty":
            self._names.forget(str(what.get("payloadId")))
        elif name in self._answers:
            self.presence.start(self._answers[name](what))

    async def _back(self, _: dict[str, Any]) -> None:
        self.qrcode = ""
        if again := await self._intake.recover():
            log.info("fetching again", messages=again)
        with contextlib.suppress(*DISCONNECTED):
            await self.rooms.refresh()

    async def _befriended(self, event: dict[str, Any]) -> None:
        if message := await self.rooms.befriended(event):
            await self._hand_on(message)

    def _show(self, code: str) -> None:
        """The QR code to log in with: in the terminal, and as an address for the maintainer."""
        if code and code != self.qrcode:
            self.qrcode = code
            drawn, shown = io.StringIO(), qrcode.QRCode(border=1)
            shown.add_data(code)
            shown.print_ascii(out=drawn)
            sys.stderr.write(drawn.getvalue())
            self.notices.tell(f"请用机器人的微信扫码登录，二维码内容：{code}")

    # --- saying things ---------------------------------------------------------------------------

    async def send(self, reply: Reply, number: int) -> MessageId:
        """Say it, once the account is there. Raises SendFailed."""
        del number
        if reply.file:
            return await self.send_file(reply.to, reply.file.name, content_of(reply.file, self._media))
        text = reply.text
        if reply.in_group and reply.mentions:
            called = [await self._names.of(one, GroupId(reply.to)) for one in reply.mentions]
            text = "".join(f"@{name}{_AT}" for name in called if name) + text
        mentions: list[str] = [*reply.mentions] if reply.in_group else []
        return await self._say(reply.to, text, partial(self._send_text, reply.to, text, mentions))

    async def _send_text(self, to: str, text: str, mentions: list[str]) -> str:
        return str(await self.puppet.message_send_text(to, text, mentions) or "")

    async def send_file(self, to: GroupId | MemberId, name: str, content: bytes) -> MessageId:
        """Send a file, a picture where its name says so. Raises SendFailed."""
        return await self._say(to, "", partial(self.puppet.send_bytes, to, name, content))

    async def unsay(self, message: MessageId, said_at: datetime) -> bool:
        """Take back a line of the bot's, once the account is there; WeChat allows it for two minutes."""
        await self.link.ready.wait()
        if self._clock.now() - said_at > RECALLABLE:
            return False
        try:
            return bool(await self.puppet.message_recall(message))
        except (*DISCONNECTED, REFUSED):
            return False

    async def _say(self, to: str, text: str, send: partial[Coroutine[Any, Any, str]]) -> MessageId:
        if to in self.rooms.left:
            raise SendFailed("the bot is no longer in this group", permanent=True)
        await self.link.ready.wait()
        await self._pace.turn()
        echo = self._echoes[to, text] = asyncio.get_running_loop().create_future()
        try:
            # Some puppets give no id, but every one hands on what its own account says.
            return MessageId(await send() or await self._echoed(echo))
        except (*DISCONNECTED, REFUSED) as error:
            if isinstance(error, DISCONNECTED) and not isinstance(error, NotConnected):
                await asyncio.sleep(_NOTICED)
                await self.link.ready.wait()
                if key := await self._echoed(echo):  # it went out, only the answer was lost
                    return MessageId(key)
            raise SendFailed(f"{type(error).__name__}: {error}") from error
        finally:
            self._echoes.pop((to, text), None)

    async def _echoed(self, echo: asyncio.Future[str]) -> str:
        """The id under which the account's own line comes in; "" where it does not."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_ECHO):
                return await asyncio.shield(echo)
        return ""
