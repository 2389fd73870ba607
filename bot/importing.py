"""`wangge import-chat`: an exported chat into transcript format, with other names where that is wanted."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import exported
from bot.desk import ERR, OUT
from bot.exported import Exported
from bot.settings import load
from bot.transcript import SUFFIX
from bot.transcript import load as check
from domain.ids import MemberId
from domain.message import Kind
from domain.people import Role
from handlers.texts import ROLES
from understanding.by_model.mask import Mask
from understanding.reading import Said, Surroundings

_FIELDS = {Kind.LOCATION: "label", Kind.LINK: "title", Kind.FILE: "name"}
_MENTION = re.compile(r"@([^\s@]{1,40})")

Names = Annotated[list[str], typer.Option(help="群里的昵称，可以写几次")]


def import_chat(  # noqa: PLR0913, PLR0917 - a command's options
    file: Annotated[Path, typer.Argument(help="导出的聊天记录，.txt 或 .csv")],
    out: Annotated[Path, typer.Option(help="写到这个文件夹")],
    community: Annotated[str, typer.Option(help="社区名")] = "导入的社区",
    officer: Names = [],  # noqa: B006 - typer copies it
    worker: Names = [],  # noqa: B006 - as above
    supervisor: Names = [],  # noqa: B006 - as above
    bot: Annotated[str, typer.Option(help="机器人的昵称，它的话不算")] = "网格管家",
    pseudonymise: Annotated[bool, typer.Option(help="人名换成代号，电话、车牌、门牌等打码")] = False,
) -> None:
    """把导出的微信群聊变成 wangge replay 能用的聊天记录。"""
    settings = load()
    try:
        lines = exported.read(file, settings.timezone)
    except exported.ExportError as error:
        ERR.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from None
    roles = dict.fromkeys(officer, Role.OFFICER) | dict.fromkeys(worker, Role.COMMUNITY)
    roles |= dict.fromkeys(supervisor, Role.SUPERVISOR) | {bot: Role.BOT}
    chat = _Chat(lines, roles, pseudonymise=pseudonymise)
    stem = "chat" if pseudonymise else file.stem
    path = out / f"{stem}{SUFFIX}"
    out.mkdir(parents=True, exist_ok=True)
    rows = [chat.head(community), *(chat.row(number, line) for number, line in enumerate(lines, start=1))]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    check(path)
    OUT.print(f"写了 {len(lines)} 条、{len(chat.people)} 人到 {path}", markup=False, soft_wrap=True)


class _Chat:
    """The people of an export, and its lines as those of a transcript."""

    def __init__(self, lines: Sequence[Exported], roles: dict[str, Role], *, pseudonymise: bool) -> None:
        self._hide = pseudonymise
        self.people = list(dict.fromkeys([*roles, *(line.sender for line in lines)]))
        self._roles = {name: roles.get(name, Role.RESIDENT) for name in self.people}
        self._ids = {name: f"p{number}" for number, name in enumerate(self.people, start=1)}
        self._shown = {name: self._name(name) for name in self.people}
        ordered = sorted((re.escape(name) for name in self.people), key=len, reverse=True)
        self._known = re.compile("|".join(ordered))
        self._said: dict[str, str] = {}

    def _name(self, name: str) -> str:
        role = self._roles[name]
        same = [one for one in self.people if self._roles[one] is role]
        alone = role is Role.BOT
        return (ROLES[role] + ("" if alone else str(same.index(name) + 1))) if self._hide else name

    def head(self, community: str) -> dict[str, Any]:
        """The first line."""
        members = [{"id": self._ids[n], "name": self._shown[n], "role": self._roles[n]} for n in self.people]
        return {"type": "group", "id": "imported", "community": community, "members": members}

    def row(self, number: int, line: Exported) -> dict[str, Any]:
        """One message."""
        key = f"m{number}"
        called = [self._ids[name] for name in _MENTION.findall(line.text) if name in self._ids]
        row: dict[str, Any] = {
            "type": "message",
            "id": key,
            "at": line.at.isoformat(),
            "from": self._ids[line.sender],
            "kind": line.kind,
            _FIELDS.get(line.kind, "text"): self._words(line.text),
        }
        row |= {"mentions": called} if called else {}
        row |= {"quote": self._said[line.quoted]} if line.quoted in self._said else {}
        self._said[line.text] = key
        return row

    def _words(self, text: str) -> str:
        if not self._hide:
            return text
        named = self._known.sub(lambda found: self._shown[found[0]], text)
        return Mask(Said(named, MemberId("")), Surroundings()).hide(named)
