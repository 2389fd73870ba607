"""The closed list of what urban management deals with, read from a versioned data file."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of problem: its name, its campaign (五大整治), our code, the national code where one is known.

    `resolve` is the default time limit, a number and one of the four units of time limits
    (紧急工作时/紧急工作日 run through nights, 工作时/工作日 in office hours).
    """

    name: str
    campaign: str
    code: str
    gbt: str | None
    resolve: str


@cache
def categories() -> dict[str, Category]:
    """All categories by name, in the order of the campaigns."""
    return {row["name"]: Category(**row) for row in _data()["categories"]}


def version() -> str:
    """Which edition of the list this is; every ticket keeps the edition it was registered under."""
    return str(_data()["version"])


@cache
def _data() -> dict[str, Any]:
    text = files("domain").joinpath("categories.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
