"""What a resident's words mean: a new problem, more of a known one, another body's business, or chatter."""

from dataclasses import replace

from domain.action import Action
from domain.people import STAFF
from understanding.language.alarms import asks
from understanding.language.beginnings import begins
from understanding.language.faults import empty, half
from understanding.language.features import plain
from understanding.language.hazards import hazard, urgent
from understanding.language.lexicon import QUESTION_ENDS
from understanding.language.places import address, location, same
from understanding.language.slips import mended
from understanding.language.speech import speech
from understanding.reading import Intent, Reading
from understanding.residents.another import in_danger, told_of_another, without
from understanding.residents.apart import taken_apart
from understanding.residents.asking import about_a_number, alone_about_ones_own, matter
from understanding.residents.bodies import REFERS, also_theirs, another_body
from understanding.residents.ditto import like_elsewhere
from understanding.residents.doing import SURE, act, more, reported
from understanding.residents.ending import after_all, an_answer, another_answer, each_by_name
from understanding.residents.judging import CONTINUE, Link, deeds, idle, links, message_facts, newness
from understanding.residents.outright import (
    IDLE,
    a_correction,
    a_place,
    answers_an_officer,
    says_yes_to_a_place,
    thanks,
    the_same,
    told_a_neighbour,
)
from understanding.residents.plainly import plain_fault, shown
from understanding.residents.wanting import asks_for_a_figure, asks_on, calls_off, hurries, others_call_off
from understanding.residents.warning import certain, the_danger_too, warned
from understanding.scene.context import Scene
from understanding.scene.matching import anchored
from understanding.scene.pairing import pairs
from understanding.scene.problems import distant, problems, story
from understanding.scene.thread import begun, gathered
from understanding.scene.view import View, view

REFERS_DISTANT = 0.8
"""How sure another body's business must be where the words are a story: these sound like it."""
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


def read_resident(scene: Scene) -> Reading:
    """The text of a resident, or of a community or property worker."""
    meant = _as_meant(scene)
    seen = view(meant)
    found = next(filter(None, (rule(meant, seen) for rule in RULES)), None)
    reading = found or Reading(Intent.CHATTER, seen.chatter, "闲聊")
    if reading.problems and meant.around is not scene.around:
        reading = replace(reading, gathers=gathered(scene))
    return _warned(scene, seen, also_theirs(meant, reading))


def _as_meant(scene: Scene) -> Scene:
    """The scene with the slips of the message put right, and behind the half that was said before it.

    Of what is said to the bot alone, the matter.
    """
    text = mended(scene.message.text)
    text = matter(text) if scene.message.private else text
    around, first = scene.around, begun(scene)
    if first and not (half(text) or begins(text, around.places)):
        text = first.text + text
        around = replace(around, recent=tuple(said for said in around.recent if said is not first))
    if text == scene.message.text:
        return scene
    return Scene(replace(scene.message, text=text), around)


def _warned(scene: Scene, seen: View, reading: Reading) -> Reading:
    """With a warning; what is about to fall is a ticket, whatever the scorers say."""
    idle = reading.intent in {Intent.CHATTER, Intent.QUESTION}
    if idle and certain(scene) == "collapse" and not story(scene.message.text):
        reading = _falling(scene, seen)
    return warned(scene, seen, reading)


def _falling(scene: Scene, seen: View) -> Reading:
    """More of the ticket of this kind that may be about the same place, else a new one."""
    found = reported(scene, seen, max(NEW, seen.plain))
    problem = warned(scene, seen, found).problems[0]
    near = (t for t in scene.open if t.category == problem.category)
    here = [t for t in near if not problem.location or same(problem.location, t.location) == 1.0]
    return act(scene, here[-1], Action.SUPPLEMENT, SURE, "险情") if here else found


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
        return reported(scene, seen, max(NEW, seen.plain))
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


def _judged(scene: Scene, seen: View) -> Reading | None:
    """A new problem, or about a known ticket, whichever is likelier, if either is likely enough."""
    if idle(scene, seen):
        return None
    facts = message_facts(scene, seen)
    best = next(iter(links(scene, facts)), None)
    new = newness(scene, seen, facts, best)
    if new >= _needed(scene) and (best is None or new >= best.p):
        return reported(scene, seen, new)
    done = _done(scene, seen, best, "说的是已有的单") if best and best.p >= DONE else None
    return done if done and done.confidence >= _least(done) else None


def _least(done: Reading) -> float:
    """How sure it must be that the message does this to the ticket."""
    return DONE_MORE if any(act.action is Action.SUPPLEMENT for act in done.acts) else DONE


def _needed(scene: Scene) -> float:
    """How likely a message must open a ticket to do so."""
    text = scene.message.text
    if (scene.message.to_bot or scene.message.private) and not distant(text):
        return NEW_TO_BOT
    if not story(text):
        return NEW
    where = address(text)
    return NEW_DISTANT if scene.message.to_bot or where.buildings or where.gates else NEVER


def _done(scene: Scene, seen: View, link: Link, why: str) -> Reading | None:
    """What the message does to the ticket, if it surely enough is about it."""
    odds = deeds(scene, seen, link.pair)
    if not odds:
        return None
    label = max(odds, key=odds.__getitem__)
    if label == CONTINUE:
        place = location(scene.message.text, scene.around.places)
        return more(scene, link.ticket, place, link.p * odds[label], "接着自己的话")
    return act(scene, link.ticket, Action(label), link.p * odds[label], why)


def _referred(scene: Scene, seen: View) -> Reading | None:
    """Somebody else's business."""
    text = scene.message.text
    if scene.message.role in STAFF or asks(text) or empty(text):
        return None
    if seen.referral < (REFERS_DISTANT if distant(text) else REFERS):
        return None
    return Reading(
        Intent.REFERRAL,
        seen.referral,
        f"{seen.body}的事",
        location=location(text, scene.around.places),
        referral=seen.body,
        danger=hazard(text) if urgent(text) else None,
    )


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
    *(another_answer, each_by_name, an_answer, after_all, asks_on, thanks, the_same, the_danger_too),
    *(about_a_number, alone_about_ones_own, a_correction, says_yes_to_a_place, told_a_neighbour),
    *(calls_off, others_call_off, asks_for_a_figure, hurries, like_elsewhere),
    *(_pointed, taken_apart, another_body, plain_fault, answers_an_officer, _another, a_place),
    *(_judged, shown, _referred, _asked, _perhaps),
)
"""What a message may be, the first that fits: formulas, whose words leave no doubt, before the scorers."""
