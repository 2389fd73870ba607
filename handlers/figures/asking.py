"""A supervisor asks for figures in plain words, alone with the bot: the answer, or why there is none."""

import re
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from domain.chart import Chart
from domain.figures import Days, NoFigure
from domain.message import Kind, Reply
from domain.people import Person, Roster, Supervisor
from domain.policy import Holidays
from domain.query import Filters, Metric, Query
from handlers.figures.charts import chart, look
from handlers.figures.reading import Viewer, figure, programme
from handlers.texts import doubts
from handlers.texts import figures as texts
from handlers.turn import Turn, once
from understanding.questions import Doubt, Names, ask, doubt, period

_HOW_MANY = re.compile("几(?=[件起个单条宗])|多少|排名|率|谁.*没")
_ALOUD = frozenset({Metric.TICKETS, Metric.RESOLVED, Metric.OPEN})
"""What a group of residents may hear: no rate, nobody's work, no place beside another."""
_THREE = re.compile("|".join(sorted(texts.PROGRAMME, key=len, reverse=True)))
_FILLING = (
    "请|麻烦|帮我|帮忙|给我|把|查一?下|查|看一?下|看看|看|报一?下|报|发给我|发我|发一?下|出一?下|要|一下|一份|"
    "是多少|各?多少|的|了|呢|吧|吗|[?？。！!]"
)
_WANTS, _WANTED = re.compile(f"^(?:{_FILLING})+"), re.compile(f"^(?:{_FILLING})+|(?:{_FILLING})+$")
"""What may stand around the three figures: words of asking."""


def asks(turn: Turn) -> bool:
    """Whether it is a supervisor who asks the bot for a figure.

    In a group of residents they are answered alone, and only what is a question without doubt.
    """
    meant = turn.private or turn.message.to_bot
    if not meant or turn.message.kind is not Kind.TEXT or _viewer(turn) is None:
        return False
    among_us = turn.private or turn.message.group in turn.policy.supervisor_groups
    return _three(turn) is not None or _query(turn) is not None or (among_us and _doubt(turn) is not None)


def asks_totals(turn: Turn) -> bool:
    """Whether somebody asks the bot in a residents' group for what may be said there, if that is allowed."""
    allowed = turn.policy.group_totals and turn.message.to_bot and turn.message.group is not None
    return allowed and turn.message.kind is Kind.TEXT and _total(turn) is not None


async def say_totals(turn: Turn) -> list[Reply]:
    """How many complaints of the community were taken and how many are done with, aloud: nothing more."""
    query, there = _total(turn), Supervisor(Person(turn.message.sender, ""), turn.community.name)
    if query is None:
        return []
    viewer = Viewer(there, turn.roster, turn.store, turn.policy, turn.now)
    today = turn.policy.day(turn.now)
    wanted = (Metric.OPEN,) if query.since is None else (Metric.TICKETS, Metric.RESOLVED)
    try:
        found = [await figure(replace(query, metric=metric), viewer) for metric in wanted]
    except NoFigure as error:
        return [turn.aloud(texts.refusal(error, today))]
    return [turn.aloud(texts.totals(found, today))]


def how_many(turn: Turn) -> bool:
    """Whether the words plainly ask for a figure, whoever says them."""
    return bool(_HOW_MANY.search(turn.command())) and _query(turn) is not None


def three_days(words: str, at: datetime, holidays: Holidays) -> Days | None:
    """The days of `三项 上周`: those of the running month where none are named; None where it is not that."""
    said = re.sub(r"[\s,，:：]+", "", words)
    key = _THREE.search(said)
    if key is None:
        return None
    before, after = _WANTS.sub("", said[: key.start()]).removesuffix("的"), _WANTED.sub("", said[key.end() :])
    rest = before + after
    today = at.date()
    return period(rest, at, holidays) if rest else (today.replace(day=1), today)


async def answer(turn: Turn) -> list[Reply]:
    """The figure, and what was asked is kept for the next question."""
    viewer = _viewer(turn)
    if viewer is None:
        return []
    if days := _three(turn):
        return [turn.aside(await said_of_three(days, viewer))]
    query = _query(turn)
    if query is None:
        return await _declined(turn)
    await turn.store.questions.keep(turn.message.sender, query, turn.now)
    told = await said(query, viewer)
    return [replace(turn.aside(told.words), chart=told.chart)]


async def _declined(turn: Turn) -> list[Reply]:
    """Why there is no figure; after a whole question without one, the next follows nothing older."""
    why = _doubt(turn)
    if why is None:
        return []
    if _doubt(replace(turn, before=None)):
        await turn.store.questions.forget(turn.message.sender)
    return [turn.aside(doubts.said(why))]


class Told(NamedTuple):
    """The answer to a query: in words, and a picture where a person would rather look."""

    words: str
    chart: Chart | None = None


async def said(query: Query, viewer: Viewer, *, pictures: bool = True) -> Told:
    """The answer to a query; with a picture the words are fewer."""
    policy = viewer.policy
    today = policy.day(viewer.now)
    try:
        found = await figure(query, viewer)
    except NoFigure as error:
        return Told(texts.refusal(error, today))
    seen = look(found, policy, viewer.now) if pictures else None
    if seen is None:
        return Told(texts.answer(found, today, policy.few_cases))
    words = texts.beside_picture(found, seen.spoken, today, policy.few_cases)
    return Told(words, chart(seen, policy, viewer.now))


async def said_of_three(days: Days, viewer: Viewer) -> str:
    """The three figures of the programme, in words."""
    today = viewer.policy.day(viewer.now)
    try:
        return texts.programme(await programme(days, viewer), today)
    except NoFigure as error:
        return texts.refusal(error, today)


def names_of(roster: Roster) -> Names:
    """The names that can be asked about; officers on leave, too."""
    everybody = (replace(c, officers=(*c.officers, *c.away)) for c in roster.communities)
    return Names.of(everybody)


def _viewer(turn: Turn) -> Viewer | None:
    boss = turn.roster.supervisor(turn.message.sender)
    return Viewer(boss, turn.roster, turn.store, turn.policy, turn.now) if boss else None


@once
def _three(turn: Turn) -> Days | None:
    return three_days(turn.command(), _local(turn), turn.policy.holidays)


@once
def _query(turn: Turn) -> Query | None:
    return ask(turn.command(), _local(turn), turn.before, names_of(turn.roster), turn.policy.holidays)


@once
def _total(turn: Turn) -> Query | None:
    """What may be said aloud of the question: a count of the community as a whole."""
    query = _query(turn) if _HOW_MANY.search(turn.command()) else None
    if query is None or query.group_by or query.compare or query.metric not in _ALOUD:
        return None
    own = query.filters in (Filters(), Filters(community=turn.community.name))
    return replace(query, filters=Filters(), order=None, limit=None) if own else None


@once
def _doubt(turn: Turn) -> Doubt | None:
    return doubt(turn.command(), _local(turn), turn.before, names_of(turn.roster), turn.policy.holidays)


def _local(turn: Turn) -> datetime:
    return turn.said_at.astimezone(turn.policy.zone)
