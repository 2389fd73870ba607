"""What reports count beside the metrics of the questions, against plain Python; and a ledger that is read in pages."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.ledger import NOW, Fill
from bot.settings import Settings
from domain.category import categories
from domain.figures import Scope
from domain.paper import LedgerLine
from domain.people import Person, Supervisor
from domain.query import Group, Metric, Query
from domain.state import State
from handlers.figures.reading import Viewer, figure
from handlers.papers.features import Features
from handlers.papers.ledger import Ledger, stretch
from handlers.papers.monthly import monthly
from handlers.papers.numbers import Numbers
from handlers.papers.parts import Found
from handlers.papers.weekly import weekly
from storage.database import Database, Work

COUNT = 1300
OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
POLICY = Settings(_env_file=None).policy


@pytest.fixture(scope="module")
def filled(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A year of a district."""
    import asyncio  # noqa: PLC0415  (for this alone)

    file = tmp_path_factory.mktemp("year") / "year.db"
    file.write_bytes(empty_database.read_bytes())
    address = f"sqlite:///{file}"

    async def fill() -> None:
        database = Database(address)
        await Fill(COUNT).into(database)
        await database.close()

    asyncio.run(fill())
    return address


@pytest.fixture
async def work(filled: str) -> AsyncIterator[Work]:
    database = Database(filled)
    async with database.look() as found:
        yield found
    await database.close()


async def numbers(work: Work, area: str | None = None, days: tuple[date, date] = OCTOBER) -> Numbers:
    boss = Supervisor(Person(None, "甲"), area)
    return Numbers(Viewer(boss, await work.roster(), work, POLICY, NOW), *days)


async def lines(
    work: Work, since: date, until: date, names: frozenset[str] | None = None
) -> list[LedgerLine]:
    period = stretch(since, until, POLICY)
    return [line async for page in work.ledger.lines(period, names) for line in page]


async def test_a_ledger_has_every_ticket_once_in_order(work: Work) -> None:
    found = await lines(work, date(2025, 1, 1), date(2026, 12, 31))
    everything = await work.tickets.all()
    assert [line.ticket.no for line in found] == [ticket.no for ticket in everything]
    assert len(found) == COUNT  # more than two pages
    assert await work.ledger.count(stretch(date(2025, 1, 1), date(2026, 12, 31), POLICY), None) == COUNT


async def test_a_ledger_is_cut_to_its_days_and_communities(work: Work) -> None:
    names = frozenset(c.name for c in (await work.roster()).communities if c.street == "洪都街道")
    found = {line.ticket.no for line in await lines(work, *OCTOBER, names)}
    wanted = {
        ticket.no
        for ticket in await work.tickets.all()
        if ticket.community in names and OCTOBER[0] <= POLICY.day(ticket.opened_at) <= OCTOBER[1]
    }
    assert found == wanted
    assert wanted


async def test_overdue_in_the_ledger_is_what_the_figures_count(work: Work) -> None:
    ledger = Ledger(
        date(2025, 1, 1), date(2026, 12, 31), None, "全区", await work.roster(), work, POLICY, NOW
    )
    rows = [row async for number, page in ledger.rows() if number == 0 for row in page]
    late = await figure(Query(Metric.OVERDUE), (await numbers(work)).viewer)
    state, overdue = 12, 13
    still = {"已登记", "已派遣", "已签收", "处置中", "延期处置中", "已反馈，待确认", "返工中", "挂账中"}
    assert sum(row[overdue] == "是" and row[state] in still for row in rows) == late.total.part > 0


@pytest.mark.parametrize("area", [None, "洪都街道"])
async def test_the_rates_of_a_month_are_those_of_plain_counting(work: Work, area: str | None) -> None:
    here = await numbers(work, area)
    names = here.names
    due = []
    for line in await lines(work, date(2025, 1, 1), date(2026, 12, 31), names):
        ticket = line.ticket
        if ticket.resolve_by is None or not OCTOBER[0] <= POLICY.day(ticket.resolve_by) <= OCTOBER[1]:
            continue
        if ticket.state in {State.REJECTED, State.WITHDRAWN, State.TRANSFERRED, State.SUSPENDED}:
            continue
        if ticket.state in {State.CLOSED, State.REPORTED} or ticket.late_by(NOW):
            due.append(ticket)
    shares = await work.ledger.shares(Scope(names), here.period, NOW)
    assert (shares["extended"].part, shares["extended"].cases) == (
        sum(t.extensions > 0 for t in due),
        len(due),
    )
    assert shares["reworked"].cases == len(due) > 0
    assert (
        await here.total(Metric.ON_TIME_RATE)
        == (await figure(here.asked(Metric.ON_TIME_RATE), here.viewer)).total
    )


@pytest.mark.parametrize("area", [None, "京山街道"])
async def test_the_monthly_report_adds_up(work: Work, area: str | None) -> None:
    here = await numbers(work, area)
    found = (await monthly(here, area or "全区")).tables
    taken = await here.total(Metric.TICKETS)
    assert found["五大整治"]
    for table, column in (
        ("五大整治", "受理"),
        ("各类别", "受理"),
        ("各社区", "受理"),
        ("各时段", "件数"),
        ("工作日与休息日", "件数"),
    ):
        assert sum(int(row[column]) for row in found[table]) == taken.part > 0, table
    sources = [int(row["件数"].split()[0]) for row in found["来源"]]
    assert sum(sources[:2]) == taken.part
    assert sources[2] == (await here.total(Metric.ACTIONS)).part


async def test_working_days_are_told_apart_by_the_calendar(work: Work) -> None:
    here = await numbers(work)
    works = POLICY.office.works_on
    wanted = Counter(
        works(POLICY.day(line.ticket.opened_at))
        for line in await lines(work, *OCTOBER)
        if line.ticket.state not in {State.REJECTED, State.WITHDRAWN}
    )
    found = (await monthly(here, "全区")).tables["工作日与休息日"]
    assert [int(row["件数"]) for row in found] == [wanted[True], wanted[False]]
    assert found[0]["日均"] == f"{wanted[True] / 18:.1f}"  # 18 working days, after the national holiday


async def test_the_weekly_report_lists_what_the_figures_count(work: Work) -> None:
    here = await numbers(work, None, (date(2026, 11, 16), date(2026, 11, 22)))
    found = await weekly(here, "全区")
    assert found.words["超期"] == f"{len(found.tables['超期清单'])} 件"
    assert found.words["挂账"] == f"{len(found.tables['挂账清单'])} 件"
    assert sum(int(row["件数"]) for row in found.tables["未对接清单"]) == int(
        found.words["未对接"].split()[0]
    )


async def test_features_say_nothing_of_too_few(work: Work) -> None:
    few = await numbers(work, "蓝天郡社区")
    found = Found(few, "蓝天郡社区", "月报")
    taken = await few.parts(Metric.TICKETS, Group.CATEGORY)
    found.tables |= {"hours": [], "weekdays": [], "spots": []}
    said = await Features(found, taken).lines()
    assert 0 < sum(row.cell.part for row in taken) < POLICY.few_cases
    assert said[1:] == ["不足 10 件，不作结构和排名的归纳。"]


async def test_what_features_say_is_so(work: Work) -> None:
    here = await numbers(work)
    said = [row["内容"] for row in (await monthly(here, "全区")).tables["特征归纳"]]
    kinds = Counter(
        line.ticket.category
        for line in await lines(work, *OCTOBER)
        if line.ticket.state not in {State.REJECTED, State.WITHDRAWN}
    )
    most = max(kinds.values())
    first = [name for name in categories() if kinds[name] == most]
    assert said[0].startswith(f"受理 {kinds.total()} 件，比上月")
    assert said[1].startswith(f"最多的是{'、'.join(first)}，")
    assert f"{most}/{kinds.total()} 件" in said[1]


@pytest.mark.parametrize(("cases", "days"), [(2, 60), (3, 60), (4, 200)])
async def test_spots_come_from_the_days_before_the_end(work: Work, cases: int, days: int) -> None:
    here = await numbers(work)
    reporting = replace(POLICY.reporting, spot_cases=cases, spot_days=days)
    here = replace(here, viewer=replace(here.viewer, policy=replace(POLICY, reporting=reporting)))
    counted = Counter(
        (line.ticket.community, line.ticket.category, line.ticket.location)
        for line in await lines(work, OCTOBER[1] - timedelta(days=days - 1), OCTOBER[1])
        if line.ticket.location and line.ticket.state not in {State.REJECTED, State.WITHDRAWN}
    )
    wanted = sorted(count for count in counted.values() if count >= cases)
    assert sorted(spot.total for spot in await here.spots(OCTOBER[1])) == wanted[-50:] != []
