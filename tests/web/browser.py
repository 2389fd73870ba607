"""A person at the page: what they do and what they see, in the words of the page."""

import re
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, async_playwright, expect

CHROMIUM = "/usr/bin/chromium"
ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = (390, 844)
SMALL_PHONE = (360, 640)
DESKTOP = (1280, 800)
PATIENCE = 20_000
"""Milliseconds a busy machine may take for what is usually there at once."""

expect.set_options(timeout=PATIENCE)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium, headless."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        await browser.close()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with the chat open in front of them."""

    page: Page
    errors: list[str]

    @property
    def log(self) -> Locator:
        """The conversation that is open."""
        return self.page.locator(".screen:not([hidden]) .log")

    @property
    def words(self) -> Locator:
        """The field one writes in."""
        return self.page.get_by_role("textbox", name="消息")

    async def say(self, text: str) -> None:
        """Write and press Enter."""
        await self.words.fill(text)
        await self.words.press("Enter")

    async def sees(self, text: str) -> None:
        """Wait until `text` stands in the conversation."""
        await expect(self.log.get_by_text(text).first).to_be_visible()

    async def does_not_see(self, text: str) -> None:
        """Make sure `text` stands nowhere in the conversation."""
        await expect(self.log.get_by_text(text)).to_have_count(0)

    async def turn_to(self, tab: str) -> None:
        """Open the tab 群聊, 网格管家 or 工单."""
        await self.page.get_by_role("tab", name=re.compile(f"^{tab}")).click()

    async def choose(self, text: str, action: str) -> None:
        """Right-click the bubble with `text` and choose 引用, 撤回, …"""
        await self.log.locator(".bubble", has_text=text).click(button="right")
        await self.page.get_by_role("menuitem", name=action).click()

    async def attach(self, *files: tuple[str, str, bytes]) -> None:
        """Choose files to send: (name, type, content)."""
        chosen = [{"name": name, "mimeType": mime, "buffer": content} for name, mime, content in files]
        await self.page.locator("#files").set_input_files(chosen)  # type: ignore[arg-type]  # a TypedDict


@asynccontextmanager
async def looking(
    browser: Browser,
    address: str,
    size: Sequence[int] = DESKTOP,
    cookies: Mapping[str, str] | None = None,
    refusals: Collection[int] = (),
) -> AsyncIterator[Person]:
    """Open `address` in a window of its own; whatever the page complains about fails the test at the end.

    With `cookies` somebody has logged in. The browser complains of answers like 404, too: those in
    `refusals` are wanted.
    """
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=size in (PHONE, SMALL_PHONE),
        reduced_motion="reduce",
        locale="zh-CN",
    )
    context.set_default_timeout(PATIENCE)
    held = [{"name": name, "value": value, "url": address} for name, value in (cookies or {}).items()]
    await context.add_cookies(held)  # type: ignore[arg-type]  # a TypedDict
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    wanted = tuple(f"the server responded with a status of {status} " for status in refusals)
    page.on("console", lambda said: errors.append(said.text) if _complains(said, wanted) else None)
    await page.goto(address)
    yield Person(page, errors)
    await context.close()
    assert errors == []


def _complains(said: ConsoleMessage, wanted: Sequence[str]) -> bool:
    return said.type == "error" and not any(one in said.text for one in wanted)
