"""What supervisors get: where a ticket stands, and what is open, in their whole area. Always privately.

Who urges a ticket hears who has it and how it stands; its officers are reminded, once in a while.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.action import Action
from domain.ids import TicketNo
from domain.message import Kind, Reply
from domain.people import Community, Role
from domain.ticket import Ticket
from handlers import texts
from handlers.moves import Moved, move
from handlers.quiet import awake
from handlers.residents import URGE_QUIET
from handlers.turn import Turn
from understanding.language.ticket_numbers import COMMANDED, short

OVERNIGHT = timedelta(hours=12)
"""So long after an urging its officers are not reminded again by night; by day it is `URGE_QUIET`."""
_NUMBER = f"(?:{COMMANDED}号?)?"
_URGE = "(?:催办|催促|催一催|催催|催一下|催下|催单|催|督办|督促)(?:一下|下)?(?:这[件个单])?"
_POLITE = r"(?:请|麻烦|帮我|帮忙|再|继续|赶紧|抓紧|快|给我|我要|要|[把将]|工?单|的|[,，。、\s])*"
_END = r"单?[吧啊呀]?(?=$|[^\w]|(?<=\s)\w)"
_URGES = re.compile(f"{_POLITE}{_NUMBER}{_POLITE}{_URGE}{_POLITE}{_NUMBER}{_END}")
_AFTER_ALL = re.compile(rf"(?:^|[,，。、；;!！?？\s]){_POLITE}{_URGE}[吧啊呀]?[。!！]*$")
_LATE, _WHICH = re.compile("超期|逾期|超时|过期"), re.compile("哪|清单|名单|列|明细")
_OVERDUE = re.compile(
    "(?:现在|目前|当前|眼下|还|都?有|哪[些几]?|一?[个件条起]|的|工?单子?|案子|投诉|在办|已经|已|都是|是|没[办处]完?"
    "|未[办处]完?|了|呢|啊|请|帮我|给我|把|我|列出?|下|看一?下|看看|查一?下|发来?|一下|清单|名单|列表|明细"
    "|超期|逾期|超时|过期)+"
)
_NOT_SO = re.compile("几次|多少|哪些")


async def progress(turn: Turn) -> list[Reply]:
    """`进度 20260511-003`: the state of one ticket in the speaker's area."""
    number = TicketNo(turn.number_said() or "")
    found = await _named(turn, number)
    if not found:
        return [turn.aside(texts.unknown(number))]
    return [turn.aside(texts.details(found[0], turn.policy.zone), found[0])]


def urges(turn: Turn) -> bool:
    """Whether the words urge a ticket: 催办 20260511-003, 催办003, or 催办 alone, which is asked back."""
    words = turn.command()
    said = _URGES.match(words) or (turn.number_said() and _AFTER_ALL.search(words))
    return turn.message.kind is Kind.TEXT and bool(said) and not _NOT_SO.search(words)


async def urge(turn: Turn) -> list[Reply]:
    """`催办 20260511-003`: who has it, how it stands, whether the officers hear of it."""
    number, tail = turn.number_said(), _tail(turn)
    if not number and not tail:
        return [turn.aside(texts.URGE_WHICH)]
    found = await _named(turn, TicketNo(number)) if number else await _ending(turn, tail)
    if len(found) != 1:
        return [turn.aside(texts.which_number(tail, found) if found else texts.unknown(number or tail))]
    return await _urged(turn, found[0])


async def _urged(turn: Turn, ticket: Ticket) -> list[Reply]:
    """It is on record, and the officers hear of it where it is their turn."""
    whose = [turn.roster.name_of(officer) or "" for officer in ticket.officers]
    told: list[Reply] = []
    news = ""
    if ticket.waits_for_officers:
        boss = replace(turn, role=Role.SUPERVISOR, communities=tuple(_area(turn)))
        moved = await move(boss, ticket.no, Action.URGE)
        if not isinstance(moved, Moved):
            return moved
        ticket, now = moved.ticket, awake(turn.policy, moved.ticket, turn.now, new=False)
        since = turn.said_at - (URGE_QUIET if now else OVERNIGHT)
        again = await turn.store.tickets.times(ticket.no, Action.URGE, since) > 1
        when = texts.deadline(ticket, turn.policy.office, turn.now)
        told = [] if again else turn.to_officers(ticket, texts.urged_by_boss(ticket, when))
        news = texts.reminded(again=again, now=now, anybody=bool(turn.officers(ticket)))
    return [turn.aside(texts.urged_state(ticket, whose, turn.now, turn.policy.zone) + news, ticket), *told]


async def _named(turn: Turn, no: TicketNo) -> list[Ticket]:
    """The ticket of this number, where it is in the speaker's area."""
    ticket = await turn.store.tickets.get(no)
    return [ticket] if ticket and any(c.name == ticket.community for c in _area(turn)) else []


async def _ending(turn: Turn, tail: str) -> Sequence[Ticket]:
    """The open tickets of the speaker's area whose number ends so."""
    tickets = await turn.store.tickets.open_in([community.name for community in _area(turn)])
    return [ticket for ticket in tickets if ticket.no.endswith(f"-{tail}")]


def _tail(turn: Turn) -> str:
    """The last digits of a ticket's number, where they are said."""
    found = _URGES.match(turn.command())
    return short(found.group()) if found else ""


async def in_hand(turn: Turn) -> list[Reply]:
    """`在办`: what is open in the speaker's area."""
    tickets = await turn.store.tickets.open_in([community.name for community in _area(turn)])
    return [
        turn.aside(texts.listing(tickets, texts.NOTHING_OPEN, texts.OPEN_TITLE, turn.now, turn.policy.zone))
    ]


def wants_overdue(turn: Turn) -> bool:
    """Whether a supervisor wants to see which tickets are overdue: 超期的有哪些, 列一下逾期的单子."""
    words = re.sub(r"[\W_]+", "", turn.command())
    listed = turn.message.kind is Kind.TEXT and _OVERDUE.fullmatch(words)
    return bool(listed) and bool(_LATE.search(words)) and bool(_WHICH.search(words))


async def overdue(turn: Turn) -> list[Reply]:
    """What is overdue now in the speaker's area, one by one."""
    tickets = await turn.store.tickets.open_in([community.name for community in _area(turn)])
    late = [ticket for ticket in tickets if ticket.overdue(turn.now)]
    zone = turn.policy.zone
    return [turn.aside(texts.listing(late, texts.NOTHING_OVERDUE, texts.OVERDUE_TITLE, turn.now, zone))]


def _area(turn: Turn) -> list[Community]:
    boss = turn.roster.supervisor(turn.message.sender)
    return [community for community in turn.roster.communities if boss and boss.oversees(community)]
