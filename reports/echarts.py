"""From a chart to the option that ECharts draws: the same on a page and in a picture."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from domain.chart import Chart, ChartKind
from reports.shapes import INK, PLOT, ROUND, SOFT, Option, Place, lying, row, shares, standing

ASSETS = Path(str(files("reports"))) / "assets"
"""ECharts, for the pages as for the pictures; its licence and notice stand beside it."""
SCRIPT = "echarts.common.min.js"
FONT = "Noto Sans SC"
"""The family that comes with the program; pages have their own ones before it."""
_FAMILY = f'-apple-system, "PingFang SC", "Microsoft YaHei", "{FONT}", "WenQuanYi Micro Hei", sans-serif'
NOW, BEFORE = "#1d5fae", "#a9b4c0"
_LEGEND = 2.2


def height(chart: Chart, font: int = 14) -> int:
    """How high a plot wants to be, in pixels; its width is whatever there is."""
    legend = _LEGEND if _has_legend(chart) else 0
    if _lies(chart):
        return round(font * (legend + max(len(chart.labels), 1) * row(chart)))
    return round(font * (legend + (ROUND if chart.kind is ChartKind.SHARES else PLOT)))


def option(chart: Chart, place: Place | None = None) -> Option:
    """The option of a plot, without what stands around it; plain JSON, no functions."""
    place = place or Place()
    made = {
        "animation": False,
        "color": [NOW, BEFORE],
        "textStyle": {"fontFamily": _FAMILY, "fontSize": place.font, "color": INK},
        "tooltip": {"renderMode": "richText", "confine": True, "trigger": "item", "formatter": _hint(chart)},
        "aria": {"enabled": False},
    }
    if _has_legend(chart):
        made["legend"] = _legend(place)
        place = replace(place, top=place.top + place.font * _LEGEND)
    if chart.kind is ChartKind.SHARES:
        return made | shares(chart, place)
    return made | (lying(chart, place) if _lies(chart) else standing(chart, place))


def _lies(chart: Chart) -> bool:
    return chart.kind in (ChartKind.BARS, ChartKind.COMPARISON)


def _has_legend(chart: Chart) -> bool:
    return len(chart.series) > 1 and chart.kind is not ChartKind.SHARES


def _legend(place: Place) -> Option:
    return {
        "top": place.top,
        "left": place.side,
        "padding": 0,
        "itemWidth": place.font,
        "itemHeight": round(place.font * 0.7),
        "itemGap": place.font,
        "icon": "rect",
        "selectedMode": False,
        "textStyle": {"fontSize": place.font, "color": SOFT},
    }


def _hint(chart: Chart) -> str:
    """What is said where somebody points at it."""
    if chart.kind is ChartKind.SHARES:
        return "{b}"
    name = "{a}\n" if len(chart.series) > 1 else ""
    return f"{{b}}\n{name}{{c}} {chart.unit}"
