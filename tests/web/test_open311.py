"""Open311 GeoReport v2 on a real database: what others' programs read, and what they do not."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
from fastapi import FastAPI

from bot.open311 import Open311Desk
from bot.settings import Settings
from domain.action import Action
from domain.category import categories
from tests.chat import OTHER_GROUP, Chat
from tests.conversations.meanings import does, report
from tests.web.conftest import HOME
from tests.web.fake import FakeRoom
from tests.web.fake_entrance import FakeEntrance, rates
from understanding import Reading
from web.app import Desks, create_app

KEY, OTHER_KEY = "key-of-the-city-map", "key-of-the-hotline-"
WITH_KEY = {"api_key": KEY}
PHONE = "13812345678"
FIELDS = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
]
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


@pytest.fixture
async def program(chat: Chat) -> AsyncIterator[httpx.AsyncClient]:
    async with calling(chat) as client:
        yield client


@pytest.fixture
async def three(chat: Chat, meaning: dict[str, Reading]) -> None:
    """Two tickets of one community, of which one is closed, and a day later one of another."""
    meaning["油烟"] = report("洪都中大道老王烧烤店3栋2单元301室")
    meaning["占道"] = report("东门口", "占道经营")
    meaning["垃圾"] = report("梅湖路", "暴露垃圾")
    await chat.say("李姐", "油烟")
    await chat.say("老涂", "占道")
    await chat.say("城管-李四", "20260511-002 已处理，电话" + PHONE, private=True)
    meaning["好了"] = does(Action.CONFIRM, (await chat.tickets())[1].no)
    await chat.say("老涂", "好了")
    await chat.wait(days=1)
    await chat.say("小万", "垃圾", group=OTHER_GROUP)


async def given(program: httpx.AsyncClient, **query: str) -> list[dict[str, Any]]:
    """The requests that are given for a query, with the key."""
    answer = await program.get(f"{V2}/requests.json", params=WITH_KEY | query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def numbers(program: httpx.AsyncClient, **query: str) -> list[str]:
    """Their numbers."""
    return [one["service_request_id"] for one in await given(program, **query)]


@pytest.mark.usefixtures("three")
async def test_a_ticket_is_given_in_the_standards_fields(chat: Chat, program: httpx.AsyncClient) -> None:
    (found,) = (await program.get(f"{V2}/requests/20260511-001.json", params=WITH_KEY)).json()
    ticket = (await chat.tickets())[0]
    assert ticket.resolve_by
    assert list(found) == FIELDS
    assert found["status"] == "open"
    assert found["status_notes"] == "已派遣"
    assert (found["service_name"], found["service_code"]) == ("油烟污染", "HJ-1")
    assert found["agency_responsible"] == "洪都街道城管中队"
    assert found["requested_datetime"] == "2026-05-11T18:00:20+08:00"
    assert found["expected_datetime"] == ticket.resolve_by.astimezone(chat.settings.timezone).isoformat()
    assert found["address"] == "洪都街道幸福里社区洪都中大道3栋"
    assert [
        found[name] for name in ("address_id", "zipcode", "lat", "long", "media_url", "service_notice")
    ] == [None] * 6


@pytest.mark.usefixtures("three")
async def test_what_has_become_of_it_is_told_with_its_moment(program: httpx.AsyncClient) -> None:
    (found,) = (await program.get(f"{V2}/requests/20260511-002.json", params=WITH_KEY)).json()
    assert (found["status"], found["status_notes"]) == ("closed", "已结案（反映人确认）")
    assert found["requested_datetime"] == "2026-05-11T18:00:50+08:00"
    assert found["updated_datetime"] == "2026-05-11T18:01:50+08:00"


@pytest.mark.usefixtures("three")
async def test_nothing_personal_is_in_it(program: httpx.AsyncClient) -> None:
    for form in ("json", "xml"):
        text = (await program.get(f"{V2}/requests.{form}", params=WITH_KEY)).text
        for word in (
            "李姐",
            "老涂",
            "小万",
            "李四",
            "陈五",
            "老王",
            "烧烤",
            "2单元",
            "301",
            PHONE,
            "已处理",
            "g:",
        ):
            assert word not in text


async def test_what_was_told_to_the_bot_alone_is_not_published(
    chat: Chat, program: httpx.AsyncClient, meaning: dict[str, Reading]
) -> None:
    meaning["私下说"] = report("3栋", "违章搭建")
    await chat.say("李姐", "私下说", private=True)
    no = (await chat.ticket()).no
    assert await numbers(program) == await numbers(program, service_request_id=no) == []
    assert (await program.get(f"{V2}/requests/{no}.json", params=WITH_KEY)).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "321"),
        ({"status": "open"}, "31"),
        ({"status": "closed"}, "2"),
        ({"status": "open,closed"}, "321"),
        ({"status": "closed, open"}, "321"),
        ({"status": ""}, "321"),
        ({"service_code": "HJ-1"}, "1"),
        ({"service_code": "HJ-1, LJ-2"}, "31"),
        ({"service_code": "LJ-1"}, ""),
        ({"service_code": "nothing"}, ""),
        ({"service_code": "HJ-1", "status": "closed"}, ""),
        ({"start_date": "2026-05-12T00:00:00+08:00"}, "3"),
        ({"end_date": "2026-05-12T00:00:00+08:00"}, "21"),
        ({"start_date": "2026-05-11T18:00:50+08:00", "end_date": "2026-05-11T18:00:50+08:00"}, "2"),
        ({"start_date": "2026-05-11T10:00:50Z", "end_date": "2026-05-11T10:00:50Z"}, "2"),
        ({"start_date": "2026-05-11T10:00:51Z"}, "3"),
        ({"end_date": "2026-05-11T10:00:49Z"}, "1"),
        ({"start_date": "2026-05-12"}, "3"),  # of the bureau's time zone
        ({"end_date": "2026-05-12"}, "21"),
        ({"start_date": "2026-02-11", "end_date": "2026-05-12"}, "21"),  # 90 days
        ({"start_date": "2026-05-13"}, ""),
        ({"start_date": "2026-02-10"}, ""),  # the 90 days that begin then
        ({"start_date": "2026-02-11"}, "21"),
        ({"start_date": "2026-02-10T19:00:00+08:00"}, "21"),
        ({"start_date": "2026-02-10T18:00:30+08:00"}, "1"),
        ({"service_request_id": "20260511-002"}, "2"),
        ({"service_request_id": "20260511-001,20260512-001, 20260513-009"}, "31"),
        ({"service_request_id": "20260511-001", "status": "closed", "start_date": "2026-05-13"}, "1"),
        ({"service_request_id": "20260511-001,20260511-001"}, "1"),
        ({"jurisdiction_id": "nanchang.gov.cn"}, "321"),
    ],
)
@pytest.mark.usefixtures("three")
async def test_what_is_asked_for_is_given_the_latest_first(
    program: httpx.AsyncClient, query: dict[str, str], found: str
) -> None:
    names = {"20260511-001": "1", "20260511-002": "2", "20260512-001": "3"}
    assert "".join(names[no] for no in await numbers(program, **query)) == found


async def test_without_a_period_the_last_90_days_are_given(
    chat: Chat, program: httpx.AsyncClient, meaning: dict[str, Reading]
) -> None:
    meaning["油烟"] = report()
    await chat.say("李姐", "油烟")
    chat.clock.advance((await chat.ticket()).opened_at + timedelta(days=90))
    assert len(await numbers(program)) == 1
    chat.clock.advance(chat.clock.now() + timedelta(seconds=1))
    assert await numbers(program) == []
    assert len(await numbers(program, end_date="2026-08-09T00:00:00+08:00")) == 1


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"start_date": "2026-02-11", "end_date": "2026-05-13"}, "不能超过 90 天"),
        ({"start_date": "2026-05-12", "end_date": "2026-05-11"}, "start_date 在 end_date 之后"),
        ({"start_date": "yesterday"}, "start_date 要写成"),
        ({"end_date": "2026-13-01T00:00:00Z"}, "end_date 要写成"),
        ({"end_date": "9999-12-31T23:59:59Z"}, "不能超过 90 天|太早或太晚"),
        ({"end_date": "0001-01-01T00:00:00Z"}, "太早或太晚"),
        ({"start_date": "0001-01-01T00:00:00+14:00"}, "start_date 要写成|太早"),
        ({"status": "done"}, "status 只能是"),
        ({"status": "open,done"}, "status 只能是"),
    ],
)
async def test_what_cannot_be_answered_is_refused_with_the_reason(
    program: httpx.AsyncClient, query: dict[str, str], why: str
) -> None:
    if query.get("end_date", "").startswith("9999"):
        query = query | {"start_date": "2026-05-01"}
    answer = await program.get(f"{V2}/requests.json", params=WITH_KEY | query)
    (problem,) = answer.json()
    assert (answer.status_code, problem["code"]) == (400, 400)
    assert any(one in problem["description"] for one in why.split("|")), problem


async def test_no_more_than_a_thousand_are_given(
    chat: Chat, program: httpx.AsyncClient, meaning: dict[str, Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.open311.MOST", 2)
    meaning["油烟"] = report()
    for who in ("李姐", "老涂", "小万"):
        await chat.say(who, "油烟")
    assert await numbers(program) == ["20260511-003", "20260511-002"]


@pytest.mark.usefixtures("three")
async def test_xml_says_the_same_as_json(program: httpx.AsyncClient) -> None:
    answer = await program.get(f"{V2}/requests.xml", params=WITH_KEY)
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    top = ET.fromstring(answer.text)  # noqa: S314  (our own answer)
    assert top.tag == "service_requests"
    assert {one.tag for one in top} == {"request"}
    said = [{part.tag: part.text for part in one} for one in top]
    assert said == await given(program)


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
@pytest.mark.usefixtures("three")
async def test_without_a_key_nothing_is_read(program: httpx.AsyncClient, path: str, key: str | None) -> None:
    answer = await program.get(f"{V2}/{path}.xml", params={"api_key": key} if key is not None else {})
    top = ET.fromstring(answer.text)  # noqa: S314
    assert answer.status_code == 403
    assert [(one.findtext("code"), one.findtext("description")) for one in top.findall("error")] == [
        ("403", "缺少 api_key，或者不对")
    ]
    for one in (KEY, OTHER_KEY):
        assert (await program.get(f"{V2}/{path}.json", params={"api_key": one})).status_code == 200


@pytest.mark.usefixtures("three")
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
@pytest.mark.usefixtures("three")
async def test_it_is_read_and_not_written(chat: Chat, program: httpx.AsyncClient, method: str) -> None:
    for path in ("requests.json", "requests/20260511-001.json", "services.json"):
        answer = await program.request(method, f"{V2}/{path}", params=WITH_KEY, data={"service_code": "HJ-1"})
        assert answer.status_code == 405
        assert answer.json() == [{"code": 405, "description": "只能读（GET）"}]
    assert len(await chat.tickets()) == 3


async def test_characters_that_xml_does_not_have_are_left_out(
    chat: Chat, program: httpx.AsyncClient, meaning: dict[str, Reading]
) -> None:
    meaning["油烟"] = report("洪都中大道")
    await chat.say("李姐", "油烟")
    async with chat.database.begin() as work:
        await work.connection.exec_driver_sql("UPDATE tickets SET community = 'a\x0b<b>&c'")
    text = (await program.get(f"{V2}/requests.xml", params=WITH_KEY)).text
    assert "<address>a&lt;b&gt;&amp;c" in text
    ET.fromstring(text)  # noqa: S314
    async with chat.database.begin() as work:
        await work.connection.exec_driver_sql("UPDATE tickets SET community = '幸福里社区'")


async def test_where_there_is_no_key_and_it_is_not_public_there_is_no_such_address() -> None:
    app = create_app(FakeRoom(), None, Desks(FakeEntrance(), rates()), key="sesame")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOME) as program:
        for path in ("requests.json", "discovery.json"):
            answer = await program.get(f"{V2}/{path}", params=WITH_KEY)
            assert (answer.status_code, json.loads(answer.text)[0]["code"]) == (404, 404)
