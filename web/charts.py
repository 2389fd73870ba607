"""Charts on the pages: what `charts.html` needs to show a chart, and the library that draws it."""

from dataclasses import dataclass

from jinja2 import Environment
from starlette.staticfiles import StaticFiles

from domain.chart import Chart
from reports.echarts import ASSETS, SCRIPT, height, option
from reports.shapes import Option

ADDRESS = "/static/echarts"
"""Where browsers find the library."""


@dataclass(frozen=True, slots=True)
class Plot:
    """What the script on the page draws: an option of ECharts, so many pixels high."""

    option: Option
    height: int


def plot(chart: Chart) -> Plot:
    """The plot of a chart, as wide as the page lets it be."""
    return Plot(option(chart), height(chart))


def make_known(environment: Environment) -> None:
    """Let templates use `charts.html`."""
    environment.filters["plot"] = plot
    environment.globals["echarts"] = f"{ADDRESS}/{SCRIPT}"


def asset() -> StaticFiles:
    """The library, as a file of our own: nothing is fetched from elsewhere."""
    return StaticFiles(directory=ASSETS)
