"""What is said about a ticket's time: deadlines, reminders, extension and suspension."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo

from domain.action import Action
from domain.errors import Refused
from domain.limit import Limit
from domain.records import Approval
from domain.state import State
from domain.ticket import Ticket
from domain.worktime import WorkingTime
from handlers.texts.names import ACTIONS, STATES, dated, moment


def deadline(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    """Until when: 2紧急工作时，今天20:30前; from when, where the office is closed now; or that it stands."""
    if ticket.resolve_limit is None or ticket.resolve_by is None:
        return "没有"
    if ticket.state is State.SUSPENDED and ticket.suspended_until:
        return f"挂账到{dated(ticket.suspended_until, now.astimezone(office.zone).date())}，不计时"
    if ticket.paused_at:
        return f"{ticket.resolve_limit}，等位置清楚了再算"
    opens = office.opening(now)
    waits = not Limit.parse(ticket.resolve_limit).runs_on and opens > now and ticket.resolve_by > opens
    begins = f"从{moment(opens, now, office.zone)}算，" if waits else ""
    return f"{ticket.resolve_limit}，{begins}{moment(ticket.resolve_by, now, office.zone)}前"


def _half(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    return f"{ticket.no} {ticket.category} 时间过半，{_by(ticket, office, now)}。位置：{_where(ticket)}"


def _nearly(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    by = _by(ticket, office, now)
    return f"{ticket.no} {ticket.category} 快到时限：{by}。来不及请回“延期”和理由。位置：{_where(ticket)}"


def _overdue(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    del office, now
    return f"【超期】{ticket.no} {ticket.category} 到时限还没反馈，已告诉中队长。位置：{_where(ticket)}"


def _far_overdue(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    del office, now
    return f"【超期】{ticket.no} {ticket.category} 已超过一倍时限，已告诉分管领导。位置：{_where(ticket)}"


def _by(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    return f"{moment(ticket.resolve_by or now, now, office.zone)}前"


def _where(ticket: Ticket) -> str:
    return ticket.location or "未说"


REMINDERS: tuple[Callable[[Ticket, WorkingTime, datetime], str], ...] = (
    _half,
    _nearly,
    _overdue,
    _far_overdue,
)
"""To the officers, at each step of the ladder."""


def overdue_report(ticket: Ticket, main: str | None, zone: tzinfo, now: datetime, *, double: bool) -> str:
    """To a supervisor: a ticket that is overdue, and whose it is."""
    due = moment(ticket.resolve_by or now, now, zone)
    whose = f"，主办{main}" if main else ""
    far = "已超过一倍时限" if double else "到时限还没反馈"
    return f"【超期】{ticket.community} {ticket.no} {ticket.category} {far}（{due}）{whose}。"


HANDED_OVER = "主办没有按时签收，改由协办主办"


THE_OTHER = "协办"


def now_yours(ticket: Ticket, when: str) -> str:
    """To the assisting officer, who is the main one from now on."""
    return f"{ticket.no} {ticket.category} 主办没签收，改由您主办。位置：{_where(ticket)}。时限：{when}。"


def not_yours(ticket: Ticket, other: str) -> str:
    """To the main officer, who is the assisting one from now on."""
    return f"{ticket.no} {ticket.category} 没等到您签收，改由{other}主办，您协办。"


def nobody_accepts(ticket: Ticket) -> str:
    """To the squad leader: no officer accepts it, and there is no other one."""
    return f"{ticket.community} {ticket.no} {ticket.category} 没人签收，也没有协办，请安排。"


def place_missing(ticket: Ticket) -> str:
    """To the officers: nobody has said where it is, so that the clock stands."""
    return f"{ticket.no} {ticket.category} 还没等到位置，先不计时。到了现场说一声就开始计时。"


def now_ongoing(ticket: Ticket, when: str) -> str:
    """To the officers: it is being built right now."""
    return f"【在建】{ticket.no} {ticket.category} 正在施工，请先制止。位置：{_where(ticket)}。时限：{when}。"


MORE_TIME = {
    (Action.EXTEND, Refused.OVERDUE): "已经超期，不能再延期。",
    (Action.EXTEND, Refused.TWICE): "已经延过期，不能再延了。",
    (
        Action.EXTEND,
        Refused.NO_DAY,
    ): "延期到哪一天没听明白（过去的、没有的日子不算），请连单号再说一次，如“延期到6月30日，等配件”。",
    (Action.SUSPEND, Refused.BEFORE): "挂过账了，一件只能挂一次。",
    (Action.SUSPEND, Refused.NO_DAY): "挂账要说到哪一天，最长一年，如“挂账到6月30日，等产权”。",
}
"""Why there is no extension, or no suspension."""


SUSPEND = ("申请挂账", "挂账")


RESUME = frozenset({"恢复", "恢复办理"})


AGREES = ("同意", "批准", "准予", "批了", "准了")


REFUSES = ("不同意", "不批准", "不予批准", "不准", "不批")


NODS = ("可以", "行", "好的", "好", "ok", "没问题", "批", "准", "可", "嗯", "中", "通过")
"""Words that allow what the bot has just asked for, where nothing else is said."""


SHAKES = ("驳回", "不行", "不可以", "不能", "不给", "不用", "不予", "退回", "别", "不")
"""Words that refuse it, before a reason."""


def no_more_time(ticket: Ticket, action: Action, why: Refused) -> str:
    """To an officer: refused, and why."""
    return f"{ticket.no} {MORE_TIME[action, why]}"


def extended(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    """To an officer: until when it is now."""
    return f"已记：{ticket.no} 延期到{_by(ticket, office, now)}。"


def time_enough(ticket: Ticket, office: WorkingTime, now: datetime) -> str:
    """To an officer who asks for less time than there is."""
    return f"{ticket.no} 的时限本来就到{_by(ticket, office, now)}，不用延期。"


def approval_asked(ticket: Ticket, action: Action, *, reachable: bool) -> str:
    """To the officer who asked."""
    if not reachable:
        return f"{ticket.no} {ACTIONS[action]}要中队长批准，可还没有中队长的账号，请直接找他。"
    return f"{ticket.no} {ACTIONS[action]}已报中队长，批准前照原时限办。"


def extension_with(why: str) -> str:
    """For the record: the reason that was given after it was asked for."""
    return f"延期，{why}"


def approval_waits(ticket: Ticket, action: Action) -> str:
    """To an officer who asks once more."""
    return f"{ticket.no} {ACTIONS[action]}已经报了，还在等中队长批准。"


def request_taken_back(ticket: Ticket) -> str:
    """To the officer who needs no more time, and to the squad leader who was asked."""
    return f"{ticket.no} 的延期申请已撤回，照原时限办。"


NO_REQUEST = "没有在等批的延期申请。"


def which_request(numbers: Sequence[str]) -> str:
    """To an officer who has asked for more time for several tickets."""
    return f"在等批的延期有 {len(numbers)} 件，请带单号，如“不用延期 {numbers[0]}”：{'、'.join(numbers)}。"


def approval_card(ticket: Ticket, asked: Approval, who: str, today: date) -> str:
    """To the squad leader."""
    to = f"到{dated(asked.until, today)}" if asked.until else ""
    what = f"{who}申请{ACTIONS[asked.action]}{to}：{ticket.community} {ticket.no} {ticket.category}"
    return f"{what}。理由：{asked.note}\n回“同意 {ticket.no}”或“不同意 {ticket.no}”加一句理由。"


def not_yours_to_approve(no: str) -> str:
    """To a supervisor who leads another squad."""
    return f"{no} 的申请由所在社区的中队长批。"


def no_approval(no: str) -> str:
    """To a supervisor: there is nothing to answer."""
    return f"{no} 没有等您批的申请。".strip()


def approvals_waiting(waits: Sequence[tuple[Ticket, Approval]], today: date) -> str:
    """To a supervisor who has not said which: what waits for them."""
    if not waits:
        return "现在没有等您批的申请。"
    lines = [f"等您批的有 {len(waits)} 件，请带单号，如“同意 {waits[0][0].no}”："]
    for ticket, asked in waits[:_FEW]:
        to = f"到{dated(asked.until, today)}" if asked.until else ""
        lines.append(f"{ticket.no} {ticket.community} {ticket.category}，{ACTIONS[asked.action]}{to}")
    if len(waits) > _FEW:
        lines.append(f"还有 {len(waits) - _FEW} 件。")
    return "\n".join(lines)


_FEW = 10


def approval_too_late(ticket: Ticket, action: Action) -> str:
    """To everybody concerned: it is not needed, or not possible, any more."""
    return f"{ticket.no} {STATES[ticket.state]}，{ACTIONS[action]}的申请作罢。"


def approved_by(note: str, who: str) -> str:
    """For the record: the reason, and who allowed it."""
    return f"{note}（{who}批准）"


def approved(ticket: Ticket, action: Action, office: WorkingTime, now: datetime) -> str:
    """To everybody concerned."""
    return f"{ticket.no} {ACTIONS[action]}已批准。时限：{deadline(ticket, office, now)}。"


def only_as_asked(ticket: Ticket, asked: Approval, today: date) -> str:
    """To a squad leader who would allow something else than was asked for."""
    to = f"到{dated(asked.until, today)}" if asked.until else ""
    what = f"{ticket.no} 申请的是{ACTIONS[asked.action]}{to}，只能照申请的批"
    return f"{what}：回“同意 {ticket.no}”，或“不同意 {ticket.no}”加一句理由。"


def refused(ticket: Ticket, action: Action, why: str) -> str:
    """To everybody concerned."""
    return f"{ticket.no} {ACTIONS[action]}没有批准{'：' + why if why else ''}，照原时限办。"


def resumed(ticket: Ticket, when: str) -> str:
    """To the officers: off the books, on with it."""
    return f"{ticket.no} {ticket.category} 挂账到期，继续办理。位置：{_where(ticket)}。时限：{when}。"
