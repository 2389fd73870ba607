"""A program that reads Open311 from the bot of a chat, with a key or without one."""

from typing import Any

import httpx
from fastapi import FastAPI

from bot.open311 import Open311Desk
from bot.settings import Settings
from tests.chat import Chat
from tests.web.fake import FakeRoom
from tests.web.fake_entrance import FakeEntrance, rates
from tests.web.reading import HOME
from web.app import Desks, create_app

KEY, OTHER_KEY = "key-of-the-city-map", "key-of-the-hotline-"
WITH_KEY = {"api_key": KEY}
TELEPHONE = "13812345678"
"""What an officer has said, and nobody reads here."""
V2 = f"{HOME}/open311/v2"


def pages(chat: Chat, *, public: bool = False, keys: tuple[str, ...] = (KEY, OTHER_KEY)) -> FastAPI:
    """The program's pages with this chat's bot behind them."""
    given = Settings(_env_file=None, open311_keys=list(keys), open311_public=public)
    wanted = {"open311_keys": given.open311_keys, "open311_public": public}
    settings = chat.settings.model_copy(update=wanted)
    outside = Open311Desk(chat.database, settings, chat.clock)
    return create_app(FakeRoom(), None, Desks(FakeEntrance(), rates(), HOME, open311=outside), key="sesame")


def calling(
    chat: Chat, *, public: bool = False, keys: tuple[str, ...] = (KEY, OTHER_KEY)
) -> httpx.AsyncClient:
    """A program that knows this address, and the bot of this chat behind it."""
    transport = httpx.ASGITransport(pages(chat, public=public, keys=keys))
    return httpx.AsyncClient(transport=transport, base_url=HOME)


async def given(program: httpx.AsyncClient, **query: str) -> list[dict[str, Any]]:
    """The requests that are given for a query, with the key."""
    answer = await program.get(f"{V2}/requests.json", params=WITH_KEY | query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def numbers(program: httpx.AsyncClient, **query: str) -> list[str]:
    """Their numbers."""
    return [one["service_request_id"] for one in await given(program, **query)]
