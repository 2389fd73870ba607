"""Reports and ledgers (报表、台账): which there are, over what days, and what stands in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path

from domain.action import Action
from domain.chart import Chart
from domain.ids import MemberId
from domain.state import State
from domain.ticket import Ticket

PAPER = "paper."
"""What the kinds of duties begin with that take their time: they are done beside everything else."""
DUE, ASKED = f"{PAPER}due", f"{PAPER}asked"
"""A paper that the calendar wants, and one that somebody has asked for."""


class PaperKind(StrEnum):
    """The papers that there are."""

    LEDGER = "ledger"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that somebody gets: of which days, both counted, and of what area.

    `area` is a street or a community, None all that they may see; `mark` tells two of the same apart.
    """

    kind: PaperKind
    since: date
    until: date
    area: str | None = None
    mark: str = ""

    @property
    def slot(self) -> str:
        """As the slot of a duty."""
        parts = [self.kind.value, self.since.isoformat(), self.until.isoformat(), self.area, self.mark]
        return json.dumps(parts, ensure_ascii=False)

    @classmethod
    def of(cls, slot: str) -> "Wanted":
        """From the slot of a duty."""
        kind, since, until, area, mark = json.loads(slot)
        return cls(PaperKind(kind), date.fromisoformat(since), date.fromisoformat(until), area, mark)


@dataclass(frozen=True, slots=True)
class Reporting:
    """What a bureau decides about its reports; a time that is None is never.

    Supervisors get the daily report at `daily_at` on working days, the weekly one at `weekly_at` on the
    first working day of the next week, the monthly one at `monthly_at` on working day number `monthly_day`
    of the next month. `bureau` is who reports, `unit` how a ticket's responsible unit is called
    ({street} and {community} are put in). A spot recurs where as many as `spot_cases` tickets of a kind came
    from one place in `spot_days` days. `folder` holds templates of the bureau's own.
    """

    daily_at: time | None = time(17, 30)
    weekly_at: time | None = time(9)
    monthly_at: time | None = time(9)
    monthly_day: int = 3
    bureau: str = ""
    unit: str = "{street}城管中队"
    spot_cases: int = 3
    spot_days: int = 30
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Struck:
    """An item of the list of illegal buildings is struck off (销号): when, and by whom."""

    at: datetime
    by: MemberId
    note: str = ""

    def holds(self, ticket: Ticket) -> bool:
        """Whether it still is: it was after the ticket was closed, which has not come back since."""
        closed = ticket.ended_at if ticket.state is State.CLOSED else None
        return closed is not None and self.at >= closed


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A ticket as a ledger has it. `first` is when each step was first made, `notes` the last words of each.

    The words are those of officers, workers and supervisors; who reported is not in it.
    """

    ticket: Ticket
    first: Mapping[Action, datetime]
    notes: Mapping[Action, str]
    score: int | None = None
    struck: Struck | None = None


@dataclass(frozen=True, slots=True)
class Publicity:
    """How often the rules were told: cards in groups, and people reached at check-ins."""

    cards: int
    people: int


Cellular = str | int | float | date | datetime | None
"""What may stand in a cell of a sheet."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, and how wide it is, in characters."""

    head: str
    width: float = 12


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of a ledger: how it is called, its columns; a `wide` one is printed on larger paper."""

    name: str
    columns: tuple[Column, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A report in words, ready for a template: single words, tables by name, charts by name (or none).

    The names are those that a template may use (`docs/reports.md`). `made_at` is when it was gathered.
    """

    kind: PaperKind
    title: str
    words: Mapping[str, str]
    tables: Mapping[str, Sequence[Mapping[str, str]]]
    charts: Mapping[str, Chart | None] = field(default_factory=dict)
    made_at: datetime | None = None
