"""Charts as pictures for a phone: drawn without a browser and without a font of the system."""

import asyncio
import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from domain.chart import Chart
from reports.echarts import NOW
from reports.picture import SIDE, NotDrawn, draw, svg
from tests.reports.pixels import Pixels
from tests.reports.samples import (
    COMPARED,
    DAYS,
    KINDS,
    LONG,
    ODD,
    PARTS,
    RANKING,
    RATES,
    counts,
    shares,
)

HEAVIEST = 200_000
_SVG = "{http://www.w3.org/2000/svg}"


def said(chart: Chart) -> list[str]:
    """The words that are written in the picture."""
    return ["".join(text.itertext()) for text in ET.fromstring(svg(chart)).iter(f"{_SVG}text")]  # noqa: S314  (drawn by ourselves)


def one(label: str) -> Chart:
    return replace(RANKING, labels=(label,), series=(counts(3),), notes=())


@pytest.mark.parametrize("chart", KINDS.values(), ids=KINDS)
def test_every_kind_is_as_wide_as_a_phone_wants_and_light(chart: Chart) -> None:
    picture = draw(chart)
    assert picture.startswith(b"\x89PNG")
    wide, tall = struct.unpack(">II", picture[16:24])
    assert wide == 1080
    assert 900 < tall < 3000
    assert len(picture) < HEAVIEST


@pytest.mark.parametrize("chart", ODD.values(), ids=ODD)
def test_what_is_odd_is_drawn_as_well_and_is_light(chart: Chart) -> None:
    assert len(draw(chart)) < HEAVIEST


@pytest.mark.parametrize("chart", KINDS.values(), ids=KINDS)
def test_a_picture_can_be_passed_on_alone(chart: Chart) -> None:
    words = "".join(said(chart)).replace(" ", "")  # a line may end where a space is
    for part in (chart.title, chart.period, chart.whole, *chart.notes, chart.source):
        assert part.replace(" ", "") in words


def test_each_label_and_each_figure_stands_in_a_ranking() -> None:
    words = said(RANKING)
    assert set(RANKING.labels) <= set(words)
    assert {point.said for point in RANKING.series[0].points} <= set(words)
    assert words.count("60 件") == 1


def test_both_periods_are_named_and_told() -> None:
    assert {"本期", "去年同期", "51 件 / 80 件", "3 件 / 0 件"} <= set(said(COMPARED))


def test_parts_are_named_with_their_share_and_what_is_nothing_is_left_out() -> None:
    words = " ".join(said(PARTS))
    assert "街面秩序 51 件，35%" in words
    nothing = replace(PARTS, labels=("甲", "乙"), series=(counts(5, 0),))
    assert "乙" not in "".join(said(nothing))


def test_a_trend_tells_its_highest_and_its_last_value() -> None:
    marked = {"40", "35"}
    assert marked <= set(said(DAYS))
    assert said(replace(DAYS, series=(counts(*range(31, 0, -1)),))).count("31") == 1


def test_a_name_that_is_too_long_gives_way_to_the_figure() -> None:
    words = said(RATES)
    assert "95%（19/20 件）" in words
    assert any(word.endswith("…") and LONG.startswith(word[:-1]) for word in words)


@pytest.mark.parametrize("name", ["䶮", "𬭼", "赟", "堃"])
def test_a_rare_character_of_a_name_is_drawn_without_any_font_of_the_system(name: str) -> None:
    missing = "\U0002f800"
    assert draw(one(f"{name}湖社区")) != draw(one(f"{missing}湖社区"))


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    chart = replace(RATES, labels=("甲", "乙", "丙"), series=(shares(8, 11, 20),), title="", notes=())
    plot = 1080 - 2 * 2.4 * SIDE
    assert Pixels.of(draw(chart)).runs(NOW) == [
        pytest.approx(plot * share, abs=3) for share in (0.4, 0.55, 1)
    ]


def test_words_are_words_and_no_markup() -> None:
    drawn = svg(ODD["markup"])
    assert "<script" not in drawn
    assert any("alert(1)" in word for word in said(ODD["markup"]))


async def test_pictures_are_drawn_in_threads_side_by_side() -> None:
    drawn = await asyncio.gather(*(asyncio.to_thread(draw, chart) for chart in (PARTS, DAYS, PARTS)))
    assert drawn[0] == drawn[2] != drawn[1]


def test_what_cannot_be_drawn_is_said() -> None:
    broken = replace(DAYS, labels=("\ud800",), series=(counts(1),))
    with pytest.raises(NotDrawn):
        draw(broken)


def test_nothing_is_fetched_and_no_time_is_asked() -> None:
    assert not re.findall(r"https?://(?!www\.w3\.org)", svg(PARTS))
