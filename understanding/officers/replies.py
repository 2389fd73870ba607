"""What an officer's message does to which tickets."""

import re
from dataclasses import replace

from domain.action import Action
from domain.message import Kind
from domain.state import MOVES, OPEN, WAITING, WORKING, State
from understanding.language.clauses import clauses
from understanding.language.dates import until
from understanding.language.features import plain
from understanding.language.formulas import OFFICERS, formula, strikes_off
from understanding.language.lexicon import ANSWERS
from understanding.language.no_step import asks_about, doubts_place
from understanding.language.ticket_numbers import counted, in_full, unknown
from understanding.language.units import unit
from understanding.officers.apiece import Part, apiece
from understanding.officers.deciding import ACTIONS, Meant, did, did_message, did_pairs, meant
from understanding.officers.denials import says_mistaken, takes_back
from understanding.officers.extending import asks_for_time, extension
from understanding.officers.naming import APART, TOGETHER, all_but, count_of, named_in
from understanding.officers.off_duty import off_duty
from understanding.officers.weighing import odds_of, talks_business
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.scene.context import Scene
from understanding.scene.matching import anchored, how_many, named

_ORDINAL = re.compile(ANSWERS["ordinal"])
CLEAR = 1.6
"""Words that fit a ticket by this much mean it, whatever was said before."""
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


def read_officer(scene: Scene) -> Reading:
    """An officer's message: acts on tickets, or chatter."""
    scene = replace(scene, message=replace(scene.message, text=_numbers_written_out(scene)))
    pointed = anchored(scene)
    if why := _no_matter(scene, pointed):
        return Reading(Intent.CHATTER, 0.9, why)
    acts = _certain(scene, pointed)
    return _reading(scene, _likely(scene, pointed) if acts is None else acts)


def _certain(scene: Scene, pointed: list[TicketSeen]) -> tuple[Act, ...] | None:
    """What is taken back as not done after all, said of each of several numbers, or put off; else None."""
    if undone := _undone(scene, pointed):
        return (Act(Action.PROGRESS, undone.no, SAID_OUT, undoes=True),)
    parts = apiece(scene.message.text, scene.around.tickets, _in_hand(scene))
    if parts is not None:
        return tuple(act for part in parts for act in _of_part(scene, part))
    return extension(scene, candidates(scene), pointed) if asks_for_time(scene.message) else None


def _likely(scene: Scene, pointed: list[TicketSeen]) -> tuple[Act, ...]:
    """What the scorers make of the words."""
    odds = odds_of(scene)
    if _does_nothing(scene, odds):
        return ()
    if pointed:
        return _pointed(scene, odds, pointed) if talks_business(odds, POINTED) else ()
    return _by_clauses(scene) or _either(scene) or _chosen(scene, odds)


def _no_matter(scene: Scene, pointed: list[TicketSeen]) -> str:
    """Why the words can be about no ticket, or are not for this reader to understand; "" where not."""
    message, tickets = scene.message, scene.around.tickets
    if message.kind is not Kind.TEXT or not tickets or message.text.strip().isdecimal():
        return "队员的话，无单可对"
    if strikes_off(message.text):
        return "销号不由队员"
    if says_mistaken(message.text):
        return "误报，要说哪一件"
    if not pointed and unknown(message.text, [ticket.no for ticket in tickets]):
        return "单号查无此单"
    about = [f"{ticket.location} {ticket.text}" for ticket in tickets]
    return "队员自己的事" if not pointed and off_duty(message.text, about) else ""


def _undone(scene: Scene, pointed: list[TicketSeen]) -> TicketSeen | None:
    """The ticket reported as done that is not, as he says now: the one pointed at, or spoken of last."""
    if not takes_back(scene.message.text):
        return None
    reported = [t for t in pointed or candidates(scene) if t.state is State.REPORTED]
    if pointed:
        return reported[0] if len(pointed) == len(reported) == 1 else None
    own = (line for line in scene.people if line.sender == scene.message.sender and line.tickets)
    last = next((line.tickets for line in own), ())
    said = [ticket for ticket in reported if ticket.no in last]
    found = said if last else [] if _in_hand(scene) else reported
    return found[0] if len(found) == 1 else None


def _numbers_written_out(scene: Scene) -> str:
    """The words with each number of a ticket in full, however it was written."""
    return in_full(counted(scene.message.text), [ticket.no for ticket in scene.around.tickets])


def _in_hand(scene: Scene) -> list[TicketSeen]:
    """The tickets that an officer can mean, of those that somebody still has to see to."""
    return [t for t in candidates(scene) if t.state in WAITING | WORKING]


def _of_part(scene: Scene, part: Part) -> list[Act]:
    """What one part of the words does to the tickets that are named in it."""
    message = replace(scene.message, text=part.words)
    if asks_for_time(message):
        return [Act(Action.EXTEND, ticket.no, 1.0, words=part.words) for ticket in part.tickets]
    odds = odds_of(scene, part.words)
    if _asks(part.words) or not talks_business(odds, POINTED):
        return []
    pairs = did_pairs(scene, part.tickets, did_message(scene, odds, part.words), part.words, vetoed=True)
    found = [(pair.ticket.no, *_likeliest(did(pair), odds)) for pair in pairs]
    return [Act(action, no, p, words=part.words) for no, action, p in found]


def _does_nothing(scene: Scene, odds: dict[str, float]) -> bool:
    """Whether nothing is done by it: it only asks, or says that the place is another one."""
    text, best = scene.message.text, max(ACTIONS, key=odds.__getitem__)
    if formula(text, OFFICERS):
        return False
    if asks_about(text) or (_asks(text) and odds[best] < SAID_OUT):
        return True
    return best == Action.REJECT and doubts_place(text, scene.around.places)


def _asks(text: str) -> bool:
    """Whether it ends with a question mark: of 42 such lines of officers 3 did anything to a ticket."""
    return plain(text).strip().endswith("?")


def _reading(scene: Scene, acts: tuple[Act, ...]) -> Reading:
    if not acts:
        return Reading(Intent.CHATTER, 0.8, "队员闲谈")
    text, at = scene.message.text, scene.message.at
    words = {act.action: act.words or text for act in acts}
    return Reading(
        Intent.ACTION,
        max(act.confidence for act in acts),
        "队员办理",
        acts=acts,
        until=until(words[Action.EXTEND], at.date()) if at and Action.EXTEND in words else None,
        unit=unit(words[Action.TRANSFER]) if Action.TRANSFER in words else None,
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
    """Only that it is done, where several could be meant: those in hand, before those nobody has taken up.

    As many as it says are all of them (两件都处理完毕); else several are for the officer to say.
    """
    text = scene.message.text
    bare, ordinal = _ORDINAL.subn("", text)
    if formula(text, OFFICERS) is not Action.RESOLVE and formula(bare, OFFICERS) is not Action.RESOLVE:
        return ()
    mine = _in_hand(scene)
    if count_of(text) == len(mine):
        return tuple(Act(Action.RESOLVE, t.no, SAID_OUT) for t in mine)
    could = [t for t in mine if t.state in WORKING] or mine
    spoken = next((line.tickets for line in scene.people if line.sender == scene.message.sender), ())
    could = [t for t in could if t.no in spoken] or could
    could = mine if ordinal or TOGETHER.search(text) else could
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
    found = named(text, tickets) if TOGETHER.search(text) else []
    return found if len(found) > 1 else []


def _named(one: Meant) -> bool:
    """Whether words speak for a further ticket: that it would be its turn is not enough."""
    return one.pair.own["words"] >= CLEAR


def _by_clauses(scene: Scene) -> tuple[Act, ...]:
    """Acts of the clauses, where they clearly speak of different tickets, or of all but some."""
    tickets = [t for t in candidates(scene) if t.state in OPEN]
    if found := all_but(scene.message.text, _in_hand(scene)):
        asked = Act(Action.RESOLVE, None, SAID_OUT, tuple(t.no for t in _in_hand(scene)))
        return tuple(_of_part(scene, Part(*found))) or (asked,)
    acts: dict[str, Act] = {}
    spoken: set[str] = set()
    for part in clauses(scene.message.text):
        of = named_in(part, tickets)
        spoken |= {ticket.no for ticket in of}
        odds = odds_of(scene, part) if of else {}
        if of and talks_business(odds, APART):
            for pair in did_pairs(scene, of, did_message(scene, odds, part), part, vetoed=True):
                action, p = _likeliest(did(pair), odds)
                acts[pair.ticket.no] = Act(action, pair.ticket.no, p, words=part)
    return tuple(acts.values()) if len(spoken) > 1 else ()
