"""Weeks of whatever may happen: quiet hours and caps hold, and what is said is said once."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.chat.contract import SendFailed
from bot.clock import VirtualClock
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Occasion, Reply
from storage.outgoing import CANCELLED, SENT, WAITING
from tests.chat import GROUP, OTHER_GROUP, Chat, Heard
from tests.conversations.test_main_story import FUMES, STALLS

ZONE = ZoneInfo("Asia/Shanghai")
STEPS = 60
AT_ONCE = {Occasion.ANSWER, Occasion.DANGER}
SAY = (
    FUMES,
    STALLS,
    "我家也是，天天闻油烟",
    "晚上吃什么",
    "怎么还没人来管",
    "好了，没味道了，谢谢",
    "你们就是一群饭桶",
)


@dataclass
class Watched(Heard):
    """A platform that remembers when it was spoken on, and sometimes does not work."""

    clock: VirtualClock | None = None
    chance: random.Random = field(default_factory=random.Random)
    said: list[tuple[datetime, Reply]] = field(default_factory=list)

    async def send(self, reply: Reply, number: int) -> MessageId:
        """Take a line, or fail."""
        if self.chance.random() < 0.05:
            raise SendFailed("no network")
        assert self.clock
        self.said.append((self.clock.now().astimezone(ZONE), reply))
        return await super().send(reply, number)


@dataclass
class Weeks:
    """Things that happen to a chat, by chance."""

    chat: Chat
    platform: Watched
    chance: random.Random
    count: int = 0

    async def happen(self) -> None:
        """One more thing."""
        happens = self.chance.choice([self._speak, self._put, self._put, self._pass, self._stand_still])
        await happens()

    async def _speak(self) -> None:
        who = self.chance.choice(["李姐", "老涂", "小万"])
        await self.chat.say(who, self.chance.choice(SAY), private=self.chance.random() < 0.2)
        for ticket in (await self.chat.tickets())[-1:]:
            await self.chat.say("城管-李四", f"{ticket.no} 已处理", private=self.chance.random() < 0.8)

    async def _put(self) -> None:
        self.count += 1
        places: list[GroupId | MemberId] = [GROUP, OTHER_GROUP, MemberId("李姐"), MemberId("城管-李四")]
        to = self.chance.choice(places)
        occasion = self.chance.choice([Occasion.NEWS, Occasion.UNASKED, Occasion.UNASKED, Occasion.DANGER])
        ends = self.chat.clock.now() + timedelta(days=self.chance.choice([1, 30]))
        text = f"〈{occasion.value[0]}{self.count}〉"
        line = Reply(to, text, to in {GROUP, OTHER_GROUP}, occasion=occasion, expires_at=ends)
        async with self.chat.database.begin() as work:
            await work.outbox.put([line], None, self.chat.clock.now())

    async def _pass(self) -> None:
        await self.chat.wait(hours=self.chance.choice([0.1, 1, 7, 20]))

    async def _stand_still(self) -> None:
        """The program is away for a while."""
        self.chat.clock.advance(self.chat.clock.now() + timedelta(hours=self.chance.choice([0.2, 3, 11, 60])))
        self.chat.app = App(self.chat.settings, self.chat.database, self.platform, self.chat.clock)
        await self.chat.app.jobs.tick()
        await self.chat.app.outbox.flush()


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_the_bot_is_quiet_when_it_should_be(chat: Chat, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (no secrets)
    platform = Watched(clock=chat.clock, chance=chance)
    chat.platform = platform
    chat.app = App(chat.settings, chat.database, platform, chat.clock)
    weeks = Weeks(chat, platform, chance)
    for _ in range(STEPS):
        await weeks.happen()
    await chat.wait(days=31)
    assert weeks.count > 10
    for at, reply in platform.said:
        assert reply.occasion in AT_ONCE or not is_quiet(at, reply), (at, reply)
    caps_hold(platform.said)
    async with chat.database.begin() as work:
        assert await work.outbox.of_status(WAITING) == []
        gone = [line.reply.text for line in await work.outbox.of_status(SENT, CANCELLED)]
    heard = Counter(part for _, reply in platform.said for part in reply.text.split("\n") if "〈" in part)
    assert set(heard.values()) <= {1}
    assert sum("〈" in text for text in gone) == weeks.count


def is_quiet(at: datetime, reply: Reply) -> bool:
    clock = at.time()
    if reply.to in {"城管-李四", "城管陈五", "社区小刘", "社区小美", "张科长", "王局"}:
        return not time(8) <= clock < time(22)
    return not time(8) <= clock < time(20, 30) or time(12) <= clock < time(14)


def caps_hold(said: list[tuple[datetime, Reply]]) -> None:
    days, weeks = Counter[tuple[str, object]](), Counter[tuple[str, object]]()
    for at, reply in said:
        if "〈u" not in reply.text:
            continue
        assert at.weekday() < 5
        if reply.in_group:
            number = reply.text.count("〈u")
            days[GroupId(reply.to), at.date()] += number
            weeks[GroupId(reply.to), at.isocalendar()[:2]] += number
    assert max(days.values()) == 1
    assert max(weeks.values()) <= 3
