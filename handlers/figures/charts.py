"""From a figure to its picture, where a person would rather look than read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.chart import Chart, ChartKind, Measure, Point, Series
from domain.figures import Cell, Figure, Row
from domain.policy import Policy
from domain.query import RATES, TIMES, Group, Metric
from handlers.figures.rows import days, stretches
from handlers.texts import charts as texts
from handlers.texts import figures as words

_FEWEST = 3
"""What is fewer than these is read faster than looked at."""
_MOST_COLUMNS, _MOST_SHARES = 12, 7
_PARTS = frozenset({Group.CATEGORY, Group.CAMPAIGN})
"""Groups that people ask about for their share in the whole."""


@dataclass(frozen=True, slots=True)
class Look:
    """A figure that is worth a picture: the `rows` that are drawn, and their `labels`.

    `spoken` are those to be told, in this order; of stretches of time the highest and the last. `few` had too
    few cases, `cut` were too many to be drawn.
    """

    found: Figure
    kind: ChartKind
    rows: tuple[Row, ...]
    labels: tuple[str, ...]
    spoken: tuple[Row, ...]
    few: int = 0
    cut: int = 0


def look(found: Figure, policy: Policy, now: datetime) -> Look | None:
    """What of a figure is drawn; None where words are better, or nothing may be ranked."""
    metric, group = found.query.metric, found.query.group_by
    if group is None or (not _shared(metric) and found.total.cases < policy.few_cases):
        return None
    if group in TIMES and not found.ranked:
        return _trend(found, group, policy, policy.day(now))
    rows = _enough(found.ranked or found.rest, metric, policy.few_cases)
    if not found.ranked:
        rows = _by_value([row for row in rows if row.cell.cases or _before(row)], metric)
    if len(rows) < _FEWEST:
        return None
    everybody = [*found.ranked, *found.rest]
    few = sum(1 for row in everybody if 0 < row.cell.cases < policy.few_cases) if _shared(metric) else 0
    drawn = tuple(rows[: policy.chart_bars])
    names = tuple(row.name for row in drawn)
    return Look(found, _kind(found, rows), drawn, names, drawn, few, len(rows) - len(drawn))


def chart(seen: Look, policy: Policy, now: datetime) -> Chart:
    """The picture of it."""
    found = seen.found
    today = policy.day(now)
    query = found.query
    return Chart(
        kind=seen.kind,
        measure=_measure(query.metric),
        title=words.title(found),
        period=words.when(query, today),
        labels=seen.labels,
        series=tuple(_series(seen, policy.few_cases)),
        unit=words.unit(query.metric),
        whole=texts.whole(found, policy.few_cases),
        notes=tuple(_notes(seen, policy, today)),
        source=texts.source(now.astimezone(policy.zone)),
        column=texts.column(query.group_by) if query.group_by else "",
    )


# --- what is drawn -----------------------------------------------------------------------------------


def _trend(found: Figure, group: Group, policy: Policy, today: date) -> Look | None:
    """The stretches that have begun, since the records begin; of a share those that rest on enough."""
    metric = found.query.metric
    parts = list(stretches(found.query, days(found.query)))
    pairs = [
        (row, texts.stretch(part, group, today))
        for row, part in zip(
            found.rest, parts, strict=False
        )  # where a few were asked for, there are fewer rows
        if part[0] <= today and part[1] >= found.begun
    ]
    drawn = [row for row, _ in pairs if not _shared(metric) or row.cell.cases >= policy.few_cases]
    if len(drawn) < _FEWEST:
        return None
    few = sum(1 for row, _ in pairs if _shared(metric) and 0 < row.cell.cases < policy.few_cases)
    kind = ChartKind.COLUMNS if len(pairs) <= _MOST_COLUMNS else ChartKind.LINE
    spoken = tuple(dict.fromkeys((_by_value(drawn, metric)[0], drawn[-1])))
    return Look(found, kind, tuple(row for row, _ in pairs), tuple(label for _, label in pairs), spoken, few)


def _kind(found: Figure, rows: Sequence[Row]) -> ChartKind:
    query = found.query
    if all(row.before is not None for row in rows):
        return ChartKind.COMPARISON
    parts = query.group_by in _PARTS and not found.ranked and not _shared(query.metric)
    return ChartKind.SHARES if parts and len(rows) <= _MOST_SHARES else ChartKind.BARS


def _enough(rows: Sequence[Row], metric: Metric, few: int) -> list[Row]:
    """The rows whose figures may be put beside each other."""
    if not _shared(metric):
        return list(rows)
    return [row for row in rows if min(row.cell.cases, row.before.cases if row.before else few) >= few]


def _by_value(rows: Sequence[Row], metric: Metric) -> list[Row]:
    return sorted(rows, key=lambda row: -(row.cell.value(metric) or 0))


def _before(row: Row) -> int:
    return row.before.part if row.before else 0


def _shared(metric: Metric) -> bool:
    """Whether each figure rests on cases of its own."""
    return metric in RATES or metric is Metric.MEDIAN_HOURS


def _measure(metric: Metric) -> Measure:
    if metric in RATES:
        return Measure.PERCENT
    return Measure.HOURS if metric is Metric.MEDIAN_HOURS else Measure.COUNT


# --- what stands in it -------------------------------------------------------------------------------


def _series(seen: Look, few: int) -> list[Series]:
    query = seen.found.query
    cells = [row.cell for row in seen.rows]
    if seen.kind is ChartKind.SHARES:
        points = (Point(cell.part, texts.share(cell, seen.found.total, query.metric)) for cell in cells)
        return [Series(texts.NOW, tuple(points))]
    now = Series(texts.NOW, tuple(_point(cell, query.metric, few) for cell in cells))
    if seen.kind is not ChartKind.COMPARISON or query.compare is None:
        return [now]
    befores = (_point(row.before or Cell(), query.metric, few) for row in seen.rows)
    return [now, Series(words.EARLIER[query.compare], tuple(befores))]


def _point(cell: Cell, metric: Metric, few: int) -> Point:
    said = words.said(cell, metric, few)
    if _shared(metric) and cell.cases < few:
        return Point(None, said)
    value = cell.value(metric)
    return Point(words.percent(cell) if metric in RATES else value, said)


def _notes(seen: Look, policy: Policy, today: date) -> list[str]:
    """What is left out, how it compares, what it means."""
    found = seen.found
    metric = found.query.metric
    notes = []
    if seen.few:
        notes.append(texts.too_few(seen.few, policy.few_cases))
    if left := _left_out(seen, metric):
        notes.append(left)
    return [
        *notes,
        *words.comparison(found, today, policy.few_cases),
        *words.notes(found, today, policy.few_cases),
    ]


def _left_out(seen: Look, metric: Metric) -> str | None:
    """What else there is; of a ranking that was asked for in part, nobody has counted the others."""
    if _shared(metric):
        return texts.left_out(seen.cut, None, metric) if seen.cut else None
    part = seen.found.total.part - sum(row.cell.part for row in seen.rows)
    return texts.left_out(seen.cut, part, metric) if part or seen.cut else None
