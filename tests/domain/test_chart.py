"""A chart as a value: it outlives the outbox, and says in words what it shows."""

import json

import pytest

from domain.chart import Chart
from tests.reports.samples import COMPARED, KINDS, MONTHS, ODD


@pytest.mark.parametrize("chart", [*KINDS.values(), *ODD.values()], ids=[*KINDS, *ODD])
def test_what_was_kept_is_the_same_chart(chart: Chart) -> None:
    assert Chart.from_json(json.loads(json.dumps(chart.as_json()))) == chart


def test_its_rows_say_what_it_shows() -> None:
    assert list(COMPARED.rows())[-1] == ("毁绿占绿", "3 件", "0 件")
    assert ("2025年11月", "3/4 件") in list(MONTHS.rows())


@pytest.mark.parametrize("change", [{"kind": "cake"}, {"series": [{"name": "本期"}]}, {"colour": "red"}])
def test_what_is_no_chart_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Chart.from_json(COMPARED.as_json() | change)


def test_its_file_is_called_like_it_without_what_no_file_may_be_called() -> None:
    assert COMPARED.file_name == "五大整治受理.png"
    assert ODD["markup"].file_name == "b &amp; b.png"
