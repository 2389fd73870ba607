"""What the scorers say of a resident's text: is it new, which ticket is it about, what does it do to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.action import Action
from domain.people import STAFF, Role
from domain.state import MOVES, OPEN, State
from understanding.language.beginnings import begins
from understanding.language.faults import empty, half
from understanding.language.features import plain
from understanding.language.lexicon import ACKNOWLEDGES, QUESTION_ENDS
from understanding.language.model import models
from understanding.language.no_step import no_step
from understanding.language.outcomes import aside, blames, contrary, doubted, no_neighbour
from understanding.language.places import is_vague, location
from understanding.language.speech import speech
from understanding.reading import TicketSeen
from understanding.scene.context import FRESH_MINUTES, Scene, minutes, standing
from understanding.scene.matching import kinds, lean
from understanding.scene.pairing import Facts, Pair, length, pairs
from understanding.scene.problems import distant, story
from understanding.scene.thread import follows_self, leads_up, own_thread
from understanding.scene.view import View, log_odds

CONTINUE = "continue"
"""The label of what goes on telling one's own report."""
SCALE = 3.0
"""Log-odds are made about as large as the other facts."""
NOTHING = -2.0
HINT = 0.03
"""Below this it is no report: of 1,242 tickets on unseen chats none that was opened sounded less like one."""
TALK = 0.75
"""So surely chatter, what residents say is about no ticket: of 1,650 lines of unseen chats half are, and of
these none was found to be about one that is."""
MEANING_IT = frozenset({"done", "thanks", "still", "hurry", "cancel", "same", "again"})
"""What turns a note taken into a step on the ticket."""
_NOTE = re.compile(ACKNOWLEDGES)


@dataclass(frozen=True, slots=True)
class Link:
    """A ticket that the message may be about, how surely, and the facts of it."""

    pair: Pair
    p: float

    @property
    def ticket(self) -> TicketSeen:
        """The ticket."""
        return self.pair.ticket


def takes_note(text: str) -> bool:
    """Whether it only takes note of what was said: 好的, 原来是这样; without thanks, doubt or hurry."""
    text = plain(text).strip()
    return bool(_NOTE.match(text)) and not {"says_" + name for name in MEANING_IT} & speech(text).keys()


def message_facts(scene: Scene, seen: View) -> Facts:
    """What is the same for all tickets."""
    message = scene.message
    text = plain(message.text).strip()
    facts = {
        "report": log_odds(seen.report) / SCALE,
        "chatter": log_odds(seen.chatter) / SCALE,
        "referral": log_odds(seen.referral) / SCALE,
        "ours": log_odds(seen.ours) / SCALE,
        "acts": log_odds(seen.acts) / SCALE,
        "question": float(text.endswith(QUESTION_ENDS)),
        "to_bot": float(message.to_bot),
        "sign_up": float(scene.sign_up),
        "note": float(takes_note(message.text)),
        "staff": float(message.role in STAFF),
        "quote_else": float(message.quotes is not None and not scene.quoted),
        "follows_self": float(follows_self(scene)),
        "silence": float(scene.last is None),
    }
    return facts | dict(length(text))


def idle(scene: Scene, seen: View) -> bool:
    """Whether it is so surely a resident's chatter that no ticket needs to be looked at."""
    addressed = scene.message.to_bot or scene.message.role in STAFF
    return not addressed and seen.chatter >= TALK and seen.report < HINT


def links(scene: Scene, facts: Facts) -> list[Link]:
    """The known tickets, likeliest first."""
    scorer = models().link
    tickets = scene.around.tickets
    if not tickets or scorer is None:
        return []
    near = pairs(scene, tickets, facts)
    sure = scorer.likely_each(facts, [pair.own for pair in near]) if near else []
    found = [Link(pair, p) for pair, p in zip(near, sure, strict=True)]
    return sorted(found, key=lambda link: -link.p)


def new_facts(scene: Scene, seen: View, facts: Facts, best: Link | None) -> Facts:
    """What speaks for a new ticket; `best` is the known one that the message is likeliest about."""
    text = scene.message.text
    place = location(text, scene.around.places)
    thread = own_thread(scene)
    found = dict(facts)
    found |= {
        "plainly": log_odds(seen.plain) / SCALE,
        "intent": log_odds(seen.intents["report"]) / SCALE,
        "supplements": log_odds(seen.intents["supplement"]) / SCALE,
        "place": float(bool(place)),
        "plain_place": float(bool(place) and not is_vague(place)),
        "distant": float(distant(text)),
        "thread": float(thread is not None),
        "kind_sure": max(kinds(text).values()),
        "leads_up": float(scene.last is not None and bool(scene.last.id) and leads_up(scene.last)),
        "best": log_odds(best.p) / SCALE if best else NOTHING,
        "own_kind": _own_kind(scene),
    }
    found |= {**story(text), **speech(plain(text))}
    found["own_unlike"] = max(0.0, -found["own_kind"]) * max(0.0, found["plainly"])
    found["report_place"] = found["report"] * found["plain_place"]
    found["report_bot"] = found["report"] * found["to_bot"]
    if best:
        of_best = best.pair.own
        for name in ("mine", "ended", "building_kind", "place_kind"):
            found["best_" + name] = of_best.get(name, 0.0)
        found["best_close"] = found["best"] * found["report"]
    return found


def _own_kind(scene: Scene) -> float:
    """How well the words fit the kinds of the sender's own open tickets; 0 where there is none."""
    text = scene.message.text
    return max((lean(t.category, text) for t in scene.own if t.state in OPEN), default=0.0)


def newness(scene: Scene, seen: View, facts: Facts, best: Link | None) -> float:
    """How likely the message opens a ticket; not at all, where it is not like a report or only begins one."""
    scorer = models().new
    if scorer is None or (seen.report < HINT and not scene.message.to_bot):
        return 0.0
    text = scene.message.text
    if begins(text, scene.around.places) or half(text) or empty(text):
        return 0.0
    return scorer.likely(new_facts(scene, seen, facts, best))


def deed_facts(scene: Scene, seen: View, pair: Pair) -> Facts:
    """What tells what is done to the ticket."""
    text = scene.message.text
    facts = pair.facts
    for label, p in models().act.probabilities(text, standing(scene, pair.ticket)).items():
        facts["act_" + label] = log_odds(p) / SCALE
    for label, p in seen.intents.items():
        facts["wants_" + label] = log_odds(p) / SCALE
    officer = models().officer.probabilities(text, {})
    for label in ("resolve", "progress", "accept"):
        facts["officer_" + label] = log_odds(officer[label]) / SCALE
    facts |= dict(_circumstances(scene, pair))
    return facts | dict.fromkeys(speech(plain(text)), 1.0)


def _circumstances(scene: Scene, pair: Pair) -> Iterator[tuple[str, float]]:
    ticket, thread = pair.ticket, own_thread(scene)
    mine = pair.own.get("mine", 0.0)
    place = bool(location(scene.message.text, scene.around.places))
    yield "own_thread", float(thread is not None and thread.no == ticket.no)
    yield "thread_follows", float(thread is not None and thread.no == ticket.no and follows_self(scene))
    yield "fresh", float(minutes(ticket.opened_at, scene.message.at) < FRESH_MINUTES) * mine
    yield "place", float(place)
    yield "missing_place", float(place and not ticket.location) * mine
    yield "other_report", (1 - mine) * pair.common.get("report", 0.0)
    yield "mine_answered", mine * float(ticket.state is State.REPORTED)
    last = scene.last
    yield "after_officer", float(last is not None and last.role is Role.OFFICER and ticket.no in last.tickets)


def deeds(scene: Scene, seen: View, pair: Pair) -> dict[str, float]:
    """How likely each thing is that may be done to the ticket as it stands, taken that it is about it."""
    scorer = models().deed
    if scorer is None:
        return {str(Action.SUPPLEMENT): 1.0}
    odds = scorer.probabilities(deed_facts(scene, seen, pair))
    allowed = {label: p for label, p in odds.items() if may(scene, pair.ticket, label)}
    total = sum(allowed.values())
    if Action.CONFIRM not in allowed and not contrary(scene.message.text):
        total += odds.get(Action.CONFIRM, 0.0)  # what would have confirmed it does not say the contrary
    return {label: p / total for label, p in allowed.items()} if total > 0 else {}


def may(scene: Scene, ticket: TicketSeen, label: str) -> bool:
    """Whether the sender may do this to the ticket at all."""
    message = scene.message
    mine = ticket.reporter == message.sender
    if label == CONTINUE:
        thread = own_thread(scene)
        return thread is not None and thread.no == ticket.no
    if ticket.state not in MOVES.get(Action(label), {}):
        return False
    if label == Action.WITHDRAW:
        return mine and not blames(message.text)
    if label == Action.SUPPORT:
        return not mine and message.role not in STAFF and not no_neighbour(message.text)
    if label == Action.PROGRESS:  # once an officer has reported it done, who looks again says whether it is
        return message.role in STAFF and ticket.state is not State.REPORTED and not no_step(message.text)
    return label != Action.CONFIRM or not (doubted(message.text) or aside(message.text))
