"""The lines of an answer: which groups there are, and in what order they stand."""

from collections.abc import Iterator
from datetime import date

from domain.category import categories
from domain.figures import Cell, Days, Row, parts
from domain.people import Community, Roster
from domain.query import RATES, TIMES, Filters, Group, Metric, Order, Query
from handlers.texts import figures as texts

Key = str | int | None
"""How a group is called in the database; a stretch of time by its place."""


def days(query: Query) -> Days | None:
    """The period that is asked about; None for the state now."""
    return (query.since, query.until) if query.since and query.until else None


def stretches(query: Query, period: Days | None) -> Iterator[Days]:
    """The stretches of a period that are told apart; none where something else is."""
    return parts(period, query.group_by) if period and query.group_by in TIMES else iter(())


def kinds(said: Filters) -> frozenset[str] | None:
    """The categories that are asked about; None where all are."""
    if said.category:
        return frozenset({said.category})
    if said.campaign:
        return frozenset(name for name, one in categories().items() if one.campaign == said.campaign)
    return None


def names(
    query: Query, found: set[Key], communities: tuple[Community, ...], roster: Roster, today: date
) -> Iterator[tuple[Key, str]]:
    """The groups by name, those without a case too: in the order of the roster, the list or the calendar.

    Of what was `found`, what the roster does not have any more comes last.
    """
    group = query.group_by
    if group is None:
        return
    if group in TIMES:
        yield from enumerate(texts.part(one, group, today) for one in stretches(query, days(query)))
        return
    known: dict[Key, str] = dict(_known(query, group, communities))
    yield from known.items()
    for key in sorted(found - known.keys(), key=str):
        yield key, _unknown(key, group, roster)


def _known(query: Query, group: Group, communities: tuple[Community, ...]) -> Iterator[tuple[Key, str]]:
    if group is Group.OFFICER:
        yield from ((p.id, p.name) for c in communities for p in (*c.officers, *c.away) if p.id)
    elif group in (Group.COMMUNITY, Group.STREET):
        places = (c.name if group is Group.COMMUNITY else c.street for c in communities)
        yield from ((place, place) for place in places)
    else:
        wanted = kinds(query.filters)
        for name, one in categories().items():
            if wanted is None or name in wanted:
                called = one.campaign if group is Group.CAMPAIGN else name
                yield called, called


def _unknown(key: Key, group: Group, roster: Roster) -> str:
    """A group that the communities asked about do not have; nobody's account is ever said."""
    if group is Group.OFFICER:
        if not key:
            return texts.NOBODY
        officers = {person.id: person.name for person in roster.officers()}
        return next((name for member, name in officers.items() if member == key), texts.FORMER)
    return str(key or texts.NOWHERE)


def ranked(query: Query, rows: list[Row], total: Cell, few: int) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows in the order that was asked for, and those that are in none.

    A share is put in an order where it rests on enough cases; counts, where all of them together do. Who is
    even with the last of those that were asked for is named, too.
    """
    if query.order is None:
        return (), tuple(rows[: query.limit])
    shares = query.metric in RATES or query.metric is Metric.MEDIAN_HOURS
    enough = [row for row in rows if (row.cell.cases if shares else total.cases) >= few]
    if len(enough) < 2:  # noqa: PLR2004 - one alone is neither first nor last
        return (), tuple(rows)
    others = tuple(row for row in rows if row.cell.cases < few) if shares else ()
    sign = 1 if query.order is Order.ASC else -1
    values = sorted(sign * _value(row, query.metric) for row in enough)
    last = values[min(query.limit or len(values), len(values)) - 1]
    first = sorted(enough, key=lambda row: sign * _value(row, query.metric))
    return tuple(row for row in first if sign * _value(row, query.metric) <= last), others


def _value(row: Row, metric: Metric) -> float:
    return row.cell.value(metric) or 0
