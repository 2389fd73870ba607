"""A group's chat in a file, as `evaluation/FORMAT.md` describes it: read, checked, line by line."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from domain.ids import GroupId, MemberId, MessageId
from domain.message import Kind
from domain.people import Community, Person, Role, Roster, Supervisor

SUFFIX = ".chat.jsonl"
Line = TypeVar("Line", bound=BaseModel)
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_SHORT = Field(min_length=1, max_length=200)
Short = Annotated[str, _SHORT]


class TranscriptError(Exception):
    """A transcript that cannot be read; the text names file, line and reason, in Chinese."""


class Member(BaseModel):
    """Somebody in the group."""

    model_config = ConfigDict(strict=True)

    id: Short
    name: str
    role: Annotated[Role, Field(strict=False)]


class GroupLine(BaseModel):
    """The first line: the group."""

    model_config = ConfigDict(strict=True)

    type: Literal["group"]
    id: Short
    community: Short
    street: str = ""
    places: list[str] = []
    members: list[Member]

    def roster(self) -> Roster:
        """The roster that the roles of the members amount to."""

        def people(role: Role) -> tuple[Person, ...]:
            return tuple(Person(MemberId(m.id), m.name) for m in self.members if m.role is role)

        community = Community(
            name=self.community,
            street=self.street,
            group=GroupId(self.id),
            group_name=self.community,
            places=tuple(self.places),
            officers=people(Role.OFFICER),
            workers=people(Role.COMMUNITY),
            property=people(Role.PROPERTY),
        )
        return Roster((community,), tuple(Supervisor(person) for person in people(Role.SUPERVISOR)))


class MessageLine(BaseModel):
    """Every other line: a message."""

    model_config = ConfigDict(strict=True, populate_by_name=True)

    type: Literal["message"]
    id: Annotated[MessageId, _SHORT]
    at: Annotated[AwareDatetime, Field(strict=False, ge=_EARLIEST, le=_LATEST)]
    sender: Annotated[MemberId, Field(alias="from", min_length=1, max_length=200)]
    kind: Annotated[Kind, Field(strict=False)]
    text: str = ""
    label: str = ""
    title: str = ""
    name: str = ""
    target: str | None = None
    mentions: list[MemberId] = []
    quote: str | None = None
    quote_ticket_of: str | None = None
    private: bool = False

    @property
    def words(self) -> str:
        """The words of the message, whatever its kind calls them."""
        return self.text or self.label or self.title or self.name


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole file."""

    name: str
    group: GroupLine
    messages: Sequence[MessageLine]

    @property
    def start(self) -> datetime:
        """When the first message was sent; the beginning of time where there is none."""
        return self.messages[0].at if self.messages else datetime.min.replace(tzinfo=UTC)


def load(path: Path) -> Transcript:
    """Read a file. Raises TranscriptError at its first broken line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TranscriptError(f"{path.name}：读不了，{_short(error)}") from None
    lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines:
        raise TranscriptError(f"{path.name}：是空的")
    group = _parse(GroupLine, path, *lines[0])
    members = {member.id for member in group.members}
    if len(members) < len(group.members):
        raise TranscriptError(f"{path.name} 第 {lines[0][0]} 行：members 里有重复的 id")
    messages: list[MessageLine] = []
    seen: set[str] = set()
    for number, line in lines[1:]:
        message = _parse(MessageLine, path, number, line)
        if message.sender not in members:
            raise TranscriptError(f"{path.name} 第 {number} 行：from“{message.sender}”不在成员里")
        if message.id in seen:
            raise TranscriptError(f"{path.name} 第 {number} 行：id“{message.id}”重复")
        if messages and message.at < messages[-1].at:
            raise TranscriptError(f"{path.name} 第 {number} 行：时间比上一条早")
        seen.add(message.id)
        messages.append(message)
    return Transcript(path.name.removesuffix(SUFFIX), group, messages)


def _parse(kind: type[Line], path: Path, number: int, line: str) -> Line:
    where = f"{path.name} 第 {number} 行"
    try:
        data = json.loads(line)
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise TranscriptError(f"{where}：不是 JSON，{_short(error)}") from None
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "整行"
        raise TranscriptError(f"{where}：{field} 不对，{first['msg']}") from None


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120]
