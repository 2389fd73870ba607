"""The least that a Python client of a gateway can do, for `bench.wechat`: take events, fetch messages.

    python -m bench.beside.stub ENDPOINT TOKEN

Prints "ready" once the account is logged in, and then how many messages it has had.
"""

import asyncio
import json
import sys

from grpclib.client import Channel

from bench.beside.counting import Counter
from bot.chat.wechat.compat import PuppetStub

LOGIN, MESSAGE = 25, 2
AT_ONCE = 32


async def listen(endpoint: str, token: str) -> None:
    """Take what comes, for ever."""
    host, _, port = endpoint.rpartition(":")
    stub = PuppetStub(Channel(host, int(port)), metadata={"authorization": f"Wechaty {token}"})
    counter, free, tasks = Counter(), asyncio.Semaphore(AT_ONCE), set()

    async def fetch(key: str) -> None:
        async with free:
            await stub.message_payload(id=key)
        counter.one()

    await stub.start()
    async for event in stub.event():
        if int(event.type) == LOGIN:
            counter.ready()
        elif int(event.type) == MESSAGE:
            task = asyncio.create_task(fetch(json.loads(event.payload)["messageId"]))
            tasks.add(task)
            task.add_done_callback(tasks.discard)


if __name__ == "__main__":
    asyncio.run(listen(*sys.argv[1:]))
