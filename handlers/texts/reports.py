"""What stands in the daily, weekly and monthly report, and how a template calls it (`docs/reports.md`)."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.query import Metric, definitions
from handlers.texts.names import day
from handlers.texts.papers import span

WORDS = {
    "title": "标题", "bureau": "单位", "area": "范围", "period": "时段", "made": "编制时间",
    "taken": "受理", "taken_change": "受理环比", "taken_year": "受理同比", "closed": "结案",
    "closed_change": "结案环比", "open": "在办", "overdue": "超期", "suspended": "挂账",
    "ran_over": "期内超期", "on_time": "按期办结率", "close_rate": "结案率", "hours": "处置时长",
    "satisfied": "满意率", "stopped": "主动制止", "stopped_change": "主动制止环比",
    "referred": "转介", "met": "对接", "unmet": "未对接", "cards": "普法卡", "reached": "普法人次",
    "three": "三项", "overdue_rate": "超期率", "extended_rate": "延期率", "reworked_rate": "返工率",
    "spot_rule": "重复点位口径", "begun": "开始登记",
    "basis_period": "口径归期", "basis_due": "口径应处置", "basis_extended": "口径延期",
    "basis_appeal": "口径豁免",
}  # fmt: skip
"""The single words of a report, as a template calls them."""
TABLES = {
    "campaigns": "五大整治", "late": "超期清单", "suspended": "挂账清单", "unmet": "未对接清单",
    "spots": "重复点位", "definitions": "口径表", "categories": "各类别", "communities": "各社区",
    "sources": "来源", "hours": "各时段", "weekdays": "工作日与休息日", "timing": "各类别时限",
    "features": "特征归纳",
}  # fmt: skip
"""The tables of a report."""
COLUMNS = {
    "name": "名称", "taken": "受理", "before": "上期受理", "share": "占比", "closed": "结案", "stopped": "主动制止",
    "no": "单号", "community": "社区", "street": "街道", "category": "类别", "late": "超期时长", "main": "主办",
    "until": "挂到", "place": "地点", "count": "件数", "open": "在办", "metric": "指标",
    "definition": "口径", "on_time": "按期办结率", "hours": "处置时长", "ran_over": "期内超期",
    "mean": "日均", "text": "内容", "campaign": "大类",
}  # fmt: skip
"""The columns of the tables."""
CHARTS = TREND, CAMPAIGNS = "走势图", "五大整治图"
"""The charts."""
WEEKLY_TITLE, MONTHLY_TITLE = "城管进社区周报", "城管进社区月报"
EACH_DAY, EACH_CAMPAIGN = "每天受理", "五大整治受理"
DATE, CAMPAIGN, TAKEN = "日期", "大类", "受理"

BASIS = {
    "basis_period": "受理按受理时间归期，结案按结案时间归期；按期办结率、结案率、期内超期按处置时限归期",
    "basis_due": "应处置＝处置时限在期内、已反馈或已过期的；作废、转办、挂账的剔除",
    "basis_extended": "延期的以延后的时限为准",
    "basis_appeal": "没有申诉豁免这一项，超期的照实计入",
}
"""The four questions that every report answers at its foot."""
EXTRA = (
    ("期内超期", "处置时限在期内、到时限没有反馈的件数；现在超期的是还在办的"),
    ("转介", "把不归城管管的事告诉居民该找谁的次数"),
    ("挂账", "现在挂账、暂不计时的工单数"),
    ("普法卡", "期内在居民群里说的普法卡次数；人次是对接时队员报的"),
    ("超期率", "到时限没有按期反馈的 ÷ 应处置数"),
    ("延期率", "延过期的 ÷ 应处置数"),
    ("返工率", "说办好以后又被反映没办好、重办的 ÷ 应处置数"),
)
"""What else is defined, besides the metrics of the questions."""
CALLED = {Metric.RESOLVED: "结案"}
"""Metrics that reports call otherwise than who asks for them."""
METRICS = (
    Metric.TICKETS, Metric.RESOLVED, Metric.OPEN, Metric.OVERDUE, Metric.ON_TIME_RATE, Metric.CLOSE_RATE,
    Metric.MEDIAN_HOURS, Metric.SATISFACTION, Metric.ACTIONS, Metric.CHECKINS, Metric.MISSED_CHECKINS,
)  # fmt: skip
SOURCES = ("群内反映", "私下反映", "主动巡查")
PARTS_OF_DAY = (("0–6时", 0, 6), ("6–9时", 6, 9), ("9–12时", 9, 12), ("12–14时", 12, 14), ("14–18时", 14, 18),
                ("18–22时", 18, 22), ("22–24时", 22, 24))  # fmt: skip
WORKDAYS, DAYS_OFF = "工作日", "休息日"
NONE = "—"


def table_of_definitions(*, monthly: bool) -> list[dict[str, str]]:
    """What every figure means."""
    known = definitions()
    rows = [(CALLED.get(metric, known[metric].name), known[metric].definition) for metric in METRICS]
    rows += [row for row in EXTRA if monthly or not row[0].endswith("率")]
    return [{"metric": name, "definition": meaning} for name, meaning in rows]


def spot_rule(days: int, cases: int, until: date) -> str:
    """Which places recur."""
    return f"{day(until)}以前 {days} 天里，同一社区、同一类别、同一地点 {cases} 件以上；没有地点的不算"


def begun(first: date) -> str:
    """The records begin within the period."""
    return f"系统{first.year}年{day(first)}才开始登记，时段从那一天算起。"


def missed(community: str, weeks: int) -> str:
    """A community with which nobody has checked in."""
    return community if weeks == 1 else f"{community}（{weeks}周）"


def joined(names: Sequence[str]) -> str:
    """Names one after the other."""
    return "、".join(names)


# --- the daily report --------------------------------------------------------------------------------


def quiet_day(today: date, area: str) -> str:
    """Nothing at all: one line."""
    return f"日报 {day(today)}（{area}）：今天没有新的工单，没有在办，也没有超期。"


def daily(today: date, area: str, numbers: Mapping[str, str], late: Sequence[str], due: str) -> str:
    """The day in a few lines."""
    head = (
        f"日报 {day(today)}（{area}）\n今日受理 {numbers['taken']}，结案 {numbers['closed']}，"
        f"主动制止 {numbers['stopped']}；在办 {numbers['open']}。"
    )
    lines = [f"超期 {numbers['overdue']}：", *late] if late else ["没有超期的。"]
    return "\n".join([head, *lines, due])


def late_line(community: str, category: str, late: str, main: str) -> str:
    """社区|类别|超期时长|主办."""
    return f"{community}｜{category}｜{late}｜{main}"


def due_soon(count: int, today: date, until: date) -> str:
    """What is due until the next working day."""
    when = "今晚到明天" if (until - today).days == 1 else f"今晚到{day(until)}（下一个工作日）"
    return f"{when}到期 {count} 件。"


# --- with the file -------------------------------------------------------------------------------------


def weekly_ready(since: date, until: date, area: str, words: Mapping[str, str]) -> str:
    """With the weekly report."""
    return (
        f"周报 {day(since)}至{day(until)}（{area}）：受理 {words['受理']}，结案 {words['结案']}，"
        f"主动制止 {words['主动制止']}；现在超期 {words['超期']}，挂账 {words['挂账']}。"
    )


def monthly_ready(since: date, until: date, area: str, words: Mapping[str, str]) -> str:
    """With the monthly report."""
    return (
        f"月报 {span(since, until)}（{area}）：受理 {words['受理']}，结案 {words['结案']}，"
        f"主动制止 {words['主动制止']}，按期办结率 {words['按期办结率']}。"
    )


def template_wrong(name: str, why: str) -> str:
    """The bureau's own template could not be used."""
    return f"本单位的模板 {name} 有错（{why}），这一份用的是自带的模板。"


# --- features, in plain sentences ----------------------------------------------------------------------


def feature_total(taken: int, change: str, year: str) -> str:
    """How much there was, and how that compares."""
    more = "；".join(
        one for one in (f"比上月{change}" if change else "", f"比去年同月{year}" if year else "") if one
    )
    return f"受理 {taken} 件" + (f"，{more}。" if more else "。")


def feature_most(names: Sequence[str], share: str) -> str:
    """What there was most of."""
    return f"最多的是{'、'.join(names)}，{'各' if len(names) > 1 else ''}占 {share}。"


def feature_top(names: Sequence[str], share: str) -> str:
    """What most of it was."""
    return f"前三类（{'、'.join(names)}）合计占 {share}。"


def feature_hours(name: str, share: str) -> str:
    """When most came in."""
    return f"{name}最集中，占 {share}。"


def feature_days_off(off: str, work: str) -> str:
    """Days off beside working days."""
    return f"休息日日均 {off} 件，工作日日均 {work} 件。"


def feature_speed(share: str, change: str) -> str:
    """How much was answered in time."""
    return f"按期办结率 {share}" + (f"，比上月{change}。" if change else "。")


def feature_spots(count: int, name: str) -> str:
    """Where it keeps coming back."""
    return f"重复点位 {count} 处，最多的是{name}。"


def feature_own(stopped: int) -> str:
    """What officers stopped beside what residents complained of."""
    return f"另有队员巡查时主动制止 {stopped} 起。"


NOTHING = "这个时段没有受理工单。"


def feature_few(few: int) -> str:
    """Too few to say anything of."""
    return f"不足 {few} 件，不作结构和排名的归纳。"
