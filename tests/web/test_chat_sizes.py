"""The chat page on a phone and on a wide screen, by keyboard alone, and while a story plays."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.web.browser import DESKTOP, PHONE, SMALL_PHONE, Person, looking
from tests.web.fake import BEIJING, BOT, LI, STORY, SUNSHINE, WANG, ZHOU, FakeRoom
from tests.web.serving import serving
from web.room import Draft, StepCard, TicketCard

pytestmark = pytest.mark.asyncio(loop_scope="session")

GROUP = SUNSHINE.id


@pytest_asyncio.fixture(loop_scope="session")
async def address(room: FakeRoom) -> AsyncIterator[str]:
    async with serving(room) as address:
        yield address


def ticket(room: FakeRoom, state: str = "待接单") -> TicketCard:
    at = room.now.astimezone(BEIJING)
    steps = [StepCard(at, "网格管家", "登记", ""), StepCard(at, "城管-王建国", "接单", "马上到")]
    officers = ["王建国", "小陈"]
    return TicketCard(
        "20260511-001", "餐饮油烟", "环境污染", "3栋楼下", state, False, True, 3, officers, steps
    )


async def overflow(person: Person) -> int:
    """By how many pixels the page is wider than its window."""
    wide = await person.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return int(wide)


async def test_on_a_wide_screen_the_tickets_stand_beside_the_chat(
    browser: Browser, address: str, room: FakeRoom
) -> None:
    room.raise_ticket(GROUP, ticket(room))
    async with looking(browser, f"{address}/chat?group=g1&as=r1", DESKTOP) as li:
        card = li.page.get_by_role("complementary").get_by_role("listitem").first
        await expect(card).to_contain_text("餐饮油烟")
        await expect(card).to_contain_text("3 户反映")
        await expect(card).to_contain_text("紧急")
        await expect(card).to_contain_text("王建国、小陈")
        await card.get_by_text("全部经过（2 步）").click()
        await expect(card.get_by_text("马上到").last).to_be_visible()
        room.raise_ticket(GROUP, ticket(room, "处置中"))
        await expect(card.locator(".state")).to_have_text("处置中")
        await expect(card.locator("details")).to_have_attribute("open", "")
        await expect(li.page.get_by_role("tab", name="工单")).to_be_hidden()
        assert await overflow(li) <= 0


@pytest.mark.parametrize("size", [PHONE, SMALL_PHONE])
async def test_on_a_phone_the_tickets_are_behind_a_tab(
    browser: Browser, address: str, room: FakeRoom, size: Sequence[int]
) -> None:
    room.tell(GROUP, ZHOU, Draft("https://example.com/" + "a" * 200))
    async with looking(browser, f"{address}/chat?group=g1&as=r1", size) as li:
        await li.sees("example.com")
        assert await overflow(li) <= 0
        tab = li.page.get_by_role("tab", name="工单")
        room.raise_ticket(GROUP, ticket(room))
        await expect(tab.locator(".count")).to_have_text("1")
        await expect(tab.locator(".dot")).to_be_visible()
        await tab.click()
        await expect(li.page.get_by_text("餐饮油烟")).to_be_visible()
        await expect(tab.locator(".dot")).to_be_hidden()
        await expect(li.words).to_be_hidden()
        assert await overflow(li) <= 0
        await li.turn_to("群聊")
        await li.say("看到了")
        await li.sees("看到了")


async def test_a_phone_turned_into_a_wide_screen_shows_the_chat(browser: Browser, address: str) -> None:
    async with looking(browser, f"{address}/chat?group=g1&as=r1", PHONE) as li:
        await li.turn_to("工单")
        await li.page.set_viewport_size({"width": 1280, "height": 800})
        await expect(li.words).to_be_visible()
        await expect(li.page.get_by_role("complementary")).to_be_visible()


async def test_a_long_press_opens_the_menu(browser: Browser, address: str, room: FakeRoom) -> None:
    room.tell(GROUP, ZHOU, Draft("按住我"))
    async with looking(browser, f"{address}/chat?group=g1&as=r1", PHONE) as li:
        bubble = li.log.locator(".bubble", has_text="按住我")
        await bubble.dispatch_event("pointerdown", {"pointerType": "touch", "clientX": 90, "clientY": 120})
        await li.page.get_by_role("menuitem", name="引用").click()
        await expect(li.page.locator("#quote")).to_contain_text("按住我")


async def test_one_gets_about_by_keyboard(browser: Browser, address: str, room: FakeRoom) -> None:
    room.tell(GROUP, ZHOU, Draft("第一句"))
    room.tell(GROUP, WANG, Draft("第二句"))
    async with looking(browser, f"{address}/chat?group=g1&as=r1") as li:
        await li.sees("第二句")
        key = li.page.keyboard
        await key.press("Tab")
        await expect(li.page.get_by_role("link", name="跳到输入框")).to_be_focused()
        await li.page.locator("#tab-group").focus()
        await key.press("ArrowRight")
        await expect(li.page.get_by_role("tab", name="网格管家")).to_be_focused()
        await key.press("ArrowLeft")
        await key.press("Tab")
        await expect(li.log.locator(".bubble", has_text="第二句")).to_be_focused()
        await key.press("ArrowUp")
        await expect(li.log.locator(".bubble", has_text="第一句")).to_be_focused()


async def test_one_quotes_and_asks_the_bot_by_keyboard(
    browser: Browser, address: str, room: FakeRoom
) -> None:
    room.tell(GROUP, ZHOU, Draft("第一句"))
    async with looking(browser, f"{address}/chat?group=g1&as=r1") as li:
        await li.sees("第一句")
        key = li.page.keyboard
        bubble = li.log.locator(".bubble", has_text="第一句")
        await bubble.focus()
        await key.press("Enter")
        await expect(li.page.get_by_role("menuitem", name="引用")).to_be_focused()
        await key.press("Escape")
        await expect(li.page.get_by_role("menu")).to_be_hidden()
        await expect(bubble).to_be_focused()
        await key.press("Enter")
        await key.press("ArrowDown")
        await key.press("ArrowUp")
        await key.press("Enter")
        await expect(li.words).to_be_focused()
        await key.insert_text("@")
        await key.press("Enter")
        await key.insert_text("记一下")
        await key.press("Enter")
        await li.sees("已登记")
        await expect(li.words).to_be_focused()
    draft = room.drafts[0][1]
    assert (draft.text, draft.quotes, draft.mentions) == ("@网格管家 记一下", "g1-m1", ["bot"])


async def test_a_story_plays_before_the_eyes_of_whom_one_chooses(
    browser: Browser, address: str, room: FakeRoom
) -> None:
    async with looking(browser, f"{address}/chat?group=g1&as=o1") as watcher:
        await watcher.page.get_by_role("button", name="看一段示范群聊").click()
        await watcher.page.get_by_label("裂缝与一堵新砌的墙").check()
        await watcher.page.get_by_label("30 秒").check()
        await watcher.page.get_by_role("button", name="开始播放").click()
        await expect(watcher.page).to_have_url(re.compile("group=story-1&as=r1"))
        assert room.played == [("wall", 30)]
        await expect(watcher.words).to_have_count(0)
        room.tell(STORY.id, ZHOU, Draft("墙又裂了"))
        room.tell(STORY.id, BOT, Draft("只对李姐说", private=True), only=LI.id)
        room.show_progress(0.5)
        await watcher.sees("墙又裂了")
        await expect(watcher.page.get_by_text("正在播放 50%（只能看）")).to_be_visible()
        await watcher.turn_to("与网格管家的私聊")
        await watcher.sees("只对李姐说")
        await watcher.page.get_by_role("combobox", name="用谁的眼睛看").select_option(
            label="一楼老周（居民）"
        )
        await expect(watcher.page).to_have_url(re.compile("as=r2"))
        await watcher.turn_to("与网格管家的私聊")
        await watcher.does_not_see("只对李姐说")
        room.show_progress(1)
        await expect(watcher.page.get_by_text("播放完毕")).to_be_visible()
        await watcher.page.get_by_role("link", name="回到我的群").click()
        await expect(watcher.page).to_have_url(re.compile("group=g1&as=o1"))


async def test_one_enters_from_the_choice_of_groups(browser: Browser, address: str) -> None:
    async with looking(browser, f"{address}/", SMALL_PHONE) as somebody:
        assert await overflow(somebody) <= 0
        await (
            somebody.page.get_by_role("region", name="江边小区居民群")
            .get_by_role("link", name="一楼老周")
            .click()
        )
        await somebody.say("江边的人在吗")
        await somebody.sees("江边的人在吗")


async def test_the_key_in_the_address_lets_a_browser_in(browser: Browser, room: FakeRoom) -> None:
    async with (
        serving(room, key="sesame") as guarded,
        looking(browser, f"{guarded}/chat?key=sesame") as somebody,
    ):
        await expect(somebody.page).to_have_url(f"{guarded}/chat")
        await somebody.page.get_by_role("link", name="3栋李姐").click()
        await somebody.say("进来了")
        await somebody.sees("进来了")


async def test_every_text_stands_out_enough(browser: Browser, address: str, room: FakeRoom) -> None:
    ended = replace(ticket(room, "已办结"), no="20260510-001", ended=True, urgent=False)
    room.raise_ticket(GROUP, ended, ticket(room))
    for who in SUNSHINE.members:
        room.tell(
            GROUP,
            who,
            Draft("@网格管家 看看", mentions=[BOT.id], quotes=room.tell(GROUP, LI, Draft("怎么样"))),
        )
    async with looking(browser, f"{address}/chat?group=g1&as=r1") as li:
        await li.sees("看看")
        assert await li.page.evaluate(FAINT) == []


FAINT = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faint.push([walker.currentNode.data.trim(), contrast.toFixed(2)]);
  }
  return faint;
}"""
"""The texts on the page whose contrast to their ground is below 4.5 : 1."""
