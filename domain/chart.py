"""A picture of figures, as a plain value: what is drawn and what stands beside it, in no library's terms."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class ChartKind(StrEnum):
    """How the figures are laid out."""

    BARS = "bars"
    """A bar beneath the other, in their order: a ranking. The labels may be long."""
    COLUMNS = "columns"
    """A few stretches of time side by side."""
    LINE = "line"
    """Many stretches of time."""
    SHARES = "shares"
    """Parts of a whole."""
    COMPARISON = "comparison"
    """Two bars for each label: now, and the period before (the second series)."""


class Measure(StrEnum):
    """What the values are: so many, a share of a hundred, or how long."""

    COUNT = "count"
    PERCENT = "percent"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Point:
    """One value and the words for it; None where there is none to be drawn, then the words say why."""

    value: float | None
    said: str


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one period, one for each label of the chart."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture that can be passed on alone: it says what it shows, of when, of how many cases.

    `period` is of when, `whole` the figure of everything together, `notes` the definition and what is left
    out, `source` who says so and when. `labels` and the points of each series have the same order. `column`
    is how the labels are called as a whole (社区, 类别, 日期), in the table beside the picture.
    """

    kind: ChartKind
    measure: Measure
    title: str
    period: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    whole: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""
    column: str = ""

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The same in words, a row for each label: for who does not see the picture."""
        for label, *points in zip(self.labels, *(one.points for one in self.series), strict=True):
            yield (label, *(point.said for point in points))

    @property
    def file_name(self) -> str:
        """How its picture is called."""
        return re.sub(r'[\\/:*?"<>|\s]+', " ", self.title).strip() + ".png"

    def as_json(self) -> dict[str, Any]:
        """As the outbox keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Chart":
        """From what `as_json` made; KeyError, TypeError or ValueError where it is something else."""
        series = (
            Series(one["name"], tuple(Point(**point) for point in one["points"])) for one in data["series"]
        )
        return cls(
            **data
            | {
                "kind": ChartKind(data["kind"]),
                "measure": Measure(data["measure"]),
                "labels": tuple(data["labels"]),
                "series": tuple(series),
                "notes": tuple(data["notes"]),
            }
        )
