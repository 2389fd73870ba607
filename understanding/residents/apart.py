"""A message of several matters: each is read by itself, beside the tickets that are there."""

from dataclasses import replace

from domain.action import Action
from domain.state import OPEN
from understanding.language.hazards import hazard
from understanding.language.places import same
from understanding.reading import Act, Intent, Problem, Reading, TicketSeen
from understanding.residents.judging import CONTINUE, HINT, deeds, links, message_facts, newness
from understanding.scene.context import Scene
from understanding.scene.matters import Matter, another_side
from understanding.scene.pairing import pairs
from understanding.scene.problems import part_problem, several, story
from understanding.scene.thread import gathered
from understanding.scene.view import REFERRING, View, elsewhere, topics_of, view

OPENS = 0.65
OPENS_TO_BOT = 0.35
"""How likely the surest of the matters, or the message as a whole, must open a ticket."""
REFERS = 0.7
"""How sure it must be that a matter is another body's business."""


def taken_apart(scene: Scene, seen: View) -> Reading | None:
    """Each matter of several in one breath: a ticket of its own, more of a known one, or another body's."""
    text = scene.message.text
    nothing = seen.report < HINT and not scene.message.to_bot
    parts = () if nothing or story(text) or scene.message.quotes else several(scene)
    if not parts:
        return None
    alone = [_saying(scene, part.text) for part in parts]
    sure = max(_newness(scene, seen), *(_newness(one, view(one)) for one in alone))
    if sure < (OPENS_TO_BOT if scene.message.to_bot else OPENS):
        return None
    return _reading(scene, list(zip(parts, alone, strict=True)), sure)


def _saying(scene: Scene, text: str) -> Scene:
    """The scene as it would be had only these words been said."""
    return Scene(replace(scene.message, text=text), scene.around)


def _newness(scene: Scene, seen: View) -> float:
    facts = message_facts(scene, seen)
    return newness(scene, seen, facts, next(iter(links(scene, facts)), None))


def _reading(scene: Scene, parts: list[tuple[Matter, Scene]], sure: float) -> Reading | None:
    problems: list[Problem] = []
    acts: dict[str, Act] = {}
    body: str | None = None
    for part, alone in parts:
        problem = part_problem(part, sure)
        if (ticket := _known(scene, problem)) and (act := _act(alone, ticket, sure)):
            acts.setdefault(ticket.no, act)
        elif referred := _body(part):
            body = body or referred
        elif not any(_one(problem, other) for other in problems):
            problems.append(problem)
    if not problems:
        return None
    return Reading(
        Intent.REPORT,
        sure,
        f"{len(parts)}件事",
        problems=tuple(problems),
        gathers=gathered(scene),
        acts=tuple(acts.values()),
        referral=body,
        danger=hazard(scene.message.text),
    )


def _one(problem: Problem, other: Problem) -> bool:
    """Whether the two are of one kind at what may be one place."""
    if problem.category != other.category:
        return False
    near = same(problem.location, other.location) == 1.0 and not another_side(
        problem.location, other.location
    )
    return near or problem.location == other.location


def _known(scene: Scene, problem: Problem) -> TicketSeen | None:
    """The open ticket of the same kind at the same place."""
    near = (t for t in scene.around.tickets if t.state in OPEN and t.category == problem.category)
    return next((t for t in near if problem.location and same(problem.location, t.location) == 1.0), None)


def _act(alone: Scene, ticket: TicketSeen, sure: float) -> Act | None:
    """What these words do to the ticket, if anything."""
    seen = view(alone)
    odds = deeds(alone, seen, pairs(alone, [ticket], message_facts(alone, seen), vetoed=True)[0])
    odds.pop(CONTINUE, None)
    if not odds:
        return None
    return Act(Action(max(odds, key=odds.__getitem__)), ticket.no, sure)


def _body(part: Matter) -> str | None:
    """Whose business the matter is, where it is surely somebody else's."""
    topics = topics_of(part.text)
    if elsewhere(topics) < REFERS:
        return None
    bodies = (label for label in topics if label.startswith(REFERRING))
    return max(bodies, key=topics.__getitem__).removeprefix(REFERRING)
