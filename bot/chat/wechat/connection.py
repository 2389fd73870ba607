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

from bot.chat.contract import SendFailed, Standing
from bot.chat.wechat.alone import Alone
from bot.chat.wechat.compat import Wechaty, WechatyOptions
from bot.chat.wechat.intake import Intake, Receive
from bot.chat.wechat.link import SAID, Link, State
from bot.chat.wechat.names import Names
from bot.chat.wechat.notice import Notices
from bot.chat.wechat.pace import Pace
from bot.chat.wechat.puppet import DISCONNECTED, EVENTS, REFUSED, GatewayPuppet, NotConnected
from bot.chat.wechat.reader import Reader
from bot.chat.wechat.rooms import Rooms
from bot.clock import Clock
from bot.settings import Settings
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Media, Message, Reply
from storage.database import Database
from storage.media import MediaStore

log = structlog.get_logger()

_AT = "\u2005"
"""The space that WeChat puts after a name that is called."""
_TEXT = 7
"""A text on the wire; what a gateway puts into the text of a file is its own affair."""
_HEARD_EVERY = 5.0
_ECHO = 5.0
_NOTICED = 0.5
"""Seconds within which the link knows of a connection that broke."""
_GRACE = 10.0
"""Seconds for which a gateway may be away without the maintainer being told."""
_AWAY = timedelta(minutes=1)
RECALLABLE = timedelta(minutes=2)
"""How long WeChat takes back what was said."""
LARGEST = 20 << 20
"""Bytes of a file that may be sent."""


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
        self.link = Link(
            self.puppet,
            Alone(token),
            self._heard,
            self._changed,
            stop_on_wrong_token=settings.wechat_stop_on_wrong_token,
        )
        self.qrcode = ""
        self._names = Names(self.puppet)
        self._receive: Receive | None = None
        self._echoes: dict[tuple[str, str], asyncio.Future[str]] = {}
        self._database = database
        self._clock = clock
        self._media = MediaStore(settings.media)
        self._pace = Pace(settings.wechat_per_minute, settings.wechat_jitter_seconds)
        self._reader = Reader(self.puppet, self.link, self._names, database, settings, clock)
        self._intake = Intake(database, self.puppet, self.link, clock, self._read, self._hand_on)
        self.rooms = Rooms(self.puppet, self.link, self._names, database, self.notices, clock)
        self._answers = {"login": self._back, "friendship": self._befriended, **self.rooms.events}
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_heard: datetime | None = None
        self._away_since: datetime | None = None
        self._since: datetime | None = None
        self._told: State | None = None
        self._turns = 0
        for name in EVENTS.values():
            self.puppet.on(name, partial(self._happened, name))

    # --- staying connected -----------------------------------------------------------------------

    async def run(self, receive: Receive) -> None:
        """Run until cancelled; messages go to `receive`. Raises ConnectionRefused where it is to stop."""
        self._receive = receive
        async with self._database.begin() as work:
            self._last_heard = await work.arrivals.last_heard()
        await self.bot.init_puppet()
        tasks = [asyncio.create_task(task) for task in (self.link.run(), self._intake.run(), self._beat())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in (*tasks, *self._tasks):
                task.cancel()
            await asyncio.gather(*tasks, *self._tasks, return_exceptions=True)
            await self.notices.close()

    async def _read(self, payload: Any) -> Message | None:  # noqa: ANN401 - wechaty_grpc comes without types
        if payload.from_id != self.link.account:
            return await self._reader.message(payload)
        words = payload.text if int(payload.type) == _TEXT else ""
        if echo := self._echoes.pop((payload.room_id or payload.to_id, words), None):
            echo.set_result(str(payload.id))
        return None

    async def _hand_on(self, message: Message) -> bool:
        return await self._receive(message) if self._receive else False

    async def _beat(self) -> None:
        """Note now and then that the account is there, so that the next start knows how long it was not."""
        while True:
            await self.link.ready.wait()
            self._last_heard = self._clock.now()
            try:
                async with self._database.begin() as work:
                    await work.arrivals.heard(self._last_heard)
            except Exception:
                log.exception("not noted that the account is there")
            await asyncio.sleep(_HEARD_EVERY)

    def standing(self) -> Standing:
        """How things stand with the gateway and the account."""
        state = self.link.state
        if state is None:
            return Standing("正在连接微信网关。", well=False)
        code = self.qrcode if state is State.LOGGED_OUT else ""
        return Standing(SAID[state], state is State.READY, self._since, code)

    def _changed(self, state: State) -> None:
        self._since = self._clock.now()
        if state is State.READY:
            self._away_since = self._last_heard
        log.info("wechat", state=state.value)
        self._start(self._tell(state))

    async def _tell(self, state: State) -> None:
        """Tell the maintainer how things stand, unless it passes quickly."""
        self._turns += 1
        turn = self._turns
        if state is State.ABSENT:
            await asyncio.sleep(_GRACE)
        if turn == self._turns and state is not self._told:
            self._told = state
            self.notices.tell(SAID[state])

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
            self._start(self._answers[name](what))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("event failed", exc_info=error)

    async def _back(self, _: dict[str, Any]) -> None:
        """Say how long the account was away: nobody sends again what was said meanwhile."""
        self.qrcode, last = "", self._away_since
        away = self._clock.now() - last if last else timedelta(0)
        if away > _AWAY:
            minutes = round(away.total_seconds() / 60)
            self.notices.tell(f"断线约 {minutes} 分钟后恢复。这段时间群里说的话平台不会补发，请翻一下群聊。")
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
            return await self._send_kept(reply.to, reply.file)
        text = reply.text
        if reply.in_group and reply.mentions:
            called = [await self._names.of(one, GroupId(reply.to)) for one in reply.mentions]
            text = "".join(f"@{name}{_AT}" for name in called if name) + text
        mentions: list[str] = [*reply.mentions] if reply.in_group else []
        return await self._say(reply.to, text, partial(self._send_text, reply.to, text, mentions))

    async def _send_text(self, to: str, text: str, mentions: list[str]) -> str:
        return str(await self.puppet.message_send_text(to, text, mentions) or "")

    async def _send_kept(self, to: GroupId | MemberId, file: Media) -> MessageId:
        content = self._media.read(file.sha256) if file.sha256 else None
        if content is None:
            raise SendFailed("the file is no longer there", permanent=True)
        return await self.send_file(to, file.name, content)

    async def send_file(self, to: GroupId | MemberId, name: str, content: bytes) -> MessageId:
        """Send a file, a picture where its name says so, of up to 20 MiB. Raises SendFailed."""
        if len(content) > LARGEST:
            raise SendFailed(f"larger than {LARGEST} bytes", permanent=True)
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
