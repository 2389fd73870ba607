"""A link into the pages, for whom the roster names: asked for, and answered, privately."""

from dataclasses import replace
from datetime import timedelta

from domain.access import visitor
from domain.message import Reply
from handlers import texts
from handlers.turn import Turn, privately

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def asks(turn: Turn) -> bool:
    """Whether somebody who may see the pages asks for them, in just these words."""
    return turn.command() in texts.PAGES and visitor(turn.message.sender, turn.roster) is not None


async def show_in(turn: Turn) -> list[Reply]:
    """A one-time link, made when the line goes out; in a group only where to ask for one."""
    if not turn.private:
        return [turn.aloud(texts.ask_alone())]
    member = turn.message.sender
    before = await turn.store.logins.asked(member, turn.now - _HOUR)
    if len(before) >= turn.policy.links:
        wait = before[-turn.policy.links] + _HOUR - turn.now
        return [turn.aside(texts.too_many_links(-(-wait // _MINUTE)))]
    words = texts.way_in(turn.policy.link // _MINUTE)
    return [replace(privately(member, words), login=True, expires_at=turn.now + turn.policy.link)]
