"""What is answered to supervisors' questions: the figure, its definition, its period, how many cases."""

from collections.abc import Sequence
from datetime import date

from domain.figures import Cell, Days, Figure, NoFigure, Programme, Row, Why
from domain.query import RATES, TIMES, Compare, Group, Metric, Order, Query, definitions
from handlers.texts.names import day

PROGRAMME = ("三项", "三个数", "三项数", "三项数据", "三项数字", "三项指标")
"""The key for the three figures of the programme."""
EXAMPLES = "可以这样问：上周各社区投诉排名；各街道现在超期几件。"
NOBODY = "没派到人"
NOWHERE = "已不在名册的社区"
FORMER = "已不在名册的队员"
_MOST_LINES = 31
"""Lines of one message."""
_BESIDE_PICTURE = 5
"""Lines of what a picture shows that are said beside it."""
_GROUPS = {
    Group.STREET: "各街道",
    Group.COMMUNITY: "各社区",
    Group.OFFICER: "各队员（按主办）",
    Group.CATEGORY: "各类别",
    Group.CAMPAIGN: "五大整治",
    Group.DAY: "每天",
    Group.WEEK: "每周",
    Group.MONTH: "每月",
}
_ORDERS = {Order.DESC: "从高到低", Order.ASC: "从低到高"}
_ENDS = ("最高", "最近")
EARLIER = {Compare.PREVIOUS: "上一期", Compare.LAST_YEAR: "去年同期"}


def answer(found: Figure, today: date, few: int) -> str:
    """The whole answer, in one message."""
    lines = [_head(found, today, few), *_share(found, few), *_lines(found, few)]
    return "\n".join([*lines, *comparison(found, today, few), *notes(found, today, few)])


def beside_picture(found: Figure, shown: Sequence[Row], today: date, few: int) -> str:
    """The answer where a picture comes with it: the first few of what it shows, the whole, what it means.

    Of stretches of time, the highest and the last one.
    """
    query = found.query
    lines = [_line(row, found, few) for row in shown[:_BESIDE_PICTURE]]
    if found.ranked:
        lines = [
            f"{place}. {line}" for (place, _), line in zip(_places(shown, query.metric), lines, strict=False)
        ]
    elif query.group_by in TIMES:
        lines = [f"{word}：{line}" for word, line in zip(_ENDS, lines, strict=False)]
    if len(shown) > len(lines):
        lines.append("其余见图。")
    lines = [_head(found, today, few), *lines, f"合计：{said(found.total, query.metric, few)}"]
    return "\n".join([*lines, *comparison(found, today, few), *notes(found, today, few)])


def refusal(error: NoFigure, today: date) -> str:
    """Why there is no figure."""
    match error.why:
        case Why.BEYOND:
            return f"您看得到的是{error.area}的数，这个不在里面。"
        case Why.NO_KINDS:
            return f"对接不分类别，没有这样的数。{EXAMPLES}"
        case Why.NO_RECORDS:
            return "系统里还没有记录，没有数可查。"
        case Why.EARLIER:
            since = _day(error.day, today) if error.day else ""
            return f"系统{since}才开始登记，那之前没有数。"


def programme(found: Programme, today: date) -> str:
    """The three figures as the bureau writes them in its reports (种子口径)."""
    building, shops = (found.patrols[kind] + found.resolved[kind] for kind in ("违章搭建", "店外经营"))
    ways = "；".join(
        f"{kind} {found.patrols[kind]}＋{found.resolved[kind]}" for kind in ("违章搭建", "店外经营")
    )
    where = f"{found.area}，" if found.area else ""
    return (
        f"{where}{days(found.since, found.until, today)}：受理各类投诉 {found.tickets} 件、"
        f"制止违章搭建 {building} 次、制止店外经营 {shops} 起。\n"
        f"口径：制止＝队员主动制止＋投诉办结（{ways}）；作废的不算。"
    )


def totals(found: Sequence[Figure], today: date) -> str:
    """What a group of residents may hear: how many, of the whole community."""
    counts = "，".join(f"{definitions()[f.query.metric].name} {f.total.part} 件" for f in found)
    since = f"（系统{_day(found[0].begun, today)}才开始登记）" if found[0].partly else ""
    return f"本社区{when(found[0].query, today)}：{counts}{since}。作废的不算。"


def days(since: date, until: date, today: date) -> str:
    """A period, with its years where they are not this one."""
    return _day(since, today) if since == until else f"{_day(since, today)}至{_day(until, today)}"


def part(stretch: Days, group: Group, today: date) -> str:
    """A day, week or month among others."""
    since, until = stretch
    if group is Group.MONTH:
        return f"{since.month}月" if since.year == today.year else f"{since.year}年{since.month}月"
    return days(since, until, today)


def _day(value: date, today: date) -> str:
    return day(value) if value.year == today.year else f"{value.year}年{day(value)}"


def fraction(part: int, whole: int, few: int) -> str:
    """A share: in percent with what it rests on, of few a fraction, of none there is none."""
    return said(Cell(part, whole), Metric.CLOSE_RATE, few)


# --- the figure --------------------------------------------------------------------------------------


def _head(found: Figure, today: date, few: int) -> str:
    query = found.query
    line = f"{when(query, today)}，{title(found)}"
    return f"{line}：{said(found.total, query.metric, few)}。" if query.group_by is None else f"{line}："


def _share(found: Figure, few: int) -> list[str]:
    """How much of the whole it is, and what the whole is, where that is asked for."""
    query = found.query
    if found.whole is None:
        return []
    of = "、".join(query.filters.wider().as_json().values()) or found.area or "全部"
    whole = f"{of}{definitions()[query.metric].name} {found.whole} {unit(query.metric)}"
    if not found.whole:
        return [f"{whole}，没有占比。"]
    part = Cell(found.total.part, found.whole)
    percents = f"占 {percent(part)}%" if found.whole >= few else f"占 {part.part}/{part.cases}"
    return [f"{whole}，{percents}。"]


def when(query: Query, today: date) -> str:
    """The period that is asked about."""
    return days(query.since, query.until, today) if query.since and query.until else "现在"


def title(found: Figure) -> str:
    """What is told of what, and in which order."""
    query = found.query
    what = "、".join(query.filters.as_json().values())
    group = _GROUPS[query.group_by] if query.group_by else ""
    name = "，".join(one for one in (what, group + definitions()[query.metric].name) if one)
    return f"{name}（{_ORDERS[query.order]}）" if query.group_by and query.order and found.ranked else name


def _lines(found: Figure, few: int) -> list[str]:
    """A line for each group that has cases; the others are counted."""
    query = found.query
    if query.group_by is None:
        return []
    shown = [row for row in found.rest if row.cell.cases or (row.before and row.before.cases)]
    lines = [f"{place}. {_line(row, found, few)}" for place, row in _places(found.ranked, query.metric)]
    lines += [_line(row, found, few) for row in shown]
    if (left := len(lines) - _MOST_LINES) > 0:
        lines = [*lines[:_MOST_LINES], f"还有 {left} 行没有列，请问得窄一点。"]
    if empty := len(found.rest) - len(shown):
        nothing = "—" if _shares(query.metric) else f"0 {unit(query.metric)}"
        lines.append(f"{'其余' if lines else '全部'} {empty} 个：{nothing}")
    return [*lines, f"合计：{said(found.total, query.metric, few)}"]


def _places(rows: Sequence[Row], metric: Metric) -> list[tuple[int, Row]]:
    """The place of each row; those of the same value share one."""
    values = [row.cell.value(metric) for row in rows]
    return [(values.index(value) + 1, row) for value, row in zip(values, rows, strict=True)]


def _line(row: Row, found: Figure, few: int) -> str:
    metric, compare = found.query.metric, found.query.compare
    before = f"（{EARLIER[compare]} {said(row.before, metric, few)}）" if row.before and compare else ""
    return f"{row.name} {said(row.cell, metric, few)}{before}"


def said(cell: Cell, metric: Metric, few: int) -> str:
    """A figure with the cases it rests on: a share of few is a fraction, of none there is none."""
    if not _shares(metric):
        return f"{cell.part} {unit(metric)}"
    if not cell.cases:
        return "—（0 件）"
    if cell.hours is not None:
        return f"{number(cell.hours)} 小时（{cell.cases} 件）"
    fraction = f"{cell.part}/{cell.cases} 件"
    return fraction if cell.cases < few else f"{percent(cell)}%（{fraction}）"


def _shares(metric: Metric) -> bool:
    return metric in RATES or metric is Metric.MEDIAN_HOURS


def unit(metric: Metric) -> str:
    return definitions()[metric].unit


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def percent(cell: Cell) -> int:
    """Rounded half up; what is not all is never 100, what is not nothing never 0."""
    share = (200 * cell.part + cell.cases) // (2 * cell.cases)
    return min(max(share, 1 if cell.part else 0), 100 if cell.part == cell.cases else 99)


# --- beside it ---------------------------------------------------------------------------------------


def comparison(found: Figure, today: date, few: int) -> list[str]:
    """The period of comparison and the difference; where the records do not go back to it, that."""
    query = found.query
    if query.compare is None:
        return []
    if found.earlier is None:
        return ["现在的数没有上一期可比，请说个时段。"]
    when = f"{EARLIER[query.compare]}（{days(*found.earlier, today)}）"
    if found.before is None:
        return [f"没法和{when}比：系统{_day(found.begun, today)}才开始登记。"]
    before = said(found.before, query.metric, few)
    return [f"{when}：{before}{difference(found.total, found.before, query.metric, few)}"]


def difference(now: Cell, before: Cell, metric: Metric, few: int) -> str:
    """How much more or less it is; nothing where a share rests on too few cases."""
    new, old = now.value(metric), before.value(metric)
    enough = min(now.cases, before.cases) >= few
    if new is None or old is None or (metric in RATES and not enough):
        return "。"
    if metric in RATES:
        points = percent(now) - percent(before)
        return f"，{'高' if points > 0 else '低'} {abs(points)} 个百分点。" if points else "，持平。"
    if not (gap := round(new - old, 1)):
        return "，持平。"
    share = f"（{'+' if gap > 0 else '-'}{_rounded(abs(gap), old)}%）" if enough else ""
    return f"，{'多' if gap > 0 else '少'} {number(abs(gap))} {unit(metric)}{share}。"


def _rounded(gap: float, old: float) -> int:
    return int(100 * gap / old + 0.5)


def notes(found: Figure, today: date, few: int) -> list[str]:
    """What the figure means, and what one would like to know of it."""
    query = found.query
    told = [f"口径：{definitions()[query.metric].definition}。"]
    if found.closed is not None:
        told.append(f"期内办结 {found.closed} 件，评价了 {found.total.cases} 件。")
    if query.order and query.group_by and found.total.cases:
        if not found.ranked:
            told.append(f"不足 {few} {_cases(query.metric)}，不排名次。")
        elif any(row.cell.cases for row in found.rest):
            told.append(f"不足 {few} 件的不排名次。")
    if found.area:
        told.append(f"只含您负责的{found.area}。")
    if found.partly:
        told.append(f"系统{_day(found.begun, today)}才开始登记。")
    return told


def _cases(metric: Metric) -> str:
    return "件" if _shares(metric) else unit(metric)
