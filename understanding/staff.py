"""What community and property workers' messages mean: mostly progress on a ticket, seldom a report."""

from domain.action import Action
from understanding.context import Scene
from understanding.matching import anchored, fits
from understanding.officers import judge
from understanding.reading import Act, Intent, Reading
from understanding.residents import read_resident

LINKED = 1.8
LONG_NOTICE = 70
"""Staff post notices; what is longer is one."""


def read_staff(scene: Scene) -> Reading:
    """A community worker's or property manager's text."""
    text = scene.message.text
    verdict = judge(scene)
    if verdict.action is not None and len(text) < LONG_NOTICE and scene.around.tickets:
        pointed = anchored(scene)
        if pointed:
            return _progress(pointed[0].no, verdict.confidence)
        ranked = fits(scene, Action.PROGRESS)
        if ranked and ranked[0].total >= LINKED:
            return _progress(ranked[0].ticket.no, verdict.confidence)
    reading = read_resident(scene)
    return reading if reading.intent is not Intent.REFERRAL else Reading(Intent.CHATTER, 0.5, "工作人员说话")


def _progress(no: "str", confidence: float) -> Reading:
    return Reading(Intent.ACTION, confidence, "工作人员说进展", acts=(Act(Action.PROGRESS, no, confidence),))
