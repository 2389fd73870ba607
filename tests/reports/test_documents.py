"""Weekly and monthly report as Word: ours, the bureau's own, and what becomes of one with a fault."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Word

from domain.chart import Chart, ChartKind, Measure, Point, Series
from domain.paper import PaperKind, Words
from handlers.texts.reports import BASIS, CHARTS, COLUMNS, NONE, TABLES, WORDS
from reports.document import TEMPLATES, document
from reports.make_templates import FORMS
from reports.words import UNWRITABLE

DOCS = Path(__file__).parents[2] / "docs" / "reports.md"
CHART = Chart(
    ChartKind.COLUMNS, Measure.COUNT, "每天受理", "5月", ("5月11日", "5月12日"),
    (Series("受理", (Point(3, "3 件"), Point(5, "5 件"))),), "件",
)  # fmt: skip


def words(
    kind: PaperKind = PaperKind.WEEKLY, place: str = "3栋", rows: int = 2, *, drawn: bool = False
) -> Words:
    row = dict.fromkeys(COLUMNS.values(), "1") | {"地点": place}
    single = dict.fromkeys(WORDS.values(), "7 件") | {"标题": "周报", "单位": "", "开始登记": ""}
    single |= {WORDS[name]: said for name, said in BASIS.items()}
    charts = {name: replace(CHART, title=name) if drawn else None for name in CHARTS}
    return Words(kind, "周报", single, {name: [row] * rows for name in TABLES.values()}, charts)


def opened(content: bytes) -> Word:
    return Document(io.BytesIO(content))


def text(content: bytes) -> str:
    file = opened(content)
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    foot = [line.text for line in file.sections[0].footer.paragraphs]
    return "\n".join([*(line.text for line in file.paragraphs), *cells, *foot])


def own(folder: Path, *lines: str, name: str = "weekly.docx") -> Path:
    """A template of the bureau's own."""
    file = Document()
    for line in lines:
        file.add_paragraph(line)
    file.save(str(folder / name))
    return folder


@pytest.mark.parametrize("kind", [PaperKind.WEEKLY, PaperKind.MONTHLY])
@pytest.mark.parametrize("rows", [0, 2])
def test_ours_takes_everything_and_leaves_no_marks(kind: PaperKind, rows: int) -> None:
    made = document(words(kind, rows=rows))
    said = text(made.content)
    assert made.wrong == ""
    assert not [mark for mark in ("{{", "}}", "{%", "%}") if mark in said]
    for answer in BASIS.values():  # the four questions, at the foot
        assert answer in said


def pictures(content: bytes) -> list[str]:
    with ZipFile(io.BytesIO(content)) as parts:
        return [name for name in parts.namelist() if name.startswith("word/media/")]


def test_pictures_are_in_it() -> None:
    assert len(pictures(document(words(drawn=True)).content)) == 1
    assert len(pictures(document(words(PaperKind.MONTHLY, drawn=True)).content)) == 2  # the campaigns, too
    assert pictures(document(words()).content) == []


def test_a_picture_that_cannot_be_drawn_costs_nobody_the_words() -> None:
    full, broken = words(PaperKind.MONTHLY, drawn=True), replace(CHART, title="\ud800")
    charts = dict(full.charts)
    charts[CHARTS[0]] = broken
    made = document(replace(full, charts=charts))
    assert len(pictures(made.content)) == len(CHARTS) - 1
    assert text(made.content).split() == text(document(full).content).split()
    assert made.wrong == ""


@pytest.mark.parametrize(
    "place",
    ["<b>&</b>", "{{ 7*7 }}", "{% for a in b %}", "]]>", "a\x0bb", "a\x7fb", "a\uffffb", "a\ud800b", "=1+1"],
)
def test_what_people_have_said_is_words_and_nothing_else(place: str) -> None:
    said = text(document(words(place=place)).content)
    assert UNWRITABLE.sub(" ", place) in said
    assert "49" not in said


@pytest.mark.parametrize(("kind", "before"), [(PaperKind.WEEKLY, "上周"), (PaperKind.MONTHLY, "上月")])
def test_what_cannot_be_compared_is_not(kind: PaperKind, before: str) -> None:
    known = words(kind)
    none = {name: NONE for name in known.words if name.endswith(("环比", "同比"))}
    said = text(document(replace(known, words={**known.words, **none})).content)
    assert f"{before}没有完整的记录，不作环比。" in said
    assert "同月" not in said
    said = text(document(known).content)
    assert f"与{before}比：受理7 件，结案7 件，主动制止7 件。" in said
    assert ("与去年同月比：受理7 件。" in said) is (kind is PaperKind.MONTHLY)


def test_a_file_says_of_itself_what_it_is_and_nothing_of_who_made_the_template() -> None:
    at = datetime(2026, 5, 18, 1, 0, tzinfo=UTC)
    made = document(replace(words(), made_at=at)).content
    about = opened(made).core_properties
    assert (about.title, about.author, about.last_modified_by, about.comments) == ("周报 7 件", "", "", "")
    assert about.created == about.modified == at
    with ZipFile(io.BytesIO(made)) as parts:
        assert not [name for name in parts.namelist() if "thumbnail" in name]


def test_small_tables_stay_on_one_page() -> None:
    file = opened(document(words(PaperKind.MONTHLY)).content)
    together = {
        table.rows[0].cells[0].text: {
            bool(cell.paragraphs[0].paragraph_format.keep_with_next)
            for row in table.rows
            for cell in row.cells
        }
        for table in file.tables
    }
    assert together["时段"] == together["来源"] == {True}
    assert together["社区"] == together["指标"] == {False}
    heads = [table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in file.tables]  # noqa: SLF001  (python-docx has no such thing)
    assert all(heads)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_the_templates_are_what_the_script_builds(name: str) -> None:
    built = io.BytesIO()
    FORMS[name]().file.save(built)
    with ZipFile(built) as new, ZipFile(TEMPLATES / name) as kept:
        for part in ("word/document.xml", "word/footer1.xml", "word/styles.xml"):
            assert new.read(part) == kept.read(part), "python -m reports.make_templates"


@pytest.mark.parametrize("name", sorted(FORMS))
def test_chinese_has_a_font_of_its_own(name: str) -> None:
    with ZipFile(TEMPLATES / name) as parts:
        assert 'w:eastAsia="仿宋"' in parts.read("word/document.xml").decode()
        assert 'w:eastAsia="仿宋"' in parts.read("word/styles.xml").decode()


def test_the_bureaus_own_template_is_used(tmp_path: Path) -> None:
    made = document(words(), own(tmp_path, "本局{{ 标题 }}：受理{{ 受理 }}", "{{ 走势图 }}"))
    assert (text(made.content).splitlines()[0], made.wrong) == ("本局周报：受理7 件", "")
    assert "城管进社区" not in text(made.content)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("受理{{ 受里 }}", "没有“受里”这个名字"),
        ("{% for 行 in 超期清单 %}{{ 行.单好 }}{% endfor %}", "没有“单好”这个名字"),
        ("{{ 受理", "写法不对"),
        ("{% for 行 in 超期清单 %}", "写法不对"),
        ("{{ 标题.__class__.__mro__ }}", "用了不允许的写法"),
        ("{{ 标题 / 0 }}", "填不进去"),
    ],
)
def test_a_template_with_a_fault_is_said_and_ours_is_used(tmp_path: Path, line: str, why: str) -> None:
    made = document(words(), own(tmp_path, line))
    assert why in made.wrong
    assert "超期和挂账" in text(made.content)


@pytest.mark.parametrize("content", [b"", b"no Word file", b"PK\x03\x04"])
def test_what_is_no_word_file_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "weekly.docx").write_bytes(content)
    made = document(words(), tmp_path)
    assert "打不开" in made.wrong
    assert made.content


def test_a_folder_without_a_template_of_this_kind_changes_nothing(tmp_path: Path) -> None:
    made = document(words(PaperKind.MONTHLY), own(tmp_path, "只有周报"))
    assert made.wrong == ""
    assert "特征归纳" in text(made.content)


def test_every_name_that_a_template_may_use_is_in_the_manual() -> None:
    manual = DOCS.read_text(encoding="utf-8")
    names = [*WORDS.values(), *TABLES.values(), *COLUMNS.values(), *CHARTS]
    assert [name for name in names if f"`{name}`" not in manual] == []
