"""The connection to a gateway, where its edges are sharp."""

import asyncio

import pytest

from bot.chat.wechat.line import NotConnected
from bot.chat.wechat.puppet import GatewayPuppet


async def test_closed_while_a_call_is_connecting_it_stays_closed() -> None:
    gateway = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = gateway.sockets[0].getsockname()[1]
    puppet = GatewayPuppet(f"127.0.0.1:{port}", "a-token")
    puppet.open()
    line = puppet.channel
    assert line
    call = asyncio.create_task(line.__connect__())
    await asyncio.sleep(0)
    puppet.close()
    with pytest.raises(NotConnected):
        await call
    assert not line._connected  # noqa: SLF001 - grpclib shows it nowhere else
    with pytest.raises(NotConnected):
        await line.__connect__()
    gateway.close()
    await gateway.wait_closed()
