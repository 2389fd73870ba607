"""The page of one ticket: where it stands, who has it, its pictures and its record."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.board import Photo
from domain.history import Entry
from domain.ids import MemberId, TicketNo
from domain.people import Role
from domain.ticket import Ticket
from handlers import texts as names
from handlers.board.lines import Line, line
from handlers.board.looker import Looker, people
from handlers.masking import masked, residents
from handlers.texts import board as texts
from handlers.turn import NUMBER

_NEARBY = 10
_WORKERS = frozenset({Role.OFFICER, Role.COMMUNITY, Role.PROPERTY, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, by the address from which it is shown."""

    src: str
    at: str


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the record in words; residents are never named."""

    at: str
    who: str
    what: str
    note: str
    after: str


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket for one visitor. `exact` is the place in the words that it was told in, where they see it."""

    line: Line
    deadline: str
    assisting: str
    exact: str
    private: bool
    ongoing: bool
    opened: str
    urges: int
    unit: str
    satisfaction: str
    before: tuple[Picture, ...]
    after: tuple[Picture, ...]
    steps: tuple[Step, ...]
    nearby: tuple[Line, ...]


async def theirs(number: str, looker: Looker) -> Ticket | None:
    """The ticket of this number, where it is theirs to see."""
    if not NUMBER.fullmatch(number):
        return None
    ticket = await looker.store.tickets.get(TicketNo(number))
    return ticket if ticket and looker.visitor.sees(ticket.community) else None


async def case(number: str, looker: Looker) -> Case | None:
    """What the page shows; None where there is no such ticket, or not for them."""
    ticket = await theirs(number, looker)
    if ticket is None:
        return None
    seen = await looker.store.board.seen(ticket, _NEARBY)
    record = await looker.store.tickets.record(ticket.no)
    exact = _sees_exact(ticket, looker)
    known = people(looker.roster)
    names_there = await residents(ticket.group, looker.store, looker.roster)
    return Case(
        line=line(ticket, looker),
        deadline=names.deadline(ticket, looker.policy.office, looker.now),
        assisting=known.get(ticket.assisting, texts.GONE) if ticket.assisting else "",
        exact=ticket.location if exact else "",
        private=ticket.private,
        ongoing=ticket.ongoing,
        opened=texts.full(ticket.opened_at, looker.now, looker.policy),
        urges=ticket.urges,
        unit=ticket.transferred_to or "",
        satisfaction=texts.SATISFACTION.get(seen.score or 0, ""),
        before=_pictures(ticket, [one for one in seen.photos if one.role not in _WORKERS and exact], looker),
        after=_pictures(ticket, [one for one in seen.photos if one.role in _WORKERS], looker),
        steps=tuple(_step(one, known, looker, _note(one, names_there, exact=exact)) for one in record),
        nearby=tuple(line(one, looker) for one in seen.nearby),
    )


async def has_photo(number: str, sha256: str, looker: Looker) -> bool:
    """Whether this is a picture of a ticket that they see."""
    ticket = await theirs(number, looker)
    if ticket is None or not await looker.store.board.has_photo(ticket.no, sha256):
        return False
    if _sees_exact(ticket, looker):
        return True
    seen = await looker.store.board.seen(ticket, 0)
    return any(one.sha256 == sha256 and one.role in _WORKERS for one in seen.photos)


def _sees_exact(ticket: Ticket, looker: Looker) -> bool:
    """Whether they see what it was told with: the place in those words, and pictures, which tell a window.

    Of what was told to the bot alone community workers do not.
    """
    return looker.visitor.role is not Role.COMMUNITY or not ticket.private


def _pictures(ticket: Ticket, photos: list[Photo], looker: Looker) -> tuple[Picture, ...]:
    return tuple(
        Picture(f"/tickets/{ticket.no}/photos/{one.sha256}", texts.at(one.at, looker.policy))
        for one in photos
    )


def _note(entry: Entry, residents_there: re.Pattern[str] | None, *, exact: bool) -> str:
    """The words of a step, without residents' names where somebody of the bureau has said them."""
    if entry.role in _WORKERS:
        return masked(entry.note, residents_there)
    return entry.note if exact or entry.role is Role.BOT else ""


def _step(entry: Entry, known: Mapping[MemberId, str], looker: Looker, note: str) -> Step:
    """A step; who is not in the roster any more is not called by their account."""
    called = {entry.person: known.get(entry.person, texts.GONE)} if entry.person else {}
    after = names.STATES[entry.after] if entry.after is not entry.before else ""
    return Step(
        at=texts.at(entry.at, looker.policy),
        who=names.who(entry, called),
        what=names.ACTIONS[entry.action],
        note=note,
        after=after,
    )
