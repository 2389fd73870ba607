"""A ledger as an Excel file: written row by row, so that a hundred thousand take no more room than one.

Whatever a text begins with, it is text: nothing that a resident has said becomes a formula or a link.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from domain.paper import Cellular, Column, Page
from reports.words import UNWRITABLE, width

_RISKY = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]|[\t\n]")
"""What another program may take for the beginning of a formula, once the sheet is saved as plain text."""
_LONGEST = 32_000
"""Characters that a cell may have are 32767."""
_FONT = {"font_name": "宋体", "font_size": 9, "valign": "vcenter"}
_CELL = _FONT | {"text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
_HEAD = _CELL | {"bold": True, "align": "center", "bg_color": "#E8EEF4", "font_name": "黑体"}
_DAY, _MOMENT, _HOURS = "yyyy-mm-dd", "yy-mm-dd hh:mm", "0.0"
_CENTRE = {"align": "center"}
_A3, _A4, _MARGIN = 8, 9, 0.4
_CHARACTER, _LOST = 7 / 12, 1
"""How many Chinese characters of ours go into a unit of a column's width, and fewer where it breaks."""
_LINE, _ROOM, _HIGHEST = 12, 3, 405
"""Points: a line of a cell, what is around the lines, and the highest row that there is."""
_WITHOUT_FILTER = 3
"""Columns; a sheet of fewer is a list of words."""


class Book:
    """An Excel file with these sheets; to be filled in order within each sheet, and closed."""

    def __init__(self, path: Path, pages: Sequence[Page], title: str, foot: str) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(path.parent),
        }
        self._book = Workbook(str(path), options)
        self._book.set_properties({"title": title, "comments": foot})
        self._plain = self._format()
        self._quoted = self._format(quote_prefix=True)
        self._day = self._format(num_format=_DAY, **_CENTRE)
        self._moment = self._format(num_format=_MOMENT, **_CENTRE)
        self._number = self._format(**_CENTRE)
        self._hours = self._format(num_format=_HOURS, **_CENTRE)
        self._pages = pages
        self._sheets = [self._sheet(page, title, foot) for page in pages]
        self._next = [1] * len(pages)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is left; of a file that was not finished, nothing matters."""
        self._finish()
        self._book.close()

    def add(self, number: int, rows: Iterable[Sequence[Cellular]]) -> None:
        """Add rows to the sheet of this number."""
        sheet, columns = self._sheets[number], self._pages[number].columns
        for row in rows:
            if (lines := _lines(row, columns)) > 1:
                sheet.set_row(self._next[number], min(_LINE * lines + _ROOM, _HIGHEST))
            for column, value in enumerate(row):
                self._write(sheet, self._next[number], column, value)
            self._next[number] += 1

    def _write(self, sheet: Worksheet, row: int, column: int, value: Cellular) -> None:
        if isinstance(value, str) and value:
            text = UNWRITABLE.sub(" ", value[:_LONGEST])
            form = self._quoted if _RISKY.match(text) else self._plain
            sheet.write_string(row, column, text, form)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, float):
            sheet.write_number(row, column, value, self._hours)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._number)
        else:
            sheet.write_blank(row, column, None, self._plain)

    def _sheet(self, page: Page, title: str, foot: str) -> Worksheet:
        """A sheet with its headings, which stay in sight, and how it is printed: as wide as a page."""
        sheet: Worksheet = self._book.add_worksheet(page.name)
        head = self._book.add_format(_HEAD)
        for number, column in enumerate(page.columns):
            sheet.set_column(number, number, column.width)
        sheet.set_row(0, 24)
        for number, column in enumerate(page.columns):
            sheet.write_string(0, number, column.head, head)
        sheet.freeze_panes(1, 1 if len(page.columns) >= _WITHOUT_FILTER else 0)
        sheet.set_landscape()
        sheet.set_paper(_A3 if page.wide else _A4)
        sheet.set_margins(_MARGIN, _MARGIN, 0.7, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f'&C&"黑体"&14 {_plain(title)} {_plain(page.name)}')
        sheet.set_footer(f"&L&9 {_plain(foot)}&R&9 第 &P 页，共 &N 页")
        return sheet

    def _finish(self) -> None:
        """What can be filtered is known once all rows are there."""
        for page, sheet, following in zip(self._pages, self._sheets, self._next, strict=True):
            if len(page.columns) >= _WITHOUT_FILTER:
                sheet.autofilter(0, 0, max(following - 1, 1), len(page.columns) - 1)

    def _format(self, **more: Any) -> Format:  # noqa: ANN401  (what a format may say)
        form: Format = self._book.add_format(_CELL | more)
        return form


def _lines(row: Sequence[Cellular], columns: Sequence[Column]) -> int:
    """How many lines the highest cell takes: not every program finds that out by itself."""
    cells = zip(row, columns, strict=False)
    return max((_broken(value, column.width) for value, column in cells if isinstance(value, str)), default=1)


def _broken(text: str, wide: float) -> int:
    room = wide * _CHARACTER
    if len(text) <= room and "\n" not in text:  # as most do
        return 1
    wides = map(width, text.split("\n"))
    return sum(1 if one <= room else ceil(one / max(room - _LOST, 1)) for one in wides)


def _plain(words: str) -> str:
    """Words in a header or footer, where & begins a command."""
    return words.replace("&", "&&")
