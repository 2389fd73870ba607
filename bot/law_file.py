"""The bureau's own law cards: a CSV file for a spreadsheet, one card a line, in place of the shipped ones."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.law import BadCard, LawCard, LawCards, parsed, shipped

COLUMNS = {
    "编号": "id",
    "问题": "question",
    "问法": "asks",
    "主题词": "words",
    "短答": "answer",
    "出处": "law",
    "条号": "article",
    "罚则": "penalty",
    "类别": "category",
    "可能有新法": "perhaps_replaced",
    "施行日期": "valid_from",
    "失效日期": "valid_to",
    "核验人": "verified_by",
    "核验日期": "verified_on",
    "备注": "note",
}
"""The headings of the file, and what they are to a card."""
_LISTS = ("asks", "words")
_APART = "｜"
_DATE = re.compile(r"(\d{4})[/.年-](\d{1,2})[/.月-](\d{1,2})日?")
_YES = frozenset({"是", "1", "true", "TRUE"})


@dataclass(frozen=True, slots=True)
class InUse:
    """The cards to answer from, and what is wrong with those of the file that cannot be used."""

    cards: LawCards
    problems: tuple[str, ...] = ()


def in_use(path: Path) -> InUse:
    """The shipped cards, with those of the bureau's file in their place or beside them."""
    try:
        rows = read(path)
    except (OSError, ValueError, csv.Error) as error:
        return InUse(shipped(), (f"{path.name}：读不了，{str(error).splitlines()[0]}",))
    if not rows:
        return InUse(shipped())
    found = {one.id: one for one in shipped().all}
    own: set[str] = set()
    problems: list[str] = []
    for number, cells in enumerate(rows, start=2):
        made, reasons = _card(cells)
        if made and made.id in own:
            reasons = ("编号重复",)
        if made is None or reasons:
            name = cells.get("编号") or "（没有编号）"
            problems.append(f"{path.name} 第 {number} 行 {name}：{'；'.join(reasons)}")
            continue
        own.add(made.id)
        found[made.id] = made
    return InUse(LawCards(tuple(found.values())), tuple(problems))


def read(path: Path) -> list[dict[str, str]]:
    """The rows of the file by heading; none where there is no file. Raises ValueError, OSError, csv.Error."""
    if not path.exists():
        return []
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")  # what a Chinese spreadsheet saves as CSV
    reader = csv.DictReader(text.splitlines())
    if missing := [name for name in ("编号", "短答") if name not in (reader.fieldnames or ())]:
        raise ValueError(f"第一行缺少 {'、'.join(missing)} 这几列")
    return [{key: value or "" for key, value in row.items() if key in COLUMNS} for row in reader]


def write(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Put the rows into the file, so that a spreadsheet opens it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS))
        writer.writeheader()
        writer.writerows(rows)


def row(one: LawCard) -> dict[str, str]:
    """A card as a row."""
    return {heading: _cell(getattr(one, key)) for heading, key in COLUMNS.items()}


def put(rows: Sequence[Mapping[str, str]], new: Mapping[str, str]) -> list[Mapping[str, str]]:
    """The rows with this one in the place of the one of its number, or at the end."""
    kept = [new if old["编号"].strip() == new["编号"] else old for old in rows]
    return kept if new in kept else [*kept, new]


def faults(cells: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with a row, in Chinese."""
    return _card(cells)[1]


def _card(cells: Mapping[str, str]) -> tuple[LawCard | None, tuple[str, ...]]:
    try:
        return parsed(_values(cells)), ()
    except BadCard as error:
        return None, error.reasons


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return _APART.join(value)
    if isinstance(value, bool):
        return "是" if value else ""
    return "" if value is None else str(value)


def _values(cells: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {COLUMNS[name]: _dated(text.strip()) for name, text in cells.items()}
    values |= {key: str(values.get(key, "")).split(_APART) for key in _LISTS}
    return values | {"perhaps_replaced": values.get("perhaps_replaced") in _YES}


def _dated(text: str) -> str:
    """A day in the way that spreadsheets write it, as 2026-05-11."""
    found = _DATE.fullmatch(text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text
