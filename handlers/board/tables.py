"""Figures side by side: what was taken on, what is open, what is over its deadline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from domain.chart import Chart
from domain.figures import Days, Figure
from domain.query import Filters, Group, Metric, Query, definitions
from handlers.board.filters import OPEN_ALL, address, of_figure
from handlers.board.lines import Link, Tone, community
from handlers.board.looker import Looker
from handlers.figures.charts import chart, look
from handlers.figures.reading import figure
from handlers.texts import board as texts
from handlers.texts import figures as words

THREE = (Metric.TICKETS, Metric.OPEN, Metric.OVERDUE)
"""What stands side by side."""

Meanings: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One figure: in words, with what it means; `href` leads to its tickets, where there is such a list."""

    name: str
    said: str
    meaning: str
    href: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Cellular:
    """One figure of a row, and the list of its tickets."""

    said: str
    href: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Side:
    """One row: whose figures, and the figures."""

    name: Link
    cells: tuple[Cellular, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of many, in the order of the roster or the list: never ranked. `rest` is what was left out."""

    heads: tuple[str, ...]
    rows: tuple[Side, ...]
    rest: str = ""
    meanings: Meanings = ()
    chart: Chart | None = None


async def side_by_side(group: Group, looker: Looker) -> Table:
    """The three figures of each community or campaign; those without a case are counted."""
    figures = await three(group, looker)
    values = {metric: by_name(found) for metric, found in figures.items()}
    names = list(dict.fromkeys(name for one in values.values() for name in one))
    shown = [name for name in names if any(one.get(name) for one in values.values())]
    rows = tuple(_side(group, name, values, looker) for name in shown)
    left = len(names) - len(shown)
    seen = picture(figures[Metric.TICKETS], looker) if group is Group.CAMPAIGN else None
    heads = (texts.KINDS[group.value], *texts.heads(texts.month_name(looker.month[1], looker.today)))
    return Table(heads, rows, texts.others(left) if left else "", meanings(THREE), seen)


def meanings(metrics: Sequence[Metric]) -> Meanings:
    """What some figures mean, by name."""
    return tuple((definitions()[one].name, definitions()[one].definition) for one in metrics)


async def three(group: Group, looker: Looker) -> dict[Metric, Figure]:
    """What was taken on this month, what is open and what is late. Raises NoFigure."""
    found = {}
    for metric in THREE:
        since, until = looker.month if metric is Metric.TICKETS else (None, None)
        found[metric] = await figure(Query(metric, group, since, until), looker.viewer)
    return found


def by_name(found: Figure) -> dict[str, int]:
    """The parts of a figure."""
    return {row.name: row.cell.part for row in found.rest}


def picture(found: Figure, looker: Looker) -> Chart | None:
    """A figure as a picture, where there is enough to look at."""
    seen = look(found, looker.policy, looker.now)
    return chart(seen, looker.policy, looker.now) if seen else None


def _side(group: Group, name: str, values: Mapping[Metric, Mapping[str, int]], looker: Looker) -> Side:
    known = group is Group.CAMPAIGN or any(c.name == name for c in looker.visitor.communities)
    mine = {"street": looker.street, str(group): name}
    where, month = (mine if known else None), looker.month
    cells = tuple(cell(metric, values[metric].get(name, 0), month, where) for metric in THREE)
    page = community(name).href if group is Group.COMMUNITY else address(**mine, state=OPEN_ALL)
    return Side(Link(name, page if known else ""), cells)


def cell(metric: Metric, number: int, period: Days, where: Mapping[str, str] | None) -> Cellular:
    """One figure of a row, with its tickets; `where` is None where they cannot be listed."""
    late = Tone.LATE if metric is Metric.OVERDUE and number else Tone.PLAIN
    href = of_figure(metric, period, **where) if number and where is not None else ""
    return Cellular(str(number), href, late)


async def count(metric: Metric, looker: Looker, *, where: Filters | None = None, month: bool = True) -> Count:
    """One figure of the running month, or as it is now."""
    since, until = looker.month if month else (None, None)
    found = await figure(Query(metric, None, since, until, where or Filters()), looker.viewer)
    said = words.said(found.total, metric, looker.policy.few_cases)
    known = definitions()[metric]
    here = (where.community if where else None) or ""
    href = of_figure(metric, looker.month, community=here) if found.total.cases else ""
    return Count(known.name, said, known.definition, href)
