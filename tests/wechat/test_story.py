"""A whole story on a real gateway, as residents and officers live it."""

import base64

from domain.state import Outcome, State
from tests.wechat.bot import GROUP, Bot
from tests.wechat.gateway import needs_node

pytestmark = needs_node

PHOTO = base64.b64encode(b"\xff\xd8\xff\xe0 a photo").decode()
OTHER = base64.b64encode(b"\xff\xd8\xff\xe0 another photo").decode()


def quote(name: str, content: str, reply: str) -> str:
    """A quote, as WeChat hands it on."""
    return f"「{name}：{content}」\n- - - - - - - - - - - - - - -\n{reply}"


async def test_from_a_report_with_two_photos_to_the_end(bot: Bot) -> None:
    await bot.say("wxid_jie", "3栋楼下烧烤店油烟直往家里灌，窗户都不敢开")
    line = await bot.hears("已登记")
    assert set(line["mentions"]) == {"wxid_li", "wxid_chen"}
    assert line["text"].startswith("@城管-李四\u2005@城管陈五\u2005")
    for content in (PHOTO, OTHER):
        await bot.say("wxid_jie", kind="image", name="x.jpg", content=content)
    await bot.hears("油烟", to="wxid_li")
    await bot.settled(3)

    await bot.say("wxid_li", quote("网格管家", line["text"], "已处理"))
    await bot.say("wxid_li", kind="image", name="y.jpg", content=PHOTO)
    await bot.hears("队员反馈已处理")
    (ticket,) = await bot.tickets()
    assert ticket.state is State.REPORTED
    await bot.say("wxid_jie", "好了，谢谢")
    await bot.hears("已结案")
    (ticket,) = await bot.tickets()
    assert (ticket.state, ticket.outcome) == (State.CLOSED, Outcome.CONFIRMED)
    async with bot.database.begin() as work:
        kept = await work.tickets.media(ticket.no)
    assert len(kept) >= 2
    assert len(await bot.said(GROUP)) == 3
