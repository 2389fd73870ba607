"""Replays chats through the real bot and notes every reading: `evaluation.replays CHAT … --out DIR`.

Writes NAME.out.jsonl (`FORMAT.md`) and NAME.trace.jsonl: for each message what the reader made of it, how
sure it was and how much processor time it took. Prints the name of each chat when it is done.
"""

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

import understanding.language.model
from bot.replay import Replay, write
from bot.settings import Settings
from bot.transcript import load
from evaluation.switches import PARTS, NoSuchPart, Switch
from handlers import respond
from storage.database import Database
from storage.migrate import migrate
from understanding import Reading, Said, Surroundings, read

NO_SUCH_PART = 3
"""Exit status where the reader does not have the part that is to be switched off."""
Reader = Callable[[Said, Surroundings], Reading]
Row = dict[str, Any]


@dataclass
class Watch:
    """Stands in front of `understanding.read`: passes on what is shown, notes what comes out."""

    switch: Switch
    rows: list[Row] = field(default_factory=list)

    def __call__(self, message: Said, around: Surroundings) -> Reading:
        message, around = self.switch.show(message, around)
        started = time.thread_time()
        reading = read(message, around)
        self.rows.append(noted(message, reading, time.thread_time() - started))
        return reading


def noted(message: Said, reading: Reading, seconds: float) -> Row:
    """What is worth knowing of a reading."""
    return {
        "message": message.id,
        "seconds": round(seconds, 7),
        "text": bool(message.text),
        "intent": str(reading.intent),
        "confidence": reading.confidence,
        "problems": [{"category": p.category, "confidence": p.confidence} for p in reading.problems],
        "acts": [
            {"ticket": act.ticket, "action": str(act.action), "confidence": act.confidence}
            for act in reading.acts
        ],
        "referral": reading.referral,
    }


def put_before(reader: Reader) -> None:
    """Have the bot in this process ask this reader."""
    vars(respond)["read"] = reader


def silent() -> None:
    """The bot's log is of no interest here."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


async def replay(path: Path, scratch: Path) -> list[Row]:
    """One chat through the bot on a database of its own; what it did."""
    empty, file = scratch / "empty.sqlite", scratch / f"{path.name}.db"
    if not empty.exists():
        migrate(f"sqlite:///{empty}")
    shutil.copyfile(empty, file)
    database = Database(f"sqlite:///{file}")
    try:
        play = Replay(load(path), Settings(_env_file=None), database)
        async for _ in play.run():
            pass
        async with database.begin() as work:
            if failures := await work.messages.failures():
                raise RuntimeError(f"{path.name}: the bot failed at {[message for message, _ in failures]}")
        return await play.result()
    finally:
        await database.close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("chats", type=Path, nargs="+", metavar="CHAT")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--model", type=Path, help="read with this model instead of the packaged one")
    parser.add_argument("--off", choices=PARTS, help="switch this part of the reader off")
    args = parser.parse_args()
    silent()
    if args.model:
        understanding.language.model.use(args.model)
    switch = PARTS[args.off] if args.off else Switch("")
    try:
        switch.turn_off()
    except NoSuchPart as part:
        sys.stderr.write(f"no such part: {part}\n")
        return NO_SUCH_PART
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wangge-evaluate-") as scratch:
        for path in args.chats:
            put_before(watch := Watch(switch))
            rows, name = asyncio.run(replay(path, Path(scratch))), path.name.removesuffix(".chat.jsonl")
            write(watch.rows, args.out / f"{name}.trace.jsonl")
            write(rows, args.out / f"{name}.out.jsonl")
            print(name, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
