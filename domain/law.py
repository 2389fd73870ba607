"""Law publicity (宣传站): short answers to what people ask about the rules, with where they stand.

The cards are data. An article is quoted only from a card that somebody of the bureau has verified and that
is in force; a card that has run out, or is not in force yet, is not used at all.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from domain.category import categories


class BadCard(ValueError):
    """A row that is no card: what is wrong with it, in Chinese, one reason each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("；".join(reasons))


@dataclass(frozen=True, slots=True)
class LawCard:
    """A question that people ask and the bureau's answer.

    `asks` are ways to ask it, `words` its subject: groups of words (apart by spaces), of each of which a line
    must have one; where there is no group, any line may be about it. `answer` holds no article and no fine.
    `law` is the source by name, `article` where in it, `penalty` what it says of fines; those two are said
    only of a card that is verified. `perhaps_replaced` warns that another law may have taken the source's
    place. `category` is the problem that it is about, "" for none. `note` is for whoever verifies.
    """

    id: str
    question: str
    answer: str
    law: str
    asks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    article: str = ""
    penalty: str = ""
    category: str = ""
    perhaps_replaced: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    verified_by: str = ""
    verified_on: date | None = None
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether it may be used on this day; an end that is not given is open."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def quotable(self, day: date) -> bool:
        """Whether its article may be named on this day."""
        verified = bool(self.verified_by) and self.verified_on is not None and self.verified_on <= day
        return verified and bool(self.article) and self.in_force(day)


@dataclass(frozen=True, slots=True, eq=False)
class LawCards:
    """All cards in use, in their order; the same object for as long as they do not change."""

    all: tuple[LawCard, ...] = ()

    def get(self, key: str) -> LawCard | None:
        """The card of this id."""
        return next((card for card in self.all if card.id == key), None)


@cache
def shipped() -> LawCards:
    """The cards that come with the program: nobody of a bureau has verified them."""
    text = files("domain").joinpath("law_cards.json").read_text(encoding="utf-8")
    return LawCards(tuple(parsed(row) for row in json.loads(text)["cards"]))


def parsed(row: Mapping[str, Any]) -> LawCard:
    """A card from a row of a file. Raises BadCard with everything that is wrong with it."""
    known = {field.name for field in fields(LawCard)}
    reasons = [f"缺{name}" for name, key in NEEDED.items() if not str(row.get(key) or "").strip()]
    values: dict[str, Any] = {
        key: row[key].strip() for key in known & row.keys() if isinstance(row[key], str)
    }
    values |= {key: tuple(filter(None, map(str.strip, row.get(key) or ()))) for key in _LISTS}
    for key, name in _DAYS.items():
        try:
            values[key] = date.fromisoformat(values[key]) if values.get(key) else None
        except ValueError:
            reasons.append(f"{name}“{values[key]}”不是日期，应像 2026-05-11")
    if reasons:
        raise BadCard(reasons)
    made = LawCard(**values, perhaps_replaced=bool(row.get("perhaps_replaced")))
    if reasons := [*_faults(made)]:
        raise BadCard(reasons)
    return made


NEEDED = {"编号": "id", "问题": "question", "短答": "answer", "出处": "law"}
"""What a card cannot do without, by what a bureau calls it."""
_LISTS = ("asks", "words")
_DAYS = {"valid_from": "施行日期", "valid_to": "失效日期", "verified_on": "核验日期"}


def _faults(made: LawCard) -> Iterable[str]:
    """What is wrong with a card whose parts are each well formed."""
    if made.category and made.category not in categories():
        yield f"没有“{made.category}”这个类别"
    if made.valid_from and made.valid_to and made.valid_to < made.valid_from:
        yield "失效日期早于施行日期"
    if bool(made.verified_by) != (made.verified_on is not None):
        yield "核验人和核验日期要一起填"
    if made.verified_by and not made.article:
        yield "核验过的卡要填条号"


def next_card(
    cards: LawCards, told: Mapping[str, date], day: date, lately: Sequence[str] = ()
) -> LawCard | None:
    """The card for a group to be told this week of its own accord; None where none may be.

    Only cards that are verified and in force. `told` is when each was last said in the group: those never
    said come first, then the one said longest ago; among these, what was complained about most (`lately`:
    the categories of the group's tickets of late) goes first.
    """
    fit = [card for card in cards.all if card.quotable(day)]
    counts = {card.id: lately.count(card.category) if card.category else 0 for card in fit}
    return min(fit, key=lambda card: (told.get(card.id, date.min), -counts[card.id]), default=None)
