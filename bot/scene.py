"""What the database holds, as the cards that the chat room's pages show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from domain.category import categories
from domain.history import Entry
from domain.ids import GroupId, MemberId
from domain.people import Community, Person, Role, Roster
from domain.place import public_place
from domain.ticket import Ticket
from handlers import texts
from storage.chatroom import ShownLine
from storage.database import Database, Work
from storage.messages import BOT_ID
from storage.roster import members_of
from web.room import GroupCard, Line, MemberCard, StepCard, TicketCard

GUESTS = {MemberId("guest-1"): "居民甲", MemberId("guest-2"): "居民乙", MemberId("guest-3"): "居民丙"}
"""Who one can be in a group in which no resident is known yet."""
_TICKETS = 30


async def group_cards(database: Database, bot_name: str, *, playing: bool) -> list[GroupCard]:
    """Every community with a group, and who one can be in it."""
    async with database.begin() as work:
        roster = await work.roster()
        return [
            await _group_card(work, community, roster, bot_name, playing=playing)
            for community in roster.communities
            if community.group
        ]


async def group_card(database: Database, group: GroupId, bot_name: str, *, playing: bool) -> GroupCard | None:
    """One group, and who one can be in it; None where there is none."""
    async with database.begin() as work:
        roster = await work.roster()
        community = roster.of_group(group)
        return await _group_card(work, community, roster, bot_name, playing=playing) if community else None


async def _group_card(
    work: Work, community: Community, roster: Roster, bot_name: str, *, playing: bool
) -> GroupCard:
    group = GroupId(str(community.group))
    known = await members_of(work.connection, group)
    members = [*_members(community, roster, known), _card(BOT_ID, bot_name, Role.BOT)]
    name = community.group_name or f"{community.name}居民群"
    return GroupCard(group, name, community.name, members, playing)


def _members(community: Community, roster: Roster, known: dict[MemberId, str]) -> list[MemberCard]:
    named = [
        *((person, Role.OFFICER) for person in community.officers),
        *((person, Role.COMMUNITY) for person in community.workers),
        *((person, Role.PROPERTY) for person in community.property),
        *((boss.person, Role.SUPERVISOR) for boss in roster.supervisors if boss.oversees(community)),
    ]
    ids = {person.id for person, _ in named}
    residents = {member: name for member, name in known.items() if member not in ids} or GUESTS
    cards = [_card(member, name, Role.RESIDENT) for member, name in residents.items()]
    return cards + [_card(person.id, person.name, role) for person, role in named if person.id]


def _card(member: MemberId, name: str, role: Role) -> MemberCard:
    return MemberCard(member, name, role, texts.ROLES[role])


def line_cards(lines: Sequence[ShownLine], card: GroupCard, bot_name: str, zone: tzinfo) -> list[Line]:
    """The bubbles of a chat."""
    by_id = {member.id: member for member in card.members}
    quotable = {line.id: line.text or texts.KINDS.get(line.kind, "") for line in lines}
    cards = []
    for line in lines:
        sender = line.sender or BOT_ID
        member = by_id.get(sender)
        names = [by_id[m].name for m in line.mentions if m in by_id]
        prefix = "".join(f"@{name} " for name in names) if line.sender is None else ""
        cards.append(
            Line(
                id=line.id,
                sender=sender,
                name=member.name if member else line.name or bot_name,
                role=line.role or (member.role if member else Role.RESIDENT),
                at=line.at.astimezone(zone),
                kind=line.kind,
                text=prefix + line.text,
                mentions=names,
                quoted=quotable.get(line.quotes, "") if line.quotes else "",
                picture=line.media.sha256 if line.media else None,
                file=line.media.sha256 if line.media and line.sender is None else None,
                private=line.private,
                recalled=line.recalled,
            )
        )
    return cards


async def ticket_cards(
    work: Work, community: str, viewer: MemberId, roster: Roster, zone: tzinfo
) -> list[TicketCard]:
    """The tickets of a community, newest first.

    A resident sees what may be said in the group: no shop or household, no officer's words, and of what was
    reported privately only their own.
    """
    tickets = await work.tickets.all(community=community)
    found = roster.named(community)
    inside = found is not None and roster.role_in(viewer, found) is not Role.RESIDENT
    cards = []
    for ticket in reversed(tickets[-_TICKETS:]):
        if inside or not ticket.private or await work.tickets.reporter(ticket.no) == viewer:
            card = _ticket_card(ticket, await work.tickets.record(ticket.no), roster, zone)
            cards.append(card if inside else _public(card, found.places if found else ()))
    return cards


def _public(card: TicketCard, places: tuple[str, ...]) -> TicketCard:
    steps = [replace(step, note="") for step in card.steps]
    return replace(card, location=public_place(card.location, places), steps=steps)


def _ticket_card(ticket: Ticket, record: Sequence[Entry], roster: Roster, zone: tzinfo) -> TicketCard:
    names = people(roster)
    return TicketCard(
        no=ticket.no,
        category=ticket.category,
        campaign=categories()[ticket.category].campaign,
        location=ticket.location,
        state=texts.state(ticket),
        ended=not ticket.open,
        urgent=ticket.urgent,
        households=ticket.households,
        officers=[names.get(officer, officer) for officer in ticket.officers],
        steps=[
            StepCard(e.at.astimezone(zone), texts.who(e, names), texts.ACTIONS[e.action], e.note)
            for e in record
        ],
    )


def people(roster: Roster) -> dict[MemberId, str]:
    """The names of everybody in the roster, by id."""
    everybody: list[Person] = [boss.person for boss in roster.supervisors]
    for community in roster.communities:
        everybody += [*community.officers, *community.workers, *community.property]
    return {person.id: person.name for person in everybody if person.id}
