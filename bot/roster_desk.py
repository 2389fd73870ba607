"""The commands for the roster: `wangge roster sheet`, `import`, `codes` and `show`."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import roster_file, roster_sheet
from bot.clock import WallClock
from bot.desk import ERR, OUT, Json, show, with_database
from bot.settings import Settings
from domain.access import visitor
from domain.people import Person, Role, Roster
from domain.records import Seat
from handlers import texts, weekly
from handlers.assignments import reassign
from handlers.binding import ALPHABET, LENGTH, digest
from storage.database import Work
from storage.roster import save_roster

roster = typer.Typer(help="花名册：社区、群、队员、社区和物业人员、主管。", no_args_is_help=True)


@roster.command("import")
def import_roster(file: Annotated[Path, typer.Argument(help="花名册：表格（.xlsx、.csv）或 JSON")]) -> None:
    """导入花名册，换下原来的。表格里有问题的行指出行和列，其余的照样导入；JSON 有问题就一条也不导入。"""
    wrong: list[str] = []
    try:
        if file.suffix.lower() == ".json":
            new = roster_file.load(file)
        else:
            new, wrong = roster_sheet.load(file)
    except roster_file.RosterProblems as error:
        _complain(error.problems)
        ERR.print(f"共 {len(error.problems)} 处问题，没有导入。")
        raise typer.Exit(1) from None
    with_database(lambda work, settings: _take_over(work, new, settings))
    OUT.print(f"已导入 {len(new.communities)} 个社区、{len(new.supervisors)} 位主管。{_warnings(new)}")
    if wrong:
        _complain(wrong)
        ERR.print(f"有 {len(wrong)} 行没有导入：改好表格，再导入一次就行。")
        raise typer.Exit(1)


@roster.command("sheet")
def write_sheet(file: Annotated[Path, typer.Argument(help="写到这个 .xlsx 文件")]) -> None:
    """把现在的花名册写成表格，用 Excel 或 WPS 改好再导入；还没有花名册，就是一张空表。"""
    if file.suffix.lower() != ".xlsx":
        raise typer.BadParameter("文件名要以 .xlsx 结尾。")

    async def current(work: Work, _: Settings) -> Roster:
        return await work.roster()

    roster_sheet.save(file, with_database(current))
    OUT.print(f"写到 {file}。改好以后：wangge roster import {file}", markup=False, soft_wrap=True)


def _complain(problems: Sequence[str]) -> None:
    for problem in problems:
        ERR.print(problem, style="red", markup=False, soft_wrap=True)


async def _take_over(work: Work, new: Roster, settings: Settings) -> None:
    """Put the roster in place, give the open tickets to the officers whom it names, and plan its week."""
    now = WallClock().now()
    await save_roster(work.connection, new)
    current = await work.roster()
    for member in await work.sessions.members():
        if visitor(member, current) is None:
            await work.sessions.end_all(member)
    await weekly.ensure(work, settings.policy, now)
    await work.outbox.put(await reassign(work, current, settings.policy, now), None, now)


def _warnings(new: Roster) -> str:
    unbound = sum(1 for c in new.communities if not c.group)
    short = sum(1 for c in new.communities if len(c.officers) < 2)  # noqa: PLR2004 - the law wants two
    over = [c.name for c in new.communities if len(c.officers) > 2]  # noqa: PLR2004 - and no more
    said = [
        f"{unbound} 个社区还没绑群" if unbound else "",
        f"{short} 个社区不足两名队员" if short else "",
        f"{'、'.join(over)}的队员多于两名，只有前两名（主办、协办）收得到派单" if over else "",
    ]
    return "".join(f"{one}。" for one in said if one)


@roster.command("codes")
def issue_codes(
    community: Annotated[str | None, typer.Option(help="只要这个社区的")] = None,
    days: Annotated[int, typer.Option(help="几天之内有效", min=1, max=60)] = 7,
    as_json: Json = False,
) -> None:
    """给还没绑定的群和人发一次性绑定码：群的在群里说“绑定 码”，个人的私聊机器人说。"""

    async def rows(work: Work, settings: Settings) -> list[dict[str, Any]]:
        now = WallClock().now()
        until = now + timedelta(days=days)
        found = []
        for seat in unbound(await work.roster(), community):
            code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
            await work.bindings.issue(seat, digest(code), now, until)
            found.append(
                {
                    "community": seat.community if seat.role else seat.name,
                    "who": seat.name if seat.role else texts.THE_GROUP,
                    "role": texts.ROLES[seat.role] if seat.role else None,
                    "say": f"{texts.BIND} {code}",
                    "until": f"{until.astimezone(settings.timezone):%Y-%m-%d %H:%M}",
                }
            )
        return found

    columns = {
        "community": "社区",
        "role": "身份",
        "who": "谁",
        "say": "说这句（一次有效）",
        "until": "有效到",
    }
    show(with_database(rows), columns, "都绑定了。", as_json=as_json)


def unbound(current: Roster, community: str | None) -> Iterator[Seat]:
    """Every group and everybody without an account, in the roster's order; each once."""
    for one in current.communities:
        if community in (None, one.name):
            if one.group is None:
                yield Seat(None, None, one.name)
            for role, people in (
                (Role.OFFICER, one.officers),
                (Role.COMMUNITY, one.workers),
                (Role.PROPERTY, one.property),
            ):
                yield from (Seat(one.name, role, person.name) for person in people if person.id is None)
    if community is None:
        bosses = (boss.person for boss in current.supervisors if boss.person.id is None)
        yield from (Seat(None, Role.SUPERVISOR, boss.name) for boss in bosses)


@roster.command("show")
def show_roster(as_json: Json = False) -> None:
    """现在的花名册。"""

    async def rows(work: Work, _: Settings) -> list[dict[str, Any]]:
        current = await work.roster()
        return [
            {
                "street": c.street,
                "community": c.name,
                "group": c.group,
                "officers": _named(c.officers),
                "workers": _named(c.workers),
                "property": _named(c.property),
            }
            for c in current.communities
        ] + [
            {
                "street": "主管",
                "community": s.area or "全部",
                "group": None,
                "officers": _named((s.person,)),
                "workers": "",
                "property": "",
            }
            for s in current.supervisors
        ]

    columns = {
        "street": "街道",
        "community": "社区",
        "group": "群",
        "officers": "队员（主办在前）",
        "workers": "社区",
        "property": "物业",
    }
    show(with_database(rows), columns, "还没有花名册。用 wangge roster import 导入。", as_json=as_json)


def _named(persons: Sequence[Person]) -> str:
    return "、".join(p.name + ("" if p.id else "（未绑定）") for p in persons)
