"""The pages about tickets in a browser: on a phone, on a desk, and for who listens instead of looking."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.web.axe import faults, needs_axe
from tests.web.browser import DESKTOP, PHONE, SMALL_PHONE, looking
from tests.web.office import ALL, Office, much_happened, office
from tests.web.serving import served

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMUNITY = "/communities/%E8%93%9D%E5%A4%A9%E9%83%A1%E7%A4%BE%E5%8C%BA"
PAGES = (
    "/",
    "/tickets",
    "/tickets?overdue=1&state=open",
    "/communities",
    COMMUNITY,
    "/tickets/{no}",
    "/reports",
)
ASIDE = (
    "/?month=2026-05&street=%E4%BA%AC%E5%B1%B1%E8%A1%97%E9%81%93",
    "/?month=x",
    "/tickets?state=nothing",
    "/tickets?words=%E6%B2%A1%E6%9C%89",
    "/tickets/{no}/reveal",
    "/tickets/20200101-001",
    "/login",
    "/login/a-link",
    "/login/x",
)
"""What stands around them: refusals, empty lists, and the way in."""


@pytest_asyncio.fixture(loop_scope="session")
async def open_office(furnished_file: Path, tmp_path: Path) -> AsyncIterator[tuple[Office, str]]:
    """The pages of the office on a port; the database is looked at, and never written to."""
    desk = office(f"sqlite:///{furnished_file}", tmp_path / "media")
    async with served(desk.app) as address:
        yield desk, address
    await desk.database.close()


async def way(desk: Office, page: str) -> str:
    """The address of a page; of a ticket that much has happened to."""
    return page.replace("{no}", await much_happened(desk))


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE, DESKTOP])
async def test_no_page_is_wider_than_its_window(
    browser: Browser, open_office: tuple[Office, str], size: tuple[int, int]
) -> None:
    desk, address = open_office
    async with looking(browser, f"{address}/", size, await desk.enter(ALL)) as person:
        for page in PAGES:
            await person.page.goto(address + await way(desk, page))
            assert await person.page.evaluate("document.documentElement.scrollWidth") == size[0], page


@needs_axe
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_nothing_keeps_people_from_using_a_page(
    browser: Browser, open_office: tuple[Office, str], size: tuple[int, int]
) -> None:
    desk, address = open_office
    desk.entrance.links["a-link"] = await desk.who(ALL)
    async with looking(browser, f"{address}/", size, await desk.enter(ALL), {400, 404}) as person:
        for page in (*PAGES, *ASIDE):
            await person.page.goto(address + await way(desk, page))
            for summary in await person.page.locator("summary").all():
                await summary.evaluate("one => { one.parentElement.open = true }")
            assert await faults(person.page) == [], page


@needs_axe
async def test_nothing_keeps_people_from_giving_a_reason_to_see_who_reported(
    browser: Browser, open_office: tuple[Office, str]
) -> None:
    desk, address = open_office
    async with looking(browser, f"{address}/login", PHONE, await desk.enter(ALL), {422}) as person:
        page = person.page
        await page.goto(address + await way(desk, "/tickets/{no}/reveal"))
        await page.get_by_label("为什么要看？").fill("看看")
        await page.get_by_role("button", name="查看").click()
        await expect(page.get_by_role("alert")).to_contain_text("理由要写清楚")
        assert await faults(page) == []


async def test_one_goes_from_what_is_late_to_the_ticket_and_its_community(
    browser: Browser, open_office: tuple[Office, str]
) -> None:
    desk, address = open_office
    async with looking(browser, address + "/", PHONE, await desk.enter(ALL)) as person:
        page = person.page
        await page.get_by_role("region", name="超期").get_by_role("link").first.click()
        await expect(page.get_by_role("heading", name="全过程记录")).to_be_visible()
        await page.get_by_role("main").get_by_role("link", name="社区").first.click()
        await expect(page.get_by_role("heading", name="近八周对接")).to_be_visible()


async def test_a_filter_is_chosen_and_the_address_is_one_to_send(
    browser: Browser, open_office: tuple[Office, str]
) -> None:
    desk, address = open_office
    async with looking(browser, address + "/tickets", DESKTOP, await desk.enter(ALL)) as person:
        page = person.page
        await page.get_by_text("筛选").first.click()
        await page.get_by_label("类别").select_option("油烟污染")
        await page.get_by_label("状态").select_option("open")
        await page.get_by_role("button", name="筛选").click()
        await page.wait_for_url("**/tickets?*")
        assert page.url.endswith("/tickets?category=%E6%B2%B9%E7%83%9F%E6%B1%A1%E6%9F%93&state=open")
        rows = page.get_by_role("table").get_by_role("row")
        assert await rows.count() > 1
        await expect(page.get_by_label("类别")).to_have_value("油烟污染")


async def test_a_street_and_a_month_are_chosen_for_the_first_page(
    browser: Browser, open_office: tuple[Office, str]
) -> None:
    desk, address = open_office
    async with looking(browser, address + "/", PHONE, await desk.enter(ALL)) as person:
        page = person.page
        await page.get_by_label("街道").select_option("京山街道")
        await page.get_by_role("button", name="看", exact=True).click()
        await page.wait_for_url("**/?street=%E4%BA%AC%E5%B1%B1%E8%A1%97%E9%81%93")
        await page.get_by_label("月份").select_option("5月")
        await page.get_by_role("button", name="看", exact=True).click()
        await expect(page.get_by_role("heading", name="5月三项数")).to_be_visible()
        await expect(page.get_by_label("街道")).to_have_value("京山街道")
        await page.get_by_role("link", name="全部，本月").click()
        await page.wait_for_url(f"{address}/")


async def test_the_pictures_of_figures_are_drawn(browser: Browser, open_office: tuple[Office, str]) -> None:
    desk, address = open_office
    async with looking(browser, address + "/", DESKTOP, await desk.enter(ALL)) as person:
        await expect(person.page.locator("canvas")).to_have_count(2)


async def test_tables_stay_tables_for_who_listens_on_a_phone(
    browser: Browser, open_office: tuple[Office, str]
) -> None:
    desk, address = open_office
    async with looking(browser, address + "/tickets", PHONE, await desk.enter(ALL)) as person:
        table = person.page.get_by_role("table", name="工单，新的在前")
        await expect(table.get_by_role("columnheader", name="时限")).to_have_count(1)
        assert await table.get_by_role("row").count() == 51
