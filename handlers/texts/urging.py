"""What is said where a supervisor urges a ticket (催办)."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from domain.ticket import Ticket
from handlers.texts.tickets import left, status

URGE_WHICH = "催哪一件？请带单号，如“催办 20260511-003”。"
_FEW = 10


def which_number(tail: str, tickets: Sequence[Ticket]) -> str:
    """To a supervisor: the end of a number that several tickets have."""
    lines = [f"{t.no} {t.community} {t.category}" for t in tickets[:_FEW]]
    return "\n".join([f"尾号 {tail} 的有 {len(tickets)} 件，请写全单号：", *lines])


def urged_state(ticket: Ticket, officers: Sequence[str], now: datetime, zone: tzinfo) -> str:
    """To a supervisor who urges a ticket: who has it and how it stands."""
    seats = [f"{seat}{name}" for seat, name in zip(("主办", "协办"), officers, strict=False) if name]
    whose = "、".join(seats) or "还没派给队员"
    return f"{status(ticket)}{left(ticket, now, zone)}。{whose}。"


def reminded(*, again: bool, now: bool, anybody: bool) -> str:
    """To a supervisor who urges a ticket: whether its officers hear of it, and when."""
    if not anybody:
        return "现在没有队员可以提醒。"
    if again:
        return "刚提醒过队员，先不重复。" if now else "已记下，早上提醒队员一次。"
    return "已再提醒队员。" if now else "现在不早了，早上提醒队员。"


def urged_by_boss(ticket: Ticket, when: str) -> str:
    """To the officers."""
    place = ticket.location or "未说"
    return f"{ticket.no} {ticket.category} 主管催办（第{ticket.urges}次）。位置：{place}。时限：{when}。"
