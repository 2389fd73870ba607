"""Pictures of the pages as they are: `python -m tests.web.shoot FOLDER`.

The office is the one of the tests, on a clock that stands, so the same pages give the same pictures.
`board-top-desk.png` is docs/dashboard.png.
"""

import asyncio
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.async_api import Browser

from bot.demo import furnish
from storage.database import Database
from storage.migrate import migrate
from tests.web.browser import DESKTOP, PHONE, chromium, looking
from tests.web.fake_entrance import ZHANG
from tests.web.office import ALL, Office, furnished, much_happened, office
from tests.web.serving import served

FILTERED = "/?street=%E4%BA%AC%E5%B1%B1%E8%A1%97%E9%81%93&month=2026-05"
HERE = "/communities/%E8%93%9D%E5%A4%A9%E9%83%A1%E7%A4%BE%E5%8C%BA"
SIZES = {"desk": DESKTOP, "phone": PHONE}
EMPTY = {"empty-board": "/", "empty-tickets": "/tickets", "empty-all": "/communities", "empty-one": HERE}


async def full(desk: Office) -> dict[str, str]:
    """Every page, by the name of its picture."""
    no = await much_happened(desk)
    desk.entrance.links["a-link"] = ZHANG
    return {
        "board": "/",
        "may": FILTERED,
        "tickets": "/tickets",
        "late": "/tickets?overdue=1&state=open",
        "wrong": "/tickets?state=nothing",
        "none": "/tickets?words=%E6%B2%A1%E6%9C%89",
        "ticket": f"/tickets/{no}",
        "reveal": f"/tickets/{no}/reveal",
        "communities": "/communities",
        "community": HERE,
        "reports": "/reports",
        "login": "/login",
        "login-link": "/login/a-link",
        "login-gone": "/login/x",
        "missing": "/tickets/20200101-001",
    }


async def shoot(browser: Browser, desk: Office, pages: Mapping[str, str], folder: Path) -> None:
    """Take these pages, at both widths."""
    async with served(desk.app) as address:
        for name, size in SIZES.items():
            cookies = await desk.enter(ALL)
            async with looking(browser, f"{address}/login", size, cookies, {400, 404}) as person:
                for page, path in pages.items():
                    await person.page.goto(address + path, wait_until="networkidle")
                    await person.page.screenshot(path=folder / f"{page}-top-{name}.png")
                    await person.page.screenshot(path=folder / f"{page}-{name}.png", full_page=True)


async def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        here = Path(temporary)
        addresses = [f"sqlite:///{here / name}" for name in ("full.db", "empty.db")]
        for address in addresses:
            await asyncio.to_thread(migrate, address)
        await furnished(addresses[0])
        await roster_alone(addresses[1])
        async with chromium() as browser:
            for address in addresses:
                desk = office(address, here)
                pages = await full(desk) if address == addresses[0] else EMPTY
                await shoot(browser, desk, pages, folder)
                await desk.database.close()


async def roster_alone(address: str) -> None:
    database = Database(address)
    await furnish(database)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
