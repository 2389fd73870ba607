"""A bureau's own time limits, from the file that WANGGE_LIMITS names (`docs/time-limits.md`)."""

import hashlib
from pathlib import Path

from bot.table_file import read_rows
from bot.working_days import Tell
from domain.category import TimeLimits, categories
from domain.limit import BadLimit, Limit, Limits, Unit

_ONGOING = {"": False, "既存": False, "在建": True}
_LONGEST_EDITION = 40


class _BadRow(Exception):
    """What is wrong with a row, in Chinese."""


def read_limits(path: Path) -> tuple[TimeLimits, list[str]]:
    """The limits of a file, and its rows that are left out, each with the reason."""
    own: dict[tuple[str, bool], Limits] = {}
    problems: list[str] = []
    edition = ""
    content = hashlib.sha256()
    for number, cells in read_rows(path, "WANGGE_LIMITS"):
        content.update("\0".join([*cells, "\n"]).encode())
        try:
            if cells[0] == "版本":
                edition = _edition(cells)
            elif cells[0] != "类别":
                _take(own, cells)
        except _BadRow as wrong:
            problems.append(f"{path.name} 第 {number} 行“{','.join(cells)}”没有用：{wrong}")
    return TimeLimits(own, edition or content.hexdigest()[:8]), problems


def time_limits(file: Path | None, tell: Tell) -> TimeLimits:
    """The limits as the settings want them; rows that are left out are told at once."""
    if file is None:
        return TimeLimits()
    limits, problems = read_limits(file)
    for problem in problems:
        tell(problem)
    return limits


def _edition(cells: list[str]) -> str:
    edition = (*cells, "")[1]
    if not 0 < len(edition) <= _LONGEST_EDITION:
        raise _BadRow(f"“版本”后面要有名称，不超过 {_LONGEST_EDITION} 个字")
    return edition


def _take(own: dict[tuple[str, bool], Limits], cells: list[str]) -> None:
    name, case, arrive, resolve = (*cells, "", "", "")[:4]
    if name not in categories():
        raise _BadRow(f"没有叫“{name}”的类别；有：{'、'.join(categories())}")
    if case not in _ONGOING:
        raise _BadRow(f"情形“{case}”看不懂；只能空着，或写 在建、既存")
    key = (name, _ONGOING[case])
    if key in own:
        raise _BadRow("前面已经写过")
    if not (arrive or resolve):
        raise _BadRow("没有写时限")
    usual = TimeLimits().limits(name, ongoing=key[1])
    own[key] = Limits(_limit(arrive, usual.arrive), _limit(resolve, usual.resolve))


def _limit(text: str, usual: Limit) -> Limit:
    """The limit that a cell says; the usual one where it is empty."""
    try:
        return Limit.parse(text) if text else usual
    except BadLimit:
        raise _BadRow(
            f"时限“{text}”看不懂；应是数字加单位，如 2紧急工作时。单位有：{'、'.join(Unit)}"
        ) from None
