"""The figures of a report, by the very machinery that answers questions in the chat."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.board import Recurring, Selection
from domain.figures import Cell, Days, Figure, NoFigure, Reading, Row, Scope, Stretch, Why, earlier
from domain.people import Community
from domain.place import public_place
from domain.query import Compare, Group, Metric, Query
from domain.ticket import Ticket
from handlers.figures.reading import Viewer, figure
from handlers.papers.ledger import stretch
from handlers.texts import figures as said

_DAY = timedelta(days=1)
_MOST_SPOTS = 50
"""That a report lists."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a supervisor sees of a period."""

    viewer: Viewer
    since: date
    until: date

    @property
    def communities(self) -> tuple[Community, ...]:
        """Those in the area, as the roster has them."""
        return tuple(c for c in self.viewer.roster.communities if self.viewer.boss.oversees(c))

    @property
    def names(self) -> frozenset[str] | None:
        """What is read: the communities of the area, or all that there ever were."""
        return None if self.viewer.boss.area is None else frozenset(c.name for c in self.communities)

    @property
    def scope(self) -> Scope:
        """The same, for the database."""
        return Scope(self.names)

    @property
    def period(self) -> Stretch:
        """The days as moments."""
        return stretch(self.since, self.until, self.viewer.policy)

    @property
    def few(self) -> int:
        """Of fewer cases no share in percent is given."""
        return self.viewer.policy.few_cases

    def asked(self, metric: Metric, group: Group | None = None, compare: Compare | None = None) -> Query:
        """A question about the period."""
        return Query(metric, group, self.since, self.until, compare=compare)

    async def figure(self, query: Query) -> Figure | None:
        """The answer; None where there are no records, or none so early."""
        try:
            return await figure(query, self.viewer)
        except NoFigure as error:
            if error.why is Why.BEYOND:
                raise
            return None

    async def total(self, metric: Metric, *, now: bool = False) -> Cell:
        """The whole of a metric: of the period, or as it is now."""
        found = await self.figure(Query(metric) if now else self.asked(metric))
        return found.total if found else Cell()

    async def parts(self, metric: Metric, group: Group) -> Sequence[Row]:
        """The parts of a metric, in the order of the roster, the list or the calendar."""
        found = await self.figure(self.asked(metric, group))
        return found.rest if found else ()

    async def said(self, metric: Metric, *, now: bool = False) -> str:
        """The whole of a metric, in words."""
        return said.said(await self.total(metric, now=now), metric, self.few)

    async def compared(self, metric: Metric, compare: Compare) -> str:
        """How much more or less it is than in another period: 多 3 件（+20%）; "" where there is none."""
        found = await self.figure(self.asked(metric, compare=compare))
        if found is None or found.before is None:
            return ""
        return said.difference(found.total, found.before, metric, self.few).strip("，。")

    def before(self, compare: Compare = Compare.PREVIOUS) -> Days:
        """The period of comparison."""
        return earlier(self.since, self.until, compare)

    async def moments(self) -> Sequence[datetime]:
        """When each ticket was taken on, by the clocks of the bureau."""
        reading = Reading(Metric.TICKETS, self.scope, self.viewer.now, self.period)
        zone = self.viewer.policy.zone
        return [at.astimezone(zone) for at in await self.viewer.store.ledger.moments(reading)]

    async def private(self) -> int:
        """How many tickets were told to the bot alone."""
        reading = Reading(Metric.TICKETS, self.scope, self.viewer.now, self.period)
        return await self.viewer.store.ledger.private(reading)

    async def open(self) -> Sequence[Ticket]:
        """What is open now, by number."""
        return await self.viewer.store.ledger.open_in(self.names)

    async def late(self) -> Sequence[Ticket]:
        """What is open now and overdue, the longest first."""
        now = self.viewer.now
        late = [(ticket, span) for ticket in await self.open() if (span := ticket.late_by(now))]
        return [ticket for ticket, _ in sorted(late, key=lambda one: one[1], reverse=True)]

    async def spots(self, until: date) -> Sequence[Recurring]:
        """Where tickets of one kind keep coming from one place, in the days up to that one; most first."""
        rules = self.viewer.policy.reporting
        days = stretch(until - (rules.spot_days - 1) * _DAY, until, self.viewer.policy)
        lately = Selection(self.names, opened=(days.begin, days.end))
        board = self.viewer.store.board
        return await board.recurring(lately, self.viewer.now, rules.spot_cases, _MOST_SPOTS)

    def place(self, ticket: Ticket) -> str:
        """Where it is, as the public may hear it; "" where nobody has said so."""
        community = self.viewer.roster.named(ticket.community)
        return public_place(ticket.location, community.places if community else ())

    def of(self, since: date, until: date) -> "Numbers":
        """Another period."""
        return replace(self, since=since, until=until)
