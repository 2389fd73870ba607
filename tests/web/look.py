"""A look at the pages with a made-up group: `python -m tests.web.look [port]`."""

import asyncio
import sys

from domain.ids import MessageId
from tests.web.fake import BEIJING, BOT, LI, LIU, SUNSHINE, WANG, ZHOU, FakeRoom
from tests.web.serving import serving
from web.room import Draft, StepCard, TicketCard

PORT = 8023
SCRIPT = (
    (LI, "楼下烤鱼店又开始了，烟直接往窗户里灌😷"),
    (ZHOU, "我家也是，衣服都不敢晒"),
    (
        BOT,
        "李姐，您反映的“3栋楼下烤鱼店油烟”已登记，工单 20260511-001，已通知城管-王建国、城管小陈。\n有照片可以直接发在群里，我会放进工单。",
    ),
    (ZHOU, "@网格管家 广场东边的共享单车堆成山了，轮椅过不去"),
    (BOT, "老周，已登记，工单 20260511-002。"),
    (WANG, "收到，我和小陈 20 分钟到"),
    (LIU, "辛苦两位，我先去跟店老板打个招呼"),
    (WANG, "已经到现场，要求店家今晚先关炉，明天装净化器"),
    (LI, "太好了，谢谢！"),
)


def furnish(room: FakeRoom) -> None:
    """Fill the room with an evening's talk and three tickets."""
    said: dict[str, MessageId] = {}
    for who, text in SCRIPT:
        names = [BOT.id] if "@网格管家" in text else []
        quotes = said.get(SCRIPT[0][1]) if "关炉" in text else None
        said[text] = room.tell(SUNSHINE.id, who, Draft(text, mentions=names, quotes=quotes))
    at = room.now.astimezone(BEIJING)
    room.tell(SUNSHINE.id, BOT, Draft("李姐，您的工单 20260511-001 有进展了。", private=True), only=LI.id)
    grill = (
        StepCard(at, "网格管家", "登记并派单", ""),
        StepCard(at, "一楼老周", "附议", "我家也是，衣服都不敢晒"),
        StepCard(at, "城管-王建国", "接单", "收到，我和小陈 20 分钟到"),
        StepCard(at, "城管-王建国", "报告处理结果", "已经到现场，要求店家今晚先关炉，明天装净化器"),
    )
    officers = ["王建国", "小陈"]
    room.raise_ticket(
        SUNSHINE.id,
        TicketCard(
            "20260510-004",
            "暴露垃圾",
            "垃圾分类",
            "5栋东侧垃圾站",
            "已办结",
            True,
            False,
            1,
            officers,
            grill[:1],
        ),
        TicketCard(
            "20260511-001",
            "餐饮油烟",
            "环境污染",
            "3栋楼下烤鱼店",
            "待确认",
            False,
            False,
            2,
            officers,
            grill,
        ),
        TicketCard("20260511-002", "共享单车", "街面秩序", "", "待接单", False, True, 1, officers, grill[:1]),
    )


async def main(port: int) -> None:
    room = FakeRoom()
    furnish(room)
    async with serving(room, port=port) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else PORT))
