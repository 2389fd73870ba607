"""The parts of which the weekly and the monthly report are made: single words, tables, charts."""

from collections.abc import Mapping, Sequence

from domain.chart import Chart, ChartKind, Measure, Point, Series
from domain.figures import Cell, Row
from domain.paper import PaperKind, Words
from domain.query import Compare, Group, Metric
from domain.state import State
from domain.ticket import Ticket
from handlers.papers.numbers import Numbers
from handlers.texts import figures as said
from handlers.texts import papers as words
from handlers.texts import reports as texts

Table = list[dict[str, str]]
_COMPARED = (("taken", Metric.TICKETS), ("closed", Metric.RESOLVED), ("stopped", Metric.ACTIONS))
_TOTALS = (
    *_COMPARED,
    ("ran_over", Metric.OVERDUE), ("on_time", Metric.ON_TIME_RATE), ("close_rate", Metric.CLOSE_RATE),
    ("hours", Metric.MEDIAN_HOURS), ("satisfied", Metric.SATISFACTION), ("met", Metric.CHECKINS),
    ("unmet", Metric.MISSED_CHECKINS),
)  # fmt: skip
"""The figures of a period."""


def named(kind: PaperKind, found: "Found") -> Words:
    """The report as a template takes it: everything under the names that it may use."""
    tables = {
        texts.TABLES[name]: [{texts.COLUMNS[key]: value for key, value in row.items()} for row in rows]
        for name, rows in found.tables.items()
    }
    single = {texts.WORDS[name]: value for name, value in found.words.items()}
    charts = dict.fromkeys(texts.CHARTS) | found.charts
    return Words(kind, found.words["title"], single, tables, charts, found.numbers.viewer.now)


class Found:
    """A report that is being gathered."""

    def __init__(self, numbers: Numbers, area: str, title: str) -> None:
        self.numbers = numbers
        policy, now = numbers.viewer.policy, numbers.viewer.now
        self.words: dict[str, str] = {
            "title": title,
            "bureau": policy.reporting.bureau,
            "area": area,
            "period": words.span(numbers.since, numbers.until),
            "made": f"{now.astimezone(policy.zone):%Y-%m-%d %H:%M}",
            **texts.BASIS,
        }
        self.first = numbers.since
        self.tables: dict[str, Table] = {}
        self.charts: dict[str, Chart] = {}

    async def totals(self) -> None:
        """What was taken on, closed, stopped; what is open; how well it went."""
        numbers, few = self.numbers, self.numbers.few
        for name, metric in _TOTALS:
            self.words[name] = said.said(await numbers.total(metric), metric, few)
        for name, metric in (
            ("taken", Metric.TICKETS),
            ("closed", Metric.RESOLVED),
            ("stopped", Metric.ACTIONS),
        ):
            self.words[f"{name}_change"] = await numbers.compared(metric, Compare.PREVIOUS) or texts.NONE
        self.words["taken_year"] = await numbers.compared(Metric.TICKETS, Compare.LAST_YEAR) or texts.NONE
        for name, metric in (("open", Metric.OPEN), ("overdue", Metric.OVERDUE)):
            self.words[name] = await numbers.said(metric, now=True)
        whole = await numbers.figure(numbers.asked(Metric.TICKETS))
        self.words["begun"] = texts.begun(whole.begun) if whole and whole.partly else ""
        self.first = whole.begun if whole else numbers.since

    async def beside(self) -> None:
        """Referrals, publicity, what is overdue and suspended now, where it recurs."""
        numbers = self.numbers
        ledger, period = numbers.viewer.store.ledger, numbers.period
        groups = [c.group for c in numbers.communities if c.group]
        everywhere = numbers.viewer.boss.area is None
        referred = await ledger.referred(period, None if everywhere else groups)
        told = await ledger.publicity(period, groups, numbers.names)
        suspended = [one for one in await numbers.open() if one.state is State.SUSPENDED]
        self.words |= {
            "referred": f"{referred} 次",
            "cards": f"{told.cards} 次",
            "reached": f"{told.people} 人次",
            "suspended": f"{len(suspended)} 件",
        }
        self.tables["late"] = [self._late(one) for one in await numbers.late()]
        self.tables["suspended"] = [self._suspended(one) for one in suspended]

    async def spots(self) -> None:
        """Where it recurs."""
        rules, until = self.numbers.viewer.policy.reporting, self.numbers.until
        self.words["spot_rule"] = texts.spot_rule(rules.spot_days, rules.spot_cases, until)
        self.tables["spots"] = [
            {
                "community": one.latest.community,
                "category": one.latest.category,
                "place": self.numbers.place(one.latest) or texts.NONE,
                "count": str(one.total),
                "open": str(one.open),
            }
            for one in await self.numbers.spots(until)
        ]

    async def campaigns(self) -> None:
        """The five campaigns beside each other."""
        taken = await self.numbers.parts(Metric.TICKETS, Group.CAMPAIGN)
        closed = by_name(await self.numbers.parts(Metric.RESOLVED, Group.CAMPAIGN))
        stopped = by_name(await self.numbers.parts(Metric.ACTIONS, Group.CAMPAIGN))
        whole = sum(row.cell.part for row in taken)
        self.tables["campaigns"] = [
            {
                "name": row.name,
                "taken": str(row.cell.part),
                "share": said.fraction(row.cell.part, whole, self.numbers.few)
                if row.cell.part
                else texts.NONE,
                "closed": str(closed.get(row.name, Cell()).part),
                "stopped": str(stopped.get(row.name, Cell()).part),
            }
            for row in taken
        ]
        if whole:
            self.charts[texts.CAMPAIGNS] = self.chart(
                ChartKind.BARS, texts.EACH_CAMPAIGN, taken, texts.CAMPAIGN
            )

    def _late(self, ticket: Ticket) -> dict[str, str]:
        viewer = self.numbers.viewer
        late = ticket.late_by(viewer.now)
        main = (viewer.roster.name_of(ticket.main) or words.FORMER) if ticket.main else words.NOBODY
        return {
            "no": ticket.no,
            "community": ticket.community,
            "category": ticket.category,
            "late": words.late(late) if late else "",
            "main": main,
        }

    def _suspended(self, ticket: Ticket) -> dict[str, str]:
        until = ticket.suspended_until
        return {
            "no": ticket.no,
            "community": ticket.community,
            "category": ticket.category,
            "until": until.isoformat() if until else texts.NONE,
        }

    def chart(self, kind: ChartKind, title: str, rows: Sequence[Row], column: str) -> Chart:
        """Counts of tickets as a picture."""
        points = tuple(Point(row.cell.part, f"{row.cell.part} 件") for row in rows)
        whole = sum(row.cell.part for row in rows)
        return Chart(
            kind,
            Measure.COUNT,
            title,
            self.words["period"],
            tuple(row.name for row in rows),
            (Series(texts.TAKEN, points),),
            "件",
            whole=f"{whole} 件",
            column=column,
        )


def by_name(rows: Sequence[Row]) -> Mapping[str, Cell]:
    """The figure of each part by its name."""
    return {row.name: row.cell for row in rows}
