"""The three shapes of a chart as ECharts draws them: bars that lie, stretches of time, parts of a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.chart import Chart, ChartKind, Measure, Series
from reports.words import width

INK, SOFT, HAIR, TRACK = "#191919", "#5f6368", "#dcdcdc", "#f0f0f0"
_SLICES = ("#1d5fae", "#d98324", "#07813f", "#8e4a9e", "#b8433a", "#4d8fa8", "#8a7a2e", "#77808a")
"""Told apart by people who see no red or green, too; each slice is named beside it."""
_LINE = 1.5
"""The height of a line, as the next ones in letters of the chart's size."""
_BAR, _BETWEEN, _UNDER = 0.8, 0.2, 0.8
PLOT, ROUND, _AXIS = 17.0, 18.0, 3.0
"""How high stretches of time are, parts of a whole, and the axis beneath the former."""
_NARROWEST = 22.5
"""How many letters fit into the narrowest place where a chart is shown."""
_LEAST_NAME = 6.0
Option = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the plot stands: beneath `top` and between the margins, in letters of `font` pixels."""

    font: int = 14
    top: float = 0
    side: float = 0


# --- bars that lie beneath each other, the words above each -----------------------------------------


def _thick(chart: Chart) -> float:
    """How high the bars of one label are together."""
    return len(chart.series) * (_BAR + _BETWEEN) - _BETWEEN


def row(chart: Chart) -> float:
    """How high the bars of one label are with their words, in letters."""
    return _LINE + _thick(chart) + _UNDER


def lying(chart: Chart, place: Place) -> Option:
    """Bars that lie beneath each other, the words above each."""
    saids = [" / ".join(point.said for point in points) for points in zip(*_points(chart), strict=True)]
    name = max(_NARROWEST - max((width(said) for said in saids), default=0) - 1, _LEAST_NAME)
    clipped = {"width": round(name * place.font), "overflow": "truncate", "ellipsis": "…"}
    tall = round(place.font * max(len(chart.labels), 1) * row(chart))
    lead = place.font * (_LINE - _UNDER) / 2  # bars stand in the middle of their rows, words above them
    grid = {"top": place.top + lead, "left": place.side, "right": place.side, "height": tall}
    return {
        "grid": grid | {"outerBoundsMode": "none"},
        "xAxis": {"type": "value", "show": False, "min": 0, "max": _most(chart)},
        "yAxis": [
            _words(list(chart.labels), chart, place, "left", clipped),
            _words(saids, chart, place, "right", {}),
        ],
        "series": [_bar(one, chart, place) for one in chart.series],
    }


def _words(texts: list[str], chart: Chart, place: Place, side: str, how: Option) -> Option:
    """An axis that is nothing but a line of words above the bars of each label."""
    lift = round(place.font * (_thick(chart) / 2 + 0.3))
    label = {
        "inside": True,
        "margin": 0,
        "interval": 0,
        "verticalAlign": "bottom",
        "padding": [0, 0, lift, 0],
    }
    return {
        "type": "category",
        "inverse": True,
        "position": side,
        "data": texts,
        "z": 3,
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": label | {"color": INK, "fontSize": place.font} | how,
    }


def _bar(one: Series, chart: Chart, place: Place) -> Option:
    return {
        "type": "bar",
        "name": one.name,
        "data": [point.value or None for point in one.points],  # nothing has no bar, however small
        "barWidth": round(place.font * _BAR),
        "barGap": f"{round(100 * _BETWEEN / _BAR)}%",
        "barMinHeight": 2,
        "showBackground": len(chart.series) == 1,
        "backgroundStyle": {"color": TRACK, "borderRadius": 2},
        "itemStyle": {"borderRadius": 2},
        "emphasis": {"disabled": True},
    }


def _points(chart: Chart) -> list[Any]:
    return [one.points for one in chart.series]


def _most(chart: Chart) -> float | None:
    """Where the axis of values ends: a share at 100; else at the highest value, where there is one."""
    if chart.measure is Measure.PERCENT:
        return 100
    values = [point.value for one in chart.series for point in one.points if point.value is not None]
    return max([*values, 0]) or 1


# --- stretches of time, side by side -----------------------------------------------------------------


def standing(chart: Chart, place: Place) -> Option:
    """Stretches of time, side by side: columns, or a line."""
    drawn = _column if chart.kind is ChartKind.COLUMNS else _line
    return {
        "grid": {
            "top": place.top + round(place.font * 1.8),
            "left": place.side,
            "right": place.side + (place.font / 2 if chart.kind is ChartKind.LINE else 0),
            "height": round(place.font * (PLOT - _AXIS)),
            "outerBoundsMode": "same",
            "outerBoundsContain": "axisLabel",
        },
        "xAxis": _times(chart, place),
        "yAxis": _scale(chart, place),
        "series": [drawn(one, chart, place) for one in chart.series],
    }


def _times(chart: Chart, place: Place) -> Option:
    return {
        "type": "category",
        "data": list(_under(chart.labels)),
        "boundaryGap": chart.kind is ChartKind.COLUMNS,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": HAIR}},
        "axisLabel": {
            "color": SOFT,
            "fontSize": place.font - 1,
            "hideOverlap": True,
            "alignMinLabel": "left" if chart.kind is ChartKind.LINE else None,
            "alignMaxLabel": "right" if chart.kind is ChartKind.LINE else None,
        },
    }


def _under(labels: tuple[str, ...]) -> Iterator[str]:
    """The labels of stretches of time in two lines: until when, or the year where it is another one."""
    year = ""
    for label in labels:
        before, _, rest = label.rpartition("年")
        yield f"{rest}\n{before}" if before not in ("", year) else rest.replace("–", "–\n")
        year = before


def _scale(chart: Chart, place: Place) -> Option:
    """The axis of values; where each column has its number, none is needed."""
    percent = chart.measure is Measure.PERCENT
    most = {"max": 100, "interval": 25} if percent else {"max": None if _highest(chart) else 1}
    return most | {
        "type": "value",
        "min": 0,
        "minInterval": 0 if chart.measure is Measure.HOURS else 1,
        "splitNumber": 3,
        "splitLine": {"show": chart.kind is ChartKind.LINE, "lineStyle": {"color": TRACK}},
        "axisLabel": {
            "show": chart.kind is ChartKind.LINE,
            "color": SOFT,
            "fontSize": place.font - 1,
            "formatter": "{value}%" if percent else "{value}",
        },
    }


def _highest(chart: Chart) -> float:
    return max((point.value or 0 for one in chart.series for point in one.points), default=0)


def _number(chart: Chart, place: Place) -> Option:
    """The value above its point."""
    formatter = "{c}%" if chart.measure is Measure.PERCENT else "{c}"
    look = {"color": INK, "fontSize": place.font, "formatter": formatter}
    return {"show": True, "position": "top", **look}


def _column(one: Series, chart: Chart, place: Place) -> Option:
    return {
        "type": "bar",
        "name": one.name,
        "data": [point.value for point in one.points],
        "barMaxWidth": place.font * 3,
        "barCategoryGap": "30%",
        "itemStyle": {"borderRadius": [2, 2, 0, 0]},
        "label": _number(chart, place),
        "emphasis": {"disabled": True},
    }


def _line(one: Series, chart: Chart, place: Place) -> Option:
    """A line, with words at its highest point and at its end."""
    values = [point.value for point in one.points]
    drawn = [at for at, value in enumerate(values) if value is not None]
    marked = {max(drawn, key=lambda at: values[at] or 0), drawn[-1]} if drawn else set()
    data = []
    for at, value in enumerate(values):
        side = {0: "left", len(values) - 1: "right"}.get(at, "center")
        words = {"symbolSize": 9, "label": _number(chart, place) | {"align": side}} if at in marked else {}
        data.append({"value": value} | words)
    return {
        "type": "line",
        "name": one.name,
        "data": data,
        "symbol": "circle",
        "symbolSize": 5,
        "showAllSymbol": True,
        "lineStyle": {"width": 2.5},
        "areaStyle": {"opacity": 0.08},
    }


# --- parts of a whole --------------------------------------------------------------------------------


def shares(chart: Chart, place: Place) -> Option:
    """Parts of a whole: a ring, with the whole in its middle."""
    points = chart.series[0].points if chart.series else ()
    tall = place.font * ROUND
    slices = [
        {"name": f"{label}\n{point.said}", "value": point.value}
        for label, point in zip(chart.labels, points, strict=True)
        if point.value
    ]
    pie = {
        "type": "pie",
        "top": place.top,
        "height": round(tall),
        "radius": ["34%", "56%"],
        "startAngle": 90,
        "color": list(_SLICES),
        "data": slices,
        "label": {
            "formatter": "{b}",
            "color": INK,
            "fontSize": place.font,
            "lineHeight": round(place.font * 1.3),
            "alignTo": "edge",
            "edgeDistance": place.side,
            "minMargin": place.font // 3,
            "overflow": "none",
        },
        "labelLine": {"length": place.font // 2, "length2": 0},
        "itemStyle": {"borderColor": "#fff", "borderWidth": 2},
        "emphasis": {"disabled": True},
    }
    middle = {
        "text": chart.whole.replace(" ", "\n", 1),
        "left": "center",
        "top": round(place.top + tall / 2 - place.font * _LINE),
        "padding": 0,
        "textStyle": {
            "fontSize": place.font,
            "lineHeight": round(place.font * _LINE),
            "color": INK,
            "fontWeight": "normal",
        },
    }
    return {"title": [middle], "series": [pie]}
