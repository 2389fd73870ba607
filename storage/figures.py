"""Figures for supervisors: each read is one statement, in SQL that PostgreSQL takes as well."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    column,
    func,
    literal,
    null,
    select,
    true,
    values,
)
from sqlalchemy.types import TypeEngine

from domain.category import categories
from domain.figures import Cell, Reading, Stretch
from domain.query import TIMES, Group
from storage.cases import NONE, SOURCES, Condition, Source
from storage.connection import AsyncConnection
from storage.schema import Moment, checkins, communities, patrols, tickets


class FigureRows:
    """The figures of one unit of work. Fits `handlers.ports.Figures`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def read(self, reading: Reading) -> Mapping[str | int | None, Cell]:
        """The figure of each group that has cases, by its name, or its place in `parts`.

        Officers are told apart by account, None where nobody had the ticket; without a group the name is "".
        Raises LookupError where the metric knows no such group or filter.
        """
        rows = await self._connection.execute(statement(reading))
        return {row.key: Cell(row.part, row.cases, _rounded(row.hours)) for row in rows if row.cases}

    async def first_at(self) -> datetime | None:
        """When the first ticket came in, or the first own action or check-in; None where nothing has."""
        columns = (tickets.c.opened_at, patrols.c.at, checkins.c.at)
        query = select(*(select(func.min(one)).scalar_subquery() for one in columns))
        row = (await self._connection.execute(query)).one()
        return min((at for at in row if at is not None), default=None)


def conditions(reading: Reading, source: Source) -> list[Condition]:
    """Which cases count of a metric that is not told apart by time."""
    return [source.where, _in_period(source.at, reading.period), *_narrowed(reading, source)]


def statement(reading: Reading, source: Source | None = None) -> Select[Any]:
    """The one statement that reads a figure: columns key, part, cases, hours.

    `source` is where its cases are, if not where those of its metric are.
    """
    source = source or SOURCES[reading.metric](reading)
    key, table, period = _told_apart(reading, source)
    conditions = (source.where, period, *_narrowed(reading, source))
    if source.hours is not None:
        return _median(key, table, source.hours, and_(*conditions))
    query = select(
        key.label("key"),
        func.coalesce(source.part, 0).label("part"),
        func.coalesce(source.cases, 0).label("cases"),
        null().label("hours"),
    )
    query = query.select_from(table).where(*conditions)
    return (
        query.group_by("key") if reading.group else query
    )  # not by its values: PostgreSQL takes them for others


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
    named = values(column("number", Integer), column("begin", kind), column("end", kind), name="spans")
    return named.data(rows).cte("spans")


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


def _median(
    key: ColumnElement[Any], table: FromClause, hours: ColumnElement[Any], where: Condition
) -> Select[Any]:
    """The middle value of each group, or the mean of the two in the middle."""
    place = func.row_number().over(partition_by=key, order_by=hours)
    total = func.count().over(partition_by=key)
    each = select(key.label("key"), hours.label("hours"), place.label("place"), total.label("total"))
    one = each.select_from(table).where(where).subquery()
    middle = (one.c.place * 2).in_((one.c.total, one.c.total + 1, one.c.total + 2))
    cases = func.max(one.c.total)
    query = select(one.c.key, cases.label("part"), cases.label("cases"), func.avg(one.c.hours).label("hours"))
    return query.where(middle).group_by(one.c.key)


def _rounded(hours: Any) -> float | None:  # noqa: ANN401 - a number of the database's own kind
    return None if hours is None else round(float(hours), 6)
