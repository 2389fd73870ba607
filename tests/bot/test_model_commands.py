"""`wangge replay` and `wangge read` with a language model beside them."""

import io
import json
from pathlib import Path

from rich.console import Console

from bot.reading import read_lines
from bot.replaying import replay_all
from bot.serve import STORIES
from bot.settings import Settings
from tests.bot import endpoint
from tests.bot.endpoint import NOTHING, reports, says
from understanding.read_line import read_line

LINE = {"text": "3栋502楼下那家饭店的油烟熏得窗户都不敢开", "from": "李姐", "role": "resident"}


def settings(server: endpoint.Server, doubt: float = 1.0) -> Settings:
    return Settings(_env_file=None, model_address=server.address, model_name="qwen", model_doubt=doubt)


async def test_a_replay_tells_how_often_the_model_was_used(tmp_path: Path) -> None:
    story = STORIES / "01-yeyan-yeshi.chat.jsonl"
    heard = io.StringIO()
    async with endpoint.serving(says(NOTHING)) as server:
        failed = await replay_all([story], tmp_path, None, settings(server), Console(file=heard, width=200))
        asked = len(server.asked)
    assert failed == 0
    assert asked > 10
    assert f"语言模型 qwen：用了 {asked} 次，没用上 0 次" in heard.getvalue()
    rows = (tmp_path / "01-yeyan-yeshi.out.jsonl").read_text(encoding="utf-8")
    assert '"type": "ticket"' not in rows, "the model called everything chatter"


async def read(text: str, chosen: Settings) -> tuple[list[dict[str, object]], list[str]]:
    out, complaints = io.BytesIO(), list[str]()
    await read_lines(chosen, io.BytesIO(text.encode()), out, complaints.append)
    return [json.loads(line) for line in out.getvalue().splitlines()], complaints


async def test_a_line_is_read_by_the_model_where_it_is_doubtful() -> None:
    async with endpoint.serving(says(reports("油烟污染", "3栋〔户A〕"))) as server:
        (row,), _ = await read(json.dumps(LINE) + "\n", settings(server))
        assert (row["category"], row["location"]) == ("油烟污染", "3栋502")
        (sure,), _ = await read(json.dumps(LINE), settings(server, doubt=0))
        assert sure == read_line(LINE)
        assert len(server.asked) == 1


async def test_without_a_model_a_line_is_read_as_ever() -> None:
    rows, complaints = await read(f"{json.dumps(LINE)}\n\n[1]\n{{\n", Settings(_env_file=None))
    assert rows[0] == read_line(LINE)
    assert ["error" in row for row in rows] == [False, True, True]
    assert len(complaints) == 2


async def test_a_broken_half_of_a_character_is_read_too() -> None:
    async with endpoint.serving(says(NOTHING)) as server:
        (row,), _ = await read(json.dumps(LINE | {"text": "味道\ud83d"}), settings(server))
        assert row["intent"] == "chatter"
        assert len(server.asked) == 1
