"""What a setting may be: each type reads what a maintainer wrote, and says in Chinese what it should be."""

import json
import re
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from domain.quiet import BadHours, Hours, hours

_WRONG = {
    "time_parsing": "应是“几点:几分”，如 17:30",
    "time_type": "应是“几点:几分”，如 17:30",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "greater_than": "要大于 {gt}",
    "less_than": "要小于 {lt}",
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "float_parsing": "应是数字",
    "bool_parsing": "应是 true 或 false",
    "literal_error": "只能是 {expected}",
}
"""What pydantic finds wrong, in words for who keeps the settings."""


def complaint(kind: str, message: str, limits: dict[str, object]) -> str:
    """What is wrong with a value, in Chinese where it is known; `limits` are what it has to keep to."""
    if kind not in _WRONG:
        return message.removeprefix("Value error, ")
    return _WRONG[kind].format(**{name: _plain(limit) for name, limit in limits.items()})


def _plain(limit: object) -> str:
    """A limit as people write it: 1, not 1.0."""
    return f"{limit:g}" if isinstance(limit, float) else str(limit).replace(" or ", " 或 ")


def _zone(value: object) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError("没有这个时区") from None


def _quiet_hours(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return hours(value)
    except BadHours:
        raise ValueError(
            "应是“几点-几点”，几段用逗号隔开，不能占满一天，如 20:30-08:00,12:00-14:00"
        ) from None


def _dates(value: object) -> object:
    """`2026-06-07,2026-06-08` as days."""
    if not isinstance(value, str):
        return value
    try:
        return frozenset(date.fromisoformat(part) for part in re.split(r"[\s,，、;；]+", value) if part)
    except ValueError:
        raise ValueError("应是几个日期，用逗号隔开，如 2026-06-07,2026-06-08") from None


_SHIFT = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)[-–~～至到]([01]?\d|2[0-4])[:：]([0-5]\d)")
_WHOLE_DAY = 24 * 60


def _hours(value: object) -> object:
    """`08:00-12:00,14:00-18:00` as shifts of a day; 24:00, which a time cannot be, as 0:00."""
    if not isinstance(value, str):
        return value
    found = [_SHIFT.fullmatch(part.strip()) for part in re.split("[,，、;；]", value.replace(" ", ""))]
    marks = [
        int(h) * 60 + int(m) for shift in found if shift for h, m in (shift.groups()[:2], shift.groups()[2:])
    ]
    if not all(found) or max(marks) > _WHOLE_DAY:
        raise ValueError("应是一段或几段“几点-几点”，用逗号隔开，如 08:00-12:00,14:00-18:00")
    if any(a >= b for a, b in zip(marks[::2], marks[1::2], strict=True)) or marks != sorted(marks):
        raise ValueError("上班的几段时间应从早到晚、互不重叠，不跨半夜")
    clocks = [time(mark // 60 % 24, mark % 60) for mark in marks]
    return tuple(zip(clocks[::2], clocks[1::2], strict=True))


def _time_or_never(value: object) -> object:
    """A time of day; none where nothing is written, or 关."""
    return None if isinstance(value, str) and value.strip() in {"", "关", "off"} else value


def _file(value: object) -> object:
    """A file, or none where nothing is written after the "="."""
    return None if isinstance(value, str) and not value.strip() else value


def _endpoint(value: str) -> str:
    """The address of a model without the "/" at its end; "" stays so."""
    value = value.strip().rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc):
        raise ValueError("应是 http:// 或 https:// 开头、不带用户名的地址，如 http://127.0.0.1:8000/v1")
    return value


def _site(value: str) -> str:
    """The address of the pages without a path; "" stays so."""
    value = _endpoint(value)
    if urlsplit(value).path or "?" in value or "#" in value:
        raise ValueError("应是网站的地址，后面不带路径，如 https://wangge.example.gov.cn")
    return value


def _host_and_port(value: str) -> str:
    """Where a gateway listens, as `127.0.0.1:8788`; "" stays so."""
    value = value.strip()
    host, _, port = value.rpartition(":")
    if value and (not host or "/" in value or not port.isdecimal()):
        raise ValueError("应是“地址:端口”，如 127.0.0.1:8788")
    return value


def _socket(value: str) -> str:
    """The address of a WebSocket; without TLS on this machine only, since a secret travels over it."""
    parts = urlsplit(value.strip())
    here = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if not parts.hostname or "@" in parts.netloc or parts.scheme not in ({"ws", "wss"} if here else {"wss"}):
        raise ValueError("应是 wss:// 开头的地址")
    return value.strip()


def _listed(value: object) -> object:
    """`a,b` as well as `["a", "b"]`; nothing is no name."""
    if not isinstance(value, str):
        return value
    try:
        found: object = json.loads(value)
    except ValueError:
        found = [part for part in re.split(r"[\s,，、;；]+", value) if part]
    return found if isinstance(found, list) else [value.strip()]


def _shares(value: object) -> object:
    """`0.5,0.8,1,2` as well as `[0.5, 0.8, 1, 2]`: four shares."""
    found = _listed(value)
    try:
        shares = tuple(float(one) for one in found) if isinstance(found, (list, tuple)) else ()
    except (TypeError, ValueError):
        shares = ()
    if len(shares) != _REMINDERS:
        raise ValueError("应是四个数，从小到大，如 [0.5, 0.8, 1, 2]")
    return shares


_REMINDERS = 4


def _rising(value: tuple[float, ...]) -> tuple[float, ...]:
    """Shares of a ticket's time, each larger than the one before."""
    if value[0] <= 0 or any(a >= b for a, b in pairwise(value)):
        raise ValueError("应从小到大，如 [0.5, 0.8, 1, 2]")
    return value


def _key(value: SecretStr | None) -> SecretStr | None:
    """A key that can stand in a header; its characters are never shown."""
    text = value.get_secret_value().strip() if value else ""
    if not (text.isascii() and text.isprintable()):
        raise ValueError("只能是英文字母、数字和符号")
    return SecretStr(text) if text else None


_SHORTEST_KEY = 16


def _long(value: SecretStr) -> SecretStr:
    """A key that nobody can guess; its characters are never shown."""
    found = _key(value)
    if found and len(found.get_secret_value()) >= _SHORTEST_KEY:
        return found
    raise ValueError(f"至少要 {_SHORTEST_KEY} 个字符，请用随机的")


Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
QuietHours = Annotated[Hours, NoDecode, BeforeValidator(_quiet_hours)]
Names = Annotated[list[str], NoDecode, BeforeValidator(_listed)]
Days = Annotated[frozenset[date], NoDecode, BeforeValidator(_dates)]
Shifts = Annotated[tuple[tuple[time, time], ...], NoDecode, BeforeValidator(_hours)]
File = Annotated[Path | None, BeforeValidator(_file)]
TimeOrNever = Annotated[time | None, BeforeValidator(_time_or_never)]
Shares = Annotated[
    tuple[float, float, float, float], NoDecode, BeforeValidator(_shares), AfterValidator(_rising)
]
Endpoint = Annotated[str, AfterValidator(_endpoint)]
Site = Annotated[str, AfterValidator(_site)]
HostAndPort = Annotated[str, AfterValidator(_host_and_port)]
Socket = Annotated[str, AfterValidator(_socket)]
Key = Annotated[SecretStr | None, AfterValidator(_key)]
LongKey = Annotated[SecretStr, AfterValidator(_long)]
