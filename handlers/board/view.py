"""What part of the first page an address wants: one street, one month."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.people import Role
from handlers.board.looker import Looker
from handlers.texts import board as texts

_DAY = timedelta(days=1)
_MONTHS = 24
"""So many months back can be chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen: as the address has it, and as it is called."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at, and what else there is; `area` and `month_name` are in words.

    Where something is wrong with the address, `problems` says what.
    """

    area: str
    street: str
    month: str
    month_name: str
    streets: tuple[Choice, ...]
    months: tuple[Choice, ...]
    problems: tuple[str, ...] = ()


async def view(params: Mapping[str, str], looker: Looker) -> tuple[View, Looker]:
    """What an address says, and who looks at no more than that."""
    street, month = params.get("street", "").strip(), params.get("month", "").strip()
    streets = tuple(dict.fromkeys(c.street for c in looker.visitor.communities))
    months = await _months(looker)
    seen = _narrowed(street, looker) if street in streets else looker
    if month in months:
        seen = replace(seen, until=min(_last_day(month), looker.today))
    found = View(
        area=seen.visitor.area or texts.EVERYWHERE,
        street=street,
        month=month,
        month_name=_called(month if month in months else months[0], looker),
        streets=tuple(Choice(one, one) for one in streets),
        months=tuple(Choice(one, _called(one, looker)) for one in months),
        problems=_problems(params, streets, months),
    )
    return found, seen


def _problems(
    params: Mapping[str, str], streets: tuple[str, ...], months: tuple[str, ...]
) -> tuple[str, ...]:
    known = {"street": streets, "month": months}
    found = [texts.unknown_filter(name[:60]) for name in params if name not in known]
    for kind, choices in known.items():
        value = params.get(kind, "").strip()
        if value and value not in choices:
            found.append(texts.no_such(kind, value[:60]))
    return tuple(found)


def _narrowed(street: str, looker: Looker) -> Looker:
    """Somebody who looks at what they see of one street."""
    who = looker.visitor
    mine = tuple(c for c in who.communities if c.street == street)
    area = street if who.role is Role.SUPERVISOR else "、".join(c.name for c in mine)
    return replace(looker, visitor=replace(who, communities=mine, area=area), street=street)


async def _months(looker: Looker) -> tuple[str, ...]:
    """The months of which there are records, the running one first."""
    first = await looker.store.figures.first_at()
    month, begun = looker.today.replace(day=1), looker.policy.day(first) if first else looker.today
    found = [month]
    while month > begun and len(found) < _MONTHS:
        month = (month - _DAY).replace(day=1)
        found.append(month)
    return tuple(f"{one:%Y-%m}" for one in found)


def _last_day(month: str) -> date:
    year, number = map(int, re.findall(r"\d+", month))
    return date(year + number // 12, number % 12 + 1, 1) - _DAY


def _called(month: str, looker: Looker) -> str:
    return texts.month_name(_last_day(month), looker.today)
