"""An office and a ticket for tests of the clock: Monday to Friday, 8:00 to 12:00 and 14:00 to 18:00."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.category import TimeLimits
from domain.deadlines import begin
from domain.ids import MemberId, TicketNo
from domain.policy import Policy
from domain.state import State
from domain.ticket import Ticket
from domain.worktime import WorkingTime

ZONE = ZoneInfo("Asia/Shanghai")
HOLIDAYS = {date(2027, 1, 1), date(2024, 5, 1)}
OFFICE = WorkingTime(
    ZONE,
    ((time(8), time(12)), (time(14), time(18))),
    lambda day: day.weekday() < 5 and day not in HOLIDAYS,
)
POLICY = Policy(ZONE, timedelta(days=3), timedelta(days=7), OFFICE, TimeLimits())


def at(text: str) -> datetime:
    """`2026-05-11 09:30` in Nanchang."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def local(moment: datetime | None) -> str:
    """And back."""
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}" if moment else ""


def ticket_of(category: str, start: str, *, ongoing: bool = False) -> Ticket:
    """A ticket dispatched at `start`."""
    ticket = Ticket(
        no=TicketNo("20260511-001"),
        community="幸福里社区",
        group=None,
        category=category,
        location="3栋",
        urgent=False,
        opened_at=at(start),
        state=State.DISPATCHED,
        main=MemberId("o1"),
        assisting=MemberId("o2"),
        ongoing=ongoing,
    )
    begin(ticket, POLICY, at(start))
    return ticket
