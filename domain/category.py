"""The closed list of what urban management deals with, read from a versioned data file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from domain.limit import Limit, Limits


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of problem: its name, its campaign (五大整治), our code, the national code where one is known.

    `arrive` and `resolve` are the default time limits, to accept a ticket and be there, and to settle it;
    `ongoing` are those while it is being done (在建), where they differ. TimeLimits has the bureau's own.
    """

    name: str
    campaign: str
    code: str
    gbt: str | None
    arrive: Limit
    resolve: Limit
    ongoing: Limits | None = None


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """The time limits in force: the defaults of the list, and those that a bureau gives in their place.

    `own` is by the category's name and whether the problem is being made right now. `edition` names the
    bureau's own, "" where there are none; tickets keep `version`, which names both.
    """

    own: Mapping[tuple[str, bool], Limits] = field(default_factory=dict)
    edition: str = ""

    @property
    def version(self) -> str:
        """Which limits these are: the edition of the list, and that of the bureau's own."""
        return f"{version()}+{self.edition}" if self.edition else version()

    def limits(self, category: str, *, ongoing: bool = False) -> Limits:
        """How long there is for a problem of this category; `ongoing` where it is being made now (在建)."""
        found = categories()[category]
        if ongoing and (special := self.own.get((category, True)) or found.ongoing):
            return special
        return self.own.get((category, False)) or Limits(found.arrive, found.resolve)


@cache
def categories() -> dict[str, Category]:
    """All categories by name, in the order of the campaigns."""
    return {row["name"]: _category(row) for row in _data()["categories"]}


def version() -> str:
    """Which edition of the list this is; every ticket keeps the edition it was registered under."""
    return str(_data()["version"])


def _category(row: dict[str, Any]) -> Category:
    ongoing = _limits(row["ongoing"]) if "ongoing" in row else None
    return Category(**row | _limits(row)._asdict() | {"ongoing": ongoing})


def _limits(row: dict[str, str]) -> Limits:
    return Limits(Limit.parse(row["arrive"]), Limit.parse(row["resolve"]))


@cache
def _data() -> dict[str, Any]:
    text = files("domain").joinpath("categories.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
