"""What a resident's words mean: a new problem, more about a known one, somebody else's business, or chatter."""

import math
import re
from dataclasses import dataclass

from domain.action import Action
from domain.people import Role
from domain.state import MOVES, OPEN, State
from understanding.context import ANSWERED, Scene, describe, standing
from understanding.features import plain
from understanding.hazards import hazard, urgent
from understanding.intent import about
from understanding.lexicon import ACKNOWLEDGES
from understanding.lines import CHATTER, REFERRING
from understanding.matching import Fit, anchored, fits, kinds, words
from understanding.model import models
from understanding.places import conflict, location
from understanding.problems import distant, known_ticket, problems
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.speech import speech
from understanding.thread import follows_self, gathered, own_thread

REFERS = 0.75
REFERS_DISTANT = 0.92
DIRECTLY = 0.9
"""Right after one's own report, what does not sound like it mostly is more of it still."""
OWN = 0.9
AWAITED = 1.0
SETTLED = 0.2
EARLY_DISPUTE = 0.25
LATE_URGE = 0.5
PULL = 1.3
"""How strongly a message must belong to a known ticket to act on it."""
WEIGHTY = {Action.SUPPORT: 0.3, Action.DISPUTE: 0.6, Action.CONFIRM: 0.3, Action.WITHDRAW: 0.6}
"""Actions that move a ticket need more than those that only add to it."""
LEAN: dict[Action, tuple[float, float]] = {
    Action.SUPPORT: (1.0, 0.0),
    Action.SUPPLEMENT: (1.0, 0.5),
    Action.URGE: (0.4, 1.0),
    Action.CONFIRM: (0.6, 1.0),
    Action.DISPUTE: (0.6, 1.0),
    Action.WITHDRAW: (0.0, 1.0),
}
"""How readily an action is laid to somebody else's ticket, and to one's own."""
MEANING_IT = ("done", "thanks", "still", "hurry", "cancel", "same", "again")
"""What turns a note taken into a step on the ticket."""
_NOTE = re.compile(ACKNOWLEDGES)
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
    if seen.intents[CHATTER] + seen.intents["referral"] < (DIRECTLY if follows_self(scene) else 0.5):
        return _more(scene, ticket, place, "接着自己的话")
    return None


def _more(scene: Scene, ticket: TicketSeen, place: str, why: str) -> Reading:
    text = scene.message.text
    return Reading(
        Intent.REPORT, 0.8, why, continues=ticket.no, location=place, urgent=urgent(text), danger=hazard(text)
    )


def _reported(scene: Scene, seen: View) -> Reading | None:
    """A problem: a new one, unless it is known already."""
    found = problems(scene, seen.topics, seen.report)
    if not found or (scene.sign_up() and not found[0].location):
        return None
    known = known_ticket(scene, found[0])
    if len(found) == 1 and known:
        return _acts(scene, [known], _again(scene, known, seen), seen.report, "同一处同一事")
    return Reading(
        Intent.REPORT,
        found[0].confidence,
        f"像是{found[0].category}",
        problems=tuple(found),
        gathers=gathered(scene),
        danger=hazard(scene.message.text),
    )


def _again(scene: Scene, ticket: TicketSeen, seen: View) -> Action:
    """What it does to raise a known problem again."""
    if ticket.state not in OPEN or ticket.state is State.REPORTED:
        return Action.DISPUTE
    if ticket.reporter != scene.message.sender:
        return Action.SUPPORT
    return Action.URGE if seen.intents["urge"] >= seen.intents["supplement"] else Action.SUPPLEMENT


def _referred(scene: Scene, seen: View) -> Reading | None:
    p = seen.intents["referral"]
    if p < (REFERS_DISTANT if distant(scene.message.text) else REFERS):
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
    if scene.sign_up() or takes_note(scene.message.text):
        return None
    ranked = [fit for fit in fits(scene) if _may(scene, fit)]
    if not ranked:
        return None
    best = ranked[0].ticket
    action, p = deed(scene, best)
    if pull(scene, seen, ranked[0]) < PULL + WEIGHTY.get(action, 0.0):
        return None
    about = 1 - seen.intents[CHATTER] - seen.intents["referral"]
    return _acts(scene, [best], action, about * p, "说的是已有的单")


def takes_note(text: str) -> bool:
    """Whether it only takes note of what was said: 好的, 原来是这样 — without thanks, doubt or hurry."""
    text = plain(text).strip()
    return bool(_NOTE.match(text)) and not {"says_" + name for name in MEANING_IT} & speech(text).keys()


def pull(scene: Scene, seen: View, fit: Fit) -> float:
    """How strongly the message belongs to the ticket, all signs together."""
    ticket, message = fit.ticket, scene.message
    before = next(scene.people(), None)
    follows = before is not None and ticket.no in before.tickets
    score = 0.45 * log_odds(1 - seen.intents[CHATTER] - seen.intents["referral"])
    score += 0.2 * log_odds(seen.action[1]) + 0.6 * fit.words
    mine = ticket.reporter == message.sender
    score += OWN * mine + AWAITED * (mine and ticket.state is State.REPORTED)
    score -= SETTLED * (not mine and ticket.state in ANSWERED)
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
        action: p * LEAN[action][mine] * _timely(action, ticket)
        for label, p in odds.items()
        if ticket.state in MOVES.get(action := Action(label), {}) and LEAN[action][mine]
    }
    best = max(allowed, key=lambda action: allowed[action], default=Action.SUPPLEMENT)
    return best, odds[best]


def _timely(action: Action, ticket: TicketSeen) -> float:
    """Before an officer has answered, 'it is not done' hurries; after that, it disputes."""
    if action is Action.DISPUTE:
        return 1.0 if ticket.state in ANSWERED else EARLY_DISPUTE
    if action is Action.URGE:
        return LATE_URGE if ticket.state in ANSWERED else 1.0
    return 1.0


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
