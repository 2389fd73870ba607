"""Figures from the counts of each day: what a long period is read from, however many tickets there are.

The database keeps the table `tallies` (migration 0009): for each day, and each community, category, main
officer (its faces) and all together, how much was taken on, closed, due and so on. It serves what is told
apart and narrowed by one of these, over whole days of UTC+8, which are the days of China; all else is counted
from the tickets. What has no answer yet may be late by now, and is always counted from the tickets.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Select, and_, case, func, literal, select

from domain.category import categories
from domain.figures import Reading, Stretch
from domain.query import Group, Metric
from storage.cases import Condition
from storage.schema import communities, tallies

_OFFSET = timedelta(hours=8)
ALL, COMMUNITY, CATEGORY, OFFICER = "all", "community", "category", "officer"
"""The faces."""
_GROUPS = {
    Group.STREET: COMMUNITY,
    Group.COMMUNITY: COMMUNITY,
    Group.OFFICER: OFFICER,
    Group.CATEGORY: CATEGORY,
    Group.CAMPAIGN: CATEGORY,
}
_here = tallies.c
_COUNTS: dict[Metric, tuple[ColumnElement[int], ColumnElement[int]]] = {
    Metric.TICKETS: (_here.taken, _here.taken),
    Metric.RESOLVED: (_here.closed, _here.closed),
    Metric.OVERDUE: (_here.due - _here.on_time, _here.due - _here.on_time),
    Metric.ON_TIME_RATE: (_here.on_time, _here.due),
    Metric.CLOSE_RATE: (_here.due_closed, _here.due),
    Metric.SATISFACTION: (_here.pleased, _here.words),
    Metric.ACTIONS: (_here.stopped, _here.stopped),
}
"""What of a day counts for a metric, and of how many cases."""


def face(reading: Reading) -> str | None:
    """By which face it can be read; None where the tickets themselves must be counted."""
    if reading.period is None or reading.metric not in _COUNTS:
        return None
    if not all(_whole_days(one) for one in (reading.period, *reading.parts)):
        return None
    wanted = {_GROUPS[reading.group]} if reading.group in _GROUPS else set()
    scope = reading.scope
    for name, narrowed in (
        (COMMUNITY, scope.communities),
        (CATEGORY, scope.categories),
        (OFFICER, scope.officers),
    ):
        wanted |= {name} if narrowed is not None else set()
    return (wanted or {ALL}).pop() if len(wanted) < 2 else None  # noqa: PLR2004 - one face or none


def counted(reading: Reading, which: str, spans: FromClause | None) -> Select[Any]:
    """The figure by this face: columns key, part, cases; `spans` are the days of stretches of time."""
    part, cases = _COUNTS[reading.metric]
    columns = (func.sum(part).label("part"), func.sum(cases).label("cases"))
    where = and_(_here.face == which, _keys(reading, which))
    if spans is not None:
        within = and_(_here.day >= spans.c.begin, _here.day < spans.c.end)
        query = select(spans.c.number.label("key"), *columns)
        return query.select_from(spans.join(tallies, within)).where(where).group_by(spans.c.number)
    period = reading.period
    if period is None:
        raise LookupError
    where = and_(where, _here.day >= period.since, _here.day < period.after)
    if reading.group is None:
        found: list[ColumnElement[Any]] = [func.coalesce(one, 0).label(one.name) for one in columns]
        return select(literal("").label("key"), *found).where(where)
    each = select(_here.key.label("name"), *columns).where(where).group_by(_here.key).subquery("each")
    label, table = _named(reading.group, each)
    query = select(
        label.label("key"), func.sum(each.c.part).label("part"), func.sum(each.c.cases).label("cases")
    )
    return query.select_from(table).group_by("key")


def keys(which: str) -> CTE:
    """Every name that a face has, each found by one step in the index."""
    own = tallies.alias("names")
    first = select(func.min(own.c.key).label("key")).where(own.c.face == which).cte("keys", recursive=True)
    following = (
        select(func.min(own.c.key)).where(own.c.face == which, own.c.key > first.c.key).scalar_subquery()
    )
    return first.union_all(select(following).where(first.c.key.is_not(None)))


def _whole_days(one: Stretch) -> bool:
    return _midnight(one.begin) and _midnight(one.end)


def _midnight(at: datetime) -> bool:
    local = at + _OFFSET
    return at.utcoffset() == timedelta(0) and not (
        local.hour or local.minute or local.second or local.microsecond
    )


def _keys(reading: Reading, which: str) -> Condition:
    """The names that count. All of them are named, too: so they come in the order of the index."""
    scope = reading.scope
    narrowed = {COMMUNITY: scope.communities, CATEGORY: scope.categories, OFFICER: scope.officers}.get(which)
    if narrowed is not None:
        return _here.key.in_(sorted(narrowed))
    if which == ALL:
        return _here.key == ""
    return _here.key.in_(select(keys(which).c.key))


def _named(group: Group, each: Any) -> tuple[ColumnElement[Any], FromClause]:  # noqa: ANN401 - a subquery of columns
    """How a name of the face is called in the group, and the table with what says so."""
    if group is Group.STREET:
        return communities.c.street, each.outerjoin(communities, communities.c.name == each.c.name)
    if group is Group.CAMPAIGN:
        campaigns = {name: category.campaign for name, category in categories().items()}
        return case(campaigns, value=each.c.name), each
    return (func.nullif(each.c.name, "") if group is Group.OFFICER else each.c.name), each
