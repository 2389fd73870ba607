"""The figures of the pages: of a community, side by side, and each with its tickets."""

import html
import re

import httpx
import pytest

from domain.ids import MessageId
from domain.query import Group, Metric, Query
from domain.records import Exemption
from handlers.figures.reading import Viewer, figure
from tests.web.office import ALL, HONGDU, JINGSHAN, Office
from tests.web.reading import (
    HERE,
    OFFICER,
    WORKER,
    calling,
    numbers,
    seen,
    tickets,
    words,
)


async def test_a_community_has_its_people_its_figures_and_its_weeks(desk: Office) -> None:
    text = await seen(desk, OFFICER, f"/communities/{HERE}")
    community = next(c for c in (await desk.roster()).communities if c.name == HERE)
    for person in (*community.officers, *community.workers):
        assert person.name in text
    assert text.count("已对接") + text.count("没有对接") == 8
    mine = [one for one in await tickets(desk, HERE) if one.open]
    assert f"{len(mine)} 件，最先到期的在前" in text


async def test_below_ten_cases_there_are_fractions(desk: Office) -> None:
    text = await seen(desk, OFFICER, f"/communities/{HERE}")
    assert re.search(r"按期办结率 \d/\d 件", text)
    assert "%" not in text


async def test_communities_stand_in_the_order_of_the_roster(desk: Office) -> None:
    async with calling(desk, ALL) as client:
        page = (await client.get("/communities")).text
        start = (await client.get("/")).text
    names = [c.name for c in (await desk.roster()).communities]
    shown = re.findall(r'<a href="/communities/[^"]+">([^<]+)</a>', page)
    streets = list(dict.fromkeys(c.street for c in (await desk.roster()).communities))
    by_street = {c.name: streets.index(c.street) for c in (await desk.roster()).communities}
    assert shown == sorted(names, key=lambda name: by_street[name])
    section = start[start.index('id="communities"') :]
    active = re.findall(r'<a href="/communities/[^"]+">([^<]+)</a>', section)
    assert active == [name for name in names if name in active]
    assert len(active) > 10


async def test_a_group_of_figures_is_what_the_chat_would_say(desk: Office) -> None:
    async with desk.database.look() as work:
        roster = await work.roster()
        boss = roster.supervisor(ALL)
        assert boss
        viewer = Viewer(boss, roster, work, desk.settings.policy, desk.clock.now())
        found = await figure(Query(Metric.OPEN, Group.CAMPAIGN), viewer)
    async with calling(desk, ALL) as client:
        page = (await client.get("/")).text
    section = words(
        page[page.index('id="campaigns"') : page.index("figure", page.index('id="campaigns"') + 900)]
    )
    for row in found.rest:
        if row.cell.part:
            assert re.search(rf"{row.name} \d+ {row.cell.part} ", section), row.name


# --- from a figure to its tickets --------------------------------------------------------------------

LEADS = re.compile(r'<a (?:class="count" )?href="(/tickets\?[^"]+)">(.*?)</a>', re.DOTALL)


async def leads(client: httpx.AsyncClient, address: str) -> list[tuple[str, int]]:
    """Where a page's figures lead, and what they say: the last number of the link's words."""
    found = []
    for href, said in LEADS.findall((await client.get(address)).text):
        if numbers_said := re.findall(r"\d+(?![\d.])", words(said).replace(" ", "")):
            found.append((html.unescape(href), int(numbers_said[-1])))
    return found


@pytest.mark.parametrize(
    ("member", "address", "least"),
    [
        (ALL, "/", 60),
        (ALL, "/?month=2026-05", 60),
        (ALL, "/?street=京山街道&month=2026-05", 30),
        (JINGSHAN, "/", 30),
        (WORKER, "/", 10),
        (ALL, "/communities", 40),
        (JINGSHAN, f"/communities/{HERE}", 4),
    ],
)
async def test_every_figure_leads_to_exactly_its_tickets(
    desk: Office, member: str, address: str, least: int
) -> None:
    async with calling(desk, member) as client:
        found = await leads(client, address)
        for href, number in found:
            text = words((await client.get(href)).text)
            assert f"共 {number} 件" in text, href
    assert len(found) >= least


# --- one street, one month ---------------------------------------------------------------------------


async def test_the_first_page_of_one_street_is_the_one_that_its_supervisor_sees(desk: Office) -> None:
    mine = await seen(desk, JINGSHAN, "/")
    chosen = await seen(desk, ALL, "/?street=京山街道")
    assert mine[mine.index("这些数怎么算") :] == chosen[chosen.index("这些数怎么算") :]
    assert "京山街道，今天9:30" in chosen
    assert mine != await seen(desk, HONGDU, "/")


async def test_another_month_is_told_to_its_end_and_what_is_open_as_it_is_now(desk: Office) -> None:
    may, june = await seen(desk, ALL, "/?month=2026-05"), await seen(desk, ALL, "/?month=2026-06")
    for said in (
        "5月三项数 5月1日至5月31日：受理各类投诉",
        "5月受理 在办（现在） 超期（现在）",
        "到5月31日的八周",
    ):
        assert said in may, said
    for said in ("本月三项数 6月1日至6月24日：受理各类投诉", "本月受理 在办 超期", "近八周"):
        assert said in june, said
    closed = [one for one in await tickets(desk) if one.state.value == "closed" and one.ended_at]
    of_may = [one for one in closed if f"{one.ended_at:%Y-%m}" == "2026-05" and one.category == "店外经营"]
    assert f"办结的店外经营 {len(of_may)} 件" in may


@pytest.mark.parametrize(
    ("member", "query", "line"),
    [
        (ALL, "street=x", "街道“x”没有"),
        (JINGSHAN, "street=洪都街道", "街道“洪都街道”没有，或者不在您的范围里"),
        (ALL, "month=2026-07", "月份“2026-07”没有"),
        (ALL, "month=2025-06", "月份“2025-06”没有"),
        (ALL, "month=may", "月份“may”没有"),
        (OFFICER, "colour=red", "没有“colour”这个筛选"),
    ],
)
async def test_a_first_page_that_there_is_not_gets_a_clear_line(
    desk: Office, member: str, query: str, line: str
) -> None:
    async with calling(desk, member) as client:
        answer = await client.get(f"/?{query}")
    assert answer.status_code == 400
    assert line in words(answer.text)
    assert numbers(answer.text) == []


async def test_what_is_not_chosen_is_not_in_the_address(desk: Office) -> None:
    async with calling(desk, ALL) as client:
        some = await client.get("/?street=&month=2026-05")
        none = await client.get("/?street=&month=")
    assert (some.status_code, some.headers["location"]) == (303, "/?month=2026-05")
    assert (none.status_code, none.headers["location"]) == (303, "/")


# --- communities that were freed ---------------------------------------------------------------------


async def test_a_community_that_was_freed_from_the_week_is_not_missing(desk: Office) -> None:
    week, now = desk.settings.policy.week(desk.clock.now()), desk.clock.now()
    before = await seen(desk, JINGSHAN, "/")
    async with desk.database.begin() as work:
        no = MessageId("demo-m1")
        for monday in (week.monday, week.before.before.monday):
            await work.exemptions.add(Exemption(HERE, monday, JINGSHAN, "征地拆迁", no, now))
    after = await seen(desk, JINGSHAN, "/")
    assert "已对接 5/15 个社区" in before
    assert "已对接 5/14 个社区，另有 1 个不用对接" in after
    missing = after[after.index("还没有对接的") : after.index("各社区")]
    assert HERE not in missing
    assert f"{HERE} 城管-" in await seen(desk, JINGSHAN, "/communities")
    assert re.search(rf"{HERE} .*? 本周 不用对接", await seen(desk, JINGSHAN, "/communities"))
    weeks = await seen(desk, JINGSHAN, f"/communities/{HERE}")
    assert "6月22日至6月28日 不用对接" in weeks
    assert "6月15日至6月21日 已对接" in weeks
