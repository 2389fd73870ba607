"""What a resident's words mean: a new problem, more about a known one, somebody else's business, or chatter."""

import math
from dataclasses import dataclass

from domain.action import Action
from domain.people import Role
from domain.state import ENDED, MOVES, OPEN, State
from understanding.context import Scene, describe, minutes, standing
from understanding.hazards import hazard, urgent
from understanding.intent import about
from understanding.lines import CHATTER, REFERRING
from understanding.matching import Fit, anchored, fits, kinds, words
from understanding.model import models
from understanding.places import conflict, location, same
from understanding.reading import Act, Intent, Problem, Reading, TicketSeen
from understanding.thread import gathered, own_thread

REPORTS = 0.8
REPORTS_TO_BOT = 0.6
"""Who speaks to the bot itself has something to say: less is needed."""
REFERS = 0.65
RECUR_MINUTES = 4 * 24 * 60.0
"""So long after the fix, 'it is back' disputes it; later it is a new problem."""
PULL = 0.3
"""How strongly a message must belong to a known ticket to act on it."""
LEAN: dict[Action, tuple[float, float]] = {
    Action.SUPPORT: (1.0, 0.0),
    Action.SUPPLEMENT: (1.0, 0.5),
    Action.URGE: (0.4, 1.0),
    Action.CONFIRM: (0.6, 1.0),
    Action.DISPUTE: (0.6, 1.0),
    Action.WITHDRAW: (0.0, 1.0),
}
"""How readily an action is laid to somebody else's ticket, and to one's own."""
RESIDENT_ACTIONS = ("support", "supplement", "urge", "confirm", "dispute", "withdraw")


@dataclass(frozen=True, slots=True)
class View:
    """What the models say of a resident's text in its surroundings."""

    topics: dict[str, float]
    intents: dict[str, float]

    @property
    def plainly(self) -> float:
        """How likely its words alone, whatever came before, report a problem of ours."""
        return 1 - self.topics[CHATTER] - sum(p for k, p in self.topics.items() if k.startswith(REFERRING))

    @property
    def report(self) -> float:
        """How likely it reports a problem: both its words alone and its place in the talk must say so."""
        return float((max(0.0, self.plainly) * self.intents["report"]) ** 0.5)

    @property
    def category(self) -> str:
        """The likeliest category, taken that it reports something."""
        return max(
            (k for k in self.topics if k != CHATTER and not k.startswith(REFERRING)),
            key=self.topics.__getitem__,
        )

    @property
    def referral(self) -> str:
        """The likeliest body, taken that it is not ours."""
        return max(
            (k for k in self.topics if k.startswith(REFERRING)), key=self.topics.__getitem__
        ).removeprefix(REFERRING)

    @property
    def action(self) -> tuple[Action, float]:
        """The likeliest action and how likely any action is."""
        best = max(RESIDENT_ACTIONS, key=self.intents.__getitem__)
        return Action(best), sum(self.intents[a] for a in RESIDENT_ACTIONS)


def view(scene: Scene, text: str | None = None) -> View:
    """Ask the models."""
    text = scene.message.text if text is None else text
    topics = models().topic.probabilities(text)
    return View(topics, models().resident.probabilities(text, describe(scene) | about(topics)))


def read_resident(scene: Scene) -> Reading:
    """A resident's text."""
    seen = view(scene)
    for rule in (_pointed, _continued, _reported, _referred, _acted):
        if reading := rule(scene, seen):
            return reading
    return Reading(Intent.CHATTER, seen.intents[CHATTER], "闲聊")


def _pointed(scene: Scene, seen: View) -> Reading | None:
    """By quote or number: the ticket is known, only the action is to be found."""
    pointed = anchored(scene)
    if not pointed:
        return None
    if seen.intents[CHATTER] > 0.9:
        return None
    action, p = deed(scene, pointed[0])
    return _acts(scene, pointed[:1], action, p, "引用了单子")


def _continued(scene: Scene, seen: View) -> Reading | None:
    """More of one's own report, right after it."""
    ticket = own_thread(scene)
    if ticket is None:
        return None
    place = location(scene.message.text, scene.around.places)
    if not ticket.location and place and seen.intents[CHATTER] < 0.9 and len(scene.message.text) < 30:
        return _more(scene, ticket, place, "补充位置")
    action, p = seen.action
    if action in (Action.WITHDRAW, Action.CONFIRM) and p > 0.5:
        return None
    if conflict(place, ticket.location) and seen.report > 0.5:
        return None
    other = kinds(scene.message.text).get(ticket.category, 0.0) < 0.1 and seen.report > 0.7 and place
    if other and words(scene.message.text, ticket) < 1.0:
        return None
    if seen.intents[CHATTER] + seen.intents["referral"] < 0.5:
        return _more(scene, ticket, place, "接着自己的话")
    return None


def _more(scene: Scene, ticket: TicketSeen, place: str, why: str) -> Reading:
    text = scene.message.text
    return Reading(
        Intent.REPORT, 0.8, why, continues=ticket.no, location=place, urgent=urgent(text), danger=hazard(text)
    )


def _reported(scene: Scene, seen: View) -> Reading | None:
    """A problem: a new one, unless it is known already."""
    if seen.report < (REPORTS_TO_BOT if scene.message.to_bot else REPORTS):
        return None
    return _report(scene, seen)


def _report(scene: Scene, seen: View) -> Reading:
    problem = _problem(scene, scene.message.text, seen)
    if known := _known(scene, problem):
        return _acts(scene, [known], _again(scene, known, seen), seen.report, "同一处同一事")
    return Reading(
        Intent.REPORT,
        seen.report,
        f"像是{problem.category}",
        problems=(problem,),
        gathers=gathered(scene),
        danger=hazard(scene.message.text),
    )


def _problem(scene: Scene, text: str, seen: View) -> Problem:
    odds = {k: v * (0.02 + seen.topics.get(k, 0.0)) for k, v in kinds(text).items()}
    category = max(odds, key=odds.__getitem__)
    return Problem(category, location(text, scene.around.places), urgent(text), seen.report)


def _known(scene: Scene, problem: Problem) -> TicketSeen | None:
    """The ticket that this problem already has."""
    best: tuple[float, TicketSeen] | None = None
    for ticket in scene.around.tickets:
        score = _likeness(scene, problem, ticket)
        if score >= 1.0 and (best is None or score > best[0]):
            best = (score, ticket)
    return best[1] if best else None


def _likeness(scene: Scene, problem: Problem, ticket: TicketSeen) -> float:
    """1 and more where the problem is the ticket's own: same kind and same place, or the same words."""
    message = scene.message
    if conflict(message.text, ticket.location or ticket.text):
        return 0.0
    quiet = minutes(ticket.last_at, message.at)
    if ticket.state in ENDED and ticket.state is not State.TRANSFERRED and quiet > RECUR_MINUTES:
        return 0.0
    kind = (
        0.6
        if ticket.category == problem.category
        else min(0.4, kinds(message.text).get(ticket.category, 0.0))
    )
    place = same(problem.location, ticket.location) if problem.location and ticket.location else 0.0
    mine = 0.15 if ticket.reporter == message.sender else 0.0
    if not problem.location or not ticket.location:
        talk = scene.since_said_about(ticket.no)
        place = 0.4 if talk is not None and talk < 6 else 0.1
    return kind + place * 0.7 + mine + 0.1 * min(2.0, max(0.0, words(message.text, ticket) - 2))


def _again(scene: Scene, ticket: TicketSeen, seen: View) -> Action:
    """What it does to raise a known problem again."""
    if ticket.state not in OPEN or ticket.state is State.REPORTED:
        return Action.DISPUTE
    if ticket.reporter != scene.message.sender:
        return Action.SUPPORT
    return Action.URGE if seen.intents["urge"] >= seen.intents["supplement"] else Action.SUPPLEMENT


def _referred(scene: Scene, seen: View) -> Reading | None:
    p = seen.intents["referral"]
    if p < REFERS:
        return None
    text = scene.message.text
    return Reading(
        Intent.REFERRAL,
        p,
        f"{seen.referral}的事",
        referral=seen.referral,
        danger=hazard(text),
        location=location(text),
    )


def _acted(scene: Scene, seen: View) -> Reading | None:
    """About a known ticket, by its words or by the moment."""
    if scene.sign_up():
        return None
    ranked = [fit for fit in fits(scene) if _may(scene, fit)]
    if not ranked or pull(scene, seen, ranked[0]) < PULL:
        return None
    best = ranked[0].ticket
    action, p = deed(scene, best)
    about = 1 - seen.intents[CHATTER] - seen.intents["referral"]
    return _acts(scene, [best], action, about * p, "说的是已有的单")


def pull(scene: Scene, seen: View, fit: Fit) -> float:
    """How strongly the message belongs to the ticket, all signs together."""
    ticket, message = fit.ticket, scene.message
    before = next(scene.people(), None)
    follows = before is not None and ticket.no in before.tickets
    score = 0.45 * log_odds(1 - seen.intents[CHATTER] - seen.intents["referral"])
    score += 0.2 * log_odds(seen.action[1]) + 0.6 * fit.words
    score += 0.9 * (ticket.reporter == message.sender)
    score += 1.6 * follows
    score += 0.6 * (before is not None and follows and before.role is Role.OFFICER)
    return score + 0.8 * any(member in ticket.officers for member in message.mentions)


def log_odds(p: float) -> float:
    """The odds of p as a logarithm, kept within what a model can know."""
    p = min(max(p, 0.003), 0.997)
    return math.log(p / (1 - p))


def deed(scene: Scene, ticket: TicketSeen) -> tuple[Action, float]:
    """What a resident does to a ticket, taken that the message is about it."""
    odds = models().act.probabilities(scene.message.text, standing(scene, ticket))
    mine = ticket.reporter == scene.message.sender
    allowed = {
        action: p * LEAN[action][mine]
        for label, p in odds.items()
        if ticket.state in MOVES.get(action := Action(label), {}) and LEAN[action][mine]
    }
    best = max(allowed, key=lambda action: allowed[action], default=Action.SUPPLEMENT)
    return best, odds[best]


def _may(scene: Scene, fit: Fit) -> bool:
    """Whether the message can be about the ticket: one's own, lately talked about, or plainly named."""
    if fit.words <= -4:
        return False
    ticket = fit.ticket
    heard = scene.since_said_about(ticket.no) is not None
    return ticket.reporter == scene.message.sender or heard or fit.words > 2.0


def _acts(scene: Scene, tickets: list[TicketSeen], action: Action, p: float, why: str) -> Reading:
    place = location(scene.message.text, scene.around.places) if action is Action.SUPPLEMENT else ""
    acts = tuple(Act(action, t.no, p) for t in tickets)
    return Reading(Intent.ACTION, p, why, acts=acts, location=place, danger=hazard(scene.message.text))
