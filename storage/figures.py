"""Figures for supervisors: each read is one statement, in SQL that PostgreSQL takes as well."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    select,
    true,
    union_all,
    values,
)
from sqlalchemy.types import TypeEngine

from domain.category import categories
from domain.figures import Cell, Counted, Reading, Stretch
from domain.query import TIMES, Group
from storage import tallies
from storage.cases import NONE, SOURCES, Condition, Source, unanswered
from storage.connection import AsyncConnection
from storage.schema import Moment, checkins, communities, patrols, tickets

_HOUR = 3600


class FigureRows:
    """The figures of one unit of work. Fits `handlers.ports.Figures`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def read(self, reading: Reading) -> Counted:
        """The figure of all, and of each group that has cases.

        Raises LookupError where the metric knows no such group or filter.
        """
        source = SOURCES[reading.metric](reading)
        if source.seconds is not None:
            return _middle((await self._connection.execute(durations(reading, source))).all())
        rows = (await self._connection.execute(figure(reading))).all()
        cells = {row.key: Cell(int(row.part), int(row.cases)) for row in rows if row.cases}
        return Counted(sum(cells.values(), Cell()), cells if reading.group else {})

    async def first_at(self) -> datetime | None:
        """When the first ticket came in, or the first own action or check-in; None where nothing has."""
        columns = (tickets.c.opened_at, patrols.c.at, checkins.c.at)
        query = select(*(select(func.min(one)).scalar_subquery() for one in columns))
        row = (await self._connection.execute(query)).one()
        return min((at for at in row if at is not None), default=None)


def figure(reading: Reading) -> Select[Any]:
    """The one statement that reads a figure, the quickest way: columns key, part, cases."""
    face = tallies.face(reading)
    if face is None:
        return statement(reading)
    spans = _spans(reading.parts, Date()) if reading.group in TIMES else None
    kept = tallies.counted(reading, face, spans)
    open_still = unanswered(reading)
    if open_still is None:
        return kept
    both = union_all(kept, statement(reading, open_still)).subquery("both")
    part, cases = (func.coalesce(func.sum(one), 0) for one in (both.c.part, both.c.cases))
    return select(both.c.key, part.label("part"), cases.label("cases")).group_by(both.c.key)


def conditions(reading: Reading, source: Source) -> list[Condition]:
    """Which cases count of a metric that is not told apart by time."""
    return [source.where, _in_period(source.at, reading.period), *_narrowed(reading, source)]


def statement(reading: Reading, source: Source | None = None) -> Select[Any]:
    """The statement that counts the cases themselves: columns key, part, cases.

    `source` is where they are, if not where those of the metric are.
    """
    by = source is None and reading.group in (Group.CATEGORY, Group.CAMPAIGN)
    source = source or SOURCES[reading.metric](reading)
    key, table, period = _told_apart(reading, source)
    query = select(
        key.label("key"),
        func.coalesce(source.part, 0).label("part"),
        func.coalesce(source.cases, 0).label("cases"),
    )
    where = (
        source.where,
        period,
        *_narrowed(reading, source),
        *_named(reading, source.category if by else NONE),
    )
    query = query.select_from(table).where(*where)
    return (
        query.group_by("key") if reading.group else query
    )  # not by its values: PostgreSQL takes them for others


def durations(reading: Reading, source: Source) -> Select[Any]:
    """The seconds that each case took, as one text for each key: columns key, seconds.

    Of a key there may be several texts: each kind's or each community's, in the order of an index.
    """
    names = {Group.OFFICER: source.officer, Group.COMMUNITY: source.community, Group.STREET: source.community}
    there = source.community if reading.scope.communities is not None else source.category
    of = names.get(reading.group, source.category) if reading.group else there
    by = there if reading.group in TIMES else of
    street = reading.group is Group.STREET
    key, table, period = _told_apart(replace(reading, group=Group.COMMUNITY) if street else reading, source)
    listed = func.aggregate_strings(cast(source.seconds, String), ",").label("seconds")
    every = _named(reading, by) or _named(reading, there)
    where = (source.where, period, *_narrowed(reading, source), *every)
    groups = [by, key] if reading.group in TIMES else [by]
    query = select(key.label("key"), listed).select_from(table).where(*where).group_by(*groups)
    if not street:
        return query
    each = query.subquery("each")
    both = each.outerjoin(communities, communities.c.name == each.c.key)
    return select(communities.c.street.label("key"), each.c.seconds).select_from(both)


def _middle(rows: Iterable[Any]) -> Counted:
    """The median hours of all, and of each key."""
    each: defaultdict[str | int | None, list[NDArray[np.int64]]] = defaultdict(list)
    for row in rows:
        each[row.key].append(np.fromstring(row.seconds, dtype=np.int64, sep=","))
    cells = {key: _hours(seconds) for key, seconds in each.items() if key != ""}
    return Counted(_hours([one for seconds in each.values() for one in seconds]), cells)


def _hours(seconds: Sequence[NDArray[np.int64]]) -> Cell:
    if not seconds:
        return Cell()
    both = np.concatenate(seconds)
    return Cell(len(both), len(both), round(float(np.median(both)) / _HOUR, 6))


# --- what is told apart, and what is left out --------------------------------------------------------


def _told_apart(reading: Reading, source: Source) -> tuple[ColumnElement[Any], FromClause, Condition]:
    """The name of the group, the table with what names it, and the condition of the period."""
    if reading.group in TIMES:
        kind: TypeEngine[Any] = Date() if isinstance(source.at.type, Date) else Moment()
        spans = _spans(reading.parts, kind)
        return (
            spans.c.number,
            source.table.join(spans, _between(source.at, spans.c.begin, spans.c.end)),
            true(),
        )
    period = _in_period(source.at, reading.period)
    if reading.group is Group.STREET:
        named = source.table.outerjoin(communities, communities.c.name == source.community)
        return communities.c.street, named, period
    if reading.group is Group.CAMPAIGN:
        campaigns = {name: category.campaign for name, category in categories().items()}
        return case(campaigns, value=_known(source.category)), source.table, period
    columns = {
        None: literal(""),
        Group.COMMUNITY: source.community,
        Group.OFFICER: source.officer,
        Group.CATEGORY: source.category,
    }
    return _known(columns[reading.group]), source.table, period


def _known(found: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column that the metric has; LookupError where it has none."""
    if found is NONE:
        raise LookupError
    return found


def _spans(parts: Sequence[Stretch], kind: TypeEngine[Any]) -> FromClause:
    """The stretches as a table: their place, where they begin, and the first day or moment after them."""
    days = isinstance(kind, Date)
    rows = [
        (number, part.since, part.after) if days else (number, part.begin, part.end)
        for number, part in enumerate(parts)
    ]
    named = values(column("number", Integer), column("begin", kind), column("end", kind), name="parts")
    return named.data(rows).cte("days" if days else "spans")


def _named(reading: Reading, by: ColumnElement[Any]) -> list[Condition]:
    """All names that there are, where nothing is narrowed by them.

    It changes nothing but the way: an index by name and time then serves a period, and in the order of names.
    """
    scope = reading.scope
    if reading.period is None:
        return []
    if by is tickets.c.community and scope.communities is None:
        return [by.in_(select(tallies.keys(tallies.COMMUNITY).c.key))]
    if by is tickets.c.category and scope.categories is None:
        return [by.in_(select(tallies.keys(tallies.CATEGORY).c.key))]
    return []


def _between(at: ColumnElement[Any], begin: Any, end: Any) -> Condition:  # noqa: ANN401 - a column or a value
    return and_(at >= begin, at < end)


def _in_period(at: ColumnElement[Any], period: Stretch | None) -> Condition:
    if period is None:
        return true()
    days = isinstance(at.type, Date)
    return _between(at, period.since, period.after) if days else _between(at, period.begin, period.end)


def _narrowed(reading: Reading, source: Source) -> list[Condition]:
    scope = reading.scope
    wanted = (
        (source.community, scope.communities),
        (source.officer, scope.officers),
        (source.category, scope.categories),
    )
    return [_known(one).in_(sorted(names)) for one, names in wanted if names is not None]
