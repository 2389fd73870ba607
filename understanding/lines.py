"""Single labelled lines, in the forms of `evaluation/`, as messages with surroundings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.ids import MemberId, MessageId, TicketNo
from domain.people import Role
from domain.state import State
from understanding.language.model import Models
from understanding.reading import Intent, Said, Surroundings, TicketSeen
from understanding.scene.context import manner, minutes
from understanding.scene.view import CHATTER, plainly

RECEIPT = "已登记"
"""How the bot's line begins that says a report was taken."""
REPORT = 0.5
"""How sure a line before must sound like a complaint to have made a ticket."""
ANOTHER = 0.8
"""The same for somebody who has a ticket already."""
UNTOUCHED = 180.0
"""Minutes after which an open ticket whose state is not given is taken to be worked on."""
_ANSWERS = {"resolve": State.REPORTED, "reject": State.REJECTED, "transfer": State.TRANSFERRED}
_DONE = ("已处理", "处理完")


@dataclass
class Story:
    """Reads the lines before a message in order and keeps which tickets they must have made.

    Only the models' coarse view of single lines is used: what the lines were about is a guess.
    """

    models: Models
    recent: list[Said] = field(default_factory=list)
    tickets: list[TicketSeen] = field(default_factory=list)

    def hear(self, who: str, role: Role, text: str) -> None:
        """One line that was said before."""
        said = Said(text, MemberId(who), who, role, id=MessageId(f"before-{len(self.recent)}"))
        if role is Role.BOT:
            self._bot(said)
        elif role is Role.OFFICER:
            self._officer(said)
        else:
            self._resident(said)

    def _bot(self, said: Said) -> None:
        if RECEIPT in said.text:
            self._receipt(said)
        elif self.tickets and any(word in said.text for word in _DONE):
            self._move(State.REPORTED)
        self.recent.append(replace(said, tickets=self._latest()))

    def _receipt(self, said: Said) -> None:
        _, category, place = (said.text.replace("。", "，") + "，，").split("，")[:3]
        category = category if category in self.models.topic.labels else ""
        place = "" if "请" in place or "已" in place else place
        for at in range(len(self.recent) - 1, -1, -1):
            before = self.recent[at]
            if before.role is not Role.RESIDENT:
                continue
            if not before.tickets:
                self.recent[at] = self._open(before, category, place)
            elif category:
                self._rename(before.tickets[-1], category)
            return

    def _rename(self, no: TicketNo, category: str) -> None:
        self.tickets = [replace(t, category=category) if t.no == no else t for t in self.tickets]

    def _officer(self, said: Said) -> None:
        odds = self.models.officer.probabilities(said.text, manner(said))
        best = max(odds, key=lambda label: odds[label])
        if self.tickets and best in _ANSWERS:
            self._move(_ANSWERS[best])
        self.recent.append(replace(said, tickets=self._latest(), intent=Intent.ACTION))

    def _resident(self, said: Said) -> None:
        odds = self.models.topic.probabilities(said.text)
        best = max(odds, key=lambda label: odds[label])
        mine = [t for t in self.tickets if t.reporter == said.sender]
        complaint = plainly(odds)
        if mine and complaint < ANOTHER:
            self.recent.append(replace(said, tickets=(mine[-1].no,), intent=Intent.REPORT))
        elif complaint > REPORT:
            self.recent.append(self._open(said, best if best != CHATTER else ""))
        else:
            self.recent.append(replace(said, intent=Intent.CHATTER))

    def _open(self, said: Said, category: str, place: str = "") -> Said:
        if not category:
            odds = self.models.kind.probabilities(said.text)
            category = max(odds, key=lambda label: odds[label])
        no = TicketNo(f"before-{len(self.tickets)}")
        seen = TicketSeen(
            no, category, place, reporter=said.sender, reporter_name=said.name, text=said.text,
            messages=(said.id,) if said.id else (),
        )  # fmt: skip
        self.tickets.append(seen)
        return replace(said, tickets=(no,), intent=Intent.REPORT)

    def _latest(self) -> tuple[TicketNo, ...]:
        return (self.tickets[-1].no,) if self.tickets else ()

    def _move(self, state: State) -> None:
        self.tickets[-1] = replace(self.tickets[-1], state=state)


def surroundings(before: Iterable[Mapping[str, Any]], models: Models) -> Surroundings:
    """The surroundings that the lines before a labelled line amount to."""
    story = Story(models)
    for line in before:
        story.hear(line["from"], Role(line["role"]), line["text"])
    return Surroundings(tuple(story.recent), tuple(story.tickets))


def said(line: Mapping[str, Any]) -> Said:
    """The labelled line itself, as a message."""
    at = datetime.fromisoformat(line["at"]) if line.get("at") else None
    who = line.get("from") or line.get("officer") or "居民"
    role = Role(line.get("role") or (Role.OFFICER if line.get("officer") else Role.RESIDENT))
    return Said(line["text"], MemberId(who), who, role, at=at, id=MessageId("line"))


def open_ticket(row: Mapping[str, Any], message: Said) -> TicketSeen:
    """A ticket given with a line as open, its state guessed from its age."""
    opened_at = datetime.fromisoformat(row["opened_at"]) if row.get("opened_at") else None
    return TicketSeen(
        TicketNo(row["no"]),
        row.get("category", ""),
        row.get("location", ""),
        state=State.DISPATCHED if minutes(opened_at, message.at) < UNTOUCHED else State.HANDLING,
        opened_at=opened_at,
        last_at=opened_at,
        reporter=MemberId(row.get("reporter", "")),
        reporter_name=row.get("reporter", ""),
        text=row.get("text", ""),
        officers=(message.sender,),
    )
