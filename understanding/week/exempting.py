"""A supervisor frees communities from their weekly check-in (豁免对接), or lets it count again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from understanding.reading import Said
from understanding.week.days import Named, named
from understanding.week.visits import named_communities
from understanding.week.work import asks, pattern, plain

_SHORTEST = 2
"""A reason is told in so many characters at least."""


@dataclass(frozen=True, slots=True)
class Exempting:
    """The days said, None where none are; the communities named; why, "" where nobody says it.

    `ends`: the weeks count again.
    """

    days: tuple[date, date] | None
    communities: tuple[str, ...]
    reason: str
    ends: bool = False


def exempting(said: Said, communities: Sequence[str]) -> Exempting | None:
    """What the line frees, or frees no more; None where it does neither."""
    text = plain(said.text).replace("一律", "都")  # 这周一律 is no Monday
    ends = bool(pattern("exemption", "ends").search(text))
    if asks(text) or pattern("exemption", "not_so").search(text):
        return None
    if said.at is None or not (ends or pattern("exemption", "frees").search(text)):
        return None
    days = named(text, said.at.date())
    span = (min(day.first for day in days), max(day.last for day in days)) if days else None
    found = named_communities(text, communities)
    return Exempting(span, found, _reason(text, days, found), ends)


def _reason(text: str, days: Sequence[Named], communities: Sequence[str]) -> str:
    """What is left when all is taken out that says which weeks and whom."""
    for day in reversed(days):
        text = text[: day.start] + " " + text[day.end :]
    for name in communities:
        text = text.replace(name, " ").replace(name.removesuffix("社区"), " ")
    words = re.sub(r"[\s,，。;；:：、!！\-—~～]+", " ", pattern("exemption", "frame").sub(" ", text)).strip()
    return words if len(words.replace(" ", "")) >= _SHORTEST else ""
