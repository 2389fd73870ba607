"""Which figures are drawn, as what, and what is left out of the picture."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.settings import Settings
from domain.chart import Chart, ChartKind, Measure
from domain.figures import Cell, Figure, Row
from domain.policy import Policy
from domain.query import Compare, Group, Metric, Order, Query
from handlers.figures.charts import chart, look

RULES = Settings(_env_file=None).policy
NOW = datetime(2026, 5, 14, 10, tzinfo=UTC)
BEGUN = date(2025, 9, 3)
WEEK = (date(2026, 5, 11), date(2026, 5, 17))


def counted(*parts: int, before: tuple[int, ...] = ()) -> tuple[Row, ...]:
    olds: list[Cell | None] = [*(Cell(old, old) for old in before)] or [None] * len(parts)
    return tuple(
        Row(f"第{n}社区", Cell(p, p), old) for n, (p, old) in enumerate(zip(parts, olds, strict=True), 1)
    )


def shared(*parts: tuple[int, int]) -> tuple[Row, ...]:
    return tuple(Row(f"第{n}社区", Cell(*one)) for n, one in enumerate(parts, 1))


def figure(rows: tuple[Row, ...], query: Query, *, ranked: bool = True, total: Cell | None = None) -> Figure:
    whole = total or sum((row.cell for row in rows), Cell())
    order = query.order and ranked
    return Figure(query, whole, BEGUN, rows if order else (), () if order else rows)


def drawn(found: Figure, rules: Policy | None = None) -> Chart | None:
    rules = rules or RULES
    seen = look(found, rules, NOW)
    return chart(seen, rules, NOW) if seen else None


RANK = Query(Metric.TICKETS, Group.COMMUNITY, *WEEK, order=Order.DESC)


@pytest.mark.parametrize(
    ("bars", "left"), [(15, "其余 60 个合计 1770 件。"), (30, "其余 45 个合计 990 件。")]
)
def test_of_seventy_five_communities_the_first_are_drawn_and_the_others_summed_up(
    bars: int, left: str
) -> None:
    found = drawn(figure(counted(*range(74, -1, -1)), RANK), replace(RULES, chart_bars=bars))
    assert found
    assert (found.kind, found.measure, len(found.labels)) == (ChartKind.BARS, Measure.COUNT, bars)
    assert (found.labels[0], found.series[0].points[0].said, found.notes[0]) == ("第1社区", "74 件", left)
    assert found.whole == "合计 2775 件"


def test_where_only_the_first_were_asked_for_the_others_are_one_sum() -> None:
    rows = counted(9, 8, 7)
    found = drawn(figure(rows, replace(RANK, limit=3), total=Cell(40, 40)))
    assert found
    assert found.notes[0] == "其余合计 16 件。"


@pytest.mark.parametrize(
    ("rows", "seen"),
    [
        (counted(9, 0, 0), False),
        (counted(10, 0, 0), True),
        (counted(10, 2), False),
        (counted(0, 0, 0, 0), False),
        ((), False),
        (counted(*range(75)), True),
    ],
)
def test_a_ranking_wants_three_places_and_enough_cases(rows: tuple[Row, ...], seen: bool) -> None:
    assert (drawn(figure(rows, RANK)) is not None) == seen


def test_a_share_of_few_is_not_drawn_and_said_so() -> None:
    query = replace(RANK, metric=Metric.ON_TIME_RATE, order=None)
    found = drawn(figure(shared((8, 10), (3, 4), (12, 12), (1, 9), (0, 11), (0, 0)), query))
    assert found
    assert found.measure is Measure.PERCENT
    assert list(found.rows()) == [
        ("第3社区", "100%（12/12 件）"),
        ("第1社区", "80%（8/10 件）"),
        ("第5社区", "0%（0/11 件）"),
    ]
    assert found.notes[0] == "另有 2 个不足 10 件，没有画。"
    assert drawn(figure(shared((8, 10), (3, 4), (12, 12)), query)) is None


def test_too_many_shares_are_not_summed_up() -> None:
    query = replace(RANK, metric=Metric.ON_TIME_RATE)
    found = drawn(figure(shared(*[(9, 10)] * 18), query))
    assert found
    assert found.notes[0] == "其余 3 个没有画。"


def test_the_longest_are_the_lowest_where_that_was_asked_for() -> None:
    found = drawn(figure(counted(0, 2, 30), replace(RANK, order=Order.ASC)))
    assert found
    assert found.title == "各社区受理（从低到高）"
    assert [point.value for point in found.series[0].points] == [0, 2, 30]


@pytest.mark.parametrize(
    ("group", "many", "kind"),
    [
        (Group.CAMPAIGN, 6, ChartKind.SHARES),
        (Group.CATEGORY, 7, ChartKind.SHARES),
        (Group.CATEGORY, 8, ChartKind.BARS),
        (Group.COMMUNITY, 6, ChartKind.BARS),
        (Group.STREET, 6, ChartKind.BARS),
    ],
)
def test_a_few_kinds_are_shares_and_many_are_bars(group: Group, many: int, kind: ChartKind) -> None:
    found = drawn(figure(counted(*[0, 0, *range(2, 2 + many)]), Query(Metric.TICKETS, group, *WEEK)))
    assert found
    assert found.kind is kind
    assert [point.value for point in found.series[0].points] == list(range(1 + many, 1, -1))
    assert not found.notes[0].startswith("其余")


def test_shares_are_told_in_percent_of_all() -> None:
    found = drawn(figure(counted(995, 4, 1), Query(Metric.TICKETS, Group.CAMPAIGN, *WEEK)))
    assert found
    assert [point.said for point in found.series[0].points] == ["995 件，99%", "4 件，1%", "1 件，1%"]


def test_what_became_less_stands_beside_what_it_was() -> None:
    query = Query(Metric.TICKETS, Group.CAMPAIGN, *WEEK, compare=Compare.LAST_YEAR)
    rows = counted(9, 3, 0, 0, before=(20, 2, 4, 0))
    found = figure(rows, query)
    found = replace(found, earlier=(date(2025, 5, 11), date(2025, 5, 17)), before=Cell(26, 26))
    seen = drawn(found)
    assert seen
    assert seen.kind is ChartKind.COMPARISON
    assert list(seen.rows()) == [
        ("第1社区", "9 件", "20 件"),
        ("第2社区", "3 件", "2 件"),
        ("第3社区", "0 件", "4 件"),
    ]
    assert any("少 14 件（-54%）" in note for note in seen.notes)


def test_shares_are_compared_where_both_rest_on_enough() -> None:
    query = Query(Metric.CLOSE_RATE, Group.COMMUNITY, *WEEK, compare=Compare.PREVIOUS)
    pairs = [
        ((9, 10), (5, 10)),
        ((9, 10), (5, 9)),
        ((9, 9), (5, 10)),
        ((1, 20), (2, 20)),
        ((10, 20), (20, 20)),
    ]
    rows = tuple(Row(f"第{n}社区", Cell(*now), Cell(*old)) for n, (now, old) in enumerate(pairs, 1))
    found = drawn(figure(rows, query))
    assert found
    assert found.labels == ("第1社区", "第5社区", "第4社区")


def timed(metric: Metric, group: Group, since: date, until: date, *cells: Cell) -> Figure:
    rows = tuple(Row(f"{n}", cell) for n, cell in enumerate(cells))
    return Figure(Query(metric, group, since, until), sum(cells, Cell()), BEGUN, (), rows)


def test_a_trend_ends_today_and_begins_with_the_records() -> None:
    week = timed(Metric.TICKETS, Group.DAY, *WEEK, *(Cell(n, n) for n in (4, 3, 5, 1, 0, 0, 0)))
    found = drawn(week)
    assert found
    assert (found.kind, found.labels) == (ChartKind.COLUMNS, ("5/11", "5/12", "5/13", "5/14"))
    assert drawn(replace(week, begun=date(2026, 5, 13))) is None  # two days
    later = drawn(replace(week, begun=date(2026, 5, 12)))
    assert later
    assert later.labels == ("5/12", "5/13", "5/14")


@pytest.mark.parametrize(("days", "kind"), [(12, ChartKind.COLUMNS), (13, ChartKind.LINE)])
def test_a_long_trend_is_a_line(days: int, kind: ChartKind) -> None:
    found = drawn(
        timed(Metric.TICKETS, Group.DAY, date(2026, 4, 1), date(2026, 4, days), *[Cell(3, 3)] * days)
    )
    assert found
    assert found.kind is kind


def test_weeks_and_months_are_short_on_an_axis_and_have_their_year() -> None:
    weeks = drawn(timed(Metric.TICKETS, Group.WEEK, date(2025, 12, 29), date(2026, 1, 18), *[Cell(9, 9)] * 3))
    assert weeks
    assert weeks.labels == ("2025年12/29–1/4", "1/5–1/11", "1/12–1/18")
    months = drawn(
        timed(Metric.TICKETS, Group.MONTH, date(2025, 12, 1), date(2026, 2, 28), *[Cell(9, 9)] * 3)
    )
    assert months
    assert (months.labels, months.column) == (("2025年12月", "1月", "2月"), "月份")


def test_a_month_with_few_cases_is_a_gap_in_the_trend() -> None:
    cells = (Cell(9, 10), Cell(3, 4), Cell(8, 12), Cell(20, 20))
    found = drawn(timed(Metric.CLOSE_RATE, Group.MONTH, date(2026, 1, 1), date(2026, 4, 30), *cells))
    assert found
    assert [point.value for point in found.series[0].points] == [90, None, 67, 100]
    assert found.notes[0] == "另有 1 个不足 10 件，没有画。"


def test_hours_are_drawn_as_hours() -> None:
    rows = tuple(Row(f"第{n}社区", Cell(0, 20, hours)) for n, hours in enumerate((30.5, 2, 11.25), 1))
    query = Query(Metric.MEDIAN_HOURS, Group.COMMUNITY, *WEEK)
    found = drawn(figure(rows, query, total=Cell(0, 60, 12)))
    assert found
    assert (found.measure, found.unit, found.whole) == (Measure.HOURS, "小时", "总体 12 小时（60 件）")
    assert found.labels == ("第1社区", "第3社区", "第2社区")
