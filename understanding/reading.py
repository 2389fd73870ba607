"""What goes through the door: a message and its surroundings in, a Reading out."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.action import Action
from domain.ids import MemberId, MessageId, TicketNo
from domain.message import Kind
from domain.people import Role
from domain.state import State


class Intent(StrEnum):
    """What a message wants."""

    REPORT = "report"
    ACTION = "action"
    REFERRAL = "referral"
    QUESTION = "question"
    CHATTER = "chatter"


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the chat as the reader sees it: the one to read, or one that came before it.

    `tickets` are those it turned out to be about (opened, joined or acted on), `intent` what it was read as;
    both are empty for the message to be read. `at` is aware, or None where it is not known.
    """

    text: str
    sender: MemberId
    name: str = ""
    role: Role = Role.RESIDENT
    at: datetime | None = None
    kind: Kind = Kind.TEXT
    id: MessageId | None = None
    mentions: tuple[MemberId, ...] = ()
    to_bot: bool = False
    private: bool = False
    quotes: MessageId | None = None
    tickets: tuple[TicketNo, ...] = ()
    intent: Intent | None = None


@dataclass(frozen=True, slots=True)
class TicketSeen:
    """What the reader may know of a ticket of this community that is open, or ended only lately.

    `text` is the words of the report, `messages` every message on its record (the bot's own lines about it
    too, so that a quote finds it), `last_at` the time of the latest step. `place_asked` is that its reporter
    has been asked for the place, and that it is still awaited.
    """

    no: TicketNo
    category: str
    location: str
    state: State = State.DISPATCHED
    opened_at: datetime | None = None
    last_at: datetime | None = None
    reporter: MemberId | None = None
    reporter_name: str = ""
    text: str = ""
    messages: tuple[MessageId, ...] = ()
    officers: tuple[MemberId, ...] = ()
    supporters: tuple[MemberId, ...] = ()
    private: bool = False
    place_asked: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a careful human would look at before deciding what a message means.

    `recent` is the chat before the message (of the same group, or of the same private talk), oldest first;
    `tickets` those of the community, oldest first; `places` the community's own place names.
    """

    recent: tuple[Said, ...] = ()
    tickets: tuple[TicketSeen, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at one place that a message reports; `location` is the place as said, "" where none is."""

    category: str
    location: str
    urgent: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Act:
    """An action that a message takes on a ticket; `ticket` is None where it could mean several, or none.

    `candidates` are the tickets it could mean, likeliest first; `outright` is whether a word says what is
    done (我也是, 催一下), or it is only implied. `words` are those of the message that say it, where it says
    something else of other tickets; `undoes` is that what was reported as done is not.
    """

    action: Action
    ticket: TicketNo | None
    confidence: float
    candidates: tuple[TicketNo, ...] = ()
    outright: bool = False
    words: str = ""
    undoes: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message means. Confidences are from 0 to 1.

    - `problems`: new tickets to open (REPORT), one each.
    - `doubtful`: what may be a problem and may be none: for somebody who knows the place to say.
    - `continues`: the ticket that this message is a further part of, by the same reporter (also a photo).
      It then adds `location` and `urgent` to the ticket where it brings them; where it `corrects`, its
      `location` is what the ticket's should have been.
    - `gathers`: earlier messages of the same person that belong to the first problem (a photo before the
      words, "又来了" before the reason).
    - `acts`: what it does to known tickets (ACTION); may stand beside problems.
    - `until`, `unit`: the day an extension runs to, the unit a matter is handed to, as the officer said.
    - `referral`: the body whose business it is (one of the ten of `evaluation/FORMAT.md`).
    - `danger`: the hazard that people must get away from now ("gas", "fire", "collapse", "electric",
      "injury"), or None.
    - `because`: in a few Chinese words, why.
    """

    intent: Intent
    confidence: float
    because: str = ""
    problems: tuple[Problem, ...] = ()
    doubtful: tuple[Problem, ...] = ()
    continues: TicketNo | None = None
    location: str = ""
    corrects: bool = False
    urgent: bool = False
    gathers: tuple[MessageId, ...] = ()
    acts: tuple[Act, ...] = ()
    until: date | None = None
    unit: str | None = None
    referral: str | None = None
    danger: str | None = None
