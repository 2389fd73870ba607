"""The command line: `wangge …`. What it prints is for people, in Chinese; `--json` is for programs."""

import asyncio
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from uvicorn.loops.auto import auto_loop_factory

from bot import (
    ask_desk,
    calendar_desk,
    desk,
    due_desk,
    importing,
    law_desk,
    logs,
    pages_desk,
    roster_desk,
    training,
)
from bot.chat.contract import ConnectionRefused
from bot.demo import furnish
from bot.reading import read_lines
from bot.replaying import find, replay_all
from bot.serve import serve
from bot.settings import Settings, SettingsError, load
from storage.migrate import DatabaseUnusable

app = typer.Typer(
    help="网格管家：住在居民群里的城管工单机器人。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(roster_desk.roster, name="roster")
app.add_typer(law_desk.law, name="law")
app.command("import-chat")(importing.import_chat)
app.command("due")(due_desk.due)
app.command("calendar")(calendar_desk.show_calendar)
app.command("ask")(ask_desk.ask_figures)
for command in (
    desk.tickets,
    desk.ticket,
    desk.verify,
    desk.outbox,
    desk.retry,
    desk.labels,
    pages_desk.login,
    pages_desk.reveals,
):
    app.command()(command)

_err = Console(stderr=True, highlight=False)


def _settings(**given: object) -> Settings:
    """The settings, and the reader that they name in use."""
    settings = load(**given)
    training.take_reader(settings)
    return settings


@app.command()
def run() -> None:
    """启动。设置见 config.example.env。"""
    _serve(_settings(), demo=False)


@app.command()
def demo() -> None:
    """用示例数据（虚构的人）启动，打开浏览器就能试。"""
    chosen = load()
    own = {"database": "sqlite:///wangge-demo.db", "media": Path("wangge-demo-media")}
    own |= dict.fromkeys(("quiet_hours", "officer_quiet_hours", "night_hours"), "")  # tried at any hour
    unset = {name: value for name, value in own.items() if name not in chosen.model_fields_set}
    _serve(_settings(**unset), demo=True)


def _serve(settings: Settings, *, demo: bool) -> None:
    logs.configure(logging.INFO)
    try:
        with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:  # uvloop, where there is one
            runner.run(serve(settings, furnish if demo else None, lambda t: _err.print(t, soft_wrap=True)))
    except KeyboardInterrupt:
        _err.print("已停止。")
    except ConnectionRefused as error:
        _err.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from None


@app.command()
def train(
    own: Annotated[list[Path], typer.Option("--with", help="标注文件，wangge labels 写出的；可以给几个")],
    out: Annotated[Path, typer.Option(help="模型写到这个文件")] = Path("wangge-model.npz"),
) -> None:
    """用本单位的标注再训练读法，几分钟。写好以后在设置里填 WANGGE_READER。"""
    try:
        training.train(own, out)
    except training.CannotTrain as error:
        _err.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    _err.print(f"写好了。要用它，在 .env 里写：WANGGE_READER={out}", markup=False)


@app.command()
def replay(
    paths: Annotated[list[Path], typer.Argument(help="聊天记录 NAME.chat.jsonl，或装着它们的文件夹")],
    out: Annotated[Path, typer.Option(help="结果 NAME.out.jsonl 写到这个文件夹")],
    databases: Annotated[
        Path | None, typer.Option(help="数据库留在这个文件夹；再跑一次会接着上次停下的地方")
    ] = None,
) -> None:
    """把一段群聊交给真的机器人重演一遍，看它会怎么做。"""
    files, missing = find(paths)
    for path in missing:
        _err.print(f"没有找到：{path}", style="red")
    out.mkdir(parents=True, exist_ok=True)
    failed = asyncio.run(replay_all(files, out, databases, _settings(), _err))
    if failed or missing or not files:
        raise typer.Exit(1)


@app.command()
def read() -> None:
    """标准输入每行一个 JSON 消息，标准输出每行一个读法，顺序不变。"""

    def complain(text: str) -> None:
        _err.print(text, style="red", markup=False)

    if asyncio.run(read_lines(_settings(), sys.stdin.buffer, sys.stdout.buffer, complain)):
        raise typer.Exit(1)


def main() -> None:
    """The console script."""
    logs.configure(logging.WARNING)
    try:
        app()
    except (SettingsError, DatabaseUnusable) as error:
        _err.print(str(error), style="red", markup=False)
        sys.exit(2)
