"""A template of a report that is being written: its paragraphs, tables and pictures, in Word."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

_BODY, _HEAD, _TITLE = "仿宋", "黑体", "宋体"
_SMALL, _NORMAL, _SECTION, _LARGE = 9, 12, 14, 20
_BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
_GREY = RGBColor(0x59, 0x59, 0x59)
Columns = Sequence[tuple[str, str, float]]
"""Heading, the name that stands in it, width in centimetres."""


class Form:
    """A template that is being written."""

    def __init__(self) -> None:
        self.file: Any = Document()
        self._nobodys()
        section = self.file.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.6)
        section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
        _font(self.file.styles["Normal"], _BODY, _NORMAL)
        self.file.styles["Normal"].paragraph_format.line_spacing = 1.25
        for level, size in ((1, _SECTION), (2, _NORMAL)):
            style = self.file.styles[f"Heading {level}"]
            _font(style, _HEAD, size)
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(4)

    def _nobodys(self) -> None:
        """Nothing is left of the file that python-docx begins with: its author, its age, its picture."""
        about = self.file.core_properties
        about.title, about.author, about.comments = "{{ 标题 }} {{ 时段 }}", "", ""
        about.created = about.modified = _BEGUN
        package = self.file.part.package
        for name, link in list(package.rels.items()):
            if link.reltype.endswith("/thumbnail"):
                del package.rels[name]

    def title(self) -> None:
        """Whose report it is, on what."""
        self._centred("{{ 标题 }}", _TITLE, _LARGE, bold=True)
        self.only_if("单位")
        self._centred("{{ 单位 }}", _BODY, _NORMAL)
        self.end_if()
        self._centred("{{ 时段 }}　{{ 范围 }}", _BODY, _NORMAL)
        line = self._centred("编制时间 {{ 编制时间 }}", _BODY, _SMALL)
        line.runs[0].font.color.rgb = _GREY
        self.only_if("开始登记")
        self._centred("{{ 开始登记 }}", _BODY, _SMALL)
        self.end_if()

    def heading(self, words: str, level: int = 1) -> None:
        """A section."""
        self.file.add_heading(words, level)

    def say(self, words: str, *, small: bool = False) -> None:
        """A paragraph."""
        line = self.file.add_paragraph()
        run = line.add_run(words)
        if small:
            _font(run, _BODY, _SMALL)
            run.font.color.rgb = _GREY
        else:
            line.paragraph_format.first_line_indent = Pt(2 * _NORMAL)
        line.paragraph_format.space_after = Pt(2)

    def only_if(self, name: str) -> None:
        """What follows stands there where this is not empty."""
        self.file.add_paragraph(f"{{%p if {name} %}}")

    def otherwise(self, words: str) -> None:
        """Else this."""
        self.file.add_paragraph("{%p else %}")
        self.say(words)
        self.end_if()

    def end_if(self) -> None:
        """The end of it."""
        self.file.add_paragraph("{%p endif %}")

    def each(self, table: str, words: str) -> None:
        """A paragraph for each row."""
        self.file.add_paragraph(f"{{%p for 行 in {table} %}}")
        self.say(words)
        self.file.add_paragraph("{%p endfor %}")

    def picture(self, name: str) -> None:
        """A chart, where there is one."""
        self.only_if(name)
        self._centred(f"{{{{ {name} }}}}", _BODY, _NORMAL)
        self.end_if()

    def table(self, name: str, columns: Columns, *, together: bool = False) -> None:
        """A row for each; the headings come again on each page, or the table stays `together` on one."""
        grid = self.file.add_table(rows=4, cols=len(columns))
        grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        _repeated(grid.rows[0])
        for number, (head, value, width) in enumerate(columns):
            grid.columns[number].width = Cm(width)
            for row in grid.rows:
                row.cells[number].width = Cm(width)
            _fill(grid.rows[0].cells[number], head, bold=True)
            _fill(grid.rows[2].cells[number], f"{{{{ 行.{value} }}}}")
        _fill(grid.rows[1].cells[0], f"{{%tr for 行 in {name} %}}")
        _fill(grid.rows[3].cells[0], "{%tr endfor %}")
        for row in grid.rows:
            _whole(row)
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = together or None
        self.file.add_paragraph().paragraph_format.space_after = Pt(0)

    def table_or(self, name: str, columns: Columns, nothing: str) -> None:
        """A table, or a sentence where it is empty."""
        self.only_if(name)
        self.table(name, columns)
        self.otherwise(nothing)

    def compared(self, before: str, year_before: str = "") -> None:
        """Beside the period before, and that of the year before, where there are records of it."""
        self.only_if('受理环比 != "—"')
        self.say(
            f"与{before}比：受理{{{{ 受理环比 }}}}，结案{{{{ 结案环比 }}}}，主动制止{{{{ 主动制止环比 }}}}。"
        )
        self.otherwise(f"{before}没有完整的记录，不作环比。")
        if year_before:
            self.only_if('受理同比 != "—"')
            self.say(f"与{year_before}比：受理{{{{ 受理同比 }}}}。")
            self.end_if()

    def foot(self) -> None:
        """The four questions that every report answers, and the number of the page."""
        footer = self.file.sections[0].footer
        line = footer.paragraphs[0]
        words = "口径：①{{ 口径归期 }}。②{{ 口径应处置 }}。③{{ 口径延期 }}。④{{ 口径豁免 }}。"
        _font(line.add_run(words), _BODY, 8)
        pages = footer.add_paragraph()
        pages.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _font(pages.add_run("— "), _BODY, _SMALL)
        _page_number(pages)
        _font(pages.add_run(" —"), _BODY, _SMALL)

    def _centred(self, words: str, font: str, size: int, *, bold: bool = False) -> Any:  # noqa: ANN401  (python-docx has no types)
        line = self.file.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_after = Pt(2)
        run = line.add_run(words)
        _font(run, font, size)
        run.font.bold = bold
        return line


def _font(of: Any, name: str, size: int) -> None:  # noqa: ANN401  (python-docx has no types)
    """A font for Chinese as well: Word takes another one for that."""
    of.font.name, of.font.size = name, Pt(size)
    of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _fill(cell: Any, words: str, *, bold: bool = False) -> None:  # noqa: ANN401  (likewise)
    line = cell.paragraphs[0]
    run = line.add_run(words)
    _font(run, _HEAD if bold else _BODY, 10)
    line.paragraph_format.line_spacing = 1.0
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    if bold:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "E8EEF4")):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001  (python-docx has no shading)


def _repeated(row: Any) -> None:  # noqa: ANN401  (likewise)
    """The row comes again at the top of each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  (likewise)


def _whole(row: Any) -> None:  # noqa: ANN401  (likewise)
    """The row is not cut by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  (likewise)


def _page_number(line: Any) -> None:  # noqa: ANN401  (likewise)
    run = line.add_run()
    _font(run, _BODY, _SMALL)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001  (python-docx has no fields)
