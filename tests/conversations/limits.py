"""Tickets whose time runs: how one is opened, until when it is, and who hears of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.action import Action
from domain.ids import TicketNo
from tests.chat import Chat
from tests.conversations.meanings import does, report
from understanding import Reading

Meaning = dict[str, Reading]
MAIN, OTHER, SQUAD, LEADER = "城管-李四", "城管陈五", "张科长", "王局"
BINS = "3栋楼下垃圾桶满了三天没人收，臭死了"
LAMP = "5栋楼下路灯坏了好几天，晚上黑漆漆的"


async def opened(chat: Chat, meaning: Meaning, category: str = "店外经营", location: str = "3栋") -> TicketNo:
    """A ticket on Tuesday at 9:00, two officers told."""
    await chat.wait(hours=15 - 20 / 3600)
    meaning["有事"] = report(location, category)
    await chat.say("李姐", "有事")
    return (await chat.tickets())[-1].no


def at(chat: Chat, hour: int, minute: int = 0, days: int = 0) -> dict[str, float]:
    """As long as it is until then, in Nanchang."""
    now = chat.clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    then = now.replace(hour=hour, minute=minute, second=30) + timedelta(days=days)
    return {"seconds": (then - now).total_seconds()}


def extends(no: TicketNo, day: str | None = None) -> Reading:
    reading = does(Action.EXTEND, no)
    until = datetime.fromisoformat(day).date() if day else None
    return Reading(reading.intent, 1.0, acts=reading.acts, until=until)
