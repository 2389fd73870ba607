"""A supervisor asks for a paper, alone with the bot (台账 上月, 上周周报, 日报), or strikes an item off."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from domain.figures import Days
from domain.ids import TicketNo
from domain.message import Kind, Reply
from domain.paper import ASKED, PaperKind, Struck, Wanted
from domain.people import Supervisor
from domain.records import Duty
from domain.state import State
from domain.ticket import Ticket
from handlers import texts as names
from handlers.papers.ledger import on_the_list, stretch
from handlers.papers.schedule import last_of_month
from handlers.papers.scope import Beyond, communities_of, narrowed
from handlers.papers.wording import looks_timed, worded
from handlers.texts import papers as texts
from handlers.turn import NUMBER, Turn, once
from understanding.language.formulas import strikes_off
from understanding.language.ticket_numbers import COMMANDED
from understanding.questions import period

_DAY = timedelta(days=1)
_LONG = 5_000
"""Tickets of which a ledger takes more than a second or two."""
_SHORT = rf"{COMMANDED}(?![件起处宗家户条])"
"""The last digits of an item's number, which name none by themselves."""
_STRIKES = re.compile(
    rf"(?:请|麻烦|帮我|把|将|给|{_SHORT}号?(?:工?单|违建|这件|的)?|[\s,，])*({'|'.join(texts.BACK)})?\s*{texts.STRIKE}"
)
_QUESTION = re.compile("(?:[?？]|吗|么|了没有?)[?？。]*$")
_UNITS = {PaperKind.WEEKLY: "周", PaperKind.MONTHLY: "月"}


class Asked(NamedTuple):
    """What was asked for: a paper of some days and of some part; days that are None were not understood.

    `timed` is whether what was not understood is a time, as far as one can see.
    """

    kind: PaperKind
    days: Days | None
    area: str | None
    timed: bool = True


def asks(turn: Turn) -> bool:
    """Whether it is a supervisor who asks for a paper, of whom the bot is all that listens."""
    return _boss(turn) is not None and _asked(turn) is not None


def named(turn: Turn) -> bool:
    """Whether the words ask for a paper, whoever says them."""
    return _asked(turn) is not None


async def answer(turn: Turn) -> list[Reply]:
    """It is made, and sent when it is there; where that takes a while, they hear so."""
    boss, asked = _boss(turn), _asked(turn)
    if boss is None or asked is None:
        return []
    if asked.days is None:
        return [turn.aside(_not_understood(asked))]
    try:
        part = narrowed(boss, turn.roster, asked.area)
    except Beyond as error:
        return [turn.aside(texts.beyond(error.area))]
    wanted = Wanted(asked.kind, *asked.days, asked.area, turn.message.id)
    await turn.store.duties.plan(Duty(ASKED, turn.message.sender, wanted.slot, turn.now))
    if asked.kind is not PaperKind.LEDGER:
        return []
    days = stretch(*asked.days, turn.policy)
    count = await turn.store.ledger.count(days, communities_of(part, turn.roster))
    return [turn.aside(texts.working_on(asked.kind, count))] if count > _LONG else []


def _not_understood(asked: Asked) -> str:
    if not asked.timed:
        return texts.UNKNOWN
    return texts.ONLY_TODAY if asked.kind is PaperKind.DAILY else texts.UNCLEAR


def _boss(turn: Turn) -> Supervisor | None:
    """The supervisor who speaks to the bot alone."""
    alone = turn.private and turn.message.kind is Kind.TEXT
    return turn.roster.supervisor(turn.message.sender) if alone else None


@once
def _asked(turn: Turn) -> Asked | None:
    """The paper that the words name; None where they say something else."""
    found = worded(turn.command(), turn.roster)
    if found is None:
        return None
    kind, area, rest, plainly = found
    days = _days(kind, rest, turn)
    if days is None and not looks_timed(rest) and not plainly:
        return None
    return Asked(kind, days, area, timed=looks_timed(rest))


def _days(kind: PaperKind, rest: str, turn: Turn) -> Days | None:
    """The days of a paper: of none that are named, the last ones that are over; of a ledger, this year."""
    today = turn.said_at.astimezone(turn.policy.zone).date()
    if not rest:
        return usual(kind, today)
    local = turn.said_at.astimezone(turn.policy.zone)
    named = period(rest, local, turn.policy.holidays)
    if named is None and kind in _UNITS:
        named = period(rest + _UNITS[kind], local, turn.policy.holidays)
    if named is None or named[0] > today:
        return None
    if kind is PaperKind.LEDGER:
        return named
    if kind is PaperKind.DAILY:
        return named if named == (today, today) else None
    first, last = _whole(kind, named[0])
    return (first, min(last, today)) if named[1] <= last else None


def usual(kind: PaperKind, today: date) -> Days:
    """The days of a paper where none are named: the last ones that are over; of a ledger, this year."""
    if kind is PaperKind.LEDGER:
        return today.replace(month=1, day=1), today
    if kind is PaperKind.DAILY:
        return today, today
    if kind is PaperKind.WEEKLY:
        return _whole(kind, today - 7 * _DAY)
    return _whole(kind, today.replace(day=1) - _DAY)


def _whole(kind: PaperKind, day: date) -> Days:
    """The week or month of a day."""
    if kind is PaperKind.WEEKLY:
        monday = day - day.weekday() * _DAY
        return monday, monday + 6 * _DAY
    return day.replace(day=1), last_of_month(day)


# --- the list of illegal buildings -------------------------------------------------------------------


def strikes(turn: Turn) -> bool:
    """Whether the words strike an item off, or would with its full number; a question does not."""
    said = turn.command()
    found = _STRIKES.match(said)
    if found is None or _QUESTION.search(said):
        return False
    numbered = turn.number_said() is not None or re.search(_SHORT, said) is not None
    return numbered or not re.sub(r"[\s\d-]+", "", said[found.end() :])


def wants_struck(turn: Turn) -> bool:
    """Whether an officer's words only strike an item off, which a supervisor does."""
    return turn.message.kind is Kind.TEXT and (strikes(turn) or strikes_off(turn.message.text))


async def refuse_to_strike(turn: Turn) -> list[Reply]:
    """It is not taken as done; who says so to the bot alone hears whose it is."""
    return [turn.aside(texts.NOT_THE_OFFICERS)] if turn.private else []


async def strike(turn: Turn) -> list[Reply]:
    """`销号 20260511-003 已拆除`: an item is put right and seen to; `撤销销号` takes that back."""
    boss, no = turn.roster.supervisor(turn.message.sender), TicketNo(turn.number_said() or "")
    if not no:
        return [turn.aside(texts.WHICH_ITEM)]
    ticket = await turn.store.tickets.get(no)
    community = turn.roster.named(ticket.community) if ticket else None
    if boss is None or ticket is None or community is None or not boss.oversees(community):
        return [turn.aside(names.unknown(no))]
    return [turn.aside(await _struck(turn, ticket))]


async def _struck(turn: Turn, ticket: Ticket) -> str:
    """What has become of the item; the first day on which it was struck off stands."""
    no, said = ticket.no, turn.command()
    if not on_the_list(ticket):
        return texts.not_on_the_list(no)
    if _STRIKES.sub(r"\1", said).startswith(texts.BACK):
        await turn.store.ledger.unstrike(no)
        return texts.unstruck(no)
    if ticket.state is not State.CLOSED:
        return texts.not_closed(no)
    before = await turn.store.ledger.struck(no)
    if before and before.holds(ticket):
        return texts.struck_before(no, turn.policy.day(before.at))
    note = _STRIKES.sub("", NUMBER.sub("", turn.recordable()).strip(), count=1).strip(" ，,。：:")
    await turn.store.ledger.strike(no, Struck(turn.now, turn.message.sender, note))
    return texts.struck_off(no)
