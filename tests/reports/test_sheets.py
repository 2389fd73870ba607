"""A ledger's Excel file, read back with another library: every text is text, and it prints on one page's width."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from domain.paper import Cellular, Column, Page
from handlers.texts.papers import PAGES
from reports.ledger import Book

PAGE = Page("表", tuple(Column(head) for head in ("甲", "乙", "丙")))


def written(tmp_path: Path, *rows: list[Cellular], page: Page = PAGE) -> Worksheet:
    path = tmp_path / "book.xlsx"
    with Book(path, (page,), "标题 & 单位", "全区  生成于 2026-06-01 09:00") as book:
        book.add(0, rows)
    return openpyxl.load_workbook(path)[page.name]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1:A9)",
        "\t=1+1",
        "\r=1+1",
        " =1+1",
        "\n=1+1",
        "＝1+1",
        '=HYPERLINK("http://a.example","b")',
    ],
)
def test_what_begins_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    sheet = written(tmp_path, [text, "b", 1])
    cell = sheet["A2"]
    assert isinstance(cell, Cell)
    assert cell.data_type == "s"
    assert str(cell.value).strip() == text.strip()
    assert cell.quotePrefix
    with ZipFile(tmp_path / "book.xlsx") as parts:
        assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("hidden", ["\x01", "\x1b", "\x7f", "\u200b", "\u202e", "\ufeff", " \u200f "])
def test_nothing_unseen_hides_the_beginning_of_a_formula(tmp_path: Path, hidden: str) -> None:
    sheet = written(tmp_path, [f"{hidden}=1+1", f"{hidden}1+1"])
    formula, words = sheet["A2"], sheet["B2"]
    assert isinstance(formula, Cell)
    assert isinstance(words, Cell)
    assert (formula.data_type, words.data_type) == ("s", "s")
    assert formula.quotePrefix
    assert not words.quotePrefix


@pytest.mark.parametrize(
    "text",
    ["007", "1e5", "2026-05-11", "http://a.example/b", "mailto:a@b.example", "TRUE", "<b>&\"'", "_x0041_"],
)
def test_text_is_no_number_no_link_and_no_mark(tmp_path: Path, text: str) -> None:
    sheet = written(tmp_path, [text])
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert str(cell.value).replace("_x005F", "") == text


def test_what_no_file_takes_is_left_out_and_what_is_too_long_is_cut(tmp_path: Path) -> None:
    sheet = written(tmp_path, ["a\x00b\x0bc\uffffd", "长" * 50_000])
    assert sheet["A2"].value == "a b c d"
    assert len(str(sheet["B2"].value)) == 32_000


def test_dates_are_dates_and_numbers_numbers(tmp_path: Path) -> None:
    row: list[Cellular] = [datetime(2026, 5, 11, 18, 30), date(2026, 5, 12), 2.5]  # noqa: DTZ001  (a sheet knows no zones)
    sheet = written(tmp_path, row, [3, None, ""])
    found: list[Any] = [cell.value for cell in sheet[2]]
    assert found == [datetime(2026, 5, 11, 18, 30), datetime(2026, 5, 12), 2.5]  # noqa: DTZ001  (likewise)
    assert sheet["A2"].number_format == "yy-mm-dd hh:mm"
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert [cell.value for cell in sheet[3]] == [3, None, None]


@pytest.mark.parametrize("rows", [0, 1, 7])
def test_it_is_ready_to_be_read_and_printed(tmp_path: Path, rows: int) -> None:
    row: list[Cellular] = ["a", "b", "c"]
    sheet = written(tmp_path, *[row] * rows)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:C{max(rows, 1) + 1}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # one wide, any length
    assert sheet.print_title_rows == "$1:$1"
    assert "标题 && 单位" in str(sheet.oddHeader.center.text)
    assert "2026-06-01" in str(sheet.oddFooter.left.text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("徐家坊街道", 1),
        ("江西青云谱新经济产业集聚区", 3),  # 13 characters, of which 6 go into a line
        ("一\n二", 2),
        ("一\n\n三", 3),
        ("20261107-00", 1),
        ("", 1),
    ],
)
def test_a_row_is_as_high_as_its_longest_cell(tmp_path: Path, text: str, lines: int) -> None:
    sheet = written(tmp_path, ["a", text, 1])
    assert sheet.row_dimensions[2].height == (None if lines == 1 else 12 * lines + 3)


def test_no_row_is_higher_than_there_are(tmp_path: Path) -> None:
    sheet = written(tmp_path, ["长" * 50_000], ["短"])
    assert (sheet.row_dimensions[2].height, sheet.row_dimensions[3].height) == (405, None)


def test_every_sheet_of_a_ledger_has_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    with Book(path, PAGES, "台账", "全区"):
        pass
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["工单台账", "无证施工清单", "主动制止", "说明"]
    for page in PAGES:
        assert [cell.value for cell in book[page.name][1]] == [column.head for column in page.columns]
        assert not [
            column.head for column in page.columns if "反映人" in column.head or "投诉人" in column.head
        ]
