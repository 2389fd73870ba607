"""A message beside a ticket, as facts: what speaks for the one being about the other."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.ids import TicketNo
from domain.people import Role
from domain.state import OPEN, WAITING, State
from understanding.context import SHORT, TINY, Scene, minutes
from understanding.lexicon import AGAIN
from understanding.matching import (
    ELSEWHERE,
    WORDLESS,
    lean,
    names_person,
    shared,
    things,
    turn,
    words,
)
from understanding.places import Address, address
from understanding.reading import Said, TicketSeen

Facts = dict[str, float]
UNKNOWN_MINUTES = 10.0
JUST = 2
"""So few lines ago is just before."""
MANY = 4.0
"""Beyond this, one more shared word or one more point of lead says nothing more."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A ticket and the facts that speak for or against the message being about it."""

    ticket: TicketSeen
    facts: Facts


@dataclass(frozen=True, slots=True)
class _Words:
    """What is the same of a text beside every ticket."""

    text: str
    address: Address
    things: dict[str, int]
    again: bool

    @classmethod
    def of(cls, text: str) -> "_Words":
        """Look at the text."""
        return cls(text, address(text), things(text), any(word in text for word in AGAIN))


@dataclass(frozen=True, slots=True)
class _Talk:
    """The lines before a message, latest first, and what of them is the same beside every ticket.

    `since` tells for each ticket of how many lines ago the latest is that is about it.
    """

    lines: Sequence[Said]
    since: dict[TicketNo, int]
    talk: tuple[TicketNo, ...]
    own: Said | None
    own_talk: tuple[TicketNo, ...]
    officer: tuple[TicketNo, ...]

    @classmethod
    def of(cls, scene: Scene) -> "_Talk":
        """Look at the lines."""
        lines, sender = list(scene.people()), scene.message.sender
        about = [said for said in lines if said.tickets]
        since: dict[TicketNo, int] = {}
        for at, said in enumerate(lines):
            for no in said.tickets:
                since.setdefault(no, at)
        return cls(
            lines,
            since,
            about[0].tickets if about else (),
            next((said for said in lines if said.sender == sender), None),
            next((said.tickets for said in about if said.sender == sender), ()),
            next((said.tickets for said in about if said.role is Role.OFFICER), ()),
        )


@dataclass(frozen=True, slots=True)
class _Field:
    """All the tickets, and what of them is the same beside each."""

    waiting: Sequence[TicketSeen]
    live: int
    newest: TicketSeen | None
    latest: TicketSeen | None

    @classmethod
    def of(cls, tickets: Sequence[TicketSeen]) -> "_Field":
        """Look at the tickets."""
        return cls(
            [t for t in tickets if t.state in WAITING],
            sum(t.state in OPEN for t in tickets),
            tickets[-1] if tickets else None,
            max(tickets, key=lambda t: (t.last_at is not None, t.last_at), default=None),
        )


def pairs(
    scene: Scene,
    tickets: Sequence[TicketSeen],
    of_message: Facts,
    text: str | None = None,
    *,
    vetoed: bool = False,
) -> list[Pair]:
    """The message beside each of the tickets, those `vetoed` by another building or gate only on demand.

    `of_message` are facts that are the same for all.
    """
    said = _Words.of(scene.message.text if text is None else text)
    live = scene.open
    by_words = [words(said.text, t) + turn(said.text, t, live) for t in tickets]
    best = sorted(by_words)[-2:]
    talk, field = _Talk.of(scene), _Field.of(scene.around.tickets)
    found = []
    for ticket, score in zip(tickets, by_words, strict=True):
        if score <= ELSEWHERE and not vetoed:
            continue
        facts = dict(of_message)
        facts["words"] = max(0.0, min(MANY, score))
        facts["against"] = max(ELSEWHERE, min(0.0, score))
        rest = 0.0 if len(best) == 1 else best[0] if score == best[1] else best[1]
        facts["lead"] = max(-MANY, min(MANY, score - max(0.0, rest)))
        facts["leads"] = float(score > rest)
        for name, value in (
            *_words(said, ticket),
            *_moment(scene.message, talk, ticket),
            *_standing(scene.message, field, ticket),
        ):
            if value:
                facts[name] = float(value)
        found.append(Pair(ticket, facts | _together(facts)))
    return found


def _words(said: _Words, ticket: TicketSeen) -> Iterator[tuple[str, float]]:
    text, mine, theirs = said.text, said.address, address(f"{ticket.location} {ticket.text}")
    yield "kind", lean(ticket.category, text) if len(text) > WORDLESS else 0.0
    yield "things", min(2, said.things.get(ticket.category, 0))
    yield "other_things", min(2, sum(n for k, n in said.things.items() if k != ticket.category))
    yield "shared_place", min(MANY, shared(text, ticket.location)) if ticket.location else 0.0
    yield "shared_text", min(MANY, shared(text, ticket.text))
    yield "building", bool(mine.buildings & theirs.buildings)
    yield "gate", bool(mine.gates & theirs.gates)
    yield "reporter_named", names_person(text, ticket.reporter_name)
    yield "again", said.again


def _moment(message: Said, talk: _Talk, ticket: TicketSeen) -> Iterator[tuple[str, float]]:
    no, since = ticket.no, talk.since.get(ticket.no)
    yield "unsaid", since is None
    if since is not None:
        line = talk.lines[since]
        yield f"since_{min(since, JUST)}", since <= JUST
        yield "since", 1 / (1 + since)
        yield "said_by_officer", line.role is Role.OFFICER and since <= JUST
        yield "said_by_self", line.sender == message.sender
        yield "since_minutes", math.exp(-minutes(line.at, message.at) / 20)
    yield "talk_of_it", no in talk.talk
    if talk.own is not None and no in talk.own.tickets:
        yield "own_last", True
        yield "own_last_minutes", math.exp(-minutes(talk.own.at, message.at) / 10)
    yield "own_talk", no in talk.own_talk
    yield "officer_last", no in talk.officer
    quiet = max(0.0, minutes(ticket.last_at or ticket.opened_at, message.at, UNKNOWN_MINUTES))
    yield "quiet", math.log1p(quiet) / 5
    yield "quiet_short", math.exp(-quiet / 15)
    yield "age", math.log1p(max(0.0, minutes(ticket.opened_at, message.at, UNKNOWN_MINUTES))) / 5


def _standing(message: Said, field: _Field, ticket: TicketSeen) -> Iterator[tuple[str, float]]:
    waiting = field.waiting
    yield "mine", ticket.reporter == message.sender
    yield "supporter", message.sender in ticket.supporters
    yield "mentions_reporter", ticket.reporter in message.mentions
    yield "mentions_officer", any(member in ticket.officers for member in message.mentions)
    yield "waiting", ticket.state in WAITING
    yield "reported", ticket.state is State.REPORTED
    yield "ended", ticket.state not in OPEN
    yield f"state_{ticket.state}", 1.0
    yield "no_place", not ticket.location
    yield "only_waiting", len(waiting) == 1 and waiting[0] is ticket
    yield "newest_waiting", bool(waiting) and waiting[-1] is ticket
    yield "newest", field.newest is ticket
    yield "only_open", field.live == 1 and ticket.state in OPEN
    yield "open_tickets", math.log1p(field.live)
    yield "latest", field.latest is ticket


def _together(facts: Facts) -> Facts:
    """Facts that count only together."""
    get = facts.get
    return {
        "mine_reported": get("mine", 0.0) * get("reported", 0.0),
        "mine_ours": get("mine", 0.0) * get("ours", 0.0),
        "since_ours": get("since", 0.0) * get("ours", 0.0),
        "since_acts": get("since", 0.0) * get("acts", 0.0),
        "unsaid_words": get("unsaid", 0.0) * get("words", 0.0),
        "ended_words": get("ended", 0.0) * get("words", 0.0),
        "report_words": get("report", 0.0) * get("words", 0.0),
        "report_other": get("report", 0.0) * (1 - get("mine", 0.0)),
        "report_own_last": get("report", 0.0) * get("own_last", 0.0),
        "officer_ours": get("said_by_officer", 0.0) * get("ours", 0.0),
        "mine_officer": get("mine", 0.0) * get("officer_last", 0.0),
        "mine_alone": get("mine", 0.0) * get("only_open", 0.0),
        "building_kind": get("building", 0.0) * get("kind", 0.0),
        "place_kind": get("shared_place", 0.0) * get("kind", 0.0) / MANY,
    }


def length(text: str) -> Iterator[tuple[str, float]]:
    """How long the text is."""
    yield "tiny", len(text) <= TINY
    yield "short", len(text) <= SHORT
    yield "length", min(4.0, len(text) / 20)
