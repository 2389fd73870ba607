"""What residents (and whoever else reports) get the bot to do: open tickets and say what became of them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from domain.action import Action
from domain.ids import TicketNo
from domain.message import MEDIA, Reply
from domain.people import STAFF
from domain.place import is_vague, joined
from domain.state import State
from domain.ticket import Actor, Ticket
from handlers import texts
from handlers.moves import Moved, move
from handlers.turn import Turn, privately, quotable, to_officers
from understanding import Problem

SUPPORT_QUIET = timedelta(minutes=10)
URGE_QUIET = timedelta(minutes=30)


async def report(turn: Turn) -> list[Reply]:
    """Open a ticket for each problem, tell the officers, and say so once."""
    opened = [await _open(turn, number, problem) for number, problem in enumerate(turn.reading.problems)]
    ask = all(is_vague(ticket.location) for ticket in opened)
    for ticket in opened:
        ticket.asked_place = ask
        await turn.store.tickets.save(ticket)
    replies = danger(turn)
    said = texts.receipt(opened, turn.community.places, told=bool(opened[0].officers), ask_place=ask)
    replies.append(turn.aloud(said, opened[0], turn.community.officers[:2]))
    for ticket in opened:
        replies += _hand_over(turn, ticket)
    return replies + await act(turn)


async def _open(turn: Turn, number: int, problem: Problem) -> Ticket:
    community = turn.community
    ticket = Ticket(
        no=await turn.store.tickets.next_no(turn.policy.day(turn.now)),
        community=community.name,
        group=community.group,
        category=problem.category,
        location=problem.location,
        urgent=problem.urgent,
        opened_at=turn.now,
        private=turn.private,
    )
    reporter = Actor(turn.role, turn.message.sender, reporter=True)
    entries = [ticket.register(reporter, turn.message.id)]
    officers = [person.id for person in community.officers if person.id]
    if officers:
        entries.append(ticket.dispatch(officers[0], officers[1] if officers[1:] else None, turn.now))
    await turn.store.tickets.add(ticket, turn.message.sender, entries)
    if number == 0:
        for earlier in turn.reading.gathers:
            await turn.store.tickets.attach(ticket.no, earlier, "report")
    return ticket


def _hand_over(turn: Turn, ticket: Ticket) -> list[Reply]:
    if ticket.officers:
        return to_officers(ticket, texts.card(ticket, quotable(turn)))
    bosses = [s.person.id for s in turn.roster.supervisors if s.oversees(turn.community)]
    return [privately(boss, texts.unassigned(ticket, turn.community.name), ticket) for boss in bosses if boss]


def danger(turn: Turn) -> list[Reply]:
    """Tell people to get away and whom to call, at once."""
    if turn.reading.danger is None:
        return []
    return [turn.aloud(texts.DANGERS[turn.reading.danger])]


async def continue_report(turn: Turn) -> list[Reply]:
    """A further part of a report: kept with it; a place or a danger that it brings reaches the officers."""
    no = turn.reading.continues
    ticket = await turn.store.tickets.get(no) if no else None
    if ticket is None:
        return []
    await turn.store.tickets.attach(ticket.no, turn.message.id, "report")
    return danger(turn) + await learn(turn, ticket) + await act(turn)


async def learn(turn: Turn, ticket: Ticket) -> list[Reply]:
    """Take over a place or a danger that the words bring."""
    replies: list[Reply] = []
    place = joined(ticket.location, turn.reading.location)
    if place != ticket.location:
        unknown = is_vague(ticket.location)
        ticket.location = place
        if unknown:
            replies += to_officers(ticket, texts.place_known(ticket))
    if turn.reading.urgent and not ticket.urgent:
        ticket.urgent = True
        replies += to_officers(ticket, texts.now_urgent(ticket))
    await turn.store.tickets.save(ticket)
    return replies


async def act(turn: Turn) -> list[Reply]:
    """What the words do to tickets that are there."""
    replies: list[Reply] = []
    for one in turn.reading.acts:
        if one.ticket is None:
            continue
        action = _as_staff(turn, one.action, one.ticket)
        moved = await move(turn, one.ticket, action)
        replies += await ANSWERS[action](turn, moved) if isinstance(moved, Moved) else moved
    return replies


def _as_staff(turn: Turn, action: Action, no: TicketNo) -> Action:
    """Staff who say that it is solved verify it, unless they reported or handled it themselves."""
    found = turn.file(no)
    if turn.role not in STAFF or found is None or found.reporter == turn.message.sender:
        return action
    if action not in {Action.CONFIRM, Action.RESOLVE}:
        return action
    handled = turn.message.sender in found.ticket.handled_by
    return Action.VERIFY if found.ticket.state is State.REPORTED and not handled else Action.PROGRESS


async def supported(turn: Turn, moved: Moved) -> list[Reply]:
    """'The same for me': each household counted once, and answered once in a while."""
    ticket = moved.ticket
    new = await turn.store.tickets.support(ticket.no, turn.message.sender)
    ticket.households += new
    quiet = not new or await turn.store.desk.said_since(ticket.no, turn.now - SUPPORT_QUIET)
    replies = await learn(turn, ticket)
    return replies if quiet else [*replies, turn.aloud(texts.supported(ticket), ticket)]


async def supplemented(turn: Turn, moved: Moved) -> list[Reply]:
    """More about a ticket: on to the officers."""
    known = await learn(turn, moved.ticket)
    if known or turn.message.kind in MEDIA:
        return known
    return to_officers(moved.ticket, texts.supplemented(moved.ticket, quotable(turn)))


async def urged(turn: Turn, moved: Moved) -> list[Reply]:
    """'What is happening with it': the officers are reminded, the group hears where it stands."""
    ticket = moved.ticket
    replies = to_officers(ticket, texts.urged_card(ticket))
    if await turn.store.desk.said_since(ticket.no, turn.now - URGE_QUIET):
        return replies
    return [turn.aloud(texts.urged(ticket), ticket), *replies]


async def confirmed(turn: Turn, moved: Moved) -> list[Reply]:
    """'It is solved': closed where the reporter says so; a neighbour's word is on record only."""
    if not moved.ended:
        return []
    ticket = moved.ticket
    await turn.store.desk.unsay(ticket.no)
    return [turn.aloud(texts.confirmed(ticket), ticket), *to_officers(ticket, texts.closed_card(ticket))]


async def disputed(turn: Turn, moved: Moved) -> list[Reply]:
    """'It is not solved': back to the officers, who are told by name and privately."""
    ticket = moved.ticket
    await turn.store.desk.unsay(ticket.no)
    card = to_officers(ticket, texts.disputed_card(ticket))
    return [turn.aloud(texts.disputed(ticket), ticket, turn.community_of(ticket).officers[:2]), *card]


async def withdrawn(turn: Turn, moved: Moved) -> list[Reply]:
    """'Never mind'."""
    ticket = moved.ticket
    await turn.store.desk.unsay(ticket.no)
    return [turn.aloud(texts.withdrawn(ticket), ticket), *to_officers(ticket, texts.withdrawn(ticket))]


async def on_record(turn: Turn, moved: Moved) -> list[Reply]:
    """Kept, and nothing to say."""
    del turn, moved
    return []


ANSWERS: dict[Action, Callable[[Turn, Moved], Awaitable[list[Reply]]]] = {
    Action.SUPPORT: supported,
    Action.SUPPLEMENT: supplemented,
    Action.URGE: urged,
    Action.CONFIRM: confirmed,
    Action.DISPUTE: disputed,
    Action.WITHDRAW: withdrawn,
    Action.PROGRESS: on_record,
    Action.VERIFY: confirmed,
}
"""What the bot answers to each move of a resident or of somebody who works in the community."""


async def recall(turn: Turn) -> list[Reply]:
    """A message taken back: its words go; a ticket that it opened is withdrawn."""
    target = turn.message.recalls
    taken = await turn.store.messages.get(target) if target else None
    if taken is None or taken.sender != turn.message.sender:
        return []
    replies: list[Reply] = []
    for no in await turn.store.tickets.opened_by(taken.id):
        told = await turn.store.desk.said_since(no, taken.sent_at - timedelta(seconds=1))
        moved = await move(turn, no, Action.WITHDRAW)
        if isinstance(moved, Moved):
            said = await withdrawn(turn, moved)
            replies += said if told else said[1:]
    await turn.store.messages.forget(taken.id)
    return replies


async def refer(turn: Turn) -> list[Reply]:
    """Not ours: where to go, once."""
    target = turn.reading.referral
    if target is None:
        return []
    replies = danger(turn)
    new = await turn.store.desk.refer(turn.message, target)
    return [*replies, turn.aloud(texts.REFERRALS[target])] if new and not replies else replies


async def warn(turn: Turn) -> list[Reply]:
    """Somebody is in danger, whatever else the words are."""
    return danger(turn)


async def help_out(turn: Turn) -> list[Reply]:
    """The bot was spoken to and has not understood, or cannot answer."""
    return [turn.aloud(texts.HELP)]


async def silence(turn: Turn) -> list[Reply]:
    """Everything else."""
    del turn
    return []
