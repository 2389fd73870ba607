"""The commands with which a maintainer looks things up: tickets, the record, the outbox, the roster."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.clock import WallClock
from bot.inbox import Inbox
from bot.reveals import reveal_lines
from bot.scene import people
from bot.settings import Settings, load
from bot.training import take_reader
from domain.history import Entry, first_broken
from domain.ids import MemberId, TicketNo
from domain.message import Reply
from domain.people import Role
from domain.ticket import Ticket
from handlers import texts
from storage.database import Database, Work
from storage.media import MediaStore
from storage.migrate import migrate
from storage.outgoing import CLAIMED, FAILED, WAITING

T = TypeVar("T")
Json = Annotated[bool, typer.Option("--json", help="每行一个 JSON")]

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)


def with_database(do: Callable[[Work, Settings], Awaitable[T]]) -> T:
    """One unit of work on the configured database."""
    settings = load()
    migrate(settings.database)

    async def go() -> T:
        database = Database(settings.database)
        try:
            async with database.begin() as work:
                return await do(work, settings)
        finally:
            await database.close()

    return asyncio.run(go())


def show(rows: Sequence[dict[str, Any]], columns: dict[str, str], empty: str, *, as_json: bool) -> None:
    """Rows as a table with these columns and headings, or a JSON object a line."""
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    elif not rows:
        OUT.print(empty)
    else:
        table = Table()
        for key, heading in columns.items():
            table.add_column(heading, no_wrap=key in {"no", "id", "seq"}, overflow="fold")
        for row in rows:
            table.add_row(*(Text("" if row[key] is None else str(row[key])) for key in columns))
        OUT.print(table)


def tickets(
    open_only: Annotated[bool, typer.Option("--open", help="只看没结束的")] = False,
    community: Annotated[str | None, typer.Option(help="只看这个社区")] = None,
    as_json: Json = False,
) -> None:
    """工单一览。"""

    async def rows(work: Work, settings: Settings) -> list[dict[str, Any]]:
        names = people(await work.roster())
        return [
            _ticket_row(t, names, settings)
            for t in await work.tickets.all(open_only=open_only, community=community)
        ]

    columns = {
        "no": "单号",
        "state_name": "状态",
        "community": "社区",
        "category": "类别",
        "location": "位置",
        "urgent_name": "紧急",
        "households": "户数",
        "main": "主办",
        "opened_at": "受理",
    }
    show(with_database(rows), columns, "没有工单。", as_json=as_json)


def _ticket_row(ticket: Ticket, names: dict[MemberId, str], settings: Settings) -> dict[str, Any]:
    officers = [names.get(officer, officer) for officer in ticket.officers] + [None, None]
    until = ticket.extended_until
    return {
        "no": ticket.no,
        "state": ticket.state,
        "state_name": texts.state(ticket),
        "outcome": ticket.outcome,
        "community": ticket.community,
        "category": ticket.category,
        "category_version": ticket.category_version,
        "location": ticket.location,
        "urgent": ticket.urgent,
        "urgent_name": "急" if ticket.urgent else "",
        "households": ticket.households,
        "urges": ticket.urges,
        "main": officers[0],
        "assisting": officers[1],
        "extended_until": until.isoformat() if until else None,
        "transferred_to": ticket.transferred_to,
        "opened_at": f"{ticket.opened_at.astimezone(settings.timezone):%Y-%m-%d %H:%M}",
    }


def ticket(no: Annotated[str, typer.Argument(help="单号，如 20260511-003")], as_json: Json = False) -> None:
    """一件工单和它的全过程记录。"""

    async def found(work: Work, settings: Settings) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
        one = await work.tickets.get(TicketNo(no))
        if one is None:
            return None
        names = people(await work.roster())
        record = await work.tickets.record(one.no)
        media = await work.tickets.media(one.no)
        shown = reveal_lines(await work.reveals.of(one.no), await work.roster(), settings.timezone)
        seen = [{"at": f"{line.at:%Y-%m-%d %H:%M}", "who": line.who, "why": line.why} for line in shown]
        row = _ticket_row(one, names, settings) | {"media": media, "reveals": seen}
        return row, [_step_row(entry, names, settings) for entry in record]

    result = with_database(found)
    if result is None:
        ERR.print(texts.unknown(no), style="red", markup=False)
        raise typer.Exit(1)
    row, record = result
    if as_json:
        typer.echo(json.dumps(row | {"history": record}, ensure_ascii=False))
        return
    where = f"{row['community']}，{row['location'] or '位置未说'}"
    OUT.print(f"{row['no']}  {row['category']}  {row['state_name']}", markup=False)
    OUT.print(f"{where}，{row['households']} 户反映，{len(row['media'])} 份影像", markup=False)
    columns = {"seq": "序", "at": "时间", "who": "谁", "what": "做了什么", "note": "说明", "hash": "校验"}
    show([step | {"hash": step["hash"][:8]} for step in record], columns, "", as_json=False)
    for seen in row["reveals"]:
        OUT.print(f"{seen['at']} {seen['who']} 看过反映人：{seen['why']}", markup=False)


def _step_row(entry: Entry, names: dict[MemberId, str], settings: Settings) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": f"{entry.at.astimezone(settings.timezone):%Y-%m-%d %H:%M:%S}",
        "who": texts.who(entry, names),
        "what": texts.ACTIONS[entry.action],
        "action": entry.action,
        "before": entry.before,
        "after": entry.after,
        "note": entry.note,
        "message": entry.message,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def labels(out: Annotated[Path, typer.Option(help="写到这个文件（JSONL）")]) -> None:
    """把队员和社区说过“是/不是投诉”的话写成标注文件：先看一遍，再用它训练。只留在本机。"""

    async def rows(work: Work, _: Settings) -> list[dict[str, Any]]:
        found = []
        for message, label, location, urgent in await work.desk.labelled():
            said = await work.messages.get(message)
            if said and said.text:
                places = [place for place in location.split() if place in said.text]
                found.append({"text": said.text, "label": label, "location": places, "urgent": urgent})
        return found

    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in with_database(rows)]
    out.write_text("".join(lines), encoding="utf-8")
    OUT.print(f"写了 {len(lines)} 条标注到 {out}", markup=False)


def verify() -> None:
    """核对每件工单的记录：从头走一遍，报出第一处断开的地方。"""

    async def walk(work: Work, _: Settings) -> tuple[int, str | None]:
        every = await work.tickets.all()
        for one in every:
            broken = first_broken(await work.tickets.record(one.no), one.head, one.state, one.outcome)
            if broken:
                return len(every), texts.broken(one.no, *broken)
        missing = await work.tickets.gap()
        return len(every), texts.gap(missing) if missing else None

    count, problem = with_database(walk)
    if problem:
        ERR.print(problem, style="red", markup=False)
        raise typer.Exit(1)
    OUT.print(f"{count} 件工单的记录都完整。")


def outbox(
    again: Annotated[int | None, typer.Option(help="把这一条失败的再发一次")] = None, as_json: Json = False
) -> None:
    """没发出去的话：等着的、失败的。"""

    async def rows(work: Work, settings: Settings) -> list[dict[str, Any]]:
        if again is not None and not await work.outbox.requeue(again, WallClock().now()):
            ERR.print(f"没有第 {again} 条失败的话。", style="red")
            raise typer.Exit(1)
        lines = await work.outbox.of_status(WAITING, CLAIMED, FAILED)
        names = people(await work.roster())
        return [
            {
                "id": line.id,
                "status": line.status,
                "to": recipient(line.reply, names),
                "what": what(line.reply),
                "attempts": line.attempts,
                "created_at": f"{line.created_at.astimezone(settings.timezone):%Y-%m-%d %H:%M}",
                "ticket": line.reply.ticket,
                "error": line.error,
            }
            for line in lines
        ]

    columns = {
        "id": "条",
        "status": "状态",
        "to": "发给",
        "what": "内容",
        "attempts": "试过",
        "created_at": "时间",
        "ticket": "工单",
        "error": "原因",
    }
    show(with_database(rows), columns, "都发出去了。", as_json=as_json)


def recipient(reply: Reply, names: dict[MemberId, str]) -> str:
    """Whom a line is for; a resident without a name, since it would tell who reported."""
    if reply.in_group:
        return str(reply.to)
    return names.get(MemberId(reply.to), texts.ROLES[Role.RESIDENT])


def what(reply: Reply) -> str:
    """What a line is made of; never its words."""
    if reply.chart:
        return f"图：{reply.chart.title}"
    return f"文件：{reply.file.name}" if reply.file else "话"


def retry() -> None:
    """把处理失败的消息再跑一遍。"""
    settings = load()
    take_reader(settings)
    migrate(settings.database)

    async def go() -> tuple[int, int, int]:
        database = Database(settings.database)
        media = MediaStore(settings.media)
        try:
            again = await Inbox(database, settings.policy, media, WallClock(), lambda _: None).retry()
            async with database.begin() as work:
                return *again, len(await work.arrivals.failures())
        finally:
            await database.close()

    good, bad, absent = asyncio.run(go())
    OUT.print(f"重跑 {good + bad} 条：成功 {good}，仍失败 {bad}。")
    if absent:
        OUT.print(f"另有 {absent} 条微信消息没取到内容，机器人下次登录时再取（两天以内的）。")
    if bad:
        raise typer.Exit(1)
