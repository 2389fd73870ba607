"""What surrounds a message, as facts: who spoke just before, about which ticket, and how long ago."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import takewhile

from domain.ids import TicketNo
from domain.message import Kind
from domain.people import STAFF, Role
from domain.state import OPEN, WAITING, State
from understanding.language.features import plain
from understanding.language.lexicon import GROUP_BUY, QUESTION_ENDS
from understanding.language.marks import overlap, told
from understanding.language.places import conflict
from understanding.language.speech import speech
from understanding.reading import Intent, Said, Surroundings, TicketSeen

NEAR = 4
"""How many lines back still is 'just before'."""
TINY, SHORT, LONG = 4, 9, 25
"""Lengths of texts that say something about what they are."""
FRESH_MINUTES = 15.0
"""So long a report is just made."""
FAR_MINUTES = 180.0
"""After such a silence the lines before say nothing about a message any more."""
ANSWERED = frozenset({State.REPORTED, State.CLOSED, State.REJECTED, State.TRANSFERRED})
"""States in which an officer has said his last word for now."""


def minutes(earlier: datetime | None, later: datetime | None, unknown: float = 2.0) -> float:
    """Minutes from one time to another; `unknown` where either is not known."""
    if earlier is None or later is None:
        return unknown
    return (later - earlier).total_seconds() / 60


@dataclass(frozen=True)
class Scene:
    """A message with its surroundings and the questions that are asked about them, each answered once."""

    message: Said
    around: Surroundings

    @cached_property
    def open(self) -> list[TicketSeen]:
        """Tickets somebody still has something to do about."""
        return [t for t in self.around.tickets if t.state in OPEN]

    @cached_property
    def own(self) -> list[TicketSeen]:
        """The sender's own tickets, open or lately ended."""
        return [t for t in self.around.tickets if t.reporter == self.message.sender]

    @cached_property
    def people(self) -> list[Said]:
        """The lines before, latest first, without the bot's and without those of long ago."""
        now = self.message.at
        near = takewhile(lambda said: minutes(said.at, now) <= FAR_MINUTES, reversed(self.around.recent))
        return [said for said in near if said.role is not Role.BOT]

    @property
    def last(self) -> Said | None:
        """The line just before."""
        return self.people[0] if self.people else None

    def ticket(self, no: TicketNo) -> TicketSeen | None:
        """The ticket of this number, if it is known here."""
        return next((t for t in self.around.tickets if t.no == no), None)

    def quotes_several(self) -> bool:
        """Whether a line is quoted in which the bot told of several tickets."""
        quoted, recent = self.message.quotes, self.around.recent
        own = [line for line in recent if line.id == quoted and line.role is Role.BOT]
        return any(len(set(line.tickets)) > 1 for line in own)

    @cached_property
    def quoted(self) -> tuple[TicketNo, ...]:
        """The tickets on whose record the quoted message is."""
        quoted = self.message.quotes
        if quoted is None:
            return ()
        on_record = [t.no for t in self.around.tickets if quoted in t.messages]
        if on_record:
            return tuple(on_record)
        return next((said.tickets for said in self.around.recent if said.id == quoted), ())

    @cached_property
    def sign_up(self) -> bool:
        """Whether a group purchase or a sign-up is going on."""
        for said in self.people[: NEAR + 1]:
            if said.tickets and said.intent is Intent.REPORT:
                return False
            if _gathers(said.text):
                return True
        return False

    def signed_up(self) -> bool:
        """Whether somebody signed up for something just before, whatever else was said since."""
        lines = (plain(said.text) for said in self.people[:NEAR] if not said.tickets)
        return any(word in text for text in lines for word in GROUP_BUY)


@lru_cache(maxsize=2048)
def _gathers(text: str) -> bool:
    """Whether the words are of a group purchase or a sign-up."""
    text = plain(text)
    return any(word in text for word in GROUP_BUY)


def describe(scene: Scene) -> dict[str, float]:
    """The facts the classifiers are given, by name."""
    return manner(scene.message) | {name: float(value) for name, value in _facts(scene) if value}


def _facts(scene: Scene) -> Iterator[tuple[str, float]]:
    yield from _lines_before(scene)
    yield from _tickets(scene)
    yield "sign_up", scene.sign_up
    yield "quote", bool(scene.quoted)
    yield "quote_else", scene.message.quotes is not None and not scene.quoted


def manner(message: Said) -> dict[str, float]:
    """The facts of the words alone."""
    words = {name: float(value) for name, value in _words(message) if value}
    return {**speech(plain(message.text)), **words}


def _words(message: Said) -> Iterator[tuple[str, float]]:
    text = plain(message.text).strip()
    yield "tiny", len(text) <= TINY
    yield "short", len(text) <= SHORT
    yield "long", len(text) >= LONG
    yield "question", text.endswith(QUESTION_ENDS)
    yield "staff", message.role in STAFF
    yield "to_bot", message.to_bot


def _lines_before(scene: Scene) -> Iterator[tuple[str, float]]:
    lines = scene.people[:NEAR]
    if not lines:
        yield "silence", 1
        return
    last = lines[0]
    same = last.sender == scene.message.sender
    yield "after_self", same
    yield "after_officer", last.role is Role.OFFICER
    yield "after_staff", last.role in STAFF
    yield "after_about", bool(last.tickets)
    yield "after_about_other", bool(last.tickets) and not same
    yield "after_report", last.intent is Intent.REPORT and not same
    yield "after_chatter", not last.tickets
    yield "near_about", any(said.tickets for said in lines)
    yield "near_officer", any(said.role is Role.OFFICER for said in lines)
    yield "after_photo", last.kind is not Kind.TEXT and same


def _tickets(scene: Scene) -> Iterator[tuple[str, float]]:
    message, own = scene.message, scene.own
    others = (t for t in scene.around.tickets if t.reporter != message.sender)
    yield "any_open", bool(scene.open)
    yield "own_open", any(t.state in OPEN for t in own)
    yield "own_answered", any(t.state in ANSWERED for t in own)
    fresh = [t for t in own if minutes(t.opened_at, message.at) < FRESH_MINUTES]
    yield "own_fresh", bool(fresh)
    near = {no for said in scene.people[:NEAR] for no in said.tickets}
    yield "near_own", any(t.no in near for t in own)
    yield "near_own_answered", any(t.no in near and t.state in ANSWERED for t in own)
    yield "near_answered", any(t.no in near and t.state in ANSWERED for t in scene.around.tickets)
    yield "near_other", any(t.no in near and t.reporter != message.sender for t in scene.open)
    yield "overlap_own", _likest(message.text, own)
    yield (
        "overlap_other",
        _likest(message.text, others),
    )


def _likest(text: str, tickets: Iterable[TicketSeen]) -> float:
    """The greatest overlap with a ticket's words; the same words about another building are not it."""
    alike = ((overlap(text, told(t.location, t.text, t.category)), t.location or t.text) for t in tickets)
    return max((share for share, place in alike if share and not conflict(text, place)), default=0.0)


def standing(scene: Scene, ticket: TicketSeen) -> dict[str, float]:
    """The facts that decide what a resident does to a ticket: whose it is, and how it stands."""
    facts = {
        "mine": ticket.reporter == scene.message.sender,
        "answered": ticket.state in ANSWERED,
        "waiting": ticket.state in WAITING,
    }
    return manner(scene.message) | {name: float(value) for name, value in facts.items() if value}
