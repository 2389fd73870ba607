"""One ticket of the invented history: planned when it is taken on, then lived through step by step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from domain import deadlines
from domain.action import Action
from domain.history import Entry
from domain.ids import MemberId, MessageId
from domain.message import Message, Reply
from domain.people import Community, Role
from domain.place import is_vague
from domain.policy import Policy
from domain.state import MOVES, State
from domain.ticket import BOT, Actor, Ticket
from handlers import texts
from storage.database import Work

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_RESIDENTS = 8
_REJECTED, _TRANSFERRED = 0.04, 0.08
_PROGRESS, _EXTENDED, _LATE, _DISPUTED, _URGED = 0.4, 0.04, 0.09, 0.06, 0.12
_CONFIRMED, _VERIFIED = 0.5, 0.7
"""How often something becomes of a ticket; of two in a line, the second one counts from the first."""
_BEGINS, _ENDS = 7, 22
"""Between these hours people answer, where it is not urgent."""
_URGENT = "紧急"
"""In what the limits that run through the night are called."""


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """Something that somebody does to a ticket; nobody: the bot."""

    at: datetime
    action: Action = field(compare=False)
    role: Role = field(compare=False)
    who: MemberId | None = field(compare=False, default=None)
    text: str = field(compare=False, default="")
    score: int | None = field(compare=False, default=None)
    unit: str | None = field(compare=False, default=None)


@dataclass(slots=True)
class Telling:
    """Where the history is told: the words, the chance, and the messages so far."""

    work: Work
    policy: Policy
    chance: Random
    words: Mapping[str, Any]
    said: int = 0

    async def say(
        self, who: MemberId, name: str, at: datetime, text: str, community: Community | None, role: Role
    ) -> MessageId:
        """A message of somebody's, in the group of a community or to the bot alone."""
        self.said += 1
        group = community.group if community else None
        message = Message(MessageId(f"demo-m{self.said}"), group, who, name, at, text=text)
        await self.work.messages.receive(message)
        await self.work.messages.done(message.id, role, "action" if role is Role.OFFICER else "report")
        return message.id

    async def answer(self, ticket: Ticket, text: str, after: MessageId, at: datetime) -> None:
        """A line of the bot's in the group; nothing of what was told to it alone."""
        if ticket.group and not ticket.private:
            self.said += 1
            line = Reply(ticket.group, text, ticket=ticket.no)
            await self.work.outbox.was_said(line, after, at, MessageId(f"demo-b{self.said}"))


@dataclass(slots=True)
class Case:
    """A ticket that is about to be told of; a `stuck` one is accepted, and that is all.

    `entries` are those of its record that are not kept yet.
    """

    community: Community
    number: int
    problem: Mapping[str, Any]
    opened_at: datetime
    stuck: bool = False
    private: bool = False
    entries: list[Entry] = field(default_factory=list)

    async def open(self, telling: Telling) -> tuple[Ticket, list[Step]]:
        """Take it on, and plan what becomes of it."""
        reporter = self._resident(telling.chance.randrange(_RESIDENTS))
        where = None if self.private else self.community
        message = await telling.say(
            reporter, "居民", self.opened_at, self.problem["text"], where, Role.RESIDENT
        )
        ticket = await self._registered(telling, reporter, message)
        ask = is_vague(ticket.location)
        told = texts.receipt(ticket, self.community.places, texts.told(2, 0), ask_place=ask)
        await telling.answer(ticket, told, message, self.opened_at)
        return ticket, sorted(self._life(ticket, reporter, telling))

    async def _registered(self, telling: Telling, reporter: MemberId, message: MessageId) -> Ticket:
        at, policy = self.opened_at, telling.policy
        ticket = Ticket(
            no=await telling.work.tickets.next_no(policy.day(at)),
            community=self.community.name,
            group=self.community.group,
            category=self.problem["category"],
            location=self.problem["place"],
            urgent=False,
            opened_at=at,
            private=self.private,
            category_version=policy.limits.version,
        )
        main, assisting = (person.id for person in self.community.officers)
        entries = [ticket.register(Actor(Role.RESIDENT, reporter, reporter=True), message)]
        if main:
            entries.append(ticket.dispatch(main, assisting, at))
        deadlines.begin(ticket, policy, at)
        if is_vague(ticket.location):
            deadlines.pause(ticket, at)
        await telling.work.tickets.add(ticket, reporter, entries)
        return ticket

    def _life(self, ticket: Ticket, reporter: MemberId, telling: Telling) -> Iterator[Step]:
        chance, words = telling.chance, telling.words
        yield from self._neighbours(ticket, telling)
        accepted = self._awake(ticket, self.opened_at + chance.randint(4, 50) * _MINUTE, telling)
        officer = ticket.main
        if self.stuck:
            yield Step(accepted, Action.ACCEPT, Role.OFFICER, officer, "收到")
            return
        fate = chance.random()
        if fate < _REJECTED:
            yield Step(accepted, Action.REJECT, Role.OFFICER, officer, chance.choice(words["reject"]))
            return
        yield Step(accepted, Action.ACCEPT, Role.OFFICER, officer, "收到")
        if fate < _TRANSFERRED:
            text, unit = chance.choice(words["transfer"])
            yield Step(accepted + _HOUR, Action.TRANSFER, Role.OFFICER, officer, text, unit=unit)
            return
        yield from self._settled(ticket, reporter, accepted, telling)

    def _settled(
        self, ticket: Ticket, reporter: MemberId, accepted: datetime, telling: Telling
    ) -> Iterator[Step]:
        chance, words = telling.chance, telling.words
        due = ticket.resolve_by or accepted
        if chance.random() < _PROGRESS:
            begun = self._awake(ticket, accepted + (due - accepted) * chance.uniform(0.05, 0.3), telling)
            yield Step(begun, Action.PROGRESS, Role.OFFICER, ticket.main, chance.choice(words["progress"]))
        if chance.random() < _EXTENDED:
            asked = accepted + (due - accepted) * 0.4
            yield Step(asked, Action.EXTEND, Role.OFFICER, ticket.main, chance.choice(words["extend"]))
        share = chance.uniform(1.05, 1.8) if chance.random() < _LATE else chance.uniform(0.15, 0.85)
        done = self._awake(ticket, self.opened_at + (due - self.opened_at) * share, telling)
        yield Step(done, Action.RESOLVE, Role.OFFICER, ticket.main, chance.choice(words["done"]))
        if chance.random() < _DISPUTED:
            again = self._morning(done + chance.uniform(2, 20) * _HOUR, telling)
            yield Step(again, Action.DISPUTE, Role.RESIDENT, reporter, "没好，还是老样子")
            done = again + chance.uniform(2, 20) * _HOUR
            yield Step(done, Action.RESOLVE, Role.OFFICER, ticket.main, chance.choice(words["done"]))
        yield self._end(done, reporter, telling)

    def _end(self, done: datetime, reporter: MemberId, telling: Telling) -> Step:
        chance, fate = telling.chance, telling.chance.random()
        worker = next((person.id for person in self.community.workers), None)
        if fate < _CONFIRMED:
            score = chance.choices((1, 2, 3, None), (60, 20, 5, 15))[0]
            later = self._morning(done + chance.uniform(0.5, 20) * _HOUR, telling)
            return Step(later, Action.CONFIRM, Role.RESIDENT, reporter, "好了，谢谢", score)
        if fate < _VERIFIED and worker:
            later = self._morning(done + chance.uniform(1, 24) * _HOUR, telling)
            return Step(later, Action.VERIFY, Role.COMMUNITY, worker, "去看过了，确实好了")
        return Step(done + telling.policy.close_after, Action.LAPSE, Role.BOT)

    def _neighbours(self, ticket: Ticket, telling: Telling) -> Iterator[Step]:
        chance, words = telling.chance, telling.words
        if self.private:
            return
        for number in range(chance.choices((0, 1, 2, 4), (60, 20, 12, 8))[0]):
            at = self.opened_at + chance.randint(2, 300) * _MINUTE
            who = self._resident(number)
            yield Step(at, Action.SUPPORT, Role.RESIDENT, who, chance.choice(words["support"]))
        if ticket.resolve_by and chance.random() < _URGED:
            at = self.opened_at + (ticket.resolve_by - self.opened_at) * 0.7
            yield Step(at, Action.URGE, Role.RESIDENT, self._resident(6), chance.choice(words["urge"]))

    def _resident(self, number: int) -> MemberId:
        return MemberId(f"demo-r{self.number}-{number}")

    def _awake(self, ticket: Ticket, at: datetime, telling: Telling) -> datetime:
        """Then, or in the morning, where it can wait for that."""
        return at if _URGENT in (ticket.resolve_limit or "") else self._morning(at, telling)

    def _morning(self, at: datetime, telling: Telling) -> datetime:
        """Then, or when people are up."""
        hour = at.astimezone(telling.policy.zone).hour
        return at if _BEGINS <= hour < _ENDS else at + (_BEGINS + 1 - hour) % 24 * _HOUR


async def take(step: Step, case: Case, ticket: Ticket, telling: Telling) -> None:
    """Take one step, where the ticket stands so that it can be taken."""
    if ticket.state not in MOVES[step.action]:
        return
    reporter = step.role is Role.RESIDENT and step.action in {Action.CONFIRM, Action.DISPUTE}
    message = await _said(step, case, telling)
    if step.action is Action.SUPPORT and not (
        step.who and await telling.work.tickets.support(ticket.no, step.who)
    ):
        return
    actor = Actor(step.role, step.who, reporter=reporter) if step.who else BOT
    note = step.text if step.role is not Role.RESIDENT else ""
    entry = ticket.apply(step.action, actor, step.at, message, note)
    case.entries.append(entry)
    deadlines.follow(ticket, entry, telling.policy, step.at)
    await _consequences(step, ticket, telling)
    if message:
        await telling.work.tickets.attach(ticket.no, message, "action")
        if ticket.state is not entry.before and ticket.state in _TOLD:
            await telling.answer(ticket, _TOLD[ticket.state](ticket), message, step.at)


_TOLD = {State.REPORTED: texts.ask_confirm, State.CLOSED: texts.confirmed}


async def _said(step: Step, case: Case, telling: Telling) -> MessageId | None:
    if step.who is None:
        return None
    people = {p.id: p.name for p in (*case.community.officers, *case.community.workers)}
    where = None if case.private else case.community
    name = people.get(step.who, "居民")
    return await telling.say(step.who, name, step.at, step.text, where, step.role)


async def _consequences(step: Step, ticket: Ticket, telling: Telling) -> None:
    policy = telling.policy
    match step.action:
        case Action.RESOLVE:
            ticket.lapse_at = step.at + policy.close_after
        case Action.TRANSFER:
            ticket.transferred_to = step.unit
        case Action.EXTEND:
            deadlines.extend(ticket, policy, step.at, None)
        case Action.SUPPORT:
            ticket.households += 1
        case Action.CONFIRM if step.score:
            await telling.work.desk.rate(ticket.no, step.score, step.at)
        case _:
            pass
