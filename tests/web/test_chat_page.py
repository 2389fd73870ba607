"""The chat page in a browser: two people talking, each in a window of their own."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.web.browser import DESKTOP, PHONE, Person, looking
from tests.web.fake import BOT, LI, SUNSHINE, WANG, ZHOU, FakeRoom
from tests.web.pixels import png
from tests.web.serving import serving
from web.room import Draft, Upload

pytestmark = pytest.mark.asyncio(loop_scope="session")

Open = Callable[..., AbstractAsyncContextManager[Person]]
GROUP = SUNSHINE.id


@pytest_asyncio.fixture(loop_scope="session")
async def opened(room: FakeRoom, browser: Browser) -> AsyncIterator[Open]:
    """Opens a window on the group as the one named."""
    async with serving(room, upload_limit=50_000) as address:

        def window(who: str, size: Sequence[int] = DESKTOP) -> AbstractAsyncContextManager[Person]:
            return looking(browser, f"{address}/chat?group={GROUP}&as={who}", size)

        yield window


async def test_what_one_says_the_other_sees_at_once(opened: Open) -> None:
    async with opened("r1") as li, opened("o1") as wang:
        await li.say("楼下烤鱼店又冒烟了")
        await li.sees("楼下烤鱼店又冒烟了")
        await wang.sees("楼下烤鱼店又冒烟了")
        await expect(li.log.locator(".mine .bubble")).to_have_count(1)
        await expect(wang.log.locator(".theirs .name")).to_have_text("3栋李姐")
        await expect(li.words).to_have_value("")
        await wang.say("收到")
        await li.sees("收到")
        await expect(li.log.locator(".name .role")).to_have_text("执法队员")


async def test_one_becomes_somebody_else(opened: Open) -> None:
    async with opened("r1") as person:
        await person.page.get_by_role("button", name="我是").click()
        await person.page.get_by_role("dialog").get_by_role("link", name="城管-王建国").click()
        await expect(person.page).to_have_url(re.compile("as=o1"))
        await expect(person.page.get_by_role("button", name="我是")).to_contain_text("城管-王建国")


async def test_shift_enter_begins_a_line_and_enter_sends(opened: Open, room: FakeRoom) -> None:
    async with opened("r1") as li:
        await li.words.press_sequentially("第一行")
        await li.words.press("Shift+Enter")
        await li.words.press_sequentially("第二行")
        await li.words.press("Enter")
        await li.sees("第二行")
    assert [draft.text for _, draft in room.drafts] == ["第一行\n第二行"]


async def test_an_at_offers_the_members(opened: Open, room: FakeRoom) -> None:
    async with opened("r1") as li:
        await li.words.press_sequentially("@")
        options = li.page.get_by_role("option")
        await expect(options).to_have_count(6)
        await expect(options.first).to_contain_text("网格管家")
        await li.words.press_sequentially("小")
        await expect(options).to_have_count(2)
        await li.words.press("ArrowDown")
        await li.words.press("Enter")
        await expect(li.words).to_have_value("@社区网格员小刘 ")
        await li.page.get_by_role("button", name="提醒谁看").click()
        await options.filter(has_text="网格管家").click()
        await li.words.press_sequentially("垃圾没人收")
        await li.words.press("Enter")
        await li.sees("已登记")
        await expect(li.log.locator(".mine .mention").first).to_have_text("@社区网格员小刘")
    assert sorted(room.drafts[0][1].mentions) == ["bot", "c1"]


async def test_escape_closes_the_offer_and_keeps_the_words(opened: Open) -> None:
    async with opened("r1") as li:
        await li.words.press_sequentially("@王")
        await expect(li.page.get_by_role("listbox")).to_be_visible()
        await li.words.press("Escape")
        await expect(li.page.get_by_role("listbox")).to_be_hidden()
        await expect(li.words).to_have_value("@王")


async def test_a_quote_stands_below_the_answer(opened: Open, room: FakeRoom) -> None:
    asked = room.tell(GROUP, LI, Draft("今晚还来吗"))
    async with opened("o1") as wang:
        await wang.choose("今晚还来吗", "引用")
        await expect(wang.page.locator("#quote")).to_contain_text("3栋李姐：今晚还来吗")
        await wang.say("八点到")
        await expect(wang.log.locator(".quoted")).to_have_text("3栋李姐：今晚还来吗")
        await expect(wang.page.locator("#quote")).to_be_hidden()
    assert room.drafts[0][1].quotes == asked


async def test_one_takes_ones_own_words_back(opened: Open, room: FakeRoom) -> None:
    room.tell(GROUP, WANG, Draft("你们是哪栋"))
    async with opened("r1") as li, opened("r2") as zhou:
        await li.say("发错群了")
        await zhou.sees("发错群了")
        await li.choose("发错群了", "撤回")
        await li.sees("你撤回了一条消息")
        await zhou.sees("“3栋李姐”撤回了一条消息")
        await zhou.does_not_see("发错群了")
        await li.log.locator(".bubble", has_text="哪栋").click(button="right")
        await expect(li.page.get_by_role("menuitem", name="引用")).to_be_visible()
        await expect(li.page.get_by_role("menuitem", name="撤回")).to_have_count(0)


async def test_a_file_of_the_bots_is_saved_under_its_name(opened: Open, room: FakeRoom) -> None:
    table = Upload("工单 5月.xlsx", "application/vnd.ms-excel", b"PK a table")
    room.tell(GROUP, BOT, Draft(upload=table, private=True), only=WANG.id)
    async with opened("o1") as wang, opened("r1") as li:
        await wang.turn_to("网格管家")
        async with wang.page.expect_download() as saving:
            await wang.log.get_by_role("link", name="工单 5月.xlsx").click()
        saved = await saving.value
        assert saved.suggested_filename == "工单 5月.xlsx"
        assert (await saved.path()).read_bytes() == table.content
        await li.turn_to("网格管家")
        await li.does_not_see("工单 5月.xlsx")


async def test_pictures_go_one_after_another_and_then_the_words(opened: Open, room: FakeRoom) -> None:
    async with opened("r1") as li, opened("o1") as wang:
        await li.attach(("窗外.png", "image/png", png(90, 60)), ("炉子.png", "image/png", png(60, 90)))
        await li.attach(("情况.pdf", "application/pdf", b"%PDF-1.7"))
        await expect(li.page.locator("#tray li")).to_have_count(3)
        await li.page.get_by_role("button", name="不发 炉子.png").click()
        await li.say("就是这个烟")
        await wang.sees("就是这个烟")
        await expect(wang.log.locator(".picture img")).to_have_count(1)
        assert await wang.log.locator(".picture img").evaluate("image => image.naturalWidth") == 90
        await wang.sees("情况.pdf")
        await expect(li.page.locator("#tray")).to_be_hidden()
    sent = [draft.upload.name if draft.upload else draft.text for _, draft in room.drafts]
    assert sent == ["窗外.png", "情况.pdf", "就是这个烟"]


async def test_a_file_too_large_is_said_and_not_taken(opened: Open) -> None:
    async with opened("r1") as li:
        await li.attach(("大.png", "image/png", bytes(60_000)))
        await expect(li.page.get_by_role("alert")).to_have_text("文件太大，最多 49 KB。")
        await expect(li.page.locator("#tray li")).to_have_count(0)


async def test_a_refusal_is_shown_and_the_draft_stays(opened: Open, room: FakeRoom) -> None:
    room.refusal = "机器人正在休息，请稍后再发。"
    async with opened("r1") as li:
        await li.say("长长的一段话")
        await expect(li.page.get_by_role("alert")).to_have_text("机器人正在休息，请稍后再发。")
        await expect(li.words).to_have_value("长长的一段话")
        await li.page.reload()
        await expect(li.words).to_have_value("长长的一段话")
        room.refusal = None
        await li.words.press("Enter")
        await li.sees("长长的一段话")
        li.errors.clear()  # the browser itself complains about the refused call


async def test_private_talk_is_seen_by_nobody_else(opened: Open, room: FakeRoom) -> None:
    async with opened("r1") as li, opened("r2") as zhou:
        await li.turn_to("网格管家")
        await li.say("别说是我报的")
        await li.sees("只有您看得到")
        room.tell(GROUP, ZHOU, Draft("今天天气不错"))
        await zhou.sees("今天天气不错")
        await zhou.does_not_see("别说是我报的")
        await zhou.turn_to("网格管家")
        await zhou.does_not_see("别说是我报的")
        await li.turn_to("群聊")
        await li.does_not_see("别说是我报的")


async def test_a_dot_says_that_the_bot_has_written(opened: Open, room: FakeRoom) -> None:
    async with opened("r1") as li:
        dot = li.page.locator("#tab-private .dot")
        await expect(dot).to_be_hidden()
        room.tell(GROUP, BOT, Draft("您的工单有进展", private=True), only=LI.id)
        await expect(dot).to_be_visible()
        await expect(li.page.get_by_role("tab", name="网格管家，有新消息")).to_be_visible()
        await li.turn_to("网格管家")
        await li.sees("您的工单有进展")
        await expect(dot).to_be_hidden()
        await li.page.reload()
        await expect(li.page.locator("#screen-private .bubble")).to_have_count(1)
        await expect(dot).to_be_hidden()


async def test_what_people_write_is_never_markup(opened: Open, room: FakeRoom) -> None:
    nasty = "<img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script>"
    room.raise_ticket(GROUP)
    async with opened("r1") as li:
        await li.say(nasty)
        await li.sees(nasty)
        await li.choose("onerror", "引用")
        await li.say("引用它")
        await expect(li.log.locator(".quoted")).to_contain_text("<script>")
        await expect(li.log.locator("img, script")).to_have_count(0)
        assert await li.page.title() == "阳光花园业主群 · 3栋李姐"


async def test_wechats_faces_are_shown_as_faces(opened: Open, room: FakeRoom) -> None:
    room.tell(GROUP, ZHOU, Draft("辛苦了[强][抱拳]，[楼上] 说得对[1]"))
    async with opened("r1") as li:
        text = await li.log.locator(".bubble").inner_text()
    without_a_font = "辛苦了[强][抱拳]，[楼上] 说得对[1]"
    assert text in ("辛苦了👍🙏，[楼上] 说得对[1]", without_a_font)


async def test_the_reader_who_scrolled_up_is_left_alone(opened: Open, room: FakeRoom) -> None:
    for count in range(40):
        room.tell(GROUP, ZHOU, Draft(f"第{count}句"))
    async with opened("r1", PHONE) as li:
        await expect(li.log.get_by_text("第39句")).to_be_in_viewport()
        room.tell(GROUP, ZHOU, Draft("跟着走"))
        await expect(li.log.get_by_text("跟着走")).to_be_in_viewport()
        await li.log.evaluate("log => { log.scrollTop = 0; }")
        await expect(li.page.get_by_role("button", name="回到最新")).to_be_visible()
        room.tell(GROUP, ZHOU, Draft("又一句"))
        pill = li.page.get_by_role("button", name="1 条新消息")
        await expect(pill).to_be_visible()
        assert await li.log.evaluate("log => log.scrollTop") == 0
        await pill.click()
        await expect(li.log.get_by_text("又一句")).to_be_in_viewport()


async def test_the_page_comes_back_after_a_broken_connection(room: FakeRoom, browser: Browser) -> None:
    async with serving(room) as address, looking(browser, f"{address}/chat?group={GROUP}&as=r1") as li:
        await expect(li.log).to_have_attribute("aria-busy", "false")
        await li.page.route("**/chat/events*", lambda route: route.abort())
        room.stop()
        await expect(li.page.get_by_text("正在重新连接")).to_be_visible()
        room.tell(GROUP, ZHOU, Draft("你不在的时候"))
        room.restart()
        await li.page.unroute("**/chat/events*")
        await li.sees("你不在的时候")
        await expect(li.page.get_by_text("正在重新连接")).to_be_hidden()
        li.errors.clear()  # the browser itself complains about the aborted calls
