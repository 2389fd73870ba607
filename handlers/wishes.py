"""What residents answer to the weekly invitation: gathered for their officers' card, without who said it.

The group hears nothing of it. A report is a report, and what may be one is still put to who knows the place.
"""

from domain.message import Kind, Message, Reply
from domain.people import Community, Role
from handlers import doubts, residents, texts
from handlers.turn import CALLED, Turn, shortened
from understanding import Intent, Said, Surroundings
from understanding.by_model.mask import Mask
from understanding.week.wishes import answers, wishes


def perhaps(turn: Turn) -> bool:
    """Whether a resident's words in a group can be an answer to an invitation, if there was one."""
    said = turn.message
    if turn.private or turn.role is not Role.RESIDENT or said.kind is not Kind.TEXT:
        return False
    if turn.reading.acts or turn.reading.danger or turn.reading.referral:
        return False
    meant = bool(said.quotes) or said.to_bot
    return (meant and answers(turn.recordable())) or wishes(turn.recordable()) or bool(turn.reading.doubtful)


async def gather(turn: Turn) -> list[Reply]:
    """Keep an answer; do otherwise what would have been done."""
    kept = await _answers(turn)
    if kept:
        week = turn.policy.week(turn.said_at)
        await turn.store.checkins.wish(turn.message.id, turn.community.name, week.monday)
    if doubts.worth_asking(turn):
        return await doubts.ask(turn)
    if turn.message.to_bot and not kept and turn.reading.intent is not Intent.ACTION:
        return await residents.help_out(turn)
    return []


async def _answers(turn: Turn) -> bool:
    """Whether it answers this week's invitation: quotes it, is said to the bot, or comes soon after it."""
    said, week, store = turn.message, turn.policy.week(turn.said_at), turn.store.checkins
    if said.quotes:
        return await store.is_said(said.quotes, texts.INVITES)
    invited = await store.invited(said.group, texts.INVITES, week.begins) if said.group else None
    if invited is None or said.sent_at < invited:
        return False
    return said.to_bot or said.sent_at - invited <= turn.policy.weekly.gather


def unsigned(said: Message, community: Community) -> str:
    """The words as officers read them: without names, numbers and households."""
    line = Said(CALLED.sub("", said.text).strip(), said.sender, name=said.sender_name)
    return shortened(Mask(line, Surroundings(places=community.places)).hide(line.text))
