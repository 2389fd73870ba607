"""The pages of the communities: all that a visitor sees, and one with its people, figures and weeks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.figures import NoFigure
from domain.people import Community, Person, Role
from domain.query import Filters, Group, Metric
from domain.records import CheckIn, OwnAction
from domain.state import OPEN
from domain.week import Week
from handlers.board.filters import address
from handlers.board.lines import Lines, Link, community, line
from handlers.board.looker import Looker
from handlers.board.spots import Spots, spots
from handlers.board.tables import THREE, Cellular, Count, by_name, cell, count, three
from handlers.texts import board as texts

_SHOWN = 20
_ACTIONS = 20
_WEEKS = 8
_DAYS = timedelta(days=30)
_MONTH = (
    Metric.TICKETS,
    Metric.RESOLVED,
    Metric.ON_TIME_RATE,
    Metric.MEDIAN_HOURS,
    Metric.SATISFACTION,
    Metric.ACTIONS,
)
_NOW = (Metric.OPEN, Metric.OVERDUE)


@dataclass(frozen=True, slots=True)
class WeekLine:
    """The check-ins of one week; `said` is whether there was one, `visits` what is known of each."""

    week: str
    said: str
    met: bool
    visits: tuple[str, ...]
    wishes: int


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What an officer stopped of their own accord."""

    at: str
    what: str
    officer: str


@dataclass(frozen=True, slots=True)
class CommunityPage:
    """One community for one visitor."""

    name: str
    street: str
    officers: tuple[str, ...]
    away: tuple[str, ...]
    workers: tuple[str, ...]
    now: tuple[Count, ...]
    month: tuple[Count, ...]
    month_is: str
    open: Lines
    weeks: tuple[WeekLine, ...]
    actions: tuple[ActionLine, ...]
    spots: Spots


@dataclass(frozen=True, slots=True)
class Entry:
    """A community in the list; `met` is whether it has had its check-in, "" where that is not told."""

    link: Link
    officers: str
    cells: tuple[Cellular, ...]
    met: str


@dataclass(frozen=True, slots=True)
class Street:
    """The communities of a street, in the order of the roster."""

    name: str
    communities: tuple[Entry, ...]


async def communities(looker: Looker) -> tuple[Street, ...]:
    """The list: by street, never ranked."""
    numbers = await _numbers(looker)
    met = await _met_this_week(looker)
    found: dict[str, list[Entry]] = {}
    for one in looker.visitor.communities:
        here, where = _today(one, looker), {"community": one.name}
        entry = Entry(
            community(one.name),
            "、".join(person.name for person in here.officers) or texts.NOBODY_YET,
            tuple(
                cell(metric, each.get(one.name, 0), looker.month, where) for metric, each in numbers.items()
            ),
            met.get(one.name, ""),
        )
        found.setdefault(one.street, []).append(entry)
    return tuple(Street(name, tuple(entries)) for name, entries in found.items())


async def _met_this_week(looker: Looker) -> dict[str, str]:
    """What there is to say of each community's check-in; nothing where that is not told."""
    week = looker.policy.week(looker.now)
    if looker.visitor.role is not Role.SUPERVISOR or week.exempt:
        return {}
    said = dict.fromkeys((one.name for one in looker.visitor.communities), texts.NOT_YET)
    said |= {one.community: texts.NO_NEED for one in await looker.store.exemptions.of(week.monday)}
    return said | dict.fromkeys(await looker.store.board.met(week.monday), texts.CHECKED)


async def _numbers(looker: Looker) -> dict[Metric, dict[str, int]]:
    """The three figures of each community; none where nothing was ever recorded."""
    try:
        found = await three(Group.COMMUNITY, looker)
    except NoFigure:
        return {metric: {} for metric in THREE}
    return {metric: by_name(one) for metric, one in found.items()}


async def community_page(name: str, looker: Looker) -> CommunityPage | None:
    """One community; None where there is none of this name, or not for them."""
    mine = next((one for one in looker.visitor.communities if one.name == name), None)
    if mine is None:
        return None
    here = _today(mine, looker)
    return CommunityPage(
        name=here.name,
        street=here.street,
        officers=_names(here.officers),
        away=_names(here.away),
        workers=_names(here.workers),
        now=await _figures(_NOW, here, looker, month=False),
        month=await _figures(_MONTH, here, looker, month=True),
        month_is=texts.month(looker.month),
        open=await _open(here, looker),
        weeks=await _weeks(here, looker),
        actions=await _actions(here, looker),
        spots=await spots(replace(looker.all, communities=frozenset({here.name})), looker),
    )


def _today(one: Community, looker: Looker) -> Community:
    """The community with whoever sits in its seats today."""
    return looker.roster.on(looker.today).named(one.name) or one


def _names(people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(person.name for person in people)


async def _figures(
    metrics: Sequence[Metric], here: Community, looker: Looker, *, month: bool
) -> tuple[Count, ...]:
    """The figures of a community; none before the records begin."""
    where = Filters(community=here.name)
    try:
        return tuple([await count(metric, looker, where=where, month=month) for metric in metrics])
    except NoFigure:
        return ()


async def _open(here: Community, looker: Looker) -> Lines:
    chosen = replace(looker.all, communities=frozenset({here.name}), states=OPEN)
    found = await looker.store.board.due(chosen, looker.now, _SHOWN)
    total = await looker.store.board.count(chosen, looker.now, 1000)
    return Lines(total, tuple(line(one, looker) for one in found), address(community=here.name, state="open"))


# --- the weeks ---------------------------------------------------------------------------------------


async def _weeks(here: Community, looker: Looker) -> tuple[WeekLine, ...]:
    """This week and those before it, the latest first."""
    weeks = [looker.policy.week(looker.now)]
    while len(weeks) < _WEEKS:
        weeks.append(weeks[-1].before)
    since = weeks[-1].monday
    visits = await looker.store.board.checkins(here.name, since)
    missed = await looker.store.board.missed(here.name, since)
    wishes = await looker.store.board.wishes(here.name, since)
    freed = await looker.store.exemptions.since(since)
    free = {one.week for one in freed if one.community == here.name}
    return tuple(
        WeekLine(
            texts.week(week, looker.today),
            _said(week, looker, met=bool(there), missed=week.monday in missed, free=week.monday in free),
            bool(there),
            tuple(_visit(one, week, looker) for one in reversed(there)),
            wishes.get(week.monday, 0),
        )
        for week in weeks
        for there in [[one for one in visits if one.week == week.monday]]
    )


def _said(week: Week, looker: Looker, *, met: bool, missed: bool, free: bool) -> str:
    if met:
        return texts.CHECKED
    if free or (week.exempt and not missed):
        return texts.NO_NEED
    if missed:
        return texts.MISSED
    return texts.NOT_YET if looker.now < week.make_up_until else texts.NO_RECORD


def _visit(one: CheckIn, week: Week, looker: Looker) -> str:
    who = looker.name_of(one.officer) or texts.GONE
    return texts.visit(one, who, made_up=one.at >= week.ends)


# --- own actions ---------------------------------------------------------------------------


async def _actions(here: Community, looker: Looker) -> tuple[ActionLine, ...]:
    found = await looker.store.board.actions(here.name, looker.now - _DAYS, _ACTIONS)
    return tuple(_action(one, here, looker) for one in found)


def _action(one: OwnAction, here: Community, looker: Looker) -> ActionLine:
    who = looker.name_of(one.officer) or texts.GONE
    return ActionLine(texts.at(one.at, looker.policy), texts.stopped(one, here.places), who)
