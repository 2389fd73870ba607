"""Spots that come back: the same kind of problem at the same place, again and again."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.board import Selection
from handlers.board.filters import COUNTED, address
from handlers.board.lines import Line, line
from handlers.board.looker import Looker
from handlers.texts import board as texts

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class SpotLine:
    """A spot that comes back, by its latest ticket; `all` leads to all of them."""

    total: int
    open: int
    latest: Line
    all: str


@dataclass(frozen=True, slots=True)
class Spots:
    """The spots that come back, and what that means."""

    lines: tuple[SpotLine, ...]
    meaning: str


async def spots(chosen: Selection, looker: Looker) -> Spots:
    """The spots of a selection, those with most tickets first."""
    rules = looker.policy.reporting
    since = looker.midnight(looker.today - timedelta(days=rules.spot_days))
    lately = replace(chosen, opened=(since, None))
    found = await looker.store.board.recurring(lately, looker.now, rules.spot_cases, _SHOWN)
    begin = (looker.today - timedelta(days=rules.spot_days)).isoformat()
    lines = tuple(
        SpotLine(
            one.total,
            one.open,
            line(one.latest, looker),
            address(spot=one.latest.no, state=COUNTED, since=begin),
        )
        for one in found
    )
    return Spots(lines, texts.spots(rules.spot_days, rules.spot_cases))
