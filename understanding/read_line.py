"""One line in, what it means out: `wangge read` for single messages, in the forms of `evaluation/`."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from domain.people import Role
from understanding.language.model import models
from understanding.lines import open_ticket, said, surroundings
from understanding.reader import read
from understanding.reading import Reading, Said, Surroundings

Line = Mapping[str, Any]
_ROLES = frozenset(Role)
_OF_TICKET = ("no", "category", "location", "reporter", "text")


def read_line(line: Line) -> dict[str, Any]:
    """Read one message given as an object; raises ValueError, in Chinese, where the object is none.

    `text` is needed; `from`, `role`, `at`, `before`, `open` (`officer` for `from` and `role`) may be there.
    Where `open` is absent, the tickets are those that the lines of `before` must have made.
    """
    check(line)
    message, around = heard(line)
    return told(read(message, around), line)


def heard(line: Line) -> tuple[Said, Surroundings]:
    """The message of a line, and what surrounds it."""
    message = said(line)
    around = surroundings(line.get("before") or (), models())
    if line.get("open") is not None:
        around = Surroundings(around.recent, tuple(open_ticket(row, message) for row in line["open"]))
    return message, around


def told(reading: Reading, line: Line) -> dict[str, Any]:
    """A reading in the form that `wangge read` writes; of tickets only those that the line gives as open."""
    known = {row["no"] for row in line.get("open") or ()}
    problem = reading.problems[0] if reading.problems else None
    acts = reading.acts
    return {
        "intent": str(reading.intent),
        "category": problem.category if problem else None,
        "location": problem.location if problem else reading.location,
        "urgent": problem.urgent if problem else reading.urgent,
        "problems": [
            {"category": p.category, "location": p.location, "urgent": p.urgent} for p in reading.problems
        ],
        "action": str(acts[0].action) if acts else None,
        "tickets": [act.ticket for act in acts if act.ticket in known],
        "candidates": [no for act in acts for no in act.candidates if no in known],
        "until": reading.until.isoformat() if reading.until else None,
        "unit": reading.unit,
        "referral": reading.referral,
        "danger": reading.danger,
        "confidence": round(reading.confidence, 3),
        "because": reading.because,
    }


def check(line: object) -> None:
    """Raise ValueError, with the reason in Chinese, where the object is not in the form."""
    if fault := next(_faults(line), None):
        raise ValueError(fault)


def _faults(line: object) -> Iterator[str]:
    if not isinstance(line, Mapping):
        yield "每行应是一个 JSON 对象"
        return
    if not isinstance(line.get("text"), str):
        yield "缺少 text，或 text 不是文字"
    yield from (
        f"{n} 应是文字" for n in ("from", "officer", "role") if not isinstance(line.get(n) or "", str)
    )
    if (line.get("role") or Role.RESIDENT) not in _ROLES:
        yield f"role 不认识：{line['role']}"
    yield from _time_faults("at", line.get("at"))
    yield from _rows_faults(line, "before", _said_faults)
    yield from _rows_faults(line, "open", _ticket_faults)


def _rows_faults(line: Line, name: str, faults: Callable[[Line], Iterator[str]]) -> Iterator[str]:
    rows = line.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        yield f"{name} 应是对象的列表"
        return
    for row in rows:
        yield from faults(row)


def _said_faults(row: Line) -> Iterator[str]:
    if (
        not all(isinstance(row.get(name), str) for name in ("from", "role", "text"))
        or row["role"] not in _ROLES
    ):
        yield "before 每项要有 from、role、text"


def _ticket_faults(row: Line) -> Iterator[str]:
    if not row.get("no") or not all(isinstance(row.get(name, ""), str) for name in _OF_TICKET):
        yield "open 每项要有 no，各项应是文字"
    yield from _time_faults("opened_at", row.get("opened_at"))


def _time_faults(name: str, at: object) -> Iterator[str]:
    try:
        good = not at or (isinstance(at, str) and datetime.fromisoformat(at).tzinfo is not None)
    except ValueError:
        good = False
    if not good:
        yield f"{name} 应是带时区的时间，如 2026-05-11T19:32:05+08:00"
