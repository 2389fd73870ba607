"""What a resident's words mean: a new problem, more of a known one, another body's business, or chatter."""

import re
from dataclasses import replace

from domain.action import Action
from domain.ids import MessageId
from domain.message import Kind
from domain.people import STAFF
from domain.state import OPEN, State
from understanding.another import in_danger, told_of_another, without
from understanding.apart import taken_apart
from understanding.beginnings import asks_where, bare_place, only_place
from understanding.context import Scene
from understanding.features import plain
from understanding.formulas import answered, seconds, thanked
from understanding.hazards import hazard, urgent
from understanding.judging import CONTINUE, HINT, Link, deeds, links, may, message_facts, newness
from understanding.lexicon import QUESTION_ENDS
from understanding.matching import anchored
from understanding.misplaced import correction
from understanding.pairing import pairs
from understanding.places import address, location
from understanding.problems import distant, problems, story
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.speech import speech
from understanding.thread import answers_neighbour, awaited, gathered, last_told, own_thread
from understanding.view import View, view

REFERS = 0.58
REFERS_DISTANT = 0.8
"""How sure another body's business must be; stories of long ago and elsewhere sound like it."""
IDLE = 0.9
"""So surely chatter, a quote or an answer with a place is none of a ticket's."""
TALK = 0.75
"""So surely chatter, what residents say is about no ticket: of 1,650 lines of unseen chats half are, and of
these none was found to be about one that is."""
NEW = 0.65
NEW_TO_BOT = 0.35
NEW_DISTANT = 0.97
"""How likely a message must open a ticket; who speaks to the bot itself has something to say, and stories
of long ago and elsewhere sound like it."""
NEVER = 2.0
"""What nothing reaches: of 260 such stories in the chats that name no building or gate 5 open a ticket."""
PERHAPS = 0.35
"""From here on it may be a report: somebody who knows the place is asked."""
DONE = 0.3
"""How likely it must be that a message does this to that ticket: a lower bar adds more that are wrong than
right, one of 0.4 loses more than it saves, on a quarter of `more` that the model has not seen."""
DONE_MORE = 0.55
"""The same for more about a ticket: of what sounds like that and is less sure, one in four is."""
SURE = 0.9
"""How sure an answer in just the words that were asked for is."""
OUTRIGHT: dict[Action, frozenset[str]] = {
    Action.SUPPORT: frozenset({"says_same"}),
    Action.URGE: frozenset({"says_hurry", "says_still"}),
    Action.CONFIRM: frozenset({"says_done", "says_thanks", "says_praise"}),
    Action.DISPUTE: frozenset({"says_still", "says_again"}),
    Action.WITHDRAW: frozenset({"says_cancel"}),
}
"""The words that say what is done to a ticket, where there are any."""
AT_ONCE = frozenset({"gas", "fire", "electric"})
"""Hazards that leave no time to ask: of 6,400 lines of labelled chatter one tells of such a one as urgent."""
ANSWER = 30
"""An answer to the question for the place is no longer than this."""


_QUOTED = re.compile("“[^”]*”|「[^」]*」|『[^』]*』")


def read_resident(scene: Scene) -> Reading:
    """The text of a resident, or of a community or property worker."""
    seen = view(scene)
    for rule in RULES:
        if reading := rule(scene, seen):
            return _warned(scene, reading)
    return _warned(scene, Reading(Intent.CHATTER, seen.chatter, "闲聊"))


def _warned(scene: Scene, reading: Reading) -> Reading:
    """With what people must get away from at once, whatever else the words are."""
    text = _QUOTED.sub("", scene.message.text)
    found = None if reading.danger or distant(text) else hazard(text)
    return replace(reading, danger=found) if found in AT_ONCE and urgent(text) else reading


def _answered(scene: Scene, seen: View) -> Reading | None:
    """The answer to the bot's question whether a ticket is solved, which one reported or supported."""
    action, sender = answered(scene.message.text), scene.message.sender
    asked = anchored(scene) or scene.around.tickets
    own = [t for t in asked if t.state is State.REPORTED and sender in {t.reporter, *t.supporters}]
    if action is None or not own:
        return None
    if answers_neighbour(scene):
        return Reading(Intent.CHATTER, SURE, "回答邻居")
    latest = max(own, key=lambda t: (t.last_at is not None, t.last_at))
    return _act(scene, latest, action, max(seen.acts, SURE), "回答是否办好")


def _thanked(scene: Scene, seen: View) -> Reading | None:
    """Thanks for the news: who says no more than that has not looked yet."""
    return Reading(Intent.CHATTER, max(seen.chatter, SURE), "道谢") if thanked(scene.message.text) else None


def _seconded(scene: Scene, seen: View) -> Reading | None:
    """The same for me, in no other words: of what was said last, unless people sign up for something."""
    if not seconds(scene.message.text) or scene.signed_up():
        return None
    last = scene.last
    said = scene.quoted if scene.message.quotes else last.tickets if last else ()
    found = [t for t in map(scene.ticket, said) if t and t.state is not State.REPORTED]
    meant = [t for t in found if may(scene, t, Action.SUPPORT)]
    return _act(scene, meant[-1], Action.SUPPORT, max(seen.acts, SURE), "附议") if meant else None


def _another(scene: Scene, seen: View) -> Reading | None:
    """A second matter elsewhere is read as if the first had not been told, and never put into its ticket."""
    ticket = told_of_another(scene, seen)
    if ticket is None or distant(scene.message.text):
        return None
    apart = without(scene, ticket)
    alone = view(apart)
    readings = (rule(apart, alone) for rule in (_judged, _referred, _perhaps))
    reading = next(filter(None, readings), None) or _second(apart, alone)
    kinds = {problem.category for problem in (*reading.problems, *reading.doubtful)}
    return None if kinds == {ticket.category} and not in_danger(scene) else reading


def _second(scene: Scene, seen: View) -> Reading:
    """What nothing else is known of: certain where it is a danger or said to the bot alone, else doubtful."""
    if scene.message.private or in_danger(scene):
        return _reported(scene, seen, max(NEW, seen.plain))
    found = tuple(problems(scene, seen.topics, PERHAPS))
    return Reading(Intent.CHATTER, 1 - PERHAPS, "另一件事，拿不准", doubtful=found)


def _pointed(scene: Scene, seen: View) -> Reading | None:
    """By quote or number: the ticket is known, only the action is to be found; of several, one's own."""
    pointed = anchored(scene)
    if not pointed or seen.chatter > IDLE:
        return None
    own = [t for t in pointed if t.reporter == scene.message.sender]
    pair = pairs(scene, (own or pointed)[:1], message_facts(scene, seen), vetoed=True)[0]
    return _done(scene, seen, Link(pair, SURE), "指明了单子")


def _placed(scene: Scene, seen: View) -> Reading | None:
    """The place of one's own report, which was asked for."""
    text, places, asked = scene.message.text, scene.around.places, awaited(scene)
    if len(text) >= ANSWER:
        return None
    if asked and only_place(text, places) and (place := location(text, places)):
        return _more(scene, asked, place, SURE, "补充位置")
    ticket = own_thread(scene)
    if ticket is None or ticket.location or seen.chatter >= IDLE:
        return None
    place = location(text, places)
    return _more(scene, ticket, place, 0.8, "补充位置") if place else None


def _corrected(scene: Scene, seen: View) -> Reading | None:
    """The reporter takes back the place that they said: 说错了，是8栋."""
    slip = correction(scene.message.text, scene.around.places)
    pointed = [t for t in anchored(scene) if t in scene.own and t.state in OPEN]
    named = [t for t in scene.own if slip and t.state in OPEN and slip.denies(t.location)]
    ticket = next(iter([*pointed, *reversed(named)]), None) or (
        last_told(scene) if slip and slip.said else None
    )
    if slip is None or ticket is None:
        return None
    if slip.place in ticket.location and not slip.denies(ticket.location):
        return None
    more = _more(scene, ticket, slip.place, max(seen.acts, SURE), "更正位置")
    return replace(more, corrects=bool(ticket.location))


def _told_where(scene: Scene, seen: View) -> Reading | None:
    """A bare place that answers a neighbour who asked where something of their own is."""
    last = scene.last
    asked = last is not None and last.sender != scene.message.sender and asks_where(last.text)
    if not asked or scene.message.quotes or not bare_place(scene.message.text, scene.around.places):
        return None
    about = last is not None and (bool(last.tickets) or asks_where(last.text, of_it=True))
    return None if about else Reading(Intent.CHATTER, max(seen.chatter, SURE), "回答邻居")


def _judged(scene: Scene, seen: View) -> Reading | None:
    """A new problem, or about a known ticket, whichever is likelier, if either is likely enough."""
    if _idle(scene, seen):
        return None
    facts = message_facts(scene, seen)
    best = next(iter(links(scene, facts)), None)
    new = newness(scene, seen, facts, best)
    if new >= _needed(scene) and (best is None or new >= best.p):
        return _reported(scene, seen, new)
    done = _done(scene, seen, best, "说的是已有的单") if best and best.p >= DONE else None
    return done if done and done.confidence >= _least(done) else None


def _idle(scene: Scene, seen: View) -> bool:
    """Whether it is so surely a resident's chatter that no ticket needs to be looked at."""
    addressed = scene.message.to_bot or scene.message.role in STAFF
    return not addressed and seen.chatter >= TALK and seen.report < HINT


def _least(done: Reading) -> float:
    """How sure it must be that the message does this to the ticket."""
    return DONE_MORE if any(act.action is Action.SUPPLEMENT for act in done.acts) else DONE


def _needed(scene: Scene) -> float:
    """How likely a message must open a ticket to do so."""
    text = scene.message.text
    if scene.message.to_bot and not distant(text):
        return NEW_TO_BOT
    if not story(text):
        return NEW
    where = address(text)
    return NEW_DISTANT if scene.message.to_bot or where.buildings or where.gates else NEVER


def _reported(scene: Scene, seen: View, new: float) -> Reading:
    found, before = problems(scene, seen.topics, new), gathered(scene)
    if not found[0].location:  # it may stand in what led up to it
        found[0] = replace(found[0], location=_led_up_to(scene, before))
    return Reading(
        Intent.REPORT,
        new,
        f"像是{found[0].category}",
        problems=tuple(found),
        gathers=before,
        danger=hazard(scene.message.text),
    )


def _led_up_to(scene: Scene, before: tuple[MessageId, ...]) -> str:
    """The latest place that the lines name which led up to a report."""
    said = (one.text for one in scene.people if one.id in before and one.kind is Kind.TEXT)
    return next(filter(None, (location(text, scene.around.places) for text in said)), "")


def _done(scene: Scene, seen: View, link: Link, why: str) -> Reading | None:
    """What the message does to the ticket, if it surely enough is about it."""
    odds = deeds(scene, seen, link.pair)
    if not odds:
        return None
    label = max(odds, key=odds.__getitem__)
    if label == CONTINUE:
        place = location(scene.message.text, scene.around.places)
        return _more(scene, link.ticket, place, link.p * odds[label], "接着自己的话")
    return _act(scene, link.ticket, Action(label), link.p * odds[label], why)


def _more(scene: Scene, ticket: TicketSeen, place: str, p: float, why: str) -> Reading:
    text = scene.message.text
    return Reading(
        Intent.REPORT, p, why, continues=ticket.no, location=place, urgent=urgent(text), danger=hazard(text)
    )


def _referred(scene: Scene, seen: View) -> Reading | None:
    """Somebody else's business."""
    text = scene.message.text
    if scene.message.role in STAFF or seen.referral < (REFERS_DISTANT if distant(text) else REFERS):
        return None
    return Reading(
        Intent.REFERRAL,
        seen.referral,
        f"{seen.body}的事",
        location=location(text, scene.around.places),
        referral=seen.body,
        danger=hazard(text),
    )


def _act(scene: Scene, ticket: TicketSeen, action: Action, p: float, why: str) -> Reading:
    text = scene.message.text
    more = action is Action.SUPPLEMENT and not correction(text, scene.around.places)
    place = location(text, scene.around.places) if more else ""  # who corrects another is quoted to officers
    danger = hazard(text) if urgent(text) else None  # beside a ticket people joke and remember
    outright = not OUTRIGHT.get(action, frozenset()).isdisjoint(speech(plain(text)))
    act = Act(action, ticket.no, p, outright=outright)
    return Reading(Intent.ACTION, p, why, acts=(act,), location=place, danger=danger)


def _asked(scene: Scene, seen: View) -> Reading | None:
    """A question to the bot."""
    text = plain(scene.message.text).strip()
    asks = text.endswith(QUESTION_ENDS) or "says_asking" in speech(text)
    return Reading(Intent.QUESTION, seen.chatter, "问机器人") if asks and scene.message.to_bot else None


def _perhaps(scene: Scene, seen: View) -> Reading | None:
    """Neither certain nor nothing: a report for somebody else to judge."""
    if seen.report < PERHAPS or scene.message.role in STAFF or distant(scene.message.text):
        return None
    facts = message_facts(scene, seen)
    new = newness(scene, seen, facts, next(iter(links(scene, facts)), None))
    if new < PERHAPS:
        return None
    return Reading(Intent.CHATTER, 1 - new, "拿不准", doubtful=tuple(problems(scene, seen.topics, new)))


RULES = (
    *(_answered, _thanked, _seconded, _corrected, _told_where),
    *(_pointed, taken_apart, _another, _placed, _judged, _referred, _asked, _perhaps),
)
"""What a message may be, the first that fits: formulas, whose words leave no doubt, before the scorers."""
