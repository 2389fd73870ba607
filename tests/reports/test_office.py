"""What an office program makes of our files: LibreOffice opens them and prints what we mean to be printed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from domain.paper import PaperKind
from handlers.texts.papers import PAGES
from reports.document import document
from reports.ledger import Book
from tests.reports.test_documents import words

OFFICE = shutil.which("soffice")
A3, A4, UPRIGHT = (1191, 842), (842, 595), (595, 842)
"""Points."""
_PAGE = re.compile(rb"/Type/Page/.*?/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]")


def printed(folder: Path) -> dict[str, list[tuple[int, int]]]:
    """The sizes of the pages that LibreOffice prints of each file of a folder, in points."""
    own = f"-env:UserInstallation=file://{folder}/profile"
    files = sorted(map(str, folder.glob("*.*x")))
    command = [str(OFFICE), own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {
        file.stem: [
            (round(float(wide)), round(float(high))) for wide, high in _PAGE.findall(file.read_bytes())
        ]
        for file in folder.glob("*.pdf")
    }


def ledger(file: Path, rows: int) -> None:
    with Book(file, PAGES, "台账 & 清单", "全区") as book:
        for number, page in enumerate(PAGES):
            book.add(number, [["=1+1"] * len(page.columns)] * (rows if number == 0 else 1))


@pytest.mark.skipif(OFFICE is None, reason="没有 LibreOffice / LibreOffice is not installed")
def test_an_office_program_prints_them_on_their_paper(tmp_path: Path) -> None:
    ledger(tmp_path / "short.xlsx", 1)
    ledger(tmp_path / "long.xlsx", 300)
    for kind in (PaperKind.WEEKLY, PaperKind.MONTHLY):
        (tmp_path / f"{kind}.docx").write_bytes(document(words(kind, drawn=True)).content)
    found = printed(tmp_path)
    assert found["short"] == [A3, A3, A4, A4]  # each sheet is as wide as its paper
    assert set(found["long"][:-2]) == {A3}
    assert len(found["long"]) > len(found["short"])
    assert set(found["weekly"]) == set(found["monthly"]) == {UPRIGHT}
