"""The WeCom connection: one official smart robot, fits `bot.chat.contract.Connection`."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.chat.contract import SendFailed, Standing
from bot.chat.wechat.notice import Notices
from bot.chat.wechat.pace import Pace
from bot.chat.wecom.link import DISCONNECTED, SAID, Link, Refusal, State
from bot.chat.wecom.reader import Body, Reader, group_of, sender_of
from bot.clock import Clock
from bot.settings import Settings
from domain.ids import MessageId
from domain.message import Message, Reply
from storage.database import Database

log = structlog.get_logger()

Receive = Callable[[Message], Awaitable[bool]]

_PRIVATE, _GROUP = 1, 2
_NO_TALK = 93006
_USELESS = frozenset({40008, _NO_TALK})
"""Answers that stay: a kind of message that is not taken, a talk in which nobody has spoken to the robot."""
_SPEAK_FIRST = "有人收不到机器人的话（见 wangge outbox）：请那位先私聊机器人一句；是群，就先在群里 @ 它。"
_PER_MINUTE = 28
"""Lines to one talk; WeCom takes 30 a minute."""
_LONGEST = 20_480
"""Bytes of a line."""
_PLAIN = str.maketrans({"<": "＜", "*": "＊", "`": "\uff40"})
"""Markdown is the only kind of words that a robot may push: what would be taken for its marks."""
_HEARD_EVERY = 5.0
_GRACE = 10.0
"""Seconds for which WeCom may be away without the maintainer being told."""
_AWAY = timedelta(minutes=1)
_PAUSES = (0.0, 1.0, 5.0)


class WeCom:
    """One robot. `run` stays connected until cancelled, and hands on what is said to it."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        secret = settings.wecom_secret.get_secret_value() if settings.wecom_secret else ""
        self.notices = Notices(settings.webhook)
        self.link = Link(settings.wecom_address, settings.wecom_bot_id, secret, self._heard, self._changed)
        self._reader = Reader(database, settings, clock)
        self._receive: Receive | None = None
        self._database = database
        self._clock = clock
        self._rooms: dict[str, deque[Body]] = {}
        self._paces: dict[str, Pace] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_heard: datetime | None = None
        self._told: State | None = None
        self._since: datetime | None = None
        self._said_to_speak_first = False
        self._turns = 0

    # --- staying connected -----------------------------------------------------------------------

    async def run(self, receive: Receive) -> None:
        """Run until cancelled; messages go to `receive`."""
        self._receive = receive
        async with self._database.begin() as work:
            self._last_heard = await work.arrivals.last_heard()
        tasks = [asyncio.create_task(task) for task in (self.link.run(), self._beat())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            everything = [*tasks, *self._tasks]
            for task in everything:
                task.cancel()
            await asyncio.gather(*everything, return_exceptions=True)
            await self.notices.close()

    async def _beat(self) -> None:
        """Note now and then that WeCom is there, so that the next start knows how long it was not."""
        while True:
            await self.link.ready.wait()
            self._last_heard = self._clock.now()
            try:
                async with self._database.begin() as work:
                    await work.arrivals.heard(self._last_heard)
            except Exception:
                log.exception("not noted that wecom is there")
            await asyncio.sleep(_HEARD_EVERY)

    def standing(self) -> Standing:
        """How things stand with WeCom."""
        state = self.link.state
        if state is None:
            return Standing("正在连接企业微信。", well=False)
        return Standing(SAID[state], state is State.READY, self._since)

    def _changed(self, state: State) -> None:
        self._since = self._clock.now()
        log.info("wecom", state=state.value)
        if state is State.READY:
            self._say_how_long()
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

    def _say_how_long(self) -> None:
        """How long WeCom was away: it does not send again what was said meanwhile."""
        away = self._clock.now() - self._last_heard if self._last_heard else timedelta(0)
        if away > _AWAY:
            minutes = round(away.total_seconds() / 60)
            self.notices.tell(
                f"断线约 {minutes} 分钟后恢复。这段时间 @ 机器人的话平台不会补发，请翻一下群聊。"
            )

    # --- what is said ----------------------------------------------------------------------------

    def _heard(self, body: Body) -> None:
        """Put it in its talk's line: talks side by side, each in order."""
        talk = group_of(body) or sender_of(body)
        if talk in self._rooms:
            self._rooms[talk].append(body)
            return
        self._rooms[talk] = deque([body])
        self._start(self._serve(talk))

    async def _serve(self, talk: str) -> None:
        """Deal with what a talk has, one after the other."""
        waiting = self._rooms[talk]
        try:
            while waiting:
                await self._take(waiting.popleft())
        finally:
            del self._rooms[talk]

    async def _take(self, body: Body) -> None:
        """Hand it on; again after a moment where it could not be kept, since WeCom says nothing twice."""
        for pause in _PAUSES:
            await asyncio.sleep(pause)
            try:
                async for message in self._reader.messages(body):
                    if self._receive:
                        await self._receive(message)
            except Exception:
                log.exception("message not taken", message=str(body.get("msgid")))
            else:
                return

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- saying things ---------------------------------------------------------------------------

    async def send(self, reply: Reply, number: int) -> MessageId:
        """Say it, once WeCom is there. Raises SendFailed."""
        await self.link.ready.wait()
        await self._paces.setdefault(reply.to, Pace(_PER_MINUTE, 0)).turn()
        body = {
            "chatid": reply.to,
            "chat_type": _GROUP if reply.in_group else _PRIVATE,
            "msgtype": "markdown",
            "markdown": {"content": _cut((await self._called(reply) + reply.text).translate(_PLAIN))},
        }
        try:
            await self.link.ask("aibot_send_msg", body)
        except Refusal as error:
            if error.code == _NO_TALK and not self._said_to_speak_first:
                self._said_to_speak_first = True
                self.notices.tell(_SPEAK_FIRST)
            raise SendFailed(str(error), permanent=error.code in _USELESS) from error
        except DISCONNECTED as error:
            raise SendFailed(type(error).__name__) from error
        return MessageId(f"wecom-{number}")  # WeCom gives no id; a quote is found by its words

    async def unsay(self, message: MessageId, said_at: datetime) -> bool:
        """WeCom takes nothing back."""
        del message, said_at
        return False

    async def _called(self, reply: Reply) -> str:
        """Whom it calls, by the roster's names: in words, since a push of a robot's has no way to call."""
        if not (reply.in_group and reply.mentions):
            return ""
        async with self._database.look() as work:
            roster = await work.roster()
        people = [person for place in roster.communities for person in (*place.officers, *place.workers)]
        people += [boss.person for boss in roster.supervisors]
        names = {person.id: person.name for person in people}
        return "".join(f"@{names[one]} " for one in reply.mentions if one in names)


def _cut(text: str) -> str:
    """As much of it as WeCom takes."""
    content = text.encode()
    return text if len(content) <= _LONGEST else content[: _LONGEST - 3].decode(errors="ignore") + "…"
