"""A message beside a ticket, as facts: what speaks for the one being about the other."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.people import Role
from domain.state import OPEN, WAITING, State
from understanding.context import SHORT, TINY, Scene, minutes
from understanding.lexicon import AGAIN
from understanding.matching import (
    ELSEWHERE,
    WORDLESS,
    kinds,
    lean,
    names_person,
    shared,
    things,
    turn,
    words,
)
from understanding.places import address
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
    text = scene.message.text if text is None else text
    odds, live = kinds(text), scene.open
    said_by_words = [words(text, t, odds) + turn(text, t, live) for t in tickets]
    lines = list(scene.people())
    found = []
    for at, ticket in enumerate(tickets):
        if said_by_words[at] <= ELSEWHERE and not vetoed:
            continue
        rest = max((w for other, w in enumerate(said_by_words) if other != at), default=0.0)
        facts = dict(of_message)
        facts["words"] = max(0.0, min(MANY, said_by_words[at]))
        facts["against"] = max(ELSEWHERE, min(0.0, said_by_words[at]))
        facts["lead"] = max(-MANY, min(MANY, said_by_words[at] - max(0.0, rest)))
        facts["leads"] = float(said_by_words[at] > rest)
        for name, value in (
            *_words(text, ticket, odds),
            *_moment(scene, lines, ticket),
            *_standing(scene, ticket),
        ):
            if value:
                facts[name] = float(value)
        found.append(Pair(ticket, facts | _together(facts)))
    return found


def _words(text: str, ticket: TicketSeen, odds: dict[str, float]) -> Iterator[tuple[str, float]]:
    mine, theirs = address(text), address(f"{ticket.location} {ticket.text}")
    yield "kind", lean(ticket.category, odds) if len(text) > WORDLESS else 0.0
    yield "things", min(2, things(text).get(ticket.category, 0))
    yield "other_things", min(2, sum(n for k, n in things(text).items() if k != ticket.category))
    yield "shared_place", min(MANY, shared(text, ticket.location)) if ticket.location else 0.0
    yield "shared_text", min(MANY, shared(text, ticket.text))
    yield "building", bool(mine.buildings & theirs.buildings)
    yield "gate", bool(mine.gates & theirs.gates)
    yield "reporter_named", names_person(text, ticket.reporter_name)
    yield "again", any(word in text for word in AGAIN)


def _moment(scene: Scene, lines: Sequence[Said], ticket: TicketSeen) -> Iterator[tuple[str, float]]:
    message = scene.message
    since = next((at for at, said in enumerate(lines) if ticket.no in said.tickets), None)
    yield "unsaid", since is None
    if since is not None:
        yield f"since_{min(since, JUST)}", since <= JUST
        yield "since", 1 / (1 + since)
        yield "said_by_officer", lines[since].role is Role.OFFICER and since <= JUST
        yield "said_by_self", lines[since].sender == message.sender
        yield "since_minutes", math.exp(-minutes(lines[since].at, message.at) / 20)
    talk = next((said.tickets for said in lines if said.tickets), ())
    yield "talk_of_it", ticket.no in talk
    own = next((said for said in lines if said.sender == message.sender), None)
    yield "own_last", own is not None and ticket.no in own.tickets
    if own is not None and ticket.no in own.tickets:
        yield "own_last_minutes", math.exp(-minutes(own.at, message.at) / 10)
    earlier = next((said for said in lines if said.sender == message.sender and said.tickets), None)
    yield "own_talk", earlier is not None and ticket.no in earlier.tickets
    officer = next((said for said in lines if said.role is Role.OFFICER and said.tickets), None)
    yield "officer_last", officer is not None and ticket.no in officer.tickets
    quiet = max(0.0, minutes(ticket.last_at or ticket.opened_at, message.at, UNKNOWN_MINUTES))
    yield "quiet", math.log1p(quiet) / 5
    yield "quiet_short", math.exp(-quiet / 15)
    yield "age", math.log1p(max(0.0, minutes(ticket.opened_at, message.at, UNKNOWN_MINUTES))) / 5


def _standing(scene: Scene, ticket: TicketSeen) -> Iterator[tuple[str, float]]:
    message, tickets = scene.message, scene.around.tickets
    yield "mine", ticket.reporter == message.sender
    yield "supporter", message.sender in ticket.supporters
    yield "mentions_reporter", ticket.reporter in message.mentions
    yield "mentions_officer", any(member in ticket.officers for member in message.mentions)
    yield "waiting", ticket.state in WAITING
    yield "reported", ticket.state is State.REPORTED
    yield "ended", ticket.state not in OPEN
    yield f"state_{ticket.state}", 1.0
    yield "no_place", not ticket.location
    waiting = [t for t in tickets if t.state in WAITING]
    yield "only_waiting", len(waiting) == 1 and waiting[0] is ticket
    yield "newest_waiting", bool(waiting) and waiting[-1] is ticket
    yield "newest", tickets[-1] is ticket
    live = sum(t.state in OPEN for t in tickets)
    yield "only_open", live == 1 and ticket.state in OPEN
    yield "open_tickets", math.log1p(live)
    yield "latest", ticket is max(tickets, key=lambda t: (t.last_at is not None, t.last_at))


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
    }


def length(text: str) -> Iterator[tuple[str, float]]:
    """How long the text is."""
    yield "tiny", len(text) <= TINY
    yield "short", len(text) <= SHORT
    yield "length", min(4.0, len(text) / 20)
