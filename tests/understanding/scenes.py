"""A small stage for reading single messages: who is there, what was said, which tickets there are."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from domain.ids import MemberId, MessageId, TicketNo
from domain.message import Kind
from domain.people import Role
from domain.state import State
from understanding import Intent, Reading, Said, Surroundings, TicketSeen, read

NOON = datetime(2026, 5, 13, 12, 0, tzinfo=timezone(timedelta(hours=8)))  # a Wednesday
OFFICERS = (MemberId("程队"), MemberId("小鲁"))
ROLES = {"程队": Role.OFFICER, "小鲁": Role.OFFICER, "网格员": Role.COMMUNITY, "物业": Role.PROPERTY}


@dataclass
class Stage:
    """Says lines and reads them; tickets are put on it by hand."""

    at: datetime = NOON
    recent: list[Said] = field(default_factory=list)
    tickets: list[TicketSeen] = field(default_factory=list)
    places: tuple[str, ...] = ()

    def ticket(
        self,
        who: str,
        category: str,
        location: str,
        text: str,
        state: State = State.DISPATCHED,
        ago: int = 30,
    ) -> TicketNo:
        """A ticket that `who` reported with these words `ago` minutes before."""
        number = len(self.tickets) + 1
        no, at = TicketNo(f"20260513-{number:03d}"), self.at - timedelta(minutes=ago)
        opening, line = MessageId(f"report-{number}"), MessageId(f"bot-{number}")
        self.tickets.append(
            TicketSeen(
                no,
                category,
                location,
                state,
                at,
                at,
                MemberId(who),
                who,
                text,
                (opening, line),
                OFFICERS,
            )
        )
        self.recent.append(
            Said(text, MemberId(who), who, at=at, id=opening, tickets=(no,), intent=Intent.REPORT)
        )
        return no

    def heard(
        self,
        who: str,
        text: str,
        ago: float = 1,
        tickets: tuple[TicketNo, ...] = (),
        kind: Kind = Kind.TEXT,
        intent: Intent = Intent.CHATTER,
    ) -> MessageId:
        """A line of the chat before."""
        said = MessageId(f"line-{len(self.recent)}")
        self.recent.append(
            Said(
                text,
                MemberId(who),
                who,
                ROLES.get(who, Role.RESIDENT),
                self.at - timedelta(minutes=ago),
                kind,
                said,
                tickets=tickets,
                intent=intent,
            )
        )
        return said

    def read(
        self, who: str, text: str, kind: Kind = Kind.TEXT, quotes: str | None = None, to_bot: bool = False
    ) -> Reading:
        """What the message now means."""
        message = Said(
            text,
            MemberId(who),
            who,
            ROLES.get(who, Role.RESIDENT),
            self.at,
            kind,
            MessageId("now"),
            quotes=MessageId(quotes) if quotes else None,
            to_bot=to_bot,
        )
        return read(message, Surroundings(tuple(self.recent), tuple(self.tickets), self.places))


def done(reading: Reading) -> list[tuple[str, str | None]]:
    """What a reading does, as (action, ticket)."""
    return [(str(act.action), act.ticket) for act in reading.acts]
