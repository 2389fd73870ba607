"""`wangge replay`: many transcripts, one database each, with progress; a broken one stops only itself."""

import contextlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.model_reader import ModelReader, Tally, model_reader
from bot.replay import Replay, write
from bot.settings import Settings
from bot.transcript import SUFFIX, Transcript, TranscriptError, load
from storage.database import Database
from storage.migrate import migrate

_COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


def find(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The transcripts that these paths name, folders opened up; and the paths that name none."""
    files: list[Path] = []
    missing: list[Path] = []
    for path in paths:
        found = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path] if path.is_file() else []
        files += found
        if not found:
            missing.append(path)
    return list(dict.fromkeys(files)), missing


async def replay_all(
    files: Sequence[Path], out: Path, databases: Path | None, settings: Settings, console: Console
) -> int:
    """Replay each file; how many of them failed."""
    failed = 0
    async with contextlib.AsyncExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wangge-replay-")))
        bar = stack.enter_context(Progress(*_COLUMNS, console=console, disable=not console.is_terminal))
        total = bar.add_task("重演", total=len(files))
        seen: set[str] = set()
        model = await stack.enter_async_context(model_reader(settings))
        for file in files:
            try:
                if file.name in seen:
                    raise TranscriptError(f"{file}：和另一个文件同名，没有重演")  # noqa: TRY301 - one place answers
                seen.add(file.name)
                transcript = load(file)
                address = _database(databases or scratch, scratch, transcript.name)
                await _replay(transcript, address, out, settings, model, bar)
            except Exception as error:  # noqa: BLE001 - whatever one file does, the others are replayed
                failed += 1
                said = str(error) if isinstance(error, TranscriptError) else f"{file.name}：出错了，{error!r}"
                bar.console.print(said, style="red", markup=False, soft_wrap=True)
            bar.advance(total)
        if model:
            console.print(_about_model(model.tally()), markup=False, soft_wrap=True)
    if not files:
        return 0
    said = f"重演了 {len(files) - failed} 段群聊" + (f"，{failed} 段有问题" if failed else "")
    console.print(f"{said}；结果在 {out}", markup=False, soft_wrap=True)
    return failed


def _about_model(tally: Tally) -> str:
    why = "、".join(f"{reason} {count}" for reason, count in tally.fallen_back.items())
    return f"语言模型 {tally.model}：用了 {tally.used} 次，没用上 {sum(tally.fallen_back.values())} 次" + (
        f"（{why}）" if why else ""
    )


def _database(folder: Path, scratch: Path, name: str) -> str:
    """The database of one transcript; a new one is a copy of an empty one, which is faster than migrating."""
    file = folder / f"{name}.db"
    if file.exists():
        migrate(f"sqlite:///{file}")
    else:
        folder.mkdir(parents=True, exist_ok=True)
        empty = scratch / "empty.sqlite"
        if not empty.exists():
            migrate(f"sqlite:///{empty}")
        partial = file.with_suffix(".part")
        shutil.copyfile(empty, partial)
        partial.replace(file)
    return f"sqlite:///{file}"


async def _replay(
    transcript: Transcript,
    address: str,
    out: Path,
    settings: Settings,
    model: ModelReader | None,
    bar: Progress,
) -> None:
    task = bar.add_task(transcript.name, total=len(transcript.messages))
    database = Database(address)
    try:
        replay = Replay(transcript, settings, database, model)
        async for _ in replay.run():
            bar.advance(task)
        write(await replay.result(), out / f"{transcript.name}.out.jsonl")
        async with database.begin() as work:
            failures = await work.messages.failures()
    finally:
        await database.close()
        bar.remove_task(task)
    if failures:
        ids = "、".join(message for message, _ in failures[:5])
        raise TranscriptError(f"{transcript.name}：{len(failures)} 条消息没能处理（{ids}），其余照常")
