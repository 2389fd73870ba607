"""What others' programs ask Open311 for: which tickets, of what period, and at most how many."""

from datetime import timedelta

import httpx
import pytest

from tests.chat import Chat
from tests.conversations.meanings import report
from tests.web.open311 import V2, WITH_KEY, numbers
from understanding import Reading


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
@pytest.mark.usefixtures("three_tickets")
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
