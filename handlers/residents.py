"""What residents (and whoever else reports) get the bot to do: open tickets and say what became of them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from domain.action import Action
from domain.deadlines import hurry
from domain.ids import TicketNo
from domain.message import MEDIA, Occasion, Reply
from domain.people import STAFF, Person, Strength
from domain.place import corrected, is_vague, joined
from domain.state import State
from domain.ticket import Ticket
from handlers import texts
from handlers.moves import Moved, move
from handlers.opening import Source, being_made, open_ticket
from handlers.quiet import awake
from handlers.turn import Turn
from handlers.waiting import place_came
from understanding import Act, Problem

SUPPORT_QUIET = timedelta(minutes=10)
URGE_QUIET = timedelta(minutes=30)
DISPUTE_QUIET = timedelta(minutes=10)
PLAIN = 0.75
"""Below this what people say about a ticket is on record, and with the officers, without a word to the group:
it may be a remark beside it (on unseen chats, one in three of these is)."""
IMPLIED = 0.98
"""The same where no word says it outright (我也, 催, 还是老样子): on unseen chats one in twenty between
them is a remark; of those with the word, one in a hundred."""
POINTED = 0.6
"""The same for those who quote a line: they mean the ticket, but perhaps only chat about it."""
NEARLY_CERTAIN = 0.95
"""What a report must be in a group that wants the bot quiet."""


def certain(turn: Turn) -> tuple[Problem, ...]:
    """The problems to open tickets for, by how readily this group wants it, or if said to the bot."""
    found, strength = turn.reading.problems, turn.community.strength
    if strength is Strength.EAGER:
        return found + turn.reading.doubtful
    if strength is Strength.NORMAL or turn.private or turn.message.to_bot:
        return found
    return tuple(problem for problem in found if problem.confidence >= NEARLY_CERTAIN)


async def report(turn: Turn) -> list[Reply]:
    """Open a ticket for each problem, the first with what was said before; the rest goes where it belongs."""
    replies: list[Reply] = []
    for number, problem in enumerate(certain(turn)):
        gathered = turn.reading.gathers if number == 0 else ()
        replies += await open_ticket(turn, problem, Source(turn.message, turn.community, gathered))
    return [*replies, *await continue_report(turn), *await refer(turn)]


def danger(turn: Turn) -> list[Reply]:
    """Tell people to get away and whom to call, at once, whatever else the words are."""
    if not turn.reading.danger:
        return []
    return [replace(turn.aloud(texts.DANGERS[turn.reading.danger]), occasion=Occasion.DANGER)]


async def continue_report(turn: Turn) -> list[Reply]:
    """A further part of a report: kept with it; a place or a danger that it brings reaches the officers."""
    no, replies = turn.reading.continues, []
    if no is not None:
        await turn.store.tickets.attach(no, turn.message.id, "report")
        moved = await move(turn, no, Action.SUPPLEMENT, turn.reading.location)
        replies = await learn(turn, moved.ticket) if isinstance(moved, Moved) else moved
    return replies + await act(turn)


async def learn(turn: Turn, ticket: Ticket) -> list[Reply]:
    """Take over a place or a danger that the words bring, and tell the officers."""
    replies: list[Reply] = []
    wrong = turn.reading.corrects
    place = (corrected if wrong else joined)(ticket.location, turn.reading.location)
    if place != ticket.location:
        unknown = is_vague(ticket.location)
        ticket.location = place
        if unknown or wrong:
            replies += await _place_known(turn, ticket, wrong=wrong)
    if turn.reading.urgent and not ticket.urgent:
        ticket.urgent = True
        await place_came(turn, ticket)  # who is in danger is looked for
        replies += turn.to_officers(ticket, texts.now_urgent(ticket))
    replies += _ongoing(turn, ticket)
    await turn.store.tickets.save(ticket)
    return replies


async def act(turn: Turn) -> list[Reply]:
    """What the words do to tickets that are there."""
    replies: list[Reply] = []
    for one in turn.reading.acts:
        if one.ticket is None:
            continue
        action = _as_staff(turn, one, one.ticket)
        moved = await move(turn, one.ticket, action, plainly=one.outright)
        answers = await ANSWERS[action](turn, moved) if isinstance(moved, Moved) else moved
        aloud = one.confidence >= _plain(turn, one)
        replies += answers if aloud else [answer for answer in answers if not answer.in_group]
    return replies


def _plain(turn: Turn, one: Act) -> float:
    """How sure the bot must be of what somebody does to a ticket to say a word about it in the group."""
    if turn.explicit:
        return POINTED if turn.only_quotes else 0.0
    return PLAIN if one.outright else IMPLIED


async def _place_known(turn: Turn, ticket: Ticket, *, wrong: bool) -> list[Reply]:
    """The clock goes on where the place can be found; the officers are told either way."""
    if not is_vague(ticket.location):
        await place_came(turn, ticket)
    when = texts.deadline(ticket, turn.policy.office, turn.now) if ticket.remind_at else ""
    say = texts.place_corrected if wrong else texts.place_known
    return turn.to_officers(ticket, say(ticket, when))


def _ongoing(turn: Turn, ticket: Ticket) -> list[Reply]:
    """It turns out that it is being built right now: the shorter limits count."""
    if ticket.ongoing or not ticket.waits_for_officers or not being_made(ticket.category, turn.message.text):
        return []
    hurry(ticket, turn.policy, turn.now)
    when = texts.deadline(ticket, turn.policy.office, turn.now)
    return turn.to_officers(ticket, texts.now_ongoing(ticket, when))


def _as_staff(turn: Turn, one: Act, no: TicketNo) -> Action:
    """Staff who say outright that it is solved verify it, unless they reported or handled it themselves."""
    found, action = turn.file(no), one.action
    if turn.role not in STAFF or found is None or found.reporter == turn.message.sender:
        return action
    if action not in {Action.CONFIRM, Action.RESOLVE}:
        return action
    sees = one.outright and turn.message.sender not in found.ticket.handled_by
    return Action.VERIFY if found.ticket.state is State.REPORTED and sees else Action.PROGRESS


async def _again(turn: Turn, moved: Moved, within: timedelta) -> bool:
    """Whether somebody has done the same to the ticket a short while ago."""
    since = turn.said_at - within
    return await turn.store.tickets.times(moved.ticket.no, moved.entry.action, since) > 1


async def supported(turn: Turn, moved: Moved) -> list[Reply]:
    """'The same for me': each household counted once, and answered once in a while.

    An answer that is still on its way says how many they are by then. In a group that the bot keeps out of
    there is one, for when it is back.
    """
    ticket = moved.ticket
    before = texts.supported(ticket)
    new = await turn.store.tickets.support(ticket.no, turn.message.sender)
    ticket.households += new
    waiting = await turn.store.desk.reword(ticket.no, before, texts.supported(ticket))
    away = await _kept_out(turn, ticket)
    quiet = not new or waiting or (not away and await _again(turn, moved, SUPPORT_QUIET))
    replies = await learn(turn, ticket)
    if quiet:
        return replies
    said = await turn.about(ticket, texts.supported(ticket))
    return [*replies, *(replace(one, occasion=Occasion.NEWS) if away else one for one in said)]


async def _kept_out(turn: Turn, ticket: Ticket) -> bool:
    """Whether the bot keeps out of the ticket's group at the moment."""
    back = await turn.store.moods.back_at(ticket.group) if ticket.group else None
    return back is not None and back > turn.now


async def supplemented(turn: Turn, moved: Moved) -> list[Reply]:
    """More about a ticket: on to the officers."""
    known = await learn(turn, moved.ticket)
    if known or turn.message.kind in MEDIA:
        return known
    return turn.to_officers(moved.ticket, texts.supplemented(moved.ticket, turn.quotable()))


async def urged(turn: Turn, moved: Moved) -> list[Reply]:
    """'What is happening with it': the officers are reminded, the group hears where it stands."""
    ticket = moved.ticket
    replies = [*await learn(turn, ticket), *turn.to_officers(ticket, texts.urged_card(ticket))]
    disputed = await turn.store.tickets.times(ticket.no, Action.DISPUTE, turn.said_at - DISPUTE_QUIET)
    rework = ticket.state is State.REWORK  # "still not solved" is either, and answered as a dispute would be
    if disputed or await _again(turn, moved, DISPUTE_QUIET if rework else URGE_QUIET):
        return replies
    now = awake(turn.policy, ticket, turn.now, new=False)
    return [*await _where_said(turn, ticket, texts.urged(ticket, now=now)), *replies]


async def confirmed(turn: Turn, moved: Moved) -> list[Reply]:
    """'It is solved': closed where the reporter says so outright; a neighbour's word is on record only."""
    if not moved.ended:
        return []
    ticket = moved.ticket
    await turn.store.desk.unsay(ticket.no)
    await turn.store.desk.unsay_news(ticket.no)
    said = await _where_said(turn, ticket, texts.confirmed(ticket))
    return said + turn.to_officers(ticket, texts.closed_card(ticket))


async def disputed(turn: Turn, moved: Moved) -> list[Reply]:
    """'It is not solved': back to the officers, who are told by name and privately."""
    ticket = moved.ticket
    again = moved.entry.after is State.REWORK
    often = await _again(turn, moved, DISPUTE_QUIET)
    if not often:
        await turn.store.desk.unsay(ticket.no)
    await turn.store.desk.unsay_news(ticket.no)
    if again:
        await to_those_on_duty(turn, ticket)
    now = awake(turn.policy, ticket, turn.now, new=False)
    words = texts.disputed(ticket, again=again, now=now)
    called = turn.officers(ticket) if now else ()
    said = [] if often else await _where_said(turn, ticket, words, called)
    known = await learn(turn, ticket)
    when = texts.deadline(ticket, turn.policy.office, turn.now)
    return [*said, *known, *turn.to_officers(ticket, texts.disputed_card(ticket, when, again=again))]


async def _where_said(turn: Turn, ticket: Ticket, text: str, mention: tuple[Person, ...] = ()) -> list[Reply]:
    """About a ticket in its group; to a reporter who spoke privately, privately alone."""
    mine = turn.private and await turn.store.tickets.reporter(ticket.no) == turn.message.sender
    return [turn.aside(text, ticket)] if mine else await turn.about(ticket, text, mention)


async def to_those_on_duty(turn: Turn, ticket: Ticket) -> None:
    """A ticket that comes back goes to the officers of today, whoever had it then."""
    officers = [person.id for person in turn.officers(ticket) if person.id]
    if officers and set(officers) != set(ticket.officers):
        entry = ticket.dispatch(officers[0], officers[1] if officers[1:] else None, turn.now)
        await turn.store.tickets.save(ticket, entry)


async def withdrawn(turn: Turn, moved: Moved) -> list[Reply]:
    """Never mind: said to those who have heard of it."""
    ticket = moved.ticket
    heard = await turn.store.desk.heard_of(ticket.no)
    await turn.store.desk.unsay(ticket.no, aloud_only=False)
    text = texts.withdrawn(ticket)
    replies = [*await turn.about(ticket, text), *turn.to_officers(ticket, text)]
    return [reply for reply in replies if reply.to in heard]


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


async def refer(turn: Turn) -> list[Reply]:
    """Not ours: where to go, once; who is in danger has been told whom to call, but of what may fall."""
    target = turn.reading.referral
    if target is None:
        return []
    new = await turn.store.desk.refer(turn.message, target)
    return [turn.aloud(texts.REFERRALS[target])] if new and turn.reading.danger in {None, "collapse"} else []


async def help_out(turn: Turn) -> list[Reply]:
    """The bot was spoken to and has not understood, or cannot answer."""
    return [] if turn.reading.danger else [turn.aloud(texts.HELP)]


async def silence(turn: Turn) -> list[Reply]:
    """Everything else."""
    del turn
    return []
