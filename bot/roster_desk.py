"""The commands for the roster: `wangge roster import` and `wangge roster show`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import roster_file
from bot.clock import WallClock
from bot.desk import ERR, OUT, Json, show, with_database
from bot.settings import Settings
from domain.people import Person, Roster
from handlers.assignments import reassign
from storage.database import Work
from storage.roster import save_roster

roster = typer.Typer(help="花名册：社区、群、队员、社区和物业人员、主管。", no_args_is_help=True)


@roster.command("import")
def import_roster(file: Annotated[Path, typer.Argument(help="花名册 JSON 文件")]) -> None:
    """导入花名册：有问题就全部指出来，一条也不导入；没问题就换下原来的。"""
    try:
        new = roster_file.load(file)
    except roster_file.RosterProblems as error:
        for problem in error.problems:
            ERR.print(problem, style="red", markup=False, soft_wrap=True)
        ERR.print(f"共 {len(error.problems)} 处问题，没有导入。")
        raise typer.Exit(1) from None
    with_database(lambda work, _: _take_over(work, new))
    OUT.print(f"已导入 {len(new.communities)} 个社区、{len(new.supervisors)} 位主管。{_warnings(new)}")


async def _take_over(work: Work, new: Roster) -> None:
    """Put the roster in place, and give the open tickets to the officers whom it names."""
    now = WallClock().now()
    await save_roster(work.connection, new)
    await work.outbox.put(await reassign(work, new, now), None, now)


def _warnings(new: Roster) -> str:
    unbound = sum(1 for c in new.communities if not c.group)
    short = sum(1 for c in new.communities if len(c.officers) < 2)  # noqa: PLR2004 - the law wants two
    said = [f"{unbound} 个社区还没绑群" if unbound else "", f"{short} 个社区不足两名队员" if short else ""]
    return "".join(f"{one}。" for one in said if one)


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
