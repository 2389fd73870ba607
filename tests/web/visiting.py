"""The real pages of a chat's real database, without a browser: somebody asks for a link and is in."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from bot.serve import desks
from tests.chat import Chat
from tests.web.fake import FakeRoom
from web.app import create_app
from web.session import form_token

HOME = "http://127.0.0.1:8310"
PAGE = {"Accept": "text/html"}
FORM = PAGE | {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
"""What a browser sends with a form of ours."""


@asynccontextmanager
async def visiting(chat: Chat, who: str | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at the pages; as `who` the roster names, by the link that the bot sends them."""
    app = create_app(FakeRoom(), None, desks(chat.settings, chat.database, chat.clock))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=PAGE) as client:
        if who:
            said = "".join(await chat.say(who, "看板", private=True))
            found = re.search(r"/login/[\w-]+", said)
            assert found, said
            entered = await client.post(found.group(), headers=FORM)
            assert entered.status_code == 303
        yield client


async def post(client: httpx.AsyncClient, address: str, **fields: str) -> httpx.Response:
    """Send a form as its page would."""
    token = form_token(client.cookies.get("wangge_session") or "")
    return await client.post(address, headers=FORM, data={"form_token": token, **fields})
