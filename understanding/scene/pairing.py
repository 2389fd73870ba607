"""A message beside a ticket, as facts: what speaks for the one being about the other."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.ids import TicketNo
from domain.people import Role
from domain.state import OPEN, WAITING, State
from understanding.language.lexicon import AGAIN
from understanding.reading import Said, TicketSeen
from understanding.scene.context import SHORT, TINY, Scene, minutes
from understanding.scene.matching import ELSEWHERE, Fit, fit, heard, turn

Facts = dict[str, float]
UNKNOWN_MINUTES = 10.0
JUST = 2
"""So few lines ago is just before."""
MANY = 4.0
"""Beyond this, one more shared word or one more point of lead says nothing more."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A ticket and the facts that speak for or against the message being about it.

    `own` are the ticket's, `common` those of the message, the same beside every ticket.
    """

    ticket: TicketSeen
    common: Facts
    own: Facts

    @property
    def facts(self) -> Facts:
        """All of them."""
        return self.common | self.own


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
        lines, sender = scene.people, scene.message.sender
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
    said, live = heard(scene.message.text if text is None else text), scene.open
    again = any(word in said.text for word in AGAIN)
    fits = [fit(said, ticket) for ticket in tickets]
    by_words = [one.score + turn(said, ticket, live) for one, ticket in zip(fits, tickets, strict=True)]
    best = sorted(by_words)[-2:]
    talk, field = _Talk.of(scene), _Field.of(scene.around.tickets)
    found = []
    for ticket, one, score in zip(tickets, fits, by_words, strict=True):
        if score <= ELSEWHERE and not vetoed:
            continue
        rest = 0.0 if len(best) == 1 else best[0] if score == best[1] else best[1]
        own = _lead(score, rest)
        own |= _words(one, sum(said.things.values()) - said.things.get(ticket.category, 0))
        own |= _moment(scene.message, talk, ticket)
        own |= _standing(scene.message, field, ticket)
        if again:
            own["again"] = 1.0
        found.append(Pair(ticket, of_message, own | _together(of_message, own)))
    return found


def _lead(score: float, rest: float) -> Facts:
    """How much the words say, and how much more than beside any other ticket."""
    return {
        "words": max(0.0, min(MANY, score)),
        "against": max(ELSEWHERE, min(0.0, score)),
        "lead": max(-MANY, min(MANY, score - max(0.0, rest))),
        "leads": float(score > rest),
    }


def _given(*facts: tuple[str, float]) -> Facts:
    """Those that are not nought."""
    return {name: float(value) for name, value in facts if value}


def _words(one: Fit, other_things: int) -> Facts:
    return _given(
        ("kind", one.kind),
        ("things", one.things),
        ("other_things", min(2, other_things)),
        ("shared_place", min(MANY, one.place)),
        ("shared_text", min(MANY, one.text)),
        ("building", one.building),
        ("gate", one.gate),
        ("reporter_named", one.named),
    )


def _moment(message: Said, talk: _Talk, ticket: TicketSeen) -> Facts:
    no = ticket.no
    quiet = max(0.0, minutes(ticket.last_at or ticket.opened_at, message.at, UNKNOWN_MINUTES))
    age = max(0.0, minutes(ticket.opened_at, message.at, UNKNOWN_MINUTES))
    facts = _given(
        ("talk_of_it", no in talk.talk),
        ("own_talk", no in talk.own_talk),
        ("officer_last", no in talk.officer),
        ("quiet", math.log1p(quiet) / 5),
        ("quiet_short", math.exp(-quiet / 15)),
        ("age", math.log1p(age) / 5),
    )
    if talk.own is not None and no in talk.own.tickets:
        facts["own_last"] = 1.0
        facts |= _given(("own_last_minutes", math.exp(-minutes(talk.own.at, message.at) / 10)))
    return facts | _said(message, talk, no)


def _said(message: Said, talk: _Talk, no: TicketNo) -> Facts:
    since = talk.since.get(no)
    if since is None:
        return {"unsaid": 1.0}
    line = talk.lines[since]
    return _given(
        (f"since_{min(since, JUST)}", since <= JUST),
        ("since", 1 / (1 + since)),
        ("said_by_officer", line.role is Role.OFFICER and since <= JUST),
        ("said_by_self", line.sender == message.sender),
        ("since_minutes", math.exp(-minutes(line.at, message.at) / 20)),
    )


_OF_STATE = {
    state: _given(
        ("waiting", state in WAITING),
        ("reported", state is State.REPORTED),
        ("ended", state not in OPEN),
        (f"state_{state}", 1.0),
    )
    for state in State
}


def _standing(message: Said, field: _Field, ticket: TicketSeen) -> Facts:
    waiting = field.waiting
    return _OF_STATE[ticket.state] | _given(
        ("mine", ticket.reporter == message.sender),
        ("supporter", message.sender in ticket.supporters),
        ("mentions_reporter", ticket.reporter in message.mentions),
        ("mentions_officer", any(member in ticket.officers for member in message.mentions)),
        ("no_place", not ticket.location),
        ("only_waiting", len(waiting) == 1 and waiting[0] is ticket),
        ("newest_waiting", bool(waiting) and waiting[-1] is ticket),
        ("newest", field.newest is ticket),
        ("only_open", field.live == 1 and ticket.state in OPEN),
        ("open_tickets", math.log1p(field.live)),
        ("latest", field.latest is ticket),
    )


def _together(common: Facts, own: Facts) -> Facts:
    """Facts that count only together."""
    ours, report = common.get("ours", 0.0), common.get("report", 0.0)
    get = own.get
    mine, words, since, kind = get("mine", 0.0), own["words"], get("since", 0.0), get("kind", 0.0)
    return {
        "mine_reported": mine * get("reported", 0.0),
        "mine_ours": mine * ours,
        "since_ours": since * ours,
        "since_acts": since * common.get("acts", 0.0),
        "unsaid_words": get("unsaid", 0.0) * words,
        "ended_words": get("ended", 0.0) * words,
        "report_words": report * words,
        "report_other": report * (1 - mine),
        "report_own_last": report * get("own_last", 0.0),
        "officer_ours": get("said_by_officer", 0.0) * ours,
        "mine_officer": mine * get("officer_last", 0.0),
        "mine_alone": mine * get("only_open", 0.0),
        "building_kind": get("building", 0.0) * kind,
        "place_kind": get("shared_place", 0.0) * kind / MANY,
    }


def length(text: str) -> Iterator[tuple[str, float]]:
    """How long the text is."""
    yield "tiny", len(text) <= TINY
    yield "short", len(text) <= SHORT
    yield "length", min(4.0, len(text) / 20)
