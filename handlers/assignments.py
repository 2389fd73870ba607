"""When the roster changes: open tickets go to the officers whom it names now."""

from datetime import datetime

from domain.deadlines import hand_to_others
from domain.ids import MemberId
from domain.message import Occasion, Reply
from domain.people import Community, Roster
from domain.policy import Policy
from domain.ticket import Ticket
from handlers import texts
from handlers.ports import Store
from handlers.turn import privately


async def reassign(store: Store, roster: Roster, policy: Policy, now: datetime) -> list[Reply]:
    """Dispatch every open ticket whose officers are not those of today (any more); cards for the new ones.

    Another main officer has his own time to accept it; the day by which it is settled stays.
    """
    replies: list[Reply] = []
    seated = {c.name: _seats(c) for c in roster.on(policy.day(now)).communities if _seats(c)}
    for ticket in await store.tickets.open_in([*seated]):
        officers = seated[ticket.community]
        if set(ticket.officers) != set(officers):
            replies += await _dispatch(store, ticket, officers, policy, now)
    return replies


def _seats(community: Community) -> tuple[MemberId, ...]:
    return tuple(person.id for person in community.officers[:2] if person.id)


async def _dispatch(
    store: Store, ticket: Ticket, officers: tuple[MemberId, ...], policy: Policy, now: datetime
) -> list[Reply]:
    before = ticket.officers
    entry = ticket.dispatch(officers[0], officers[1] if officers[1:] else None, now)
    if before[:1] != ticket.officers[:1] and ticket.waits_for_officers:
        hand_to_others(ticket, policy, now)
    know = await store.desk.heard_of(ticket.no) & set(before)
    await store.tickets.save(ticket, entry)
    if not ticket.waits_for_officers:
        return []
    know -= await store.desk.unsay_news(ticket.no, {*before, *ticket.officers})
    card = texts.card(ticket, "", texts.deadline(ticket, policy.office, now))
    occasion = Occasion.DANGER if ticket.urgent else Occasion.NEWS
    return [privately(officer, card, ticket, occasion) for officer in ticket.officers if officer not in know]
