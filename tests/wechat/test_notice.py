"""What the maintainer is told reaches a webhook, as the group robots of WeCom take it; a broken one hurts nobody."""

import asyncio
import json

from bot.chat.notice import Notices
from tests.wechat.bot import PATIENCE
from tests.wechat.gateway import free_port


async def test_the_webhook_gets_the_words() -> None:
    got: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        got.set_result(await reader.readexactly(length))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        notices = Notices(f"http://127.0.0.1:{port}/send?key=secret")
        notices.tell("微信没有登录")
        body = json.loads(await asyncio.wait_for(got, PATIENCE))
        await notices.close()
    assert body == {"msgtype": "text", "text": {"content": "网格管家：微信没有登录"}}


async def test_a_webhook_that_is_away_hurts_nobody() -> None:
    notices = Notices(f"http://127.0.0.1:{free_port()}/")
    notices.tell("断线了")
    await notices.close()
    assert notices.told == ["断线了"]
