"""Reading the pages about tickets as a browser gets them: by whom, what words, which tickets."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from domain.ticket import Ticket
from tests.web.office import Office

HOME = "http://127.0.0.1"
HTML = {"Accept": "text/html"}
HERE, THERE = "蓝天郡社区", "航翼社区"
"""A community of 京山街道 and one of 洪都街道."""
OFFICER, WORKER = "demo-o0", "demo-c0"
"""An officer and a worker of the first one."""


@asynccontextmanager
async def calling(desk: Office, member: str | None) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which somebody has logged in, or nobody."""
    cookies = await desk.enter(member) if member else {}
    transport = httpx.ASGITransport(desk.app)
    async with httpx.AsyncClient(transport=transport, base_url=HOME, headers=HTML, cookies=cookies) as client:
        yield client


async def seen(desk: Office, member: str, address: str) -> str:
    """The words of a page."""
    async with calling(desk, member) as client:
        answer = await client.get(address)
    assert answer.status_code == 200, address
    return words(answer.text)


def words(page: str) -> str:
    """What of a page is read."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def numbers(page: str) -> list[str]:
    """The tickets on a page, in their order."""
    return list(dict.fromkeys(re.findall(r"/tickets/(\d{8}-\d{3,})", page)))


async def tickets(desk: Office, community: str | None = None) -> list[Ticket]:
    async with desk.database.look() as work:
        return list(await work.tickets.all(community=community))


async def listed(desk: Office, member: str, address: str) -> list[str]:
    """The tickets of a list."""
    async with calling(desk, member) as client:
        answer = await client.get(address)
    assert answer.status_code == 200, words(answer.text)
    return numbers(answer.text)
