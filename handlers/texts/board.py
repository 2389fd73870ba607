"""What the pages say beside the figures: how long is left, what a filter wants, why there is nothing."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from domain.place import public_place
from domain.policy import Policy
from domain.records import CheckIn, OwnAction
from domain.state import State
from domain.ticket import Ticket
from domain.week import Week
from handlers.texts.names import STATES, day, moment
from handlers.texts.week import MEANS

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)

NO_PLACE = "位置未说"
HIDDEN_PLACE = "位置不便显示"
NOBODY_YET = "还没派人"
GONE = "已不在名册"
SATISFACTION = {1: "满意", 2: "一般", 3: "不满意"}
NO_RECORDS = "系统里还没有记录。居民在群里反映第一件事以后，这里就有数了。"
NO_COMMUNITY = "您的范围里还没有社区，请管理员看一下花名册。"
STATE_CHOICES = {"open": "在办（全部）", "counted": "作废的不算"} | {
    state.value: name for state, name in STATES.items()
}
"""What can be chosen as a state: all that are open, all that count, or one."""
KINDS = {
    "street": "街道", "community": "社区", "category": "类别", "campaign": "整治行动", "state": "状态",
    "officer": "主办队员", "from": "受理从", "to": "受理到", "due": "到期日", "overdue": "超期",
    "ended_from": "结束从", "ended_to": "结束到", "spot": "同一位置的工单", "month": "月份",
    "words": "位置里的字", "page": "页码",
}  # fmt: skip


# --- time --------------------------------------------------------------------------------------------


def span(length: timedelta) -> str:
    """How long, in its two largest units: 2 天 3 小时, 40 分钟."""
    if length < _MINUTE:
        return "不到 1 分钟"
    days, rest = divmod(length, _DAY)
    hours, minutes = divmod(rest, _HOUR)[0], divmod(rest % _HOUR, _MINUTE)[0]
    if days:
        return f"{days} 天" + (f" {hours} 小时" if hours else "")
    if hours:
        return f"{hours} 小时" + (f" {minutes} 分" if minutes else "")
    return f"{minutes} 分钟"


def overdue_by(ticket: Ticket, now: datetime) -> str:
    """How long a ticket is, or was, over its deadline; "" where it is not."""
    if ticket.resolve_by is None or not ticket.overdue(now):
        return ""
    answered = ticket.reported_at if ticket.state in {State.REPORTED, State.CLOSED} else None
    stopped = answered or ticket.ended_at or ticket.paused_at
    return f"超期 {span((stopped or now) - ticket.resolve_by)}"


def remaining(ticket: Ticket, now: datetime, policy: Policy) -> str:
    """What the deadline of a ticket is to whoever looks at it now."""
    over = overdue_by(ticket, now)
    if not ticket.open:
        ended = f"{moment(ticket.ended_at, now, policy.zone)}结束" if ticket.ended_at else ""
        return "，".join(one for one in (ended, over and f"曾{over}") if one)
    if ticket.state is State.REPORTED:
        told = f"{moment(ticket.reported_at, now, policy.zone)}反馈" if ticket.reported_at else ""
        return "，".join(one for one in (told, over and f"已{over}") if one)
    if ticket.state is State.SUSPENDED and ticket.suspended_until:
        return f"挂账到{day(ticket.suspended_until)}" + (f"，此前{over}" if over else "")
    if ticket.paused_at:
        return "等位置清楚，不计时" + (f"，此前{over}" if over else "")
    if ticket.resolve_by is None:
        return "没有时限"
    return over or f"{moment(ticket.resolve_by, now, policy.zone)}前，还有 {span(ticket.resolve_by - now)}"


def at(when: datetime, policy: Policy) -> str:
    """A moment in a list: 06-22 09:35."""
    return f"{when.astimezone(policy.zone):%m-%d %H:%M}"


def full(when: datetime, now: datetime, policy: Policy) -> str:
    """A moment as people say it."""
    return moment(when, now, policy.zone)


def week(one: Week, today: date) -> str:
    """A week among others: 6月22日至6月28日."""
    year = f"{one.monday.year}年" if one.monday.year != today.year else ""
    return f"{year}{day(one.monday)}至{day(one.sunday)}"


# --- places and people -------------------------------------------------------------------------------


def place(ticket: Ticket, places: tuple[str, ...]) -> str:
    """Where it is, as anybody may hear it."""
    return public_place(ticket.location, places) or (HIDDEN_PLACE if ticket.location else NO_PLACE)


def how_many(total: int, most: int) -> str:
    """The length of a list that is not counted to its end."""
    return f"共 {total} 件" if total < most else f"共 {most - 1} 件以上"


# --- check-ins ---------------------------------------------------------------------------------------


def visited(met: int, of: int) -> str:
    """How many communities have had their check-in."""
    return f"已对接 {met}/{of} 个社区"


def free(communities: int) -> str:
    """How many need none in this week."""
    return f"，另有 {communities} 个不用对接" if communities else ""


EXEMPT = "这一周工作日少，不用对接。"
ALL_MET = "都对接了。"


def make_up(until: datetime, now: datetime, policy: Policy) -> str:
    """Until when a check-in can be made up."""
    return f"可补录到{moment(until, now, policy.zone)}"


CHECKED, MISSED, NOT_YET, NO_NEED, NO_RECORD = (
    "已对接", "没有对接", "还没有对接", "不用对接", "没有记录",
)  # fmt: skip


def visit(one: CheckIn, who: str, *, made_up: bool) -> str:
    """A check-in: when, how, with whom, by whom."""
    head = f"{day(one.day)}{MEANS.get(one.means, one.means)}，{who}"
    whom = f"，对接{one.whom}" if one.whom else ""
    return f"{head}{whom}{'（补录）' if made_up else ''}"


def stopped(one: OwnAction, places: tuple[str, ...]) -> str:
    """What an officer stopped, and where as anybody may hear it."""
    where = public_place(one.place, places)
    return f"{one.category} {one.count} 起" + (f"，{where}" if where else "")


def month(days: tuple[date, date]) -> str:
    """The running month."""
    since, until = days
    return day(since) if since == until else f"{day(since)}至{day(until)}"


THIS_MONTH = "本月"


def month_name(day_of_it: date, today: date) -> str:
    """A month among others: 本月, 5月, 2025年12月."""
    if (day_of_it.year, day_of_it.month) == (today.year, today.month):
        return THIS_MONTH
    year = f"{day_of_it.year}年" if day_of_it.year != today.year else ""
    return f"{year}{day_of_it.month}月"


# --- what the figures of the pages mean --------------------------------------------------------------

TODAY_TAKEN = "今日受理"
TODAY_CLOSED = "今日结案"
OPEN_NOW = "在办"
LATE_NOW = "超期"
EVERYWHERE = "全区"


def heads(month_is: str) -> tuple[str, str, str]:
    """What stands above the three figures of many."""
    now = "" if month_is == THIS_MONTH else "（现在）"
    return f"{month_is}受理", OPEN_NOW + now, LATE_NOW + now


def taken(number: int) -> str:
    """The tickets of a figure, to be looked at."""
    return f"受理的 {number} 件"


def closed(kind: str, number: int) -> str:
    """The tickets of a figure that were closed, to be looked at."""
    return f"办结的{kind} {number} 件"


def eight_weeks(until: date, today: date) -> str:
    """The weeks that are looked back on."""
    return "近八周" if until == today else f"到{day(until)}的八周"


def spots(days: int, cases: int) -> str:
    """What a spot that comes back is."""
    return f"同一社区、同一类别、同一位置，{days} 天内 {cases} 件及以上；没说位置的、作废的不算。"


def begun(first: date) -> str:
    """From when on there are figures."""
    return f"系统{first.year}年{day(first)}才开始登记。"


def others(count: int) -> str:
    """How many lines of a table are left out, as there is nothing in them."""
    return f"其余 {count} 个：0 件"


# --- filters -----------------------------------------------------------------------------------------


def no_such(kind: str, value: str) -> str:
    """A filter that nothing fits; whether it exists beyond the area is not said."""
    return f"{KINDS[kind]}“{value}”没有，或者不在您的范围里。"


def not_a_day(kind: str, value: str) -> str:
    """A date that is none."""
    return f"{KINDS[kind]}“{value}”不是日期，要写成 2026-06-22 这样。"


def unknown_filter(name: str) -> str:
    """A filter that there is not."""
    return f"没有“{name}”这个筛选。"


def too_long(kind: str) -> str:
    """Words that nobody would look for."""
    return f"{KINDS[kind]}太长了。"


def filtered(said: Mapping[str, str]) -> str:
    """What a list is filtered by; which page of it this is does not belong to that."""
    values = {name: value for name, value in said.items() if name != "page"}
    return "，".join(_filter(name, value) for name, value in values.items())


def _filter(name: str, value: str) -> str:
    if name == "overdue":
        return LATE_NOW
    return f"{KINDS[name]} {STATE_CHOICES.get(value, value) if name == 'state' else value}"


BACKWARDS = "开始的日期在结束的日期之后。"
YES_OR_NO = "超期只能写 1。"
