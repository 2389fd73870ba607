"""Weekly and monthly report as Word: ours, the bureau's own, and what becomes of one with a fault."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Word

from domain.chart import Chart, ChartKind, Measure, Point, Series
from domain.paper import PaperKind, Words
from handlers.texts.reports import BASIS, CHARTS, COLUMNS, TABLES, WORDS
from reports.document import TEMPLATES, document
from reports.make_templates import FORMS

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
    charts = dict.fromkeys(CHARTS, CHART if drawn else None)
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


def test_pictures_are_in_it(tmp_path: Path) -> None:
    del tmp_path
    with ZipFile(io.BytesIO(document(words(drawn=True)).content)) as parts:
        assert [name for name in parts.namelist() if name.startswith("word/media/")]


@pytest.mark.parametrize("place", ["<b>&</b>", "{{ 7*7 }}", "{% for a in b %}", "]]>", "a\x0bb", "=1+1"])
def test_what_people_have_said_is_words_and_nothing_else(place: str) -> None:
    said = text(document(words(place=place)).content)
    assert place.replace("\x0b", " ") in said
    assert "49" not in said


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
