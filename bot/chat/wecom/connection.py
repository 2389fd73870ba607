"""The WeCom connection: one official smart robot, fits `bot.chat.contract.Connection`."""

import asyncio
from collections import deque
from datetime import datetime
from typing import Any

import structlog

from bot.chat.contract import Receive, SendFailed, Standing
from bot.chat.notice import Notices
from bot.chat.pace import Pace
from bot.chat.presence import Presence
from bot.chat.wecom.link import DISCONNECTED, WORDS, Link, Refusal
from bot.chat.wecom.reader import Body, Reader, group_of, sender_of
from bot.chat.wecom.upload import Uploads
from bot.clock import Clock
from bot.settings import Settings
from domain.ids import MessageId
from domain.message import Reply
from storage.database import Database
from storage.media import MediaStore

log = structlog.get_logger()

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
_PAUSES = (0.0, 1.0, 5.0)


class WeCom:
    """One robot. `run` stays connected until cancelled, and hands on what is said to it."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        secret = settings.wecom_secret.get_secret_value() if settings.wecom_secret else ""
        self.notices = Notices(settings.webhook)
        self.presence = Presence(WORDS, self.notices, database, clock)
        self.link = Link(
            settings.wecom_address, settings.wecom_bot_id, secret, self._heard, self.presence.changed
        )
        self._uploads = Uploads(self.link, MediaStore(settings.media))
        self._reader = Reader(database, settings, clock)
        self._receive: Receive | None = None
        self._database = database
        self._rooms: dict[str, deque[Body]] = {}
        self._paces: dict[str, Pace] = {}
        self._said_to_speak_first = False

    # --- staying connected -----------------------------------------------------------------------

    async def run(self, receive: Receive) -> None:
        """Run until cancelled; messages go to `receive`."""
        self._receive = receive
        await self.presence.run(self.link.ready, self.link.run)

    def standing(self) -> Standing:
        """How things stand with WeCom."""
        return self.presence.standing()

    # --- what is said ----------------------------------------------------------------------------

    def _heard(self, body: Body) -> None:
        """Put it in its talk's line: talks side by side, each in order."""
        talk = group_of(body) or sender_of(body)
        if talk in self._rooms:
            self._rooms[talk].append(body)
            return
        self._rooms[talk] = deque([body])
        self.presence.start(self._serve(talk))

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

    # --- saying things ---------------------------------------------------------------------------

    async def send(self, reply: Reply, number: int) -> MessageId:
        """Say it, once WeCom is there. Raises SendFailed."""
        await self.link.ready.wait()
        talk = {"chatid": reply.to, "chat_type": _GROUP if reply.in_group else _PRIVATE}
        try:
            what = await self._uploads.shown(reply.file) if reply.file else await self._words(reply)
            await self._paces.setdefault(reply.to, Pace(_PER_MINUTE, 0)).turn()
            await self.link.ask("aibot_send_msg", {**talk, **what})
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

    async def _words(self, reply: Reply) -> dict[str, Any]:
        text = (await self._called(reply) + reply.text).translate(_PLAIN)
        return {"msgtype": "markdown", "markdown": {"content": _cut(text)}}

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
