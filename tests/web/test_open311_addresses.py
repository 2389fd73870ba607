"""The addresses of Open311: the services, the discovery, who may read, and what is not there."""

import json
from xml.etree import ElementTree as ET

import httpx
import pytest

from domain.category import categories
from tests.chat import Chat
from tests.web.fake import FakeRoom
from tests.web.fake_entrance import FakeEntrance, rates
from tests.web.open311 import KEY, OTHER_KEY, V2, WITH_KEY, calling
from tests.web.reading import HOME
from web.app import Desks, create_app


async def test_the_services_are_the_categories(program: httpx.AsyncClient) -> None:
    found = (await program.get(f"{V2}/services.json", params=WITH_KEY)).json()
    assert [(one["service_code"], one["service_name"], one["group"]) for one in found] == [
        (one.code, one.name, one.campaign) for one in categories().values()
    ]
    assert {(one["metadata"], one["type"]) for one in found} == {(False, "realtime")}
    top = ET.fromstring((await program.get(f"{V2}/services.xml", params=WITH_KEY)).text)  # noqa: S314
    assert [one.findtext("service_code") for one in top.findall("service")] == [
        one["service_code"] for one in found
    ]
    assert {one.findtext("metadata") for one in top} == {"false"}


async def test_a_services_definition_asks_for_nothing_more(program: httpx.AsyncClient) -> None:
    found = await program.get(f"{V2}/services/HJ-1.json", params=WITH_KEY)
    assert found.json() == {"service_code": "HJ-1", "attributes": []}
    text = (await program.get(f"{V2}/services/HJ-1.xml", params=WITH_KEY)).text
    assert text.endswith(
        "<service_definition><service_code>HJ-1</service_code><attributes /></service_definition>"
    )
    assert (await program.get(f"{V2}/services/HJ-9.json", params=WITH_KEY)).status_code == 404


@pytest.mark.parametrize(("public", "says"), [(False, "要带 api_key"), (True, "不用 api_key")])
async def test_the_discovery_says_where_it_is_and_how_to_get_a_key(
    chat: Chat, says: str, *, public: bool
) -> None:
    async with calling(chat, public=public) as program:
        found = (await program.get(f"{V2}/discovery.json")).json()
        top = ET.fromstring((await program.get(f"{V2}/discovery.xml")).text)  # noqa: S314
    assert says in found["key_service"]
    assert [one["url"] for one in found["endpoints"]] == [V2]
    assert [one.text for one in top.iter("format")] == ["application/json", "text/xml"]
    assert top.findtext("endpoints/endpoint/specification") == "http://wiki.open311.org/GeoReport_v2"


@pytest.mark.parametrize("path", ["services", "services/HJ-1", "requests", "requests/20260511-001"])
@pytest.mark.parametrize("key", [None, "", "wrong", KEY[:-1], "sesame", "密钥"])
@pytest.mark.usefixtures("three_tickets")
async def test_without_a_key_nothing_is_read(program: httpx.AsyncClient, path: str, key: str | None) -> None:
    answer = await program.get(f"{V2}/{path}.xml", params={"api_key": key} if key is not None else {})
    top = ET.fromstring(answer.text)  # noqa: S314
    assert answer.status_code == 403
    assert [(one.findtext("code"), one.findtext("description")) for one in top.findall("error")] == [
        ("403", "缺少 api_key，或者不对")
    ]
    for one in (KEY, OTHER_KEY):
        assert (await program.get(f"{V2}/{path}.json", params={"api_key": one})).status_code == 200


@pytest.mark.usefixtures("three_tickets")
async def test_where_the_bureau_wants_it_anybody_may_read(chat: Chat) -> None:
    async with calling(chat, public=True, keys=()) as program:
        assert len((await program.get(f"{V2}/requests.json")).json()) == 3


@pytest.mark.parametrize(
    "address", ["nowhere", "requests", "requests/1.pdf", "requests/20260511-009.json", "x/y.xml"]
)
async def test_what_is_not_there_is_said_in_the_standards_form(
    program: httpx.AsyncClient, address: str
) -> None:
    answer = await program.get(f"{V2}/{address}", params=WITH_KEY, headers={"Accept": "text/html"})
    status = 400 if address.endswith("pdf") else 404
    assert answer.status_code == status
    if address.endswith("xml"):
        assert answer.text.startswith(
            '<?xml version="1.0" encoding="utf-8"?>\n<errors><error><code>404</code>'
        )
    else:
        assert [one["code"] for one in answer.json()] == [status]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.usefixtures("three_tickets")
async def test_it_is_read_and_not_written(chat: Chat, program: httpx.AsyncClient, method: str) -> None:
    for path in ("requests.json", "requests/20260511-001.json", "services.json"):
        answer = await program.request(method, f"{V2}/{path}", params=WITH_KEY, data={"service_code": "HJ-1"})
        assert answer.status_code == 405
        assert answer.json() == [{"code": 405, "description": "只能读（GET）"}]
    assert len(await chat.tickets()) == 3


async def test_where_there_is_no_key_and_it_is_not_public_there_is_no_such_address() -> None:
    app = create_app(FakeRoom(), None, Desks(FakeEntrance(), rates()), key="sesame")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOME) as program:
        for path in ("requests.json", "discovery.json"):
            answer = await program.get(f"{V2}/{path}", params=WITH_KEY)
            assert (answer.status_code, json.loads(answer.text)[0]["code"]) == (404, 404)
