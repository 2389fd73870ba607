"""The list of tickets, as its address wants it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.ids import TicketNo
from domain.ticket import Ticket
from handlers.board.filters import TICKETS, Choices, Filters, address, parsed, selection
from handlers.board.lines import Line, line
from handlers.board.looker import Looker
from handlers.texts import board as texts

_PAGE = 50
_MOST = 1001
"""Beyond a thousand nobody counts."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The tickets of an address, the newest first; `more` leads to the next page, `first` to the first one.

    Where something is wrong with the address, `problems` says what, and there are no tickets.
    """

    filters: Filters
    choices: Choices
    problems: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    total: str = ""
    more: str = ""
    first: str = ""


async def listing(params: Mapping[str, str], looker: Looker) -> Listing:
    """What the page shows."""
    said, problems = parsed(params)
    chosen, more_problems = selection(said, looker)
    if found := (*problems, *more_problems):
        return Listing(said, Choices(looker), found)
    after = await _theirs(said.page, looker)
    for kind, number, there in (
        ("page", said.page, after),
        ("spot", said.spot, await _theirs(said.spot, looker)),
    ):
        if number and there is None:
            return Listing(said, Choices(looker), (texts.no_such(kind, number),))
    tickets = list(await looker.store.board.newest(chosen, looker.now, _PAGE + 1, after))
    total = await looker.store.board.count(chosen, looker.now, _MOST)
    more = replace(said, page=tickets[_PAGE - 1].no) if len(tickets) > _PAGE else None
    return Listing(
        said,
        Choices(looker),
        (),
        tuple(line(one, looker) for one in tickets[:_PAGE]),
        texts.how_many(total, _MOST),
        _href(more) if more else "",
        _href(replace(said, page="")) if said.page else "",
    )


async def _theirs(number: str, looker: Looker) -> Ticket | None:
    """The ticket that an address names, where it is theirs to see."""
    found = await looker.store.tickets.get(TicketNo(number)) if number else None
    return found if found and looker.visitor.sees(found.community) else None


def _href(said: Filters) -> str:
    values = {name: getattr(said, name) for name in Filters.__slots__}
    return address(**values) if any(values.values()) else TICKETS
