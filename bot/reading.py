"""`wangge read`: single messages, one JSON object a line; the model is asked, too, where one is."""

import json
from collections.abc import Callable
from typing import Any, BinaryIO

from bot.model_reader import ModelReader, model_reader
from bot.settings import Settings
from understanding import read
from understanding.read_line import check, heard, read_line, told


async def read_lines(
    settings: Settings, source: BinaryIO, target: BinaryIO, complain: Callable[[str], None]
) -> int:
    """Read each line of `source` and write what it means to `target`; how many lines were none."""
    bad = 0
    async with model_reader(settings) as model:
        for number, line in enumerate(source, start=1):
            if not line.strip():
                continue
            try:
                result = await _read(json.loads(line.decode()), model)
            except (ValueError, RecursionError) as error:
                bad += 1
                result = {"error": f"第 {number} 行：{str(error).splitlines()[0]}"}
                complain(result["error"])
            target.write(json.dumps(result, ensure_ascii=False).encode() + b"\n")
            target.flush()
    return bad


async def _read(line: dict[str, Any], model: ModelReader | None) -> dict[str, Any]:
    if model is None:
        return read_line(line)
    check(line)
    message, around = heard(line)
    reading = read(message, around)
    if model.wants(reading):
        reading = await model.read(message, around) or reading
    return told(reading, line)
