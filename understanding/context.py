"""What surrounds a message, as facts: who spoke just before, about which ticket, and how long ago."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from domain.ids import TicketNo
from domain.message import Kind
from domain.people import STAFF, Role
from domain.state import OPEN, WAITING, State
from understanding.features import bigrams, plain
from understanding.lexicon import GROUP_BUY, QUESTION_ENDS
from understanding.places import conflict
from understanding.reading import Intent, Said, Surroundings, TicketSeen
from understanding.speech import speech

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


@dataclass(frozen=True, slots=True)
class Scene:
    """A message with its surroundings and the questions that are asked about them."""

    message: Said
    around: Surroundings

    @property
    def open(self) -> list[TicketSeen]:
        """Tickets somebody still has something to do about."""
        return [t for t in self.around.tickets if t.state in OPEN]

    @property
    def own(self) -> list[TicketSeen]:
        """The sender's own tickets, open or lately ended."""
        return [t for t in self.around.tickets if t.reporter == self.message.sender]

    def people(self) -> Iterator[Said]:
        """The lines before, latest first, without the bot's and without those of long ago."""
        for said in reversed(self.around.recent):
            if minutes(said.at, self.message.at) > FAR_MINUTES:
                return
            if said.role is not Role.BOT:
                yield said

    def ticket(self, no: TicketNo) -> TicketSeen | None:
        """The ticket of this number, if it is known here."""
        return next((t for t in self.around.tickets if t.no == no), None)

    def quotes_several(self) -> bool:
        """Whether a line is quoted in which the bot told of several tickets."""
        quoted, recent = self.message.quotes, self.around.recent
        own = [line for line in recent if line.id == quoted and line.role is Role.BOT]
        return any(len(set(line.tickets)) > 1 for line in own)

    def quoted(self) -> tuple[TicketNo, ...]:
        """The tickets on whose record the quoted message is."""
        quoted = self.message.quotes
        if quoted is None:
            return ()
        on_record = [t.no for t in self.around.tickets if quoted in t.messages]
        if on_record:
            return tuple(on_record)
        return next((said.tickets for said in self.around.recent if said.id == quoted), ())

    def sign_up(self) -> bool:
        """Whether a group purchase or a sign-up is going on."""
        for at, said in enumerate(self.people()):
            if said.tickets and said.intent is Intent.REPORT:
                return False
            text = plain(said.text)
            if any(word in text for word in GROUP_BUY):
                return True
            if at >= NEAR:
                return False
        return False

    def signed_up(self) -> bool:
        """Whether somebody signed up for something just before, whatever else was said since."""
        lines = (plain(said.text) for said in islice(self.people(), NEAR) if not said.tickets)
        return any(word in text for text in lines for word in GROUP_BUY)


def overlap(text: str, other: str) -> float:
    """The share of the shorter text's character pairs that the other one has too."""
    a, b = bigrams(text), bigrams(other)
    return len(a & b) / max(4, min(len(a), len(b))) if a and b else 0.0


def describe(scene: Scene) -> dict[str, float]:
    """The facts the classifiers are given, by name."""
    return manner(scene.message) | {name: float(value) for name, value in _facts(scene) if value}


def _facts(scene: Scene) -> Iterator[tuple[str, float]]:
    yield from _lines_before(scene)
    yield from _tickets(scene)
    yield "sign_up", scene.sign_up()
    yield "quote", bool(scene.quoted())
    yield "quote_else", scene.message.quotes is not None and not scene.quoted()


def manner(message: Said) -> dict[str, float]:
    """The facts of the words alone."""
    return speech(plain(message.text)) | {name: float(value) for name, value in _words(message) if value}


def _words(message: Said) -> Iterator[tuple[str, float]]:
    text = plain(message.text).strip()
    yield "tiny", len(text) <= TINY
    yield "short", len(text) <= SHORT
    yield "long", len(text) >= LONG
    yield "question", text.endswith(QUESTION_ENDS)
    yield "staff", message.role in STAFF
    yield "to_bot", message.to_bot


def _lines_before(scene: Scene) -> Iterator[tuple[str, float]]:
    lines = list(islice(scene.people(), NEAR))
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
    yield "any_open", bool(scene.open)
    yield "own_open", any(t.state in OPEN for t in own)
    yield "own_answered", any(t.state in ANSWERED for t in own)
    fresh = [t for t in own if minutes(t.opened_at, message.at) < FRESH_MINUTES]
    yield "own_fresh", bool(fresh)
    near = {no for said in islice(scene.people(), NEAR) for no in said.tickets}
    yield "near_own", any(t.no in near for t in own)
    yield "near_own_answered", any(t.no in near and t.state in ANSWERED for t in own)
    yield "near_answered", any(t.no in near and t.state in ANSWERED for t in scene.around.tickets)
    yield "near_other", any(t.no in near and t.reporter != message.sender for t in scene.open)
    yield "overlap_own", _likest(message.text, own)
    yield "overlap_other", _likest(message.text, [t for t in scene.around.tickets if t not in own])


def _likest(text: str, tickets: Iterable[TicketSeen]) -> float:
    """The greatest overlap with a ticket's words; the same words about another building are not it."""
    here = (t for t in tickets if not conflict(text, t.location or t.text))
    return max((overlap(text, t.text) for t in here), default=0.0)


def standing(scene: Scene, ticket: TicketSeen) -> dict[str, float]:
    """The facts that decide what a resident does to a ticket: whose it is, and how it stands."""
    facts = {
        "mine": ticket.reporter == scene.message.sender,
        "answered": ticket.state in ANSWERED,
        "waiting": ticket.state in WAITING,
    }
    return manner(scene.message) | {name: float(value) for name, value in facts.items() if value}
