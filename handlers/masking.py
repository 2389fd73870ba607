"""Residents' names in the words of officers and supervisors: masked wherever others read these words."""

import re

from domain.ids import GroupId
from domain.people import Roster
from domain.place import MASK
from handlers.ports import Store


async def residents(group: GroupId | None, store: Store, roster: Roster) -> re.Pattern[str] | None:
    """The names in a group of those whom the roster does not name; None where there are none."""
    if group is None:
        return None
    known = {person.name for person in roster.officers()}
    found = {name.strip() for name in await store.ledger.residents(group)} - known
    longest = sorted((name for name in found if len(name) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest))) if longest else None


def masked(words: str, names: re.Pattern[str] | None) -> str:
    """The words without these names."""
    return names.sub(MASK, words) if names else words
