"""A recorded chat through the real bot, on a virtual clock: what it would have done, and when."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.chat.browser import Recorded
from bot.clock import VirtualClock
from bot.model_reader import ModelReader
from bot.settings import Settings
from bot.transcript import MessageLine, Transcript
from domain.action import Action
from domain.ids import GroupId, MemberId, MessageId
from domain.message import Message
from domain.people import Role
from storage.database import Database, sqlite_file
from storage.outgoing import SENT, Outgoing
from storage.roster import join_group, save_roster

_NUMBER_OF = re.compile(r"\{no:([^{}]+)\}")
_NO_SUCH = "00000000-000"
_AFTERWARDS = timedelta(minutes=10)
_OWN = frozenset({Action.REGISTER, Action.DISPATCH, Action.LAPSE})
_WRITTEN_AS = {Action.VERIFY: Action.CONFIRM, Action.VOID: Action.REJECT}


class Replay:
    """One transcript, one database, files beside it. A second run goes on where the first one stopped."""

    def __init__(
        self,
        transcript: Transcript,
        settings: Settings,
        database: Database,
        model: ModelReader | None = None,
    ) -> None:
        self._transcript = transcript
        self._database = database
        self._bots = {MemberId(m.id) for m in transcript.group.members if m.role is Role.BOT}
        self._clock = VirtualClock(transcript.start)
        if file := sqlite_file(database.address):  # never among those of the installation
            settings = settings.model_copy(update={"media": file.with_suffix(".media")})
        self._app = App(settings, database, Recorded(), self._clock, model=model)

    async def run(self) -> AsyncIterator[MessageLine]:
        """Replay; yields each message before it is delivered, so that somebody may wait."""
        await self.set_up()
        await self._app.plan_ahead()
        await self._app.inbox.recover()
        for line in self._transcript.messages:
            if line.sender in self._bots:
                continue
            yield line
            await pass_time(self._app, self._clock, line.at)
            await self._app.inbox.receive(await self._message(line))
        if self._transcript.messages:
            await pass_time(self._app, self._clock, self._transcript.messages[-1].at + _AFTERWARDS)

    async def set_up(self) -> None:
        """Put the group and its people in place; done by `run` too."""
        group = self._transcript.group
        async with self._database.begin() as work:
            await save_roster(work.connection, group.roster())
            people = {
                MemberId(member.id): member.name for member in group.members if member.role is not Role.BOT
            }
            await join_group(work.connection, GroupId(group.id), people)

    async def _message(self, line: MessageLine) -> Message:
        group = self._transcript.group
        names = {member.id: member.name for member in group.members}
        return Message(
            id=line.id,
            group=None if line.private else GroupId(group.id),
            sender=line.sender,
            sender_name=names[line.sender],
            sent_at=line.at,
            kind=line.kind,
            text=await self._with_numbers(line.words),
            mentions=tuple(m for m in line.mentions if m not in self._bots),
            to_bot=bool(self._bots & set(line.mentions)),
            quotes=await self._quoted(line),
            recalls=MessageId(line.target) if line.target else None,
        )

    async def _with_numbers(self, text: str) -> str:
        for key in _NUMBER_OF.findall(text):
            text = text.replace(f"{{no:{key}}}", await self._ticket_of(key) or _NO_SUCH)
        return text

    async def _quoted(self, line: MessageLine) -> MessageId | None:
        if line.quote_ticket_of is None:
            return MessageId(line.quote) if line.quote else None
        no = await self._ticket_of(line.quote_ticket_of)
        async with self._database.begin() as work:
            return await work.outbox.latest_about(no) if no else None

    async def _ticket_of(self, message: str) -> str | None:
        async with self._database.begin() as work:
            return next(iter(await work.tickets.reported_by(MessageId(message))), None)

    async def result(self) -> list[dict[str, Any]]:
        """What the bot made of it, as `evaluation/FORMAT.md` wants it written."""
        async with self._database.begin() as work:
            files = await work.tickets.of_communities(
                [self._transcript.group.community], self._transcript.start
            )
            rows: list[dict[str, Any]] = [
                {
                    "type": "ticket",
                    "no": file.ticket.no,
                    "category": file.ticket.category,
                    "location": file.ticket.location,
                    "urgent": file.ticket.urgent,
                    "reporter": file.reporter,
                    "messages": list(file.report),
                    "status": file.ticket.state,
                    "households": file.ticket.households,
                }
                for file in files
            ]
            for message, ticket, action in (
                *await work.tickets.actions(),
                *await work.approvals.in_vain(),
            ):
                if action not in _OWN:
                    named = _WRITTEN_AS.get(action, action)
                    rows.append({"type": "action", "message": message, "ticket": ticket, "action": named})
            rows += [{"type": "referral", "message": m, "to": to} for m, to in await work.desk.referrals()]
            rows += [_line(line) for line in await work.outbox.of_status(SENT)]
        return rows


def _line(line: Outgoing) -> dict[str, Any]:
    """What the bot said, or took back."""
    reply = line.reply
    row: dict[str, Any] = {"to": "group" if reply.in_group else reply.to, "after": line.after}
    if line.takes_back is not None:
        return {"type": "recall", **row, "ticket": reply.ticket}
    row = {"type": "reply", **row, "text": reply.text, "mentions": list(reply.mentions)}
    return row | ({"file": asdict(reply.file)} if reply.file else {})


async def pass_time(app: App, clock: VirtualClock, to: datetime) -> None:
    """Let the time pass until `to`, doing what becomes due on the way, each when it is due."""
    while True:
        due = await app.next_due()
        if due is None or due > to:
            break
        stuck = due <= clock.now()
        clock.advance(due)
        done = await app.jobs.tick() + await app.papers.tick() + await app.outbox.flush()
        if stuck and not done:
            break
    clock.advance(to)


def write(rows: list[dict[str, Any]], path: Path) -> None:
    """Write the result at once or not at all."""
    partial = path.with_name(path.name + ".part")
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
