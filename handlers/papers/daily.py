"""The daily report: what came and went today, what is overdue, what is due next. A few lines, no file."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.policy import Policy
from domain.query import Metric
from domain.ticket import Ticket
from handlers.papers.numbers import Numbers
from handlers.texts import papers as words
from handlers.texts import reports as texts


async def daily(numbers: Numbers, area: str) -> str:
    """The day of `numbers` in a few lines; one where there is nothing to be said."""
    late, soon = await numbers.late(), await due_next(numbers)
    totals = {
        "taken": await numbers.total(Metric.TICKETS),
        "closed": await numbers.total(Metric.RESOLVED),
        "stopped": await numbers.total(Metric.ACTIONS),
        "open": await numbers.total(Metric.OPEN, now=True),
        "overdue": await numbers.total(Metric.OVERDUE, now=True),
    }
    today = numbers.since
    if not any(cell.part for cell in totals.values()):
        return texts.quiet_day(today, area)
    units = {"stopped": "起"}
    said = {name: f"{cell.part} {units.get(name, '件')}" for name, cell in totals.items()}
    lines = words.shortened([_line(ticket, numbers) for ticket in late])
    until = numbers.viewer.policy.office.next_working_day(today)
    return texts.daily(today, area, said, lines, texts.due_soon(len(soon), today, until))


async def due_next(numbers: Numbers) -> Sequence[Ticket]:
    """What officers still have to answer until the end of the next working day, and is not overdue."""
    policy, now = numbers.viewer.policy, numbers.viewer.now
    until = policy.office.next_working_day(numbers.since)
    return [one for one in await numbers.open() if _due(one, now, until, policy)]


def _due(ticket: Ticket, now: datetime, until: date, policy: Policy) -> bool:
    by = ticket.resolve_by
    if by is None or by <= now or ticket.paused_at or not ticket.waits_for_officers:
        return False
    return policy.day(by) <= until


def _line(ticket: Ticket, numbers: Numbers) -> str:
    viewer = numbers.viewer
    late = ticket.late_by(viewer.now)
    main = (viewer.roster.name_of(ticket.main) or words.FORMER) if ticket.main else words.NOBODY
    return texts.late_line(ticket.community, ticket.category, words.late(late) if late else "", main)
