"""The roster as a JSON file: every problem is named with its place, or everything is imported."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from domain.ids import GroupId, MemberId
from domain.people import Community, Person, Roster, Strength, Supervisor
from domain.quiet import BadHours, hours

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


def _hours(text: str) -> str:
    """Quiet hours that can be read."""
    try:
        hours(text)
    except BadHours:
        raise PydanticCustomError(
            "hours", "应是“几点-几点”，几段用逗号隔开，如 20:30-08:00,12:00-14:00"
        ) from None
    return text


_REASONS = {
    "missing": "缺这一项",
    "extra_forbidden": "不认识这一项，是不是写错了",
    "string_type": "应是文字",
    "string_too_short": "不能为空",
    "string_too_long": "太长",
    "list_type": "应是一个列表",
    "enum": "只能是 安静、适中、积极",
    "model_type": "应是一个对象",
    "dict_type": "应是一个对象",
}


_OURS = frozenset({"hours", "value_error"})
"""Whose words are our own."""


class RosterProblems(Exception):
    """Why a roster was not imported: each with its place in the file, in Chinese."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("；".join(self.problems))


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class _Person(_Part):
    id: Name | None = None
    name: Name

    def person(self) -> Person:
        return Person(MemberId(self.id) if self.id else None, self.name)


class _Group(_Part):
    id: Name | None = None
    name: str = ""


class _Community(_Part):
    name: Name
    group: _Group | None = None
    places: list[Name] = []
    strength: Annotated[Strength, Field(strict=False)] = Strength.NORMAL
    quiet: Annotated[str, AfterValidator(_hours)] | None = None
    officers: list[_Person] = []
    workers: list[_Person] = []
    property: list[_Person] = []

    def community(self, street: str) -> Community:
        group = self.group or _Group()
        return Community(
            name=self.name,
            street=street,
            group=GroupId(group.id) if group.id else None,
            group_name=group.name,
            places=tuple(self.places),
            strength=self.strength,
            quiet=None if self.quiet is None else hours(self.quiet),
            officers=tuple(p.person() for p in self.officers),
            workers=tuple(p.person() for p in self.workers),
            property=tuple(p.person() for p in self.property),
        )


class _Street(_Part):
    name: Name
    communities: list[_Community] = []


class _Supervisor(_Person):
    area: Name | None = None


class _Roster(_Part):
    streets: Annotated[list[_Street], Field(min_length=1)]
    supervisors: list[_Supervisor] = []

    def roster(self) -> Roster:
        return Roster(
            tuple(c.community(street.name) for street in self.streets for c in street.communities),
            tuple(Supervisor(s.person(), s.area) for s in self.supervisors),
        )


def load(path: Path) -> Roster:
    """Read and check a roster. Raises RosterProblems with every problem that the file has."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise RosterProblems([f"{path.name}：读不了，{unreadable(error)}"]) from None
    try:
        checked = _Roster.model_validate(data)
    except ValidationError as error:
        raise RosterProblems(
            _problem(one["loc"], one["type"], one["msg"]) for one in error.errors()
        ) from None
    if problems := list(_clashes(checked)):
        raise RosterProblems(problems)
    return checked.roster()


def unreadable(error: Exception) -> str:
    """Why a file cannot be read, in words for who keeps the roster."""
    if isinstance(error, json.JSONDecodeError):
        return f"不是 JSON，第 {error.lineno} 行第 {error.colno} 个字那里有错"
    if isinstance(error, UnicodeDecodeError):
        return "文字的编码不对，请存成 UTF-8"
    if isinstance(error, OSError) and error.errno:
        return "没有这个文件，或者没有权限打开"
    return "里面不是花名册，请用 .xlsx、.csv 或 JSON"


def _problem(place: tuple[int | str, ...], kind: str, message: str) -> str:
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
    return f"{where or '整个文件'}：{_REASONS.get(kind, message if kind in _OURS else '写得不对')}"


def _clashes(roster: _Roster) -> Iterator[str]:
    """What each part alone cannot show: names and ids that are given twice, areas that do not exist."""
    places = [
        (f"streets[{s}].communities[{c}]", community)
        for s, street in enumerate(roster.streets)
        for c, community in enumerate(street.communities)
    ]
    yield from _twice((f"{where}.name", community.name) for where, community in places)
    yield from _twice(
        (f"{where}.group.id", community.group.id)
        for where, community in places
        if community.group and community.group.id
    )
    for where, community in places:
        yield from _people_clash(where, community)
    yield from _twice((f"supervisors[{n}].id", s.id) for n, s in enumerate(roster.supervisors) if s.id)
    known = {street.name for street in roster.streets} | {community.name for _, community in places}
    for number, boss in enumerate(roster.supervisors):
        if boss.area is not None and boss.area not in known:
            yield f"supervisors[{number}].area：没有叫“{boss.area}”的街道或社区"


def _people_clash(where: str, community: _Community) -> Iterator[str]:
    groups = {"officers": community.officers, "workers": community.workers, "property": community.property}
    yield from _twice(
        (f"{where}.{kind}[{n}].id", person.id)
        for kind, people in groups.items()
        for n, person in enumerate(people)
        if person.id
    )


def _twice(named: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    found = list(named)
    count = Counter(value for _, value in found)
    for where, value in found:
        if count[value] > 1:
            yield f"{where}：“{value}”出现了 {count[value]} 次"
