"""A browser that calls on the pages behind the login, and sends their forms."""

import httpx

from tests.web.fake import FakeRoom
from tests.web.fake_entrance import FakeEntrance, desks
from tests.web.reading import HOME, HTML
from web.app import Desks, create_app
from web.session import form_token

FORM = HTML | {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
"""What a browser sends with a form of ours."""


def calling(
    entrance: FakeEntrance, *, behind: Desks | None = None, key: str | None = None, home: str = HOME
) -> httpx.AsyncClient:
    app = create_app(
        FakeRoom(), None, behind or desks(entrance), key=key, hosts=["127.0.0.1", "w.example.cn"]
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=home, headers=HTML)


def token(client: httpx.AsyncClient) -> str:
    """What a form of the session that this client holds carries."""
    return form_token(client.cookies["wangge_session"])
