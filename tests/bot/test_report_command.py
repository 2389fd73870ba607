"""`wangge report`: the maintainer's files, how far they are, and what there is not."""

import asyncio
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.chat import OTHER_GROUP, Chat
from tests.conversations.meanings import report
from understanding import Reading


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
async def filled(chat: Chat, meaning: dict[str, Reading], monkeypatch: pytest.MonkeyPatch) -> Chat:
    """A ticket in each community; the command's settings are those of the chat."""
    meaning["摆到外面了"] = report("1栋", "店外经营")
    await chat.say("李姐", "摆到外面了")
    await chat.say("老涂", "摆到外面了", group=OTHER_GROUP)
    monkeypatch.setenv("WANGGE_DATABASE", chat.settings.database)
    return chat


async def run(*words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, app, ["report", *words])


async def test_the_ledger_of_all_or_of_a_part(filled: Chat, tmp_path: Path) -> None:
    del filled
    for area, rows in ((None, 2), ("青云谱镇", 1), ("幸福里社区", 1)):
        more = ["--area", area] if area else []
        done = await run("ledger", "--from", "2026-05-01", "--to", "2026-05-31", "--out", "a.xlsx", *more)
        assert done.exit_code == 0, done.output
        assert "写到 a.xlsx" in done.output
        assert openpyxl.load_workbook(tmp_path / "a.xlsx")["工单台账"].max_row == rows + 1


async def test_a_ledger_may_begin_before_all_records(filled: Chat, tmp_path: Path) -> None:
    del filled
    for first in ("0001-01-01", "1990-06-15"):
        assert (await run("ledger", "--from", first, "--out", "a.xlsx")).exit_code == 0
        assert openpyxl.load_workbook(tmp_path / "a.xlsx")["工单台账"].max_row == 3


async def test_reports_have_names_of_their_own(filled: Chat, tmp_path: Path) -> None:
    del filled
    assert (await run("weekly", "--from", "2026-05-11")).exit_code == 0
    assert (await run("monthly", "--from", "2026-05-01")).exit_code == 0
    weekly = Document(str(tmp_path / "周报_2026-05-11至2026-05-17_全区.docx"))
    assert weekly.paragraphs[0].text == "城管进社区周报"
    assert (tmp_path / "月报_2026-05-01至2026-05-31_全区.docx").is_file()


async def test_the_daily_report_is_printed(filled: Chat) -> None:
    del filled
    done = await run("daily")
    assert done.exit_code == 0
    assert "日报" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ledger", "--area", "没有的街道"), "没有“没有的街道”"),
        (("weekly", "--from", "2025-05-05"), "才开始登记"),
        (("ledger", "--from", "2026-05-12", "--to", "2026-05-11"), "早"),
        (("weekly", "--from", "2026-13-01"), "日期要写成"),
        (("monthly", "--to", "5月"), "日期要写成"),
        (("daily", "--from", "2026-05-12"), "只有今天的"),
        (("yearly",), "yearly"),
    ],
)
async def test_what_there_is_not_is_said(filled: Chat, words: tuple[str, ...], said: str) -> None:
    del filled
    done = await run(*words)
    assert done.exit_code != 0
    assert said in done.output.replace("\n", "")
    assert "Traceback" not in done.output


async def test_a_template_with_a_fault_is_said(
    filled: Chat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del filled
    own = Document()
    own.add_paragraph("{{ 受里 }}")
    own.save(str(tmp_path / "weekly.docx"))
    monkeypatch.setenv("WANGGE_REPORT_TEMPLATES", str(tmp_path))
    done = await run("weekly", "--from", "2026-05-11", "--out", "w.docx")
    assert done.exit_code == 0
    assert "本单位的模板 weekly.docx 有错（没有“受里”这个名字）" in done.output.replace("\n", "")
    assert Document(str(tmp_path / "w.docx")).paragraphs[0].text == "城管进社区周报"
