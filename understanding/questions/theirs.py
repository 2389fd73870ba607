"""Places that are named by who was spoken of: 他们社区, 其他街道."""

import re

from domain.query import Group, Query
from understanding.questions.doubts import Unclear, Why
from understanding.questions.marking import MARKS, Marked
from understanding.questions.names import Names, Said

_OF_THEM = r"(?:他|她|它|ta)们?(?:的|那个?|所在的?|所?[管负]责?的?|自己的?){0,2}"
_KINDS = {"community": "社区|村", "street": "街道|镇"}
_THEIRS = {
    kind: re.compile(f"(?:(?<![O和跟、])(?P<who>O)|(?<![O其]))(?:{_OF_THEM})(?:{said})")
    for kind, said in _KINDS.items()
}
_BESIDE = "(?:其[他它余]|别的|别个|余下|剩下|剩余|另外(?=的|[几一二三四五六七八九两0-9]))"
OTHERS = [
    (
        Group(kind),
        re.compile(f"{_BESIDE}的?(?:那|这)?[几一二三四五六七八九两0-9]?个?(?:{said})"),
    )
    for kind, said in (*_KINDS.items(), ("officer", "队员|人(?![均次])"))
]
"""其他街道: those beside the one that was spoken of."""
_REST = re.compile("(?:^|[TN，。 ])(?:其[他它余]|别)的(?=[TN]|呢)")


def placed(marked: Marked, before: Query | None, names: Names) -> Marked:
    """他们社区, after one officer, or after an officer's name: the place where he works."""
    for kind, said in _THEIRS.items():
        if match := said.search(marked.text):
            at = sum(1 for char in marked.text[: match.start()] if char in MARKS.values())
            who = marked.found[at].values[0] if match["who"] and len(marked.found[at].values) == 1 else None
            if place := _place(kind, who, before, names):
                text = marked.text[: match.start()] + MARKS[kind] + marked.text[match.end() :]
                rest = marked.found[at + bool(match["who"]) :]
                marked = Marked(text, (*marked.found[:at], Said(kind, (place,)), *rest))
    return marked


def _place(kind: str, who: str | None, before: Query | None, names: Names) -> str | None:
    """The only place of this kind of whoever is spoken of."""
    old = before.filters if before else None
    if not who and (named := getattr(old, kind, None)):
        return str(named)
    officer = who or (old.officer if old else None)
    if officer is None:
        community = old.community if old else None
        streets = [one.name for one in names.streets for c in one.communities if c.name == community]
        return streets[0] if kind == "street" and streets else None
    places = names.of_officer(officer)
    streets = [one.name for one in names.streets if one.name in places]
    communities = [one.name for one in names.communities() if one.name in places]
    found = streets if kind == "street" else communities
    return found[0] if len(found) == 1 else None


def of_somebody(text: str, before: Query | None) -> None:
    """Unclear where a place is meant by somebody of whom nobody has spoken: 其他街道上周多少."""
    within = before is not None and before.filters.street
    if any(said.search(text) for kind, said in _THEIRS.items() if not (within and kind == "community")):
        raise Unclear(Why.SEVERAL)
    for group, said in OTHERS:
        if (match := said.search(text)) and not _spoken_of(group, before):
            raise Unclear(Why.SEVERAL, re.sub("[A-Z]+", "", match[0]))
    if before is None and _REST.search(text):
        raise Unclear(Why.SEVERAL)


def _spoken_of(group: Group, before: Query | None) -> bool:
    return before is not None and bool(getattr(before.filters, group) or before.group_by is group)
