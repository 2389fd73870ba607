"""Rules for words that leave no doubt: thanks, the same for me, a place."""

from dataclasses import replace

from domain.action import Action
from domain.people import Role
from domain.place import is_vague
from domain.state import OPEN, State
from understanding.language.beginnings import asks_where, bare_place, only_place
from understanding.language.features import plain
from understanding.language.formulas import seconds, solves, thanked
from understanding.language.misplaced import correction
from understanding.language.places import conflict, location
from understanding.language.speech import speech
from understanding.reading import Intent, Reading
from understanding.residents.asking import asks_more, says_yes
from understanding.residents.ditto import with_like
from understanding.residents.doing import SURE, act, more
from understanding.residents.judging import may
from understanding.scene.context import Scene
from understanding.scene.matching import anchored
from understanding.scene.thread import awaited, last_told, own_thread
from understanding.scene.view import View

IDLE = 0.9
"""So surely chatter, an answer with a place is none of a ticket's."""
_OTHERWISE = frozenset({"says_done", "says_thanks", "says_praise", "says_cancel", "says_still", "says_hurry"})
ANSWER = 30
"""An answer to the question for the place is no longer than this."""


def thanks(scene: Scene, seen: View) -> Reading | None:
    """Thanks for the news: who says no more than that has not looked yet."""
    return Reading(Intent.CHATTER, max(seen.chatter, SURE), "道谢") if thanked(scene.message.text) else None


def the_same(scene: Scene, seen: View) -> Reading | None:
    """The same for me, in no other words: of what was said last, unless people sign up for something."""
    if not seconds(scene.message.text) or scene.signed_up():
        return None
    last = scene.last
    said = scene.quoted if scene.message.quotes else last.tickets if last else ()
    found = [t for t in map(scene.ticket, said) if t and t.state is not State.REPORTED]
    meant = [t for t in found if may(scene, t, Action.SUPPORT)]
    return act(scene, meant[-1], Action.SUPPORT, max(seen.acts, SURE), "附议") if meant else None


def a_place(scene: Scene, seen: View) -> Reading | None:
    """The place of one's own report, which was asked for."""
    text, places, asked = scene.message.text, scene.around.places, awaited(scene)
    if len(text) >= ANSWER:
        return None
    if asked and only_place(text, places) and (place := location(text, places)):
        return more(scene, asked, place, SURE, "补充位置")
    ticket = own_thread(scene)
    if ticket is None or ticket.location or seen.chatter >= IDLE:
        return None
    place = location(text, places)
    return more(scene, ticket, place, 0.8, "补充位置") if place else None


def a_correction(scene: Scene, seen: View) -> Reading | None:
    """The reporter takes back the place that they said: 说错了，是8栋."""
    told, places = last_told(scene), scene.around.places
    text, like = with_like(scene.message.text, told, places) if told else (scene.message.text, None)
    slip = correction(text, places)
    pointed = [t for t in anchored(scene) if t in scene.own and t.state in OPEN]
    named = [t for t in scene.own if slip and t.state in OPEN and slip.denies(t.location)]
    ticket = next(iter([*pointed, *reversed(named)]), None) or (told if slip and slip.said else None)
    if slip is None or ticket is None:
        return None
    if slip.place in ticket.location and not slip.denies(ticket.location):
        return None
    reading = more(scene, ticket, slip.place, max(seen.acts, SURE), "更正位置")
    return replace(reading, corrects=bool(ticket.location), problems=(like,) if like else ())


def says_yes_to_a_place(scene: Scene, seen: View) -> Reading | None:
    """Yes to a neighbour who asked whether it is there: the place of one's own report, which is awaited."""
    asked, last = awaited(scene), scene.last
    if asked is None or last is None or last.sender == asked.reporter or scene.message.quotes:
        return None
    place = location(last.text, scene.around.places)
    if is_vague(place) or not asks_more(last.text) or not says_yes(scene.message.text):
        return None
    return more(scene, asked, place, max(seen.acts, SURE), "确认位置")


def answers_an_officer(scene: Scene, seen: View) -> Reading | None:
    """What the reporter answers an officer who has just asked for more about the ticket."""
    text, last, own = scene.message.text, scene.last, last_told(scene) or own_thread(scene)
    if last is None or last.role is not Role.OFFICER or own is None or not asks_more(last.text):
        return None
    if own.state is State.REPORTED:
        return None
    if len(text) >= ANSWER or asks_more(text) or thanked(text) or conflict(text, own.location):
        return None
    said = _OTHERWISE & speech(plain(text)).keys()
    if said or solves(text) or solves(last.text) or (last.tickets and own.no not in last.tickets):
        return None
    return act(scene, own, Action.SUPPLEMENT, max(seen.acts, SURE), "回答队员")


def told_a_neighbour(scene: Scene, seen: View) -> Reading | None:
    """A bare place that answers a neighbour who asked where something of their own is."""
    last = scene.last
    asked = last is not None and last.sender != scene.message.sender and asks_where(last.text)
    if not asked or scene.message.quotes or not bare_place(scene.message.text, scene.around.places):
        return None
    about = last is not None and (bool(last.tickets) or asks_where(last.text, of_it=True))
    return None if about else Reading(Intent.CHATTER, max(seen.chatter, SURE), "回答邻居")
