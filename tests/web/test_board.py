"""The pages about tickets, on an office with eight weeks behind it: what stands there, and for whom."""

import html
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.demo import sample_roster
from domain.board import Selection
from domain.ids import MemberId, MessageId, TicketNo
from domain.people import Role
from domain.query import Group, Metric, Query
from domain.state import OPEN
from domain.ticket import Actor, Ticket
from handlers.board.filters import Filters
from handlers.figures.reading import Viewer, figure
from storage.roster import save_roster
from tests.web.office import ALL, HONGDU, JINGSHAN, Office, office

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


# --- the first page ----------------------------------------------------------------------------------


async def test_the_first_page_says_what_the_chat_would_say(desk: Office) -> None:
    today = desk.settings.policy.day(desk.clock.now())
    text = await seen(desk, ALL, "/")
    for name, metric, day in (
        ("超期", Metric.OVERDUE, None),
        ("在办", Metric.OPEN, None),
        ("今日受理", Metric.TICKETS, today),
        ("今日结案", Metric.RESOLVED, today),
    ):
        async with desk.database.look() as work:
            roster = await work.roster()
            boss = roster.supervisor(ALL)
            assert boss
            viewer = Viewer(boss, roster, work, desk.settings.policy, desk.clock.now())
            found = await figure(Query(metric, None, day, day), viewer)
        assert f"{name} {found.total.part} 件" in text
        assert found.total.part


async def test_what_is_late_comes_first_and_the_longest_over_first_of_all(desk: Office) -> None:
    now = desk.clock.now()
    late = [one for one in await tickets(desk) if one.open and one.overdue(now)]
    late.sort(key=lambda one: (one.reported_at or one.paused_at or now) - one.resolve_by, reverse=True)  # type: ignore[operator]  # all have one
    async with calling(desk, ALL) as client:
        page = (await client.get("/")).text
    assert len(late) > 3
    assert numbers(page)[: len(late)] == [one.no for one in late][:10]
    assert page.index('id="late"') < page.index('id="due"') < page.index('id="campaigns"')


async def test_what_is_due_today_is_what_still_runs_until_midnight(desk: Office) -> None:
    now, policy = desk.clock.now(), desk.settings.policy
    due = [
        one
        for one in await tickets(desk)
        if one.waits_for_officers
        and one.paused_at is None
        and one.resolve_by
        and one.resolve_by >= now
        and policy.day(one.resolve_by) == policy.day(now)
    ]
    due.sort(key=lambda one: (one.resolve_by, one.no))
    async with calling(desk, ALL) as client:
        page = (await client.get("/")).text
    section = page[page.index('id="due"') : page.index('id="programme"')]
    assert len(due) > 2
    assert numbers(section) == [one.no for one in due]


async def test_a_spot_comes_back_with_three_of_a_kind_at_one_place(desk: Office) -> None:
    async with calling(desk, ALL) as client:
        page = (await client.get("/")).text
    section = words(page[page.index('id="spots"') : page.index('id="trend"')])
    counts = [
        int(count) for count in re.findall(r"(\d+) 件 建祥社区|(\d+) 件", section) for count in count if count
    ]
    assert "小学门口" in section
    assert "30 天内 3 件及以上" in section
    assert counts[0] >= 3


async def test_the_numbers_of_a_spot_are_settings(desk: Office) -> None:
    selection = Selection(opened=(desk.clock.now() - timedelta(days=30), None))
    async with desk.database.look() as work:
        three = await work.board.recurring(selection, desk.clock.now(), 3, 50)
        five = await work.board.recurring(selection, desk.clock.now(), 5, 50)
        lately = await work.board.recurring(
            Selection(opened=(desk.clock.now() - timedelta(days=2), None)), desk.clock.now(), 3, 50
        )
    assert len(three) > len(five) > len(lately) == 0
    assert all(one.total >= 3 and one.latest.location for one in three)


async def test_missing_check_ins_are_named_to_supervisors_alone(desk: Office) -> None:
    async with desk.database.look() as work:
        met = await work.board.met(desk.settings.policy.week(desk.clock.now()).monday)
    assert HERE not in met
    said = await seen(desk, JINGSHAN, "/")
    assert "还没有对接的" in said
    assert HERE in said[said.index("还没有对接的") :]
    said = await seen(desk, OFFICER, "/")
    assert "已对接 0/1 个社区" in said
    assert "还没有对接的" not in said


async def test_a_new_office_says_that_there_is_nothing_yet(empty_database: Path, tmp_path: Path) -> None:
    file = shutil.copyfile(empty_database, tmp_path / "new.db")
    desk = office(f"sqlite:///{file}", tmp_path / "media")
    async with desk.database.begin() as work:
        await save_roster(work.connection, sample_roster())
    assert "系统里还没有记录" in await seen(desk, ALL, "/")
    assert "还没有工单。" in await seen(desk, ALL, "/tickets")
    assert "还没有记录。" in await seen(desk, OFFICER, f"/communities/{HERE}")
    assert HERE in await seen(desk, OFFICER, "/communities")
    await desk.database.close()


# --- who sees what -----------------------------------------------------------------------------------


async def addresses(desk: Office, community: str) -> list[str]:
    """Every page that is about a community: its own, and those of a ticket of it."""
    no = (await tickets(desk, community))[0].no
    return [f"/communities/{quote(community)}", f"/tickets/{no}"]


@pytest.mark.parametrize(
    "address", ["/", "/tickets", "/communities", f"/communities/{HERE}", "/tickets/20260601-001"]
)
async def test_without_a_login_there_is_nothing(desk: Office, address: str) -> None:
    async with calling(desk, None) as client:
        answer = await client.get(address)
    assert answer.status_code == 401
    assert "社区" not in words(answer.text).replace("社区工作者", "")


@pytest.mark.parametrize(
    ("member", "here", "there"),
    [
        (ALL, 200, 200),
        (JINGSHAN, 200, 404),
        (HONGDU, 404, 200),
        (OFFICER, 200, 404),
        (WORKER, 200, 404),
    ],
)
async def test_each_sees_their_own_and_of_the_rest_not_that_it_exists(
    desk: Office, member: str, here: int, there: int
) -> None:
    busy = "灌婴社区" if member not in (OFFICER, WORKER) else HERE
    async with calling(desk, member) as client:
        for community, expected in ((busy, here), ("石榴园社区", there)):
            for address in await addresses(desk, community):
                assert (await client.get(address)).status_code == expected, address


@pytest.mark.parametrize("member", [JINGSHAN, HONGDU, OFFICER, WORKER])
async def test_no_list_shows_what_is_not_theirs(desk: Office, member: str) -> None:
    theirs = {c.name for c in (await desk.who(member)).communities}
    others = {c.name for c in (await desk.roster()).communities} - theirs
    all_of_them = {one.no: one.community for one in await tickets(desk)}
    async with calling(desk, member) as client:
        for address in ("/", "/tickets", "/tickets?state=open", "/communities"):
            page = (await client.get(address)).text
            assert {all_of_them[TicketNo(no)] for no in numbers(page)} <= theirs
            assert not [name for name in others if f">{name}<" in page]


async def test_what_is_asked_for_beyond_ones_area_is_not_known_to_exist(desk: Office) -> None:
    async with calling(desk, HONGDU) as client:
        beyond = await client.get(f"/tickets?community={HERE}")
        nowhere = await client.get("/tickets?community=没有的社区")
    assert (beyond.status_code, nowhere.status_code) == (400, 400)
    assert f"社区“{HERE}”没有，或者不在您的范围里。" in words(beyond.text)
    assert "社区“没有的社区”没有，或者不在您的范围里。" in words(nowhere.text)


async def test_no_resident_is_on_any_page(desk: Office) -> None:
    some = [one.no for one in await tickets(desk)][::12]
    pages = ["/", "/tickets", "/communities", f"/communities/{HERE}", *(f"/tickets/{no}" for no in some)]
    async with calling(desk, ALL) as client:
        for address in pages:
            text = (await client.get(address)).text
            assert "demo-" not in text, address
            assert not [name for name in ("3栋李姐", "老涂", "胖丁妈妈", "一只柚子") if name in text], address


# --- the list ----------------------------------------------------------------------------------------


async def listed(desk: Office, member: str, address: str) -> list[str]:
    async with calling(desk, member) as client:
        answer = await client.get(address)
    assert answer.status_code == 200, words(answer.text)
    return numbers(answer.text)


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
    ("from=2026-13-01", "开始日期“2026-13-01”不是日期"),
    ("to=yesterday", "结束日期“yesterday”不是日期"),
    ("due=0001-01-01", "到期日“0001-01-01”不是日期"),
    ("from=2026-06-10&to=2026-06-09", "开始日期在结束日期之后"),
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
        st.sampled_from([*Filters(*"abcdefghijkl").said(), "x"]),
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


# --- a community -------------------------------------------------------------------------------------


async def test_a_community_has_its_people_its_figures_and_its_weeks(desk: Office) -> None:
    text = await seen(desk, OFFICER, f"/communities/{HERE}")
    community = next(c for c in (await desk.roster()).communities if c.name == HERE)
    for person in (*community.officers, *community.workers):
        assert person.name in text
    assert text.count("已对接") + text.count("没有对接") == 8
    mine = [one for one in await tickets(desk, HERE) if one.open]
    assert f"{len(mine)} 件，最先到期的在前" in text


async def test_below_ten_cases_there_are_fractions(desk: Office) -> None:
    text = await seen(desk, OFFICER, f"/communities/{HERE}")
    assert re.search(r"按期办结率 \d/\d 件", text)
    assert "%" not in text


async def test_communities_stand_in_the_order_of_the_roster(desk: Office) -> None:
    async with calling(desk, ALL) as client:
        page = (await client.get("/communities")).text
        start = (await client.get("/")).text
    names = [c.name for c in (await desk.roster()).communities]
    shown = re.findall(r'<a href="/communities/[^"]+">([^<]+)</a>', page)
    streets = list(dict.fromkeys(c.street for c in (await desk.roster()).communities))
    by_street = {c.name: streets.index(c.street) for c in (await desk.roster()).communities}
    assert shown == sorted(names, key=lambda name: by_street[name])
    section = start[start.index('id="communities"') :]
    active = re.findall(r'<a href="/communities/[^"]+">([^<]+)</a>', section)
    assert active == [name for name in names if name in active]
    assert len(active) > 10


async def test_a_group_of_figures_is_what_the_chat_would_say(desk: Office) -> None:
    async with desk.database.look() as work:
        roster = await work.roster()
        boss = roster.supervisor(ALL)
        assert boss
        viewer = Viewer(boss, roster, work, desk.settings.policy, desk.clock.now())
        found = await figure(Query(Metric.OPEN, Group.CAMPAIGN), viewer)
    async with calling(desk, ALL) as client:
        page = (await client.get("/")).text
    section = words(
        page[page.index('id="campaigns"') : page.index("figure", page.index('id="campaigns"') + 900)]
    )
    for row in found.rest:
        if row.cell.part:
            assert re.search(rf"{row.name} \d+ {row.cell.part} ", section), row.name
