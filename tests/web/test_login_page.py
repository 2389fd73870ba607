"""Getting into the pages as a person does it: asking in the chat, following the link, and going again."""

from collections.abc import Sequence

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.web.browser import DESKTOP, PATIENCE, SMALL_PHONE, Person, looking

pytestmark = [pytest.mark.timeout(180), pytest.mark.asyncio(loop_scope="session")]
BOSS = "?group=demo-g3&as=demo-s1"


async def follow_the_link(person: Person) -> Page:
    """Ask for a link in the private talk, and open it from the bubble: the page of the new tab."""
    await person.turn_to("网格管家")
    await person.say("看板")
    link = person.log.get_by_role("link", name="/login/").last
    await expect(link).to_be_visible()
    async with person.page.context.expect_page() as opened:
        await link.click()
    return await opened.value


async def fits(page: Page) -> bool:
    """Whether nothing sticks out at the side."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("size", [DESKTOP, SMALL_PHONE])
async def test_from_the_chat_into_the_pages_and_out(browser: Browser, demo: str, size: Sequence[int]) -> None:
    home = demo.removesuffix("/chat")
    async with looking(browser, demo + BOSS, size) as boss:
        page = await follow_the_link(boss)
        await expect(page.get_by_text("您将以张局长的身份进入")).to_be_visible()
        assert await fits(page)
        address = page.url
        await page.get_by_role("button", name="进入").click()
        await page.wait_for_url(f"{home}/")
        await expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
        await expect(page.get_by_role("banner").get_by_text("全区").first).to_be_visible()
        assert await fits(page)
        await page.goto(address)  # it was used
        await expect(page.get_by_role("heading", name="这个链接用不了了")).to_be_visible()
        await page.goto(f"{home}/")
        await page.locator("summary", has_text="张局长").click()
        assert await fits(page)
        await page.get_by_role("button", name="退出", exact=True).click()
        await page.wait_for_url(f"{home}/login")
        answer = await page.goto(f"{home}/")
        assert answer is not None
        assert answer.status == 401
        assert await fits(page)


async def test_the_frame_is_used_with_the_keyboard_alone(browser: Browser, demo: str) -> None:
    home = demo.removesuffix("/chat")
    async with looking(browser, demo + BOSS) as boss:
        page = await follow_the_link(boss)
        await expect(page.get_by_role("heading", name="登录")).to_be_visible()
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name="进入")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"{home}/")
        await expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
        await page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="跳到正文")
        await expect(skip).to_be_focused()
        await expect(skip).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(page.locator("#content")).to_be_focused()
        await page.locator("summary").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name="退出", exact=True)).to_be_focused()


async def test_only_our_own_address_becomes_a_link(browser: Browser, demo: str) -> None:
    home = demo.removesuffix("/chat")
    async with looking(browser, f"{demo}?group=demo-g2&as=demo-r2-1") as resident:
        await resident.say(
            f"看这里 {home}/tickets?state=open，还有 {home}0/a http://evil.example/login/x {home}.evil.example/b"
        )
        await resident.sees("看这里")
        links = resident.log.locator(".bubble a")
        await expect(links).to_have_count(1, timeout=PATIENCE)
        assert await links.get_attribute("href") == f"{home}/tickets?state=open"
        assert await links.get_attribute("rel") == "noopener"


async def test_behind_a_proxy_the_program_knows_of_https_and_of_who_calls(demo: str) -> None:
    home = demo.removesuffix("/chat")
    with_tls = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    async with httpx.AsyncClient(base_url=home) as client:
        plain, secure = await client.get("/login"), await client.get("/login", headers=with_tls)
        assert "strict-transport-security" not in plain.headers
        assert secure.headers["strict-transport-security"] == "max-age=31536000"
        assert "server" not in secure.headers
        answers = [await client.get("/login/x", headers=with_tls) for _ in range(31)]
        assert [answer.status_code for answer in answers] == [404] * 30 + [429]
        assert (await client.get("/login/x")).status_code == 404  # another caller
