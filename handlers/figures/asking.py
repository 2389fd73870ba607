"""A supervisor asks for figures in plain words, alone with the bot: the answer, or why there is none."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from domain.chart import Chart
from domain.figures import Days, NoFigure
from domain.message import Kind, Reply
from domain.people import Roster
from domain.policy import Holidays
from domain.query import Query
from handlers.figures.charts import chart, look
from handlers.figures.reading import Viewer, figure, programme
from handlers.texts import figures as texts
from handlers.turn import Turn
from understanding.questions import Names, ask, period, unclear


def asks(turn: Turn) -> bool:
    """Whether it is a supervisor who asks for a figure, of whom the bot is all that listens."""
    if not turn.private or turn.message.kind is not Kind.TEXT or _viewer(turn) is None:
        return False
    return _three(turn) is not None or _query(turn) is not None or _unclear(turn)


def three_days(words: str, at: datetime, holidays: Holidays) -> Days | None:
    """The days of `三项 上周`: those of the running month where none are named; None where it is not that."""
    key = next((key for key in sorted(texts.PROGRAMME, key=len, reverse=True) if words.startswith(key)), None)
    if key is None:
        return None
    rest = words.removeprefix(key).strip(" ，,：:？?。")
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
        return [turn.aside(texts.UNCLEAR)]
    await turn.store.questions.keep(turn.message.sender, query, turn.now)
    told = await said(query, viewer)
    return [replace(turn.aside(told.words), chart=told.chart)]


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


def _three(turn: Turn) -> Days | None:
    return three_days(turn.command(), _local(turn), turn.policy.holidays)


def _query(turn: Turn) -> Query | None:
    return ask(turn.command(), _local(turn), turn.before, names_of(turn.roster), turn.policy.holidays)


def _unclear(turn: Turn) -> bool:
    return unclear(turn.command(), _local(turn), turn.before, names_of(turn.roster), turn.policy.holidays)


def _local(turn: Turn) -> datetime:
    return turn.said_at.astimezone(turn.policy.zone)
