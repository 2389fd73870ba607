"""A chart as a picture for a phone: ECharts in a small JavaScript engine, then our own font; no browser."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import quickjs
import resvg_py

from domain.chart import Chart
from reports.echarts import ASSETS, FONT, SCRIPT, height, option
from reports.shapes import INK, SOFT, Option, Place
from reports.words import width, wrapped

FONT_FILE = Path(str(files("reports"))) / "fonts" / "NotoSansSC-Regular.ttf"

WIDTH, _ZOOM, _COARSER = 450, 2.4, (1.8, 1.2)
"""Drawn for a phone of 450 points, in 1080 pixels: what is read there is as large as a page's own words.
What is too heavy then has fewer pixels."""
_HEAVIEST = 200_000
"""Bytes of a picture that is sent to a phone."""
SIDE = 22
_LETTER, _TITLE, _NOTE = 17, 24, 14
_LINE = 1.45
_GAP = 12
_MEMORY = 256 << 20


class NotDrawn(Exception):
    """A chart of which no picture can be made."""


def draw(chart: Chart) -> bytes:
    """The picture, a PNG; NotDrawn where none can be made. Takes half a second: call it in a thread."""
    try:
        drawn = svg(chart)
        png = _png(drawn, _ZOOM)
        for zoom in _COARSER:
            if len(png) > _HEAVIEST:
                png = _png(drawn, zoom)
    except (quickjs.JSException, ValueError) as error:
        raise NotDrawn(str(error)) from error
    return png


def svg(chart: Chart) -> str:
    """The picture as ECharts draws it. The engine belongs to the thread that made it: each call has one."""
    framed, tall = _framed(chart)
    engine = quickjs.Context()
    engine.set_memory_limit(_MEMORY)
    for script in _scripts():
        engine.eval(script)
    drawn: str = json.loads(engine.get("draw")(json.dumps(framed), WIDTH, tall))
    return drawn


def _png(drawn: str, zoom: float) -> bytes:
    """The picture with our own font alone, whatever the system has."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            background="#ffffff",
            zoom=zoom,
            skip_system_fonts=True,
            font_files=[str(FONT_FILE)],
            font_family=FONT,
            sans_serif_family=FONT,
        )
    )


@cache
def _scripts() -> tuple[str, ...]:
    return tuple((ASSETS / name).read_text(encoding="utf-8") for name in (SCRIPT, "draw.js"))


def _framed(chart: Chart) -> tuple[Option, int]:
    """The option with everything around the plot, and how high that is."""
    top = float(SIDE)
    titles: list[Option] = []
    heads = (chart.period, chart.whole)
    heading = " · ".join(one for one in heads if one)
    if width(heading) > (WIDTH - 2 * SIDE) / (_NOTE + 1):
        heading = "\n".join(heads)
    for text, size, colour in ((chart.title, _TITLE, INK), (heading, _NOTE + 1, SOFT)):
        block, top = _block(text, size, colour, top)
        titles.append(block)
    place = Place(_LETTER, top + _GAP, SIDE)
    plot = option(chart, place)
    top = place.top + height(chart, _LETTER) + _GAP
    for note in (*chart.notes, chart.source):
        block, top = _block(note, _NOTE, SOFT, top)
        titles.append(block)
    plot["title"] = [*plot.get("title", ()), *titles]
    plot["textStyle"] |= {"fontFamily": FONT}
    return plot, round(top + SIDE)


def _block(text: str, size: int, colour: str, top: float) -> tuple[Option, float]:
    """Lines of words beneath `top`, and where they end."""
    lines = [line for part in text.split("\n") for line in wrapped(part, (WIDTH - 2 * SIDE) / size)]
    line = round(size * _LINE)
    style = {
        "fontSize": size,
        "lineHeight": line,
        "color": colour,
        "fontWeight": "normal",
        "fontFamily": FONT,
    }
    block = {"text": "\n".join(lines), "left": SIDE, "top": top, "padding": 0, "textStyle": style}
    return block, top + (line * len(lines) if text else 0)
