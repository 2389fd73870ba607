"""What is said with reports and ledgers (报表、台账), and what stands in their sheets."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from domain.paper import Column, Page, PaperKind
from domain.state import Outcome, State
from domain.ticket import Ticket
from handlers.texts.names import OUTCOMES, day

LEDGER, DAILY, WEEKLY, MONTHLY = "台账", "日报", "周报", "月报"
NAMES = {
    PaperKind.LEDGER: LEDGER, PaperKind.DAILY: DAILY, PaperKind.WEEKLY: WEEKLY, PaperKind.MONTHLY: MONTHLY,
}  # fmt: skip
BY_CALENDAR = (PaperKind.DAILY, PaperKind.WEEKLY, PaperKind.MONTHLY)
"""What supervisors are sent without asking, each of which they may stop."""
STOPS = (
    "停发", "停掉", "停了", "停止", "停", "不要再?发?", "不用再?发?", "别再?发", "不再?发", "不想?[收看]",
    "取消", "退订", "关掉", "关闭", "关了", "关",
)  # fmt: skip
STARTS = ("恢复", "重新发", "重新开", "继续发", "开通", "开启", "打开", "开", "订阅")
_LAST = {PaperKind.DAILY: "看当天的", PaperKind.WEEKLY: "要上周的", PaperKind.MONTHLY: "要上月的"}
STRIKE, BACK = "销号", ("撤销", "取消")
NOT_THE_OFFICERS = "销号由主管来做。办好了请回“已处理”。"
WHICH_ITEM = "请写全单号，如“销号 20260511-003 已拆除”。"

WHOLE = "全区"
FORMER = "已不在名册"
NOBODY = "未派"
ILLEGAL = "无证施工"
"""The campaign whose tickets are a list of their own (整治清单)."""
SCORES = {1: "满意", 2: "一般", 3: "不满意"}
YES, NO, NOT_COUNTED = "是", "否", "不计"
_SHOWN = 15
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_TWO_DAYS = 48


def stopped(kinds: Sequence[PaperKind]) -> str:
    """To a supervisor who does not want them any more."""
    again = "".join(f"“开{NAMES[kind]}”" for kind in kinds)
    return f"好的，不再发{'、'.join(NAMES[kind] for kind in kinds)}。要恢复，说{again}；{_any_time(kinds)}。"


def started(kind: PaperKind, monthly_day: int) -> str:
    """To a supervisor who wants it again: when it comes."""
    when = {
        PaperKind.DAILY: "工作日",
        PaperKind.WEEKLY: "每周第一个工作日",
        PaperKind.MONTHLY: f"每月第{monthly_day}个工作日",
    }
    return f"好的，{when[kind]}发{NAMES[kind]}。"


def paper_off(kind: PaperKind) -> str:
    """To a supervisor of a bureau that has it switched off."""
    return f"本单位没有开{NAMES[kind]}。{_any_time((kind,))}。"


def _any_time(kinds: Sequence[PaperKind]) -> str:
    return "；".join(f"随时说“{NAMES[kind]}”能{_LAST[kind]}" for kind in kinds)


def working_on(kind: PaperKind, count: int) -> str:
    """It takes a while."""
    return f"正在生成{NAMES[kind]}（{count} 件），好了就发给您。"


def failed(kind: PaperKind) -> str:
    """It could not be made."""
    return f"{NAMES[kind]}没有做成，已记下来，请告诉管理员。"


def beyond(area: str | None) -> str:
    """A part was asked for that they do not see."""
    return f"您看得到的是{area}的，这个不在里面。"


UNCLEAR = "没听出是哪一段时间。可以这样说：台账 上月；上周周报；10月月报；日报。"
TOO_LONG = "周报、月报最多一年的；更长的可以要台账。"
UNKNOWN = "没听出要哪里、哪段时间的。可以这样说：台账 上月；上周周报；10月月报；日报。台账只按街道、社区分。"
ONLY_TODAY = "日报只有今天的。以前的可以问数，或者要周报、月报、台账。"


def span(since: date, until: date) -> str:
    """A period, with its years."""
    first = f"{since.year}年{day(since)}"
    if since == until:
        return first
    return f"{first}至{day(until) if until.year == since.year else f'{until.year}年{day(until)}'}"


def offered(title: str, *, running: bool) -> str:
    """A week or month on the page; the one that is running is so to this day."""
    return f"{title}（到今天）" if running else title


def file_name(kind: PaperKind, since: date, until: date, area: str, ending: str) -> str:
    """How the file is called: 台账_2026-10-01至2026-10-31_洪都街道.xlsx."""
    return f"{NAMES[kind]}_{since}至{until}_{area}.{ending}"


def ledger_ready(since: date, until: date, area: str, counts: Sequence[int]) -> str:
    """With the ledger's file."""
    tickets, items, actions = counts
    return (
        f"台账（{area}，{span(since, until)}受理的）：工单 {tickets} 件，无证施工清单 {items} 项，"
        f"主动制止 {actions} 条。要别的时段，如“台账 上月”。"
    )


def late(span: timedelta) -> str:
    """How long: 超3小时, 超2天."""
    hours = int(span / _HOUR)
    if hours < 1:
        return "超不到1小时"
    return f"超{hours}小时" if hours < _TWO_DAYS else f"超{hours // 24}天"


def shortened(lines: Sequence[str]) -> list[str]:
    """As many lines as a message may have, and how many more there are."""
    left = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"还有 {left} 件，说“在办”能看全。"] if left > 0 else list(lines)


def struck_off(no: str) -> str:
    """To the supervisor: it is done."""
    return f"{no} 已销号。弄错了说“撤销销号 {no}”。"


def struck_before(no: str, since: date) -> str:
    """To the supervisor: it has been done before, and that day stands."""
    return f"{no} {day(since)}已经销号了，不用再说。弄错了说“撤销销号 {no}”。"


def unstruck(no: str) -> str:
    """To the supervisor: it is on the list again."""
    return f"{no} 已恢复到清单里，没有销号。"


def not_on_the_list(no: str) -> str:
    """To the supervisor: it is no item of the list."""
    return f"{no} 不是无证施工类的，不在整治清单里。"


def not_closed(no: str) -> str:
    """To the supervisor: it is too early."""
    return f"{no} 还没有结案，整改完、验收过再销号。"


# --- the sheets ------------------------------------------------------------------------------------

TICKETS = Page(
    "工单台账",
    (
        Column("单号", 12), Column("受理时间", 13.5), Column("类别", 12.5), Column("五大整治", 9),
        Column("社区", 11), Column("街道", 11), Column("地点", 18), Column("责任单位", 16),
        Column("主办", 10), Column("协办", 10), Column("到场时限", 13.5), Column("处置时限", 13.5),
        Column("状态", 12.5), Column("是否超期", 6), Column("超期小时", 7), Column("延期次数", 6),
        Column("延期到", 10), Column("挂账到", 10), Column("原因说明", 18), Column("派遣", 13.5),
        Column("签收", 13.5), Column("开始处置", 13.5), Column("反馈", 13.5), Column("办结", 13.5),
        Column("结果", 11), Column("满意度", 7), Column("户数", 6),
    ),
    wide=True,
)  # fmt: skip
LIST = Page(
    "无证施工清单",
    (
        Column("序号", 5), Column("单号", 12), Column("项目", 10), Column("社区", 11), Column("街道", 11),
        Column("地点", 20), Column("发现日期", 10), Column("在建", 5), Column("责任单位", 16),
        Column("责任人", 20.5), Column("整改时限", 13.5), Column("整改措施", 32), Column("状态", 12.5),
        Column("是否销号", 6), Column("销号日期", 10), Column("销号人", 10), Column("销号说明", 20),
    ),
    wide=True,
)  # fmt: skip
ACTIONS = Page(
    "主动制止",
    (
        Column("日期", 13.5), Column("社区", 14), Column("街道", 14), Column("类别", 12),
        Column("五大整治", 10), Column("起数", 6), Column("地点", 24), Column("队员", 12),
    ),
)  # fmt: skip
ABOUT = Page("说明", (Column("项目", 16), Column("内容", 100)))
PAGES = (TICKETS, LIST, ACTIONS, ABOUT)


def footer(area: str, made_at: datetime) -> str:
    """At the foot of a printed sheet."""
    return f"{area}  生成于 {made_at:%Y-%m-%d %H:%M}"


def about(bureau: str, area: str, period: str, made_at: str, counts: Sequence[int]) -> list[tuple[str, str]]:
    """What the sheets are, line by line."""
    tickets, items, actions = counts
    return [
        *([("单位", bureau)] if bureau else []),
        ("范围", area),
        ("时段", f"{period}（按受理时间归期）"),
        ("生成时间", made_at),
        ("数量", f"工单 {tickets} 件，无证施工清单 {items} 项，主动制止 {actions} 条"),
        ("工单台账", "一件一行，这一段时间里受理的全部工单，退回、撤回、作废的也在，看“状态”。"),
        ("责任单位", "转办的写接办单位，其余按街道。"),
        ("地点", "只写可以公开的部分（路段、楼栋、公共地标）；门牌和店名不写。"),
        ("处置时限", "延期的是延后的时限，退回重办的是重新给的时限。挂账、等位置的时间不计。"),
        ("是否超期", "队员反馈（没有反馈的到结束）晚于处置时限，或到现在还没反馈。退回、撤回、转办的不计。"),
        ("结果", "期满无人答复的单独写明，不算反映人确认。"),
        ("满意度", "反映人自己评的；没评的空着，不算满意。"),
        ("户数", "反映和附议的户数。"),
        (
            "无证施工清单",
            "无证施工这一大类的工单：这一段时间受理的，加上以前受理、还没有销号的。结案不等于销号：整改完、验收过，由主管私聊机器人“销号 单号”；后来又被反映没办好的，销号作废。",
        ),
        ("主动制止", "队员巡查时自己制止的，居民投诉的不算；更正过的按更正后的，撤销的不在内。"),
        ("反映人", "本台账不含反映人的任何信息。"),
    ]


def result(ticket: Ticket, reason: str) -> str:
    """What became of it."""
    if ticket.state is State.CLOSED:
        return OUTCOMES[ticket.outcome or Outcome.NO_ANSWER]
    if ticket.state is State.TRANSFERRED:
        return f"转办{ticket.transferred_to or ''}"
    if ticket.state is State.REJECTED:
        return "退回或作废" if reason else "误报撤销"
    return "反映人撤回" if ticket.state is State.WITHDRAWN else ""
