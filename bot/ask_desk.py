"""`wangge ask`: a supervisor's question in plain words, what it was understood to ask for, and the answer."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import roster_file
from bot.clock import WallClock
from bot.desk import ERR, OUT, with_database
from bot.settings import Settings, load
from bot.working_days import holiday
from domain.chart import Chart
from domain.people import Person, Roster, Supervisor
from domain.query import Compare, Group, Order, Query, definitions
from handlers.figures.asking import Told, names_of, said, said_of_three, three_days
from handlers.figures.reading import Viewer
from handlers.texts import figures as texts
from reports.picture import NotDrawn, draw
from storage.database import Work
from understanding.questions import Names, ask, unclear

_GROUPS = {
    Group.STREET: "各街道", Group.COMMUNITY: "各社区", Group.OFFICER: "各队员", Group.CATEGORY: "各类别",
    Group.CAMPAIGN: "五大整治", Group.DAY: "每天", Group.WEEK: "每周", Group.MONTH: "每月",
}  # fmt: skip
_ORDERS = {Order.DESC: "从高到低", Order.ASC: "从低到高"}
_COMPARES = {Compare.PREVIOUS: "和上一期比", Compare.LAST_YEAR: "和去年同期比"}
_NOT_HEARD = f"没听出要查什么数。{texts.EXAMPLES}"

Text = Annotated[str | None, typer.Argument(help="要问的话，如 “上周各社区投诉排名”")]
At = Annotated[str | None, typer.Option(help="当作何时问的，如 “2026-06-22 09:35”；不写就是现在")]
Explain = Annotated[bool, typer.Option("--explain", help="说明这句话听成了什么：指标的含义、时段、范围")]
Batch = Annotated[Path | None, typer.Option(help="每行一个 JSON：id、at、text、after；每行写出 id 和 query")]
ChartFile = Annotated[Path | None, typer.Option("--chart", help="把图写进这个 PNG 文件；没有图可画就不写")]
RosterFile = Annotated[Path | None, typer.Option(help="名字用这个花名册文件的，不用数据库里的")]


def ask_figures(
    text: Text = None,
    at: At = None,
    explain: Explain = False,
    batch: Batch = None,
    roster: RosterFile = None,
    chart: ChartFile = None,
) -> None:
    """用平常话问数，和私聊里问的一样答。--batch 一次问一个文件，只写听成什么查询。"""
    settings = load()
    if (text is None) == (batch is None):
        raise typer.BadParameter("要么写一句话，要么给 --batch 文件。")
    people = _roster(roster)
    if batch is not None:
        _ask_all(batch, names_of(people), settings)
        return
    _say(text or "", people, _moment(at, settings), explain=explain, picture=chart)


def _say(text: str, people: Roster, at: datetime, *, explain: bool, picture: Path | None) -> None:
    """The very words of the chat, as somebody hears them who may see everything."""
    days = three_days(text, at, holiday)
    query = None if days else ask(text, at, None, names_of(people), holiday)
    if not days and query is None:
        many = unclear(text, at, None, names_of(people), holiday)
        ERR.print(texts.UNCLEAR if many else _NOT_HEARD, markup=False, soft_wrap=True)
        raise typer.Exit(1)
    for line in describe(query) if query and explain else []:
        OUT.print(line, markup=False, soft_wrap=True)

    async def answered(work: Work, settings: Settings) -> Told:
        viewer = Viewer(Supervisor(Person(None, "")), people, work, settings.policy, at)
        if query is not None:
            return await said(query, viewer, pictures=picture is not None)
        return Told(await said_of_three(days, viewer) if days else "")

    told = with_database(answered)
    OUT.print(told.words, markup=False, soft_wrap=True)
    if picture is not None:
        _write(told.chart, picture)


def _write(chart: Chart | None, file: Path) -> None:
    """The picture into a file; that there is none is said, and is no error."""
    if chart is None:
        ERR.print("这个数没有图，看字就够。")
        return
    try:
        file.write_bytes(draw(chart))
    except (OSError, NotDrawn) as error:
        ERR.print(f"图没写成：{error}", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    ERR.print(f"图在 {file}", markup=False, soft_wrap=True)


def _roster(file: Path | None) -> Roster:
    """A roster file, or the roster in the database."""
    if file is None:
        return with_database(_own_roster)
    try:
        return roster_file.load(file)
    except roster_file.RosterProblems as error:
        for problem in error.problems:
            ERR.print(problem, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None


async def _own_roster(work: Work, _: Settings) -> Roster:
    return await work.roster()


def _moment(said: str | None, settings: Settings) -> datetime:
    """A time in the bureau's zone; one that names no zone is the bureau's own, none at all is now."""
    if said is None:
        return WallClock().now().astimezone(settings.timezone)
    try:
        found = datetime.fromisoformat(said.strip())
        return (found if found.tzinfo else found.replace(tzinfo=settings.timezone)).astimezone(
            settings.timezone
        )
    except (ValueError, OverflowError):
        raise typer.BadParameter("时间要写成 “2026-06-22 09:35” 这样。", param_hint="--at") from None


# --- a file of questions ------------------------------------------------------------------------


def _ask_all(file: Path, names: Names, settings: Settings) -> None:
    """Each line of a file asked; what is no line is said, and the others are answered all the same."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"读不了 {file}：{error}", param_hint="--batch") from None
    bad = 0
    for number, result in answers(lines, names, settings):
        if isinstance(result, str):
            bad += 1
            ERR.print(f"第 {number} 行：{result}", style="red", markup=False, soft_wrap=True)
        else:
            sys.stdout.buffer.write(json.dumps(result, ensure_ascii=False).encode() + b"\n")
    sys.stdout.flush()
    if bad:
        raise typer.Exit(1)


def answers(
    lines: Iterable[str], names: Names, settings: Settings
) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """For each line its number and `{"id", "query"}`, or what is wrong with it.

    A follow-up is asked after what was understood of the line that it names; where that one asked
    nothing, after what went before that.
    """
    understood: dict[str, Query | None] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            key, text, at = str(row["id"]), str(row["text"]), _moment(str(row["at"]), settings)
        except (ValueError, KeyError, TypeError, RecursionError, typer.BadParameter):
            yield number, "应是一个 JSON 对象，有 id、at、text"
            continue
        before = understood.get(str(row.get("after", "")))
        query = ask(text, at, before, names, holiday)
        understood[key] = query or before
        yield number, {"id": row["id"], "query": query and query.as_json()}


# --- a query in words ---------------------------------------------------------------------------


def describe(query: Query) -> list[str]:
    """The query in words, a line for each part, with the definition of its metric."""
    meant = definitions()[query.metric]
    lines = [
        f"指标：{meant.name}（{meant.definition}）",
        f"时段：{_period(query)}",
        f"范围：{_scope(query) or '全部'}",
    ]
    if query.group_by:
        lines.append(f"分组：{_shape(query)}")
    if query.compare:
        lines.append(f"对比：{_COMPARES[query.compare]}")
    return lines


def _period(query: Query) -> str:
    if query.since is None or query.until is None:
        return "现在"
    return f"{query.since}" if query.since == query.until else f"{query.since} 至 {query.until}"


def _scope(query: Query) -> str:
    return "、".join(query.filters.as_json().values())


def _shape(query: Query) -> str:
    if query.group_by is None:
        return ""
    order = f"，{_ORDERS[query.order]}" if query.order else ""
    return _GROUPS[query.group_by] + order + (f"，前 {query.limit}" if query.limit else "")
