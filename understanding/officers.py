"""What an officer's message does to which tickets."""

import math
import re
from dataclasses import replace

from domain.action import Action
from domain.message import Kind
from domain.state import MOVES, OPEN, WAITING, WORKING
from understanding.clauses import clauses
from understanding.context import Scene, manner
from understanding.dates import until
from understanding.deciding import ACTIONS, Meant, did, did_message, did_pairs, meant
from understanding.extending import asks_for_time, extension
from understanding.features import plain
from understanding.formulas import OFFICERS, formula, not_over, over, strikes_off
from understanding.lexicon import SAYS_SO
from understanding.matching import anchored, how_many, named, words
from understanding.model import models
from understanding.no_step import asks_about, doubts_place
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.ticket_numbers import unknown
from understanding.units import unit

_TOGETHER = re.compile("[和跟同与、及]|俩|两[个条单处件家边张头样堆]|一起|一趟|一道|[都各]")
GATE = -0.2
"""Log-odds by the words plus the fit of the best ticket, below which an officer's message is chatter."""
CLEAR = 1.6
"""Words that fit a ticket by this much mean it, whatever was said before."""
APART = 2.2
"""So much the words of each clause must fit a ticket for a message to be about several, clause by clause."""
ONLY = 1.6
LEAD = 1.6
"""So much is enough where it is so much more than what fits any other ticket."""
SMALL_TALK = 0.2
MEANT_PLAINLY = 0.18
MEANT = 0.35
MEANT_TOO = 0.7
"""How likely an officer must mean a ticket (less where it is no small talk), and a further one with it."""
FITS = 2.0
POINTED = 1.0
"""What it counts for an officer's talking business that a ticket fits, or is pointed at."""
BY_WORDS = 0.5
"""How much the words by themselves count once more for what was done, beside the state of the ticket."""
SAID_OUT = 0.9
"""So surely what the words say was done, it was, however the ticket stands."""
OUTRIGHT = 3.0
"""How much likelier an action is that the words name outright."""
LEAST = 1e-3


def odds_of(scene: Scene, text: str | None = None) -> dict[str, float]:
    """How likely each action is by the words, and chatter."""
    message = scene.message if text is None else replace(scene.message, text=text)
    odds = models().officer.probabilities(message.text, manner(message))
    outright = {label for label, pattern in SAYS_SO.items() if re.search(pattern, plain(message.text))}
    whole, first = formula(message.text, OFFICERS), over(message.text)
    if first and not whole and (not_over(message.text) or Action.REJECT in outright):
        odds |= {first: LEAST, Action.RESOLVE: LEAST}  # 已处理，但还没完
    elif named := whole or first:
        odds = dict.fromkeys(odds, LEAST) | {named: 1.0}
    if Action.TRANSFER in outright and Action.REJECT in outright:  # not ours, and somebody else has taken it
        outright.remove(Action.REJECT)
        odds[Action.REJECT] /= OUTRIGHT
    for label in outright:
        odds[label] *= OUTRIGHT
    total = sum(odds.values())
    return {label: p / total for label, p in odds.items()}


def talks_business(odds: dict[str, float], closeness: float = 0.0) -> bool:
    """Whether the words are about a ticket at all; a ticket that fits helps."""
    nothing = min(max(odds["chatter"], LEAST), 1 - LEAST)
    return math.log((1 - nothing) / nothing) + closeness > GATE


def read_officer(scene: Scene) -> Reading:
    """An officer's message: acts on tickets, or chatter."""
    message, tickets = scene.message, scene.around.tickets
    if message.kind is not Kind.TEXT or not tickets or message.text.strip().isdecimal():
        return Reading(Intent.CHATTER, 0.9, "队员的话，无单可对")
    if strikes_off(message.text):
        return Reading(Intent.CHATTER, 0.9, "销号不由队员")
    pointed = anchored(scene)
    if not pointed and unknown(message.text, [ticket.no for ticket in tickets]):
        return Reading(Intent.CHATTER, 0.8, "单号查无此单")
    odds = odds_of(scene)
    if why := _does_nothing(scene, odds):
        return Reading(Intent.CHATTER, 0.8, why)
    acts = _acts(scene, odds, pointed)
    if not acts and asks_for_time(message):
        return Reading(Intent.CHATTER, 0.8, "延期，无单可对")
    return _reading(scene, acts) if acts else Reading(Intent.CHATTER, odds["chatter"], "队员闲谈")


def _acts(scene: Scene, odds: dict[str, float], pointed: list[TicketSeen]) -> tuple[Act, ...]:
    """What it does, to which tickets."""
    if asks_for_time(scene.message):
        return extension(scene, candidates(scene), pointed)
    if pointed:
        return _pointed(scene, odds, pointed) if talks_business(odds, POINTED) else ()
    return _clause_acts(scene, clauses(scene.message.text)) or _either(scene) or _chosen(scene, odds)


def _does_nothing(scene: Scene, odds: dict[str, float]) -> str | None:
    """Why nothing is done by it: it only asks, or says that the place is another one."""
    text, best = scene.message.text, max(ACTIONS, key=odds.__getitem__)
    if asks_for_time(scene.message) or formula(text, OFFICERS):
        return None
    if asks_about(text) or (_asks(text) and odds[best] < SAID_OUT):
        return "队员在问"
    wrong = best == Action.REJECT and doubts_place(text, scene.around.places)
    return "队员说位置不对" if wrong else None


def _asks(text: str) -> bool:
    """Whether it ends with a question mark: of 42 such lines of officers 3 did anything to a ticket."""
    return plain(text).strip().endswith("?")


def _reading(scene: Scene, acts: tuple[Act, ...]) -> Reading:
    text, at = scene.message.text, scene.message.at
    actions = {act.action for act in acts}
    return Reading(
        Intent.ACTION,
        max(act.confidence for act in acts),
        "队员办理",
        acts=acts,
        until=until(text, at.date()) if at and Action.EXTEND in actions else None,
        unit=unit(text) if Action.TRANSFER in actions else None,
    )


def _pointed(scene: Scene, odds: dict[str, float], tickets: list[TicketSeen]) -> tuple[Act, ...]:
    """The action on the tickets that the message points at."""
    acts = []
    for pair in did_pairs(scene, tickets, did_message(scene, odds), vetoed=True):
        action, p = _likeliest(did(pair), odds)
        acts.append(Act(action, pair.ticket.no, p))
    return tuple(acts) if not scene.quotes_several() or len(acts) == 1 else _which(acts)


def _which(acts: list[Act]) -> tuple[Act, ...]:
    """A message in which the bot told of several tickets: all are accepted at once, else one is meant."""
    other = [act for act in acts if act.action is not Action.ACCEPT]
    if not other:
        return tuple(acts)
    return (replace(other[0], ticket=None, candidates=tuple(act.ticket for act in acts if act.ticket)),)


def _likeliest(by_state: dict[str, float], odds: dict[str, float]) -> tuple[Action, float]:
    """What was done, and how surely; of what is legal as the ticket stands, if anything is."""
    legal = by_state or {label: p for label, p in odds.items() if label != "chatter"}
    best = max(legal, key=odds.__getitem__)
    by_words = odds[best] / sum(odds[label] for label in legal)
    if by_words >= SAID_OUT:
        return Action(best), by_words
    best = max(legal, key=lambda label: legal[label] * odds[label] ** BY_WORDS)
    return Action(best), legal[best]


def candidates(scene: Scene) -> list[TicketSeen]:
    """The tickets that an officer can mean: his own, if he has any."""
    mine = [t for t in scene.around.tickets if not t.officers or scene.message.sender in t.officers]
    return mine or list(scene.around.tickets)


def _either(scene: Scene) -> tuple[Act, ...]:
    """Only that it is done, where several could be meant: those in hand, before those nobody has taken up."""
    text = scene.message.text
    if formula(text, OFFICERS) is not Action.RESOLVE or _TOGETHER.search(text):
        return ()
    mine = [t for t in candidates(scene) if t.state in WAITING | WORKING]
    could = [t for t in mine if t.state in WORKING] or mine
    spoken = next((line.tickets for line in scene.people if line.sender == scene.message.sender), ())
    could = [t for t in could if t.no in spoken] or could
    if len(could) < 2:  # noqa: PLR2004 - one is the one
        return tuple(Act(Action.RESOLVE, t.no, SAID_OUT) for t in could)
    return (Act(Action.RESOLVE, None, SAID_OUT, candidates=tuple(t.no for t in reversed(could))),)


def _chosen(scene: Scene, odds: dict[str, float]) -> tuple[Act, ...]:
    """The likeliest ticket, and others that the message means as well."""
    found = meant(scene, candidates(scene), did_message(scene, odds))
    least = MEANT if odds["chatter"] > SMALL_TALK else MEANT_PLAINLY
    if not found or found[0].p < least or not talks_business(odds, FITS):
        return ()
    best = found[0]
    action, p = _likeliest(did(best.pair), odds)
    if both := _both(scene.message.text, [one.ticket for one in found]):
        chosen = [one for one in found if one.ticket in both]
    elif count := how_many(scene.message.text):
        chosen = found[:count]
    else:
        chosen = [best, *(one for one in found[1:] if one.p >= MEANT_TOO and _named(one))]
    legal = [one for one in chosen if one is chosen[0] or one.ticket.state in MOVES[action]]
    return tuple(Act(action, one.ticket.no, p * one.p) for one in legal)


def _both(text: str, tickets: list[TicketSeen]) -> list[TicketSeen]:
    """Several tickets that the text names by their places, where it puts them together: 门口和台阶都看了."""
    found = named(text, tickets) if _TOGETHER.search(text) else []
    return found if len(found) > 1 else []


def _named(one: Meant) -> bool:
    """Whether words speak for a further ticket: that it would be its turn is not enough."""
    return one.pair.own["words"] >= CLEAR


def _clause_acts(scene: Scene, parts: list[str]) -> tuple[Act, ...]:
    """Acts of the clauses, where they clearly speak of different tickets."""
    tickets = [t for t in candidates(scene) if t.state in OPEN]
    acts: dict[str, Act] = {}
    for part in parts if len(parts) > 1 else ():
        best = _named_in(part, tickets)
        if best is None:
            continue
        odds = odds_of(scene, part)
        if talks_business(odds, APART):
            pair = did_pairs(scene, [best], did_message(scene, odds, part), part, vetoed=True)[0]
            action, p = _likeliest(did(pair), odds)
            acts[best.no] = Act(action, best.no, p)
    return tuple(acts.values()) if len(acts) > 1 else ()


def _named_in(part: str, tickets: list[TicketSeen]) -> TicketSeen | None:
    """The ticket that a clause clearly speaks of: by many words, or by some that no other ticket has."""
    fits = sorted(((words(part, ticket), at) for at, ticket in enumerate(tickets)), reverse=True)[:2]
    if not fits:
        return None
    best, at = fits[0]
    lead = best - max(0.0, fits[1][0] if fits[1:] else 0.0)
    if best >= APART or (best >= ONLY and lead >= LEAD):
        return tickets[at]
    by_place = named(part, tickets)
    return by_place[0] if len(by_place) == 1 else None
