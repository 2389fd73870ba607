"""What a resident's words mean: a new problem, more of a known one, another body's business, or chatter."""

from domain.action import Action
from domain.state import OPEN, State
from understanding.context import ANSWERED, Scene
from understanding.deeds import belongs, deed
from understanding.features import plain
from understanding.formulas import RESIDENTS, formula
from understanding.hazards import hazard, urgent
from understanding.lexicon import QUESTION_ENDS
from understanding.matching import anchored, kinds, words
from understanding.places import conflict, location
from understanding.problems import distant, known_ticket, problems
from understanding.reading import Act, Intent, Reading, TicketSeen
from understanding.speech import speech
from understanding.thread import follows_self, gathered, own_thread
from understanding.view import View, view

REFERS = 0.58
REFERS_DISTANT = 0.8
"""How sure another body's business must be; stories of long ago and elsewhere sound like it."""
IDLE = 0.9
"""So surely chatter, a quote or an answer with a place is none of a ticket's."""
GOES_ON = 0.5
GOES_ON_DIRECTLY = 0.9
"""How much like chatter the next words of a report may sound; right after it, more."""
ENDS_IT = 0.5
"""So surely an action, words that end a ticket are no more of its report."""
NEW_MATTER = 0.7
OTHER_KIND = 0.1
RELATED = 1.0
"""A report this sure, with a place, of a kind this unlike the ticket's and in words less related, is new."""
SURE = 0.9
"""How sure an answer in just the words that were asked for is."""
ANSWER = 30
"""An answer to the question for the place is no longer than this."""


def read_resident(scene: Scene) -> Reading:
    """A resident's text."""
    seen = view(scene)
    for rule in (_answered, _pointed, _continued, _reported, _referred, _acted, _asked):
        if reading := rule(scene, seen):
            return reading
    return Reading(Intent.CHATTER, seen.chatter, "闲聊")


def _answered(scene: Scene, seen: View) -> Reading | None:
    """The answer to the bot's question whether one's own ticket is solved."""
    action = formula(scene.message.text, RESIDENTS)
    own = [
        t for t in scene.around.tickets if t.reporter == scene.message.sender and t.state is State.REPORTED
    ]
    if action is None or not own or anchored(scene):
        return None
    latest = max(own, key=lambda t: (t.last_at is not None, t.last_at))
    return _act(scene, latest, action, max(seen.acts, SURE), "回答是否办好")


def _pointed(scene: Scene, seen: View) -> Reading | None:
    """By quote or number: the ticket is known, only the action is to be found."""
    pointed = anchored(scene)
    if not pointed or seen.chatter > IDLE:
        return None
    action, p = deed(scene, pointed[0])
    return _act(scene, pointed[0], action, p, "指明了单子")


def _continued(scene: Scene, seen: View) -> Reading | None:
    """More of one's own report, right after it and before an officer has said that it is done."""
    ticket, text = own_thread(scene), scene.message.text
    if ticket is None or ticket.state in ANSWERED:
        return None
    place = location(text, scene.around.places)
    if not ticket.location and place and seen.chatter < IDLE and len(text) < ANSWER:
        return _more(scene, ticket, place, "补充位置")
    if _ends(seen) or _another(text, seen, ticket, place):
        return None
    limit = GOES_ON_DIRECTLY if follows_self(scene) else GOES_ON
    return _more(scene, ticket, place, "接着自己的话") if 1 - seen.ours < limit else None


def _ends(seen: View) -> bool:
    return seen.action in (Action.WITHDRAW, Action.CONFIRM) and seen.acts > ENDS_IT


def _another(text: str, seen: View, ticket: TicketSeen, place: str) -> bool:
    """Whether it tells of another problem than the ticket's."""
    if conflict(place, ticket.location) and seen.report > GOES_ON:
        return True
    other_kind = kinds(text).get(ticket.category, 0.0) < OTHER_KIND
    return bool(place) and other_kind and seen.report > NEW_MATTER and words(text, ticket) < RELATED


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
    if len(found) == 1 and (known := known_ticket(scene, found[0])):
        return _act(scene, known, _again(scene, known, seen), seen.report, "同一处同一事")
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
    """Somebody else's business."""
    text = scene.message.text
    if seen.referral < (REFERS_DISTANT if distant(text) else REFERS):
        return None
    return Reading(
        Intent.REFERRAL,
        seen.referral,
        f"{seen.body}的事",
        location=location(text, scene.around.places),
        referral=seen.body,
        danger=hazard(text),
    )


def _acted(scene: Scene, seen: View) -> Reading | None:
    """About a known ticket, by its words or by the moment."""
    found = belongs(scene, seen)
    return _act(scene, *found, "说的是已有的单") if found else None


def _act(scene: Scene, ticket: TicketSeen, action: Action, p: float, why: str) -> Reading:
    text = scene.message.text
    place = location(text, scene.around.places) if action is Action.SUPPLEMENT else ""
    return Reading(
        Intent.ACTION, p, why, acts=(Act(action, ticket.no, p),), location=place, danger=hazard(text)
    )


def _asked(scene: Scene, seen: View) -> Reading | None:
    """A question to the bot."""
    text = plain(scene.message.text).strip()
    asks = text.endswith(QUESTION_ENDS) or "says_asking" in speech(text)
    return Reading(Intent.QUESTION, seen.chatter, "问机器人") if asks and scene.message.to_bot else None
