"""What things are called: states, actions, roles, units, days; and the words of the bot's commands."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo

from domain.action import Action
from domain.history import Entry
from domain.ids import MemberId, TicketNo
from domain.message import Kind
from domain.people import Role
from domain.state import Outcome, State

STATES = {
    State.REGISTERED: "已登记",
    State.DISPATCHED: "已派遣",
    State.ACCEPTED: "已签收",
    State.HANDLING: "处置中",
    State.EXTENDED: "延期处置中",
    State.REPORTED: "已反馈，待确认",
    State.REWORK: "返工中",
    State.SUSPENDED: "挂账中",
    State.TRANSFERRED: "已转办",
    State.REJECTED: "已退回",
    State.WITHDRAWN: "已撤回",
    State.CLOSED: "已结案",
}


OUTCOMES = {
    Outcome.CONFIRMED: "反映人确认",
    Outcome.VERIFIED: "社区核查",
    Outcome.NO_ANSWER: "期满无人答复",
}


ACTIONS = {
    Action.REGISTER: "受理登记",
    Action.DISPATCH: "派遣",
    Action.SUPPORT: "附议",
    Action.SUPPLEMENT: "补充",
    Action.URGE: "催办",
    Action.CONFIRM: "确认",
    Action.DISPUTE: "异议",
    Action.WITHDRAW: "撤回",
    Action.ACCEPT: "签收",
    Action.PROGRESS: "处置进展",
    Action.RESOLVE: "反馈",
    Action.EXTEND: "延期",
    Action.SUSPEND: "挂账",
    Action.RESUME: "恢复办理",
    Action.TRANSFER: "转办",
    Action.REJECT: "退回",
    Action.VERIFY: "核查",
    Action.LAPSE: "期满结案",
    Action.VOID: "误报撤销",
}


ROLES = {
    Role.RESIDENT: "居民",
    Role.OFFICER: "城管队员",
    Role.COMMUNITY: "社区",
    Role.PROPERTY: "物业",
    Role.SUPERVISOR: "主管",
    Role.BOT: "网格管家",
}


KINDS = {
    Kind.IMAGE: "[图片]",
    Kind.VIDEO: "[视频]",
    Kind.VOICE: "[语音]",
    Kind.FILE: "[文件]",
    Kind.LOCATION: "[位置]",
    Kind.LINK: "[链接]",
    Kind.STICKER: "[表情]",
}


BIND = "绑定"


THE_GROUP = "居民群"


NO_CODE = "绑定码不对，或者过期了、用过了。请向管理员再要一个。"


CODE_OF_GROUP = "这是群的绑定码，请在那个群里说。"


CODE_READ = "个人的绑定码要私聊我说，这个已作废，请再要一个。"


MISTAKE = "误报"


YES = frozenset({"1", "是", "要", "登记"})


NO = frozenset({"0", "不是", "不用", "否"})


MINE = frozenset({"我的", "我的单", "我的工单"})


OPEN_LIST = frozenset({"在办", "在办件"})


PROGRESS_OF = "进度"


UNITS = (
    "市政",
    "环卫",
    "园林",
    "水务",
    "排水",
    "住建",
    "交警",
    "公安",
    "派出所",
    "消防",
    "供电",
    "供水",
    "燃气",
    "市场监管",
    "生态环境",
    "街道",
    "社区",
    "物业",
    "12345",
)
"""Units that may be named in a group."""


BARE_MOVES = (
    "申请挂账",
    "挂账",
    "申请延期",
    "延期",
    "转办",
    "转交",
    "转走",
    "退回",
    "退件",
    "退单",
    "作废",
    "驳回",
    "不予受理",
    "不予办理",
    "不受理",
    "单号",
    "工单",
    "这个",
    "这件",
    "这单",
    "吧",
    "了",
)
"""Words that name a move and give no reason for it."""


def who(entry: Entry, names: Mapping[MemberId, str]) -> str:
    """Who made a step: their role, and the name of whoever acts for the bureau or the community."""
    name = names.get(entry.person, entry.person) if entry.person else ""
    return f"{ROLES[entry.role]}{' ' + name if name else ''}"


BROKEN = {
    "missing": "缺了这一条",
    "chain": "和上一条接不上",
    "changed": "内容被改过",
    "cut": "后面的记录被去掉了，或工单被改过",
}


def broken(no: TicketNo, seq: int, why: str) -> str:
    """The first broken link of a record."""
    return f"记录断开：{no} 第 {seq} 条，{BROKEN[why]}。"


def gap(no: TicketNo) -> str:
    """A number that was given out and whose ticket is gone."""
    return f"记录断开：{no} 整件不见了。"


def day(value: date) -> str:
    """A day as people say it."""
    return f"{value.month}月{value.day}日"


def dated(value: date, today: date) -> str:
    """A day as people say it, with the year where it is another than this one."""
    return day(value) if value.year == today.year else f"{value.year}年{day(value)}"


_WEEKDAYS = "一二三四五六日"


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment as people say it: 今天18:30, 11月23日(周一)11:30; with the year where it is another."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local.hour}:{local.minute:02d}"
    if local.date() == today:
        return f"今天{clock}"
    year = f"{local.year}年" if local.year != today.year else ""
    return f"{year}{day(local.date())}(周{_WEEKDAYS[local.weekday()]}){clock}"
