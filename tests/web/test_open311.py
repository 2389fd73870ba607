"""Open311 GeoReport v2 on a real database: what others' programs read, and what they do not."""

from xml.etree import ElementTree as ET

import httpx
import pytest

from tests.chat import Chat
from tests.conversations.meanings import report
from tests.web.open311 import TELEPHONE, V2, WITH_KEY, given, numbers
from understanding import Reading

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


@pytest.mark.usefixtures("three_tickets")
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


@pytest.mark.usefixtures("three_tickets")
async def test_what_has_become_of_it_is_told_with_its_moment(program: httpx.AsyncClient) -> None:
    (found,) = (await program.get(f"{V2}/requests/20260511-002.json", params=WITH_KEY)).json()
    assert (found["status"], found["status_notes"]) == ("closed", "已结案（反映人确认）")
    assert found["requested_datetime"] == "2026-05-11T18:00:50+08:00"
    assert found["updated_datetime"] == "2026-05-11T18:01:50+08:00"


@pytest.mark.usefixtures("three_tickets")
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
            TELEPHONE,
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


@pytest.mark.usefixtures("three_tickets")
async def test_xml_says_the_same_as_json(program: httpx.AsyncClient) -> None:
    answer = await program.get(f"{V2}/requests.xml", params=WITH_KEY)
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    top = ET.fromstring(answer.text)  # noqa: S314  (our own answer)
    assert top.tag == "service_requests"
    assert {one.tag for one in top} == {"request"}
    said = [{part.tag: part.text for part in one} for one in top]
    assert said == await given(program)


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
