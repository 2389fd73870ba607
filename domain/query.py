"""What a supervisor asks for: one figure or a row of figures, over a period, of part of the tickets."""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Metric(StrEnum):
    """What is counted or measured."""

    TICKETS = "tickets"
    RESOLVED = "resolved"
    OPEN = "open"
    OVERDUE = "overdue"
    ON_TIME_RATE = "on_time_rate"
    CLOSE_RATE = "close_rate"
    MEDIAN_HOURS = "median_hours"
    SATISFACTION = "satisfaction"
    CHECKINS = "checkins"
    MISSED_CHECKINS = "missed_checkins"
    ACTIONS = "actions"


class Group(StrEnum):
    """By what the figures are told apart."""

    STREET = "street"
    COMMUNITY = "community"
    OFFICER = "officer"
    CATEGORY = "category"
    CAMPAIGN = "campaign"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Order(StrEnum):
    """Which figures come first: the small ones or the large ones."""

    ASC = "asc"
    DESC = "desc"


class Compare(StrEnum):
    """With what a period is compared: the one before it (环比), or the same a year ago (同比)."""

    PREVIOUS = "previous"
    LAST_YEAR = "last_year"


TIMES = frozenset({Group.DAY, Group.WEEK, Group.MONTH})
"""Groups that are stretches of time."""
STATES = frozenset({Metric.OPEN, Metric.OVERDUE})
"""Metrics that can be asked for as of now, without a period."""
RATES = frozenset({Metric.ON_TIME_RATE, Metric.CLOSE_RATE, Metric.SATISFACTION})
"""Metrics that are shares; the more the better."""
HARMS = frozenset({Metric.TICKETS, Metric.OPEN, Metric.OVERDUE, Metric.MEDIAN_HOURS, Metric.MISSED_CHECKINS})
"""Metrics of which the most is the worst."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What stands beside every figure: how the metric is called, what it counts in, what it means."""

    name: str
    unit: str
    definition: str


@cache
def definitions() -> dict[Metric, Definition]:
    """The definition of each metric, from `metrics.json`."""
    text = files("domain").joinpath("metrics.json").read_text(encoding="utf-8")
    return {Metric(name): Definition(**row) for name, row in json.loads(text).items()}


@dataclass(frozen=True, slots=True)
class Filters:
    """What part of the tickets counts: full names of the roster and of the categories, None where all."""

    street: str | None = None
    community: str | None = None
    officer: str | None = None
    category: str | None = None
    campaign: str | None = None

    def as_json(self) -> dict[str, str]:
        """Only what is narrowed."""
        return {name: value for name, value in asdict(self).items() if value}

    def wider(self) -> "Filters":
        """Of what these are a part: of all kinds, else of everybody, else of all places."""
        kind = next(
            (
                name
                for name in ("category", "campaign", "officer", "community", "street")
                if getattr(self, name)
            ),
            None,
        )
        return replace(self, **{kind: None}) if kind else self


@dataclass(frozen=True, slots=True)
class Query:
    """One question. `since` and `until` are inclusive; both None is the state now.

    With `share` it is asked how much of the whole that is: of all kinds, where one kind is named.
    """

    metric: Metric
    group_by: Group | None = None
    since: date | None = None
    until: date | None = None
    filters: Filters = Filters()
    order: Order | None = None
    limit: int | None = None
    compare: Compare | None = None
    share: bool = False

    def as_json(self) -> dict[str, Any]:
        """In the labelled form of `evaluation/queries/`."""
        return {
            "metric": self.metric.value,
            "group_by": self.group_by and self.group_by.value,
            "from": self.since and self.since.isoformat(),
            "to": self.until and self.until.isoformat(),
            "filters": self.filters.as_json(),
            "order": self.order and self.order.value,
            "limit": self.limit,
            "compare": self.compare and self.compare.value,
            **({"share": True} if self.share else {}),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Query":
        """From the labelled form; ValueError or KeyError where it is none."""
        known = {field.name for field in fields(Filters)}
        if strange := data["filters"].keys() - known:
            raise ValueError(f"no such filter: {', '.join(sorted(strange))}")
        return cls(
            metric=Metric(data["metric"]),
            group_by=Group(data["group_by"]) if data["group_by"] else None,
            since=date.fromisoformat(data["from"]) if data["from"] else None,
            until=date.fromisoformat(data["to"]) if data["to"] else None,
            filters=Filters(**data["filters"]),
            order=Order(data["order"]) if data["order"] else None,
            limit=data["limit"],
            compare=Compare(data["compare"]) if data["compare"] else None,
            share=data.get("share", False),
        )
