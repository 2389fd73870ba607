"""The first page, on an office with eight weeks behind it, and who sees what of all pages."""

import re
import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.demo import sample_roster
from domain.board import Selection
from domain.ids import TicketNo
from domain.query import Metric, Query
from handlers.figures.reading import Viewer, figure
from storage.roster import save_roster
from tests.web.office import ALL, HONGDU, JINGSHAN, Office, office
from tests.web.reading import HERE, OFFICER, WORKER, calling, numbers, seen, tickets, words

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
    section = words(page[page.index('id="spots"') : page.index('id="visits"')])
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
