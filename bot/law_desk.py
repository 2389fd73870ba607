"""The commands for the law cards: `wangge law list`, `verify`, `check` and `export`."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot import law_file
from bot.clock import WallClock
from bot.desk import ERR, OUT, Json, show
from bot.settings import Settings, load
from domain.law import LawCard

law = typer.Typer(help="普法卡：群里有人问规定时机器人怎么答。", no_args_is_help=True)


@law.command("list")
def list_cards(as_json: Json = False) -> None:
    """现在用的普法卡，核验了没有。"""
    settings = load()
    today = _today(settings)
    cards = _in_use(settings).cards.all
    rows = [
        {
            "no": card.id,
            "question": card.question,
            "law": card.law,
            "article": card.article,
            "state": _state(card, today),
            "verified_by": card.verified_by,
            "verified_on": str(card.verified_on or ""),
            "note": card.note,
        }
        for card in cards
    ]
    columns = {"no": "编号", "question": "问题", "law": "出处", "article": "条号", "state": "状态"}
    columns["note"] = "备注"
    show(rows, columns, "没有普法卡。", as_json=as_json)


def _state(card: LawCard, day: date) -> str:
    if not card.in_force(day):
        return "不在有效期，不答"
    return f"{card.verified_on} {card.verified_by}核验" if card.quotable(day) else "未核验"


@law.command()
def verify(  # noqa: PLR0913, PLR0917 - one option for each thing that a verification says
    card: Annotated[str, typer.Argument(help="卡的编号，如 P05")],
    by: Annotated[str, typer.Option(help="谁核验的，如 法制科张三")],
    on: Annotated[str | None, typer.Option(help="核验日期，如 2026-05-11；不写就是今天")] = None,
    article: Annotated[str | None, typer.Option(help="现行的条号，如 第10条；和卡上一样就不用写")] = None,
    source: Annotated[str | None, typer.Option("--law", help="现行的出处，如 《生态环境法典》")] = None,
    since: Annotated[str | None, typer.Option(help="施行日期")] = None,
    until: Annotated[str | None, typer.Option(help="失效日期，到这天为止还用")] = None,
) -> None:
    """记下一张卡已经核验：写进本单位的普法卡文件，重启机器人后生效。"""
    settings = load()
    one = _in_use(settings).cards.get(card)
    if one is None:
        _fail(f"没有编号 {card} 的普法卡。用 wangge law list 看编号。")
    day = on or str(_today(settings))
    given = {"条号": article, "出处": source, "施行日期": since, "失效日期": until}
    said = {name: value for name, value in given.items() if value is not None}
    new = law_file.row(replace(one, perhaps_replaced=False)) | said | {"核验人": by, "核验日期": day}
    if problems := law_file.faults(new):
        _fail("；".join(problems))
    _keep(settings.law_cards, new)
    OUT.print(f"已记下：{card} {one.question}，{by} {day} 核验。重启机器人后生效。", soft_wrap=True)


def _keep(path: Path, new: dict[str, str]) -> None:
    try:
        law_file.write(path, law_file.put(law_file.read(path), new))
    except (OSError, ValueError) as error:
        _fail(f"{path}：{error}")


@law.command()
def check() -> None:
    """检查本单位的普法卡文件：指出写错的卡；别的照用。"""
    settings = load()
    found = law_file.in_use(settings.law_cards)
    for problem in found.problems:
        ERR.print(problem, style="red", markup=False, soft_wrap=True)
    today = _today(settings)
    verified = sum(card.quotable(today) for card in found.cards.all)
    OUT.print(f"共 {len(found.cards.all)} 张卡，{verified} 张已核验；写错的 {len(found.problems)} 处。")
    if found.problems:
        raise typer.Exit(1)


@law.command()
def export(out: Annotated[Path, typer.Argument(help="写到这个 CSV 文件，可以用表格软件改")]) -> None:
    """把现在用的普法卡全部写成 CSV，改好后在设置里填 WANGGE_LAW_CARDS。"""
    if out.exists():
        _fail(f"{out} 已经有了，换个名字。")
    law_file.write(out, map(law_file.row, _in_use(load()).cards.all))
    OUT.print(f"写好了：{out}", soft_wrap=True)


def _in_use(settings: Settings) -> law_file.InUse:
    found = law_file.in_use(settings.law_cards)
    for problem in found.problems:
        ERR.print(problem, style="yellow", markup=False, soft_wrap=True)
    return found


def _today(settings: Settings) -> date:
    return WallClock().now().astimezone(settings.timezone).date()


def _fail(text: str) -> NoReturn:
    ERR.print(text, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1)
