"""The list of tickets: what its address may say, and what it gets."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.board import Selection
from domain.ids import MemberId, MessageId, TicketNo
from domain.people import Role
from domain.state import OPEN
from domain.ticket import Actor, Ticket
from handlers.board.filters import Filters
from tests.web.office import ALL, HONGDU, Office
from tests.web.reading import (
    HERE,
    calling,
    listed,
    numbers,
    seen,
    tickets,
    words,
)


async def test_filters_are_in_the_address(desk: Office) -> None:
    now, policy, every = desk.clock.now(), desk.settings.policy, await tickets(desk)
    names = {p.id: p.name for c in (await desk.roster()).communities for p in c.officers}
    someone = names[next(one.main for one in every if one.main)]
    first, last = "2026-06-08", "2026-06-14"
    cases: dict[str, Callable[[Ticket], bool]] = {
        "?state=open": lambda t: t.state in OPEN,
        "?state=closed": lambda t: t.state.value == "closed",
        "?overdue=1": lambda t: t.open and t.overdue(now),
        "?category=油烟污染": lambda t: t.category == "油烟污染",
        "?campaign=毁绿占绿": lambda t: t.category == "毁绿占绿",
        f"?community={HERE}": lambda t: t.community == HERE,
        f"?officer={someone}": lambda t: names.get(t.main) == someone,
        f"?from={first}&to={last}": lambda t: first <= policy.day(t.opened_at).isoformat() <= last,
        "?state=counted": lambda t: t.state.value not in {"rejected", "withdrawn"},
        f"?ended_from={first}&ended_to={last}": lambda t: (
            t.ended_at is not None and first <= policy.day(t.ended_at).isoformat() <= last
        ),
        "?words=小学": lambda t: "小学" in t.location,
        "?words=%25": lambda t: "%" in t.location,
        "?category=油烟污染&state=open": lambda t: t.category == "油烟污染" and t.state in OPEN,
    }
    for address, fits in cases.items():
        expected = [t.no for t in sorted(every, key=lambda t: (t.opened_at, t.no), reverse=True) if fits(t)]
        assert await listed(desk, ALL, f"/tickets{address}") == expected[:50], address
        assert expected or "%25" in address


async def test_a_street_is_a_filter_too(desk: Office) -> None:
    streets = {c.name: c.street for c in (await desk.roster()).communities}
    found = await listed(desk, ALL, "/tickets?street=洪都街道")
    by_no = {one.no: one.community for one in await tickets(desk)}
    assert found
    assert {streets[by_no[TicketNo(no)]] for no in found} == {"洪都街道"}


async def test_what_is_due_on_a_day_can_be_sent_as_a_link(desk: Office) -> None:
    async with calling(desk, ALL) as client:
        page = (await client.get("/")).text
    section = page[page.index('id="due"') : page.index('id="programme"')]
    assert sorted(await listed(desk, ALL, "/tickets?due=2026-06-24")) == sorted(numbers(section))
    assert set(await listed(desk, ALL, "/tickets?due=2026-06-26")).isdisjoint(numbers(section))


async def test_pages_follow_each_other_without_a_gap_whatever_comes_in_meanwhile(desk: Office) -> None:
    every = sorted(await tickets(desk), key=lambda t: (t.opened_at, t.no), reverse=True)
    found: list[str] = []
    address = "/tickets"
    async with calling(desk, ALL) as client:
        while address:
            page = (await client.get(address)).text
            found += numbers(page)
            more = re.search(r'href="([^"]+)" rel="next"', page)
            address = html.unescape(more[1]) if more else ""
            if len(found) == 50:
                await one_more(desk, every[0])
    assert found == [one.no for one in every]


async def one_more(desk: Office, like: Ticket) -> None:
    """A new ticket comes in."""
    now = desk.clock.now()
    async with desk.database.begin() as work:
        no = await work.tickets.next_no(desk.settings.policy.day(now))
        ticket = Ticket(no, like.community, like.group, like.category, "", urgent=False, opened_at=now)
        entry = ticket.register(
            Actor(Role.RESIDENT, MemberId("demo-r0-0"), reporter=True), MessageId("demo-m1")
        )
        await work.tickets.add(ticket, MemberId("demo-r0-0"), [entry])


WRONG = [
    ("state=nothing", "状态“nothing”没有"),
    ("from=2026-13-01", "受理从“2026-13-01”不是日期"),
    ("to=yesterday", "受理到“yesterday”不是日期"),
    ("due=0001-01-01", "到期日“0001-01-01”不是日期"),
    ("from=2026-06-10&to=2026-06-09", "开始的日期在结束的日期之后"),
    ("ended_from=2026-06-10&ended_to=2026-06-09", "开始的日期在结束的日期之后"),
    ("ended_to=soon", "结束到“soon”不是日期"),
    ("spot=20250101-001", "同一位置的工单“20250101-001”没有"),
    ("spot=x", "同一位置的工单“x”没有"),
    ("overdue=yes", "超期只能写 1"),
    ("officer=谁", "主办队员“谁”没有"),
    ("category=x", "类别“x”没有"),
    ("campaign=x", "整治行动“x”没有"),
    ("street=x", "街道“x”没有"),
    ("page=1", "页码“1”没有"),
    ("page=20250101-001", "页码“20250101-001”没有"),
    ("colour=red", "没有“colour”这个筛选"),
    ("words=" + "长" * 61, "位置里的字太长了"),
    ("words=a%00b", "位置里的字太长了"),
]


@pytest.mark.parametrize(("query", "line"), WRONG)
async def test_a_wrong_value_gets_a_clear_line(desk: Office, query: str, line: str) -> None:
    async with calling(desk, ALL) as client:
        answer = await client.get(f"/tickets?{query}")
    assert answer.status_code == 400
    assert line in words(answer.text)
    assert numbers(answer.text) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*Filters(*"abcdefghijklmno").said(), "x"]),
        st.one_of(
            st.text(max_size=70),
            st.sampled_from(
                ["1", "open", "closed", "油烟污染", "2026-06-24", "9999-12-31", "20260624-001", HERE]
            ),
        ),
    )
)
async def test_whatever_stands_in_the_address_is_answered(desk: Office, params: dict[str, str]) -> None:
    async with calling(desk, ALL) as client:
        answer = await client.get("/tickets", params=params)
    assert answer.status_code in {200, 303, 400}


async def test_an_address_names_only_what_is_filtered_by(desk: Office) -> None:
    async with calling(desk, ALL) as client:
        short = await client.get("/tickets?street=&community=&state=open&from=")
        none = await client.get("/tickets?street=&words=")
    assert (short.status_code, short.headers["location"]) == (303, "/tickets?state=open")
    assert (none.status_code, none.headers["location"]) == (303, "/tickets")


async def test_a_ticket_leads_to_those_of_its_kind_at_its_place_where_it_is_theirs(desk: Office) -> None:
    async with desk.database.look() as work:
        wanted = Selection(opened=(desk.clock.now() - timedelta(days=30), None))
        spot = (await work.board.recurring(wanted, desk.clock.now(), 3, 1))[0]
    found = await listed(desk, ALL, f"/tickets?spot={spot.latest.no}")
    alike = [one for one in await tickets(desk, spot.latest.community) if one.no in found]
    assert len(alike) == len(found) >= spot.total
    assert {(one.category, one.location) for one in alike} == {(spot.latest.category, spot.latest.location)}
    nowhere = next(one for one in await tickets(desk) if not one.location)
    assert await listed(desk, ALL, f"/tickets?spot={nowhere.no}") == []
    async with calling(desk, HONGDU) as client:
        answer = await client.get(f"/tickets?spot={spot.latest.no}")
    assert answer.status_code == 400


async def test_what_a_list_is_filtered_by_is_said_above_it(desk: Office) -> None:
    text = await seen(desk, ALL, f"/tickets?community={HERE}&state=open&from=2026-06-01&overdue=1")
    assert f"筛选 ：社区 {HERE}，状态 在办（全部），超期，受理从 2026-06-01 " in text
    assert "筛选 街道" in await seen(desk, ALL, "/tickets")
