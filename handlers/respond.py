"""From a message to the replies: who speaks, what surrounds it, what it means, what to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import lru_cache

from domain.ids import TicketNo
from domain.message import Answer, Kind, Message, Reply
from domain.people import STAFF, Community, Role, Roster
from domain.place import without_home
from domain.policy import Policy
from domain.records import CaseFile, Spoken
from handlers import checkins, doubts, heat, residents, texts
from handlers.binding import bind, code_in
from handlers.figures import asking as figures
from handlers.ports import Store
from handlers.routes import Route, route
from handlers.turn import NUMBER, Turn, privately
from handlers.waiting import awaits_place
from understanding import Intent, Reading, Said, Surroundings, TicketSeen, read
from understanding.language.ticket_numbers import in_full
from understanding.week.visits import without_counting

_NOTHING_MORE = Reading(Intent.CHATTER, 1.0)
"""What words do to tickets that only say that a talk counts as the week's."""
RECENT = 30
"""How many lines before a message are looked at."""
_READ = 1_000
"""Characters of a message that are read: nobody reports in more, and to look at ten times as many takes a
hundred times as long, in which the bot hears nobody else."""

_MOST_SEEN = 10_000
_last_seen: dict[TicketNo, tuple[CaseFile, tzinfo, TicketSeen]] = {}
"""Each ticket as it was last seen: what storage remembers of it is the same object until it changes."""


@dataclass(frozen=True, slots=True)
class Response:
    """What became of a message: who spoke, what it was read as, what to say."""

    role: Role
    intent: Intent
    replies: Sequence[Answer] = ()


@dataclass(frozen=True, slots=True)
class Undecided:
    """A message that has not been dealt with yet, since a second reader is wanted: all that one needs."""

    said: Said
    around: Surroundings
    reading: Reading


Wants = Callable[[Reading], bool]
"""Whether a second reader is wanted beside this reading."""


async def respond(
    message: Message,
    store: Store,
    policy: Policy,
    now: datetime,
    *,
    reading: Reading | None = None,
    wants: Wants | None = None,
) -> Response | Undecided:
    """Deal with one message within the unit of work, at the time `now`.

    `reading` is what it means, where that is known. Where it is not and `wants` says so of what it is read
    as, nothing is done yet: the answer is Undecided, to be resolved outside the unit of work.
    """
    message = replace(message, text=message.text[:_READ])
    if code := code_in(message.text):
        return Response(Role.RESIDENT, Intent.CHATTER, await bind(message, code, store, policy, now))
    roster = (await store.roster()).on(policy.day(now))
    role, communities = await _place(message, store, roster)
    if not communities:
        if message.group in policy.supervisor_groups:
            return await _among_supervisors(message, roster, store, policy, now)
        return _to_a_stranger(message, policy) if message.group is None else Response(role, Intent.CHATTER)
    files = await _files(message, store, role, communities, policy)
    message = replace(message, text=in_full(message.text, [f.ticket.no for f in sorted(files, key=_open)]))
    around = await _around(message, store, communities, files, policy)
    said = _said(Spoken(message, role), policy.zone)
    if role is Role.OFFICER and (rest := without_counting(said)) != said.text:
        said, reading = replace(said, text=rest), reading or (None if rest else _NOTHING_MORE)
    inside = message.group is None and (role is Role.OFFICER or role in STAFF)
    turn = Turn(
        message=message,
        role=role,
        communities=communities,
        roster=roster,
        files=files,
        reading=_discreet(reading or read(said, around), message.text),
        store=store,
        policy=policy,
        now=now,
        recent=around.recent,
        asked=await store.desk.pending(message.sender) if role is Role.OFFICER else None,
        doubted=await store.desk.doubted(message.sender, now - doubts.ANSWER_WITHIN) if inside else None,
    )
    if inside and role is Role.OFFICER and message.text.strip() in texts.CONFIRMS:
        turn = replace(turn, card=await checkins.asked(store, policy, message.sender, message.sent_at))
    if (message.group is None or message.to_bot) and roster.supervisor(message.sender):
        turn = replace(turn, before=await store.questions.last(message.sender, now - policy.follow_up))
    row = route(turn)
    if reading is None and wants and _speaks(message, row) and wants(turn.reading):
        return Undecided(said, around, turn.reading)
    warning = residents.danger(turn) if role is not Role.OFFICER else []
    tempers = await heat.step_back(turn, around.recent)  # before the handler: it may keep something for later
    return Response(role, turn.reading.intent, [*warning, *await row.handler(turn), *tempers])


async def _among_supervisors(
    message: Message, roster: Roster, store: Store, policy: Policy, now: datetime
) -> Response:
    """In a group of supervisors: who asks the bot for a figure hears it there, of their own area."""
    group, boss = message.group, roster.supervisor(message.sender)
    if group is None or boss is None or not message.to_bot:
        return Response(Role.RESIDENT, Intent.CHATTER)
    turn = Turn(
        message=message,
        role=Role.SUPERVISOR,
        communities=tuple(c for c in roster.communities if boss.oversees(c)),
        roster=roster,
        files=(),
        reading=Reading(Intent.CHATTER, 1.0),
        store=store,
        policy=policy,
        now=now,
        before=await store.questions.last(message.sender, now - policy.follow_up),
    )
    told = await figures.answer(turn) if figures.asks(turn) else []
    aloud = [replace(one, to=group, in_group=True, mentions=(message.sender,)) for one in told]
    return Response(Role.SUPERVISOR, Intent.CHATTER, aloud)


def in_time(response: Response, message: Message, policy: Policy, now: datetime) -> list[Answer]:
    """What is still to be said: of what a resident said too long ago, nothing in the group any more."""
    late = now - message.sent_at > policy.late and response.role is not Role.OFFICER
    return [one for one in response.replies if not (late and isinstance(one, Reply) and one.in_group)]


def _open(file: CaseFile) -> bool:
    return file.ticket.open


def _discreet(reading: Reading, words: str) -> Reading:
    """What was read, without the speaker's own household in a place: it is no part of the matter."""
    return replace(
        reading,
        location=without_home(reading.location, words),
        problems=tuple(replace(one, location=without_home(one.location, words)) for one in reading.problems),
        doubtful=tuple(replace(one, location=without_home(one.location, words)) for one in reading.doubtful),
    )


def _speaks(message: Message, row: Route) -> bool:
    """Whether it is words, and what they mean matters."""
    return row.reads and message.kind is Kind.TEXT and bool(message.text.strip())


def _to_a_stranger(message: Message, policy: Policy) -> Response:
    """Somebody who never spoke in a group: a danger is answered, and a matter is not left in silence."""
    reading = read(_said(Spoken(message, Role.RESIDENT), policy.zone), Surroundings())
    lines = [texts.DANGERS[reading.danger]] if reading.danger else []
    if reading.intent is not Intent.CHATTER:
        lines.append(texts.STRANGER)
    return Response(Role.RESIDENT, reading.intent, [privately(message.sender, line) for line in lines])


async def _place(message: Message, store: Store, roster: Roster) -> tuple[Role, tuple[Community, ...]]:
    """The speaker's role by the roster, and the communities they speak about."""
    if message.group is not None:
        community = roster.of_group(message.group)
        if community is None:
            return Role.RESIDENT, ()
        return roster.role_in(message.sender, community), (community,)
    if served := roster.served_by(message.sender):
        roles = [role for _, role in served]
        role = Role.OFFICER if Role.OFFICER in roles else roles[0]
        return role, tuple(community for community, its in served if its is role)
    if boss := roster.supervisor(message.sender):
        return Role.SUPERVISOR, tuple(c for c in roster.communities if boss.oversees(c))
    groups = await store.groups_of(message.sender)
    return Role.RESIDENT, tuple(c for group in groups if (c := roster.of_group(group)))


async def _files(
    message: Message, store: Store, role: Role, communities: Sequence[Community], policy: Policy
) -> tuple[CaseFile, ...]:
    """The tickets that the speaker can mean; what others reported privately no resident can."""
    if (
        role is Role.SUPERVISOR
        and message.group is None
        and not (message.quotes or NUMBER.search(message.text))
    ):
        return ()  # a question about figures is about no ticket, and a district has many
    since = message.sent_at - policy.reopen
    files = await store.tickets.of_communities([c.name for c in communities], since, message.quotes)
    inside = role is Role.OFFICER or role in STAFF
    return tuple(f for f in files if inside or not f.ticket.private or f.reporter == message.sender)


async def _around(
    message: Message,
    store: Store,
    communities: Sequence[Community],
    files: Sequence[CaseFile],
    policy: Policy,
) -> Surroundings:
    recent = await store.messages.recent(message, RECENT)
    return Surroundings(
        recent=tuple(_said(line, policy.zone) for line in recent),
        tickets=tuple(_seen_by(message, file, policy) for file in files),
        places=tuple(place for community in communities for place in community.places),
    )


@lru_cache(maxsize=2_000)
def _said(line: Spoken, zone: tzinfo) -> Said:
    message = line.message
    return Said(
        text=message.text[:_READ],
        sender=message.sender,
        name=message.sender_name,
        role=line.role,
        at=message.sent_at.astimezone(zone),
        kind=message.kind,
        id=message.id,
        mentions=message.mentions,
        to_bot=message.to_bot,
        private=message.group is None,
        quotes=message.quotes,
        tickets=line.tickets,
        intent=Intent(line.intent) if line.intent else None,
    )


def _seen_by(message: Message, file: CaseFile, policy: Policy) -> TicketSeen:
    """A ticket as the speaker can mean it: the reporter may have been asked where it is."""
    seen = _seen(file, policy.zone)
    asked = file.reporter == message.sender and awaits_place(file.ticket, policy, message.sent_at)
    return replace(seen, place_asked=True) if asked else seen


def _seen(file: CaseFile, zone: tzinfo) -> TicketSeen:
    """A ticket as it is to be recognised; made anew only when something about it has changed."""
    known = _last_seen.get(file.ticket.no)
    if known and known[0] is file and known[1] is zone:
        return known[2]
    if len(_last_seen) >= _MOST_SEEN:
        _last_seen.clear()
    seen = _as_seen(file, zone)
    _last_seen[file.ticket.no] = file, zone, seen
    return seen


def _as_seen(file: CaseFile, zone: tzinfo) -> TicketSeen:
    ticket = file.ticket
    return TicketSeen(
        no=ticket.no,
        category=ticket.category,
        location=ticket.location[:_READ],
        state=ticket.state,
        opened_at=ticket.opened_at.astimezone(zone),
        last_at=file.last_at.astimezone(zone),
        reporter=file.reporter,
        reporter_name=file.reporter_name,
        text=file.text[:_READ],
        messages=file.about,
        officers=ticket.officers,
        supporters=file.supporters,
        private=ticket.private,
    )
