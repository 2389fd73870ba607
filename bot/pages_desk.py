"""The maintainer's commands about the pages: a link for somebody, and who had a reporter shown."""

from typing import Annotated, Any

import typer

from bot.clock import WallClock
from bot.desk import ERR, Json, show, with_database
from bot.entrance import issue
from bot.reveals import reveal_lines
from bot.settings import Settings
from domain.access import Visitor, visitor
from domain.people import Roster
from handlers import texts
from storage.database import Work


def login(
    name: Annotated[str, typer.Argument(help="花名册里的姓名；同名的写账号")],
) -> None:
    """给花名册里的一个人一个登录网页的链接，几分钟内有效，只能用一次。"""

    async def found(work: Work, settings: Settings) -> tuple[list[Visitor], str]:
        now = WallClock().now()
        people = visitors(name, (await work.roster()).on(settings.policy.day(now)))
        link = await issue(work, people[0].member, settings, now) if len(people) == 1 else ""
        return people, link

    people, link = with_database(found)
    if not link:
        _explain(name, people)
        raise typer.Exit(1)
    ERR.print(f"给{people[0].name}（{texts.ROLES[people[0].role]}）的，请只交给本人：", markup=False)
    typer.echo(link)


def _explain(name: str, people: list[Visitor]) -> None:
    """Say why there is no link."""
    if not people:
        ERR.print(f"花名册里没有能登录的“{name}”：要是主管、队员或社区工作者，而且有账号。", markup=False)
        ERR.print("还没有账号的，先绑定（wangge roster codes），或者在花名册里写上账号。")
        return
    ERR.print(f"有 {len(people)} 位“{name}”，请写账号：", markup=False)
    for one in people:
        where = one.area or texts.EVERYWHERE
        ERR.print(f"  {one.member}  {texts.ROLES[one.role]}，{where}", markup=False)


def visitors(name: str, roster: Roster) -> list[Visitor]:
    """Everybody of this name, or this account, who may see the pages; each once."""
    seats = [boss.person for boss in roster.supervisors]
    for community in roster.communities:
        seats += [*community.officers, *community.away, *community.workers]
    ids = dict.fromkeys(person.id for person in seats if person.id and name in (person.name, person.id))
    return [one for member in ids if (one := visitor(member, roster))]


def reveals(limit: Annotated[int, typer.Option(help="最近几次", min=1)] = 100, as_json: Json = False) -> None:
    """谁在什么时候、为什么看过哪件工单的反映人（不写反映人是谁）。"""

    async def rows(work: Work, settings: Settings) -> list[dict[str, Any]]:
        found = await work.reveals.latest(limit)
        lines = reveal_lines(found, await work.roster(), settings.timezone)
        return [
            {"at": f"{line.at:%Y-%m-%d %H:%M}", "no": one.ticket, "who": line.who, "why": line.why}
            for one, line in zip(found, lines, strict=True)
        ]

    columns = {"at": "时间", "no": "单号", "who": "谁", "why": "理由"}
    show(with_database(rows), columns, "没有人看过反映人。", as_json=as_json)
