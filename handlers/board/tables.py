"""Figures side by side: what was taken on, what is open, what is over its deadline."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.chart import Chart
from domain.figures import Figure
from domain.query import Filters, Group, Metric, Query, definitions
from handlers.board.filters import address
from handlers.board.lines import Link, Tone, community
from handlers.board.looker import Looker
from handlers.figures.charts import chart, look
from handlers.figures.reading import figure
from handlers.texts import board as texts
from handlers.texts import figures as words

_METRICS = (Metric.TICKETS, Metric.OPEN, Metric.OVERDUE)


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
    return Table((texts.KINDS[group.value], *texts.FIGURES), rows, texts.others(left) if left else "", seen)


async def three(group: Group, looker: Looker) -> dict[Metric, Figure]:
    """What was taken on this month, what is open and what is late. Raises NoFigure."""
    found = {}
    for metric in _METRICS:
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
    mine = {str(group): name}
    since, until = (day.isoformat() for day in looker.month)
    links = {
        Metric.TICKETS: address(**mine, since=since, until=until),
        Metric.OPEN: address(**mine, state="open"),
        Metric.OVERDUE: address(**mine, overdue="1"),
    }
    cells = []
    for metric in _METRICS:
        number = values[metric].get(name, 0)
        late = Tone.LATE if metric is Metric.OVERDUE and number else Tone.PLAIN
        cells.append(Cellular(str(number), links[metric] if known and number else "", late))
    page = community(name).href if group is Group.COMMUNITY else links[Metric.OPEN]
    return Side(Link(name, page if known else ""), tuple(cells))


async def count(metric: Metric, looker: Looker, *, where: Filters | None = None, month: bool = True) -> Count:
    """One figure of the running month, or as it is now."""
    since, until = looker.month if month else (None, None)
    found = await figure(Query(metric, None, since, until, where or Filters()), looker.viewer)
    said = words.said(found.total, metric, looker.policy.few_cases)
    meaning = definitions()[metric]
    return Count(meaning.name, said, meaning.definition)
