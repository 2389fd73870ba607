"""Builds the templates of the weekly and the monthly report: `python -m reports.make_templates`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

HERE = Path(__file__).parent / "templates"
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
        """Nothing is left of the file that python-docx begins with: its author, its age, its little picture."""
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
        """A table with a row for each; the headings come again on each page, or it stays `together` on one."""
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


def weekly() -> Form:
    """The weekly report."""
    form = Form()
    form.title()
    form.heading("一、总体情况")
    form.say(
        "受理 {{ 受理 }}，结案 {{ 结案 }}，队员主动制止 {{ 主动制止 }}，转介 {{ 转介 }}。"
        "按期办结率 {{ 按期办结率 }}，处置时长中位数 {{ 处置时长 }}，满意率 {{ 满意率 }}。"
    )
    form.compared("上周")
    form.say("现在在办 {{ 在办 }}，其中超期 {{ 超期 }}、挂账 {{ 挂账 }}。")
    form.picture("走势图")
    form.heading("二、五大整治")
    form.table("五大整治", _CAMPAIGNS, together=True)
    form.heading("三、超期和挂账")
    form.table_or("超期清单", _LATE, "现在没有超期的工单。")
    form.table_or("挂账清单", _SUSPENDED, "现在没有挂账的工单。")
    form.heading("四、社区对接")
    form.say(
        "对接 {{ 对接 }}；没有对接记录的社区 {{ 未对接 }}（补录截止前还会减少）。普法卡 {{ 普法卡 }}，宣传 {{ 普法人次 }}。"
    )
    form.only_if("未对接清单")
    form.table("未对接清单", (("街道", "街道", 3.8), ("个数", "件数", 1.6), ("社区", "社区", 10.4)))
    form.say("名单只给中队长以上，不发群、不排名。", small=True)
    form.end_if()
    _spots(form, "五")
    _definitions(form, "六")
    form.foot()
    return form


def monthly() -> Form:
    """The monthly report."""
    form = Form()
    form.title()
    form.heading("一、总体情况")
    form.say("{{ 三项 }}")
    form.say("受理 {{ 受理 }}，结案 {{ 结案 }}，队员主动制止 {{ 主动制止 }}，转介 {{ 转介 }}。")
    form.compared("上月", "去年同月")
    form.say("编制时在办 {{ 在办 }}，其中超期 {{ 超期 }}、挂账 {{ 挂账 }}。满意率 {{ 满意率 }}。")
    form.picture("走势图")
    _structure(form)
    _times(form)
    form.heading("四、时限与效能")
    form.say(
        "按期办结率 {{ 按期办结率 }}，结案率 {{ 结案率 }}，处置时长中位数 {{ 处置时长 }}，期内超期 {{ 期内超期 }}。各类别时限不同，不跨类比较。"
    )
    form.table_or("各类别时限", _TIMING, "这个时段没有到时限的工单。")
    _spots(form, "五")
    form.heading("六、三率")
    form.say("超期率 {{ 超期率 }}，延期率 {{ 延期率 }}，返工率 {{ 返工率 }}。")
    form.heading("七、社区对接和普法")
    form.say(
        "对接 {{ 对接 }}；没有对接记录 {{ 未对接 }}（每周每个社区算一个）。普法卡 {{ 普法卡 }}，宣传 {{ 普法人次 }}。"
    )
    form.heading("八、特征归纳")
    form.each("特征归纳", "{{ 行.内容 }}")
    _definitions(form, "九")
    form.foot()
    return form


def _structure(form: Form) -> None:
    form.heading("二、结构")
    form.heading("（一）五大整治", 2)
    form.table("五大整治", _CAMPAIGNS, together=True)
    form.picture("五大整治图")
    form.heading("（二）类别", 2)
    form.table_or("各类别", _CATEGORIES, "这个时段没有受理工单。")
    form.heading("（三）来源", 2)
    form.table("来源", (("来源", "名称", 8), ("数", "件数", 7.5)), together=True)
    form.heading("（四）社区", 2)
    form.table_or("各社区", _COMMUNITIES, "这个时段各社区都没有。")
    form.say("按名册的顺序，不排名；三项都是 0 的不列。", small=True)


def _times(form: Form) -> None:
    form.heading("三、时间分布")
    form.table("各时段", (("时段", "名称", 5), ("受理", "件数", 5), ("占比", "占比", 5.5)), together=True)
    days = (("", "名称", 5), ("受理", "件数", 5), ("日均", "日均", 5.5))
    form.table("工作日与休息日", days, together=True)


def _spots(form: Form, number: str) -> None:
    form.heading(f"{number}、重复点位")
    form.table_or("重复点位", _SPOTS, "没有重复点位。")
    form.say("重复点位：{{ 重复点位口径 }}。", small=True)


def _definitions(form: Form, number: str) -> None:
    form.heading(f"{number}、口径")
    form.table("口径表", (("指标", "指标", 3.2), ("口径", "口径", 12.3)))


_CAMPAIGNS = (
    ("大类", "名称", 3.5),
    ("受理", "受理", 2.5),
    ("占比", "占比", 4.5),
    ("结案", "结案", 2.5),
    ("主动制止", "主动制止", 2.5),
)
_LATE = (
    ("单号", "单号", 3.5),
    ("社区", "社区", 3.6),
    ("类别", "类别", 3),
    ("超期", "超期时长", 2.6),
    ("主办", "主办", 2.8),
)
_SUSPENDED = (("挂账单号", "单号", 3.8), ("社区", "社区", 4.4), ("类别", "类别", 4), ("挂到", "挂到", 3.3))
_SPOTS = (
    ("社区", "社区", 4),
    ("类别", "类别", 3.2),
    ("地点", "地点", 4.7),
    ("件数", "件数", 1.8),
    ("在办", "在办", 1.8),
)
_CATEGORIES = (
    ("大类", "大类", 3.2),
    ("类别", "名称", 3.8),
    ("受理", "受理", 2.2),
    ("上月", "上期受理", 2.2),
    ("占比", "占比", 4.1),
)
_COMMUNITIES = (("社区", "名称", 6.5), ("受理", "受理", 3), ("结案", "结案", 3), ("主动制止", "主动制止", 3))
_TIMING = (
    ("类别", "名称", 3.7),
    ("按期办结率", "按期办结率", 4.4),
    ("处置时长", "处置时长", 4.6),
    ("期内超期", "期内超期", 2.8),
)


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


FORMS = {"weekly.docx": weekly, "monthly.docx": monthly}
"""The templates by their file."""


def main() -> None:
    """Write them."""
    HERE.mkdir(exist_ok=True)
    for name, build in FORMS.items():
        build().file.save(str(HERE / name))


if __name__ == "__main__":
    main()
