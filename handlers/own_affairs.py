"""An officer's words about his own affairs, which move no ticket: lists, the week, leave, no more time."""

from dataclasses import replace

from domain.action import Action
from domain.message import Kind, Occasion, Reply
from domain.people import Role
from domain.records import Approval
from domain.ticket import Ticket
from handlers import leave, officers, texts
from handlers.turn import Turn, privately
from understanding.language.formulas import OFFICERS, formula, over, solves
from understanding.officers.extending import needs_no_time
from understanding.week import own_affairs


def wants_list(turn: Turn) -> bool:
    """Whether an officer wants to see what they have in hand."""
    return _his_words(turn) and own_affairs.asks_for_his_tickets(turn.as_said())


def told(turn: Turn) -> bool:
    """Whether an officer's words are about the week, about leave, or take back what is no ticket's."""
    if not _his_words(turn) or _names_a_ticket(turn):
        return False
    said = turn.as_said()
    if own_affairs.takes_back(said) or own_affairs.of_the_week(_without_names(turn)):
        return True
    if turn.private:
        return own_affairs.leave_without_days(said)
    return own_affairs.of_leave(said) and leave.taken(turn) is not None and not _says_more(said.text)


async def answer(turn: Turn) -> list[Reply]:
    """In the group nothing; alone with the bot, what is to be said once more."""
    if not turn.private:
        return []
    said = turn.as_said()
    if own_affairs.takes_back(said):
        return [turn.aside(texts.NOTHING_TO_TAKE_BACK)]
    return [turn.aside(texts.LEAVE_WHICH_DAYS)] if own_affairs.of_leave(said) else []


def needs_no_more(turn: Turn) -> bool:
    """Whether an officer says that an extension is not needed: 不延期, 不用延了."""
    asked = turn.private and turn.asked is not None and turn.asked.action is Action.EXTEND
    return _his_words(turn) and needs_no_time(turn.as_said(), asked=asked)


async def not_needed(turn: Turn) -> list[Reply]:
    """What was asked of the squad leader is taken back; what else is said of the ticket is done."""
    if turn.asked and turn.asked.action is Action.EXTEND:
        await turn.store.desk.answered(turn.message.sender)
    replies = await _take_back(turn)
    if _says_more(turn.message.text):
        acts = tuple(act for act in turn.reading.acts if act.action is not Action.EXTEND)
        replies += await officers.act(replace(turn, reading=replace(turn.reading, acts=acts)))
    return replies


async def _take_back(turn: Turn) -> list[Reply]:
    waits = await _requests(turn)
    if not waits:
        return [turn.aside(texts.NO_REQUEST)] if turn.private else []
    if len(waits) > 1:
        return [turn.aside(texts.which_request([ticket.no for ticket, _ in waits]))]
    (ticket, asked), *_ = waits
    await turn.store.approvals.answer(asked, None, turn.now, granted=False)
    text = texts.request_taken_back(ticket)
    bosses = turn.squad_leaders(ticket)
    return [turn.aside(text, ticket), *(privately(boss, text, ticket, Occasion.NEWS) for boss in bosses)]


async def _requests(turn: Turn) -> list[tuple[Ticket, Approval]]:
    """The extensions that this officer, or the other one of the ticket, has asked for and that wait."""
    number, quoted, found = turn.number_said(), turn.message.quotes, []
    for asked in await turn.store.approvals.all_waiting():
        file = turn.file(asked.ticket)
        if asked.action is not Action.EXTEND or file is None:
            continue
        pointed = file.ticket.no == number or (quoted is not None and quoted in file.about)
        if pointed or not (number or quoted):
            found.append((file.ticket, asked))
    mine = [one for one in found if one[1].asked_by == turn.message.sender]
    return mine or found


def _his_words(turn: Turn) -> bool:
    return turn.role is Role.OFFICER and turn.message.kind is Kind.TEXT


def _names_a_ticket(turn: Turn) -> bool:
    return bool(turn.number_said() or turn.message.quotes)


def _says_more(text: str) -> bool:
    """Whether something is said of a ticket in the very words that the bot asks for."""
    parts = text.replace("，", ",").split(",")
    return bool(over(text)) or solves(text) or any(formula(part, OFFICERS) for part in parts)


def _without_names(turn: Turn) -> str:
    """The words, with 社区 for the names of the speaker's communities."""
    words = turn.message.text
    for community in turn.communities:
        stem = community.name.removesuffix(texts.COMMUNITY)
        words = words.replace(community.name, texts.COMMUNITY).replace(stem, texts.COMMUNITY)
    return words
