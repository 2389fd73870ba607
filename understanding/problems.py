"""The problems a text reports, each at its place, and whether one of them has a ticket already."""

import re

from domain.state import ENDED, State
from understanding.clauses import segments
from understanding.context import ANSWERED, Scene, minutes
from understanding.hazards import urgent
from understanding.lexicon import AGAIN, FAR_AWAY, HERE_AND_NOW, LONG_AGO
from understanding.matching import kinds, shared, words
from understanding.model import models
from understanding.places import address, conflict, is_vague, location
from understanding.reading import Problem, TicketSeen
from understanding.view import plainly

REPORTS = 0.88
REPORTS_PLACED = 0.7
"""Who names a place complains more surely than who does not."""
REPORTS_TO_BOT = 0.6
"""Who speaks to the bot itself has something to say: less is needed."""
REPORTS_DISTANT = 0.96
"""Old stories and other cities sound like reports; few are."""
SEVERAL = 0.8
"""How sure each of two problems of one message must be."""
LONG = 36
RECUR_MINUTES = 4 * 24 * 60.0
"""So long after the fix, the same again is a new problem."""
SAME = 1.0
"""From this likeness on, a problem is a known one."""
LATE = 5
"""So many lines after a ticket was talked about, a complaint without a place is about another."""
_DISTANT = re.compile(f"{LONG_AGO}|{FAR_AWAY}")
_PRESENT = re.compile(HERE_AND_NOW)


def problems(scene: Scene, topics: dict[str, float], report: float) -> list[Problem]:
    """What the message reports; [] where it reports nothing, or not surely enough."""
    text = scene.message.text
    if len(text) >= LONG and not distant(text) and (parts := _several(scene, segments(text))):
        if len(parts) > 1:
            return parts
        report = max(report, 0.9 * parts[0].confidence)
    if report < REPORTS_TO_BOT:
        return []
    place = location(text, scene.around.places)
    return [_problem(scene, text, topics, report)] if report >= needed(scene, place) else []


def distant(text: str) -> bool:
    """Whether it tells of long ago or of elsewhere, and nothing of here and now."""
    return bool(_DISTANT.search(text)) and not _PRESENT.search(text)


def needed(scene: Scene, place: str) -> float:
    """How sure a report must be."""
    if distant(scene.message.text):
        return REPORTS_DISTANT
    if scene.message.to_bot:
        return REPORTS_TO_BOT
    return REPORTS_PLACED if place and not is_vague(place) else REPORTS


def _several(scene: Scene, parts: list[str]) -> list[Problem]:
    """The problems that the parts of a long message report by themselves, each kind once."""
    found: dict[str, Problem] = {}
    for part in parts:
        topics = models().topic.probabilities(part)
        if (sure := plainly(topics)) >= SEVERAL:
            problem = _problem(scene, part, topics, sure)
            if problem.category not in found:
                found[problem.category] = problem
    return list(found.values())


def _problem(scene: Scene, text: str, topics: dict[str, float], sure: float) -> Problem:
    odds = {kind: p * (0.02 + topics.get(kind, 0.0)) for kind, p in kinds(text).items()}
    category = max(odds, key=odds.__getitem__)
    return Problem(category, location(text, scene.around.places), urgent(text), sure)


def known_ticket(scene: Scene, problem: Problem) -> TicketSeen | None:
    """The ticket that this problem already has."""
    scored = [(likeness(scene, problem, ticket), at) for at, ticket in enumerate(scene.around.tickets)]
    best, at = max(scored, default=(0.0, 0))
    return scene.around.tickets[at] if best >= SAME else None


def likeness(scene: Scene, problem: Problem, ticket: TicketSeen) -> float:
    """1 and more where the problem is the ticket's own: same kind, same place, by what the words tell."""
    message = scene.message
    if _elsewhere(problem, message.text, ticket):
        return 0.0
    quiet = minutes(ticket.last_at, message.at)
    if ticket.state in ENDED and ticket.state is not State.TRANSFERRED and quiet > RECUR_MINUTES:
        return 0.0
    kind = (
        0.5
        if ticket.category == problem.category
        else min(0.3, kinds(message.text).get(ticket.category, 0.0))
    )
    mine = 0.1 if ticket.reporter == message.sender else 0.0
    content = 0.1 * min(3.0, max(0.0, words(message.text, ticket) - 1.5))
    back = 0.2 if ticket.state in ANSWERED and any(word in message.text for word in AGAIN) else 0.0
    return kind + mine + content + back + _place(scene, problem, ticket)


def _elsewhere(problem: Problem, text: str, ticket: TicketSeen) -> bool:
    return conflict(text, ticket.location or ticket.text) or conflict(problem.location, ticket.location)


def _place(scene: Scene, problem: Problem, ticket: TicketSeen) -> float:
    if not problem.location or not ticket.location:
        talk = scene.since_said_about(ticket.no)
        return 0.35 if talk is not None and talk < LATE else 0.0
    if address(problem.location).buildings & address(ticket.location).buildings:
        return 0.5
    return 0.5 * min(1.0, shared(problem.location, ticket.location) / 2)
