"""The people of the week's tests, and what is kept of a week: who checked in, and where nobody did."""

from datetime import date

from domain.records import CheckIn
from tests.chat import Chat
from tests.conversations.hearing import to

HAPPY, LAKE = "幸福里社区", "梅湖社区"
OFFICER, SECOND = "城管-李四", "城管陈五"


async def met(chat: Chat, monday: str = "2026-05-11") -> list[CheckIn]:
    async with chat.database.begin() as work:
        return list(await work.checkins.of_week(date.fromisoformat(monday)))


async def missed(chat: Chat) -> list[tuple[str, str]]:
    async with chat.database.begin() as work:
        return [(name, f"{week:%m-%d}") for name, week in await work.checkins.missed(date.min)]


async def card(chat: Chat, who: str = OFFICER) -> str:
    lines = to(await chat.until("2026-05-14 09:31"), who)
    (text,) = [text for text in lines if text.startswith("本周社区对接")]
    return text
