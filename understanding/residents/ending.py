"""Rules for how tickets end: of which it is said that it is settled, goes on, was never done, or is off."""

from domain.action import Action
from domain.state import OPEN, State
from understanding.language.features import plain
from understanding.language.formulas import answered, formula, solves
from understanding.language.outcomes import (
    all_of_them,
    asked,
    cancels,
    denied,
    goes_on,
    parts,
    relapsed,
    settled,
    unchanged,
    without_slip,
)
from understanding.language.speech import speech
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.residents.concerning import names_it, of_something_else, to_the_point
from understanding.residents.doing import SURE, act
from understanding.scene.context import Scene
from understanding.scene.matching import anchored
from understanding.scene.view import View

REPORTS = 0.35
"""Words that sound so much like a report are more than an answer to a neighbour."""
ANSWERS = frozenset({"says_done", "says_thanks", "says_praise"})
"""What an answer that something is done, or kind, says."""
SEVERAL = 2
LONGEST = 30
"""The same of what says that nothing was done."""
PLAINLY = 20
"""What goes on is said in so few characters; who tells more may tell of another matter."""


def another_answer(scene: Scene, seen: View) -> Reading | None:
    """What answers a neighbour about something else says nothing of a ticket."""
    if seen.report >= REPORTS:
        return None
    text = scene.message.text
    says = not ANSWERS.isdisjoint(speech(plain(text))) or solves(text) or settled(text)
    return Reading(Intent.CHATTER, SURE, "回答邻居") if says and of_something_else(scene) else None


def an_answer(scene: Scene, seen: View) -> Reading | None:
    """The answer to the bot's question whether a ticket is solved, which one reported or supported."""
    text = scene.message.text
    own = _asked_about(scene)
    if not own:
        return None
    action, sure = answered(text), max(seen.acts, SURE)
    latest = max(own, key=lambda t: (t.last_at is not None, t.last_at))
    if action is None:
        disputed = next((t for t in _latest_first(own) if _contradicts(scene, t)), None)
        return act(scene, disputed, Action.DISPUTE, sure, "说没办好") if disputed else None
    mine = [t for t in own if t.reporter == scene.message.sender]
    if action is Action.CONFIRM and all_of_them(text) and len(mine) >= SEVERAL:
        acts = tuple(Act(action, t.no, sure, outright=True) for t in mine)
        return Reading(Intent.ACTION, sure, "都办好了", acts=acts)
    return act(scene, latest, action, sure, "回答是否办好")


def after_all(scene: Scene, seen: View) -> Reading | None:
    """Not settled after all: the reporter's ticket that ended last, where none is open any more."""
    if any(t.state in OPEN for t in scene.own):
        return None
    ended = _latest_first([t for t in scene.own if t.state is State.CLOSED])
    disputes = answered(without_slip(scene.message.text)) is Action.DISPUTE
    if not ended or not disputes or not to_the_point(scene, ended[0]):
        return None
    return act(scene, ended[0], Action.DISPUTE, max(seen.acts, SURE), "还是没办好")


def _asked_about(scene: Scene) -> list[TicketSeen]:
    """The tickets whose outcome the sender was asked about, and may mean."""
    sender = scene.message.sender
    meant = anchored(scene) or scene.around.tickets
    return [t for t in meant if t.state is State.REPORTED and sender in {t.reporter, *t.supporters}]


def _latest_first(tickets: list[TicketSeen]) -> list[TicketSeen]:
    return sorted(tickets, key=lambda t: (t.last_at is not None, t.last_at), reverse=True)


def _contradicts(scene: Scene, ticket: TicketSeen) -> bool:
    """Whether the words say that the ticket is not settled: a lie, no change, it goes on."""
    text = scene.message.text
    if len(text) <= LONGEST and denied(text) and to_the_point(scene, ticket):
        return True
    if asked(text):
        return False
    if len(text) <= LONGEST and (unchanged(text) or relapsed(text)) and to_the_point(scene, ticket):
        return True
    return len(text) <= PLAINLY and goes_on(text) and names_it(text, ticket)


def each_by_name(scene: Scene, seen: View) -> Reading | None:
    """Of several tickets of one's own, what is said of each in its own clause: 沟填好了，垃圾还在."""
    mine = [t for t in scene.own if t.state in OPEN]
    if len(mine) < SEVERAL or scene.message.quotes:
        return None
    acts = [
        done for ticket, words in _named_apart(scene.message.text, mine) if (done := _said(ticket, words))
    ]
    if not acts:
        return None
    sure = max(seen.acts, SURE)
    return Reading(Intent.ACTION, sure, "分别说了几件", acts=tuple(acts))


def _named_apart(text: str, tickets: list[TicketSeen]) -> list[tuple[TicketSeen, str]]:
    """The clauses that name one of the tickets, each with those after it that name none."""
    found: list[tuple[TicketSeen, str]] = []
    for part in parts(text):
        named = [t for t in tickets if names_it(part, t)] if not formula(part, (Action.CONFIRM,)) else []
        if len(named) == 1 and not (found and found[-1][0] is named[0]):
            found.append((named[0], part))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}，{part}")
    return found


def _said(ticket: TicketSeen, words: str) -> Act | None:
    """What a clause does to the ticket that it names."""
    if cancels(words):
        return Act(Action.WITHDRAW, ticket.no, SURE, outright=True)
    if ticket.state is not State.REPORTED:
        return None
    if settled(words):
        return Act(Action.CONFIRM, ticket.no, SURE, outright=True)
    contradicts = not asked(words) and (
        goes_on(words) or unchanged(words) or answered(words) is Action.DISPUTE
    )
    return Act(Action.DISPUTE, ticket.no, SURE, outright=True) if contradicts else None
