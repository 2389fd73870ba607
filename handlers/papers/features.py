"""What a month was like, in plain sentences computed from its figures; of too few cases nothing is said."""

from collections.abc import Iterator, Sequence

from domain.figures import Row
from domain.query import Compare, Metric
from handlers.papers.parts import Found
from handlers.texts import figures as said
from handlers.texts import reports as texts

_TOP = 3


class Features:
    """The sentences of a report."""

    def __init__(self, found: Found, taken: Sequence[Row]) -> None:
        self._found = found
        self._numbers = found.numbers
        self._taken = sorted((row for row in taken if row.cell.part), key=lambda row: -row.cell.part)
        self._whole = sum(row.cell.part for row in taken)

    async def lines(self) -> list[str]:
        """All of them."""
        if not self._whole:
            return [texts.NOTHING]
        numbers, few = self._numbers, self._numbers.few
        change = await numbers.compared(Metric.TICKETS, Compare.PREVIOUS)
        year = await numbers.compared(Metric.TICKETS, Compare.LAST_YEAR)
        lines = [texts.feature_total(self._whole, change, year)]
        if self._whole < few:
            return [*lines, texts.feature_few(few)]
        lines += [*self._kinds(), *self._times(), *await self._speed(), *self._spots()]
        stopped = await numbers.total(Metric.ACTIONS)
        return [*lines, *([texts.feature_own(stopped.part)] if stopped.part else [])]

    def _kinds(self) -> Iterator[str]:
        """What there was most of; those that are even are all named."""
        most = self._taken[0].cell.part
        first = [row.name for row in self._taken if row.cell.part == most]
        yield texts.feature_most(first, self._share(most))
        top = self._taken[:_TOP]
        rest = self._taken[_TOP:]
        if rest and rest[0].cell.part < top[-1].cell.part:
            yield texts.feature_top([row.name for row in top], self._share(sum(row.cell.part for row in top)))

    def _times(self) -> Iterator[str]:
        hours = self._found.tables["hours"]
        most = max(hours, key=lambda row: int(row["count"]))
        if sum(row["count"] == most["count"] for row in hours) == 1:
            yield texts.feature_hours(most["name"], self._share(int(most["count"])))
        work, off = self._found.tables["weekdays"]
        if texts.NONE not in (work["mean"], off["mean"]):
            yield texts.feature_days_off(off["mean"], work["mean"])

    async def _speed(self) -> list[str]:
        """How much was answered in time: of everything, since kinds have limits of their own."""
        change = await self._numbers.compared(Metric.ON_TIME_RATE, Compare.PREVIOUS)
        cell = await self._numbers.total(Metric.ON_TIME_RATE)
        if cell.cases < self._numbers.few:
            return []
        return [texts.feature_speed(said.said(cell, Metric.ON_TIME_RATE, self._numbers.few), change)]

    def _spots(self) -> Iterator[str]:
        if spots := self._found.tables["spots"]:
            first = spots[0]
            name = f"{first['community']}{first['place']}{first['category']}"
            yield texts.feature_spots(len(spots), f"{name}（{first['count']} 件）")

    def _share(self, count: int) -> str:
        return said.fraction(count, self._whole, self._numbers.few)
