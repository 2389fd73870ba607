"""What officers stopped of their own accord (主动制止), as they tell it in a line: what, how many, where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from understanding.reading import Said
from understanding.scene.matching import kinds
from understanding.week.accounts import (
    ALONE,
    GUESSED,
    SHOPS,
    TOLD,
    Count,
    best,
    category,
    listed,
    numbers,
    pieces,
    place,
    ranked,
)
from understanding.week.days import day_said
from understanding.week.work import asks, pattern, plain

_TOLD = 0.5
"""So likely a category must be by the model's reading where no word of the list names one."""


@dataclass(frozen=True, slots=True)
class Patrol:
    """Something an officer stopped: `count` is what is sure of it, `place` as said, `when` where he says so.

    `sure`: the words say that it is work of his own; else they may as well report on an open ticket.
    """

    category: str
    count: int
    place: str
    when: date | None = None
    sure: bool = True


@dataclass(slots=True)
class _Item:
    """A matter of the account, while it is read; `surely`: how surely `place` is one."""

    category: str
    plainly: bool
    counts: list[Count] = field(default_factory=list)
    place: str = ""
    surely: int = GUESSED

    @property
    def weighty(self) -> bool:
        """Whether it is called by its name and counted in 起 or 家, or in nothing: 店外经营 2."""
        return self.plainly and any(rank >= SHOPS for rank, _ in self.counts)


def patrols(said: Said, places: Sequence[str]) -> tuple[Patrol, ...]:
    """What the officer says he stopped, in his order; nothing where he promises, asks or tells of others."""
    text = pattern("patrol", "lead").sub("", plain(said.text))
    bare = pattern("patrol", "own_phrase").sub("", text)
    if not _told_as_done(bare):
        return ()
    found = _items(bare, places)
    own = bool(pattern("patrol", "own").search(plain(said.text)))
    sure = _surely(bare, found, own=own)
    if not found or not (sure or _perhaps(bare, found)):
        return ()
    when = day_said(text, said.at.date()) if said.at else None
    stopped = (Patrol(item.category, best(item.counts), item.place, when, sure) for item in found)
    return tuple(_summed(one for one in stopped if one.count))


def _told_as_done(text: str) -> bool:
    """Whether it can be an account of what was done, outside any ticket."""
    vetoes = (("said", "numbered"), ("patrol", "not_done"), ("patrol", "others"))
    return not asks(text) and not any(pattern(*veto).search(text) for veto in vetoes)


def _surely(text: str, found: Sequence[_Item], *, own: bool) -> bool:
    """店外经营 2起, or something done of which he says that it is his own."""
    if all(item.weighty for item in found):
        return True
    listed = all(item.plainly and item.counts for item in found)
    return own and (listed or bool(pattern("patrol", "done").search(text)))


def _perhaps(text: str, found: Sequence[_Item]) -> bool:
    """What was done, told with a count and a place, or with a verb of the trade and one of the two."""
    placed = [item for item in found if item.place and item.surely >= TOLD]
    told = any(item.counts for item in placed)
    if told and any(item.surely == ALONE for item in placed):
        return True
    if not pattern("patrol", "done").search(text):
        return False
    some = bool(placed) or any(item.counts for item in found)
    counted = any(rank >= SHOPS for item in found for rank, _ in item.counts)
    return told or counted or (some and bool(pattern("patrol", "agent").search(text)))


def _items(text: str, places: Sequence[str]) -> list[_Item]:
    """The matters of an account. A piece begins one where it names a kind and the last has its count."""
    found: list[_Item] = []
    before = _Item("", plainly=False)
    for piece in pieces(text):
        named, counts = category(piece), ranked(piece, numbers(piece))
        if named and (not found or (found[-1].counts and counts)):
            found.append(_Item(*named, counts=before.counts if not found else []))
        item = found[-1] if found else before
        item.counts = [*item.counts, *counts]
        _settle(item, *place(piece, places))
    found = found or _by_model(text, before)
    if found and not any(item.counts for item in found):
        found[0].counts = listed(text)
    _share_places(found, before)
    return found


def _settle(item: _Item, said: str, surely: int) -> None:
    """The first place named stays, but for a surer one."""
    if said and (not item.place or surely > item.surely):
        item.place, item.surely = said, surely


def _by_model(text: str, before: _Item) -> list[_Item]:
    """Where no word of the list stands in the line, what the reader takes it to be about, if it is sure."""
    if not before.counts or not pattern("patrol", "done").search(text):
        return []
    odds = kinds(text)
    likeliest = max(odds, key=odds.__getitem__)
    return [replace(before, category=likeliest)] if odds[likeliest] >= _TOLD else []


def _share_places(found: list[_Item], before: _Item) -> None:
    """A place said before all goes for all; so does one said after the last, where no other has one."""
    for item in found:
        _settle(item, before.place, before.surely)
    told = [item for item in found if item.place]
    if len(told) == 1 and told[0] is found[-1]:
        for item in found:
            item.place = told[0].place
    for earlier, item in pairwise(found):
        item.place = item.place or earlier.place


def _summed(stopped: Iterable[Patrol]) -> list[Patrol]:
    """The same kind at the same place, said in two parts, is one."""
    found: dict[tuple[str, str], Patrol] = {}
    for one in stopped:
        key = one.category, one.place
        known = found.get(key)
        found[key] = replace(known, count=known.count + one.count) if known else one
    return list(found.values())
