"""Officers' own work (主动制止), told to the bot alone in a sentence; corrected the same way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import NamedTuple

from domain.message import Kind, Reply
from domain.people import Community, Role
from domain.records import OwnAction
from domain.ticket import Ticket
from handlers import checkins, evidence, officers, own_affairs, recalling, texts
from handlers.turn import Turn
from understanding import Act
from understanding.week.corrections import Correction, bare_count, change, correction
from understanding.week.days import cannot_have_been
from understanding.week.own_affairs import takes_back
from understanding.week.patrol import Patrol, patrols
from understanding.week.visits import named_communities

CORRECT_WITHIN = timedelta(days=1)
"""How long what was told last can be corrected with a word."""
_SINCE_TICKET = timedelta(minutes=10)
"""So soon after it, a word that could also be about a ticket corrects it."""
_LIKELY, _CERTAIN = 0.5, 0.9
"""How sure the reader is that words move a ticket that are likely, or certainly, about it."""
_LINES = 10
_PICTURES = frozenset({Kind.IMAGE, Kind.VIDEO})


def tells(turn: Turn) -> bool:
    """Whether an officer tells the bot alone of work of their own, and clearly means no ticket."""
    if not _alone(turn) or turn.message.kind is not Kind.TEXT or _names_a_ticket(turn):
        return False
    met = checkins.told(turn)
    if checkins.beside_work(turn) and (turn.reading.acts or not (met and (met.communities or met.whom))):
        return False
    return bool(_corrects(turn) or checkins.wrong(turn) or _stopped(turn) or met)


def shows(turn: Turn) -> bool:
    """Whether it is a picture that an officer sends."""
    return turn.role is Role.OFFICER and turn.message.kind in _PICTURES


def _alone(turn: Turn) -> bool:
    return turn.private and turn.role is Role.OFFICER


def _names_a_ticket(turn: Turn) -> bool:
    quoted = turn.message.quotes
    return bool(turn.number_said()) or any(quoted in file.about for file in turn.files if quoted)


def _places(turn: Turn) -> list[str]:
    return [place for community in turn.communities for place in (community.name, *community.places)]


def _stopped(turn: Turn) -> tuple[Patrol, ...]:
    """What they stopped; nothing where the words are as likely about an open ticket."""
    found = patrols(turn.as_said(), _places(turn))
    likely = [(act, file) for act in turn.reading.acts if act.ticket and (file := turn.file(act.ticket))]
    meant = any(_is_that(one, act, file.ticket) for one in found for act, file in likely)
    return () if meant else found


def _is_that(one: Patrol, act: Act, ticket: Ticket) -> bool:
    """Whether what was stopped may be what this open ticket is about, as the reader takes it."""
    same = one.category == ticket.category and act.confidence >= _LIKELY
    here = one.place in ticket.location or ticket.location in one.place
    if one.sure:
        return same and here and bool(one.place) and one.count == 1
    return act.confidence >= _CERTAIN or (same and here)


def _corrects(turn: Turn) -> Correction | None:
    said = turn.as_said()
    return Correction(void=True) if takes_back(said) else change(said) or correction(said) or bare_count(said)


async def record(turn: Turn) -> list[Reply]:
    """Correct what was told last, or keep what is told now; where it is neither, it may move a ticket."""
    if (replies := await _put_right(turn)) is not None:
        return replies
    stopped, met = _stopped(turn), checkins.told(turn)
    if not stopped and not met:
        return await (own_affairs.answer(turn) if own_affairs.told(turn) else officers.act(turn))
    if cannot_have_been(turn.message.text, turn.policy.day(turn.said_at)):
        return [turn.aside(texts.NO_SUCH_DAY)]
    if (most := max((one.count for one in stopped), default=0)) > turn.policy.weekly.most_at_once:
        return [turn.aside(texts.so_many(most))]
    replies = await _keep(turn, stopped) if stopped else []
    return replies + (await checkins.tell(turn, met) if met else [])


class _Where(NamedTuple):
    community: Community
    guessed: bool


def _where(turn: Turn, place: str) -> _Where:
    """The community by its name or a place of its own in the words; else the only one, or the first."""
    words = turn.message.text
    names = named_communities(words, [community.name for community in turn.communities])
    if named := next((c for c in turn.communities if c.name in names), None):
        return _Where(named, guessed=False)
    known = [c for c in turn.communities if any(own in words or own in place for own in c.places)]
    if len(known) == 1 or len(turn.communities) == 1:
        return _Where((known or turn.communities)[0], guessed=False)
    return _Where((known or turn.communities)[0], guessed=True)


async def _keep(turn: Turn, stopped: Sequence[Patrol]) -> list[Reply]:
    places = [_where(turn, one.place) for one in stopped]
    actions = [
        OwnAction(
            message=turn.message.id,
            officer=turn.message.sender,
            community=where.community.name,
            category=one.category,
            count=one.count,
            place=turn.recordable(one.place),
            at=_at(turn, one),
        )
        for one, where in zip(stopped, places, strict=True)
    ]
    await turn.store.patrols.add(actions)
    await _earlier_pictures(turn)
    guessed = next((where.community.name for where in places if where.guessed), "")
    return [turn.aside(texts.stopped(actions, guessed=guessed))]


def _at(turn: Turn, one: Patrol) -> datetime:
    """When it was: now, or at noon of the day that was said."""
    if one.when is None or one.when >= turn.policy.day(turn.said_at):
        return turn.said_at
    return datetime.combine(one.when, time(12), turn.policy.zone)


async def _last(turn: Turn) -> Sequence[OwnAction]:
    """What the officer told last, where it is not too long ago for a word to be about it."""
    last = await turn.store.patrols.latest(turn.message.sender)
    if not last:
        return ()
    told = await turn.store.messages.get(last[0].message)
    within = _SINCE_TICKET if turn.reading.acts else CORRECT_WITHIN
    return last if told and turn.said_at - told.sent_at <= within else ()


async def _put_right(turn: Turn) -> list[Reply] | None:
    """Put right what was told last, an own action or a talk; None where the words do not, or nothing was."""
    wrong, right = _corrects(turn), checkins.wrong(turn)
    last = await _last(turn) if wrong else ()
    within = _SINCE_TICKET if turn.reading.acts else CORRECT_WITHIN
    met = await checkins.last(turn, within) if right or (wrong and wrong.void) else []
    told = await turn.store.messages.get(last[0].message) if last else None
    if met and (told is None or met[0].at > told.sent_at):
        return await (checkins.amend(turn, right, met) if right else checkins.take_back(turn, met))
    return await _correct(turn, wrong, last) if wrong and last else None


async def _correct(turn: Turn, wrong: Correction, last: Sequence[OwnAction]) -> list[Reply]:
    if wrong.void or wrong.count == 0:
        for one in last:
            await turn.store.patrols.change(replace(one, void=True), turn.message.id, turn.said_at)
        return [turn.aside(texts.TAKEN_BACK.format(what=texts.own_actions(last)))]
    which = next((one for one in last if one.category == wrong.category), last[-1])
    if wrong.more:
        wrong = replace(wrong, count=max(which.count + wrong.more, 0), more=0)
        if wrong.count == 0:
            return await _correct(turn, wrong, [which])
    right = _right(turn, wrong, which)
    if right.count > turn.policy.weekly.most_at_once:
        return [turn.aside(texts.so_many(right.count))]
    await turn.store.patrols.change(right, turn.message.id, turn.said_at)
    return [turn.aside(texts.corrected([right if one is which else one for one in last]))]


def _right(turn: Turn, wrong: Correction, which: OwnAction) -> OwnAction:
    """The action as the correction has it; the name of a community is not a place but where it counts."""
    names = named_communities(turn.message.text, [community.name for community in turn.communities])
    community = next(iter(names), which.community)
    place = which.place if wrong.place is None or wrong.place in names else turn.recordable(wrong.place)
    return replace(
        which,
        community=community,
        place=place,
        category=wrong.category or which.category,
        count=which.count if wrong.count is None else wrong.count,
    )


async def picture(turn: Turn) -> list[Reply]:
    """A picture a short while after an own action was told belongs to it, if not to a ticket."""
    if await evidence.keep(turn) or not turn.private:
        return []
    last = await turn.store.patrols.latest(turn.message.sender)
    told = await turn.store.messages.get(last[0].message) if last else None
    if told and turn.said_at - told.sent_at <= turn.policy.weekly.photo:
        await turn.store.patrols.attach(turn.message.id, told.id)
    return []


async def _earlier_pictures(turn: Turn) -> None:
    """Pictures a short while before belong to it, unless they belong to another already."""
    since = turn.said_at - turn.policy.weekly.photo
    for line in await turn.store.messages.recent(turn.message, _LINES):
        said = line.message
        if said.kind in _PICTURES and said.sender == turn.message.sender and said.sent_at >= since:
            await turn.store.patrols.attach(said.id, turn.message.id)


async def taken_back(turn: Turn) -> list[Reply]:
    """A message taken back: what it told of was not so."""
    if turn.message.recalls and turn.role is Role.OFFICER:
        said = await turn.store.messages.get(turn.message.recalls)
        if said and said.sender == turn.message.sender:
            await turn.store.patrols.take_back(said.id, turn.said_at)
            await turn.store.checkins.take_back(said.id)
            return [*await officers.unsaid(turn, said.id), *await recalling.recall(turn)]
    return await recalling.recall(turn)


async def my_week(turn: Turn) -> list[Reply]:
    """`本周`: what is on record for the officer this week."""
    week, me = turn.policy.week(turn.said_at), turn.message.sender
    actions = await turn.store.patrols.of_officer(me, week.begins)
    met = [one for one in await turn.store.checkins.of_week(week.monday) if one.officer == me]
    return [turn.aside(texts.my_week(actions, met, turn.policy.zone))]
