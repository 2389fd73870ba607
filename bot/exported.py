"""A group's chat as desktop tools export it, as text or CSV: read into lines, whoever wrote the tool."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from bot.chat.wechat.quotes import split
from domain.message import Kind


class ExportError(Exception):
    """An exported chat that cannot be read; in Chinese."""


@dataclass(frozen=True, slots=True)
class Exported:
    """One message of an export; `quoted` are the words that it quotes."""

    at: datetime
    sender: str
    kind: Kind
    text: str
    quoted: str = ""


_TIME = r"(?P<time>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d{2})?)"
_HEADS = (
    re.compile(rf"^{_TIME}\s+(?P<name>\S.*?)\s*[:：]?$"),
    re.compile(rf"^(?P<name>\S.*?)\s+{_TIME}\s*[:：]?$"),
)
"""The line before a message: time and name, in either order."""
_ACCOUNT = re.compile(r"[(（<][\w@-]{4,}[)）>]$")
_PLACEHOLDERS = {
    "图片": Kind.IMAGE,
    "照片": Kind.IMAGE,
    "视频": Kind.VIDEO,
    "语音": Kind.VOICE,
    "文件": Kind.FILE,
    "位置": Kind.LOCATION,
    "链接": Kind.LINK,
    "表情": Kind.STICKER,
    "动画表情": Kind.STICKER,
}
_PLACEHOLDER = re.compile(rf"^\[({'|'.join(_PLACEHOLDERS)})\](.*)$", re.DOTALL)
_NUMBERS = {
    "1": Kind.TEXT,
    "3": Kind.IMAGE,
    "34": Kind.VOICE,
    "43": Kind.VIDEO,
    "47": Kind.STICKER,
    "48": Kind.LOCATION,
    "49": Kind.LINK,
}
_SYSTEM = frozenset({"10000", "10002", "系统", "系统消息", "系统通知"})
_NOTHING_SAID = re.compile(r"(?:撤回了一条消息|加入了?群聊|移出了?群聊|修改群名为|拍了拍).{0,20}$")
_COLUMNS = {
    "time": ("strtime", "时间", "发送时间", "日期时间", "datetime", "createtime", "time", "timestamp"),
    "day": ("日期", "date"),
    "name": (
        "发送者",
        "发言人",
        "发送人",
        "群昵称",
        "昵称",
        "remark",
        "nickname",
        "sender",
        "talker",
        "name",
    ),
    "text": ("内容", "消息内容", "消息", "strcontent", "content", "message", "msg", "text"),
    "kind": ("消息类型", "类型", "type", "type_name", "msgtype"),
}
"""What columns are called, the better name first."""
_SECONDS = 10**11


def read(path: Path, zone: tzinfo) -> Sequence[Exported]:
    """All messages of an export, in order of time. Raises ExportError."""
    text = _decoded(path)
    rows = _from_csv(text, zone) if path.suffix.lower() == ".csv" else _from_text(text, zone)
    lines = sorted(rows, key=lambda line: line.at)
    if not lines:
        raise ExportError(f"{path.name}：没有认出一条消息。认得的格式见 docs/wechat.md。")
    return lines


def _decoded(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExportError(f"{path.name}：读不了，{error.strerror}") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ExportError(f"{path.name}：不是 UTF-8，也不是 GB18030")


def _from_text(text: str, zone: tzinfo) -> Iterator[Exported]:
    head: re.Match[str] | None = None
    words: list[str] = []
    for line in [*text.splitlines(), None]:
        found = next((m for pattern in _HEADS if line and (m := pattern.match(line.strip()))), None)
        if line is not None and found is None:
            words.append(line)
            continue
        if head and (message := _message(_time(head["time"], zone), head["name"], "", "\n".join(words))):
            yield message
        head, words = found, []


def _from_csv(text: str, zone: tzinfo) -> Iterator[Exported]:
    reader = csv.DictReader(io.StringIO(text))
    there = {str(name).strip().lower(): name for name in reader.fieldnames or ()}
    columns = {key: [there[name] for name in names if name in there] for key, names in _COLUMNS.items()}
    wanted = {"time": "时间", "name": "发送者", "text": "内容"}
    if missing := [word for key, word in wanted.items() if not columns[key]]:
        raise ExportError(f"表头里没有：{'、'.join(missing)}")
    for row in reader:
        cell = {
            key: next((row[name].strip() for name in names if (row[name] or "").strip()), "")
            for key, names in columns.items()
        }
        time = cell["time"] if _has_day(cell["time"]) else f"{cell['day']} {cell['time']}"
        if message := _message(_time(time, zone), cell["name"], cell["kind"], cell["text"]):
            yield message


def _has_day(time: str) -> bool:
    return time.isdecimal() or bool(re.match(r"\d{4}\D", time))


def _message(at: datetime | None, name: str, kind: str, text: str) -> Exported | None:
    """The message; None where it is none of a person's."""
    name, text = _ACCOUNT.sub("", name.strip()).strip(), text.strip()
    if at is None or not name or kind in _SYSTEM or not text or _NOTHING_SAID.search(text):
        return None
    reply, quote = split(text)
    if quote:
        return Exported(at, name, Kind.TEXT, reply, quote.content)
    if found := _PLACEHOLDER.match(text):
        return Exported(at, name, _PLACEHOLDERS[found[1]], found[2].strip())
    said = _NUMBERS.get(kind) or _PLACEHOLDERS.get(kind.strip("[]"), Kind.TEXT)
    return Exported(at, name, said, "" if text.startswith("<") and said is not Kind.TEXT else text)


def _time(text: str, zone: tzinfo) -> datetime | None:
    if text.isdecimal():
        seconds = int(text) / 1000 if int(text) > _SECONDS else int(text)
        return datetime.fromtimestamp(seconds, UTC)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    try:
        year, month, day, hour, minute, *second = numbers
        return datetime(year, month, day, hour, minute, second[0] if second else 0, tzinfo=zone)
    except ValueError:
        return None
