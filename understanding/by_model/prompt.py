"""What a language model is asked: the rules, the masked words and their surroundings, the form of the answer.

The chat goes in as data, as JSON; names and numbers behind marks (`understanding.by_model.mask`).
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.action import MAY, Action
from domain.category import categories
from domain.ids import TicketNo
from domain.message import Kind
from domain.people import Role
from understanding.by_model.mask import Mask
from understanding.data import table
from understanding.reading import Intent, Said, Surroundings, TicketSeen

_DATA = table("by_model/prompt")
VERSION: str = _DATA["version"]
"""Which edition of the prompt this is; raise it with every change."""
BODIES: tuple[str, ...] = tuple(_DATA["bodies"])
"""The bodies whose business a matter may be instead."""
DANGERS: tuple[str, ...] = tuple(_DATA["dangers"])
"""The hazards that people must get away from."""

LINES = 20
"""How many lines before the message are shown."""
TICKETS = 30
"""How many tickets are shown, those that something happened to last."""
LONGEST = 500
"""Letters of a message; `SHORT` of every other text."""
SHORT = 120
_UNREAD = 2000
MOST_PROBLEMS = 4
MOST_ACTS = 5
"""Nobody means more tickets than this with one line; whoever seems to has got a model to say so."""


def may_open(role: Role) -> bool:
    """Whether somebody of this role can report."""
    return Action.REGISTER in MAY[role]


def may_do(role: Role) -> tuple[Action, ...]:
    """What words of this role can do to tickets; where staff verify is for the handlers to find."""
    return tuple(a for a in Action if a in MAY[role] and a.value in _DATA["actions"])


def shown(around: Surroundings) -> list[TicketSeen]:
    """The tickets that the model is shown, oldest first."""
    latest = sorted(around.tickets, key=lambda t: t.last_at.timestamp() if t.last_at else 0.0)[-TICKETS:]
    return [ticket for ticket in around.tickets if ticket in latest]


def before(around: Surroundings) -> Sequence[Said]:
    """The lines that the model is shown, oldest first; it calls them 1, 2, …."""
    return around.recent[-LINES:]


def request(said: Said, around: Surroundings, mask: Mask) -> dict[str, Any]:
    """The messages and the form of the answer, as the chat-completion protocol wants them."""
    data = json.dumps(_facts(said, around, mask), ensure_ascii=False, separators=(",", ":"))
    nos = [ticket.no for ticket in shown(around)]
    return {
        "messages": [{"role": "system", "content": system(said.role)}, {"role": "user", "content": data}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "reading", "strict": True, "schema": schema(said.role, nos)},
        },
    }


def system(role: Role) -> str:
    """What the model is told to do with what somebody of this role said."""
    heads = _DATA["headings"]
    actions = "、".join(f"{a}（{_DATA['actions'][a]}）" for a in may_do(role)) or heads["nothing"]
    lines = [
        *_DATA["task"],
        heads["speaker"].format(role=_DATA["roles"][role], actions=actions),
        *([] if may_open(role) else [heads["no_problems"]]),
        _titled(heads["rules"], _DATA["rules"]),
        _titled(
            heads["categories"], [f"{c.campaign}：{c.name}" for c in categories().values()] + _DATA["hints"]
        ),
        _titled(heads["bodies"], [f"{name}：{typical}" for name, typical in _DATA["bodies"].items()]),
        _titled(heads["dangers"], [f"{name}：{means}" for name, means in _DATA["dangers"].items()]),
        _titled(heads["shape"], _examples(role)),
    ]
    return "\n".join(lines)


def _titled(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"## {title}", *(f"- {line}" for line in lines)])


def _facts(said: Said, around: Surroundings, mask: Mask) -> dict[str, Any]:
    numbers = {line.id: n for n, line in enumerate(before(around), start=1) if line.id}
    quoted = numbers.get(said.quotes) if said.quotes else None
    on_record = [t.no for t in shown(around) if said.quotes and said.quotes in t.messages]
    return {
        "places": list(around.places),
        "tickets": [_ticket(ticket, said, mask) for ticket in shown(around)],
        "before": [_line(n, line, said.at, mask) for n, line in enumerate(before(around), start=1)],
        "message": {
            "from": mask.who(said.name, said.role),
            "role": said.role,
            "at": _day(said.at),
            "text": hidden(said.text, mask, LONGEST),
            "to_bot": said.to_bot,
            "private": said.private,
            "quotes": {"n": quoted, "tickets": on_record} if said.quotes else None,
        },
    }


def _ticket(ticket: TicketSeen, said: Said, mask: Mask) -> dict[str, Any]:
    return {
        "no": ticket.no,
        "category": ticket.category,
        "location": hidden(ticket.location, mask),
        "state": ticket.state,
        "text": hidden(ticket.text, mask),
        "reporter": mask.who(ticket.reporter_name, Role.RESIDENT),
        "by_sender": ticket.reporter == said.sender,
        "for_sender": said.sender in ticket.officers,
        "opened_minutes_ago": _minutes(ticket.opened_at, said.at),
    }


def _line(number: int, line: Said, now: datetime | None, mask: Mask) -> dict[str, Any]:
    text = line.text if line.kind is Kind.TEXT else f"{_DATA['kinds'][line.kind]}{line.text}"
    return {
        "n": number,
        "from": mask.who(line.name, line.role),
        "text": hidden(text, mask),
        "minutes_ago": _minutes(line.at, now),
        "tickets": list(line.tickets),
    }


def hidden(text: str, mask: Mask, most: int = SHORT) -> str:
    """The text as the model may see it. What is far behind the end is not even looked at."""
    return mask.hide(text[:_UNREAD])[:most]


def _minutes(at: datetime | None, now: datetime | None) -> int | None:
    return round((now - at).total_seconds() / 60) if at and now else None


def _day(at: datetime | None) -> str | None:
    return f"{at:%Y-%m-%d %H:%M} 星期{_DATA['weekdays'][at.weekday()]}" if at else None


def schema(role: Role, nos: Sequence[TicketNo]) -> dict[str, Any]:
    """The form of the answer, with every closed list in it: what is not listed cannot be answered."""
    truth, share, words = (
        {"type": "boolean"},
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "string"},
    )
    no = _one_of(nos, empty=True)
    problem = _object(category=_one_of(categories()), location=words, urgent=truth, confidence=share)
    act = _object(
        action=_one_of(may_do(role)) if may_do(role) else {"type": "null"},
        ticket=no,
        candidates={"type": "array", "items": _one_of(nos) if nos else {"type": "null"}},
        confidence=share,
    )
    return _object(
        intent=_one_of(Intent),
        confidence=share,
        problems={"type": "array", "items": problem, "maxItems": MOST_PROBLEMS if may_open(role) else 0},
        continues=no,
        location=words,
        urgent=truth,
        gathers={"type": "array", "items": {"type": "integer"}},
        acts={"type": "array", "items": act, "maxItems": MOST_ACTS if nos and may_do(role) else 0},
        until={"type": ["string", "null"]},
        unit={"type": ["string", "null"]},
        referral=_one_of(BODIES, empty=True),
        danger=_one_of(DANGERS, empty=True),
    )


def _object(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 - pieces of a JSON schema
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _one_of(values: Any, *, empty: bool = False) -> dict[str, Any]:  # noqa: ANN401 - any list of names
    names: list[str | None] = [str(value) for value in values]
    return (
        {"type": ["string", "null"], "enum": [*names, None]} if empty else {"type": "string", "enum": names}
    )


_NOTHING: dict[str, Any] = {
    "intent": "chatter",
    "confidence": 0.9,
    "problems": [],
    "continues": None,
    "location": "",
    "urgent": False,
    "gathers": [],
    "acts": [],
    "until": None,
    "unit": None,
    "referral": None,
    "danger": None,
}
_PROBLEM = {"category": next(iter(categories())), "location": "3栋楼下", "urgent": False, "confidence": 0.9}
_ACT = {"action": "", "ticket": "20260511-001", "candidates": [], "confidence": 0.9}
KEYS = frozenset(_NOTHING)
"""The keys of an answer; `OF_PROBLEM` and `OF_ACT` those of its parts."""
OF_PROBLEM = frozenset(_PROBLEM)
OF_ACT = frozenset(_ACT)


def _examples(role: Role) -> list[str]:
    """Answers in the right form, for servers that know no schemas."""
    examples = [_NOTHING]
    if may_open(role):
        examples.append(_NOTHING | {"intent": "report", "problems": [_PROBLEM]})
    examples += [_NOTHING | {"intent": "action", "acts": [_ACT | {"action": a}]} for a in may_do(role)[:1]]
    return [json.dumps(example, ensure_ascii=False) for example in examples]
