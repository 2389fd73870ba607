"""What a resident does to a ticket that is known already, and whether the message belongs to it at all."""

import re

from domain.action import Action
from domain.people import Role
from domain.state import MOVES, State
from understanding.context import ANSWERED, Scene, standing
from understanding.features import plain
from understanding.lexicon import ACKNOWLEDGES
from understanding.matching import ELSEWHERE, Fit, fits
from understanding.model import models
from understanding.reading import TicketSeen
from understanding.speech import speech
from understanding.view import View, log_odds

PULL = 1.3
"""How strongly a message must belong to a known ticket to act on it."""
OWN = 0.9
FOLLOWS = 1.6
ANSWERS_OFFICER = 0.6
CALLS_OFFICER = 0.8
AWAITED = 1.0
SETTLED = 0.2
"""What counts for a ticket: it is one's own; the line before was about it, by an officer; its officer is
called; one's own word on it is awaited (and against it: it is somebody else's, and dealt with)."""
NAMED_PLAINLY = 2.0
"""Words that fit this well name a ticket that nobody has talked about."""
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
EARLY_DISPUTE = 0.25
LATE_URGE = 0.5
"""How readily one disputes what nobody has answered, or hurries what has been answered."""
MEANING_IT = frozenset({"done", "thanks", "still", "hurry", "cancel", "same", "again"})
"""What turns a note taken into a step on the ticket."""
_NOTE = re.compile(ACKNOWLEDGES)


def belongs(scene: Scene, seen: View) -> tuple[TicketSeen, Action, float] | None:
    """The known ticket that the message belongs to, what it does to it and how surely."""
    if scene.sign_up() or takes_note(scene.message.text):
        return None
    best = next((fit for fit in fits(scene) if _may(scene, fit)), None)
    if best is None:
        return None
    action, p = deed(scene, best.ticket)
    if pull(scene, seen, best) < PULL + WEIGHTY.get(action, 0.0):
        return None
    return best.ticket, action, seen.ours * p


def takes_note(text: str) -> bool:
    """Whether it only takes note of what was said: 好的, 原来是这样; without thanks, doubt or hurry."""
    text = plain(text).strip()
    return bool(_NOTE.match(text)) and not {"says_" + name for name in MEANING_IT} & speech(text).keys()


def pull(scene: Scene, seen: View, fit: Fit) -> float:
    """How strongly the message belongs to the ticket, all signs together."""
    ticket, message = fit.ticket, scene.message
    before = next(scene.people(), None)
    score = 0.45 * log_odds(seen.ours) + 0.2 * log_odds(seen.acts) + 0.6 * fit.words
    mine = ticket.reporter == message.sender
    score += OWN * mine + AWAITED * (mine and ticket.state is State.REPORTED)
    score -= SETTLED * (not mine and ticket.state in ANSWERED)
    if before is not None and ticket.no in before.tickets:
        score += FOLLOWS + ANSWERS_OFFICER * (before.role is Role.OFFICER)
    return score + CALLS_OFFICER * any(member in ticket.officers for member in message.mentions)


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
    if fit.words <= ELSEWHERE:
        return False
    mine = fit.ticket.reporter == scene.message.sender
    return mine or fit.words > NAMED_PLAINLY or scene.since_said_about(fit.ticket.no) is not None
