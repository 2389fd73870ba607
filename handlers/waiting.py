"""While the resident's place is awaited the clock stands; after a day the officers are told."""

from datetime import datetime

from domain.deadlines import pause, resume
from domain.ids import TicketNo
from domain.message import Occasion, Reply
from domain.place import is_vague
from domain.policy import Policy
from domain.records import Duty
from domain.state import State
from domain.ticket import Ticket
from handlers import texts
from handlers.ports import Store
from handlers.turn import Turn, privately

PLACE = "place"
"""The kind of duty: nobody has said where it is."""


async def await_place(turn: Turn, ticket: Ticket) -> None:
    """The resident has been asked for the place. Who is in danger is looked for at once: that clock runs."""
    if ticket.urgent or ticket.resolve_by is None:
        return
    pause(ticket, turn.now)
    await turn.store.tickets.save(ticket)
    await turn.store.duties.plan(Duty(PLACE, ticket.no, "", turn.now + turn.policy.place_after))


def awaits_place(ticket: Ticket, policy: Policy, now: datetime) -> bool:
    """Whether the reporter's word of the place is awaited: for `place_after`, and while the clock stands."""
    if not ticket.waits_for_officers or not is_vague(ticket.location):
        return False
    return ticket.paused_at is not None or now < ticket.opened_at + policy.place_after


async def place_came(turn: Turn, ticket: Ticket) -> None:
    """The clock goes on."""
    await turn.store.duties.drop(PLACE, ticket.no)
    await turn.store.desk.unsay_words(ticket.no, texts.place_missing(ticket))
    if ticket.paused_at and ticket.state is not State.SUSPENDED:
        resume(ticket, turn.policy, turn.now)


async def place_missing(duty: Duty, store: Store, policy: Policy, now: datetime) -> list[Reply]:
    """Nobody has said the place: the clock goes on standing, and the officers know."""
    del policy, now
    ticket = await store.tickets.get(TicketNo(duty.subject))
    if ticket is None or ticket.paused_at is None or not ticket.waits_for_officers:
        return []
    text = texts.place_missing(ticket)
    return [privately(officer, text, ticket, Occasion.NEWS) for officer in ticket.officers]
