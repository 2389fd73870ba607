"""A ticket as one line of a list."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from domain.category import categories
from domain.ticket import Ticket
from handlers import texts as names
from handlers.board.looker import Looker
from handlers.texts import board as texts


class Tone(StrEnum):
    """How pressing something is; never said by a colour alone."""

    LATE = "late"
    SOON = "soon"
    PLAIN = "plain"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Link:
    """A name, and the page that it leads to."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket; `place` is as anybody may hear it, `left` what its deadline is to whoever looks now."""

    no: str
    href: str
    category: str
    campaign: str
    community: Link
    place: str
    state: str
    left: str
    tone: Tone
    main: str
    opened: str
    urgent: bool
    households: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Some tickets of `total`; `more` leads to all of them."""

    total: int
    lines: tuple[Line, ...]
    more: str = ""


def line(ticket: Ticket, looker: Looker) -> Line:
    """The line of a ticket."""
    here = looker.roster.named(ticket.community)
    return Line(
        no=ticket.no,
        href=href(ticket),
        category=ticket.category,
        campaign=categories()[ticket.category].campaign,
        community=community(ticket.community),
        place=texts.place(ticket, here.places if here else ()),
        state=names.state(ticket),
        left=texts.remaining(ticket, looker.now, looker.policy),
        tone=tone(ticket, looker),
        main=main(ticket, looker),
        opened=texts.at(ticket.opened_at, looker.policy),
        urgent=ticket.urgent,
        households=ticket.households,
    )


def tone(ticket: Ticket, looker: Looker) -> Tone:
    """How pressing a ticket is."""
    if not ticket.open:
        return Tone.DONE
    if ticket.overdue(looker.now):
        return Tone.LATE
    due = ticket.resolve_by if ticket.waits_for_officers and ticket.paused_at is None else None
    return Tone.SOON if due and due < looker.ends(looker.today) else Tone.PLAIN


def main(ticket: Ticket, looker: Looker) -> str:
    """The main officer, by name; an account is never shown."""
    if ticket.main is None:
        return texts.NOBODY_YET
    return looker.name_of(ticket.main) or texts.GONE


def href(ticket: Ticket) -> str:
    """The address of a ticket's page."""
    return f"/tickets/{ticket.no}"


def community(name: str) -> Link:
    """A community, with the address of its page."""
    return Link(name, f"/communities/{quote(name, safe='')}")
