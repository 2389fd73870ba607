"""When the roster changes: open tickets go to the officers whom it names now."""

from dataclasses import replace
from datetime import datetime

from domain.message import Occasion, Reply
from domain.people import Roster
from handlers import texts
from handlers.ports import Store
from handlers.turn import privately


async def reassign(store: Store, roster: Roster, now: datetime) -> list[Reply]:
    """Dispatch every open ticket whose officers are not the roster's (any more); cards for the new ones."""
    replies: list[Reply] = []
    for community in roster.communities:
        officers = tuple(person.id for person in community.officers[:2] if person.id)
        for ticket in await store.tickets.open_in([community.name]) if officers else ():
            before = ticket.officers
            if before == officers:
                continue
            entry = ticket.dispatch(officers[0], officers[1] if officers[1:] else None, now)
            await store.tickets.save(ticket, entry)
            new = [officer for officer in officers if officer not in before]
            cards = [privately(officer, texts.card(ticket, ""), ticket) for officer in new]
            replies += [replace(card, occasion=Occasion.NEWS) for card in cards]
    return replies
