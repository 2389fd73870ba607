"""Whose paper it is: the part of the roster that a supervisor sees, and what of it they have asked for."""

from dataclasses import replace

from domain.errors import DomainError
from domain.people import Roster, Supervisor
from handlers.texts.papers import WHOLE


class Beyond(DomainError):
    """A part was asked for that they do not see; `area` is what they do."""

    def __init__(self, area: str | None) -> None:
        super().__init__(area)
        self.area = area


def narrowed(boss: Supervisor, roster: Roster, area: str | None) -> Supervisor:
    """The supervisor as one of a part of their area alone; Beyond where that is not in it."""
    if area is None:
        return boss
    part = replace(boss, area=area)
    inside = [community for community in roster.communities if part.oversees(community)]
    if not inside or not all(boss.oversees(community) for community in inside):
        raise Beyond(boss.area)
    return part


def part_of(words: str, roster: Roster) -> tuple[str | None, str]:
    """The street or community that is named, by its full name or without 街道, 社区; and the other words."""
    names = dict.fromkeys([c.street for c in roster.communities] + [c.name for c in roster.communities])
    forms = [(form, name) for name in names for form in (name, _short(name)) if form]
    for form, name in sorted(forms, key=lambda pair: -len(pair[0])):
        if form in words:
            return name, words.replace(form, "", 1)
    return None, words


def called(boss: Supervisor) -> str:
    """What their area is called."""
    return boss.area or WHOLE


def communities_of(boss: Supervisor, roster: Roster) -> frozenset[str] | None:
    """The communities that they see; None where that is all there ever were."""
    if boss.area is None:
        return None
    return frozenset(community.name for community in roster.communities if boss.oversees(community))


def _short(name: str) -> str:
    for ending in ("街道", "社区", "镇", "村"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return ""
