"""The program as `./dev demo` starts it, in a browser: from a grumble to a closed ticket, and a story played."""

import pytest
from playwright.async_api import Browser, expect

from tests.web.browser import PATIENCE, PHONE, looking

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
)
pytestmark = [pytest.mark.timeout(180), pytest.mark.asyncio(loop_scope="session")]


async def test_from_a_grumble_to_a_closed_ticket(browser: Browser, demo: str) -> None:
    async with (
        looking(browser, f"{demo}?group=demo-g0&as=demo-r0-2") as resident,
        looking(browser, f"{demo}?group=demo-g0&as=demo-o0", PHONE) as officer,
    ):
        await resident.say("3栋楼下那家饭店的油烟好大，天天呛得我们开不了窗")
        await resident.sees("已登记：")
        await resident.sees("油烟污染，3栋")
        await officer.turn_to("网格管家")
        await officer.sees("位置：3栋楼下")
        await officer.turn_to("群聊")
        await officer.say("收到，马上过去")
        await expect(resident.page.get_by_text("已签收").first).to_be_visible(timeout=PATIENCE)
        await officer.say("已经处理好了，店家把排烟管改了")
        await resident.sees("队员反馈已处理")
        await resident.say("好了，没有味道了，谢谢")
        await resident.sees("已结案，谢谢")
        await expect(resident.page.get_by_text("已结案（反映人确认）").first).to_be_visible(timeout=PATIENCE)


async def test_a_picture_is_kept_and_what_is_recalled_is_gone(browser: Browser, demo: str) -> None:
    async with looking(browser, f"{demo}?group=demo-g1&as=demo-r1-3") as resident:
        await resident.attach(("a.png", "image/png", PICTURE))
        await resident.say("菜场后门的垃圾堆成山了，臭得要命，好几天没人收")
        await resident.sees("已登记：")
        await resident.choose("菜场后门的垃圾", "撤回")
        await resident.sees("已撤回")
        await resident.does_not_see("菜场后门的垃圾")


async def test_a_story_plays_by_itself(browser: Browser, demo: str) -> None:
    async with looking(browser, demo) as watcher:
        await watcher.page.locator("[data-story]").first.click()
        await watcher.page.get_by_role("dialog").get_by_role("button", name="开始播放").click()
        await watcher.sees("已登记：")
