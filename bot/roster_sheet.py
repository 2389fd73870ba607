"""The roster as a table (Excel or CSV), a person a row: a bad row is named, the rest is taken."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.roster_file import RosterProblems, unreadable
from domain.ids import GroupId, MemberId
from domain.people import Community, Person, Role, Roster, Strength, Supervisor
from domain.quiet import BadHours, Hours, hours, written

STREET, COMMUNITY, ROLE, NAME, ACCOUNT = "街道", "社区", "身份", "姓名", "账号"
GROUP, GROUP_NAME, PLACES, STRENGTH, QUIET = "群号", "群名", "地名", "登记", "静默"
COLUMNS = (STREET, COMMUNITY, ROLE, NAME, ACCOUNT, GROUP, GROUP_NAME, PLACES, STRENGTH, QUIET)
ROLES = {"队员": Role.OFFICER, "社区": Role.COMMUNITY, "物业": Role.PROPERTY, "主管": Role.SUPERVISOR}
NEVER_QUIET = "不静默"
_LONGEST = 100
_NEEDED = (COMMUNITY, ROLE, NAME)

Row = Mapping[str, str]
"""The cells of a row by the names of their columns; "" where one is empty."""


class _BadCell(Exception):
    """What is wrong with a row: the column, and what with it."""

    def __init__(self, column: str, wrong: str) -> None:
        self.column, self.wrong = column, wrong
        super().__init__(f"{column}: {wrong}")


@dataclass
class _There:
    """A community as far as the rows so far have told of it."""

    street: str
    people: dict[Role, list[Person]] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def community(self, name: str) -> Community:
        told, people = self.told, self.people
        return Community(
            name,
            self.street,
            GroupId(told[GROUP]) if told.get(GROUP) else None,
            told.get(GROUP_NAME, ""),
            tuple(_parts(told.get(PLACES, ""))),
            Strength(told.get(STRENGTH, Strength.NORMAL)),
            quiet=_quiet(told[QUIET]) if told.get(QUIET) else None,
            officers=tuple(people.get(Role.OFFICER, ())),
            workers=tuple(people.get(Role.COMMUNITY, ())),
            property=tuple(people.get(Role.PROPERTY, ())),
        )


@dataclass
class _Sheet:
    """What a table holds: as much of a roster as its rows give, and what is wrong with the others."""

    problems: list[str] = field(default_factory=list)
    _there: dict[str, _There] = field(default_factory=dict)
    _bosses: list[tuple[int, Supervisor]] = field(default_factory=list)

    def take(self, number: int, row: Row) -> None:
        """Take a row, or note what is wrong with it."""
        try:
            self._boss(number, row) if row[ROLE] == _name(Role.SUPERVISOR) else self._member(row)
        except _BadCell as bad:
            self.problems.append(f"第 {number} 行“{bad.column}”：{bad.wrong}")

    def roster(self) -> Roster:
        """The roster; a supervisor of what there is not is none, either."""
        areas = {one.street for one in self._there.values()} | {*self._there}
        bosses = []
        for number, boss in self._bosses:
            if boss.area in (None, *areas):
                bosses.append(boss)
            else:
                self.problems.append(f"第 {number} 行：表里没有叫“{boss.area}”的街道或社区")
        return Roster(tuple(one.community(name) for name, one in self._there.items()), tuple(bosses))

    def _boss(self, number: int, row: Row) -> None:
        boss = Supervisor(_person(row), row[COMMUNITY] or row[STREET] or None)
        if boss.person.id and any(other.person.id == boss.person.id for _, other in self._bosses):
            raise _BadCell(ACCOUNT, f"“{boss.person.id}”已经是另一行的主管，一个账号只能管一片")
        self._bosses.append((number, boss))

    def _member(self, row: Row) -> None:
        """A row of a community: somebody there, or only what the community is."""
        name = row[COMMUNITY]
        known = self._there.get(name)
        there = _There(known.street, dict(known.people), dict(known.told)) if known else _There(row[STREET])
        self._check_place(name, row, there)
        for column in (GROUP, GROUP_NAME, PLACES, STRENGTH, QUIET):
            self._tell(there, name, column, row[column])
        if row[ROLE] or row[NAME] or row[ACCOUNT]:
            _add(there, row)
        self._there[name] = there

    def _check_place(self, name: str, row: Row, there: _There) -> None:
        if not name:
            raise _BadCell(COMMUNITY, "没填")
        if not there.street:
            raise _BadCell(STREET, "没填")
        if row[STREET] not in ("", there.street):
            raise _BadCell(STREET, f"“{name}”在前面的行里属于“{there.street}”")

    def _tell(self, there: _There, name: str, column: str, said: str) -> None:
        """Note what a cell says of its community: once, or the same again."""
        if not said:
            return
        if there.told.get(column, said) != said:
            raise _BadCell(column, f"和前面写的“{there.told[column]}”不一样")
        if column == GROUP and any(o.told.get(GROUP) == said for n, o in self._there.items() if n != name):
            raise _BadCell(column, f"“{said}”已经是另一个社区的群")
        if column == STRENGTH and said not in {*Strength}:
            raise _BadCell(column, f"只能是 {'、'.join(Strength)}，现在是“{said}”")
        if column == QUIET:
            _quiet(said)
        there.told[column] = said


def load(path: Path) -> tuple[Roster, list[str]]:
    """Read a table: the roster, and what is wrong with which rows.

    Raises RosterProblems where nothing of it can be read.
    """
    rows = _rows(path)
    head = next((at for at, (_, row) in enumerate(rows) if {*_NEEDED} <= {*row}), None)
    if head is None:
        raise RosterProblems([f"{path.name}：没有找到表头，要有这几列：{'、'.join(COLUMNS)}"])
    sheet = _Sheet()
    for number, cells in rows[head + 1 :]:
        row = {**dict.fromkeys(COLUMNS, ""), **dict(zip(rows[head][1], cells, strict=False))}
        if any(row[column] for column in COLUMNS):
            sheet.take(number, row)
    roster = sheet.roster()
    if not roster.communities:
        raise RosterProblems(sheet.problems or [f"{path.name}：一个社区也没有"])
    return roster, sheet.problems


def save(path: Path, roster: Roster) -> None:
    """Write a roster as a table, to be edited and read again."""
    book = Workbook()
    page = book.active
    page.title = "花名册"
    for row in (COLUMNS, *_written(roster)):
        page.append(row)
        for cell in page[page.max_row]:
            cell.data_type = "s"  # words, also where they begin with "="
    for letter, width in zip("ABCDEFGHIJ", (14, 16, 8, 12, 24, 24, 20, 30, 8, 16), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    book.save(path)


def _written(roster: Roster) -> Iterator[tuple[str, ...]]:
    for one in roster.communities:
        quiet = "" if one.quiet is None else written(one.quiet) or NEVER_QUIET
        about = (one.group or "", one.group_name, "、".join(one.places), str(one.strength), quiet)
        people = ((Role.OFFICER, one.officers), (Role.COMMUNITY, one.workers), (Role.PROPERTY, one.property))
        rows = [(_name(role), person.name, person.id or "") for role, persons in people for person in persons]
        for at, who in enumerate(rows or [("", "", "")]):
            yield (one.street, one.name, *who, *(about if at == 0 else ("",) * len(about)))
    streets = {one.street for one in roster.communities}
    for boss in roster.supervisors:
        street, name = (boss.area, "") if boss.area in streets else ("", boss.area)
        row = (street or "", name or "", _name(Role.SUPERVISOR), boss.person.name, boss.person.id or "")
        yield (*row, *("",) * (len(COLUMNS) - len(row)))


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows with their numbers, from one; RosterProblems where it is no table."""
    try:
        found = _csv(path) if path.suffix.lower() in {".csv", ".txt"} else _excel(path)
        return [(number, [_text(cell) for cell in row]) for number, row in enumerate(found, start=1)]
    except (OSError, ValueError, KeyError, csv.Error, BadZipFile, InvalidFileException) as error:
        raise RosterProblems([f"{path.name}：读不了，{unreadable(error)}"]) from None


def _csv(path: Path) -> list[list[str]]:
    """What a spreadsheet saves as text: UTF-8, or what Chinese Windows takes for it."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return list(csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text.partition("\n")[0] else ","))


def _excel(path: Path) -> list[tuple[object, ...]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        return list(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


def _text(cell: object) -> str:
    """A cell as it reads: an account that looks like a number is none."""
    whole = isinstance(cell, float) and cell.is_integer()
    return "" if cell is None else str(int(cell) if whole else cell).strip()  # type: ignore[call-overload]


def _person(row: Row) -> Person:
    if not row[NAME]:
        raise _BadCell(NAME, "没填")
    for column in (NAME, ACCOUNT):
        if len(row[column]) > _LONGEST:
            raise _BadCell(column, f"太长，最多 {_LONGEST} 字")
    return Person(MemberId(row[ACCOUNT]) if row[ACCOUNT] else None, row[NAME])


def _add(there: _There, row: Row) -> None:
    person, role = _person(row), ROLES.get(row[ROLE])
    if role is None:
        said = f"，现在是“{row[ROLE]}”" if row[ROLE] else "，现在没填"
        raise _BadCell(ROLE, f"只能是 {'、'.join(ROLES)}{said}")
    others = [other for people in there.people.values() for other in people]
    if person.id and any(other.id == person.id for other in others):
        raise _BadCell(ACCOUNT, f"“{person.id}”在这个社区里出现过了")
    if person in there.people.get(role, ()):
        raise _BadCell(NAME, f"“{person.name}”在这个社区里出现过了")
    there.people[role] = [*there.people.get(role, ()), person]


def _name(role: Role) -> str:
    return next(name for name, one in ROLES.items() if one is role)


def _parts(text: str) -> list[str]:
    for mark in "，,；;":
        text = text.replace(mark, "、")
    return [part.strip() for part in text.split("、") if part.strip()]


def _quiet(said: str) -> Hours:
    try:
        return hours("" if said == NEVER_QUIET else said)
    except BadHours:
        raise _BadCell(QUIET, f"要写成 20:30-08:00 这样，或“{NEVER_QUIET}”") from None
