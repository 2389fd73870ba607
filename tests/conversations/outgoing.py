"""Lines that follow from nobody's words, and what has become of them in the outbox."""

from datetime import datetime

from bot.app import App
from bot.settings import Settings
from domain.ids import MemberId, TicketNo
from domain.message import Occasion, Reply
from tests.chat import GROUP, Chat

LEAD = MemberId("城管-李四")


async def put(chat: Chat, *replies: Reply) -> None:
    """Something is to be said that follows from nobody's words."""
    async with chat.database.begin() as work:
        await work.outbox.put(replies, None, chat.clock.now())
    await chat.wait(seconds=30)


def news(text: str, no: str | None = None) -> Reply:
    return Reply(GROUP, text, ticket=TicketNo(no) if no else None, occasion=Occasion.NEWS)


def unasked(text: str, expires_at: datetime | None = None) -> Reply:
    return Reply(GROUP, text, occasion=Occasion.UNASKED, expires_at=expires_at)


def words(lines: list[Reply]) -> list[str]:
    return [line.text for line in lines]


async def status_of(chat: Chat, *status: str) -> list[str]:
    async with chat.database.begin() as work:
        return [line.reply.text for line in await work.outbox.of_status(*status)]


def restart(chat: Chat, settings: Settings | None = None) -> None:
    """The program starts anew."""
    chat.app = App(settings or chat.settings, chat.database, chat.platform, chat.clock)
