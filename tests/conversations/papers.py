"""Reports and ledgers as supervisors are sent them: how one asks, and what stands in the files."""

import io
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document

from domain.message import Reply
from storage.media import MediaStore
from tests.chat import Chat, starting
from tests.conversations.complaints import CHIEF
from tests.conversations.hearing import to

ON: dict[str, Any] = {"report_daily_at": "17:30", "report_weekly_at": "09:00", "report_monthly_at": "09:00"}


def reporting(local: str, database_file: Path, tmp_path: Path, **settings: str | None) -> Chat:
    """The chat from a moment on, where supervisors are sent what the calendar has for them."""
    return starting(local, database_file, tmp_path, **ON | settings)


def told(lines: list[Reply], who: str) -> list[str]:
    """The words that somebody was told alone."""
    return [text for text in to(lines, who) if text]


def files(lines: list[Reply], who: str) -> list[str]:
    """The files that somebody was sent alone."""
    return [line.file.name for line in lines if line.to == who and line.file]


def content(chat: Chat, line: Reply) -> bytes:
    assert line.file
    assert line.file.sha256
    found = MediaStore(chat.settings.media).read(line.file.sha256)
    assert found
    return found


def sheet(chat: Chat, line: Reply, name: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content(chat, line)))
    return list(book[name].iter_rows(values_only=True))


def words(chat: Chat, line: Reply) -> str:
    """All that stands in a Word file, its tables as well."""
    file = Document(io.BytesIO(content(chat, line)))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in file.paragraphs] + cells)


def the_file(lines: list[Reply], who: str) -> Reply:
    (found,) = [line for line in lines if line.to == who and line.file]
    return found


async def ask(chat: Chat, said: str, who: str = CHIEF) -> list[Reply]:
    """What the bot says to somebody who has said this to it alone."""
    before = len(chat.platform.lines)
    await chat.say(who, said, private=True)
    return chat.platform.lines[before:]
