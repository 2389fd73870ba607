"""Labelled chats replayed as they should have gone: each message in its true surroundings, labelled."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from domain.action import Action
from domain.ids import MemberId, MessageId, TicketNo
from domain.message import Kind
from domain.people import Role
from domain.state import MOVES, OPEN, State
from understanding.language.places import location
from understanding.reading import Intent, Said, Surroundings, TicketSeen
from understanding.scene.context import Scene

KEPT = timedelta(days=7)
"""So long an ended ticket is still seen."""
LINES = 30
_NUMBER = re.compile(r"\{no:(\w+)\}")
_UNKNOWN = "20990101-999"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A message in its scene, with what it truly is."""

    chat: str
    scene: Scene
    opens: tuple[str, ...]
    continues: TicketNo | None
    acts: tuple[tuple[TicketNo, Action], ...]
    referral: str | None
    urgent: bool

    @property
    def about(self) -> set[TicketNo]:
        """The known tickets that it is about."""
        return {no for no, _ in self.acts} | ({self.continues} if self.continues else set())


@dataclass
class Replay:
    """One labelled chat."""

    name: str
    lines: list[Row]
    gold: Row
    tickets: dict[str, TicketSeen] = field(default_factory=dict)
    ended: dict[str, datetime] = field(default_factory=dict)
    recent: dict[str, list[Said]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.members = {m["id"]: m for m in self.lines[0]["members"]}
        self.officers = tuple(MemberId(i) for i, m in self.members.items() if m["role"] == "officer")[:2]
        by_id = {line["id"]: line for line in self.lines[1:]}
        self.opener = {t["key"]: _opener(t["messages"], by_id) for t in self.gold["tickets"]}
        self.numbers = {
            t["key"]: TicketNo(f"{by_id[self.opener[t['key']]]['at'][:10].replace('-', '')}-{at:03d}")
            for at, t in enumerate(self.gold["tickets"], 1)
        }

    def steps(self) -> Iterator[Step]:
        """Every message that is to be read, in order."""
        for line in self.lines[1:]:
            at = datetime.fromisoformat(line["at"])
            acts = [a for a in self.gold["actions"] if a["message"] == line["id"]]
            if line["kind"] == "recall":
                self._move(acts, at, None)
                continue
            step = self._step(line, at, acts)
            yield step
            self._take(line, step, at, acts)

    def _step(self, line: Row, at: datetime, acts: list[Row]) -> Step:
        message = self._said(line, at)
        around = Surroundings(
            tuple(self.recent.get(self._room(line), [])[-LINES:]),
            tuple(t for k, t in self.tickets.items() if k not in self.ended or at - self.ended[k] <= KEPT),
            tuple(self.lines[0].get("places", ())),
        )
        of = [t for t in self.gold["tickets"] if line["id"] in t["messages"]]
        known = [self.numbers[t["key"]] for t in of if t["key"] in self.tickets]
        opens = [t for t in of if self.opener[t["key"]] == line["id"]]
        seen = {t.no for t in around.tickets}
        return Step(
            self.name,
            Scene(message, around),
            tuple(t["category"] for t in opens),
            known[0] if known and known[0] in seen else None,
            tuple(
                (no, Action(a["action"]))
                for a in acts
                if (no := self.numbers.get(a["ticket"])) in seen and no
            ),
            next((r["to"] for r in self.gold["referrals"] if r["message"] == line["id"]), None),
            any(t["urgent"] for t in opens),
        )

    def _said(self, line: Row, at: datetime) -> Said:
        who, mentions = self.members[line["from"]], line.get("mentions", ())
        text = line.get("text") or line.get("label") or line.get("title") or line.get("name") or ""
        private = line.get("private", False)
        return Said(
            _NUMBER.sub(lambda m: self._about(m[1]) or _UNKNOWN, text),
            line["from"], who["name"], Role(who["role"]), at=at, kind=Kind(line["kind"]), id=line["id"],
            mentions=tuple(mentions), to_bot=private or "bot" in mentions, private=private,
            quotes=self._quoted(line),
        )  # fmt: skip

    def _quoted(self, line: Row) -> MessageId | None:
        if "quote_ticket_of" not in line:
            return line.get("quote")
        no = self._about(line["quote_ticket_of"])
        return MessageId(f"bot-{no}") if no else None

    def _about(self, message: str) -> str | None:
        return next((t.no for t in self.tickets.values() if MessageId(message) in t.messages), None)

    def _room(self, line: Row) -> str:
        return line["from"] if line.get("private") else "group"

    def _take(self, line: Row, step: Step, at: datetime, acts: list[Row]) -> None:
        message = step.scene.message
        for ticket in self.gold["tickets"]:
            key = ticket["key"]
            if self.opener[key] == line["id"]:
                self.tickets[key] = self._opened(ticket, message, at)
            elif line["id"] in ticket["messages"] and key in self.tickets:
                self._add(key, message, at)
        self._move(acts, at, message)
        mine = [self.numbers[t["key"]] for t in self.gold["tickets"]
                if t["key"] in self.tickets and line["id"] in t["messages"]]  # fmt: skip
        about = tuple(dict.fromkeys([*mine, *(no for no, _ in step.acts)]))
        intent = (
            Intent.REPORT
            if mine
            else Intent.ACTION
            if about
            else Intent.REFERRAL
            if step.referral
            else Intent.CHATTER
        )
        room = self.recent.setdefault(self._room(line), [])
        room.append(replace(message, tickets=about, intent=intent))
        if step.opens:
            room.append(self._receipt(mine[0], at))

    def _receipt(self, no: TicketNo, at: datetime) -> Said:
        return Said(
            "已登记", MemberId("bot"), "网格管家", Role.BOT, at=at, id=MessageId(f"bot-{no}"), tickets=(no,)
        )

    def _opened(self, ticket: Row, message: Said, at: datetime) -> TicketSeen:
        no = self.numbers[ticket["key"]]
        ids = [m for m in ticket["messages"] if m == message.id or self._heard(m)]
        return TicketSeen(
            no, ticket["category"], location(message.text, tuple(self.lines[0].get("places", ()))),
            opened_at=at, last_at=at, reporter=message.sender, reporter_name=message.name, text=message.text,
            messages=(*ids, MessageId(f"bot-{no}")), officers=self.officers, private=message.private,
        )  # fmt: skip

    def _heard(self, message: str) -> bool:
        return any(said.id == message for said in self.recent.get("group", ()))

    def _add(self, key: str, message: Said, at: datetime) -> None:
        old = self.tickets[key]
        place = location(message.text, tuple(self.lines[0].get("places", ())))
        self.tickets[key] = replace(
            old, last_at=at, text=f"{old.text} {message.text}".strip(),
            messages=(*old.messages, message.id or MessageId("")),
            location=old.location if not place or place in old.location else old.location + place,
        )  # fmt: skip

    def _move(self, acts: list[Row], at: datetime, message: Said | None) -> None:
        for act in acts:
            key, action = act["ticket"], Action(act["action"])
            if (old := self.tickets.get(key)) is None:
                continue
            state = MOVES.get(action, {}).get(old.state, old.state)
            if action is Action.CONFIRM and message is not None and message.sender != old.reporter:
                state = old.state
            if action is Action.SUPPORT and message is not None:
                old = replace(old, supporters=(*old.supporters, message.sender))
            ids = (message.id,) if message is not None and message.id else ()
            self.tickets[key] = replace(old, state=state, last_at=at, messages=(*old.messages, *ids))
            if state in OPEN or state is State.TRANSFERRED:
                self.ended.pop(key, None)
            else:
                self.ended[key] = at


def _opener(messages: list[str], by_id: dict[str, Row]) -> str:
    """The first words of a report; its first message where it has none."""
    return next((m for m in messages if by_id[m]["kind"] == "text"), messages[0])


def replays(folders: Sequence[Path], without: frozenset[str] = frozenset()) -> list[Replay]:
    """All labelled chats in the folders, but those."""
    return [
        Replay(
            name, _lines(path), json.loads(path.with_name(f"{name}.gold.json").read_text(encoding="utf-8"))
        )
        for folder in folders
        for path in sorted(folder.glob("*.chat.jsonl"))
        if (name := path.name.removesuffix(".chat.jsonl")) not in without
    ]


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
