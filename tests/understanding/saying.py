"""Sentences for queries: each part in the words of supervisors, put together in the orders in which they speak."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from domain.query import Compare, Group, Metric, Order, Query
from understanding.questions import Names
from understanding.questions.words import CATEGORIES

COUNTED: dict[Metric, tuple[str, ...]] = {
    Metric.TICKETS: ("受理多少件", "接了几件投诉", "一共收到多少投诉", "投诉量多少"),
    Metric.RESOLVED: ("办结多少件", "办掉几件了", "结案多少"),
    Metric.OPEN: ("还有几件没办完", "在办多少件", "没结案的有几件"),
    Metric.OVERDUE: ("超期几件", "逾期的有多少", "过了时限的有几件"),
    Metric.ON_TIME_RATE: ("按期办结率多少", "按时率怎么样"),
    Metric.CLOSE_RATE: ("办结率多少", "结案率怎么样"),
    Metric.MEDIAN_HOURS: ("平均几个小时办结", "平均多久处理完"),
    Metric.SATISFACTION: ("满意度怎么样", "满意率多少"),
    Metric.CHECKINS: ("对接几次", "对接了多少次"),
    Metric.MISSED_CHECKINS: ("有几次没对接", "漏对接几次"),
    Metric.ACTIONS: ("主动制止几起", "自己巡查制止了多少起"),
}
"""A metric where one number is wanted."""
NAMED: dict[Metric, tuple[str, ...]] = {
    Metric.TICKETS: ("受理量", "投诉量", "受理件数"),
    Metric.RESOLVED: ("办结量", "办结数"),
    Metric.OPEN: ("在办件数", "积压数"),
    Metric.OVERDUE: ("超期件数", "逾期数"),
    Metric.ON_TIME_RATE: ("按期办结率", "按时率"),
    Metric.CLOSE_RATE: ("办结率", "结案率"),
    Metric.MEDIAN_HOURS: ("处理时长", "办结用时"),
    Metric.SATISFACTION: ("满意度", "满意率"),
    Metric.CHECKINS: ("对接次数",),
    Metric.MISSED_CHECKINS: ("漏对接次数", "没对接的次数"),
    Metric.ACTIONS: ("主动制止数", "主动制止起数"),
}
"""A metric where a row of numbers is wanted."""
GROUPS: dict[Group, tuple[str, ...]] = {
    Group.STREET: ("各街道", "每个街道"),
    Group.COMMUNITY: ("各社区", "每个社区"),
    Group.OFFICER: ("各队员", "每个队员"),
    Group.CATEGORY: ("各类别", "每一类"),
    Group.CAMPAIGN: ("五大整治",),
    Group.DAY: ("每天",),
    Group.WEEK: ("每周",),
    Group.MONTH: ("每月", "每个月"),
}
NOUNS = {
    Group.STREET: "街道", Group.COMMUNITY: "社区", Group.OFFICER: "队员", Group.CATEGORY: "类别",
    Group.CAMPAIGN: "大类", Group.DAY: "天", Group.WEEK: "周", Group.MONTH: "月",
}  # fmt: skip
_MANY = {Order.DESC: ("从高到低", "由多到少"), Order.ASC: ("从低到高", "从少到多")}
_MOST = {Order.DESC: ("最多", "最高"), Order.ASC: ("最少", "最低")}
_BEFORE = ("", "", "", "帮我查一下", "麻烦看下", "请问", "那个 ", "你好，", "查下 ", "早，", "我想知道")
_AFTER = ("", "", "", "？", "啊", "，谢谢", "，急用")
_EARLIER = {
    Compare.PREVIOUS: ("，环比怎么样", "，环比"),
    Compare.LAST_YEAR: ("，同比怎么样", "，跟去年同期比"),
}


def periods(today: date) -> dict[tuple[date, date], list[str]]:
    """Periods by their days, each with the ways to say it on that day; a running one ends on it."""
    found: dict[tuple[date, date], list[str]] = {}
    for since, until, ways in (*_days(today), *_months(today), *_years(today)):
        found.setdefault((since, min(until, today)), []).extend(ways.split())
    return found


def _days(today: date) -> Iterator[tuple[date, date, str]]:
    day, week = timedelta(days=1), timedelta(days=7)
    monday = today - timedelta(days=today.weekday())
    yield today, today, "今天 今日"
    yield today - day, today - day, "昨天 昨日"
    yield today - 2 * day, today - 2 * day, "前天"
    yield monday, monday + 6 * day, "本周 这周 这个礼拜"
    yield monday - week, monday - day, "上周 上个礼拜 上星期"
    yield monday - 2 * week, monday - week - day, "上上周 上上个礼拜"
    yield monday - 3 * day, monday - 3 * day, "上周五"
    yield today - 6 * day, today, "近7天 最近七天 近一周"
    yield today - 29 * day, today, "近30天 最近三十天"


def _months(today: date) -> Iterator[tuple[date, date, str]]:
    first = today.replace(day=1)
    last = first - timedelta(days=1)
    month = last.month
    yield first, _end(first), "本月 这个月 当月"
    yield last.replace(day=1), last, f"上个月 上月 {month}月份"
    yield last.replace(day=1), last.replace(day=10), f"{month}月上旬 上个月上旬"
    yield last.replace(day=11), last.replace(day=20), f"{month}月中旬"
    yield last.replace(day=21), last, f"{month}月下旬"
    yield last.replace(day=3), last.replace(day=17), f"{month}月3号到17号 {month}月3日至{month}月17日"
    yield last.replace(day=5), today, f"{month}月5号以来 从{month}月5号到现在"


def _years(today: date) -> Iterator[tuple[date, date, str]]:
    at = (today.month - 1) // 3
    quarter = date(today.year, 3 * at + 1, 1)
    yield quarter, _end(quarter.replace(month=3 * at + 3)), f"本季度 这个季度 {'一二三四'[at]}季度"
    yield date(today.year, 1, 1), today, "今年 今年以来 年初到现在"
    yield date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), "去年"
    yield date(today.year - 1, 7, 1), date(today.year - 1, 12, 31), "去年下半年"


def _end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def sentence(query: Query, when: Sequence[str], names: Names, random: Random) -> str:
    """The query in one sentence; `when` are the ways to say its period."""
    parts = [random.choice(when) if when else "现在", _where(query, names, random)]
    random.shuffle(parts)
    said = f"{''.join(parts)}{_asked(query, _kind(query, random), random)}"
    compared = random.choice(_EARLIER[query.compare]) if query.compare else ""
    return f"{random.choice(_BEFORE)}{said}{compared}{random.choice(_AFTER)}"


def _where(query: Query, names: Names, random: Random) -> str:
    filters = query.filters
    name = filters.officer or filters.community or filters.street or ""
    short = next((name.removesuffix(end) for end in ("社区", "街道") if name.endswith(end)), name)
    taken = {one.removesuffix("街道") for one in (street.name for street in names.streets)}
    if filters.community and short in taken:
        short = name
    return random.choice((name, short))


def _kind(query: Query, random: Random) -> str:
    if query.filters.campaign:
        return f"{query.filters.campaign}{random.choice(('整治', '专项', '专项整治', '那一块'))}"
    return random.choice(CATEGORIES[query.filters.category]) if query.filters.category else ""


def _asked(query: Query, kind: str, random: Random) -> str:
    metric, group = query.metric, query.group_by
    of = f"{kind}的" if kind else ""
    if group is None:
        return f"{kind}{random.choice(COUNTED[metric])}"
    name = random.choice(NAMED[metric])
    if query.order is None:
        return (
            f"{of}{random.choice(GROUPS[group])}{name}"
            if random.random() < 0.5
            else f"{random.choice(GROUPS[group])}{of}{name}"
        )
    if query.limit is None:
        return f"{random.choice(GROUPS[group])}{of}{name}{random.choice(_MANY[query.order])}"
    most = random.choice(_MOST[query.order])
    if query.limit == 1:
        return f"哪{'个' if group not in (Group.DAY, Group.WEEK) else '一'}{NOUNS[group]}{of}{name}{most}"
    number = random.choice((str(query.limit), "零一二三四五六七八九十"[query.limit]))
    return f"{of}{name}{most}的{number}{'' if group is Group.DAY else '个'}{NOUNS[group]}"
