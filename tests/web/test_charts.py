"""Charts on a page: drawn by the browser from an asset of ours, under the pages' own rules, with a table beneath."""

import re

import httpx
import pytest
from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.async_api import Browser, Locator, expect
from starlette.responses import HTMLResponse

from domain.chart import Chart
from tests.reports.samples import KINDS, LONG, ODD, RANKING, RATES
from tests.web.browser import DESKTOP, PHONE, SMALL_PHONE, looking
from tests.web.fake import FakeRoom
from tests.web.serving import served
from web import charts
from web.app import HERE, create_app

INKED = "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v, i) => i % 4 == 3 && v).length"
pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGE = """
{% extends "base.html" %}
{% from "charts.html" import assets, chart %}
{% block head %}{{ assets() }}<link rel="stylesheet" href="/static/lobby.css">{% endblock %}
{% block body %}<main class="lobby-page"><h1>图</h1>
{% for one in all %}<section class="card">{{ chart(one, source=true) }}</section>{% endfor %}</main>{% endblock %}
"""


def page_of(*all_of_them: Chart) -> FastAPI:
    """The pages, and one more at /charts that shows these."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    charts.make_known(environment)
    app = create_app(FakeRoom())

    async def shown() -> HTMLResponse:
        return HTMLResponse(environment.from_string(PAGE).render(all=all_of_them))

    app.add_api_route("/charts", shown)
    return app


async def width_of_plot(figure: Locator) -> tuple[float, float]:
    """How wide its place is, and what is drawn in it."""
    place = await figure.locator(".chart-plot").bounding_box()
    drawn = await figure.locator("canvas").bounding_box()
    assert place
    assert drawn
    return place["width"], drawn["width"]


async def inked(figure: Locator) -> int:
    """How many pixels of its canvas are not empty."""
    return int(await figure.locator("canvas").evaluate(INKED))


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE, DESKTOP], ids=["small phone", "phone", "desktop"])
async def test_every_kind_is_drawn_as_wide_as_its_place(browser: Browser, size: tuple[int, int]) -> None:
    async with (
        served(page_of(*KINDS.values())) as address,
        looking(browser, f"{address}/charts", size) as person,
    ):
        figures = person.page.locator("figure[data-chart]")
        await expect(figures).to_have_count(len(KINDS))
        for figure in await figures.all():
            place, drawn = await width_of_plot(figure)
            assert drawn == place > 200
            assert await inked(figure) > 500
        assert await person.page.evaluate("document.documentElement.scrollWidth") == size[0]


async def test_what_is_odd_is_drawn_without_a_complaint(browser: Browser) -> None:
    async with (
        served(page_of(*ODD.values())) as address,
        looking(browser, f"{address}/charts", PHONE) as person,
    ):
        await expect(person.page.locator("figure canvas")).to_have_count(
            len([one for one in ODD.values() if one.labels])
        )
        await expect(person.page.get_by_text("这段时间没有数。")).to_have_count(2)
        assert await person.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


async def test_a_chart_follows_its_place(browser: Browser) -> None:
    async with served(page_of(RANKING)) as address, looking(browser, f"{address}/charts", DESKTOP) as person:
        figure = person.page.locator("figure")
        before, _ = await width_of_plot(figure)
        width, height = PHONE
        await person.page.set_viewport_size({"width": width, "height": height})
        await expect(figure.locator("canvas")).to_have_attribute("width", re.compile(r"3\d\d"))
        place, drawn = await width_of_plot(figure)
        assert drawn == place < before


async def test_the_numbers_stand_beneath_it_as_a_table(browser: Browser) -> None:
    async with served(page_of(RATES)) as address, looking(browser, f"{address}/charts", PHONE) as person:
        figure = person.page.get_by_role("figure")
        await expect(
            figure.get_by_role("img", name="洪都街道，各社区按期办结率（从低到高）的图")
        ).to_be_visible()
        row = figure.get_by_role("row", name=LONG)
        await expect(row).to_have_count(0)
        await figure.get_by_text("看数字").click()
        await expect(row.get_by_role("cell")).to_have_text("95%（19/20 件）")
        await expect(figure.get_by_role("columnheader").first).to_have_text("社区")


async def test_pointing_at_a_bar_says_what_it_is(browser: Browser) -> None:
    async with served(page_of(RANKING)) as address, looking(browser, f"{address}/charts", DESKTOP) as person:
        canvas = person.page.locator("figure canvas")
        before = await inked(person.page.locator("figure"))
        await canvas.hover(position={"x": 30, "y": 30})
        await person.page.wait_for_function(
            f"count => ({INKED})(document.querySelector('canvas')) > count", arg=before
        )


async def test_without_a_script_the_words_are_there() -> None:
    transport = httpx.ASGITransport(page_of(ODD["markup"]))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        page = (await client.get("/charts")).text
        asset = await client.get(f"{charts.ADDRESS}/echarts.common.min.js")
        licence = await client.get(f"{charts.ADDRESS}/LICENSE.echarts")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</th><td>40%（8/20 件）</td>" in page
    assert " style=" not in page
    assert (asset.status_code, licence.status_code) == (200, 200)
    assert "javascript" in asset.headers["content-type"]
