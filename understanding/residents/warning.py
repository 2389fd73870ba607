"""A danger, whatever else the words are: people are warned, and nothing is made of it that it is not."""

from dataclasses import replace

from understanding.language.alarms import alarm, also, bodies, fits, once_urgent
from understanding.language.hazards import hazard, peril, urgent
from understanding.language.places import location
from understanding.reading import Intent, Problem, Reading, Said
from understanding.residents.doing import SURE
from understanding.scene.context import Scene, minutes
from understanding.scene.matching import kinds
from understanding.scene.problems import distant
from understanding.scene.view import View

AT_ONCE = frozenset({"gas", "fire", "electric"})
"""Hazards that leave no time to ask: of 6,400 lines of labelled chatter one tells of such a one as urgent."""
LINES = 6
"""So many lines back somebody may have told of the danger that it is so here, too."""
MINUTES = 30.0
"""So long ago at most."""
UNHURT = frozenset({"公安110", "交警122", "消防119"})
"""Whom people in mortal danger are sent to beside 120."""


def certain(scene: Scene) -> str | None:
    """The danger that the words leave no doubt of, here and now."""
    text = scene.message.text
    return None if distant(text) else alarm(text)


def warned(scene: Scene, seen: View, reading: Reading) -> Reading:
    """With what people must get away from at once, whatever else the words are."""
    sure, text = certain(scene), scene.message.text
    danger = sure or reading.danger or _danger(text, reading)
    if danger is None:
        return reading
    if danger != "injury" and len(reading.problems) == 1 and reading.problems[0].urgent:
        problem = _fitted(reading.problems[0], danger, seen, text)
        reading = replace(reading, problems=(problem,), because=f"像是{problem.category}")
    return replace(_no_more(reading, sure, text) if sure else reading, danger=danger)


def _danger(text: str, reading: Reading) -> str | None:
    if distant(text):
        return None
    grave = [problem.category for problem in reading.problems if problem.urgent]
    if reading.urgent or grave:
        return peril(text) or next(filter(None, map(once_urgent, grave)), None)
    found = hazard(text)
    return found if found in AT_ONCE and urgent(text) else None


def _fitted(problem: Problem, danger: str, seen: View, text: str) -> Problem:
    """The problem, of the likeliest category in which such a danger can be."""
    if fits(danger, problem.category, text):
        return problem
    odds = {k: p * (0.02 + seen.topics.get(k, 0.0)) for k, p in kinds(text).items() if fits(danger, k, text)}
    return replace(problem, category=max(odds, key=odds.__getitem__)) if odds else problem


def _no_more(reading: Reading, sure: str, text: str) -> Reading:
    """Nothing is put to anybody as perhaps a complaint; who is hurt is nobody's complaint, either."""
    body = bodies().get(sure)
    if reading.intent in {Intent.CHATTER, Intent.QUESTION}:
        reading = replace(reading, doubtful=())
        return replace(reading, intent=Intent.REFERRAL, confidence=SURE, referral=body) if body else reading
    if sure != "injury":
        return reading
    named = tuple(problem for problem in reading.problems if fits(sure, problem.category, text))
    other = reading.referral is not None and reading.referral not in UNHURT
    if other or (reading.problems and not named):
        return Reading(Intent.CHATTER, SURE, "有人危险")
    return replace(reading, problems=named)


def the_danger_too(scene: Scene, seen: View) -> Reading | None:
    """It is so there, too (4栋也有): the danger that somebody has just told of, or of no ticket at all."""
    text = scene.message.text
    if scene.message.quotes or not also(text):
        return None
    before = [said for said in scene.people[:LINES] if minutes(said.at, scene.message.at) <= MINUTES]
    name = next(filter(None, map(_told, before)), None)
    if name and (place := location(text, scene.around.places)):
        return Reading(
            Intent.REFERRAL, SURE, "那里也是", location=place, referral=bodies()[name], danger=name
        )
    of_a_ticket = not before or any(said.tickets for said in before)
    return None if of_a_ticket and not name else Reading(Intent.CHATTER, max(seen.chatter, SURE), "也是")


def _told(said: Said) -> str | None:
    """The danger of which a line told that became no ticket."""
    found = None if said.tickets or distant(said.text) else alarm(said.text)
    return found if found in AT_ONCE else None
