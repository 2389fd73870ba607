"""What stands in a picture of figures, beside what `figures` says anyway."""

from datetime import date, datetime

from domain.figures import Cell, Days, Figure
from domain.query import RATES, Group, Metric
from handlers.texts import figures

NOW = "本期"
_COLUMNS = {
    Group.STREET: "街道",
    Group.COMMUNITY: "社区",
    Group.OFFICER: "队员",
    Group.CATEGORY: "类别",
    Group.CAMPAIGN: "整治",
    Group.DAY: "日期",
    Group.WEEK: "周",
    Group.MONTH: "月份",
}


def column(group: Group) -> str:
    """How the groups are called as a whole."""
    return _COLUMNS[group]


def stretch(days: Days, group: Group, today: date) -> str:
    """A day, week or month on an axis; with its year where that is not this one."""
    since, until = days
    year = "" if since.year == today.year else f"{since.year}年"
    if group is Group.MONTH:
        return f"{year}{since.month}月"
    first = f"{year}{since.month}/{since.day}"
    return first if since == until else f"{first}–{until.month}/{until.day}"


def whole(found: Figure, few: int) -> str:
    """Everything together; a share and a median are no sum."""
    metric = found.query.metric
    name = "总体" if metric in RATES or metric is Metric.MEDIAN_HOURS else "合计"
    return f"{name} {figures.said(found.total, metric, few)}"


def share(cell: Cell, total: Cell, metric: Metric) -> str:
    """A part of the whole."""
    return f"{cell.part} {figures.unit(metric)}，{figures.percent(Cell(cell.part, total.part))}%"


def left_out(rows: int, part: int | None, metric: Metric) -> str:
    """What is not in the picture: how many groups, and what they come to, where that can be summed."""
    if part is None:
        return f"其余 {rows} 个没有画。"
    return (
        f"其余 {rows} 个合计 {part} {figures.unit(metric)}。"
        if rows
        else f"其余合计 {part} {figures.unit(metric)}。"
    )


def too_few(rows: int, few: int) -> str:
    """Which are not drawn because they rest on too little."""
    return f"另有 {rows} 个不足 {few} 件，没有画。"


def source(at: datetime) -> str:
    """Who says so, and when; `at` is where the bureau is."""
    return f"网格管家 {at.year}年{at.month}月{at.day}日 {at:%H:%M}"
