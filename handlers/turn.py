"""A person's turn to speak: the message, who they are, what it means, and what the handlers may use."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from domain.ids import MemberId, TicketNo
from domain.message import Message, Occasion, Reply
from domain.people import Community, Person, Role, Roster
from domain.place import MASK, without_speaker
from domain.policy import Policy
from domain.query import Query
from domain.records import CaseFile, Doubted, Pending
from domain.ticket import Ticket
from domain.week import Week
from handlers import texts
from handlers.ports import Store
from understanding import Reading, Said

NUMBER = re.compile(r"(?<!\d)\d{8}-\d{3,}(?!\d)")
"""A ticket's full number in somebody's words."""
_ADDRESSED = re.compile(r"^(?:@\S+?[\s\u2005]+)+")
_PHONE_OR_ID = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
CALLED = re.compile(r"@\S+[\s\u2005]*")
"""Whom somebody's words are said to."""
_LONGEST_QUOTE = 60


class Card(NamedTuple):
    """The card of a week that an officer has been sent, and when."""

    at: datetime
    week: Week


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything that a handler looks at.

    `now` is when the message is dealt with, `said_at` when it was said: a bot that was away deals with it
    later. `files` are the tickets that the speaker can mean; `asked` is the question that the bot has put to
    this officer, `doubted` the message that was put to this person, while they are not answered yet;
    `card` is what a bare `1` to the bot alone answers, where the officer has been sent one; `before` is the
    figure that this supervisor asked for a little while ago; `recent` are the lines before, oldest first;
    `known` is what `once` has read.
    """

    message: Message
    role: Role
    communities: tuple[Community, ...]
    roster: Roster
    files: tuple[CaseFile, ...]
    reading: Reading
    store: Store
    policy: Policy
    now: datetime
    asked: Pending | None = None
    doubted: Doubted | None = None
    card: Card | None = None
    before: Query | None = None
    recent: tuple[Said, ...] = ()
    known: dict[Callable[..., object], Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @property
    def said_at(self) -> datetime:
        """When it was said."""
        return self.message.sent_at

    @property
    def private(self) -> bool:
        """Whether it was said to the bot alone."""
        return self.message.group is None

    @property
    def community(self) -> Community:
        """The community it is said in, or (privately) the first one the speaker belongs to."""
        return self.communities[0]

    @property
    def explicit(self) -> bool:
        """Whether the bot was meant: so that a wrong move deserves an answer."""
        said = self.message
        return self.private or said.to_bot or bool(said.quotes) or bool(NUMBER.search(said.text))

    @property
    def only_quotes(self) -> bool:
        """Whether a quoted line is all that points at a ticket."""
        said = self.message
        return bool(said.quotes) and not (self.private or said.to_bot or NUMBER.search(said.text))

    def file(self, no: TicketNo) -> CaseFile | None:
        """The ticket of this number, where the speaker can mean it."""
        return next((f for f in self.files if f.ticket.no == no), None)

    def serves(self, ticket: Ticket) -> bool:
        """Whether the ticket is of a community that the speaker speaks about."""
        return any(community.name == ticket.community for community in self.communities)

    def officers(self, ticket: Ticket) -> tuple[Person, ...]:
        """The two officers of a ticket's community, as the roster has them now."""
        community = self.roster.named(ticket.community)
        return community.officers[:2] if community else ()

    def aside(self, text: str, ticket: Ticket | None = None) -> Reply:
        """An answer to the speaker alone."""
        return privately(self.message.sender, text, ticket)

    def aloud(self, text: str) -> Reply:
        """An answer where it was said, about no ticket: in the group, or privately."""
        return self.aside(text) if self.message.group is None else Reply(self.message.group, text)

    async def about(self, ticket: Ticket, text: str, mention: tuple[Person, ...] = ()) -> list[Reply]:
        """A line about a ticket: in its group; of one reported privately, to its reporter alone."""
        if ticket.group and not ticket.private:
            ids = tuple(person.id for person in mention if person.id)
            return [Reply(ticket.group, text, mentions=ids, ticket=ticket.no)]
        reporter = await self.store.tickets.reporter(ticket.no)
        return [privately(reporter, text, ticket)] if reporter else []

    def to_officers(self, ticket: Ticket, text: str) -> list[Reply]:
        """A line to both officers of a ticket, privately."""
        return [privately(person.id, text, ticket) for person in self.officers(ticket) if person.id]

    def as_said(self) -> Said:
        """The words as the doors of `understanding` take them, beside the one for messages."""
        said = self.message
        at = self.said_at.astimezone(self.policy.zone)
        return Said(said.text, said.sender, role=self.role, at=at, to_bot=said.to_bot, private=self.private)

    def said_before(self, within: timedelta) -> Said | None:
        """What the speaker said last here, where that was no longer ago."""
        mine = (line for line in reversed(self.recent) if line.sender == self.message.sender)
        last = next(mine, None)
        return last if last and last.at and self.said_at - last.at <= within else None

    def squad_leaders(self, ticket: Ticket) -> tuple[MemberId, ...]:
        """Who leads the squad of a ticket's community."""
        community = self.roster.named(ticket.community)
        return self.roster.squad_leaders(community) if community else ()

    def command(self) -> str:
        """The words alone, without whom they are said to and a ticket's number."""
        return NUMBER.sub("", _ADDRESSED.sub("", self.message.text.strip())).strip()

    def gives_reason(self, note: str) -> bool:
        """Whether the words say more than the number and the name of the move."""
        rest = NUMBER.sub("", note)
        for word in texts.BARE_MOVES:
            rest = rest.replace(word, "")
        return bool(re.sub(r"[\W\d_]+", "", rest))

    def number_said(self) -> str | None:
        """A full ticket number in the words."""
        found = NUMBER.search(self.message.text)
        return found.group() if found else None

    def quotable(self, message: Message | None = None) -> str:
        """Words as an officer may read them, the speaker's or another's: nothing of a private talk."""
        message = message or self.message
        return shortened(self.recordable(message.text)) if message.group else ""

    def recordable(self, text: str | None = None) -> str:
        """Words as the record may keep them: no reporter's name, household, phone or identity number."""
        words = without_speaker(CALLED.sub("", self.message.text if text is None else text))
        words = _PHONE_OR_ID.sub(MASK, words)
        for file in self.files:
            if file.reporter_name:
                words = words.replace(file.reporter_name, "")
        return " ".join(words.split())


Known = TypeVar("Known")


def once(read: Callable[[Turn], Known]) -> Callable[[Turn], Known]:
    """What is read from a turn's words, read when it is first asked for: a route and its handler both ask."""

    @wraps(read)
    def reading(turn: Turn) -> Known:
        if read not in turn.known:
            turn.known[read] = read(turn)
        found: Known = turn.known[read]
        return found

    return reading


def privately(
    to: MemberId, text: str, ticket: Ticket | None = None, occasion: Occasion = Occasion.ANSWER
) -> Reply:
    """A line to one member."""
    return Reply(to, text, in_group=False, ticket=ticket.no if ticket else None, occasion=occasion)


def shortened(words: str) -> str:
    """Words that fit on a card."""
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
