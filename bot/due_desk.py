"""`wangge due`: what the program will do when, and why."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from bot.desk import Json, recipient, show, with_database
from bot.scene import people
from bot.settings import Settings
from domain.deadlines import rung_at
from domain.ids import MemberId
from domain.policy import Policy
from domain.records import Duty
from domain.state import WAITING, State
from domain.ticket import Ticket
from handlers import leave, more_time, texts, waiting, weekly
from storage.database import Work

_DUTIES = {
    waiting.PLACE: "等不到位置就告诉队员",
    more_time.RESUME: "挂账到期，恢复办理",
    leave.CHANGE: "请假开始或结束，转派工单",
    weekly.PLAN: "排下一周的对接",
    weekly.INVITE: "在居民群里请大家说说",
    weekly.LAW: "在居民群里说一张普法卡",
    weekly.CARDS: "给队员对接卡",
    weekly.CARD: "给队员对接卡",
    weekly.REMIND: "还没对接的，私下提醒队员",
    weekly.REMINDER: "还没对接的，私下提醒队员",
    weekly.CLOSE: "补录截止，没有的记下来",
    weekly.SUMMARY: "把没有对接的告诉中队长和分管领导",
}
_RUNGS = ("时间过半，提醒主办", "快到时限，提醒两位队员", "到时限，报中队长", "超过一倍时限，报分管领导")
_SILENT = "主办没签收，改由协办主办"
_MOST = 2000

COLUMNS = {"at": "什么时候", "what": "做什么", "about": "关于", "why": "为什么"}


class Coming(NamedTuple):
    """Something that is due; at no time that is known where the clock stands."""

    at: datetime | None
    kind: str
    what: str
    about: str
    why: str


def due(as_json: Json = False) -> None:
    """接下来什么时候会做什么、为什么：提醒、时限、结案、日程、等着发的话。"""

    async def rows(work: Work, settings: Settings) -> list[dict[str, Any]]:
        return [_row(one, settings.timezone) for one in await coming(work, settings.policy)]

    show(with_database(rows), COLUMNS, "接下来没有要做的事。", as_json=as_json)


async def coming(work: Work, policy: Policy) -> list[Coming]:
    """Everything that is due, by its time; at the end, where the clock stands."""
    names = people(await work.roster())
    tickets = await work.tickets.all(open_only=True)
    found = [one for ticket in tickets for one in _of_ticket(ticket, policy)]
    found += [_of_duty(duty, names) for duty in await work.duties.coming(_MOST)]
    for at, line in await work.outbox.coming():
        to = recipient(line.reply, names)
        found.append(Coming(at, "line", f"发给{to}", line.reply.ticket or "", "等着发的话"))
    if expiry := await work.sessions.next_expiry():
        found.append(Coming(expiry, "login", "删掉过期的登录和链接", "", "网页登录有期限"))
    return sorted(found, key=lambda one: (one.at is None, one.at))


def _row(one: Coming, zone: tzinfo) -> dict[str, Any]:
    at = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}" if one.at else None
    return {"at": at, "kind": one.kind, "what": one.what, "about": one.about, "why": one.why}


def _of_ticket(ticket: Ticket, policy: Policy) -> Iterator[Coming]:
    about = f"{ticket.no} {ticket.community}"
    limit = f"时限 {ticket.resolve_limit}"
    if ticket.lapse_at:
        yield Coming(ticket.lapse_at, "lapse", "没人有意见就结案", about, texts.STATES[ticket.state])
    if ticket.paused_at:
        on_books = ticket.state is State.SUSPENDED
        yield Coming(None, "paused", "不计时", about, "挂账" if on_books else "等居民说位置")
    elif ticket.waits_for_officers and ticket.resolve_by:
        yield Coming(ticket.resolve_by, "deadline", "办理时限", about, limit)
    if ticket.remind_at:
        what = _reminder(ticket, policy)
        why = f"签收时限 {ticket.arrive_limit}" if what == _SILENT else limit
        yield Coming(ticket.remind_at, "remind", what, about, why)


def _reminder(ticket: Ticket, policy: Policy) -> str:
    """What the next reminder is."""
    rung, at = ticket.rung, ticket.remind_at
    arriving = ticket.state in WAITING and ticket.arrive_by == at
    if at is None or arriving or rung >= len(policy.reminders):
        return _SILENT
    later = [step for step in range(rung, len(_RUNGS)) if rung_at(ticket, policy, at, step) <= at]
    return _RUNGS[max(later, default=rung)]


def _of_duty(duty: Duty, names: dict[MemberId, str]) -> Coming:
    about = names.get(MemberId(duty.subject), duty.subject)
    return Coming(duty.at, duty.kind, _DUTIES.get(duty.kind, duty.kind), about, f"日程 {duty.slot}".strip())
