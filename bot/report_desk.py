"""`wangge report`: the reports and the ledger as files, for the maintainer."""

import asyncio
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.clock import WallClock
from bot.desk import ERR, OUT
from bot.paper_maker import Made, Maker, of
from bot.settings import Settings, load
from domain.figures import NoFigure
from domain.paper import PaperKind, Wanted
from domain.people import Person, Supervisor
from handlers.papers.asking import usual
from handlers.papers.ledger import EVER
from handlers.papers.schedule import last_of_month
from handlers.papers.scope import Beyond
from handlers.texts import figures as figure_texts
from handlers.texts import papers as texts
from storage.migrate import migrate

_DAY = timedelta(days=1)


class Which(StrEnum):
    """What there is to be had."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    DAILY = "daily"
    LEDGER = "ledger"


Kind = Annotated[Which, typer.Argument(help="weekly 周报，monthly 月报，daily 日报，ledger 台账")]


def _a_day(said: str) -> date:
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        raise typer.BadParameter("日期要写成 2026-06-22 这样，日历上要有这一天。") from None


From = Annotated[date | None, typer.Option("--from", parser=_a_day, help="从哪一天（含）")]
To = Annotated[date | None, typer.Option("--to", parser=_a_day, help="到哪一天（含）")]
Area = Annotated[str | None, typer.Option(help="只要这个街道或社区的")]
Out = Annotated[Path | None, typer.Option(help="写到这个文件；不写就用自带的文件名，放在当前文件夹")]


def report(kind: Kind, since: From = None, until: To = None, area: Area = None, out: Out = None) -> None:
    """生成周报、月报、日报或台账。不写日期，就是上一周、上个月、今天、今年。"""
    settings = load()
    migrate(settings.database)
    now = WallClock().now()
    paper = PaperKind(kind.value)
    days = _days(paper, since, until, settings.policy.day(now))
    try:
        made = _made(settings, Wanted(paper, *days, area), now)
    except Beyond:
        ERR.print(f"名册里没有“{area}”这个街道或社区。", style="red", markup=False)
        raise typer.Exit(1) from None
    except NoFigure as error:
        ERR.print(figure_texts.refusal(error, settings.policy.day(now)), style="red", markup=False)
        raise typer.Exit(1) from None
    _write(made, out)


def _made(settings: Settings, wanted: Wanted, now: datetime) -> Made:
    """The paper, as somebody gets it who sees everything; how far it is, is shown meanwhile."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=ERR, transient=True) as shown:
        task = shown.add_task(f"正在生成{texts.NAMES[wanted.kind]}", total=None)

        def written(done: int, of_all: int) -> None:
            shown.update(task, completed=done, total=of_all)

        maker = Maker(settings, settings.database, written)
        everybody = Supervisor(Person(None, ""))
        return asyncio.run(maker.make(wanted, of(lambda _: everybody, wanted.area), now))


def _write(made: Made, out: Path | None) -> None:
    if made.wrong:
        ERR.print(made.wrong, style="yellow", markup=False, soft_wrap=True)
    if not made.content and out is None:
        OUT.print(made.text, markup=False, soft_wrap=True)
        return
    file = out or Path(made.name)
    partial = file.with_name(f"{file.name}.part")
    partial.write_bytes(made.content or made.text.encode())
    partial.replace(file)
    OUT.print(made.text, markup=False, soft_wrap=True)
    OUT.print(f"写到 {file}", markup=False, soft_wrap=True)


def _days(kind: PaperKind, since: date | None, until: date | None, today: date) -> tuple[date, date]:
    """The days that are asked for; where one end is left out, the end of the week or month, or today."""
    if since is None and until is None:
        return usual(kind, today)
    if kind is PaperKind.DAILY:
        raise typer.BadParameter("日报只有今天的，不用写日期。")
    first = max(since or EVER, EVER)
    if since is None and until is not None:
        first = until - 6 * _DAY if kind is PaperKind.WEEKLY else until.replace(day=1)
    last = until or {
        PaperKind.WEEKLY: first + 6 * _DAY,
        PaperKind.MONTHLY: last_of_month(first),
        PaperKind.LEDGER: today,
    }.get(kind, today)
    if last < first:
        raise typer.BadParameter("--to 比 --from 早。")
    return first, last
