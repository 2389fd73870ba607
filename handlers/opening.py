"""Opening a ticket: register it, give it to its two officers, and say so once."""

from dataclasses import dataclass

from domain.category import categories
from domain.deadlines import begin
from domain.ids import MessageId
from domain.message import Message, Reply
from domain.people import Community, Role
from domain.place import is_vague
from domain.ticket import Actor, Ticket
from handlers import texts
from handlers.quiet import awake, time_begins
from handlers.turn import Turn, privately
from handlers.waiting import await_place
from understanding import Problem
from understanding.language.ongoing import ongoing


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report comes from: the message that opens it, its community, what was said before."""

    message: Message
    community: Community
    gathered: tuple[MessageId, ...] = ()


async def open_ticket(turn: Turn, problem: Problem, source: Source) -> list[Reply]:
    """Open it; the receipt calls the officers by name, a card tells each what and where."""
    ticket = await _register(turn, problem, source)
    bosses = () if ticket.officers else turn.squad_leaders(ticket)
    if is_vague(ticket.location):
        await await_place(turn, ticket)
    said = await _receipt(turn, ticket, source.community, len(bosses))
    when = texts.deadline(ticket, turn.policy.office, turn.now)
    card = texts.card(ticket, turn.quotable(source.message), when)
    alarms = [privately(boss, texts.unassigned(ticket), ticket) for boss in bosses]
    return said + turn.to_officers(ticket, card) + alarms


async def _receipt(turn: Turn, ticket: Ticket, community: Community, bosses: int) -> list[Reply]:
    """What the reporter hears: at night as short as can be, and whom only where they hear of it now."""
    at_night = turn.policy.quiet.at_night(turn.now, turn.policy.zone)
    now = awake(turn.policy, ticket, turn.now)
    told = texts.told(len(ticket.officers), bosses, at_night=at_night) if now else ""
    if not at_night and (begins := time_begins(turn.policy, ticket, turn.now)):
        told += texts.time_begins(begins)
    words = texts.receipt(ticket, community.places, told, ask_place=is_vague(ticket.location))
    return await turn.about(ticket, words, turn.officers(ticket) if now else ())


async def _register(turn: Turn, problem: Problem, source: Source) -> Ticket:
    community, at = source.community, source.message.sent_at
    ticket = Ticket(
        no=await turn.store.tickets.next_no(turn.policy.day(at)),
        community=community.name,
        group=community.group,
        category=problem.category,
        location=problem.location,
        urgent=problem.urgent,
        opened_at=at,
        private=source.message.group is None,
        category_version=turn.policy.limits.version,
        ongoing=being_made(problem.category, source.message.text),
    )
    reporter = Actor(Role.RESIDENT, source.message.sender, reporter=True)
    entries = [ticket.register(reporter, source.message.id)]
    officers = [person.id for person in community.officers if person.id]
    if officers:
        entries.append(ticket.dispatch(officers[0], officers[1] if officers[1:] else None, at))
        begin(ticket, turn.policy, turn.now)
    await turn.store.tickets.add(ticket, source.message.sender, entries)
    for earlier in source.gathered:
        await turn.store.tickets.attach(ticket.no, earlier, "report")
    return ticket


def being_made(category: str, words: str) -> bool:
    """Whether these words tell of something that is being built right now (在建), where that counts."""
    return categories()[category].ongoing is not None and ongoing(words)
